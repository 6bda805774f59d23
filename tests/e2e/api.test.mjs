// The REST API (net/api/README.md): workspace, channels, contacts and conversations, and what is refused.
// Catalog and documents: knowledge_base.test.mjs.
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { after, before, describe, it } from "node:test";

import { Visitor, webchat } from "./support/chat.mjs";
import { Engine } from "./support/engine.mjs";
import { Meta, new_page, new_person } from "./support/meta.mjs";
import {
  add_items, assert_problem, assert_resource, conversation_of, kTime, messenger, page_shop,
} from "./support/shop.mjs";
import { until } from "./support/wait.mjs";

let engine;
let meta;
before(async () => {
  engine = await Engine.start();
  meta = new Meta(engine);
});
after(() => engine?.close());

describe("workspace", () => {
  it("is read and changed", async () => {
    const api = await engine.workspace({ name: "Bakery", currency: "EUR", timezone: "Europe/Rome" });
    const workspace = await api.must("GET", "");
    assert_resource(workspace, "ws");
    assert.equal(workspace.id, api.id);
    assert.equal(workspace.name, "Bakery");
    assert.equal(workspace.currency, "EUR");
    assert.equal(workspace.timezone, "Europe/Rome");
    const changed = await api.must("PATCH", "", {
      name: "Panificio", locale: "it-IT", business: { address: "Via Roma 1", phone: "+39 06 1" },
    });
    assert.equal(changed.name, "Panificio");
    assert.equal(changed.locale, "it-IT");
    assert.equal(changed.business.address, "Via Roma 1");
    assert.equal(changed.currency, "EUR", "what PATCH does not name stays");
    assert.deepEqual(await api.must("GET", ""), changed);
    assert.equal((await api.must("PATCH", "", { locale: "pt_BR" })).locale, "pt-BR");
  });

  it("takes back what it says: a business detail, or all of them, is cleared with null", async () => {
    const api = await engine.workspace();
    const business = { address: "Via Roma 1", phone: "+39 06 1", email: "a@example.test" };
    await api.must("PATCH", "", { business });
    const { business: left } = await api.must("PATCH", "", { business: { phone: null, email: "" } });
    assert.deepEqual([left.address, left.phone, left.email], ["Via Roma 1", "", ""]);
    assert.equal((await api.must("PATCH", "", { business: null })).business, null);
    assert.equal((await api.must("PATCH", "", { business: null })).business, null);
  });

  it("stays as it is when a change changes nothing", async () => {
    const api = await engine.workspace({ name: "Same" });
    const before = await api.must("GET", "");
    assert.deepEqual(await api.must("PATCH", "", {}), before);
    assert.deepEqual(await api.must("PATCH", "", { name: "Same" }), before);
  });

  it("refuses what is not a currency, a time zone, a name", async () => {
    const api = await engine.workspace();
    const before = await api.must("GET", "");
    for (const body of [{ currency: "EURO" }, { currency: "" }, { timezone: "Mars/Base" }, { name: "" },
      { name: "x".repeat(100_000) }, { name: 5 }, { name: null }, { locale: "klingon!" }]) {
      assert_problem(await api.patch("", body), 400, 422);
    }
    assert.deepEqual(await api.must("GET", ""), before);
    assert_problem(await api.delete(""), 405);
  });
});

describe("channels", () => {
  it("webchat has a widget key; its life goes to delete", async () => {
    const api = await engine.workspace();
    const made = await api.post("/channels", { type: "webchat", name: "Site", credentials: {} });
    assert.equal(made.status, 201);
    const channel = made.json;
    assert_resource(channel, "ch");
    assert.equal(channel.type, "webchat");
    assert.equal(channel.status, "active");
    assert.ok(channel.widget_key.length >= 16);
    assert.ok(channel.identity_secret.length >= 32); // shown only once
    assert.deepEqual(await api.must("GET", `/channels/${channel.id}`), { ...channel, identity_secret: null });
    const renamed = await api.must("PATCH", `/channels/${channel.id}`, { name: "Shop site" });
    assert.equal(renamed.name, "Shop site");
    assert.equal(renamed.widget_key, channel.widget_key);
    assert.deepEqual((await api.list("/channels")).map(({ id }) => id), [channel.id]);
    assert.equal((await api.delete(`/channels/${channel.id}`)).status, 204);
    assert_problem(await api.get(`/channels/${channel.id}`), 404);
    assert_problem(await api.delete(`/channels/${channel.id}`), 404);
    assert.deepEqual(await api.list("/channels"), []);
  });

  it("webchat needs no credentials member", async () => {
    const api = await engine.workspace();
    assert.equal((await api.post("/channels", { type: "webchat", name: "Site" })).status, 201);
  });

  it("messenger never returns credentials, not even after PATCH", async () => {
    const api = await engine.workspace();
    const token = `EAA${randomUUID()}`;
    const channel = await messenger(api, { token });
    const next = `EAA${randomUUID()}`;
    const credentials = { page_id: channel.page, page_access_token: next };
    const texts = [
      JSON.stringify({ ...channel, token: undefined }),
      (await api.patch(`/channels/${channel.id}`, { credentials })).text,
      (await api.get(`/channels/${channel.id}`)).text,
      (await api.get("/channels")).text,
    ];
    for (const text of texts) {
      assert.ok(!text.includes(token) && !text.includes(next), text);
      assert.ok(!text.includes("credentials") && !text.includes("token\":"), text);
    }
  });

  it("takes the new token alone, without the page id", async () => {
    const api = await engine.workspace();
    const channel = await messenger(api);
    const patch = { credentials: { page_access_token: "EAA-next" } };
    assert.equal((await api.patch(`/channels/${channel.id}`, patch)).status, 200);
  });

  it("can be disabled: a disabled web chat takes no visitor", async () => {
    const api = await engine.workspace();
    const channel = await webchat(api);
    const off = await api.must("PATCH", `/channels/${channel.id}`, { status: "disabled" });
    assert.equal(off.status, "disabled");
    await assert.rejects(Visitor.open(engine, channel.widget_key), (error) => error.status >= 400);
    await api.must("PATCH", `/channels/${channel.id}`, { status: "active" });
    (await Visitor.open(engine, channel.widget_key)).close();
  });

  it("names both statuses that it can be given", async () => {
    const api = await engine.workspace();
    const { id } = await webchat(api);
    for (const status of ["paused", "token_expired"]) {
      const answer = await api.patch(`/channels/${id}`, { status });
      assert_problem(answer, 422);
      assert.equal(answer.json.detail, '/status must be one of "active", "disabled".');
    }
  });

  it("refuses a page that another workspace has connected", async () => {
    const [one, two] = [await engine.workspace(), await engine.workspace()];
    const { page } = await messenger(one);
    const credentials = { page_id: page, page_access_token: "EAA-other" };
    const answer = await two.post("/channels", { type: "messenger", name: "Mine", credentials });
    assert_problem(answer, 409);
    assert.match(answer.json.detail, /^Another workspace has connected this account/);
    const again = await one.post("/channels", { type: "messenger", name: "Twice", credentials });
    assert.match(again.json.detail, /delete that channel first/, "its own can be");
    assert.deepEqual(await two.list("/channels"), []);
  });

  const wrong = [
    ["no type", { name: "x" }],
    ["an unknown type", { type: "pigeon", name: "x", credentials: {} }],
    ["a type that is no text", { type: 2, name: "x" }],
    ["messenger without credentials", { type: "messenger", name: "x" }],
    ["messenger without a token", { type: "messenger", name: "x", credentials: { page_id: "1" } }],
    ["messenger without a page", { type: "messenger", name: "x", credentials: { page_access_token: "t" } }],
    ["an empty token", { type: "messenger", name: "x", credentials: { page_id: "1", page_access_token: "" } }],
    ["credentials that are a list", { type: "messenger", name: "x", credentials: [] }],
    ["a token with a line break", { type: "messenger", name: "x", credentials: { page_id: "1", page_access_token: "a\r\nX: y" } }],
  ];
  for (const [what, body] of wrong) {
    it(`refuses ${what}`, async () => {
      const api = await engine.workspace();
      assert_problem(await api.post("/channels", body), 400, 422);
      assert.deepEqual(await api.list("/channels"), []);
    });
  }
});

describe("contacts and conversations", () => {
  it("are born of a message and can be read and changed", async () => {
    const { api, channel, page } = await page_shop(engine);
    const person = new_person();
    await meta.say(page, person, "hello there");
    const conversation = await until("the conversation", () => conversation_of(api, person));
    assert_resource(conversation, "cv");
    assert.equal(conversation.channel_id, channel.id);
    assert.equal(conversation.status, "open");
    assert.equal(conversation.handler, "ai");
    assert.match(conversation.window_expires_at, kTime);
    assert.deepEqual((await api.must("GET", `/conversations/${conversation.id}`)).id, conversation.id);
    const contact = await api.must("GET", `/contacts/${conversation.contact.id}`);
    assert_resource(contact, "ct");
    const named = await api.must("PATCH", `/contacts/${contact.id}`, { name: "Ada Lovelace", email: "ada@example.test" });
    assert.equal(named.name, "Ada Lovelace");
    assert.equal((await conversation_of(api, person)).contact.name, "Ada Lovelace");
    assert.deepEqual((await api.list("/contacts")).map(({ id }) => id), [contact.id]);
    for (const body of [{ name: 5 }, { email: "no-mail" }, { phone: {} }, { phone: "123" }]) {
      assert_problem(await api.patch(`/contacts/${contact.id}`, body), 400, 422);
    }
  });

  it("a contact's details are cleared with null, and stay when nothing is named", async () => {
    const { api, page } = await page_shop(engine);
    const person = new_person();
    await meta.say(page, person, "hello");
    const { contact } = await until("the conversation", () => conversation_of(api, person));
    const path = `/contacts/${contact.id}`;
    const known = { name: "Ada", email: "ada@example.test", phone: "+351900111222" };
    const named = await api.must("PATCH", path, known);
    assert.deepEqual(await api.must("PATCH", path, {}), named);
    const nothing = { name: null, email: null, phone: null };
    const { name, email, phone } = await api.must("PATCH", path, nothing);
    assert.deepEqual({ name, email, phone }, nothing);
    const again = await api.must("PATCH", path, { ...known, phone: "" });
    assert.deepEqual([again.name, again.phone], ["Ada", null]);
  });

  it("are filtered by status, channel and text", async () => {
    const { api, channel, page } = await page_shop(engine);
    const other = await messenger(api);
    const [ada, bob] = [new_person(), new_person()];
    await meta.say(page, ada, "about the zeppelin");
    await meta.say(other.page, bob, "hello");
    await until("two conversations", async () => (await api.list("/conversations")).length === 2);
    const [one, two] = [await conversation_of(api, ada), await conversation_of(api, bob)];
    await api.must("PATCH", `/contacts/${two.contact.id}`, { name: "Bob Ündersöhn" });
    await api.must("PATCH", `/conversations/${two.id}`, { status: "closed" });
    const ids = async (query) => (await api.list(`/conversations?${query}`)).map(({ id }) => id);
    assert.deepEqual(await ids("status=closed"), [two.id]);
    assert.deepEqual(await ids("status=open"), [one.id]);
    assert.deepEqual(await ids(`channel_id=${channel.id}`), [one.id]);
    assert.deepEqual(await ids(`channel_id=${other.id}&status=open`), []);
    assert.deepEqual(await ids(`q=${encodeURIComponent("ündersöhn")}`), [two.id]);
    assert_problem(await api.get("/conversations?status=weird"), 400, 422);
    assert_problem(await api.get("/conversations?channel_id=nonsense"), 400, 404, 422);
  });

  it("a contact that is deleted takes its messages along", async () => {
    const { api, page } = await page_shop(engine);
    const person = new_person();
    await meta.say(page, person, "forget me");
    const { id, contact } = await until("the conversation", () => conversation_of(api, person));
    assert.equal((await api.delete(`/contacts/${contact.id}`)).status, 204);
    assert_problem(await api.get(`/contacts/${contact.id}`), 404);
    await until("the conversation is gone", async () =>
      (await api.get(`/conversations/${id}`)).status === 404);
    assert_problem(await api.get(`/conversations/${id}/messages`), 404);
    assert.deepEqual(await api.list("/conversations"), []);
    assert.deepEqual(await api.list("/contacts"), []);
  });

  it("messages come oldest first, in pages", async () => {
    const { api, page } = await page_shop(engine);
    const person = new_person();
    const start = Date.now() - 60_000;
    const texts = ["one", "two", "three", "four", "five"];
    for (const [i, text] of texts.entries()) await meta.say(page, person, text, { at: start + i });
    const { id } = await until("the conversation", () => conversation_of(api, person));
    const path = `/conversations/${id}/messages`;
    await until("five messages", async () =>
      (await api.list(path)).filter(({ direction }) => direction === "in").length === 5);
    const all = await api.list(path, 2);
    const incoming = all.filter(({ direction }) => direction === "in");
    assert.deepEqual(incoming.map(({ text }) => text), texts);
    for (const one of incoming) {
      assert_resource(one, "msg");
      assert.equal(one.author, "contact");
      assert.equal(one.status, "received");
      assert.deepEqual(one.attachments, []);
      assert.deepEqual(one.reactions, []);
      assert.equal(one.error, null);
      assert.equal(one.reply_to, null);
    }
    assert.equal(Date.parse(incoming[0].created_at), start);
  });

  it("refuse wrong messages", async () => {
    const { api, page } = await page_shop(engine);
    const person = new_person();
    await meta.say(page, person, "hello");
    const { id } = await until("the conversation", () => conversation_of(api, person));
    const path = `/conversations/${id}/messages`;
    for (const body of [{}, { text: "" }, { text: 5 }, { text: null }, { text: "x".repeat(100_000) },
      { text: "x", attachments: "y" }, { text: "x", attachments: [{}] }, { text: "x", reply_to: "msg_nope" },
      { attachments: [{ type: "image", url: "file:///etc/passwd" }] }]) {
      assert_problem(await api.post(path, body), 400, 404, 422);
    }
    const products = await api.post(path, { products: { product_ids: ["item_nope"] } });
    assert.equal(products.json.errors[0].pointer, "#/products/product_ids/0");
    assert.match(products.json.detail, /item_…/);
    for (const body of [{ status: "weird" }, { handler: "robot" }, { unread: -1 }, { unread: "0" }]) {
      assert_problem(await api.patch(`/conversations/${id}`, body), 400, 422);
    }
    const outgoing = (await api.list(path)).filter(({ author }) => author === "member");
    assert.deepEqual(outgoing, []);
  });
});

describe("after a restart", () => {
  it("everything is as it was", async () => {
    const api = await engine.workspace({ name: "Kept" });
    await add_items(api);
    await webchat(api);
    await messenger(api, { page: new_page() });
    await api.must("POST", "/knowledge/documents", { title: "T", text: "Text" });
    const paths = ["", "/channels", "/catalog/items", "/knowledge/documents"];
    const look = () => Promise.all(paths.map((path) => api.must("GET", path)));
    const before = await look();
    await engine.restart();
    assert.deepEqual(await look(), before);
  });
});
