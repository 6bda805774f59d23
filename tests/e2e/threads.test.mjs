// No thread can be started (fault F26; tests/support/thread_faults.cc): a start then fails and leaves nothing
// behind, and a running engine refuses only what needs one.
import assert from "node:assert/strict";
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, it } from "node:test";

import { Engine } from "./support/engine.mjs";
import { Meta, new_person } from "./support/meta.mjs";
import { assert_problem, inbound, messages_when, page_shop } from "./support/shop.mjs";
import { until } from "./support/wait.mjs";

let engine;
let file;
const env = () => ({ LD_PRELOAD: process.env.AURA_THREAD_FAULTS_LIBRARY, AURA_NO_THREADS: file });
before(() => {
  engine = new Engine();
  file = join(engine.folder, "no-threads");
});
after(() => engine?.close());

it("a start without threads ends; the next one, with threads, succeeds", async () => {
  writeFileSync(file, "");
  const child = engine.spawn(env());
  const { code } = await until("the end", () => child.exit);
  assert.notEqual(code, 0);
  rmSync(file);
  await engine.start(env());
});

it("a running engine goes on, refuses what needs a thread, and does it once there is one", async () => {
  const { api, page } = await page_shop(engine);
  const meta = new Meta(engine);
  writeFileSync(file, "");
  for (let times = 0; times < 2; ++times) assert_problem(await engine.operator.post("/checkpoint"), 503);
  const person = new_person();
  await meta.say(page, person, "hello");
  await messages_when("the message", api, person, (all) => inbound(all).length === 1);
  rmSync(file);
  await engine.operator.must("POST", "/checkpoint");
  assert.equal(engine.child.exit, null);
});
