// Concurrent requests: no change overwrites another, and what may happen once happens once.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";

import { webchat } from "./support/chat.mjs";
import { Engine } from "./support/engine.mjs";
import { Meta, new_page, new_person } from "./support/meta.mjs";
import { conversation_of, messenger } from "./support/shop.mjs";
import { until } from "./support/wait.mjs";

const kRounds = 5;

let engine;
let api;
before(async () => {
  engine = await Engine.start();
  api = await engine.workspace();
});
after(() => engine?.close());

async function contact() {
  const { page } = await messenger(api);
  const person = new_person();
  await new Meta(engine).say(page, person, "hello");
  return (await until("the conversation", () => conversation_of(api, person))).contact;
}

describe("PATCHes of different fields at once all last", () => {
  const cases = [
    ["a workspace", async () => "", { name: "N", locale: "fr-FR", timezone: "Europe/Paris", currency: "EUR", slug: "n" }],
    ["a channel", async () => `/channels/${(await webchat(api)).id}`, { name: "N", status: "disabled" }],
    ["an item", async () => `/catalog/items/${(await api.must("POST", "/catalog/items", { name: "x" })).id}`,
      { name: "N", description: "D", sku: "S", available: false, price: { amount_minor: 5, currency: "USD" } }],
    ["a document", async () => `/knowledge/documents/${(await api.must("POST", "/knowledge/documents",
      { title: "x", text: "x" })).id}`, { title: "N", text: "D" }],
    ["a contact", async () => `/contacts/${(await contact()).id}`,
      { name: "N", email: "n@example.test", phone: "+15550001111" }],
  ];
  for (const [what, make, fields] of cases) {
    it(`of ${what}`, async () => {
      for (let round = 0; round < kRounds; ++round) {
        const path = await make();
        const answers = await Promise.all(Object.entries(fields).map(([name, value]) => api.patch(path, { [name]: value })));
        for (const { status, text } of answers) assert.equal(status, 200, text);
        const now = await api.must("GET", path);
        for (const [name, value] of Object.entries(fields)) assert.deepEqual(now[name], value, name);
      }
    });
  }
});

describe("what may happen once", () => {
  it("is deleted once", async () => {
    const makes = [
      ["/catalog/items", { name: "x" }], ["/knowledge/documents", { title: "x", text: "x" }],
      ["/channels", { type: "webchat", name: "x" }],
    ];
    for (const [path, body] of makes) {
      const { id } = await api.must("POST", path, body);
      const statuses = (await Promise.all(Array.from({ length: 8 }, () => api.delete(`${path}/${id}`))))
        .map(({ status }) => status).sort();
      assert.deepEqual(statuses, [204, ...Array(7).fill(404)], path);
    }
  });

  it("a page is connected by one of two workspaces", async () => {
    for (let round = 0; round < kRounds; ++round) {
      const shops = [await engine.workspace(), await engine.workspace()];
      const credentials = { page_id: new_page(), page_access_token: "t" };
      const body = { type: "messenger", name: "Page", credentials };
      const answers = await Promise.all(shops.flatMap((shop) => [shop.post("/channels", body), shop.post("/channels", body)]));
      assert.deepEqual(answers.map(({ status }) => status).sort(), [201, 409, 409, 409]);
    }
  });

  it("a member's messages keep the order in which they were answered", async () => {
    const { id } = await conversation_of(api, (await contact()).identities[0].external_id);
    const path = `/conversations/${id}/messages`;
    const made = await Promise.all(Array.from({ length: 20 }, (_, i) => api.must("POST", path, { text: `${i}` })));
    const stored = (await api.list(path)).filter(({ author }) => author === "member");
    assert.deepEqual(stored.map(({ id: one }) => one), made.map(({ id: one }) => one).sort());
  });
});
