// `aura serve --demo`: the demo business exists once, and the chat on its page answers.
import assert from "node:assert/strict";
import { after, before, it } from "node:test";

import { Visitor } from "./support/chat.mjs";
import { Engine } from "./support/engine.mjs";

let engine;
before(async () => (engine = await Engine.start({ arguments: ["--demo"] })));
after(() => engine?.close());

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

it("without --demo there is no demo page", async () => {
  const plain = await Engine.start();
  assert.equal((await plain.public_client().get("/demo")).status, 404);
  await plain.close();
});
