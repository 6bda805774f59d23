// Little memory (fault F21): 256 MiB, set as the limit of a control group where that is possible (as root, cgroup v1
// or v2), while twice as much comes in as can be processed. Idle conversations leave memory, then new events are
// refused; the kernel never has to kill the engine, and everything acknowledged is stored once.
import assert from "node:assert/strict";
import { existsSync, mkdirSync, rmdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { it } from "node:test";

import { count } from "../faults/rows.mjs";
import { Engine } from "./support/engine.mjs";
import { envelope, message, Meta, new_person } from "./support/meta.mjs";
import { page_shop } from "./support/shop.mjs";
import { kSlow, pause, until } from "./support/wait.mjs";

const kLimitBytes = 256 << 20;
const kFloodSeconds = count("F21", "seconds");
const kSenders = 16;
const kPerBody = 200;

// A control group with this limit of memory; null if none can be made here.
function limited_group(bytes) {
  const v1 = "/sys/fs/cgroup/memory";
  const [root, file] = existsSync(v1) ? [v1, "memory.limit_in_bytes"] : ["/sys/fs/cgroup", "memory.max"];
  const folder = join(root, `aura-e2e-${process.pid}`);
  try {
    mkdirSync(folder);
    writeFileSync(join(folder, file), String(bytes));
    return folder;
  } catch {
    if (existsSync(folder)) rmdirSync(folder);
    return null;
  }
}

const group = kSlow > 1 ? null : limited_group(kLimitBytes); // a sanitizer needs more
if (!group) console.log("# without a control group (needs root): the peak is measured, not limited");
const under = group ? ["sh", "-c", `echo $$ > ${group}/cgroup.procs && exec "$@"`, "sh"] : [];

// Sends bodies of many customers until the time is over; notes who was taken, by page, and counts refusals.
async function flood(meta, shops, until_ms) {
  const seen = { taken: new Map(shops.map(({ page }) => [page, new Set()])), refused: 0 };
  const send = async (n) => {
    for (let i = 0; Date.now() < until_ms; ++i) {
      const { page } = shops[(n + i) % shops.length];
      const people = Array.from({ length: kPerBody }, new_person);
      const events = people.map((person) => message(page, person, "flood ".repeat(500)));
      const answer = await meta.post(envelope({ page, events }));
      if (answer.status === 200) {
        for (const person of people) seen.taken.get(page).add(person);
      } else {
        assert.equal(answer.status, 503, answer.text);
        assert.ok(Number(answer.headers["retry-after"]) > 0, "when to try again");
        ++seen.refused;
        await pause(20); // a client that does not obey
      }
    }
  };
  await Promise.all(Array.from({ length: kSenders }, (_, n) => send(n)));
  return seen;
}

async function wrong_in_store({ api, page }, taken) {
  const stored = new Map();
  for (const { contact, unread } of await api.list("/conversations?limit=100")) {
    const [{ external_id }] = contact.identities;
    stored.set(external_id, (stored.get(external_id) ?? 0) + unread);
  }
  const wrong = [...taken.get(page)].filter((one) => stored.get(one) !== 1).map((one) => `${one}: taken, not stored once`);
  if (stored.size !== taken.get(page).size) wrong.push(`${stored.size} stored, ${taken.get(page).size} taken`);
  return wrong;
}

it(`is bounded for ${kFloodSeconds} s while more comes in than can be processed`, async () => {
  const engine = await Engine.start({
    under,
    config: {
      storage: { block_cache_mb: 8, write_buffer_mb: 4, backlog_mb: 16 }, runtime: { conversation_idle_seconds: 1 },
      log: { level: "error" },
    },
  });
  try {
    const shops = [await page_shop(engine), await page_shop(engine)];
    const meta = new Meta(engine);
    const { taken, refused } = await flood(meta, shops, Date.now() + kFloodSeconds * 1000);
    assert.equal(engine.child.exit, null, "still there");
    const person = new_person();
    await until("another's message is taken", () => meta.say(shops[0].page, person, "hello").then(() => true));
    taken.get(shops[0].page).add(person);
    await until("all of it is processed", async () => (await engine.metric("aura_events_in_flight")) === 0, 60);
    for (const shop of shops) assert.deepEqual(await wrong_in_store(shop, taken), []);
    await until("idle conversations leave memory", async () =>
      (await engine.operator.must("GET", "/actors?kind=conversation&depth=9&limit=1")).data.length === 0, 20);
    const peak = engine.peak_kib();
    console.log(`# ${[...taken.values()].map(({ size }) => size)} taken, ${refused} bodies refused, peak ${peak >> 10} MiB`);
    assert.ok(refused > 0, "the flood met the limit");
    assert.ok(peak * 1024 <= kLimitBytes * 0.9 * kSlow, `${peak} KiB`);
  } finally {
    await engine.close();
    if (group) await until("the group is empty", () => (rmdirSync(group), true));
  }
});
