// Lists from outside: invalid cursors are refused (an empty page would mean "seen all"), wrong query
// parameters are named, and a search covers the conversation's text, not only its last message.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";

import { Visitor } from "./support/chat.mjs";
import { Engine } from "./support/engine.mjs";
import { add_items, assert_problem } from "./support/shop.mjs";
import { until } from "./support/wait.mjs";

let engine;
let api;

before(async () => {
  engine = await Engine.start();
  api = await engine.workspace();
  await add_items(api);
});
after(() => engine.close());

const kLists = ["/catalog/items", "/channels", "/contacts", "/conversations", "/knowledge/documents", "/audit"];

describe("a cursor", () => {
  for (const list of kLists) {
    it(`that is none of ${list} is refused by its name`, async () => {
      for (const after of ["xyz", "AAAA", "item_01m8anh8156vfb8s74s49cvk5q", "garbage!"]) {
        const answer = await api.get(`${list}?after=${encodeURIComponent(after)}`);
        assert_problem(answer, 400);
        assert.equal(answer.json.errors[0].parameter, "after");
      }
    });
  }

  it("of another list or another workspace is refused; its own goes on behind it", async () => {
    const { data, next } = await api.must("GET", "/catalog/items?limit=2");
    assert_problem(await api.get(`/knowledge/documents?after=${next}`), 400);
    assert_problem(await (await engine.workspace()).get(`/catalog/items?after=${next}`), 400);
    const rest = await api.must("GET", `/catalog/items?limit=2&after=${next}`);
    assert.equal(new Set([...data, ...rest.data].map(({ id }) => id)).size, 3);
    assert.equal(rest.next, null);
  });

  it("goes on behind its row after that row is deleted, while others are added", async () => {
    const shop = await engine.workspace();
    const made = await add_items(shop);
    const first = await shop.must("GET", "/catalog/items?limit=1");
    assert.equal((await shop.delete(`/catalog/items/${first.data[0].id}`)).status, 204);
    await add_items(shop);
    const rest = await shop.must("GET", `/catalog/items?limit=200&after=${first.next}`);
    const seen = [...first.data, ...rest.data].map(({ id }) => id);
    assert.equal(new Set(seen).size, seen.length, "nothing twice");
    for (const { id } of made) assert.ok(seen.includes(id), "nothing lost");
  });

  it("of dead letters that is none is refused", async () => {
    assert_problem(await engine.operator.get("/dead-letters?after=xyz"), 400);
  });
});

describe("a wrong parameter", () => {
  for (const [query, name] of [["limit=0", "limit"], ["status=gone", "status"], ["channel_id=x", "channel_id"],
    ["contact_id=x", "contact_id"], [`q=${"x".repeat(201)}`, "q"]]) {
    it(`(${query.slice(0, 20)}) is named`, async () => {
      const answer = await api.get(`/conversations?${query}`);
      assert_problem(answer, 400);
      assert.equal(answer.json.errors[0].parameter, name);
      assert.ok(answer.json.errors[0].detail.includes("must"), "says what would be right");
    });
  }
});

describe("a parameter that a list does not know", () => {
  for (const list of kLists) {
    it(`is refused by ${list}, which says what it takes`, async () => {
      const answer = await api.get(`${list}?kind=product`);
      assert_problem(answer, 400);
      assert.equal(answer.json.errors[0].parameter, "kind");
      assert.match(answer.json.detail, /limit, after/);
    });
  }

  it("is refused by the operator's lists, too", async () => {
    for (const list of ["/dead-letters", "/connections", "/audit", "/actors"]) {
      const answer = await engine.operator.get(`${list}?channels=1`);
      assert_problem(answer, 400);
      assert.equal(answer.json.errors[0].parameter, "channels");
    }
  });
});

it("who writes stands first in the list of conversations at once", async () => {
  const { id, widget_key } = await api.must("POST", "/channels", { type: "webchat", name: "Order" });
  const visitors = [];
  for (const text of ["one", "two", "three"]) {
    visitors.push(await Visitor.open(engine, widget_key));
    await visitors.at(-1).ask(text);
  }
  const first = async () => (await api.must("GET", `/conversations?channel_id=${id}&limit=10`)).data[0].id;
  for (const visitor of visitors) {
    const { conversation_id } = await visitor.say("and again");
    await visitor.reply();
    assert.equal(await first(), conversation_id);
  }
  for (const visitor of visitors) visitor.close();
});

describe("a search of conversations", () => {
  const found = async (q) =>
    (await api.list(`/conversations?q=${encodeURIComponent(q)}`)).map(({ id }) => id);

  it("finds what was said before the last message, and names, numbers and addresses", async () => {
    const { widget_key } = await api.must("POST", "/channels", { type: "webchat", name: "Site" });
    const [one, other] = [await Visitor.open(engine, widget_key), await Visitor.open(engine, widget_key)];
    const { conversation_id: mine } = await one.say("Do you have TIRAMISÙ on Fridays?");
    const { conversation_id: theirs } = await other.say("how much is the espresso?");
    await until("both answers", async () =>
      (await api.list("/conversations")).every(({ last_message }) => last_message.direction === "out"));
    assert.deepEqual(await found("tiramisù"), [mine]);
    assert.deepEqual(await found("espresso?"), [theirs]);
    assert.deepEqual(await found("nobody said that"), []);
    const by_form = await api.list("/conversations?q=how+much+is");
    assert.deepEqual(by_form.map(({ id }) => id), [theirs], "as forms and URLSearchParams write a space");
    const { contact } = await api.must("GET", `/conversations/${mine}`);
    await api.must("PATCH", `/contacts/${contact.id}`, { name: "Zoë Quill", phone: "+351900111222", email: "zq@mail.example" });
    for (const q of ["zoë q", "900111222", "zq@mail"]) assert.deepEqual(await found(q), [mine], q);
    one.close();
    other.close();
  });
});
