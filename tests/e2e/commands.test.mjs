// The commands other than `serve`, as a person types them: what they find by themselves, their messages when
// something is missing, and their exit status.
import assert from "node:assert/strict";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";

import { Engine, kAura } from "./support/engine.mjs";
import { run } from "./support/process.mjs";

let folder;
before(() => (folder = mkdtempSync(join(tmpdir(), "aura-commands-"))));
after(() => rmSync(folder, { recursive: true, force: true }));

it("a wrong command line exits with 2, help and version with 0", async () => {
  for (const args of [[], ["servve"], ["serve", "--nope"], ["check-config"], ["workspace", "create"],
    ["serve", "--config", join(folder, "missing.toml")]]) {
    const { code, stdout, stderr } = await run(kAura, args);
    assert.equal(code, 2, args.join(" "));
    assert.ok((stdout + stderr).length > 0);
  }
  assert.match((await run(kAura, ["servve"])).stderr, /no command 'servve'.* serve /);
  assert.match((await run(kAura, ["workspace", "list"])).stderr, /no command 'list'.* create /);
  assert.equal((await run(kAura, ["--help"])).code, 0);
  const version = await run(kAura, ["--version"]);
  assert.equal(version.code, 0);
  assert.match(version.stdout, /^aura \d+\.\d+/);
});

it("a wrong command line of the simulator exits with 2, too", async () => {
  for (const args of [["--nope"], ["--count", "5"], ["--knobs", join(folder, "missing.json")]]) {
    assert.equal((await run(process.env.AURA_SIM, args)).code, 2, args.join(" "));
  }
  assert.equal((await run(process.env.AURA_SIM, ["--help"])).code, 0);
});

describe("with an engine on ports that the system chose", () => {
  let engine;
  let config;
  before(async () => {
    engine = await Engine.start();
    config = join(folder, "free.toml");
    writeFileSync(config, '[public]\nlisten = "127.0.0.1:0"\n[operator]\nlisten = "127.0.0.1:0"\n');
  });
  after(() => engine.close());
  const aura = (...args) => run(kAura, [...args, "--config", config, "--data", engine.data]);

  it("workspace create and backup find it by its data directory", async () => {
    const { code, stdout, stderr } = await aura("workspace", "create", "--name", "Found");
    assert.equal(code, 0, stderr);
    const { workspace_id, api_key } = JSON.parse(stdout);
    assert.equal((await engine.workspace_api(workspace_id, api_key).must("GET", "")).name, "Found");
    const backup = await aura("backup", join(folder, "backup"));
    assert.equal(backup.code, 0, backup.stderr);
    assert.ok(!readFileSync(engine.log, "utf8").includes("already disabled"), "no warning of what is no fault");
  });

  it("a second engine on its data directory is told that one runs", async () => {
    const { code, stderr } = await aura("serve");
    assert.equal(code, 1);
    assert.match(stderr, /in use; an engine or a command works on this data directory/);
  });

  it("restore without the master key says to copy it, and works once it is there", async () => {
    const data = join(folder, "restored");
    mkdirSync(data);
    const restore = () => run(kAura, ["restore", join(folder, "backup"), "--data", data]);
    const refused = await restore();
    assert.equal(refused.code, 1);
    assert.match(refused.stderr, /copy .*master key|master key.*copy/s);
    assert.ok(refused.stderr.includes(join(data, "master.key")), refused.stderr);
    assert.ok(!existsSync(join(data, "db")), "nothing is written");
    cpSync(join(engine.data, "master.key"), join(data, "master.key"));
    const done = await restore();
    assert.equal(done.code, 0, done.stderr);
    const verified = await run(kAura, ["verify", data]);
    assert.equal(verified.code, 0, verified.stderr);
  });
});

it("data, backup and restored data are for their user only, whatever the umask", async () => {
  const engine = await Engine.start({ under: ["sh", "-c", 'umask 022; exec "$@"', "sh"] });
  try {
    await engine.workspace({ name: "In clear in the table files" });
    await engine.stop();
    const [backup, restored] = [join(engine.folder, "backup"), join(engine.folder, "restored")];
    const made = await run(kAura, ["backup", backup, "--data", engine.data]);
    assert.equal(made.code, 0, made.stderr);
    mkdirSync(restored, { mode: 0o700 });
    cpSync(join(engine.data, "master.key"), join(restored, "master.key"));
    const done = await run(kAura, ["restore", backup, "--data", restored]);
    assert.equal(done.code, 0, done.stderr);
    for (const one of [engine.data, backup, restored]) {
      const all = ["", ...readdirSync(one, { recursive: true })].map((name) => join(one, name));
      assert.ok(all.length > 10);
      assert.deepEqual(all.filter((path) => statSync(path).mode & 0o077), []);
    }
  } finally {
    await engine.close();
  }
});

it("verify of what is no data says so", async () => {
  const missing = await run(kAura, ["verify", join(folder, "nowhere")]);
  assert.equal(missing.code, 1);
  assert.match(missing.stderr, /no directory/);
  mkdirSync(join(folder, "empty"));
  const empty = await run(kAura, ["verify", join(folder, "empty")]);
  assert.equal(empty.code, 1);
  assert.match(empty.stderr, /neither a data directory nor a backup/);
});
