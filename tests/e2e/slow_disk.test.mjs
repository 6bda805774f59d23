// A disk that is slow to sync (fault F5). What comes in during a sync shares the next one, so nobody waits for more
// than two; beyond the writer's bound more gets 503, memory stays bounded, and no timeout causes a storm.
import assert from "node:assert/strict";
import { afterEach, beforeEach, it } from "node:test";

import { count } from "../faults/rows.mjs";
import { Disk } from "./support/disk.mjs";
import { Engine } from "./support/engine.mjs";
import { envelope, message, Meta, new_person } from "./support/meta.mjs";
import { now_ms } from "./support/process.mjs";
import { inbound, messages_when, page_shop } from "./support/shop.mjs";
import { kSlow, until } from "./support/wait.mjs";

const kSyncMs = count("F5", "sync_ms");
const kSeconds = count("F5", "seconds");
const kPeople = 60;
const kBackSeconds = 5;

let engine;
let disk;
let api;
let page;
let meta;
let people;
beforeEach(async () => {
  engine = new Engine({ config: { log: { level: "warn" } } });
  disk = new Disk(engine.folder);
  await engine.start(disk.env);
  ({ api, page } = await page_shop(engine));
  meta = new Meta(engine);
  people = Array.from({ length: kPeople }, new_person);
  await Promise.all(people.map((person) => meta.say(page, person, "hello"))); // creates their keys
  for (const person of people) await messages_when("known", api, person, (all) => inbound(all).length === 1);
});
afterEach(() => engine.close());

it(`(${kSyncMs} ms a sync) is waited for: a burst shares its syncs, and nobody is told too early`, async () => {
  disk.does(`sync delay ${kSyncMs}`);
  const began = now_ms();
  await Promise.all(people.map((person) => meta.say(page, person, "slowly")));
  const took = now_ms() - began;
  assert.ok(took >= kSyncMs, `acknowledged after ${took} ms: before the sync`);
  // One sync may already be running, and part of the burst may have to wait for the next.
  assert.ok(took <= 4 * kSyncMs * kSlow, `${kPeople} messages took ${took} ms`);
  disk.heals();
  for (const person of people) await messages_when("stored", api, person, (all) => inbound(all).length === 2);
});

it(`(${kSyncMs} ms a sync, ${kSeconds} s) delays each by the sync that runs and its own, and loses nothing`, async () => {
  const syncs_before = await engine.metric("aura_storage_fsyncs_total");
  disk.does(`sync delay ${kSyncMs}`);
  const end = now_ms() + kSeconds * 1000;
  const took = [];
  const said = await Promise.all(people.map(async (person) => {
    let n = 0;
    for (; now_ms() < end; ++n) {
      const began = now_ms();
      await meta.say(page, person, `slowly ${n}`); // fails on anything but 200
      took.push(now_ms() - began);
    }
    return n;
  }));
  const syncs = (await engine.metric("aura_storage_fsyncs_total")) - syncs_before;
  disk.heals();
  const p99 = took.sort((a, b) => a - b)[Math.floor(took.length * 0.99)];
  console.log(`# ${took.length} acknowledgements in ${syncs} syncs of ${kSyncMs} ms: p50 ` +
    `${took[took.length >> 1].toFixed(0)} ms, p99 ${p99.toFixed(0)} ms`);
  // RocksDB syncs its log once at a time, so two syncs are the least that can be promised.
  assert.ok(p99 <= (2 * kSyncMs + 500) * kSlow, `p99 ${p99} ms`);
  assert.ok(took.length / syncs >= 4, "acknowledgements share their syncs");
  for (const [i, person] of people.entries()) {
    const texts = ["hello", ...Array.from({ length: said[i] }, (_, n) => `slowly ${n}`)];
    const all = await messages_when("all stored", api, person, (found) => inbound(found).length >= texts.length, 60);
    assert.deepEqual(inbound(all).map(({ text }) => text), texts);
  }
  assert.equal(await engine.metric("aura_actor_failures_total"), 0, "nothing ran into a timeout");
});

it(`(${kSyncMs} ms a sync) and more than the writer's bound: the rest gets 503, memory stays bounded`, async () => {
  const kBodyBytes = 7 << 20;
  disk.does(`sync delay ${kSyncMs}`);
  const big = () => message(page, new_person(), "big", { pad: "y".repeat(kBodyBytes) });
  const began = now_ms();
  const answers = await Promise.all(Array.from({ length: 16 }, () => meta.post(envelope({ page, events: [big()] }))));
  const took = now_ms() - began;
  const refused = answers.filter(({ status }) => status !== 200);
  assert.ok(refused.length > 0 && refused.length < answers.length, `${refused.length} refused`);
  for (const { status, headers } of refused) {
    assert.equal(status, 503);
    assert.ok(Number(headers["retry-after"]) > 0);
  }
  // A group with a new contact has two syncs, its key's and its own; what comes in during one group is the next.
  assert.ok(took <= (4 * kSyncMs + 3000) * kSlow, `answered after ${took} ms`);
  disk.heals();
  await until("it takes messages again", () => meta.say(page, new_person(), "again").then(() => true), kBackSeconds);
  const peak = engine.peak_kib();
  console.log(`# ${refused.length} of ${answers.length} bodies of ${kBodyBytes >> 20} MiB refused, all answered after ${took.toFixed(0)} ms, peak ${peak >> 10} MiB`);
  assert.ok(peak <= (512 << 10) * kSlow, `${peak} KiB`);
});
