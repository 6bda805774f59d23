// The agent's sources in the REST API: catalog items and knowledge documents, their
// pages, and what is refused.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";

import { Engine } from "./support/engine.mjs";
import { assert_problem, assert_resource } from "./support/shop.mjs";

let engine;
before(async () => {
  engine = await Engine.start();
});
after(() => engine?.close());

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

  it("stay as they are when a change changes nothing", async () => {
    const api = await engine.workspace();
    const made = await api.must("POST", "/catalog/items", { name: "Advice" });
    assert.deepEqual(await api.must("PATCH", `/catalog/items/${made.id}`, {}), made);
    assert.deepEqual(await api.must("PATCH", `/catalog/items/${made.id}`, { name: "Advice" }), made);
  });

  it("have no SKU when it is empty", async () => {
    const api = await engine.workspace();
    const made = await api.must("POST", "/catalog/items", { name: "Advice", sku: "" });
    assert.equal(made.sku, null);
    const path = `/catalog/items/${made.id}`;
    assert.equal((await api.must("PATCH", path, { sku: "A" })).sku, "A");
    assert.equal((await api.must("PATCH", path, { sku: "" })).sku, null);
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
    for (const limit of ["201", "100000000000000000000"]) { // the longest page is 200
      assert.equal((await api.must("GET", `/catalog/items?limit=${limit}`)).data.length, names.length);
    }
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
    ["an option with an empty name", { name: "x", options: [{ name: "" }] }],
    ["two options of one name", { name: "x", options: [{ name: "A" }, { name: "A" }] }],
    ["an option that takes more off than the price", { name: "x", price: { amount_minor: 100, currency: "USD" },
      options: [{ name: "A", price_delta_minor: -101 }] }],
    ["more options than an item may have", { name: "x", options: Array.from({ length: 101 }, (_, i) => ({ name: `${i}` })) }],
    ["an option's surcharge as text", { name: "x", options: [{ name: "A", price_delta_minor: "80" }] }],
    ["an option's surcharge as a number", { name: "x", options: [{ name: "A", price_delta: 80 }] }],
    ["an option's surcharge without currency", { name: "x", options: [{ name: "A", price_delta: { amount_minor: 80 } }] }],
    ["an option's surcharge in another currency", { name: "x", price: { amount_minor: 475, currency: "USD" },
      options: [{ name: "A", price_delta: { amount_minor: 80, currency: "EUR" } }] }],
    ["an option's surcharge under another key", { name: "x", options: [{ name: "A", extra_cost: 80 }] }],
    ["an option's surcharge in camel case", { name: "x", options: [{ name: "A", extraCost: 80 }] }],
    ["another host's path as image URL", { name: "x", image_urls: ["//a.test/x.png"] }],
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

it("stores options of any other shape", async () => {
  const api = await engine.workspace();
  const shapes = [
    "S, M, L", ["S", "M"], { size: ["S", "M"] }, [{}], [{ name: 5 }], [null],
    [{ name: "A", price: { amount_minor: 80, currency: "USD" } }],
    [{ name: "A", coffee: "arabica", rechargeable: true, costume: "pirate", feed: 1 }],
  ];
  for (const options of shapes) {
    const made = await api.must("POST", "/catalog/items", { name: "x", options });
    assert.deepEqual((await api.must("GET", `/catalog/items/${made.id}`)).options, options);
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
    for (const bytes of ["%PDF-1.4\nplain", "PK\u0003\u0004word"]) {
      const file = new FormData();
      file.append("file", new Blob([bytes]), "menu.pdf");
      const sent = new Response(file);
      assert_problem(await api.post("/knowledge/documents", Buffer.from(await sent.arrayBuffer()),
        { "Content-Type": sent.headers.get("content-type") }), 415);
    }
  });

  it("refuse what is missing, empty, of a wrong type or huge", async () => {
    const api = await engine.workspace();
    for (const body of [{}, { title: "x" }, { text: "x" }, { title: "", text: "x" }, { title: 1, text: "x" },
      { title: "x", text: ["x"] }, { title: "x", text: "" }, { title: "x".repeat(100_000), text: "x" }]) {
      assert_problem(await api.post("/knowledge/documents", body), 400, 422);
    }
    const huge = await api.post("/knowledge/documents", { title: "x", text: "x".repeat(2_000_000) });
    assert_problem(huge, 413);
    assert.deepEqual(await api.list("/knowledge/documents"), []);
  });
});
