// Failing actors (F19): an event that makes its conversation fail is retried and then becomes a dead letter;
// no other conversation is affected.
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, it } from "node:test";

import { Engine, kAura } from "./support/engine.mjs";
import { Meta, new_person } from "./support/meta.mjs";
import { run } from "./support/process.mjs";
import { inbound, messages_of, messages_when, page_shop } from "./support/shop.mjs";
import { until } from "./support/wait.mjs";

const kAttempts = 3; // then an event is a dead letter

let engine;
let meta;
let shop;
let person;
// One engine per test: messages that one test left in the outbox would hit the faults of the next.
beforeEach(async () => {
  engine = await Engine.start();
  meta = new Meta(engine);
  shop = await page_shop(engine);
});
afterEach(() => engine?.close());

const letters = () => engine.operator.list("/dead-letters");
const arrives = (text) => messages_when(`"${text}"`, shop.api, person, (all) =>
  inbound(all).some((one) => one.text === text), 20);

async function failing(times) {
  person = new_person();
  await engine.restart({ AURA_FAILPOINT: `conversation_commit:error:n=${times}` });
}

it("an event whose actor fails once is processed by the next incarnation", async () => {
  await failing(1);
  await meta.say(shop.page, person, "try again");
  await arrives("try again");
  assert.equal(inbound(await messages_of(shop.api, person)).length, 1);
  assert.deepEqual(await letters(), []);
  const rows = await engine.operator.must("GET", "/actors?kind=conversation&depth=9");
  const [row] = (rows.data ?? rows).filter(({ restarts }) => restarts > 0);
  assert.ok(row, "the restart is counted");
  assert.ok(row.last_failure.length > 0);
});

it("an event that always kills its actor becomes a dead letter; what follows is processed", async () => {
  await failing(kAttempts);
  await meta.say(shop.page, person, "poison");
  const letter = await until("the dead letter", async () => (await letters())[0]);
  assert.equal(letter.tries, kAttempts);
  await meta.say(shop.page, person, "fine");
  await arrives("fine");
  const neighbour = new_person();
  await meta.say(shop.page, neighbour, "beside");
  await messages_when("the neighbour", shop.api, neighbour, (all) => all.length > 0);
  assert.deepEqual(inbound(await messages_of(shop.api, person)).map(({ text }) => text), ["fine"]);
  await engine.operator.must("POST", `/dead-letters/${letter.id}/retry`);
  await arrives("poison");
  await until("no dead letter", async () => (await letters()).length === 0);
  for (const audit of [await engine.operator.list("/audit"), await shop.api.list("/audit")]) {
    const noted = audit.filter(({ action }) => action === "dead_letter.retry");
    assert.deepEqual(noted.map(({ actor, subject }) => [actor, subject]), [["operator", letter.id]]);
  }
});

it("a fault point that does not exist is refused, with the names of those that do", async () => {
  const { code, stderr } = await run(kAura, ["serve", "--data", join(engine.folder, "other")],
    { env: { AURA_FAILPOINT: "S4:kill,S99:kill" } });
  assert.equal(code, 2, stderr);
  const root = new URL("../../", import.meta.url).pathname;
  const named = new Set();
  for (const layer of ["actors", "net", "runtime", "storage"]) {
    for (const file of readdirSync(join(root, layer), { recursive: true })) {
      if (!file.endsWith(".cc")) continue;
      const code = readFileSync(join(root, layer, file), "utf8");
      for (const [, name] of code.matchAll(/fault::point\("(\w+)"\)/g)) named.add(name);
    }
  }
  const known = /'S99'; there are ([\w, ]+)/.exec(stderr)[1].split(", ");
  assert.deepEqual(known.toSorted(), [...named].toSorted());
});

it("a kill in the middle of the attempts forgets nothing", async () => {
  await failing(1000);
  await meta.say(shop.page, person, "kept");
  await until("a dead letter or the attempts", async () => (await letters()).length > 0);
  await engine.kill();
  await engine.start();
  const [letter] = await letters();
  await engine.operator.must("POST", `/dead-letters/${letter.id}/retry`);
  await arrives("kept");
  assert.deepEqual(await letters(), []);
});
