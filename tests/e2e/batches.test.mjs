// A batched body (fault F14): 1,000 events of several entries, 3 MB. It is taken whole, in order, or not at all, also
// if the engine dies in the middle of it.
import assert from "node:assert/strict";
import { afterEach, beforeEach, it } from "node:test";

import { Engine } from "./support/engine.mjs";
import { envelope, message, Meta, new_person } from "./support/meta.mjs";
import { inbound, messages_of, page_shop } from "./support/shop.mjs";
import { until } from "./support/wait.mjs";

const kEvents = 1000;
const kEntries = 5;
const kPeople = 20;
const kPad = "p".repeat(3000); // makes it 3 MB

let engine;
let api;
let page;
let meta;
beforeEach(async () => {
  engine = await Engine.start();
  ({ api, page } = await page_shop(engine));
  meta = new Meta(engine);
});
afterEach(() => engine.close());

const people = Array.from({ length: kPeople }, new_person);
function batch() {
  const at = Date.now();
  const events = Array.from({ length: kEvents }, (_, i) =>
    message(page, people[i % kPeople], `${i}`, { at, pad: kPad }));
  const size = kEvents / kEntries;
  const body = JSON.stringify(envelope(...Array.from({ length: kEntries }, (_, n) =>
    ({ page, events: events.slice(n * size, (n + 1) * size) }))));
  assert.ok(body.length > 3e6, `${body.length}`);
  return body;
}

// How many of the batch are stored, once everything taken is processed; they must be in order.
async function stored() {
  await until("all is processed", async () => (await engine.metric("aura_events_in_flight")) === 0, 60);
  let sum = 0;
  for (const [n, person] of people.entries()) {
    const texts = inbound(await messages_of(api, person)).map(({ text }) => Number(text));
    assert.deepEqual(texts, texts.map((_, i) => i * kPeople + n), "in order");
    sum += texts.length;
  }
  return sum;
}

it("is processed whole and in the order of each conversation", async () => {
  assert.equal((await meta.post(batch())).status, 200);
  assert.equal(await stored(), kEvents);
});

// Before the write nothing is taken; after the sync everything is. (S6: in the middle of processing it.)
for (const [point, kept] of [["S2", 0], ["S4", kEvents], ["S6", kEvents]]) {
  it(`is there whole or not at all after a death at ${point}`, async () => {
    const body = batch();
    await engine.restart({ AURA_FAILPOINT: `${point}:kill` });
    const answer = await meta.post(body).catch(() => null);
    await until("the death", () => engine.child.exit);
    if (point !== "S6") assert.equal(answer, null, "nothing was acknowledged");
    await engine.start();
    assert.equal(await stored(), kept);
    assert.equal((await meta.post(body)).status, 200, "sent again");
    assert.equal(await stored(), kEvents);
  });
}
