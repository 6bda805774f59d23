// Under a service manager (Type=notify, WatchdogSec): what the engine tells it, and that it falls silent when a
// part that everything needs does not answer.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, it } from "node:test";

import { Engine } from "./support/engine.mjs";
import { Child } from "./support/process.mjs";
import { until } from "./support/wait.mjs";

const kWatchdogMs = 600; // the engine reports three times in it

let folder;
let manager;
let env;
const heard = []; // {text, at}
before(async () => {
  folder = mkdtempSync(join(tmpdir(), "aura-notify-"));
  const socket = join(folder, "notify");
  manager = new Child(process.env.AURA_NOTIFY_LISTENER, [socket], { log: join(folder, "log") });
  await manager.line(/^listening$/);
  manager.lines.on("line", (text) => heard.push({ text, at: performance.now() }));
  env = { NOTIFY_SOCKET: socket, WATCHDOG_USEC: String(kWatchdogMs * 1000) };
});
after(async () => {
  await manager?.stop("SIGKILL");
  rmSync(folder, { recursive: true, force: true });
});

it("it is told when the engine is ready, that it lives, and that it stops", async () => {
  const engine = await Engine.start({ env });
  try {
    await until("READY=1", () => heard[0]?.text.startsWith("READY=1"));
    await until("signs of life", () => heard.filter(({ text }) => text === "WATCHDOG=1").length >= 5);
    assert.equal(await engine.stop(), 0);
    await until("STOPPING=1", () => heard.at(-1).text.startsWith("STOPPING=1"));
    assert.equal(heard.filter(({ text }) => text.startsWith("READY=1")).length, 1);
  } finally {
    await engine.close();
  }
});

it("it hears nothing while the writer hangs, and hears again when that is over", async () => {
  const engine = await Engine.start({ env: { ...env, AURA_FAILPOINT: "S2:delay=2500ms:after=10:n=1" } });
  const begin = heard.length;
  const longest_silence = () =>
    Math.max(0, ...heard.slice(begin + 1).map(({ at }, i) => at - heard[begin + i].at));
  try {
    await until("more than two periods of silence", async () => {
      await engine.workspace(); // a commit, for the writer to hang in
      return longest_silence() > 2 * kWatchdogMs;
    });
    assert.equal(await engine.stop(), 0);
  } finally {
    await engine.close();
  }
});
