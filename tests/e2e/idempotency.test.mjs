// Idempotency-Key: a repeated POST has one effect and one answer, also when repeated concurrently or after a
// crash.
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { createServer } from "node:http";
import { after, before, describe, it } from "node:test";

import { Engine } from "./support/engine.mjs";
import { Meta, new_page, new_person } from "./support/meta.mjs";
import { assert_problem, conversation_of, messenger } from "./support/shop.mjs";
import { until } from "./support/wait.mjs";

let engine;
let api;
let conversation;
before(async () => {
  engine = await Engine.start();
  api = await engine.workspace();
  const { page } = await messenger(api);
  const person = new_person();
  await new Meta(engine).say(page, person, "hello");
  conversation = await until("the conversation", () => conversation_of(api, person));
});
after(() => engine?.close());

// Each POST route: its path, two different bodies, and a count of what it created.
const made_with = (list, mark) => async () =>
  (await api.list(list())).filter((one) => JSON.stringify(one).includes(mark)).length;

function posts() {
  const [one, two, three] = [randomUUID(), randomUUID(), randomUUID()];
  const page = new_page();
  const messages = () => `/conversations/${conversation.id}/messages`;
  return [
    { path: "/catalog/items", body: { name: one }, other: { name: two }, count: made_with(() => "/catalog/items", one) },
    { path: "/knowledge/documents", body: { title: one, text: "t" }, other: { title: two, text: "t" },
      count: made_with(() => "/knowledge/documents", one) },
    { path: "/channels", body: { type: "webchat", name: one }, other: { type: "webchat", name: two },
      count: made_with(() => "/channels", one) },
    { path: "/channels", body: { type: "messenger", name: three, credentials: { page_id: page, page_access_token: "t" } },
      other: { type: "webchat", name: two }, count: made_with(() => "/channels", three) },
    { path: messages(), body: { text: one }, other: { text: two }, count: made_with(messages, one) },
  ];
}

const key = (value = randomUUID()) => ({ "Idempotency-Key": value });

describe("the same key", () => {
  it("with the same body gives the same answer again, and one effect", async () => {
    for (const { path, body, count } of posts()) {
      const headers = key();
      const first = await api.post(path, body, headers);
      assert.equal(first.status, 201, `${path} ${first.text}`);
      const { location } = first.headers;
      assert.ok(location.startsWith(new URL(api.base).pathname + path), location);
      const there = await api.get(location.slice(new URL(api.base).pathname.length));
      assert.equal(there.status, 200, `${location}: ${there.text}`);
      assert.equal(there.json.id, first.json.id, path);
      const second = await api.post(path, body, headers);
      assert.equal(second.status, 201, path);
      assert.equal(second.text, first.text, path);
      assert.equal(await count(), 1, path);
    }
  });

  it("with another body is a conflict, and nothing is made", async () => {
    for (const { path, body, other, count } of posts()) {
      const headers = key();
      assert.equal((await api.post(path, body, headers)).status, 201);
      assert_problem(await api.post(path, other, headers), 409);
      assert.equal(await count(), 1, path);
    }
  });

  it("of an uploaded form counts what is in it, not the boundary that each try makes anew", async () => {
    const once = key();
    const upload = (boundary, text) => api.post("/knowledge/documents",
      `--${boundary}\r\nContent-Disposition: form-data; name="title"\r\n\r\nParking\r\n` +
        `--${boundary}\r\nContent-Disposition: form-data; name="text"\r\n\r\n${text}\r\n--${boundary}--\r\n`,
      { ...once, "Content-Type": `multipart/form-data; boundary=${boundary}` });
    const first = await upload("one", "Behind the house.");
    assert.equal(first.status, 201, first.text);
    assert.equal((await upload("two", "Behind the house.")).text, first.text);
    assert_problem(await upload("two", "In the street."), 409);
  });

  it("of a text with its title in the query counts the title", async () => {
    const headers = { ...key(), "Content-Type": "text/plain" };
    const upload = (title) => api.post(`/knowledge/documents?title=${title}`, "The text.", headers);
    assert.equal((await upload("One")).status, 201);
    assert.equal((await upload("One")).status, 201);
    assert_problem(await upload("Two"), 409);
  });

  it("sent ten times at once has one effect", async () => {
    for (const { path, body, count } of posts()) {
      const headers = key();
      const answers = await Promise.all(Array.from({ length: 10 }, () => api.post(path, body, headers)));
      const good = answers.filter(({ status }) => status === 201);
      assert.ok(good.length >= 1, path);
      assert.equal(new Set(good.map(({ text }) => text)).size, 1, path);
      // A request that arrives while the first is still running may get a refusal, but must never create a
      // second resource.
      for (const { status } of answers) assert.ok([201, 409, 503].includes(status), `${path} ${status}`);
      assert.equal(await count(), 1, path);
    }
  });

  it("is remembered over a kill", async () => {
    const rounds = [];
    for (const post of posts()) {
      const headers = key();
      rounds.push({ ...post, headers, first: await api.post(post.path, post.body, headers) });
    }
    await engine.kill();
    await engine.start();
    for (const { path, body, other, headers, first, count } of rounds) {
      assert.equal((await api.post(path, body, headers)).text, first.text, path);
      assert_problem(await api.post(path, other, headers), 409);
      assert.equal(await count(), 1, path);
    }
  });

  it("belongs to one workspace and to one path", async () => {
    const headers = key();
    const other = await engine.workspace();
    const made = await api.must("POST", "/catalog/items", { name: "Mine" }, headers);
    const theirs = await other.must("POST", "/catalog/items", { name: "Mine" }, headers);
    assert.notEqual(made.id, theirs.id);
    const document = await api.post("/knowledge/documents", { title: "T", text: "T" }, headers);
    assert.ok([201, 409].includes(document.status));
    assert.ok(!document.text.includes(made.id));
  });

  it("does not keep a refusal from being mended", async () => {
    const headers = key();
    const refused = await api.post("/catalog/items", { name: "" }, headers);
    assert_problem(refused, 400, 422);
    const again = await api.post("/catalog/items", { name: "" }, headers);
    assert.equal(again.status, refused.status);
  });

  it("must not be huge or empty", async () => {
    assert_problem(await api.post("/catalog/items", { name: "x" }, key("k".repeat(5000))), 400, 422);
    assert_problem(await api.post("/catalog/items", { name: "x" }, key("")), 400, 422);
  });
});

it("a channel that was made with a warning is answered with it again", async () => {
  const graph = createServer((request, response) => { // a token is good, a subscription refused
    const refused = request.url.includes("subscribed_apps");
    response.writeHead(refused ? 400 : 200, { "Content-Type": "application/json" });
    response.end(JSON.stringify(refused ? { error: { code: 100 } } : { data: { is_valid: true, profile_id: page } }));
  });
  const page = new_page();
  await new Promise((resolve) => graph.listen(0, "127.0.0.1", resolve));
  const other = await Engine.start({
    config: { "channels.meta": { graph_url: `http://127.0.0.1:${graph.address().port}` } },
  });
  try {
    const shop = await other.workspace();
    const body = { type: "messenger", name: "Page", credentials: { page_id: page, page_access_token: "t" } };
    const headers = key();
    const first = await shop.post("/channels", body, headers);
    assert.equal(first.status, 201, first.text);
    assert.match(first.json.error, /refused/);
    assert.equal((await shop.post("/channels", body, headers)).text, first.text);
  } finally {
    await other.close();
    graph.close();
  }
});

it("a merge is answered as it was then, until one of the contacts is erased", async () => {
  const meta = new Meta(engine);
  const { page } = await messenger(api);
  const people = [new_person(), new_person()];
  for (const person of people) await meta.say(page, person, "hello");
  const [one, other] = await Promise.all(people.map(async (person) =>
    (await until("the conversation", () => conversation_of(api, person))).contact.id));
  await api.must("PATCH", `/contacts/${other}`, { name: "Ada" });
  const headers = key();
  const merge = () => api.post(`/contacts/${one}/merge`, { into: other }, headers);
  const first = await merge();
  assert.deepEqual([first.json.name, first.json.merged_ids], ["Ada", [one]]);
  await api.must("PATCH", `/contacts/${other}`, { name: "Bea" });
  assert.equal((await merge()).text, first.text);
  await api.must("POST", `/contacts/${one}/unmerge`);
  assert.equal((await merge()).text, first.text);
  await api.delete(`/contacts/${other}`);
  assert.ok(!(await merge()).text.includes("Ada"));
});

it("without a key two equal POSTs make two", async () => {
  const name = randomUUID();
  await api.must("POST", "/catalog/items", { name });
  await api.must("POST", "/catalog/items", { name });
  assert.equal(await made_with(() => "/catalog/items", name)(), 2);
});

it("a deleted resource stays deleted when its POST comes again", async () => {
  const headers = key();
  const name = randomUUID();
  const made = await api.must("POST", "/catalog/items", { name }, headers);
  await api.delete(`/catalog/items/${made.id}`);
  await api.post("/catalog/items", { name }, headers);
  assert.equal(await made_with(() => "/catalog/items", name)(), 0);
});
