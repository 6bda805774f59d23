// A full durable backlog: /readyz reports it within a second, and webhooks are refused before anything is
// stored. Both end when the backlog has been processed. Nothing that was acknowledged is lost.
import assert from "node:assert/strict";
import { after, before, it } from "node:test";

import { Engine } from "./support/engine.mjs";
import { envelope, message, Meta, new_person } from "./support/meta.mjs";
import { inbound, messages_of, messages_when, page_shop } from "./support/shop.mjs";
import { until_within } from "./support/wait.mjs";

const kNoticeSeconds = 1;
const kResumeSeconds = 5;
const kEventBytes = 256 << 10;

let engine;
let meta;
let shop;
before(async () => {
  engine = await Engine.start({ config: { storage: { backlog_mb: 16 } } });
  meta = new Meta(engine);
  shop = await page_shop(engine);
});
after(() => engine?.close());

const ready = () => engine.operator.get("/readyz");

it("is told by readiness within a second and worked off within five", async () => {
  await meta.say(shop.page, new_person(), "hello"); // activates the actors
  const path = `${(await engine.operator.must("GET", "/actors?kind=workspace&depth=9")).data
    .find(({ id }) => id === shop.api.id).path}`;
  await engine.operator.must("POST", `/actors${path}/pause`);
  const acked = [];
  let refused;
  while (!refused) {
    assert.ok(acked.length * kEventBytes < 64 << 20, "the backlog has a bound");
    const person = new_person();
    const event = message(shop.page, person, "x", { pad: "y".repeat(kEventBytes) });
    const answer = await meta.post(envelope({ page: shop.page, events: [event] }));
    if (answer.status === 200) acked.push({ person, mid: event.message.mid });
    else refused = answer;
  }
  assert.equal(refused.status, 503);
  assert.ok(Number(refused.headers["retry-after"]) > 0);
  await until_within(kNoticeSeconds, "not ready", async () => (await ready()).status === 503);
  assert.deepEqual((await ready()).json.reasons, ["the event backlog is full"]);
  assert.equal((await engine.operator.get("/healthz")).status, 200);

  await engine.operator.must("POST", `/actors${path}/resume`);
  await until_within(kResumeSeconds, "ready again", async () => (await ready()).status === 200);
  const person = new_person();
  await meta.say(shop.page, person, "after");
  await messages_when("what came after", shop.api, person, (all) => inbound(all).length === 1);
  for (const one of acked) {
    await messages_when("what was acknowledged", shop.api, one.person, (all) => inbound(all).length === 1);
    assert.deepEqual(inbound(await messages_of(shop.api, one.person)).map(({ external_id }) => external_id), [one.mid]);
  }
});
