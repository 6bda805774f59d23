// WhatsApp's message templates: read from the business account and kept up to date; a template that cannot be
// sent is refused before it is queued.
import assert from "node:assert/strict";
import { randomInt } from "node:crypto";
import { after, before, it } from "node:test";

import { Meta } from "./support/meta.mjs";
import { add_items, assert_problem, messages_when, outbound } from "./support/shop.mjs";
import { start_together } from "./support/sim.mjs";
import { until } from "./support/wait.mjs";

const business = `33${randomInt(10 ** 9, 10 ** 10)}`;
const number = `44${business}`;
const person = `1555${randomInt(10 ** 6, 10 ** 7)}`;

let sim;
let engine;
let api;
let channel;
let conversation;
before(async () => {
  ({ sim, engine } = await start_together((url) => ({
    "channels.meta": { graph_url: `${url}/graph.facebook.com` },
  })));
  api = await engine.workspace({});
  await add_items(api);
  channel = await api.must("POST", "/channels", {
    type: "whatsapp", name: "WhatsApp",
    credentials: { phone_number_id: number, business_account_id: business, access_token: "EAAwa" },
  });
  await sim.inbound({ channel: "whatsapp", account: number, from: person, text: "hello" });
  ({ id: conversation } = await until("the conversation", async () => (await api.list("/conversations"))[0]));
});
after(async () => {
  await engine?.close();
  await sim?.close();
});

const templates = (what, enough) => until(what, async () => {
  const all = await api.list(`/channels/${channel.id}/templates`);
  return enough(all) && all;
});
const send = (template) => api.post(`/conversations/${conversation}/messages`, { template });
const put_template = (name, status) => sim.client.must("POST",
  `/graph.facebook.com/v25.0/${business}/message_templates`,
  { name, language: "en_US", category: "UTILITY", status, components: [{ type: "BODY", text: "Hi" }] },
  { Authorization: "Bearer EAAwa" });

it("they are listed with their status as soon as the number is connected", async () => {
  const all = await templates("the templates", (found) => found.length > 0);
  assert.deepEqual(all.map(({ name, status }) => [name, status]).sort(),
    [["hello_world", "approved"], ["order_ready", "approved"]]);
  assert.equal(all[0].language, "en_US");
  assert.equal(all[0].components[0].type, "BODY");
  assert.notEqual((await api.must("GET", `/channels/${channel.id}`)).templates_synced_at, null);
  const first = await api.must("GET", `/channels/${channel.id}/templates?limit=1`);
  assert.equal(first.data.length, 1);
  assert.notEqual(first.next, null);
});

it("an approved one is sent", async () => {
  const sent = await send({ name: "hello_world", language: "en_US" });
  assert.equal(sent.status, 201, sent.text);
  await until("the template at WhatsApp", async () => (await sim.accepted()).some((one) => one.metadata === sent.json.id));
});

it("one that is unknown, in that language too, is refused and named", async () => {
  for (const template of [{ name: "no_such", language: "en_US" }, { name: "hello_world", language: "de" }]) {
    const refused = await send(template);
    assert_problem(refused, 422);
    assert.equal(refused.json.errors[0].pointer, "#/template/name");
    assert.match(refused.json.detail, new RegExp(template.name));
  }
});

it("news of its status are followed: a paused one is refused until it is approved again", async () => {
  const told = (kind) => sim.inbound({ channel: "whatsapp", account: number, entry: business, from: person, kind });
  await put_template("hello_world", "PAUSED");
  await told("template_status");
  await templates("the pause", (all) => all.some(({ name, status }) => name === "hello_world" && status === "paused"));
  const refused = await send({ name: "hello_world", language: "en_US" });
  assert_problem(refused, 422);
  assert.match(refused.json.detail, /hello_world.*paused/);
  await put_template("hello_world", "APPROVED");
  const approved = { event: "APPROVED", message_template_id: 1, message_template_name: "hello_world",
    message_template_language: "en_US", reason: "NONE" };
  const changes = [{ field: "message_template_status_update", value: approved }];
  const news = { object: "whatsapp_business_account",
    entry: [{ id: business, time: Math.floor(Date.now() / 1000) + 1, changes }] };
  assert.equal((await new Meta(engine).post(news)).status, 200);
  await templates("the approval", (all) => all.some(({ name, status }) => name === "hello_world" && status === "approved"));
  assert.equal((await send({ name: "hello_world", language: "en_US" })).status, 201);
  const all = await messages_when("both are sent", api, person, (found) =>
    outbound(found).filter((one) => one.template && one.status !== "queued").length === 2);
  assert.ok(all.every(({ status }) => status !== "failed"));
});
