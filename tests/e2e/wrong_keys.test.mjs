// Floods of wrong keys from one address (S15): slowed with 429, and the right key goes on working.
import assert from "node:assert/strict";
import { after, before, it } from "node:test";

import { Engine } from "./support/engine.mjs";
import { Client } from "./support/http.mjs";
import { assert_problem } from "./support/shop.mjs";

let engine;
let shop;
before(async () => {
  engine = await Engine.start();
  shop = await engine.workspace({ name: "Tried" });
});
after(() => engine?.close());

// Expects that a few hundred tries are not all looked at, while `right` is.
async function flood(wrong, right) {
  const statuses = new Set();
  for (let i = 0; i < 30; ++i) {
    const answers = await Promise.all(Array.from({ length: 10 }, wrong));
    for (const answer of answers) {
      statuses.add(answer.status);
      assert_problem(answer, answer.status === 429 ? 429 : 401);
      if (answer.status === 429) assert.match(answer.headers["retry-after"], /^[1-9][0-9]*$/);
    }
    assert.equal((await right()).status, 200);
  }
  assert.ok(statuses.has(429));
}

it("API keys", async () => {
  const thief = engine.workspace_api(shop.id, shop.key.slice(0, -1) + "!");
  await flood(() => thief.get("/channels"), () => shop.get("/channels"));
});

it("operator tokens", async () => {
  const thief = new Client(engine.operator_url, "guess");
  await flood(() => thief.get("/actors"), () => engine.operator.get("/actors"));
  thief.close();
});
