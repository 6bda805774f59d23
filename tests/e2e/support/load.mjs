// A load generator that remembers: customers write over Messenger, the web chat and the API and repeat what
// was not acknowledged, as Meta and a browser do. It records everything that the engine acknowledged.
import { randomUUID } from "node:crypto";

import { Visitor } from "./chat.mjs";
import { message, new_mid, new_person } from "./meta.mjs";
import { pause } from "./wait.mjs";

const kRetryMs = 20;
const kThinkMs = 25; // pause between two messages of a customer, to keep a run readable

// The items that the load asks about: the n-th question asks for the n-th item, which has a unique price.
export const kLoadItems = Array.from({ length: 40 }, (_, i) => ({
  name: `${["Amber", "Birch", "Coral", "Delta", "Ember", "Fjord", "Grove", "Haven"][i % 8]} ` +
    `${["lamp", "vase", "chair", "clock", "basket"][Math.floor(i / 8)]}`,
  price: { amount_minor: 1000 + i * 111, currency: "USD" },
}));

export class Load {
  running = true;
  people = []; // {person, acked: [{mid, text}]} in message order
  visitors = []; // {token, acked: [{client_id, text, id}]}
  items = []; // names of catalog items that the API created (201)
  retries = 0;
  #work = [];
  #abandoned = false;

  constructor({ engine, meta, api, page, widget_key }) {
    Object.assign(this, { engine, meta, api, page, widget_key });
  }

  start({ people = 12, visitors = 4 } = {}) {
    for (let i = 0; i < people; ++i) this.#work.push(this.#write_on_messenger(i));
    for (let i = 0; i < visitors; ++i) this.#work.push(this.#write_on_the_web(i));
    this.#work.push(this.#add_items());
  }

  // Sends no new messages; repeats those in progress until they are acknowledged.
  async finish() {
    this.running = false;
    await Promise.all(this.#work);
  }

  // A test has failed: stops repeating.
  abandon() {
    this.running = false;
    this.#abandoned = true;
  }

  get acked() {
    const count = (all) => all.reduce((sum, { acked }) => sum + acked.length, 0);
    return count(this.people) + count(this.visitors) + this.items.length;
  }

  // Repeats `attempt` until it returns true.
  async #until_acknowledged(attempt) {
    while (!this.#abandoned && !(await attempt().catch(() => false))) {
      ++this.retries;
      await pause(kRetryMs);
    }
  }

  async #write_on_messenger(i) {
    const one = { person: new_person(), acked: [] };
    this.people.push(one);
    for (let n = 0; this.running; ++n) {
      const item = kLoadItems[(i * 7 + n) % kLoadItems.length];
      const text = `How much is the ${item.name}? ${n}`;
      const event = message(this.page, one.person, text, { mid: new_mid() });
      await this.#until_acknowledged(() => this.meta.deliver(this.page, event).then(() => true));
      one.acked.push({ mid: event.message.mid, text });
      if (n % 5 === 4) await this.meta.deliver(this.page, event).catch(() => {}); // Meta repeats some webhooks
      await pause(kThinkMs);
    }
  }

  async #write_on_the_web(i) {
    const one = { token: undefined, acked: [] };
    this.visitors.push(one);
    let visitor = null;
    for (let n = 0; this.running; ++n) {
      const client_id = randomUUID();
      const text = `How much is the ${kLoadItems[(i * 11 + n) % kLoadItems.length].name}? ${n}`;
      await this.#until_acknowledged(async () => {
        if (!visitor || visitor.closed) visitor = await Visitor.open(this.engine, this.widget_key, one.token);
        one.token = visitor.token;
        visitor.send({ type: "message", client_id, text });
        const answer = await visitor.next((frame) => frame.type === "ack" && frame.client_id === client_id, "an ack", 3)
          .catch((error) => (visitor.socket.drop(), Promise.reject(error)));
        one.acked.push({ client_id, text, id: answer.message.id });
        return true;
      });
      await pause(200); // a visitor may write ten messages a second
    }
    visitor?.close();
  }

  async #add_items() {
    while (this.running) {
      const name = `Item ${randomUUID()}`;
      const headers = { "Idempotency-Key": name };
      await this.#until_acknowledged(async () =>
        (await this.api.post("/catalog/items", { name }, headers)).status === 201);
      this.items.push(name);
      await pause(30);
    }
  }
}
