// Duplicates (fault F11): every event comes three times, shuffled, some at once on two sockets, while the engine is
// killed again and again; and once more after a restart and a week later. Each is answered 200 and has one effect.
import assert from "node:assert/strict";
import { renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, it } from "node:test";

import { count } from "../faults/rows.mjs";
import { Engine } from "./support/engine.mjs";
import { envelope, message, Meta, new_person } from "./support/meta.mjs";
import { seeded } from "./support/seeded.mjs";
import { inbound, messages_of, page_shop } from "./support/shop.mjs";
import { pause, until } from "./support/wait.mjs";

const kEvents = count("F11", "events");
const kPeople = 100;
const kTimes = 3;
const kPerBody = 10;
const kSockets = 16;
const kKills = 3;
const kWeekSeconds = 7 * 24 * 3600;
const kSeed = Number(process.env.AURA_E2E_SEED ?? Date.now() % 1e9);

const random = seeded(kSeed);
let engine;
let clock;
let api;
let page;
let meta;
const environment = () => ({ LD_PRELOAD: process.env.AURA_CLOCK_LIBRARY, AURA_CLOCK: clock });
function set_clock(time) {
  writeFileSync(`${clock}.new`, time);
  renameSync(`${clock}.new`, clock);
}

before(async () => {
  console.log(`# seed ${kSeed}`);
  engine = new Engine({ config: { log: { level: "warn" } } });
  clock = join(engine.folder, "time");
  set_clock("+0");
  await engine.start(environment());
  ({ api, page } = await page_shop(engine));
  meta = new Meta(engine);
});
after(() => engine?.close());

function shuffled(list) {
  const all = [...list];
  for (let i = all.length - 1; i > 0; --i) {
    const j = Math.floor(random() * (i + 1));
    [all[i], all[j]] = [all[j], all[i]];
  }
  return all;
}

const bodies_of = (events) => Array.from({ length: Math.ceil(events.length / kPerBody) }, (_, i) =>
  JSON.stringify(envelope({ page, events: events.slice(i * kPerBody, (i + 1) * kPerBody) })));

// Posts each body until it is answered 200, as Meta does; anything else must be a dead connection or 503.
async function deliver(bodies) {
  const left = [...bodies];
  const send = async () => {
    for (let body = left.pop(); body; body = left.pop()) {
      for (;;) {
        const answer = await meta.post(body).catch(() => null);
        if (answer?.status === 200) break;
        assert.ok(!answer || answer.status === 503, answer?.text);
        await pause(20);
      }
    }
  };
  await Promise.all(Array.from({ length: kSockets }, send));
}

const people = Array.from({ length: kPeople }, new_person);
const events = [];
const answered = new Map(); // person → their messages' ids

async function wrong() {
  await until("all of it is processed", async () => (await engine.metric("aura_events_in_flight")) === 0, 60);
  const found = [];
  for (const person of people) {
    const stored = inbound(await messages_of(api, person)).map(({ external_id }) => external_id).sort();
    const promised = answered.get(person).toSorted();
    if (JSON.stringify(stored) !== JSON.stringify(promised))
      found.push(`${person}: ${stored.length} stored, ${new Set(stored).size} different, ${promised.length} promised`);
  }
  return found;
}

it(`${kEvents} events, each ${kTimes} times, shuffled, with ${kKills} kills between: one effect each`, async () => {
  const began = Date.now() - kEvents; // each has a time of its own
  for (let i = 0; i < kEvents; ++i)
    events.push(message(page, people[i % kPeople], `${i}`, { at: began + i }));
  for (const person of people) answered.set(person, []);
  for (const { sender, message: { mid } } of events) answered.get(sender.id).push(mid);
  const bodies = Array.from({ length: kTimes }, () => bodies_of(shuffled(events))).flat();
  const work = deliver(shuffled(bodies));
  for (let kill = 1; kill <= kKills; ++kill) {
    const goal = (kEvents / 20) * kill;
    await until("progress", async () => (await engine.metric("aura_events_received_total")) > goal, 30).catch(() => {});
    await engine.kill();
    await engine.start(environment());
  }
  await work;
  assert.deepEqual(await wrong(), []);
  assert.deepEqual(await engine.operator.list("/dead-letters"), []);
});

it("the same body on two sockets at once: both wait for the commit, one effect", async () => {
  const person = new_person();
  people.push(person);
  const twins = Array.from({ length: 50 }, (_, i) => message(page, person, `twin ${i}`));
  answered.set(person, twins.map(({ message: { mid } }) => mid));
  for (const twin of twins) {
    const body = JSON.stringify(envelope({ page, events: [twin] }));
    const answers = await Promise.all([meta.post(body), meta.post(body)]);
    assert.deepEqual(answers.map(({ status }) => status), [200, 200]);
  }
  await engine.kill(); // what was answered is stored
  await engine.start(environment());
  assert.deepEqual(await wrong(), []);
});

it("a week later, after a restart: still one effect", async () => {
  set_clock(`+${kWeekSeconds}`);
  await engine.restart(environment());
  await deliver(bodies_of(shuffled(events)));
  assert.deepEqual(await wrong(), []);
});
