// `aura serve --demo`: the demo business exists once, and the chat on its page answers.
import assert from "node:assert/strict";
import { readFileSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { after, before, it } from "node:test";

import { Visitor } from "./support/chat.mjs";
import { Engine } from "./support/engine.mjs";

let engine;
before(async () => (engine = await Engine.start({ arguments: ["--demo"] })));
after(() => engine?.close());

const key_file = (of = engine) => join(of.data, "demo.key");
function demo_api(of = engine) {
  const key = readFileSync(key_file(of), "utf8").trim();
  return of.workspace_api(`ws_${key.slice("aura_".length, "aura_".length + 26)}`, key);
}
const page = async (path) => engine.public_client().get(path);
const widget_key = async () => /wk_[0-9a-z]+|data-[a-z-]*key="([^"]+)"/.exec((await page("/demo")).text)?.[0]
  .replace(/^.*="|"$/g, "");

it("serves the page and the widget, with the headers of a careful site", async () => {
  const demo = await page("/demo");
  assert.equal(demo.status, 200);
  assert.match(demo.headers["content-type"], /^text\/html/);
  assert.match(demo.text, /widget\.js/);
  assert.ok(demo.headers["content-security-policy"]);
  const widget = await page("/widget.js");
  assert.equal(widget.status, 200);
  assert.match(widget.headers["content-type"], /javascript/);
});

it("answers the first question with a price of its menu", async () => {
  const visitor = await Visitor.open(engine, await widget_key());
  const { text } = await visitor.ask("How much is the chocolate cake?");
  assert.match(text, /\d[.,]\d\d/);
  visitor.close();
});

it("is seeded once: a restart keeps key, history and what was changed", async () => {
  const key = await widget_key();
  const visitor = await Visitor.open(engine, key);
  await visitor.ask("How much is the chocolate cake?");
  await engine.restart();
  assert.equal(await widget_key(), key);
  const again = await Visitor.open(engine, key, visitor.token);
  assert.equal(again.welcome.messages.length, 2);
  again.close();
});

it("has an API key in a private file: a person reads what was asked, answers and hands back to the AI", async () => {
  assert.equal(statSync(key_file()).mode & 0o777, 0o600);
  const api = demo_api();
  const visitor = await Visitor.open(engine, await widget_key());
  await visitor.ask("Can I talk to a person?");
  const [{ id, handler }] = (await api.must("GET", "/conversations?limit=1")).data;
  assert.equal(handler, "human");
  const asked = (await api.must("GET", `/conversations/${id}/messages`)).data.map(({ text }) => text);
  assert.ok(asked.includes("Can I talk to a person?"), asked.join("\n"));
  await api.must("POST", `/conversations/${id}/messages`, { text: "Ada here." });
  assert.equal((await visitor.reply("the person's answer")).text, "Ada here.");
  await api.must("PATCH", `/conversations/${id}`, { handler: "ai" });
  assert.match((await visitor.ask("How much is the chocolate cake?")).text, /6[.,]50/);
  visitor.close();
});

it("keeps its API key over a restart, and makes another if the file is lost", async () => {
  const first = demo_api();
  await engine.restart();
  assert.equal(demo_api().key, first.key);
  assert.equal((await first.get("/channels")).status, 200);
  rmSync(key_file());
  await engine.restart();
  const second = demo_api();
  assert.notEqual(second.key, first.key);
  assert.equal((await second.get("/channels")).status, 200);
  assert.equal((await first.get("/channels")).status, 401, "the former key has ended");
});

it("is an item that can be sent back as it was read", async () => {
  const api = demo_api();
  const [{ id, image_urls, options, name }] = (await api.list("/catalog/items")).filter((one) => one.image_urls.length > 0);
  assert.match(image_urls[0], /^\/demo\//);
  const again = await api.must("PATCH", `/catalog/items/${id}`, { name, image_urls, options });
  assert.deepEqual(again.image_urls, image_urls);
});

it("takes a slug of its own if another workspace is called demo", async () => {
  const other = await Engine.start();
  try {
    await other.workspace({ name: "First", slug: "demo" });
    await other.stop();
    other.extra = ["--demo"];
    await other.start();
    assert.equal((await demo_api(other).must("GET", "")).slug, "demo-2");
  } finally {
    await other.close();
  }
});

it("without --demo there is no demo page", async () => {
  const plain = await Engine.start();
  assert.equal((await plain.public_client().get("/demo")).status, 404);
  await plain.close();
});
