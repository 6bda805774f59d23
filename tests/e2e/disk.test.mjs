// A failing and a full disk under the real program (faults F4, F3). After a failed sync or write the engine ends
// before it acknowledges anything more.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, describe, it } from "node:test";

import { count } from "../faults/rows.mjs";
import { Disk } from "./support/disk.mjs";
import { Engine } from "./support/engine.mjs";
import { kLoadItems, Load } from "./support/load.mjs";
import { Meta, new_person } from "./support/meta.mjs";
import { Sim } from "./support/sim.mjs";
import { add_items, inbound, messages_when, messenger, page_shop } from "./support/shop.mjs";
import { at_rest, everything_wrong } from "./support/verdict.mjs";
import { kSlow, until } from "./support/wait.mjs";

const kExitStorageFailed = 75;
const kExitMs = 100;
const kInFlightPerDeath = 16;
const kBackSeconds = 5;

describe("a disk that fails", () => {
  let sim;
  let engine;
  let disk;
  let api;
  let load;
  let token;
  before(async () => {
    sim = await Sim.start();
    await sim.reset();
    engine = new Engine({ config: { "channels.meta": { graph_url: sim.url }, log: { level: "warn" } } });
    disk = new Disk(engine.folder);
    await engine.start(disk.env);
    api = await engine.workspace();
    await add_items(api, kLoadItems);
    const { page, ...channel } = await messenger(api);
    token = channel.token;
    load = new Load({ engine, meta: new Meta(engine), api, page });
    load.start({ people: 6, visitors: 0 });
  });
  after(async () => {
    load?.abandon();
    await engine?.close();
    await sim?.close();
  });

  let deaths = 0;
  const took = []; // ms from the fault to the end
  // The first … fiftieth sync and the first … twentieth write, or some of them.
  const spread = (call, times, last) => Array.from({ length: times }, (_, i) =>
    `${call} EIO after ${Math.round((i * (last - 1)) / (times - 1))}`);
  for (const rule of [...spread("sync", count("F4", "syncs"), 50), ...spread("write", count("F4", "writes"), 20)]) {
    it(`(${rule}) ends the engine with 75; it starts again where it was`, async () => {
      const acked = load.acked;
      await until("progress", () => load.acked > acked + 5);
      disk.does(rule);
      const { code, at_ms } = await until("the end", () => engine.child.exit, 20);
      took.push(at_ms - disk.struck_ms());
      assert.equal(code, kExitStorageFailed);
      assert.match(readFileSync(engine.log, "utf8"), /storage\.failed/);
      disk.heals();
      await engine.start(disk.env);
      ++deaths;
    });
  }

  it(`within ${kExitMs} ms`, () => {
    const each = took.sort((a, b) => a - b).map(Math.round);
    console.log(`# ended ${each.join(" ")} ms after the fault`);
    assert.ok(each.at(-1) <= kExitMs * kSlow, `the slowest after ${each.at(-1)} ms`);
  });

  it("and nothing that was acknowledged in all that is lost, doubled or out of order", async () => {
    await load.finish();
    const all = await at_rest(api, 60);
    const ledger = await sim.accepted();
    assert.deepEqual(await everything_wrong({ load, api, engine, all, ledger, doubles: deaths * kInFlightPerDeath }), []);
  });

  it("and no death has left anything personal or secret in the log", () => {
    const log = readFileSync(engine.log, "utf8");
    assert.equal(log.match(/storage\.failed/g).length, deaths, "every death is in it");
    for (const { person, acked } of load.people) {
      for (const text of [person, ...acked.map(({ text }) => text)]) assert.ok(!log.includes(text), text);
    }
    for (const secret of [token, api.key]) assert.ok(!log.includes(secret), secret);
  });

  // Each of the renames that a start makes fails once.
  it("when it must rename: the start is refused with a reason, and the next one succeeds", async () => {
    assert.equal(await engine.stop(), 0);
    let refused = 0;
    for (let nth = 0; ; ++nth) {
      disk.does(`rename EIO after ${nth}`);
      const started = await engine.start(disk.env).then(() => true, () => false);
      if (started) break;
      assert.ok(engine.child.exit.code > 0, JSON.stringify(engine.child.exit));
      assert.match(readFileSync(engine.log, "utf8").slice(-2000), /Input\/output error|IO error/);
      ++refused;
      disk.heals();
      await engine.start(disk.env);
      assert.equal((await api.get("")).status, 200);
      assert.equal(await engine.stop(), 0);
    }
    console.log(`# ${refused} starts refused`);
    assert.ok(refused > 0);
  });
});

describe("a full disk", () => {
  it("refuses with 503, stays readable, and takes everything again once there is space", async () => {
    const engine = new Engine();
    const disk = new Disk(engine.folder);
    await engine.start(disk.env);
    const { api, page } = await page_shop(engine);
    const meta = new Meta(engine);
    const person = new_person();
    await meta.say(page, person, "before");
    await messages_when("the first message", api, person, (all) => inbound(all).length === 1);
    for (let round = 0; round < 3; ++round) {
      disk.does("write ENOSPC");
      await assert.rejects(meta.say(page, person, "refused"), /503/);
      await disk.struck();
      await until("not ready", async () => (await engine.operator.get("/readyz")).status === 503);
      assert.equal((await api.get("/conversations")).status, 200, "reads go on");
      disk.heals();
      await until("it takes messages again", () => meta.say(page, person, `after ${round}`).then(() => true), kBackSeconds);
      await until("ready", async () => (await engine.operator.get("/readyz")).status === 200, kBackSeconds);
    }
    await messages_when("all of them, once", api, person, (all) => inbound(all).length === 4);
    assert.equal(engine.child.exit, null);
    await engine.close();
  });
});
