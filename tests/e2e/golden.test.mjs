// Upgrades (fault F25): data of earlier versions is verified, opened, shown as it was then, and can be worked
// with (tests/golden/README.md). Refusing a newer format: shutdown.test.mjs.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { after, it } from "node:test";

import { shown } from "../golden/shown.mjs";
import { Engine, kAura } from "./support/engine.mjs";
import { Meta } from "./support/meta.mjs";
import { run } from "./support/process.mjs";
import { inbound, messages_when } from "./support/shop.mjs";

const folder = join(dirname(fileURLToPath(import.meta.url)), "..", "golden");
const archives = readdirSync(folder).filter((name) => name.endsWith(".tar.gz"));
assert.ok(archives.length > 0, "there is a golden data directory");

const engines = [];
after(() => Promise.all(engines.map((engine) => engine.close())));

for (const archive of archives) {
  it(`${archive}: verified, opened, shown as it was, worked on`, async () => {
    const engine = new Engine();
    engines.push(engine);
    mkdirSync(engine.data);
    execFileSync("tar", ["-xzf", join(folder, archive), "-C", engine.data]);
    const { code, stdout, stderr } = await run(kAura, ["verify", engine.data]);
    assert.equal(code, 0, stdout + stderr);
    await engine.start();
    const then = JSON.parse(readFileSync(join(folder, archive.replace(".tar.gz", ".json")), "utf8"));
    const api = engine.workspace_api(then.workspace, then.key);
    const now = await shown(api);
    for (const part of Object.keys(then.state)) assert.deepEqual(now[part], then.state[part], part);
    await new Meta(engine).say(then.page, then.person, "Written to an old conversation");
    const all = await messages_when("the new message", api, then.person, (messages) =>
      inbound(messages).some(({ text }) => text === "Written to an old conversation"));
    assert.equal(inbound(all).length, 2, "in the conversation that was there");
    assert.equal(await engine.stop(), 0);
    const again = await run(kAura, ["verify", engine.data]);
    assert.equal(again.code, 0, again.stdout + again.stderr);
  });
}
