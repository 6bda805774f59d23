// Creating workspaces: once per Idempotency-Key; a slug belongs to one workspace.
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { after, before, describe, it } from "node:test";

import { Engine } from "./support/engine.mjs";
import { assert_problem } from "./support/shop.mjs";

let engine;
before(async () => {
  engine = await Engine.start();
});
after(() => engine?.close());

const make = (body, headers) => engine.operator.post("/workspaces", body, headers);
const key = (value = randomUUID()) => ({ "Idempotency-Key": value });
const made_of = async (workspace) => {
  const entries = await engine.operator.list("/audit");
  const subjects = entries.filter(({ action }) => action === "workspace.create").map(({ subject }) => subject);
  return subjects.filter((subject) => subject === workspace).length;
};

describe("POST /workspaces with an Idempotency-Key", () => {
  it("sent again, at once and after a kill, makes one workspace and gives one key", async () => {
    const headers = key();
    const answers = await Promise.all([1, 2, 3, 4].map(() => make({ name: "Once" }, headers)));
    await engine.kill();
    await engine.start();
    answers.push(await make({ name: "Once" }, headers));
    for (const { status, text } of answers) assert.equal(status, 201, text);
    assert.equal(new Set(answers.map(({ text }) => text)).size, 1);
    const { workspace_id, api_key } = answers[0].json;
    assert.equal(await made_of(workspace_id), 1);
    assert.equal((await engine.workspace_api(workspace_id, api_key).must("GET", "")).name, "Once");
  });

  it("with another body is a conflict; another key makes another one", async () => {
    const headers = key();
    const first = await make({ name: "First" }, headers);
    assert.equal(first.status, 201, first.text);
    assert_problem(await make({ name: "Second" }, headers), 409);
    const other = await make({ name: "First" }, key());
    assert.notEqual(other.json.workspace_id, first.json.workspace_id);
    assert_problem(await make({ name: "First" }, key("k".repeat(300))), 400);
  });
});

describe("a slug", () => {
  const assert_taken = (answer) => {
    assert_problem(answer, 409);
    assert.equal(answer.json.errors[0].pointer, "#/slug");
  };

  it("belongs to one workspace, also after a restart", async () => {
    const one = await engine.workspace({ slug: "corner-shop" });
    assert_taken(await make({ name: "Other", slug: "corner-shop" }));
    const other = await engine.workspace({ slug: "other-shop" });
    assert_taken(await other.patch("", { slug: "corner-shop" }));
    await engine.restart();
    assert_taken(await engine.workspace_api(other.id, other.key).patch("", { slug: "corner-shop" }));
    const again = engine.workspace_api(one.id, one.key);
    assert.equal((await again.must("PATCH", "", { slug: "corner-shop", name: "Same" })).slug, "corner-shop");
    await again.must("PATCH", "", { slug: "moved-shop" });
    assert.equal((await make({ name: "New", slug: "corner-shop" })).status, 201, "it was given up");
  });

  it("that nobody chose is made of the name and never in the way", async () => {
    const [one, two] = [await engine.workspace({ name: "Blue Door" }), await engine.workspace({ name: "Blue Door" })];
    const slugs = [(await one.must("GET", "")).slug, (await two.must("GET", "")).slug];
    assert.deepEqual(slugs, ["blue-door", "blue-door-2"]);
    const long = await engine.workspace({ name: "x".repeat(200) });
    const { slug } = await long.must("GET", "");
    assert.equal((await long.must("PATCH", "", { slug })).slug, slug, "what we give is what we take");
  });
});
