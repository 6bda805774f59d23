// A full disk (fault F3), on a small file system of its own (64 MB, ext4): new work is refused before anything is
// acknowledged, reads and the results of sends continue, and freeing space is enough to resume. Mounting
// needs root; otherwise the test is skipped with a message.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import {
  closeSync, fsyncSync, mkdirSync, openSync, rmSync, statfsSync, truncateSync, writeFileSync, writeSync,
} from "node:fs";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";

import { count } from "../faults/rows.mjs";
import { Engine } from "./support/engine.mjs";
import { message, Meta, new_person, envelope } from "./support/meta.mjs";
import { Sim } from "./support/sim.mjs";
import { inbound, messages_of, messages_when, outbound, page_shop } from "./support/shop.mjs";
import { until_within } from "./support/wait.mjs";

const kFills = count("F3", "fills"); // the last of them to the last byte
const kDiskMb = 64;
const kNoticeSeconds = 1;
const kResumeSeconds = 5;
const is_root = process.getuid() === 0;
if (!is_root) console.log("# SKIPPED: a file system can only be mounted by root");

let engine;
let sim;
let meta;
let shop;
const acked = new Map(); // person → texts

// An ext4 in a file; without loop devices (a container) a file system in memory.
function mount_small(folder, image) {
  writeFileSync(image, "");
  truncateSync(image, kDiskMb << 20);
  try {
    execFileSync("mkfs.ext4", ["-q", "-m", "0", image]);
    execFileSync("mount", ["-o", "loop", image, folder]);
  } catch (error) {
    console.log(`# in memory, not on ext4: ${error.message}`);
    execFileSync("mount", ["-t", "tmpfs", "-o", `size=${kDiskMb}m`, "aura-e2e", folder]);
  }
}

before(async () => {
  if (!is_root) return;
  sim = await Sim.start("http://127.0.0.1:9/webhooks/meta");
  await sim.reset();
  engine = new Engine({ config: { "channels.meta": { graph_url: sim.url }, storage: { write_buffer_mb: 1 } } });
  mkdirSync(engine.data);
  mount_small(engine.data, join(engine.folder, "disk"));
  await engine.start();
  meta = new Meta(engine);
  shop = await page_shop(engine);
});
after(async () => {
  if (!is_root) return;
  if (engine.child && !engine.child.exit) await engine.kill();
  execFileSync("umount", ["-l", engine.data]);
  await engine.close();
  await sim?.close();
});

const filler = () => join(engine.data, "filler");

// Leaves this many bytes free.
function fill(left) {
  const file = openSync(filler(), "a");
  const piece = Buffer.alloc(64 << 10);
  const free = () => {
    const { bavail, bsize } = statfsSync(engine.data);
    return bavail * bsize;
  };
  try {
    while (free() > left + piece.length) writeSync(file, piece);
    while (left === 0 && free() > 0) writeSync(file, piece, 0, 4096);
    fsyncSync(file);
  } catch (error) {
    if (error.code !== "ENOSPC") throw error;
  } finally {
    closeSync(file);
  }
}

async function say(person, text) {
  const answer = await meta.post(envelope({ page: shop.page, events: [message(shop.page, person, text)] }));
  if (answer.status === 200) acked.set(person, [...(acked.get(person) ?? []), text]);
  return answer;
}

const ready = async () => (await engine.operator.get("/readyz")).status === 200;

async function refused_when_full(left, reason) {
  fill(left);
  await until_within(kNoticeSeconds, "not ready", async () => !(await ready()));
  const health = (await engine.operator.get("/readyz")).json;
  assert.match(health.reasons.join(), reason);
  const answer = await say(new_person(), "refused");
  assert.equal(answer.status, 503, answer.text);
  assert.ok(Number(answer.headers["retry-after"]) > 0, "Retry-After");
  assert.equal((await shop.api.post("/catalog/items", { name: "refused" })).status, 503);
  await engine.operator.post("/checkpoint"); // may fail, but harms nothing
}

async function resumed() {
  rmSync(filler());
  await until_within(kResumeSeconds, "ready again", ready);
  const person = new_person();
  await until_within(kResumeSeconds, "a webhook is taken again", async () => (await say(person, "after")).status === 200);
  await messages_when("it is answered", shop.api, person, (all) => outbound(all).length > 0);
}

describe("a full disk", { skip: !is_root }, () => {
  for (let round = 1; round < kFills; ++round) {
    it(`from the reserve on: 503 with Retry-After; sends end, reads go on (${round})`, async () => {
      await sim.knobs({ latency_min_ms: 1500, latency_max_ms: 1500 });
      const person = new_person();
      assert.equal((await say(person, "How much is the chocolate cake?")).status, 200);
      await messages_when("the answer is on its way", shop.api, person, (all) => outbound(all).length > 0);
      await refused_when_full(1 << 20, /disk is nearly full/);
      await messages_when("the send's result is recorded", shop.api, person,
        (all) => outbound(all).some(({ status }) => status === "sent"));
      assert.equal((await shop.api.list("/catalog/items")).length, 3);
      await sim.knobs({ latency_min_ms: 0, latency_max_ms: 0 });
      await resumed();
    });
  }

  it("to the last byte: nothing acknowledged is lost, and it resumes by itself", async () => {
    await refused_when_full(0, /disk is nearly full/);
    assert.equal((await shop.api.get("/conversations")).status, 200);
    await resumed();
    for (const [person, texts] of acked) {
      const stored = inbound(await messages_of(shop.api, person)).map(({ text }) => text);
      assert.deepEqual(stored, texts, person);
    }
    await engine.kill();
    await engine.start();
    for (const [person, texts] of acked) {
      const stored = inbound(await messages_of(shop.api, person)).map(({ text }) => text);
      assert.deepEqual(stored, texts, person);
    }
  });
});
