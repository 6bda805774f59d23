// Bit rot under the real program (fault F6): one bit of a killed engine's data is flipped. Either everything stored
// reads back, or the damage is told, by a refused start or by refused reads and the end of all writing; a message
// is never silently missing. A damaged backup is refused by the file's name. AURA_E2E_SEED repeats the bits.
import assert from "node:assert/strict";
import { cpSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { after, afterEach, before, describe, it } from "node:test";

import { count } from "../faults/rows.mjs";
import { Engine, kAura } from "./support/engine.mjs";
import { envelope, message, Meta, new_person } from "./support/meta.mjs";
import { run } from "./support/process.mjs";
import { seeded } from "./support/seeded.mjs";
import { inbound, messages_of, messages_when, page_shop } from "./support/shop.mjs";
import { until } from "./support/wait.mjs";

// A log's last record, if damaged, cannot be told from one that a power cut left half written: it is not tried.
const kKinds = [
  { name: "log", pattern: /\.log$/, part: 0.9, least_told: 0.8 },
  { name: "table", pattern: /\.sst$/, part: 1, least_told: 0 },
  { name: "MANIFEST", pattern: /^MANIFEST/, part: 1, least_told: 0.5 },
  { name: "CURRENT", pattern: /^CURRENT/, part: 1, least_told: 0.5 },
];
const kPlaces = ["db", "keys"].flatMap((database) => kKinds.map((kind) => ({ database, ...kind })));
const kTimes = Math.ceil(count("F6", "flips") / (kPlaces.length + 1)); // a kind of file, the backup one of them
const kSeed = Number(process.env.AURA_E2E_SEED ?? Date.now() % 1e9);

const random = seeded(kSeed);
const person = new_person();
const texts = Array.from({ length: 60 }, (_, i) => `message ${i}`);
let engine;
let meta;
let api;
let page;
let sound; // a copy of the data with full tables and full logs
before(async () => {
  console.log(`# seed ${kSeed}`);
  engine = await Engine.start();
  ({ api, page } = await page_shop(engine));
  meta = new Meta(engine);
  await write(texts.slice(0, 30));
  await engine.start(); // moves the log's content into tables
  await write(texts.slice(30));
  sound = join(engine.folder, "sound");
  cpSync(engine.data, sound, { recursive: true });
});
after(() => engine?.close());
afterEach(restore);

async function write(part) {
  for (const text of part) {
    await meta.say(page, person, text);
    await meta.say(page, new_person(), text); // adds a key
  }
  await messages_when("all", api, person, (all) => inbound(all).some(({ text }) => text === part.at(-1)));
  await engine.kill();
}

async function restore() {
  if (!engine.child.exit) await engine.kill();
  rmSync(engine.data, { recursive: true, force: true });
  cpSync(sound, engine.data, { recursive: true });
}

// The largest file of a kind in one of the two databases.
function file_of(database, pattern) {
  const folder = join(engine.data, database);
  const files = readdirSync(folder).filter((name) => pattern.test(name)).map((name) => join(folder, name));
  return files.sort((a, b) => statSync(b).size - statSync(a).size)[0];
}

// Returns which bit it was.
function flip(file, part = 1) {
  const bytes = readFileSync(file);
  const [at, bit] = [Math.floor(bytes.length * part * random()), Math.floor(8 * random())];
  bytes[at] ^= 1 << bit;
  writeFileSync(file, bytes);
  return `bit ${bit} of byte ${at} of ${bytes.length} of ${basename(file)}`;
}

// Starts the engine and reads: returns "whole", or what is said about the damage.
async function outcome(what) {
  const logged = readFileSync(engine.log).length;
  const said = () => readFileSync(engine.log).subarray(logged).toString("utf8");
  try {
    await engine.start();
  } catch {
    assert.ok(engine.child.exit.code > 0, `${what}: ended with ${JSON.stringify(engine.child.exit)}: ${said()}`);
    return said();
  }
  let found;
  try {
    found = inbound(await messages_of(api, person)).map(({ text }) => text);
  } catch (error) {
    assert.equal((await engine.operator.get("/readyz")).status, 503, `${what}: read, and the operator is not told`);
    const answer = await meta.post(envelope({ page, events: [message(page, person, "more")] }));
    assert.equal(answer.status, 503, `${what}: written to what is damaged`);
    return `${error.message} ${said()}`;
  }
  assert.deepEqual(found, texts, `${what}: messages are missing and nobody is told`);
  return "whole";
}

describe(`a flipped bit (${kTimes} each)`, () => {
  for (const { database, name, pattern, part, least_told } of kPlaces) {
    it(`in a ${name} of ${database} is told, or nothing is missing`, async () => {
      let told = 0;
      for (let times = 0; times < kTimes; ++times) {
        const what = flip(file_of(database, pattern), part);
        const words = await outcome(what);
        assert.match(words, /^whole$|[Cc]orrupt|damaged|MANIFEST|CURRENT/, what);
        if (name === "log") assert.match(words, /^whole$|\d\.log is damaged/, what);
        told += words === "whole" ? 0 : 1;
        await restore();
      }
      console.log(`# ${database} ${name}: ${told} of ${kTimes} told`);
      assert.ok(told >= least_told * kTimes, `only ${told} of ${kTimes} told`);
    });
  }

  it("in a backup is refused by the file's name", async () => {
    const backup = join(engine.folder, "backup");
    assert.equal((await run(kAura, ["backup", backup, "--data", engine.data])).code, 0);
    const files = readdirSync(backup, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
    for (let times = 0; times < kTimes; ++times) {
      const file = files[Math.floor(random() * files.length)];
      const bytes = readFileSync(file);
      if (bytes.length === 0) continue;
      const what = flip(file);
      const data = join(engine.folder, `restored${times}`);
      mkdirSync(data);
      cpSync(join(engine.data, "master.key"), join(data, "master.key"));
      // A restore reads the kept logs only for a position between two backups.
      const restore_reads_it = !file.includes("/log/");
      const commands = [["verify", backup, "--data", engine.data], ["restore", backup, "--data", data]];
      for (const args of commands.slice(0, restore_reads_it ? 2 : 1)) {
        const { code, stdout, stderr } = await run(kAura, args);
        assert.equal(code, 1, `${what} of ${file}: ${args[0]}: ${stdout}${stderr}`);
        assert.match(stdout + stderr, /was altered|not whole|has \d+ bytes|orrupt/, what);
      }
      assert.deepEqual(readdirSync(data), ["master.key"], "nothing is restored from it");
      writeFileSync(file, bytes);
    }
    await until("the sound backup is whole", async () =>
      (await run(kAura, ["verify", backup, "--data", engine.data])).code === 0, 1);
  });
});
