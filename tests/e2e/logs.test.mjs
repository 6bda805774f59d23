// Logs at run time: JSON lines, a level that can be changed, and trace ids that lead from a caller's request
// through a message to the call of the provider.
import assert from "node:assert/strict";
import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, it } from "node:test";

import { Visitor } from "./support/chat.mjs";
import { Engine } from "./support/engine.mjs";
import { Meta, new_person } from "./support/meta.mjs";
import { assert_problem, conversation_of, inbound, messages_when, outbound, page_shop } from "./support/shop.mjs";
import { Sim, Tap } from "./support/sim.mjs";
import { until } from "./support/wait.mjs";

const kTrace = "4bf92f3577b34da6a3ce929d0e0e4736";

let engine;
let sim;
let tap;
let shop;
let conversation;
const person = new_person();
before(async () => {
  sim = await Sim.start();
  await sim.reset();
  tap = await Tap.start(sim);
  engine = await Engine.start({ config: { "channels.meta": { graph_url: tap.url } } });
  shop = await page_shop(engine);
  await new Meta(engine).say(shop.page, person, "hello");
  await messages_when("the greeting", shop.api, person, (all) => outbound(all)[0]?.status === "sent");
  conversation = await conversation_of(shop.api, person);
});
after(async () => {
  await engine?.close();
  tap?.close();
  await sim?.close();
});

const lines = (of = engine) => readFileSync(of.log, "utf8").split("\n")
  .filter((line) => line.startsWith("{")).map((line) => JSON.parse(line));
const level = (body) => engine.operator.put("/log-level", body);

it("an operator's address that cannot be stored is told", async () => {
  const other = new Engine();
  mkdirSync(join(other.data, "operator.url"), { recursive: true });
  try {
    await other.start();
    await until("the line", () => lines(other).some(({ event }) => event === "operator_url_not_stored"));
  } finally {
    await other.close();
  }
});

it("a caller's trace leads to the message and on to the provider", async () => {
  const before = tap.calls_to(person).length;
  const headers = { traceparent: `00-${kTrace}-00f067aa0ba902b7-01` };
  const { id } = await shop.api.must("POST", `/conversations/${conversation.id}/messages`, { text: "Yes, we do." }, headers);
  const call = await until("the call", () => tap.calls_to(person)[before]);
  const [, trace, span] = /^00-([0-9a-f]{32})-([0-9a-f]{16})-01$/.exec(call.headers.traceparent);
  assert.equal(trace, kTrace);
  assert.notEqual(span, "0".repeat(16));
  const queued = await until("the log", () => lines().find(({ event, message }) => event === "message_queued" && message === id));
  assert.equal(queued.trace_id, kTrace);
  const called = await until("the call's line", () => lines().find(({ event, trace_id }) => event === "provider_call" && trace_id === trace));
  assert.match(called.outcome, /^sent/);
});

it("a message without a caller's trace has its own: its id", async () => {
  await level({ level: "debug" });
  const before = tap.calls_to(person).length;
  const { id } = await shop.api.must("POST", `/conversations/${conversation.id}/messages`, { text: "And more." });
  const call = await until("the call", () => tap.calls_to(person)[before]);
  const [, trace] = /^00-([0-9a-f]{32})-/.exec(call.headers.traceparent);
  const called = await until("the call's line", () => lines().find(({ event, trace_id }) => event === "provider_call" && trace_id === trace));
  assert.match(called.outcome, /^sent/);
  assert.ok(id);
});

it("every request with a trace is in the log: the API, webhooks and the web chat, without what is secret in it", async () => {
  const traced = (digit) => digit.repeat(32);
  const header = (digit) => ({ traceparent: `00-${traced(digit)}-00f067aa0ba902b7-01` });
  const logged = (digit) => until("the line", () => lines().find(({ event, trace_id }) => event === "request" && trace_id === traced(digit)));
  assert.equal((await shop.api.get("/conversations?q=secretword", header("1"))).status, 200);
  const of_api = await logged("1");
  assert.deepEqual([of_api.method, of_api.route, of_api.status], ["GET", "/api/v1/workspaces/{ws}/conversations", 200]);
  assert.ok(of_api.took_us >= 0);
  await engine.public_client().post("/webhooks/meta", "{}", header("2"));
  assert.equal((await logged("2")).status, 401);
  const { widget_key } = await shop.api.must("POST", "/channels", { type: "webchat", name: "Site" });
  const visitor = await Visitor.open(engine, widget_key, undefined, header("3"));
  visitor.close();
  const of_chat = await logged("3");
  assert.deepEqual([of_chat.route, of_chat.status], ["/chat/{widget_key}", 101]);
  assert.ok(!readFileSync(engine.log, "utf8").includes("secretword"));
});

it("a broken trace header is not taken on", async () => {
  const headers = { traceparent: `00-${"0".repeat(32)}-00f067aa0ba902b7-01` };
  const { id } = await shop.api.must("POST", `/conversations/${conversation.id}/messages`, { text: "Again." }, headers);
  await messages_when("it is sent", shop.api, person, (all) => all.some((one) => one.id === id && one.status === "sent"));
  assert.ok(!lines().some(({ message }) => message === id));
});

it("the level is changed while running, each time noted in the audit log", async () => {
  assert.equal((await level({ level: "error" })).status, 200);
  const quiet = lines().length;
  await new Meta(engine).say(shop.page, person, "hello again");
  await messages_when("it came", shop.api, person, (all) => inbound(all).length === 2);
  assert.equal(lines().length, quiet);
  assert_problem(await level({ level: "loud" }), 422);
  await level({ level: "info" });
  const changes = (await engine.operator.list("/audit")).filter(({ action }) => action === "log_level.change");
  assert.deepEqual(changes.map(({ subject }) => subject), ["debug", "error", "info"]);
});

it("every line is JSON with time, level and event", () => {
  for (const { ts, level: of, event } of lines()) {
    assert.match(ts, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    assert.match(of, /^(trace|debug|info|warn|error)$/);
    assert.ok(event);
  }
});
