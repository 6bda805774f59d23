// Rotation of the master key (S5), killed at random moments.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { copyFileSync, existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { after, describe, it } from "node:test";
import { setTimeout as wait } from "node:timers/promises";

import { Engine, kAura } from "./support/engine.mjs";
import { Meta } from "./support/meta.mjs";
import { run } from "./support/process.mjs";
import { seeded } from "./support/seeded.mjs";
import { inbound, messages_when, page_shop } from "./support/shop.mjs";

const random = seeded(Number(process.env.AURA_SEED ?? 1));
const engines = [];
after(() => Promise.all(engines.map((engine) => engine.close())));

async function started() {
  const engine = await Engine.start();
  engines.push(engine);
  return engine;
}

describe("aura rotate-master-key", () => {
  it("killed at 50 moments and finished: everything opens under the new key alone", async () => {
    const engine = await started();
    const { api, page } = await page_shop(engine);
    await new Meta(engine).say(page, "70000000000001", "kept through rotations");
    const kept = () => messages_when("the message", api, "70000000000001", (all) =>
      inbound(all)[0]?.text === "kept through rotations");
    await kept();
    const key = join(engine.data, "master.key");
    const rotate = ["rotate-master-key", "--data", engine.data];
    const busy = await run(kAura, rotate);
    assert.equal(busy.code, 1, "an engine runs");
    assert.match(busy.stderr, /stop it/);
    assert.equal(await engine.stop(), 0);

    const began = performance.now();
    assert.equal((await run(kAura, rotate)).code, 0);
    const whole_ms = performance.now() - began;
    let killed = 0;
    for (let i = 0; i < 50; ++i) {
      rmSync(key + ".old", { force: true });
      const child = spawn(kAura, rotate, { stdio: "ignore" });
      const ended = new Promise((resolve) => child.on("exit", (code) => resolve(code)));
      await Promise.race([wait(random() * whole_ms * 1.2), ended]);
      child.kill("SIGKILL");
      if (await ended === null) ++killed;
      if (i % 10 !== 9) continue;
      await engine.start();
      await kept();
      assert.equal(await engine.stop(), 0);
    }
    assert.ok(killed >= 10, `${killed} of 50 were cut off`);
    rmSync(key + ".old", { force: true });
    const last = await run(kAura, rotate);
    assert.equal(last.code, 0, last.stderr);
    assert.ok(!existsSync(key + ".next"));
    rmSync(key + ".old", { force: true });
    const verified = await run(kAura, ["verify", engine.data]);
    assert.equal(verified.code, 0, verified.stdout + verified.stderr);
    assert.ok(!verified.stderr.includes("cut off"));
    copyFileSync(key, key + ".next");
    assert.match((await run(kAura, ["verify", engine.data])).stderr, /rotation of the master key was cut off/);
    rmSync(key + ".next");
    await engine.start();
    await kept();
  });

  it("an earlier backup restores with the old key, the next one with the new", async () => {
    const engine = await started();
    const { api, page } = await page_shop(engine);
    await new Meta(engine).say(page, "70000000000002", "in both");
    await messages_when("the message", api, "70000000000002", (all) => inbound(all).length === 1);
    assert.equal(await engine.stop(), 0);
    const backups = join(engine.folder, "backups");
    const backup = () => run(kAura, ["backup", backups, "--data", engine.data]);
    assert.equal((await backup()).code, 0);
    assert.equal((await run(kAura, ["rotate-master-key", "--data", engine.data])).code, 0);
    const verify = (key) => run(kAura, ["verify", backups], { env: { AURA_SECURITY__MASTER_KEY_FILE: key } });
    const key = join(engine.data, "master.key");
    assert.equal((await verify(key + ".old")).code, 0);
    assert.notEqual((await verify(key)).code, 0);
    assert.equal((await backup()).code, 0);
    const checked = await verify(key);
    assert.equal(checked.code, 0, checked.stdout + checked.stderr);
    assert.notEqual((await verify(key + ".old")).code, 0);
  });
});
