// The life of an actor from outside: idle conversations leave memory and come back complete; the operator
// restarts and passivates actors; a browser gets a page.
import assert from "node:assert/strict";
import { after, before, it } from "node:test";

import { Visitor, chat_shop } from "./support/chat.mjs";
import { Engine } from "./support/engine.mjs";
import { assert_problem } from "./support/shop.mjs";
import { until } from "./support/wait.mjs";

// Long enough to give an order before the conversation leaves by itself, also on a slow machine.
const kIdleSeconds = 4;

let engine;
let api;
let channel;
before(async () => {
  engine = await Engine.start({ config: { runtime: { conversation_idle_seconds: kIdleSeconds } } });
  ({ api, channel } = await chat_shop(engine));
});
after(() => engine?.close());

const conversations = async () =>
  (await engine.operator.must("GET", "/actors?kind=conversation&depth=9")).data.filter(({ state }) => state === "running");

async function talk() {
  await until("no other conversation in memory", async () => (await conversations()).length === 0);
  const visitor = await Visitor.open(engine, channel.widget_key);
  await visitor.ask("How much is the chocolate cake?");
  const { path } = await until("the conversation's actor", async () => (await conversations())[0]);
  return { visitor, path };
}

it("an idle conversation leaves memory; the next message finds it as it was", async () => {
  const { visitor } = await talk();
  await until("it leaves", async () => (await conversations()).length === 0);
  assert.match((await visitor.ask("How much is the espresso?")).text, /2\.40/);
  const again = await Visitor.open(engine, channel.widget_key, visitor.token);
  assert.equal(again.welcome.messages.length, 4);
  for (const one of [visitor, again]) one.close();
});

it("the operator passivates and restarts an actor; nothing is lost", async () => {
  const { visitor, path } = await talk();
  for (const [n, action] of ["passivate", "restart"].entries()) {
    const answer = await engine.operator.post(`/actors${path}/${action}`);
    assert.ok(answer.status >= 200 && answer.status < 300, `${action}: ${answer.text}`);
    if (action === "passivate") await until("it leaves", async () => (await conversations()).length === 0);
    assert.match((await visitor.ask("How much is the apple pie?")).text, /12\.75/);
    const again = await Visitor.open(engine, channel.widget_key, visitor.token);
    assert.equal(again.welcome.messages.length, 4 + 2 * n);
    again.close();
  }
  visitor.close();
});

it("control of what is not there, or that is none, is refused", async () => {
  for (const path of ["/actors/engine/nobody/restart", "/actors/engine/nobody/passivate", "/actors/engine/dance"]) {
    assert_problem(await engine.operator.post(path), 404, 409, 422);
  }
  const { path } = await (await talk());
  const stranger = engine.workspace_api(api.id, undefined);
  stranger.base = engine.operator_url;
  assert_problem(await stranger.post(`/actors${path}/restart`), 401);
});

it("a browser gets a page that works without other hosts", async () => {
  const { status, headers, text } = await engine.operator.get("/actors", { Accept: "text/html" });
  assert.equal(status, 200);
  assert.match(headers["content-type"], /^text\/html/);
  assert.ok(!/https?:\/\//.test(text));
  assert.ok(!text.includes(engine.operator_token()));
});
