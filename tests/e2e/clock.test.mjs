// The machine's clock jumps by an hour, goes back, stands still (fault F7): conversations keep their order,
// every question is answered once, and timers do not fire in a storm. Only the wall clock of the engine's
// process is changed (tests/support/clock_faults.cc); its monotonic clock is not.
import assert from "node:assert/strict";
import { renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, it } from "node:test";

import { Visitor, chat_shop } from "./support/chat.mjs";
import { Engine } from "./support/engine.mjs";
import { inbound, outbound } from "./support/shop.mjs";
import { until } from "./support/wait.mjs";

const kOneHour = 3_600_000;

let engine;
let file;
let api;
let visitor;
const environment = () => ({ LD_PRELOAD: process.env.AURA_CLOCK_LIBRARY, AURA_CLOCK: file });

before(async () => {
  engine = new Engine();
  file = join(engine.folder, "time");
  set("+0");
  await engine.start(environment());
  const shop = await chat_shop(engine);
  api = shop.api;
  visitor = await Visitor.open(engine, shop.channel.widget_key);
});
after(() => engine?.close());

// "+3600", "-1", or "=1790000000": a time at which the clock stands still.
function set(time) {
  writeFileSync(`${file}.new`, time);
  renameSync(`${file}.new`, file);
}

const texts = [];
async function ask() {
  const text = `How much is the espresso? ${texts.length}`;
  texts.push(text);
  const said = await visitor.say(text);
  assert.match((await visitor.reply()).text, /2\.40/);
  return said;
}

it("an hour ahead, back again, a second back and frozen: each question is answered, once and in order", async () => {
  const first = await ask();
  set("+3600");
  const second = await ask();
  const ahead = Date.parse(second.created_at) - Date.parse(first.created_at);
  assert.ok(ahead > kOneHour - 60_000, "the engine saw the jump");
  set("+0");
  await ask();
  set("-1");
  await ask();
  set(`=${Math.floor(Date.now() / 1000)}`);
  await ask();
  await ask();
  set("+0");
  await ask();
  const [{ id }] = await api.list("/conversations");
  const messages = await until("all answered", async () => {
    const found = await api.list(`/conversations/${id}/messages`);
    return outbound(found).length >= texts.length && found;
  });
  assert.deepEqual(inbound(messages).map(({ text }) => text), texts, "in the order they were written");
  assert.equal(outbound(messages).length, texts.length, "one answer each");
  const times = messages.map(({ created_at }) => Date.parse(created_at));
  assert.deepEqual(times, [...times].sort((a, b) => a - b), "the times of a conversation never go back");
});

it("a start with a clock that was put back opens the same data", async () => {
  const before = (await api.list("/conversations"))[0].id;
  assert.equal(await engine.stop(), 0);
  set("-3600");
  await engine.start(environment());
  visitor = await Visitor.open(engine, (await api.list("/channels"))[0].widget_key, visitor.token);
  await ask();
  assert.equal((await api.list("/conversations"))[0].id, before);
});
