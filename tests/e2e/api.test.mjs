// The REST API (CONTRACT section 4): every row, pages, idempotency and what is refused.
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { after, before, describe, it } from "node:test";

import { Visitor, webchat } from "./support/chat.mjs";
import { Engine } from "./support/engine.mjs";
import { Meta, new_page, new_person } from "./support/meta.mjs";
import {
  add_items, assert_problem, conversation_of, messenger, page_shop,
} from "./support/shop.mjs";
import { until } from "./support/wait.mjs";

let engine;
let meta;
before(async () => {
  engine = await Engine.start();
  meta = new Meta(engine);
});
after(() => engine?.close());

const kTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

function assert_resource(made, prefix) {
  assert.match(made.id, new RegExp(`^${prefix}_[A-Za-z0-9]+$`));
  assert.match(made.created_at, kTime);
  for (const key of Object.keys(made)) assert.match(key, /^[a-z][a-z0-9_]*$/);
}

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
    assert.ok(channel.identity_secret.length >= 32); // told once
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

  it("refuses a page that another workspace has connected", async () => {
    const [one, two] = [await engine.workspace(), await engine.workspace()];
    const { page } = await messenger(one);
    const credentials = { page_id: page, page_access_token: "EAA-other" };
    const answer = await two.post("/channels", { type: "messenger", name: "Mine", credentials });
    assert_problem(answer, 409, 422);
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

describe("catalog items", () => {
  it("live from create to delete", async () => {
    const api = await engine.workspace();
    const input = {
      kind: "menu_item", name: "Crêpe Suzette 🥞", description: "Orange, butter", sku: "CR-1",
      price: { amount_minor: 1250, currency: "USD" }, available: true,
      options: [{ name: "Size", values: ["S", "L"] }], image_urls: ["https://cdn.example.test/c.jpg"],
    };
    const answer = await api.post("/catalog/items", input);
    assert.equal(answer.status, 201);
    assert_resource(answer.json, "item");
    for (const [key, value] of Object.entries(input)) assert.deepEqual(answer.json[key], value, key);
    const path = `/catalog/items/${answer.json.id}`;
    assert.deepEqual(await api.must("GET", path), answer.json);
    const changed = await api.must("PATCH", path, { price: { amount_minor: 1300, currency: "USD" } });
    assert.equal(changed.price.amount_minor, 1300);
    assert.equal(changed.name, input.name);
    assert.ok(changed.updated_at >= answer.json.updated_at);
    assert.equal((await api.delete(path)).status, 204);
    assert_problem(await api.get(path), 404);
    assert_problem(await api.patch(path, { name: "x" }), 404);
    assert_problem(await api.delete(path), 404);
  });

  it("need only a name; PATCH with null clears", async () => {
    const api = await engine.workspace();
    const made = await api.must("POST", "/catalog/items", { name: "Advice" });
    assert.equal(made.price, null);
    assert.equal(made.available, true);
    const priced = { price: { amount_minor: 100, currency: "USD" }, sku: "A" };
    await api.must("PATCH", `/catalog/items/${made.id}`, priced);
    const cleared = await api.must("PATCH", `/catalog/items/${made.id}`, { price: null, sku: null });
    assert.equal(cleared.price, null);
    assert.equal(cleared.sku, null);
  });

  it("come in pages without gap or repetition", async () => {
    const api = await engine.workspace();
    const names = Array.from({ length: 7 }, (_, i) => `Item ${i}`);
    for (const name of names) await api.must("POST", "/catalog/items", { name });
    const seen = [];
    let after = "";
    for (const size of [3, 3, 1]) {
      const page = await api.must("GET", `/catalog/items?limit=3${after}`);
      assert.equal(page.data.length, size);
      seen.push(...page.data.map(({ name }) => name));
      assert.equal(page.next === null, size === 1);
      after = `&after=${encodeURIComponent(page.next)}`;
    }
    assert.deepEqual(seen.toSorted?.() ?? seen.sort(), names);
    const exact = await api.must("GET", "/catalog/items?limit=7");
    assert.equal(exact.next, null, "no page follows a list that is exactly full");
    for (const query of ["limit=0", "limit=-1", "limit=abc", "limit=1e2", "after=garbage!", "after=%00"]) {
      assert_problem(await api.get(`/catalog/items?${query}`), 400, 422);
    }
    const huge = await api.get("/catalog/items?limit=100000000000000000000");
    if (huge.status !== 200) assert_problem(huge, 400, 422);
  });

  const wrong = [
    ["no name", { price: { amount_minor: 1, currency: "USD" } }],
    ["an empty name", { name: "" }],
    ["a name of spaces", { name: "   " }],
    ["a name that is a number", { name: 5 }],
    ["a huge name", { name: "x".repeat(100_000) }],
    ["a price as text", { name: "x", price: "12.50" }],
    ["an amount as text", { name: "x", price: { amount_minor: "1250", currency: "USD" } }],
    ["an amount with a fraction", { name: "x", price: { amount_minor: 12.5, currency: "USD" } }],
    ["a negative amount", { name: "x", price: { amount_minor: -1, currency: "USD" } }],
    ["an amount beyond 2^63", '{"name":"x","price":{"amount_minor":9223372036854775808,"currency":"USD"}}'],
    ["an amount of 1e400", '{"name":"x","price":{"amount_minor":1e400,"currency":"USD"}}'],
    ["a price without currency", { name: "x", price: { amount_minor: 1 } }],
    ["an unknown currency", { name: "x", price: { amount_minor: 1, currency: "XXZ" } }],
    ["an unknown kind", { name: "x", kind: "spell" }],
    ["available as text", { name: "x", available: "yes" }],
    ["image URLs that are no list", { name: "x", image_urls: "https://a.test/x" }],
    ["options that are no list", { name: "x", options: "x" }],
    ["options by their name", { name: "x", options: { size: ["S", "M"] } }],
    ["an option without name", { name: "x", options: [{}] }],
    ["an option with a name that is a number", { name: "x", options: [{ name: 5 }] }],
    ["an option with a price", { name: "x", options: [{ name: "A", price: { amount_minor: 80, currency: "USD" } }] }],
    ["an option's surcharge as text", { name: "x", options: [{ name: "A", price_delta_minor: "80" }] }],
    ["an option's surcharge as a number", { name: "x", options: [{ name: "A", price_delta: 80 }] }],
    ["an option's surcharge without currency", { name: "x", options: [{ name: "A", price_delta: { amount_minor: 80 } }] }],
    ["an option's surcharge in another currency", { name: "x", price: { amount_minor: 475, currency: "USD" },
      options: [{ name: "A", price_delta: { amount_minor: 80, currency: "EUR" } }] }],
    ["an option's surcharge under another key", { name: "x", options: [{ name: "A", extra_cost: 80 }] }],
    ["a script as image URL", { name: "x", image_urls: ["javascript:alert(1)"] }],
  ];
  for (const [what, body] of wrong) {
    it(`refuses ${what}`, async () => {
      const api = await engine.workspace();
      assert_problem(await api.post("/catalog/items", body), 400, 422);
      assert.deepEqual(await api.list("/catalog/items"), []);
    });
  }
});

it("names the option that is wrong", async () => {
  const api = await engine.workspace();
  const options = [{ name: "Large" }, { name: "Oat milk", price_delta: { amount_minor: "80", currency: "USD" } }];
  const answer = await api.post("/catalog/items", { name: "Latte", options });
  assert_problem(answer, 422);
  assert.equal(answer.json.errors[0].pointer, "#/options/1/price_delta");
});

describe("knowledge documents", () => {
  it("live from create to delete", async () => {
    const api = await engine.workspace();
    const input = { title: "Delivery", text: "We deliver within 5 km.\nEvery day." };
    const answer = await api.post("/knowledge/documents", input);
    assert.equal(answer.status, 201);
    assert_resource(answer.json, "doc");
    assert.equal(answer.json.title, input.title);
    assert.equal(answer.json.text, input.text);
    const path = `/knowledge/documents/${answer.json.id}`;
    assert.deepEqual(await api.must("GET", path), answer.json);
    assert.equal((await api.must("PATCH", path, { text: "Pick-up only." })).text, "Pick-up only.");
    assert.deepEqual((await api.list("/knowledge/documents")).map(({ id }) => id), [answer.json.id]);
    assert.equal((await api.delete(path)).status, 204);
    assert_problem(await api.get(path), 404);
  });

  it("come as an upload, too", async () => {
    const api = await engine.workspace();
    const form = new FormData();
    form.append("file", new Blob(["Öffnungszeiten: 9–17"], { type: "text/plain" }), "hours.txt");
    const encoded = new Response(form);
    const headers = { "Content-Type": encoded.headers.get("content-type") };
    const answer = await api.post("/knowledge/documents", Buffer.from(await encoded.arrayBuffer()), headers);
    assert.equal(answer.status, 201, answer.text);
    assert.equal(answer.json.text, "Öffnungszeiten: 9–17");
    assert.ok(answer.json.title.length > 0);
    const binary = await api.post("/knowledge/documents", Buffer.from([0, 1, 255]), { "Content-Type": "text/plain" });
    assert_problem(binary, 400, 415, 422);
  });

  it("refuse what is missing, empty, of a wrong type or huge", async () => {
    const api = await engine.workspace();
    for (const body of [{}, { title: "x" }, { text: "x" }, { title: "", text: "x" }, { title: 1, text: "x" },
      { title: "x", text: ["x"] }, { title: "x", text: "" }, { title: "x".repeat(100_000), text: "x" }]) {
      assert_problem(await api.post("/knowledge/documents", body), 400, 422);
    }
    const huge = await api.post("/knowledge/documents", { title: "x", text: "x".repeat(2_000_000) });
    assert_problem(huge, 400, 413, 422);
    assert.deepEqual(await api.list("/knowledge/documents"), []);
  });
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
    for (const body of [{ name: 5 }, { email: "no-mail" }, { phone: {} }]) {
      assert_problem(await api.patch(`/contacts/${contact.id}`, body), 400, 422);
    }
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
