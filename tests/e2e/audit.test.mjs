// The audit log from outside: every modifying call is in its chain, hashed as documented
// (storage/audit/chain.h; the test computes the hashes itself) and signed. A stored head exposes a chain that
// was set back. An export can be checked without the data.
import assert from "node:assert/strict";
import { createHash, createPublicKey, verify as verify_signature } from "node:crypto";
import { cpSync, existsSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";

import { Visitor, webchat } from "./support/chat.mjs";
import { Engine, kAura } from "./support/engine.mjs";
import { Meta, new_person } from "./support/meta.mjs";
import { run } from "./support/process.mjs";
import { conversation_of, messages_when, page_shop } from "./support/shop.mjs";
import { Sim } from "./support/sim.mjs";
import { until } from "./support/wait.mjs";

let engine;
let api;
before(async () => {
  engine = await Engine.start();
  api = await engine.workspace({ name: "Audited" });
});
after(() => engine?.close());

const kDigits = "0123456789abcdefghjkmnpqrstvwxyz";

// The 16 bytes of a formatted id: 26 base32 digits, whose first two bits are unused.
function id_bytes(id) {
  let number = 0n;
  for (const digit of id.split("_")[1]) number = (number << 5n) | BigInt(kDigits.indexOf(digit));
  return Buffer.from(number.toString(16).padStart(32, "0"), "hex");
}

const u64 = (value) => {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(BigInt(value));
  return bytes;
};
const field = (bytes) => {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return Buffer.concat([length, bytes]);
};

function hash_of(chain, entry) {
  const workspace = entry.workspace_id === null ? Buffer.alloc(0) : id_bytes(entry.workspace_id);
  return createHash("sha256").update(Buffer.concat([
    Buffer.from(entry.previous_hash, "hex"), chain, u64(entry.number), u64(Date.parse(entry.created_at)),
    ...[entry.actor, entry.action, entry.subject, entry.detail].map((text) => field(Buffer.from(text))),
    field(workspace)])).digest("hex");
}

function assert_chain(chain, entries) {
  let previous = "0".repeat(64);
  entries.forEach((entry, i) => {
    assert.equal(entry.number, i + 1);
    assert.equal(entry.previous_hash, previous, `entry ${entry.number}`);
    assert.equal(entry.hash, hash_of(chain, entry), `entry ${entry.number}`);
    previous = entry.hash;
  });
}

const heads = async () => (await engine.operator.must("GET", "/audit/heads")).data;
const actions = (entries) => entries.map(({ action }) => action);

describe("audit chains", () => {
  it("a workspace's: what was changed, oldest first, page by page", async () => {
    const item = await api.must("POST", "/catalog/items", { name: "Tea" });
    await api.must("PATCH", `/catalog/items/${item.id}`, { name: "Green tea" });
    await api.must("POST", "/channels", { type: "webchat", name: "Site" });
    await api.delete(`/catalog/items/${item.id}`);
    const entries = await api.list("/audit", 2);
    assert.deepEqual(actions(entries),
      ["workspace.create", "item.create", "item.update", "channel.create", "item.delete"]);
    assert.equal(entries[1].subject, item.id);
    assert_chain(id_bytes(api.id), entries);
    assert.equal((await api.get("/audit?after=nonsense!")).status, 400);
    assert.equal((await api.get("/audit?limit=0")).status, 400);
  });

  it("the operator's: its own actions, with whom they concerned", async () => {
    const entries = await engine.operator.list("/audit", 1);
    const made = entries.find(({ action, workspace_id }) => action === "workspace.create" && workspace_id === api.id);
    assert.equal(made.actor, "operator");
    assert.ok(!actions(entries).includes("item.create"));
    assert_chain(Buffer.alloc(16), entries);
  });

  it("are signed by a key of mode 0600, and the signature covers what the page says", async () => {
    assert.equal(statSync(join(engine.data, "audit.key")).mode & 0o777, 0o600);
    await engine.restart(); // a clean stop signs new entries
    const [own] = (await heads()).filter(({ workspace_id }) => workspace_id === api.id);
    const newest = (await api.list("/audit")).at(-1);
    assert.equal(own.number, newest.number);
    assert.equal(own.hash, newest.hash);
    const key = createPublicKey({ format: "der", type: "spki",
      key: Buffer.concat([Buffer.from("302a300506032b6570032100", "hex"), Buffer.from(own.public_key, "hex")]) });
    const text = Buffer.concat([Buffer.from("aura audit head 1"), id_bytes(api.id), u64(own.number),
      u64(own.signed_ms), Buffer.from(own.hash, "hex")]);
    assert.ok(verify_signature(null, text, key, Buffer.from(own.signature, "hex")));
  });

  it("are signed again without a stop: after a crash, at the next start", async () => {
    await api.must("POST", "/catalog/items", { name: "Coffee" });
    await engine.kill();
    await engine.start();
    const newest = (await api.list("/audit")).at(-1);
    await until("the signed head", async () =>
      (await heads()).some(({ workspace_id, hash }) => workspace_id === api.id && hash === newest.hash));
  });

  it("set back altogether, are shown by a head that was kept elsewhere", async () => {
    assert.equal(await engine.stop(), 0);
    const old = join(engine.folder, "old");
    cpSync(engine.data, old, { recursive: true });
    await engine.start();
    await api.must("POST", "/catalog/items", { name: "Cake" });
    await engine.restart();
    const kept = join(engine.folder, "heads.json");
    writeFileSync(kept, (await engine.operator.get("/audit/heads")).text);
    assert.equal(await engine.stop(), 0);
    const fine = await run(kAura, ["verify", engine.data, "--heads", kept]);
    assert.equal(fine.code, 0, fine.stdout + fine.stderr);
    rmSync(engine.data, { recursive: true });
    cpSync(old, engine.data, { recursive: true });
    const alone = await run(kAura, ["verify", engine.data]);
    assert.equal(alone.code, 0, alone.stdout + alone.stderr);
    const { code, stdout } = await run(kAura, ["verify", engine.data, "--heads", kept]);
    assert.equal(code, 1, stdout);
    const last = Number(JSON.parse(readFileSync(kept, "utf8")).data
      .find(({ workspace_id }) => workspace_id === api.id).number);
    assert.match(stdout, new RegExp(`audit of ${api.id}: entry ${last} was cut off: signed up to entry ${last}`));
  });
});

it("what people and keys do in conversations is audited; what customers and the AI say is not", async () => {
  const sim = await Sim.start();
  const engine = await Engine.start({ config: { "channels.meta": { graph_url: sim.url } } });
  try {
    await sim.reset();
    const shop = await page_shop(engine);
    const person = new_person();
    await new Meta(engine).say(shop.page, person, "How much is the apple pie?");
    await messages_when("the answer", shop.api, person,
      (all) => all.some(({ status }) => status === "sent"));
    const { id, contact } = await conversation_of(shop.api, person);
    const visitor = await Visitor.open(engine, (await webchat(shop.api)).widget_key);
    const in_chat = await visitor.say("Hello");
    await visitor.reply();
    visitor.close();
    const before = (await shop.api.list("/audit")).length;
    const at = `/conversations/${id}`;
    const { status } = await shop.api.must("PATCH", at, { handler: "human" });
    await shop.api.must("PATCH", at, { status }); // changes nothing
    await shop.api.must("PATCH", `/contacts/${contact.id}`, { name: "Zoe" });
    await sim.knobs({ recipient_errors: { [person]: "551" } });
    const once = { "Idempotency-Key": "a-message" };
    const sent = await shop.api.must("POST", `${at}/messages`, { text: "Hello" }, once);
    await shop.api.must("POST", `${at}/messages`, { text: "Hello" }, once); // the same one
    await messages_when("the failure", shop.api, person,
      (all) => all.some((one) => one.id === sent.id && one.status === "failed"));
    await sim.knobs({ recipient_errors: {} });
    await shop.api.must("POST", `${at}/messages/${sent.id}/retry`);
    await shop.api.must("PUT", `/conversations/${in_chat.conversation_id}/messages/${in_chat.id}/reaction`, { emoji: "❤" });
    const upload = await shop.api.must("POST", "/media?filename=a.txt", Buffer.from("text"), { "Content-Type": "text/plain" });
    const entries = (await shop.api.list("/audit")).slice(before);
    assert.deepEqual(entries.map(({ actor, action, subject }) => [actor, action, subject]), [
      ["api", "conversation.update", id], ["api", "contact.update", contact.id],
      ["api", "message.send", sent.id], ["api", "message.retry", sent.id],
      ["api", "message.react", in_chat.id], ["api", "upload.create", upload.id],
    ]);
    assert_chain(id_bytes(shop.api.id), await shop.api.list("/audit"));
  } finally {
    await engine.close();
    await sim.close();
  }
});

describe("the chains as files", () => {
  let folder;
  let key;
  const verify = (of, ...args) => run(kAura, ["audit", "verify", of, ...args], { cwd: engine.folder });
  const chain_of = (of, name = api.id) => join(of, `${name}.jsonl`);
  const lines_of = (file) => readFileSync(file, "utf8").trimEnd().split("\n");

  // A copy of the export in which `change` has altered the lines of one chain.
  function altered(change, name = api.id) {
    const copy = join(engine.folder, `altered${Math.random()}`);
    cpSync(folder, copy, { recursive: true });
    writeFileSync(chain_of(copy, name), change(lines_of(chain_of(copy, name))).map((line) => line + "\n").join(""));
    return copy;
  }
  const edit = (line, part) => JSON.stringify({ ...JSON.parse(line), ...part });
  async function assert_found(copy, pattern) {
    const { code, stdout, stderr } = await verify(copy, "--public-key", key);
    assert.equal(code, 1, stdout + stderr);
    assert.match(stdout, pattern);
  }

  before(async () => {
    await engine.start(); // the previous test left it stopped
    for (const name of ["One", "Two", "Three"]) await api.must("POST", "/catalog/items", { name });
    await engine.operator.put("/log-level", { level: "info" });
    await engine.restart(); // a clean stop signs new entries
    folder = join(engine.folder, "chains");
    const { code, stdout, stderr } = await run(kAura,
      ["audit", "export", folder, "--data", engine.data, "--operator", engine.operator_url]);
    assert.equal(code, 0, stdout + stderr);
    key = (await heads())[0].public_key;
  });

  it("hold every entry of the operator and of each workspace, and are found right", async () => {
    assert.deepEqual(lines_of(chain_of(folder)).map((line) => JSON.parse(line)), await api.list("/audit"));
    assert.deepEqual(lines_of(chain_of(folder, "operator")).map((line) => JSON.parse(line)),
      await engine.operator.list("/audit"));
    const { code, stdout, stderr } = await verify(folder, "--public-key", key);
    assert.equal(code, 0, stdout + stderr);
    assert.match(stdout, /^\d+ entries, 0 problems$/m);
  });

  it("of closed data are the same", async () => {
    assert.equal(await engine.stop(), 0);
    const closed = join(engine.folder, "closed");
    const { code, stdout, stderr } = await run(kAura, ["audit", "export", closed, "--data", engine.data]);
    assert.equal(code, 0, stdout + stderr);
    const found = await verify(closed, "--public-key", key);
    assert.equal(found.code, 0, found.stdout + found.stderr);
    for (const name of [api.id, "operator"])
      assert.deepEqual(lines_of(chain_of(closed, name)).slice(0, lines_of(chain_of(folder, name)).length), lines_of(chain_of(folder, name)));
    await engine.start();
  });

  it("a failed export leaves no folder", async () => {
    const missing = join(engine.folder, "missing");
    const { code } = await run(kAura, ["audit", "export", missing, "--data", join(engine.folder, "nowhere")]);
    assert.equal(code, 1);
    assert.equal(existsSync(missing), false);
  });

  it("the first entry that was altered, deleted, moved or cut off is named", async () => {
    const [count, audit] = [lines_of(chain_of(folder)).length, `audit of ${api.id}: entry`];
    const flip = (line) => edit(line, { subject: "item_other" });
    await assert_found(altered((all) => all.with(1, flip(all[1]))), new RegExp(`${audit} 2 `));
    await assert_found(altered((all) => all.toSpliced(2, 1)), new RegExp(`${audit} 3 `));
    await assert_found(altered((all) => all.with(1, "[".repeat(1_000_000))), /line 2 is no entry/);
    await assert_found(altered((all) => [all[0], all[2], all[1], ...all.slice(3)]), new RegExp(`${audit} 2 `));
    await assert_found(altered((all) => all.slice(0, -1)),
      new RegExp(`${audit} ${count} was cut off: signed up to entry ${count}`));
    await assert_found(altered(() => []), new RegExp(`${audit} 1 was cut off`));
    await assert_found(altered((all) => all.with(0, "{")), /line 1 is no entry/);
    await assert_found(altered((all) => all.with(0, flip(all[0])), "operator"), /audit of the operator: entry 1 /);
  });

  it("a chain that was written anew with right hashes is not the one that was signed", async () => {
    await assert_found(altered((all) => {
      let previous = "0".repeat(64);
      return all.map((line, i) => {
        const entry = { ...JSON.parse(line), previous_hash: previous };
        if (i === 1) entry.subject = "item_other";
        entry.hash = previous = hash_of(id_bytes(api.id), entry);
        return JSON.stringify(entry);
      });
    }), /audit of ws_\w+: entry \d+ is not the one that was signed/);
  });

  it("a head that was altered, or signed by another key, is found", async () => {
    const copy = altered((all) => all);
    const kept = JSON.parse(readFileSync(join(copy, "heads.json"), "utf8"));
    const own = kept.data.find(({ workspace_id }) => workspace_id === api.id);
    own.number -= 1;
    writeFileSync(join(copy, "heads.json"), JSON.stringify(kept));
    await assert_found(copy, /is not signed by the audit key/);
    const { code, stdout } = await verify(folder, "--public-key", "0".repeat(64));
    assert.equal(code, 1);
    assert.match(stdout, /is not signed by the audit key/);
  });

  it("wrong folders and keys are refused", async () => {
    assert.equal((await verify(join(engine.folder, "none"))).code, 1);
    const { code, stderr } = await verify(folder, "--public-key", "xyz");
    assert.equal(code, 1);
    assert.match(stderr, /64 hexadecimal digits/);
    const copy = join(engine.folder, "no-heads");
    cpSync(folder, copy, { recursive: true });
    rmSync(join(copy, "heads.json"));
    assert.match((await verify(copy)).stderr, /heads\.json is missing/);
  });
});
