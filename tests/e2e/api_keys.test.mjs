// The life of an API key (S13): made, listed, used, limited to reading, revoked.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, describe, it } from "node:test";

import { Engine } from "./support/engine.mjs";
import { Follower } from "./support/events.mjs";
import { until } from "./support/wait.mjs";

const engines = [];
after(() => Promise.all(engines.map((engine) => engine.close())));

async function started() {
  const engine = await Engine.start();
  engines.push(engine);
  return engine;
}

describe("an API key", () => {
  it("is made, listed without its secret, used, and opens nothing once it is revoked", async () => {
    const engine = await started();
    const api = await engine.workspace();
    const keys = `/workspaces/${api.id}/api-keys`;
    const made = await engine.operator.must("POST", keys, { name: "till", expires_in_days: 30 });
    const fresh = engine.workspace_api(api.id, made.api_key);
    assert.equal((await fresh.get("/channels")).status, 200);
    const list = async () => (await engine.operator.must("GET", keys)).data;
    const one = (await list()).find(({ id }) => id === made.id);
    assert.equal(one.name, "till");
    assert.equal(one.scope, "full");
    assert.equal(one.api_key, null);
    assert.ok(Date.parse(one.expires_at) - Date.now() > 29 * 86_400_000);
    assert.ok(Date.now() - Date.parse(one.last_used_at) < 3_600_000, "its use is noted");
    assert.equal((await list()).length, 2);

    const reading = await engine.operator.must("POST", keys, { name: "report", scope: "read" });
    const reader = engine.workspace_api(api.id, reading.api_key);
    assert.equal((await reader.get("/channels")).status, 200);
    const refused = await reader.post("/channels", { type: "webchat", name: "Chat" });
    assert.equal(refused.status, 403);

    const stream = await Follower.open(fresh);
    assert.equal((await engine.operator.delete(`${keys}/${made.id}`)).status, 204);
    await api.must("POST", "/channels", { type: "webchat", name: "Unseen" });
    await until("the end of the revoked key's stream", () => stream.ended);
    assert.deepEqual(stream.events, [], "it tells nothing of what comes after");
    assert.equal((await fresh.get("/channels")).status, 401, "at once");
    assert.equal((await api.get("/channels")).status, 200, "the first key goes on");
    assert.equal((await engine.operator.delete(`${keys}/${made.id}`)).status, 404);
    await engine.restart();
    assert.equal((await engine.workspace_api(api.id, made.api_key).get("/channels")).status, 401);
    const audit = (await engine.operator.must("GET", `/audit?workspace=${api.id}`)).data;
    for (const action of ["api_key.create", "api_key.revoke"])
      assert.ok(audit.some((entry) => entry.action === action && entry.subject === made.id), action);
    assert.ok(!readFileSync(engine.log, "utf8").includes(made.api_key));
    assert.deepEqual(engine.files_with(made.api_key), [], "only its hash is stored");
  });

  it("is refused with a reason if it is wrongly asked for", async () => {
    const engine = await started();
    const api = await engine.workspace();
    const keys = `/workspaces/${api.id}/api-keys`;
    for (const [body, pointer] of [[{}, "/name"], [{ name: "x", expires_in_days: 0 }, "/expires_in_days"],
      [{ name: "x", scope: "everything" }, "/scope"], [{ name: "x", owner: 1 }, "/owner"]]) {
      const answer = await engine.operator.post(keys, body);
      assert.ok(answer.status === 400 || answer.status === 422, JSON.stringify(body));
      assert.ok(answer.text.includes(pointer), answer.text);
    }
    const nobody = keys.replace(api.id, "ws_00000000000000000000000000");
    assert.equal((await engine.operator.post(nobody, { name: "x" })).status, 404);
    assert.equal((await engine.operator.get(nobody)).status, 404);
    assert.equal((await engine.operator.get("/workspaces/nothing/api-keys")).status, 404);
  });
});
