// WhatsApp from outside: signed webhooks of one business account, and a Graph server that records what is
// sent to it.
import { createServer } from "node:http";
import { randomInt } from "node:crypto";

import { Meta } from "./meta.mjs";

const digits = () => String(randomInt(10 ** 13, 9 * 10 ** 13));
export const new_wamid = () => `wamid.E2E${process.pid}.${digits()}`;
export const new_customer = () => {
  const number = String(randomInt(10 ** 9, 9 * 10 ** 9));
  return { wa_id: `1${number}`, user_id: `US.${digits()}`, name: "Ada" };
};

export class Graph {
  calls = [];
  answer = () => ({ status: 200, body: { messages: [{ id: new_wamid() }] } });

  static async start() {
    const graph = new Graph();
    graph.server = createServer(async (request, response) => {
      const chunks = [];
      for await (const chunk of request) chunks.push(chunk);
      const text = Buffer.concat(chunks).toString();
      const call = {
        method: request.method, path: request.url, token: request.headers.authorization,
        body: text ? JSON.parse(text) : null,
      };
      const { status, body } = graph.answer(call);
      graph.calls.push({ ...call, status, answer: body });
      response.writeHead(status, { "Content-Type": "application/json" }).end(JSON.stringify(body));
    });
    await new Promise((resolve) => graph.server.listen(0, "127.0.0.1", resolve));
    graph.url = `http://127.0.0.1:${graph.server.address().port}`;
    return graph;
  }

  // Messages (not read marks or typing) to this customer, under whichever id.
  messages_to({ wa_id, user_id }) {
    return this.calls.filter(({ body }) => body?.type &&
      (body.to === `+${wa_id}` || body.recipient === user_id));
  }

  close() {
    this.server.closeAllConnections();
    return new Promise((resolve) => this.server.close(resolve));
  }
}

export class WhatsAppNumber {
  id = digits();
  business = digits();

  constructor(engine, api) {
    this.meta = new Meta(engine);
    this.api = api;
  }

  connect(more = {}) {
    const credentials = {
      phone_number_id: this.id, business_account_id: this.business, access_token: `token-${this.id}`,
      ...more,
    };
    return this.api.must("POST", "/channels", { type: "whatsapp", name: "Shop", credentials });
  }

  async change(field, value) {
    const body = {
      object: "whatsapp_business_account",
      entry: [{ id: this.business, time: Math.floor(Date.now() / 1000) + 1, changes: [{ field, value }] }],
    };
    const answer = await this.meta.post(body);
    if (answer.status !== 200) throw new Error(`webhook: ${answer.status} ${answer.text}`);
  }

  messages(members) {
    return this.change("messages", {
      messaging_product: "whatsapp",
      metadata: { display_phone_number: "15550001111", phone_number_id: this.id },
      ...members,
    });
  }

  async say(customer, content, at = Date.now()) {
    const { wa_id, user_id, name } = customer;
    const id = new_wamid();
    await this.messages({
      contacts: [{ profile: { name }, wa_id, user_id }],
      messages: [{
        from: wa_id, from_user_id: user_id, id, timestamp: String(Math.floor(at / 1000)), ...content,
      }],
    });
    return id;
  }

  text(customer, body, at) {
    return this.say(customer, { type: "text", text: { body } }, at);
  }

  status(customer, id, status, more = {}) {
    return this.messages({
      statuses: [{
        id, status, timestamp: String(Math.floor(Date.now() / 1000)), recipient_id: customer.wa_id, ...more,
      }],
    });
  }
}
