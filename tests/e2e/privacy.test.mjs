// Secrets that must never be on disk or in a log in plain text: credentials, API keys, customers' texts.
// Searched for byte by byte in the data directory (WAL, SST, keyring), the logs, backups and audit exports; the
// log of an engine that a failed sync has ended is searched by disk.test.mjs.
import assert from "node:assert/strict";
import { cpSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, it } from "node:test";

import { Visitor, webchat } from "./support/chat.mjs";
import { Engine, kAura } from "./support/engine.mjs";
import { echo, envelope, hmac, kAppSecret, Meta, message, new_person } from "./support/meta.mjs";
import { run } from "./support/process.mjs";
import { Sim } from "./support/sim.mjs";
import { add_items, conversation_of, inbound, messages_when, messenger } from "./support/shop.mjs";
import { until } from "./support/wait.mjs";

// Random letters do not compress, so a compressed block would contain them unchanged.
const canary = (what) => `${what}Qz7Kx9Vw3Jp5`;

const kCanaries = {
  token: canary("EAAtoken"), next_token: canary("EAAnext"), text: canary("webhooktext"),
  chat: canary("chattext"), member: canary("membertext"), name: canary("contactname"),
  email: canary("mail"), echo: canary("echotext"), dead: canary("deadletter"),
  url: canary("attachment"), injected: canary("injected"), payload: canary("payload"),
};

let engine;
let sim;
let api;
before(async () => {
  sim = await Sim.start();
  await sim.reset();
  engine = await Engine.start({
    config: { "channels.meta": { graph_url: sim.url }, log: { level: "trace" } },
  });
  api = await engine.workspace();
  await add_items(api);
});
after(async () => {
  await engine?.close();
  await sim?.close();
});

async function talk_on_messenger() {
  const meta = new Meta(engine);
  const channel = await messenger(api, { token: kCanaries.token });
  const person = new_person();
  const attachments = [{ type: "image", payload: { url: `https://cdn.example.test/${kCanaries.url}` } }];
  await meta.deliver(channel.page,
    message(channel.page, person, kCanaries.text, { attachments, quick_reply: { payload: kCanaries.payload } }),
    message(channel.page, person, `\r\n{"level":"info"} \u001b[31m${kCanaries.injected}`));
  await messages_when("both messages", api, person, (all) => inbound(all).length === 2);
  await sim.sent_to(person);
  const { id, contact } = await conversation_of(api, person);
  await api.must("PATCH", `/contacts/${contact.id}`, {
    name: kCanaries.name, email: `${kCanaries.email}@example.test` });
  await api.must("POST", `/conversations/${id}/messages`, { text: kCanaries.member });
  await sim.sent_to(person, 2);
  await meta.deliver(channel.page, echo(channel.page, person, kCanaries.echo, { app_id: 1 }));
  await api.must("PATCH", `/channels/${channel.id}`, {
    credentials: { page_id: channel.page, page_access_token: kCanaries.next_token } });
  await meta.deliver("404404404", message("404404404", person, kCanaries.dead));
  const bad = `{"object":"page","entry":[{"id":"1","text":"${kCanaries.dead}"`;
  await meta.post(bad, { signature: `sha256=${hmac(bad)}` });
  await meta.post(envelope({ page: channel.page, events: [] }), { signature: `sha256=${kCanaries.dead}` });
}

async function talk_on_the_web() {
  const channel = await webchat(api);
  const visitor = await Visitor.open(engine, channel.widget_key);
  await visitor.ask(kCanaries.chat);
  visitor.send({ type: "message", client_id: "1", text: 5, note: kCanaries.chat });
  await visitor.error();
  visitor.close();
  return visitor.token;
}

let secrets;
it("none of it is found, while running and after a kill and a clean stop", async () => {
  await talk_on_messenger();
  const visitor = await talk_on_the_web();
  secrets = { ...kCanaries, api_key: api.key, visitor, app_secret: kAppSecret };
  const search = (when) => {
    for (const [what, bytes] of Object.entries(secrets)) {
      assert.deepEqual(engine.files_with(bytes), [], `${what}, ${when}`);
    }
  };
  search("while running");
  await engine.kill();
  search("after a kill");
  await engine.start();
  await engine.restart();
  search("after a clean stop");
});

it("nor in a backup, in an audit export, in what these commands print, or in what a restore makes of it", async () => {
  const [backups, audit] = ["backups", "audit"].map((name) => join(engine.folder, name));
  const at = ["--data", engine.data, "--operator", engine.operator_url];
  const other = new Engine();
  mkdirSync(other.data);
  cpSync(join(engine.data, "master.key"), join(other.data, "master.key"));
  const printed = [];
  for (const args of [["backup", backups, ...at], ["audit", "export", audit, ...at], ["audit", "verify", audit],
    ["restore", backups, "--data", other.data], ["verify", other.data]]) {
    const { code, stdout, stderr } = await run(kAura, args, { cwd: engine.folder });
    assert.equal(code, 0, `${args[0]}: ${stderr}`);
    printed.push(stdout, stderr);
  }
  writeFileSync(other.log, printed.join("\n"));
  for (const [what, bytes] of Object.entries(secrets)) {
    assert.deepEqual(engine.files_with(bytes, backups, audit), [], what);
    assert.deepEqual(other.files_with(bytes), [], `${what}, restored`);
  }
  assert.notDeepEqual(other.files_with("Chocolate cake"), [], "the catalog is no secret: the search finds what is there");
  await other.close();
});

it("the operator sees none of it either", async () => {
  const pages = ["/actors?depth=9&limit=1000", "/dead-letters", "/metrics", "/readyz", "/engine", "/connections", "/audit"];
  const conversations = await api.list("/conversations");
  const actors = await engine.operator.must("GET", "/actors?kind=conversation&depth=9");
  const paths = (actors.data ?? actors).map?.(({ path }) => `/actors${path}`) ?? [];
  assert.ok(conversations.length > 0);
  for (const { id } of conversations) {
    for (const message of await api.list(`/conversations/${id}/messages`)) paths.push(`/messages/${message.id}/trace`);
  }
  for (const path of [...pages, ...paths]) {
    const { text } = await engine.operator.get(path);
    for (const [what, bytes] of Object.entries(kCanaries)) {
      assert.ok(!text.includes(bytes), `${what} in ${path}`);
    }
  }
});

it("a key that was given out still opens the API after all that", async () => {
  await until("the API", async () => (await api.get("")).status === 200);
});
