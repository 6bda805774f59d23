// Backup under load, restore, verify (fault F24): everything acknowledged before a backup
// is in it, data erased since does not come back, and an incomplete backup is refused with the file's name.
import assert from "node:assert/strict";
import { cpSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";

import { webchat } from "./support/chat.mjs";
import { Engine, kAura } from "./support/engine.mjs";
import { kLoadItems, Load } from "./support/load.mjs";
import { Meta } from "./support/meta.mjs";
import { Child, run } from "./support/process.mjs";
import { Sim } from "./support/sim.mjs";
import { add_items, inbound, messenger, outbound } from "./support/shop.mjs";
import { until } from "./support/wait.mjs";

let sim;
let engine;
let api;
let page;
let load;
let folder; // the folder of backups
const restored = []; // engines on restored data

before(async () => {
  sim = await Sim.start("http://127.0.0.1:9/webhooks/meta");
  await sim.reset();
  engine = await Engine.start({ config: { "channels.meta": { graph_url: sim.url } } });
  folder = join(engine.folder, "backups");
  api = await engine.workspace();
  await add_items(api, kLoadItems);
  ({ page } = await messenger(api));
  const { widget_key } = await webchat(api);
  load = new Load({ engine, meta: new Meta(engine), api, page, widget_key });
});
after(async () => {
  load?.abandon();
  for (const one of restored) await one.close();
  await engine?.close();
  await sim?.close();
});

const aura = (...args) => run(kAura, args);

async function backup(extra = []) {
  const args = ["backup", folder, "--data", engine.data, "--operator", engine.operator_url, ...extra];
  const { code, stdout, stderr } = await aura(...args);
  assert.equal(code, 0, stderr);
  return { position: /backup of position (\d+)/.exec(stdout)[1], stdout };
}

// An engine on a copy of `position`, with the same master key.
async function restore(position) {
  const other = new Engine({ config: { "channels.meta": { graph_url: sim.url } } });
  restored.push(other);
  mkdirSync(other.data);
  cpSync(join(engine.data, "master.key"), join(other.data, "master.key"));
  const at = position ? ["--position", position] : [];
  const { code, stdout, stderr } = await aura("restore", folder, "--data", other.data, ...at);
  assert.equal(code, 0, stderr);
  const verified = await aura("verify", other.data);
  assert.equal(verified.code, 0, verified.stdout + verified.stderr);
  await other.start();
  return { other, stdout, api: other.workspace_api(api.id, api.key) };
}

// person → messages, without what changes by itself after a restore (pending sends continue).
async function ledger(of) {
  const found = new Map();
  for (const { id, contact } of await of.list("/conversations")) {
    const messages = await of.list(`/conversations/${id}/messages`);
    found.set(contact.identities[0].external_id, messages.map(({ id: message, direction, text, external_id }) =>
      ({ message, direction, text, external_id: direction === "in" ? external_id : null })));
  }
  return new Map([...found].sort());
}

const acked_now = () => load.people.map(({ person, acked }) => ({ person, mids: acked.map(({ mid }) => mid) }));

const everything_answered = () => until("every answer sent", async () => {
  for (const { id } of await api.list("/conversations")) {
    const messages = await api.list(`/conversations/${id}/messages`);
    if (messages.at(-1)?.direction !== "out") return false;
    if (outbound(messages).some(({ status }) => status === "queued")) return false;
  }
  return true;
}, 60);

describe("backup of a running engine", () => {
  let first;
  let acked;
  let second;
  let truth;
  let moment; // a position between the two backups: {position, truth}

  it("is made under load, again and again into one folder", async () => {
    load.start({ people: 8, visitors: 2 });
    await until("some load", () => load.acked > 200, 60);
    acked = acked_now();
    first = await backup();
    assert.match(first.stdout, /not in the backup: the master key/);
    const before_more = load.acked;
    await until("more load", () => load.acked > before_more + 100, 60);
    await load.finish();
    await everything_answered();
    moment = { position: String(await engine.metric("aura_storage_position")), truth: await ledger(api) };
    await new Meta(engine).say(page, load.people[0].person, "written after the moment");
    await until("it is stored", async () =>
      (await ledger(api)).get(load.people[0].person).some(({ text }) => text === "written after the moment"));
    await everything_answered();
    truth = await ledger(api);
    second = await backup();
    assert.ok(BigInt(second.position) > BigInt(first.position));
  });

  it("copies no file twice and keeps only the newest keyring", () => {
    const [, of_it, copied] = /: (\d+) files, .*new among them: (\d+) files/.exec(second.stdout);
    assert.ok(Number(copied) < Number(of_it), second.stdout);
    const [, all_mb, new_mb] = /files, ([\d.]+) MB; new among them: \d+ files, ([\d.]+) MB/.exec(first.stdout);
    assert.equal(new_mb, all_mb, "of the first backup everything is new");
    assert.equal(readdirSync(join(folder, "data")).length, 2);
    assert.equal(readdirSync(join(folder, "log")).length, 2);
    assert.equal(readdirSync(join(folder, "keys")).length, 1);
    assert.ok(!readdirSync(engine.data).includes("checkpoint"), "nothing is left beside the data");
  });

  it("the newest restores to the same ledger, and the engine works on", async () => {
    const { other, api: again } = await restore();
    assert.deepEqual(await ledger(again), truth);
    const { person } = load.people[0];
    await new Meta(other).say(page, person, "written after the restore");
    await until("the new message", async () =>
      (await ledger(again)).get(person).some(({ text }) => text === "written after the restore"));
  });

  it("the position of any moment in between restores just that", async () => {
    const { stdout, api: again } = await restore(moment.position);
    assert.match(stdout, new RegExp(`restored position ${moment.position} `));
    assert.deepEqual(await ledger(again), moment.truth);
  });

  it("a position under load restores what was acknowledged by the backup before, once, in order", async () => {
    const between = (BigInt(second.position) + BigInt(first.position)) / 2n;
    const { stdout, api: again } = await restore(String(between));
    const reached = BigInt(/restored position (\d+) /.exec(stdout)[1]);
    assert.ok(reached > BigInt(first.position) && reached <= between, stdout);
    const found = await ledger(again);
    for (const { person, mids } of acked) {
      const stored = inbound(found.get(person) ?? []).map(({ external_id }) => external_id);
      assert.deepEqual(stored.slice(0, mids.length), mids, person);
      const all = load.people.find((one) => one.person === person).acked.map(({ mid }) => mid);
      assert.deepEqual(stored, all.slice(0, stored.length), person);
    }
  });

  it("a contact erased since stays erased, and may write anew", async () => {
    const { person } = load.people[0];
    const conversation = (await api.list("/conversations"))
      .find(({ contact }) => contact.identities[0].external_id === person);
    assert.equal((await api.delete(`/contacts/${conversation.contact.id}`)).status, 204);
    await backup();
    const { other, stdout, api: again } = await restore(first.position);
    assert.match(stdout, /erased again: 1/);
    assert.equal((await again.get(`/contacts/${conversation.contact.id}`)).status, 404);
    assert.equal((await again.get(`/conversations/${conversation.id}`)).status, 404);
    assert.ok(!(await ledger(again)).has(person));
    await new Meta(other).say(page, person, "back again");
    await until("the new conversation", async () => {
      const messages = (await ledger(again)).get(person) ?? [];
      return inbound(messages).length === 1 && messages[0].text === "back again";
    });
  });
});

describe("a backup that is killed", () => {
  it("hinders neither the next backup nor the engine, and leaves nothing for good", async () => {
    for (const point of ["checkpoint", "copying"]) {
      const args = ["backup", folder, "--data", engine.data, "--operator", engine.operator_url];
      const child = new Child(kAura, args, { log: join(engine.folder, "killed.log") });
      if (point === "copying") await until("the checkpoint", () =>
        child.exit || readdirSync(engine.data).includes("checkpoint"));
      await child.stop("SIGKILL");
    }
    const left = readdirSync(join(folder, "data")).filter((name) => !name.endsWith(".unfinished")).length;
    await engine.restart();
    assert.ok(!readdirSync(engine.data).includes("checkpoint"));
    await backup();
    const now = readdirSync(join(folder, "data"));
    assert.ok(now.length > left, "one more, and nothing unfinished");
    assert.ok(!now.some((name) => name.endsWith(".unfinished")), String(now));
  });
});

it("each checkpoint is in the operator's audit log", async () => {
  const made = (await engine.operator.list("/audit")).filter(({ action }) => action === "backup.checkpoint");
  assert.ok(made.length > 0);
  for (const { actor } of made) assert.equal(actor, "operator");
});

describe("a running engine that could not be asked", () => {
  const hint = /an engine runs on .* and cannot be asked for its data \(pass its --config, or --operator URL\): /;
  const backup_with = (...args) => aura("backup", folder, "--data", engine.data, ...args);

  it("because of a wrong address: the message says what to pass", async () => {
    const { code, stderr } = await backup_with("--operator", "http://127.0.0.1:9");
    assert.equal(code, 1);
    assert.match(stderr, hint);
    assert.doesNotMatch(stderr, /"event":"rocksdb"/, "one message, in words");
  });

  it("because of a wrong token: likewise", async () => {
    const config = join(engine.folder, "wrong-token.toml");
    writeFileSync(config, '[operator]\ntoken = "wrong-token-of-thirty-two-characters"\n');
    const { code, stderr } = await backup_with("--config", config, "--operator", engine.operator_url);
    assert.equal(code, 1);
    assert.match(stderr, /different operator token/);
    assert.match(stderr, hint);
  });
});

describe("refusals", () => {
  const target = () => join(engine.folder, `target${Math.random()}`);
  async function refused(args, pattern) {
    const { code, stdout, stderr } = await aura(...args);
    assert.equal(code, 1, stdout + stderr);
    assert.match(stderr, pattern);
  }
  const with_key = () => {
    const data = target();
    mkdirSync(data);
    cpSync(join(engine.data, "master.key"), join(data, "master.key"));
    return data;
  };
  const newest = () => {
    const shelf = join(folder, "data");
    return join(shelf, readdirSync(shelf).sort().at(-1));
  };

  it("a directory that is not empty", () =>
    refused(["restore", folder, "--data", engine.data], /is not empty .*restore into an empty data directory/));

  it("no master key, or another one: before anything is written", async () => {
    const data = target();
    await refused(["restore", folder, "--data", data], /first copy the one of the engine/);
    mkdirSync(data);
    writeFileSync(join(data, "master.key"), Buffer.alloc(32, 7), { mode: 0o600 });
    await refused(["restore", folder, "--data", data], /master key is not the one/);
    assert.deepEqual(readdirSync(data), ["master.key"]);
  });

  it("a truncated or altered file, by its name; verify says the same", async () => {
    const copy = join(engine.folder, "damaged");
    cpSync(folder, copy, { recursive: true });
    const at = join(copy, "data", readdirSync(join(copy, "data")).sort().at(-1));
    const table = readdirSync(at).filter((name) => name.endsWith(".sst")).sort().at(-1);
    const bytes = readFileSync(join(at, table));
    truncateSync(join(at, table), bytes.length - 1);
    const data = with_key();
    await refused(["restore", copy, "--data", data], new RegExp(`${table} has ${bytes.length - 1} bytes`));
    bytes[bytes.length >> 1] ^= 1;
    writeFileSync(join(at, table), bytes);
    await refused(["restore", copy, "--data", data], new RegExp(`${table} was altered`));
    await refused(["verify", copy, "--data", engine.data], new RegExp(`${table} was altered`));
    assert.deepEqual(readdirSync(data), ["master.key"]);
  });

  it("a position before the oldest backup, naming what there is", () =>
    refused(["restore", folder, "--data", with_key(), "--position", "1"], /the oldest backup .* is of position \d+/));

  it("a position after the newest backup, naming it", () =>
    refused(["restore", folder, "--data", with_key(), "--position", "999999999999"], /nothing after position \d+ was backed up/));

  it("a place in the data directory, or around it", async () => {
    for (const place of [engine.data, join(engine.data, "backup"), join(engine.data, "..")])
      await refused(["backup", place, "--data", engine.data], /lie within each other/);
    await refused(["backup", join(engine.folder, "b"), "--keys", join(engine.data, "k"), "--data", engine.data], /lie within/);
  });

  it("a keyring that is elsewhere and not named", async () => {
    const apart = join(engine.folder, "keyring-apart");
    await backup(["--keys", apart]);
    const only_data = join(engine.folder, "only-data");
    cpSync(newest(), join(only_data, "data", newest().split("/").at(-1)), { recursive: true });
    await refused(["restore", only_data, "--data", with_key()], /no copy of the keyring .*--keys/);
    const data = with_key();
    const { code, stderr } = await aura("restore", only_data, "--keys", apart, "--data", data);
    assert.equal(code, 0, stderr);
  });

  it("data that an engine works on is not verified in place", () =>
    refused(["verify", engine.data], /an engine runs on .*make a backup and verify that/));
});

describe("closed data", () => {
  it("is backed up and verified without an engine, the collection with it", async () => {
    assert.equal(await engine.stop(), 0);
    const { position } = await backup();
    assert.ok(statSync(join(folder, "data", position.padStart(20, "0"))).isDirectory());
    for (const of of [[engine.data], [folder, "--data", engine.data]]) {
      const { code, stdout, stderr } = await aura("verify", ...of);
      assert.equal(code, 0, stdout + stderr);
      assert.match(stdout, /\d+ rows, 0 problems/);
      assert.match(stderr, /^message: \d+ rows$/m, "tells how far it is");
    }
  });

  it("a flipped bit in a table is found: exit status 1", async () => {
    const db = join(engine.data, "db");
    const table = readdirSync(db).filter((name) => name.endsWith(".sst"))
      .sort((a, b) => statSync(join(db, b)).size - statSync(join(db, a)).size)[0];
    const bytes = readFileSync(join(db, table));
    rmSync(join(db, table)); // the backup's hard link keeps the old bytes
    bytes[bytes.length >> 2] ^= 1;
    writeFileSync(join(db, table), bytes);
    const { code, stdout, stderr } = await aura("verify", engine.data);
    assert.equal(code, 1, stdout + stderr);
    assert.match(stdout + stderr, /orrupt/);
  });
});
