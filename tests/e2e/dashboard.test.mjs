// A real Prometheus with our example configuration scrapes the engine: every query of the Grafana dashboard returns
// numbers, and every alert rule is evaluated.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, it } from "node:test";

import { Visitor, webchat } from "./support/chat.mjs";
import { Engine, free_port } from "./support/engine.mjs";
import { Meta, new_person } from "./support/meta.mjs";
import { Child } from "./support/process.mjs";
import { page_shop } from "./support/shop.mjs";
import { Sim } from "./support/sim.mjs";
import { until } from "./support/wait.mjs";

const kRateInterval = "8s"; // what Grafana puts in for $__rate_interval: several scrapes

const file = (name) => new URL(`../../config/observability/${name}`, import.meta.url);
const folder = mkdtempSync(join(tmpdir(), "aura-prometheus-"));

let engine;
let sim;
let shop;
let widget_key;
let prometheus;
let url;
before(async () => {
  assert.equal(spawnSync("prometheus", ["--version"]).error, undefined, "prometheus is a package of Debian");
  sim = await Sim.start();
  await sim.reset();
  engine = await Engine.start({ config: { "channels.meta": { graph_url: sim.url } } });
  shop = await page_shop(engine);
  widget_key = (await webchat(shop.api)).widget_key;
  await start_prometheus();
});
after(async () => {
  await prometheus?.stop("SIGKILL");
  await engine?.close();
  await sim?.close();
  rmSync(folder, { recursive: true, force: true });
});

// Our example, with this engine's address and token and a short interval in place of its own.
async function start_prometheus() {
  let config = readFileSync(file("prometheus.yml"), "utf8");
  for (const [example, ours] of [["127.0.0.1:9090", new URL(engine.operator_url).host],
    ["/etc/prometheus/operator.token", join(folder, "operator.token")], ["scrape_interval: 10s", "scrape_interval: 1s"]]) {
    assert.ok(config.includes(example), example);
    config = config.replace(example, ours);
  }
  writeFileSync(join(folder, "prometheus.yml"), `global: {evaluation_interval: 1s}\n${config}`);
  writeFileSync(join(folder, "operator.token"), engine.operator_token(), { mode: 0o400 });
  cpSync(file("alerts.yml"), join(folder, "alerts.yml"));
  const listen = `127.0.0.1:${await free_port()}`;
  prometheus = new Child("prometheus", [`--config.file=${join(folder, "prometheus.yml")}`,
    `--storage.tsdb.path=${join(folder, "tsdb")}`, `--web.listen-address=${listen}`], { log: join(folder, "log") });
  url = `http://${listen}`;
  await until("Prometheus", async () => (await fetch(`${url}/-/ready`)).ok, 30);
}

async function ask(path, parameters = {}) {
  const answer = await (await fetch(`${url}/api/v1/${path}?${new URLSearchParams(parameters)}`)).json();
  assert.equal(answer.status, "success", answer.error);
  return answer.data;
}

async function numbers_of(query) {
  const { result } = await ask("query", { query: query.replaceAll("$__rate_interval", kRateInterval) });
  return result.map(({ value: [, text] }) => Number(text)).filter((value) => !Number.isNaN(value));
}

async function traffic() {
  await new Meta(engine).say(shop.page, new_person(), "How much is the chocolate cake?");
  const visitor = await Visitor.open(engine, widget_key);
  await visitor.ask("How much is the espresso?");
  visitor.close();
}

it("every query of the dashboard returns numbers when there is traffic", async () => {
  const { panels } = JSON.parse(readFileSync(file("grafana-dashboard.json"), "utf8"));
  const queries = panels.flatMap(({ title, targets }) => targets.map(({ expr }) => ({ title, expr })));
  assert.ok(queries.length > 20);
  const silent = new Set(queries);
  await until("numbers", async () => {
    await traffic();
    for (const one of silent) if ((await numbers_of(one.expr)).length > 0) silent.delete(one);
    assert.deepEqual([...silent], []);
    return true;
  }, 30);
});

it("every alert rule is evaluated, and none fires for a healthy engine", async () => {
  const rules = async () => (await ask("rules")).groups.flatMap((group) => group.rules);
  await until("the first evaluation", async () => (await rules()).every(({ health }) => health !== "unknown"));
  const all = await rules();
  assert.ok(all.length > 5);
  for (const { name, health, lastError, state } of all) {
    assert.equal(health, "ok", `${name}: ${lastError}`);
    assert.notEqual(state, "firing", name);
  }
});
