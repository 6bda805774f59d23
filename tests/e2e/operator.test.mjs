// The operator endpoint (net/operator/README.md).
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";

import { Engine } from "./support/engine.mjs";
import { Client } from "./support/http.mjs";
import { envelope, message, Meta, new_page, new_person } from "./support/meta.mjs";
import { assert_problem, conversation_of, messages_when, page_shop } from "./support/shop.mjs";
import { until } from "./support/wait.mjs";

let engine;
let meta;
let shop;
let person;
let operator;
before(async () => {
  engine = await Engine.start();
  operator = engine.operator;
  meta = new Meta(engine);
  shop = await page_shop(engine, { name: "Seen" });
  person = new_person();
  await meta.say(shop.page, person, "operator-canary-text");
  await messages_when("the message", shop.api, person, (all) => all.length > 0);
});
after(() => engine?.close());

const rows = async (query = "") => {
  const answer = await operator.must("GET", `/actors${query}`);
  return Array.isArray(answer) ? answer : answer.data;
};

describe("access", () => {
  const routes = [["GET", "/metrics"], ["GET", "/actors"], ["GET", "/actors/engine"], ["GET", "/dead-letters"], ["GET", "/audit"],
    ["GET", "/audit/heads"], ["POST", "/checkpoint"],
    ["POST", "/dead-letters/x/retry"], ["DELETE", "/dead-letters/x"], ["POST", "/workspaces", { name: "x" }],
    ["GET", "/log-level"], ["PUT", "/log-level", { level: "error" }]];

  it("needs the token, but for health and readiness", async () => {
    const token = engine.operator_token();
    for (const wrong of [undefined, "", "x", token.slice(0, -1), token + "x", shop.api.key]) {
      const client = new Client(engine.operator_url, wrong);
      for (const [method, path, body] of routes) assert_problem(await client.call(method, path, body), 401);
      for (const path of ["/healthz", "/readyz"]) assert.equal((await client.get(path)).status, 200);
      client.close();
    }
    assert.ok(!(await rows()).some(({ name }) => name === "x"));
  });

  it("is not served on the public side, nor the public side here", async () => {
    const client = new Client(engine.url, engine.operator_token());
    for (const path of ["/metrics", "/actors", "/dead-letters", "/log-level"]) {
      assert.equal((await client.get(path)).status, 404, path);
    }
    assert.equal((await client.post("/workspaces", { name: "x" })).status, 404);
    assert.equal((await operator.post("/webhooks/meta", "{}")).status, 404);
    assert_problem(await operator.get("/nonsense"), 404);
    client.close();
  });
});

describe("health and readiness", () => {
  it("answer JSON", async () => {
    for (const path of ["/healthz", "/readyz"]) {
      const answer = await operator.get(path);
      assert.equal(answer.status, 200);
      assert.equal(typeof answer.json, "object");
    }
  });
});

describe("metrics", () => {
  it("are Prometheus text: each line parses, each family has its type, no name is a secret", async () => {
    const answer = await operator.get("/metrics");
    assert.match(answer.headers["content-type"], /^text\/plain/);
    const types = new Map();
    const series = new Set();
    for (const line of answer.text.split("\n").filter(Boolean)) {
      const type = /^# TYPE ([a-zA-Z_:][\w:]*) (counter|gauge|histogram|summary|untyped)$/.exec(line);
      if (type) {
        assert.ok(!types.has(type[1]), `two types: ${line}`);
        types.set(type[1], type[2]);
        continue;
      }
      if (line.startsWith("#")) continue;
      const sample = /^([a-zA-Z_:][\w:]*)(\{(?:[a-zA-Z_]\w*="(?:[^"\\\n]|\\.)*",?)*\})? (NaN|[+-]?Inf|[-+.\deE]+)( \d+)?$/.exec(line);
      assert.ok(sample, line);
      assert.ok(!series.has(sample[1] + (sample[2] ?? "")), `twice: ${line}`);
      series.add(sample[1] + (sample[2] ?? ""));
      const family = sample[1].replace(/_(bucket|sum|count)$/, "");
      assert.ok(types.has(sample[1]) || types.has(family), `no type: ${line}`);
    }
    assert.ok(series.size > 10);
    assert.ok(!answer.text.includes(person));
  });

  it("count what comes in", async () => {
    const sum = async () => (await operator.get("/metrics")).text.split("\n")
      .filter((line) => /^aura_\w*(webhook|ingress|event|journal)\w*/.test(line) && !/bucket|_sum/.test(line))
      .reduce((total, line) => total + Number(line.slice(line.lastIndexOf(" ") + 1)), 0);
    const before = await sum();
    for (let i = 0; i < 5; ++i) await meta.say(shop.page, person, `count ${i}`);
    await until("counters to grow", async () => (await sum()) >= before + 5);
  });
});

describe("actors", () => {
  it("are a tree of supervision with every field of the contract", async () => {
    const all = await rows("?depth=9&limit=1000");
    for (const row of all) {
      for (const field of ["path", "kind", "id", "state", "mailbox", "processed", "restarts", "last_failure",
        "busy_us", "activated_at", "children"]) assert.ok(field in row, `${field} in ${JSON.stringify(row)}`);
      assert.match(row.path, /^\/engine/);
    }
    const workspace = all.find(({ path }) => path.endsWith(`/workspaces/${shop.api.id}`));
    assert.ok(workspace, "the workspace's actor");
    assert.equal(workspace.state, "running");
    const { id } = await conversation_of(shop.api, person);
    const conversation = all.find(({ path }) => path.endsWith(`/conversations/${id}`));
    assert.ok(conversation, "the conversation's actor");
    assert.equal(conversation.kind, "conversation");
    assert.ok(conversation.processed >= 1);
    assert.equal(conversation.restarts, 0);
  });

  it("can be narrowed by kind, workspace, depth, order and count", async () => {
    const conversations = await rows("?kind=conversation&depth=9");
    assert.ok(conversations.length > 0);
    assert.ok(conversations.every(({ kind }) => kind === "conversation"));
    const mine = await rows(`?workspace=${shop.api.id}&depth=9`);
    assert.ok(mine.length > 0);
    assert.ok(mine.every(({ path }) => path.includes(shop.api.id)));
    assert.equal((await rows("?depth=9&limit=1")).length, 1);
    const by_busy = (await rows("?depth=9&sort=busy")).map(({ busy_share }) => Math.round(1e6 * busy_share));
    assert.deepEqual(by_busy, by_busy.slice().sort((a, b) => b - a));
    const shallow = await rows("?depth=1");
    assert.ok(shallow.length < (await rows("?depth=9&limit=1000")).length);
    for (const [name, value] of [["sort", "beauty"], ["limit", "x"], ["depth", "-1"], ["after", "zz"],
      ["kind", "conversations"]]) {
      const answer = await operator.get(`/actors?${name}=${value}`);
      assert_problem(answer, 400);
      assert.equal(answer.json.errors[0].parameter, name);
    }
  });

  it("do not show what customers write", async () => {
    const { id } = await conversation_of(shop.api, person);
    const row = (await rows("?depth=9&limit=1000")).find(({ path }) => path.endsWith(id));
    const one = await operator.get(`/actors${row.path}`);
    assert.ok(!one.text.includes("operator-canary-text"));
    assert.ok(!(await operator.get("/actors?depth=9&limit=1000")).text.includes("operator-canary-text"));
    assert_problem(await operator.get("/actors/engine/nonsense"), 404);
  });
});

describe("dead letters", () => {
  const letters = () => operator.list("/dead-letters");

  it("say why and when, can be tried again and deleted", async () => {
    const before = (await letters()).length;
    const page = new_page();
    await meta.deliver(page, message(page, person, "dead-canary"));
    const all = await until("the letter", async () => {
      const found = await letters();
      return found.length === before + 1 && found;
    });
    const letter = all.find(({ reason }) => /unknown/.test(reason));
    for (const field of ["id", "reason", "received_at"]) assert.ok(letter[field], field);
    const kept_ms = Date.parse(letter.retry_until_at) - Date.parse(letter.received_at);
    assert.ok(kept_ms > 72 * 3_600_000 && kept_ms <= 73 * 3_600_000, "as long as its raw event, by whole hours");
    assert.ok(!JSON.stringify(all).includes("dead-canary"));
    assert.equal((await operator.delete(`/dead-letters/${letter.id}`)).status, 204);
    assert.equal((await letters()).length, before);
    const noted = (await operator.list("/audit")).filter(({ action }) => action === "dead_letter.delete");
    assert.deepEqual(noted.map(({ actor, subject }) => [actor, subject]), [["operator", letter.id]]);
    assert_problem(await operator.delete(`/dead-letters/${letter.id}`), 404);
    assert_problem(await operator.post(`/dead-letters/${letter.id}/retry`), 404);
    for (const id of ["nonsense", "%00", "x".repeat(2000)]) {
      assert_problem(await operator.post(`/dead-letters/${id}/retry`), 400, 404);
    }
  });

  it("of a kind that is not known say so, not that an account is missing", async () => {
    assert.equal((await meta.post(JSON.stringify({ object: "mars", entry: [{ id: "1" }] }))).status, 200);
    const letter = await until("the letter", async () =>
      (await letters()).find(({ source }) => source === "meta.unknown"));
    assert.equal(letter.reason, "not_understood");
    assert.equal((await operator.delete(`/dead-letters/${letter.id}`)).status, 204);
  });

  it("come in pages and survive a kill", async () => {
    const pages = Array.from({ length: 5 }, new_page);
    const before = (await letters()).length;
    await meta.post(envelope(...pages.map((page) => ({ page, events: [message(page, person, "x")] }))));
    await until("five letters", async () => (await letters()).length === before + 5);
    await engine.kill();
    await engine.start();
    const all = await operator.list("/dead-letters", 2);
    assert.equal(all.length, before + 5);
    assert.equal(new Set(all.map(({ id }) => id)).size, all.length);
  });
});

describe("workspaces", () => {
  it("are made here, with their key shown once", async () => {
    const answer = await operator.post("/workspaces", { name: "New", currency: "EUR", timezone: "Europe/Paris" });
    assert.equal(answer.status, 201);
    const { workspace_id, api_key } = answer.json;
    assert.match(workspace_id, /^ws_/);
    assert.ok(api_key.length >= 40, "256 bits and a prefix");
    const api = engine.workspace_api(workspace_id, api_key);
    assert.equal((await api.must("GET", "")).timezone, "Europe/Paris");
  });

  it("are refused when something is wrong", async () => {
    for (const body of [{}, { name: "" }, { name: 5 }, { name: "x", currency: "euro" }, { name: "x", timezone: "Mars" },
      [], null, "x"]) {
      assert_problem(await operator.post("/workspaces", JSON.stringify(body)), 400, 422);
    }
    assert_problem(await operator.post("/workspaces", "{"), 400, 422);
  });
});

describe("the log level", () => {
  it("changes while running", async () => {
    const level = async () => (await operator.must("GET", "/log-level")).level;
    assert.equal(await level(), "info");
    assert.equal((await operator.put("/log-level", { level: "trace" })).status, 200);
    assert.equal(await level(), "trace");
    for (const body of [{ level: "loud" }, { level: 3 }, {}, []]) {
      assert_problem(await operator.put("/log-level", body), 400, 422);
    }
    assert.equal(await level(), "trace");
    await operator.put("/log-level", { level: "info" });
  });
});
