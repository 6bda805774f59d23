// Metrics and alert rules, checked by promtool; and every metric that the rules and the dashboard use exists.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { after, before, it } from "node:test";

import { Visitor, webchat } from "./support/chat.mjs";
import { Engine } from "./support/engine.mjs";
import { Meta, new_person } from "./support/meta.mjs";
import { messages_when, outbound, page_shop } from "./support/shop.mjs";
import { Sim } from "./support/sim.mjs";
import { until } from "./support/wait.mjs";

const file = (name) => new URL(`../../config/observability/${name}`, import.meta.url).pathname;

let engine;
let sim;
before(async () => {
  sim = await Sim.start();
  await sim.reset();
  engine = await Engine.start({ config: { "channels.meta": { graph_url: sim.url } } });
  const shop = await page_shop(engine);
  const person = new_person();
  await new Meta(engine).say(shop.page, person, "How much is the chocolate cake?");
  await messages_when("the answer", shop.api, person, (all) => outbound(all)[0]?.status === "sent");
  const visitor = await Visitor.open(engine, (await webchat(shop.api)).widget_key);
  await visitor.ask("How much is the espresso?");
  visitor.close();
  const { path } = (await engine.operator.must("GET", "/actors?kind=catalog&depth=9")).data[0];
  await engine.operator.must("POST", `/actors${path}/restart`);
  await until("the channels are counted", async () => (await metrics()).includes('channel="webchat",status="active"} 1'));
  await until("a failure is counted", async () => (await engine.metric("aura_actor_failures_total")) > 0);
});
after(async () => {
  await engine?.close();
  await sim?.close();
});

const metrics = async () => (await engine.operator.get("/metrics")).text;

function promtool(args, input) {
  const { status, stdout, stderr, error } = spawnSync("promtool", args, { input, encoding: "utf8" });
  assert.equal(error, undefined, "promtool is in Debian's package prometheus");
  assert.equal(status, 0, stdout + stderr);
}

it("the metrics keep Prometheus' conventions", async () => promtool(["check", "metrics"], await metrics()));

it("the alert rules are right, and each says what to do", () => {
  promtool(["check", "rules", file("alerts.yml")]);
  const text = readFileSync(file("alerts.yml"), "utf8");
  const count = (pattern) => text.match(pattern).length;
  assert.equal(count(/- alert: /g), count(/ {10}runbook: >-\n/g));
  assert.equal(count(/- alert: /g), count(/ {10}summary: "/g));
});

it("alerts fire on the first quarantine of a kind, and when the engine is not ready", async () => {
  promtool(["test", "rules", new URL("alert_rules.yml", import.meta.url).pathname]);
  const text = await metrics();
  assert.match(text, /^aura_actor_failures_total\{kind="conversation",then="quarantined"\} 0$/m);
  assert.match(text, /^aura_ready 1$/m);
});

it("what rules and dashboard ask for is told", async () => {
  const known = new Set([...(await metrics()).matchAll(/^# TYPE (\w+) (\w+)/gm)].map(([, name]) => name));
  for (const name of ["alerts.yml", "grafana-dashboard.json"]) {
    const asked = new Set(readFileSync(file(name), "utf8").match(/aura_\w+/g));
    assert.ok(asked.size > 5, name);
    for (const metric of asked) {
      assert.ok(known.has(metric) || known.has(metric.replace(/_(bucket|count|sum)$/, "")), `${metric} of ${name}`);
    }
  }
});

it("every process and engine gauge is there from the start", async () => {
  const text = await metrics();
  for (const line of [/^aura_channels\{channel="messenger",status="active"\} [1-9]/m, /^aura_channels\{channel="sms",status="token_expired"\} 0$/m,
    /^aura_outbox_queued \d/m, /^aura_http_connections\{server="public"\} \d/m, /^aura_http_silent_closed_total\{server="public"\} 0$/m,
    /^aura_unexplained_refusals_total\{channel="whatsapp"\} 0$/m, /^aura_actors\{kind="engine"\} 1$/m,
    /^process_resident_memory_bytes [1-9]/m, /^process_open_fds [1-9]/m, /^process_max_fds [1-9]/m,
    /^process_start_time_seconds [1-9]/m, /^process_cpu_seconds_total [\d.]+/m]) assert.match(text, line);
});

it("latencies come by channel, and events by workspace within a bound", async () => {
  const text = await metrics();
  for (const [metric, channel] of [["aura_ack_seconds_count", "messenger"], ["aura_ack_seconds_count", "webchat"],
    ["aura_turn_seconds_count", "messenger"], ["aura_send_seconds_count", "messenger"]]) {
    const line = text.split("\n").find((one) => one.startsWith(metric) && one.includes(`channel="${channel}"`) && !/ 0$/.test(one));
    assert.ok(line, `${metric} of ${channel}`);
  }
  assert.match(text, /^aura_commit_seconds_count [1-9]/m);
  assert.match(text, /^aura_workspace_events_total\{workspace="ws_\w+"\} [1-9]/m);
});
