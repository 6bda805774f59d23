// What the engine promises rests on four lines: the sync of a group, the acknowledgement after it, the search
// for what came before, and the claim of a send. Each check here fails if one of these lines is missing from
// the program: tests/mutants builds such programs and runs these checks against them.
import assert from "node:assert/strict";
import { renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, it } from "node:test";

import { Disk } from "./support/disk.mjs";
import { Engine } from "./support/engine.mjs";
import { message, Meta, new_person } from "./support/meta.mjs";
import { Sim } from "./support/sim.mjs";
import { inbound, messages_of, messages_when, outbound, page_shop } from "./support/shop.mjs";
import { until } from "./support/wait.mjs";

let sim;
let engine;
let meta;
beforeEach(async () => {
  sim = await Sim.start();
  await sim.reset();
  await sim.knobs({ echo: false });
  engine = new Engine({ config: { "channels.meta": { graph_url: sim.url }, log: { level: "warn" } } });
  meta = new Meta(engine);
});
afterEach(async () => {
  await engine?.close();
  await sim?.close();
});

// Each of these people's one message is there once.
async function are_stored_once(api, people) {
  await until("the newest message", async () => inbound(await messages_of(api, people.at(-1))).length > 0, 15)
    .catch(() => {}); // the assertion says how many there are
  for (const person of people) {
    const times = inbound(await messages_of(api, person)).length;
    assert.equal(times, 1, `a message that was acknowledged is stored ${times} times`);
  }
}

it("a power cut takes nothing that was acknowledged", async () => {
  const disk = new Disk(engine.folder);
  await engine.start(disk.env);
  const { api, page } = await page_shop(engine);
  const people = Array.from({ length: 20 }, new_person);
  await Promise.all(people.map((person) => meta.say(page, person, "hello")));
  await engine.kill();
  disk.cuts_power(engine.data);
  await engine.start(disk.env);
  assert.equal((await api.get("")).status, 200, "the workspace that was acknowledged is stored 0 times");
  await are_stored_once(api, people);
});

it("a kill between acknowledgement and write takes nothing that was acknowledged", async () => {
  await engine.start();
  const { api, page } = await page_shop(engine);
  await engine.restart({ AURA_FAILPOINT: "S2:delay=2000ms" });
  const person = new_person();
  await meta.say(page, person, "hello");
  await engine.kill();
  await engine.start();
  await are_stored_once(api, [person]);
});

it("a message that comes twice is stored once", async () => {
  await engine.start();
  const { api, page } = await page_shop(engine);
  const person = new_person();
  const event = message(page, person, "hello");
  for (let times = 0; times < 2; ++times) {
    await meta.deliver(page, event);
    await meta.say(page, person, `after ${times}`);
    await messages_when("what came after", api, person, (all) => inbound(all).some(({ text }) => text === `after ${times}`));
  }
  const times = inbound(await messages_of(api, person)).filter(({ text }) => text === "hello").length;
  assert.equal(times, 1, `a message that came twice is stored ${times} times`);
});

// The provider has accepted the answer; the engine dies before it knows. Its clock is then a minute ahead, so
// that it need not wait half a minute for an echo.
it("a send whose outcome a kill hid goes again only with a flag", async () => {
  const clock = join(engine.folder, "time");
  const env = { LD_PRELOAD: process.env.AURA_CLOCK_LIBRARY, AURA_CLOCK: clock };
  const set = (time) => (writeFileSync(`${clock}.new`, time), renameSync(`${clock}.new`, clock));
  set("+0");
  await engine.start({ ...env, AURA_FAILPOINT: "S9:kill" });
  const { api, page } = await page_shop(engine);
  const person = new_person();
  await meta.say(page, person, "How much is the espresso?");
  await until("the death at S9", () => engine.child.exit);
  await sim.sent_to(person);
  set("+60");
  await engine.start(env);
  await sim.sent_to(person, 2);
  const is_sent = (all) => outbound(all)[0]?.status === "sent";
  const [answer] = outbound(await messages_when("sent", api, person, is_sent));
  assert.equal(answer.maybe_duplicate, true, "a send that was doubled is not flagged");
});
