// Tenants are isolated: two workspaces × all endpoints × the other's ids.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";

import { Visitor, webchat } from "./support/chat.mjs";
import { Engine } from "./support/engine.mjs";
import { Follower } from "./support/events.mjs";
import { Meta, new_person } from "./support/meta.mjs";
import { assert_problem, conversation_of, page_shop } from "./support/shop.mjs";
import { until } from "./support/wait.mjs";

const kCanary = "tenant-canary-8d1f";

let engine;
let mine;
let theirs;
let ids;
before(async () => {
  engine = await Engine.start();
  mine = await engine.workspace({ name: "Mine" });
  const shop = await page_shop(engine, { name: kCanary });
  theirs = shop.api;
  const person = new_person();
  // Too old for the AI to answer; an answer would change the data during the test.
  await new Meta(engine).say(shop.page, person, kCanary, { at: Date.now() - 48 * 3600 * 1000 });
  const conversation = await until("the conversation", () => conversation_of(theirs, person));
  const item = await theirs.must("POST", "/catalog/items", { name: kCanary });
  const document = await theirs.must("POST", "/knowledge/documents", { title: kCanary, text: kCanary });
  ids = { channel: shop.channel.id, contact: conversation.contact.id, conversation: conversation.id,
    item: item.id, document: document.id };
});
after(() => engine?.close());

const kLists = ["/channels", "/contacts", "/conversations", "/catalog/items", "/knowledge/documents"];

// Every route that names a resource, with a valid body.
const routes = () => [
  ["GET", `/channels/${ids.channel}`], ["PATCH", `/channels/${ids.channel}`, { name: "taken" }],
  ["DELETE", `/channels/${ids.channel}`],
  ["GET", `/contacts/${ids.contact}`], ["PATCH", `/contacts/${ids.contact}`, { name: "taken" }],
  ["DELETE", `/contacts/${ids.contact}`],
  ["GET", `/conversations/${ids.conversation}`],
  ["PATCH", `/conversations/${ids.conversation}`, { handler: "human" }],
  ["GET", `/conversations/${ids.conversation}/messages`],
  ["POST", `/conversations/${ids.conversation}/messages`, { text: "taken" }],
  ["GET", `/catalog/items/${ids.item}`], ["PATCH", `/catalog/items/${ids.item}`, { name: "taken" }],
  ["DELETE", `/catalog/items/${ids.item}`],
  ["GET", `/knowledge/documents/${ids.document}`],
  ["PATCH", `/knowledge/documents/${ids.document}`, { title: "taken" }],
  ["DELETE", `/knowledge/documents/${ids.document}`],
];

const kCollections = [
  ["GET", ""], ["PATCH", "", { name: "taken" }], ["GET", "/events"], ["GET", "/audit"],
  ...kLists.map((path) => ["GET", path]),
  ["POST", "/channels", { type: "webchat", name: "taken" }],
  ["POST", "/catalog/items", { name: "taken" }],
  ["POST", "/knowledge/documents", { title: "taken", text: "taken" }],
];

async function snapshot() {
  const all = [await theirs.must("GET", "")];
  for (const path of kLists) all.push(await theirs.list(path));
  all.push(await theirs.list(`/conversations/${ids.conversation}/messages`));
  return JSON.stringify(all);
}

describe("a key of another workspace", () => {
  it("finds none of our ids below its own workspace", async () => {
    const before = await snapshot();
    for (const [method, path, body] of routes()) {
      const answer = await mine.call(method, path, body);
      assert_problem(answer, 404);
      assert.ok(!answer.text.includes(kCanary), `${method} ${path}`);
    }
    assert.equal(await snapshot(), before);
  });

  it("does not open our workspace: 404, never 403, and nothing changes", async () => {
    const before = await snapshot();
    const intruder = engine.workspace_api(theirs.id, mine.key);
    for (const [method, path, body] of [...kCollections, ...routes()]) {
      const answer = await intruder.call(method, path, body);
      assert_problem(answer, 404);
      assert.ok(!answer.text.includes(kCanary), `${method} ${path}`);
    }
    assert.equal(await snapshot(), before);
  });

  it("gives the same answer for a foreign id and for one that does not exist", async () => {
    const none = ids.item.slice(0, -6) + "zzzzzz";
    const [foreign, missing] = await Promise.all([
      mine.get(`/catalog/items/${ids.item}`), mine.get(`/catalog/items/${none}`)]);
    assert.equal(foreign.text.replaceAll(ids.item, "ID"), missing.text.replaceAll(none, "ID"));
  });

  it("lists nothing of ours", async () => {
    for (const path of kLists) assert.deepEqual(await mine.list(path), [], path);
    const cursor = (await theirs.must("GET", "/catalog/items?limit=1")).next;
    const page = await mine.get(`/catalog/items?after=${encodeURIComponent(cursor)}`);
    assert.ok(!page.text.includes(ids.item.slice(5)), page.text);
    assert.equal(page.status, 400, "a cursor counts for its own list only");
  });

  it("follows none of our events", async () => {
    const follower = await Follower.open(mine, { after: "0" });
    const marker = await webchat(mine);
    const visitor = await Visitor.open(engine, marker.widget_key);
    await theirs.must("PATCH", `/conversations/${ids.conversation}`, { unread: 0 });
    await visitor.say("marker");
    await follower.next(({ data }) => JSON.stringify(data).includes("marker"), "our own event");
    assert.ok(!JSON.stringify(follower.events).includes(ids.conversation));
    assert.ok(!JSON.stringify(follower.events).includes(kCanary));
    follower.close();
    visitor.close();
  });

  it("ids of another type are not found either", async () => {
    for (const path of [`/catalog/items/${ids.document}`, `/channels/${ids.item}`,
      `/contacts/${ids.conversation}`, `/conversations/${ids.contact}/messages`, "/channels/ch_",
      "/channels/nonsense", "/channels/%00", `/channels/${"x".repeat(3000)}`]) {
      const answer = await theirs.get(path);
      assert.ok([400, 404].includes(answer.status), `${path}: ${answer.status}`);
    }
  });
});

describe("without a key", () => {
  it("everything is 401, with the way to authenticate, and nothing is told", async () => {
    const keys = [undefined, "", "wrong", "ak_" + "0".repeat(43), mine.key.slice(0, -1), mine.key + "x",
      mine.key.toUpperCase(), engine.operator_token()];
    for (const key of keys) {
      for (const [method, path, body] of [...kCollections, ...routes()].slice(0, key === undefined ? 99 : 6)) {
        const headers = key === undefined ? {} : { Authorization: `Bearer ${key}` };
        const api = engine.workspace_api(theirs.id, undefined);
        const answer = await api.call(method, path, body, headers);
        assert_problem(answer, 401);
        assert.ok(answer.headers["www-authenticate"], `${method} ${path}`);
        assert.ok(!answer.text.includes(kCanary));
      }
    }
  });

  it("another scheme, or the key in the query, does not count", async () => {
    const open = engine.workspace_api(theirs.id, undefined);
    for (const headers of [{ Authorization: `Basic ${theirs.key}` }, { Authorization: theirs.key },
      { Cookie: `key=${theirs.key}` }]) {
      assert_problem(await open.get("", headers), 401);
    }
    assert_problem(await open.get(`/channels?access_token=${theirs.key}`), 401);
  });

  it("a workspace that does not exist is 401 without and 404 with a key", async () => {
    const nowhere = "ws_" + "0".repeat(theirs.id.length - 3);
    assert_problem(await engine.workspace_api(nowhere, undefined).get(""), 401);
    assert_problem(await engine.workspace_api(nowhere, mine.key).get(""), 404);
  });
});
