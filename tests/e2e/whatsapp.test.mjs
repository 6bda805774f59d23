// WhatsApp from webhook to Graph call and back.
import assert from "node:assert/strict";
import { after, before, beforeEach, describe, it } from "node:test";

import { Engine } from "./support/engine.mjs";
import { add_items, assert_problem, conversation_of, messages_when, outbound } from "./support/shop.mjs";
import { until } from "./support/wait.mjs";
import { Graph, new_customer, WhatsAppNumber } from "./support/whatsapp.mjs";

let engine;
let graph;
let api;
let number;
let channel;
let customer;
const accept = new Graph().answer;

before(async () => {
  graph = await Graph.start();
  engine = await Engine.start({ config: { "channels.meta": { graph_url: graph.url } } });
  api = await engine.workspace();
  await add_items(api);
  number = new WhatsAppNumber(engine, api);
  channel = await number.connect();
});
after(async () => {
  await engine?.close();
  await graph?.close();
});
beforeEach(() => {
  graph.answer = accept;
  customer = new_customer();
});

const sent_to = (count = 1) => until("a message at the provider", async () => {
  const all = graph.messages_to(customer);
  return all.length >= count ? all : null;
});
const when = (what, enough) => messages_when(what, api, customer.user_id, enough);

describe("a question", () => {
  it("is answered over the Graph API, and its ticks follow the statuses", async () => {
    const wamid = await number.text(customer, "How much is the chocolate cake?");
    const [call] = await sent_to();
    assert.match(call.path, new RegExp(`^/v[0-9.]+/${number.id}/messages\\?appsecret_proof=[0-9a-f]{64}$`));
    assert.equal(call.token, `Bearer token-${number.id}`);
    assert.equal(call.body.messaging_product, "whatsapp");
    assert.equal(call.body.recipient, customer.user_id);
    assert.equal(call.body.to, `+${customer.wa_id}`, "both are known");
    assert.match(JSON.stringify(call.body), /\$4\.50/);
    const all = await when("the reply is sent", (found) => outbound(found)[0]?.status === "sent");
    assert.equal(all[0].external_id, wamid);
    const [reply] = outbound(all);
    const id = call.answer.messages[0].id;
    assert.equal(reply.external_id, id);
    assert.equal(call.body.biz_opaque_callback_data, reply.id);
    await number.status(customer, id, "read");
    await number.status(customer, id, "delivered");
    await when("the reply is read", (found) => outbound(found)[0].status === "read");
  });

  it("of one person under either id is one conversation", async () => {
    await number.text(customer, "hello");
    await number.text({ name: "Ada", wa_id: customer.wa_id, user_id: undefined }, "how much is the apple pie?");
    await until("the price", async () =>
      graph.messages_to(customer).some(({ body }) => JSON.stringify(body).includes("12.75")));
    const mine = (await api.list("/conversations")).filter(({ contact }) =>
      contact.identities.some(({ external_id }) => [customer.user_id, customer.wa_id].includes(external_id)));
    assert.equal(mine.length, 1);
  });
});

describe("a status", () => {
  it("that says failed after sent shows why, in plain words", async () => {
    await number.text(customer, "hello");
    const [call] = await sent_to();
    await when("the reply is sent", (found) => outbound(found)[0]?.status === "sent");
    await number.status(customer, call.answer.messages[0].id, "failed", {
      errors: [{ code: 131026, title: "Message undeliverable" }],
    });
    const all = await when("it failed", (found) => outbound(found)[0].status === "failed");
    assert.equal(outbound(all)[0].error.code, "unreachable");
    assert.match(outbound(all)[0].error.detail, /no WhatsApp on this number/);
  });
});

describe("a dead token", () => {
  it("parks the channel and a new one sends what waited", async () => {
    const other = new WhatsAppNumber(engine, api);
    const parked = await other.connect();
    graph.answer = () => ({ status: 401, body: { error: { code: 190, message: "expired" } } });
    await other.text(customer, "hello");
    await until("token_expired", async () =>
      (await api.must("GET", `/channels/${parked.id}`)).status === "token_expired");
    graph.answer = accept;
    await api.must("PATCH", `/channels/${parked.id}`, { credentials: { access_token: "token-new" } });
    const call = await until("the message", async () =>
      graph.messages_to(customer).find(({ token }) => token === "Bearer token-new"));
    assert.ok(call.path.includes(other.id));
  });
});

describe("news of the business account", () => {
  it("is shown with the channel, and a removed partner disconnects it", async () => {
    const other = new WhatsAppNumber(engine, api);
    const made = await other.connect();
    assert.equal(made.business_account_id, other.business);
    const now = async () => api.must("GET", `/channels/${made.id}`);
    await other.change("message_template_status_update", {
      event: "PAUSED", message_template_name: "order_ready", message_template_language: "en_US", reason: "NONE",
    });
    const noted = await until("the notice", async () => {
      const found = await now();
      return found.notices.length === 1 ? found : null;
    });
    assert.equal(noted.notices[0].what, "template_status");
    assert.equal(noted.notices[0].value, "PAUSED");
    assert.equal(noted.status, "active");
    await other.change("account_update", { event: "PARTNER_REMOVED" });
    await until("disconnected", async () => (await now()).status === "token_expired");
  });
});

describe("connecting a number", () => {
  it("needs its ids and token, and never shows the token", async () => {
    const answer = await api.post("/channels", {
      type: "whatsapp", name: "n", credentials: { phone_number_id: "1", access_token: "x" },
    });
    assert_problem(answer, 422, 400);
    assert.match(answer.text, /business_account_id/);
    assert.ok(!JSON.stringify(channel).includes("token-"));
    assert.ok(await conversation_of(api, "nobody") === undefined);
  });
});
