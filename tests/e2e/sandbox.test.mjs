// The simulator as a sandbox and as a judge: a customer writes through it and reads the answer in its ledger;
// a complete scenario runs against the real engine and its verdict is "right".
import assert from "node:assert/strict";
import { after, before, it } from "node:test";
import { fileURLToPath } from "node:url";

import { kAura } from "./support/engine.mjs";
import { kVerifyToken, new_person } from "./support/meta.mjs";
import { run } from "./support/process.mjs";
import { inbound, messages_when, page_shop } from "./support/shop.mjs";
import { start_together } from "./support/sim.mjs";
import { until } from "./support/wait.mjs";

const kScenarios = fileURLToPath(new URL("../../bench/sim/scenarios/", import.meta.url));

let sim;
let engine;
let shop;
before(async () => {
  ({ sim, engine } = await start_together((url) => ({
    "channels.meta": {
      graph_url: `${url}/graph.facebook.com`,
      instagram_url: `${url}/graph.instagram.com`,
    },
    "channels.twilio": { api_url: url },
  })));
  shop = await page_shop(engine);
  await sim.reset();
});
after(async () => {
  await engine?.close();
  await sim?.close();
});

const webhooks = async () => (await sim.client.must("GET", "/_sim/webhooks")).webhooks;

it("a customer of the sandbox is answered, and every webhook is accounted for", async () => {
  await sim.knobs({ echo: true, delivery: true, read: true });
  const from = new_person();
  const { ids } = await sim.inbound({
    channel: "messenger", account: shop.page, from, text: "how much is the apple pie?",
  });
  const [answer] = await sim.sent_to(from);
  assert.match(answer.text, /12\.75/);
  assert.equal(answer.channel, "messenger");
  const [question] = inbound(await messages_when("the question", shop.api, from, (all) => all.length > 1));
  assert.equal(question.external_id, ids[0]);
  const told = await until("echo, delivery and read", async () => {
    const mine = (await webhooks()).filter(({ id }) => id === answer.message_id);
    return mine.length === 3 && mine.every(({ outcome }) => outcome === "delivered") && mine;
  });
  assert.deepEqual(told.map(({ kind }) => kind), ["echo", "delivered", "read"]);
});

it("a webhook with a wrong signature is refused, and the right one that follows is taken", async () => {
  await sim.knobs({ webhook_wrong_signature_rate: 0.5, seed: 3 });
  const from = new_person();
  const { ids } = await sim.inbound({
    channel: "messenger", account: shop.page, from, text: "just saying", count: 20,
  });
  const kept = await messages_when("20 messages", shop.api, from, (all) => inbound(all).length === 20);
  assert.deepEqual(inbound(kept).map((one) => one.external_id).sort(), ids.sort());
  const stats = await sim.client.must("GET", "/_sim/stats");
  assert.ok(stats.webhooks_forged > 0, "some were forged");
  assert.equal(stats.webhooks_forged_taken, 0);
  await sim.knobs({ webhook_wrong_signature_rate: 0 });
});

it("the callback is verified with the right token only", async () => {
  const shake = async (verify_token) => {
    const { webhook } = await sim.client.must("POST", "/_sim/handshake", { verify_token });
    return until("the handshake's end", async () => {
      const one = (await webhooks()).find(({ seq }) => seq === webhook);
      return one.outcome !== "waiting" && one;
    });
  };
  assert.equal((await shake(kVerifyToken)).outcome, "delivered");
  const wrong = await shake("vt 01");
  assert.deepEqual([wrong.outcome, wrong.last_status], ["given_up", 403]);
});

it("what cannot be asked of the sandbox is refused with what can", async () => {
  const answer = await sim.client.post("/_sim/inbound", { channel: "messenger", account: "1", from: "2", kind: "dance" });
  assert.equal(answer.status, 400);
  assert.match(answer.json.title, /text, quick_reply/);
});

it("the smoke scenario is right on every channel", async () => {
  const arguments_ = ["--scenario", `${kScenarios}smoke.toml`, "--aura", kAura, "--json"];
  const { code, stdout, stderr } = await run(process.env.AURA_SIM, arguments_);
  assert.equal(code, 0, stdout + stderr);
  const result = JSON.parse(stdout);
  assert.equal(result.verdict, "right");
  for (const name of ["messenger", "instagram", "whatsapp", "sms", "webchat"]) {
    const channel = result.channels[name];
    assert.ok(channel.acknowledged > 10, `${name}: ${stdout}`);
    assert.equal(channel.stored, channel.acknowledged, name);
    if (name !== "webchat") assert.ok(channel.accepted > 10, `${name}: ${stdout}`);
  }
});

it("a scenario file that is wrong is refused with the key", async () => {
  const { code, stderr } = await run(process.env.AURA_SIM, ["--scenario", "/dev/null"]);
  assert.equal(code, 2);
  assert.match(stderr, /not a JSON object/);
});
