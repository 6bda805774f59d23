// Instagram's echoes carry no metadata of ours. A send whose answer was lost is settled by its echo's
// content, sent once, and never shown as a person's message; what a person writes in Instagram is.
import assert from "node:assert/strict";
import { randomInt } from "node:crypto";
import { after, before, beforeEach, it } from "node:test";

import { new_person } from "./support/meta.mjs";
import { add_items, conversation_of, messages_of, messages_when, outbound } from "./support/shop.mjs";
import { start_together } from "./support/sim.mjs";
import { until } from "./support/wait.mjs";

let engine;
let sim;
let api;
let account;
let person;
before(async () => {
  ({ sim, engine } = await start_together((url) => ({
    // Another app's id, so that these echoes do not even name our app.
    "channels.meta": { app_id: "1", graph_url: url, instagram_url: `${url}/graph.instagram.com` },
  })));
});
after(async () => {
  await engine?.close();
  await sim?.close();
});
beforeEach(async () => {
  await sim.reset();
  await sim.knobs({ require_appsecret_proof: false, echo: true });
  api = await engine.workspace({});
  await add_items(api);
  account = `178414${randomInt(10 ** 10, 10 ** 11)}`;
  await api.must("POST", "/channels", {
    type: "instagram", name: "Shop", credentials: { account_id: account, access_token: "IGx" },
  });
  person = new_person();
});

const asks = (text) => sim.inbound({ channel: "instagram", account, from: person, text });
const told = (kind, count) => until(`${count} ${kind}`, async () => {
  const { webhooks } = await sim.client.must("GET", "/_sim/webhooks");
  return webhooks.filter((one) =>
    one.kind === kind && one.account === account && one.outcome === "delivered").length >= count;
});

it("a reply whose answer was lost is settled by its echo and goes once", async () => {
  await sim.knobs({ drop_after_accept_rate: 1 });
  await asks("How much is the espresso?");
  const all = await messages_when("the reply", api, person,
    (found) => outbound(found)[0]?.status === "sent");
  await told("echo", 1);
  const [sent, ...more] = await sim.accepted(person);
  assert.equal(more.length, 0, "sent once");
  const [reply, ...others] = outbound(all);
  assert.equal(others.length, 0, "no message of a person's");
  assert.equal(reply.external_id, sent.message_id);
  assert.equal(reply.maybe_duplicate, false);
  assert.equal((await conversation_of(api, person)).handler, "ai");
});

it("each part of a long message is settled by its own echo", async () => {
  await asks("hello");
  await sim.sent_to(person);
  await told("echo", 1);
  const { id } = await conversation_of(api, person);
  await sim.knobs({ drop_after_accept_rate: 1 });
  const text = `${"One sentence of this long text. ".repeat(60)}The end.`;
  await api.must("POST", `/conversations/${id}/messages`, { text });
  const all = await messages_when("the long message", api, person,
    (found) => outbound(found).at(-1)?.status === "sent" && outbound(found).length === 2);
  assert.equal(outbound(all).at(-1).maybe_duplicate, false);
  // The echo of the first part shows the message as sent already.
  const parts = (await sim.sent_to(person, 3)).slice(1).map((one) => one.text);
  assert.equal(parts.length, 2);
  assert.equal(parts.join(" ").replaceAll(/\s+/g, " "), text);
});

it("a crash while the answer is awaited doubles nothing: the echo waits for the outbox", async () => {
  await sim.knobs({ drop_after_accept_rate: 1, webhook_delay_ms: 3000 });
  await asks("How much is the espresso?");
  await sim.sent_to(person);
  await engine.kill();
  await engine.start();
  const all = await messages_when("the reply", api, person,
    (found) => outbound(found)[0]?.status === "sent");
  assert.equal(outbound(all).length, 1);
  assert.equal((await sim.accepted(person)).length, 1);
  assert.equal((await conversation_of(api, person)).handler, "ai");
});

it("what a person writes in Instagram's own inbox is theirs, also beside a send of ours", async () => {
  await asks("hello");
  await sim.sent_to(person);
  await told("echo", 1);
  await sim.inbound({ channel: "instagram", account, from: person, kind: "human_echo", text: "I am on it" });
  await until("a person handles it", async () => (await conversation_of(api, person)).handler === "human");
  assert.deepEqual(outbound(await messages_of(api, person)).map(({ author }) => author), ["ai", "member"]);
});
