// kill -9 in a loop under load (faults F1 and F11). Everything acknowledged is stored, once and in order.
// Everything decided is sent, in order; a send may be duplicated only where a call was in flight, and is
// flagged. The test prints the seed of the times.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";

import { count } from "../faults/rows.mjs";
import { webchat } from "./support/chat.mjs";
import { Engine, free_port } from "./support/engine.mjs";
import { kLoadItems, Load } from "./support/load.mjs";
import { Meta } from "./support/meta.mjs";
import { seeded } from "./support/seeded.mjs";
import { Sim } from "./support/sim.mjs";
import { add_items, messenger } from "./support/shop.mjs";
import {
  at_rest, conversations_by_person, doubled, repeated, wrong_at_provider, wrong_in_chats, wrong_items, wrong_on_messenger,
  wrong_prices,
} from "./support/verdict.mjs";
import { kSlow, pause, until } from "./support/wait.mjs";

const kKills = Number(process.env.AURA_E2E_KILLS ?? count("F1", "kills"));
const kSeed = Number(process.env.AURA_E2E_SEED ?? Date.now() % 1e9);
// Without echoes (AURA_E2E_ECHO=0) nothing reveals the outcome of a call that was cut off: the message is
// sent again after the wait, flagged.
const kEcho = process.env.AURA_E2E_ECHO !== "0";
const kReadySeconds = 2;
const kInFlightPerKill = 16; // calls that one account makes at once
// How the engine dies in each cycle: null: killed from outside at a random moment, perhaps while it makes a
// checkpoint. Otherwise at a fault
// point: a request read (S0), its signature verified (S1), before a write (S2), after its sync but before the
// acknowledgement (S4), acknowledged (S5), what a conversation decided durable (S6), a send claimed (S7), written
// to the provider but not answered (S8), answered (S9), a flush or compaction (S10). "Written but not synced" (S3)
// is within one call of the database; to a killed process it is the same as S4.
const kPoints = [null, "S4", "S6", "S7", "S2", "S9", "S8", "S10", "S0", "S1", "S5"];
const kFaultSeconds = 1.5;
// A send that a kill left ambiguous waits half a minute for its echo, and what follows it in its conversation waits too.
const kDrainSeconds = 120 + kKills;

const random = seeded(kSeed); // the seed repeats the times of the kills
let engine;
let sim;
let api;
let load;
let all; // person → messages, once everything is at rest
let ledger; // the sends that the provider accepted
const ready = [];

// Starts the engine; with a fault point it dies there after some passes. Returns the armed point. A point may
// strike before the engine is ready: then the engine is started again without it and null is returned.
async function start_with(point) {
  if (!point) return engine.start().then(() => null);
  const env = { AURA_FAILPOINT: `${point}:kill:after=${20 + Math.floor(random() * 100)}` };
  try {
    await engine.start(env);
    return point;
  } catch (error) {
    if (engine.child.exit?.signal !== "SIGKILL") throw error;
    return engine.start().then(() => null);
  }
}

before(async () => {
  console.log(`# seed ${kSeed}, ${kKills} kills`);
  const port = await free_port();
  sim = await Sim.start(`http://127.0.0.1:${port}/webhooks/meta`);
  await sim.reset();
  await sim.knobs({ echo: kEcho, delivery: true, webhook_duplicate_rate: 0.1, webhook_shuffle: true,
    latency_min_ms: 2, latency_max_ms: 20, seed: kSeed });
  engine = await Engine.start({
    config: { public: { listen: `127.0.0.1:${port}` }, "channels.meta": { graph_url: sim.url }, log: { level: "warn" } },
  });
  api = await engine.workspace();
  await add_items(api, kLoadItems);
  const { page } = await messenger(api);
  const { widget_key } = await webchat(api);
  load = new Load({ engine, meta: new Meta(engine), api, page, widget_key });
  load.start();
});
after(async () => {
  load?.abandon();
  await engine?.close();
  await sim?.close();
});

describe("kill -9 under load", () => {
  it(`${kKills} times: each time ready again within ${kReadySeconds} s`, async () => {
    let armed = null;
    for (let i = 0; i < kKills; ++i) {
      const before = load.acked;
      await until("progress", () => load.acked > before + 5 || engine.child.exit);
      const point = i + 1 < kKills ? kPoints[i % kPoints.length] : null;
      if (!armed) {
        engine.operator.post("/checkpoint").catch(() => {}); // a backup's, perhaps cut off by the kill
        await pause(random() * 400);
      } else await until(`the fault ${armed}`, () => engine.child.exit, kFaultSeconds).catch(() => {});
      await engine.kill();
      armed = await start_with(point);
      ready.push(Math.round(engine.ready_ms));
    }
    await load.finish();
    console.log(`# ${load.acked} acknowledged, ${load.retries} tries again, ready after ${ready.join(" ")} ms`);
    const worst = Math.max(...ready);
    assert.ok(worst <= kReadySeconds * 1000 * kSlow, `ready after ${worst} ms`);
  });

  it("everything comes to rest: each message sent, nothing queued", async () => {
    all = await at_rest(api, kDrainSeconds);
    ledger = await sim.accepted();
    const failed = [...all.values()].flatMap(({ messages }) => messages.filter(({ status }) => status === "failed"));
    assert.deepEqual(failed, []);
  });

  it("what was acknowledged on Messenger is stored once, complete and in order", () =>
    assert.deepEqual(wrong_on_messenger(load, all), []));
  it("what was acknowledged in the web chat is stored once, complete and in order", () =>
    assert.deepEqual(wrong_in_chats(load, all), []));
  it("what was acknowledged by the API is there once", async () =>
    assert.deepEqual(await wrong_items(load, api), []));
  it("no contact, no conversation and no message id is there twice", async () =>
    assert.deepEqual(await repeated(load, all, api), []));
  it("every answer is at the provider, in the order of the conversation", () =>
    assert.deepEqual(wrong_at_provider(load, all, ledger), []));
  it("no answer names a price that was not asked for", () => assert.deepEqual(wrong_prices(all), []));

  it("an answer is doubled only where a call was in flight, and flagged", () => {
    const { answers, extra, flagged, unflagged } = doubled(all, ledger);
    console.log(`# ${answers} answers, ${extra} doubled, ${flagged} flagged`);
    assert.ok(extra <= kKills * kInFlightPerKill, `${extra} doubled`);
    assert.deepEqual(unflagged, []);
  });

  it("received = processed + ignored + dead, and nothing is dead", async () => {
    const [received, finished] = ["received", "finished"].map((what) => `aura_events_${what}_total`);
    await until("every event is finished", async () => (await engine.metric("aura_events_in_flight")) === 0);
    assert.ok((await engine.metric(received)) > 0, "since the last start");
    assert.equal(await engine.metric(finished), await engine.metric(received));
    assert.deepEqual(await engine.operator.list("/dead-letters"), []);
    const log = await engine.operator.get("/readyz");
    assert.equal(log.status, 200, log.text);
  });

  it("and a clean stop afterwards loses nothing either", async () => {
    const before = JSON.stringify([...(await conversations_by_person(api)).entries()]);
    assert.equal(await engine.stop(), 0);
    await engine.start();
    assert.equal(JSON.stringify([...(await conversations_by_person(api)).entries()]), before);
  });
});
