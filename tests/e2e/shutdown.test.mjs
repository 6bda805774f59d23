// SIGTERM under load (F23), and data that this engine must not open: wrong master key, newer format.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { once } from "node:events";
import {
  copyFileSync, existsSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync,
} from "node:fs";
import { connect } from "node:net";
import { join, relative } from "node:path";
import { describe, it } from "node:test";

import { count } from "../faults/rows.mjs";
import { Visitor, webchat } from "./support/chat.mjs";
import { Engine } from "./support/engine.mjs";
import { Meta, new_person } from "./support/meta.mjs";
import { run } from "./support/process.mjs";
import { Sim } from "./support/sim.mjs";
import { inbound, messages_when, messenger, outbound, page_shop } from "./support/shop.mjs";
import { kSlow, until, within } from "./support/wait.mjs";
import { with_load } from "./support/with_load.mjs";

const kRounds = count("F23", "stops");
const kDrainSeconds = 10; // the default of shutdown_seconds

describe("SIGTERM", () => {
  it("under load ends with 0 in time; nothing is lost, nothing is sent twice", async () => {
    await with_load({ people: 8 }, async ({ engine, sim, api, load }) => {
      for (let i = 0; i < kRounds; ++i) {
        const before = load.acked;
        await until("progress", () => load.acked > before + 20);
        const began = performance.now();
        assert.equal(await engine.stop(), 0);
        assert.ok(performance.now() - began <= (kDrainSeconds + 1) * 1000 * kSlow);
        await engine.start();
      }
      await load.finish();
      for (const { person, acked } of load.people) {
        const all = await messages_when("each customer's last word is an answer", api, person, (found) =>
          found.at(-1)?.direction === "out" && outbound(found).every(({ status }) => status !== "queued"), 60);
        assert.deepEqual(inbound(all).map(({ external_id, text }) => ({ mid: external_id, text })), acked);
        const sent = (await sim.accepted(person)).map(({ text }) => text);
        assert.deepEqual(sent, outbound(all).map(({ text }) => text), "each answer once and in order");
        assert.ok(all.every(({ maybe_duplicate }) => !maybe_duplicate));
      }
    });
  });

  it("is shown by /readyz while a request is being finished", async () => {
    const engine = await Engine.start();
    const slow = connect(new URL(engine.url).port, "127.0.0.1");
    slow.write("POST /webhooks/meta HTTP/1.1\r\nHost: aura\r\nContent-Length: 10\r\nExpect: 100-continue\r\n\r\n");
    await once(slow, "data"); // 100 Continue: it waits for the body
    assert.equal((await engine.operator.get("/readyz")).status, 200);
    engine.child.process.kill("SIGTERM");
    const told = await until("not ready", async () => {
      const answer = await engine.operator.get("/readyz");
      return answer.status === 503 && answer;
    });
    assert.match(told.text, /draining/);
    assert.equal((await engine.operator.get("/healthz")).status, 200);
    slow.end("0123456789");
    assert.equal((await within("the end", engine.child.ended)).code, 0);
    await engine.close();
  });

  it("leaves provider calls their time, also if a client that follows reads nothing", async () => {
    const sim = await Sim.start();
    await sim.reset();
    const engine = await Engine.start({
      config: { "channels.meta": { graph_url: sim.url }, runtime: { shutdown_seconds: 4 }, log: { level: "warn" } },
    });
    let deaf;
    try {
      // More events than the sockets' buffers hold.
      const api = await engine.workspace();
      const { widget_key } = await webchat(api);
      const visitor = await Visitor.open(engine, widget_key);
      await visitor.ask("hello");
      const [{ id }] = await api.list("/conversations");
      const text = "\u{1f375}".repeat(4000);
      for (let i = 0; i < 400; ++i) await api.must("POST", `/conversations/${id}/messages`, { text });
      visitor.close();
      const { hostname, port } = new URL(engine.url);
      deaf = connect(Number(port), hostname);
      deaf.on("error", () => {});
      deaf.pause();
      const path = `${new URL(api.base).pathname}/events?after=0`;
      deaf.write(`GET ${path} HTTP/1.1\r\nHost: ${hostname}\r\nAuthorization: Bearer ${api.token}\r\n\r\n`);

      const shop = await messenger(api);
      const meta = new Meta(engine);
      const people = Array.from({ length: 3 }, new_person);
      for (const person of people) await meta.say(shop.page, person, "hello");
      const found = async (person) => (await api.list("/conversations")).find(({ contact }) =>
        contact.identities.some(({ external_id }) => external_id === person));
      await sim.knobs({ latency_min_ms: 700, latency_max_ms: 700 });
      for (const person of people) {
        const conversation = await until("the conversation", () => found(person));
        for (let i = 0; i < 12; ++i)
          await api.must("POST", `/conversations/${conversation.id}/messages`, { text: `${person} ${i}` });
      }
      const began = performance.now();
      assert.equal(await engine.stop(), 0);
      const took = performance.now() - began;
      assert.ok(took > 1500, `the drain had to wait, but took ${took} ms`);
      assert.ok(took <= 5000 * kSlow, `${took} ms`);
      await sim.knobs({ latency_min_ms: 0, latency_max_ms: 0 });
      await engine.start();
      for (const person of people) {
        const all = await messages_when("everything is sent", api, person, (messages) =>
          messages.every(({ status }) => status !== "queued"), 60);
        assert.ok(all.every(({ maybe_duplicate }) => !maybe_duplicate), "no call was cut off");
        const texts = (await sim.accepted(person)).map((one) => one.text).filter((one) => one?.startsWith(person));
        assert.deepEqual(texts, Array.from({ length: 12 }, (_, i) => `${person} ${i}`));
      }
    } finally {
      deaf?.destroy();
      await engine.close();
      await sim.close();
    }
  });

  it("when idle ends at once, and SIGINT does the same", async () => {
    const engine = await Engine.start();
    for (const signal of ["SIGTERM", "SIGINT"]) {
      const began = performance.now();
      const { code } = await engine.child.stop(signal);
      assert.equal(code, 0, signal);
      assert.ok(performance.now() - began < 5000 * kSlow);
      await engine.start();
    }
    await engine.close();
  });
});

describe("other signals", () => {
  it("that scripts send to daemons (reload, reopen the log) do not end the engine", async () => {
    const engine = await Engine.start();
    try {
      for (const signal of ["SIGHUP", "SIGUSR1", "SIGUSR2", "SIGALRM"]) {
        engine.child.process.kill(signal);
        assert.equal((await engine.operator.get("/readyz")).status, 200, signal);
      }
      assert.equal(engine.child.exit, null);
      assert.equal(await engine.stop(), 0);
    } finally {
      await engine.close();
    }
  });

  it("SIGHUP stops the engine whose terminal is closed", async () => {
    const in_terminal = 'exec script -qfec "exec $* 2>>in_terminal.log" /dev/null';
    const engine = await Engine.start({ under: ["sh", "-c", in_terminal, "sh"] });
    try {
      await engine.kill(); // the terminal
      await until("the engine's end", () => engine.operator.get("/healthz").then(() => false, () => true));
      assert.match(readFileSync(join(engine.folder, "in_terminal.log"), "utf8"), /"stopping","signal":1}/);
    } finally {
      await engine.close();
    }
  });
});

// A digest of every file below the folder except the database's own log and lock files.
function digest(folder) {
  const files = [];
  const walk = (at) => {
    for (const entry of readdirSync(at, { withFileTypes: true })) {
      const path = join(at, entry.name);
      if (entry.isDirectory()) walk(path);
      else if (!/^(LOG|LOCK)/.test(entry.name)) {
        files.push(`${relative(folder, path)} ${createHash("sha256").update(readFileSync(path)).digest("hex")}`);
      }
    }
  };
  walk(folder);
  return files.sort();
}

async function refused(engine) {
  const child = engine.spawn();
  const { code } = await until("the refusal", () => child.exit);
  assert.notEqual(code, 0);
  assert.notEqual(code, null, "refused, not crashed");
  return readFileSync(engine.log, "utf8");
}

describe("the master key", () => {
  async function filled() {
    const engine = await Engine.start();
    const { api, page } = await page_shop(engine);
    const person = new_person();
    await new Meta(engine).say(page, person, "kept");
    await messages_when("the message", api, person, (all) => all.length > 0);
    assert.equal(await engine.stop(), 0);
    return { engine, api, person };
  }

  it("of another installation is refused before anything is written", async () => {
    const { engine, api, person } = await filled();
    const other = await Engine.start();
    await other.stop();
    const key = join(engine.data, "master.key");
    renameSync(key, join(engine.folder, "right.key"));
    copyFileSync(join(other.data, "master.key"), key);
    const before = digest(engine.data);
    assert.match(await refused(engine), /key/i);
    assert.deepEqual(digest(engine.data), before);
    copyFileSync(join(engine.folder, "right.key"), key);
    await engine.start();
    await messages_when("the message", api, person, (all) => inbound(all)[0].text === "kept");
    await engine.close();
    await other.close();
  });

  it("that is missing is not made anew over data that needs it", async () => {
    const { engine, api, person } = await filled();
    const key = join(engine.data, "master.key");
    renameSync(key, join(engine.folder, "right.key"));
    assert.match(await refused(engine), /key/i);
    assert.ok(!existsSync(key), "no new key");
    renameSync(join(engine.folder, "right.key"), key);
    await engine.start();
    await messages_when("the message", api, person, (all) => inbound(all)[0].text === "kept");
    await engine.close();
  });

  it("that is damaged is refused with a reason", async () => {
    const { engine } = await filled();
    const key = join(engine.data, "master.key");
    for (const bytes of ["", "short", "x".repeat(10_000)]) {
      writeFileSync(key, bytes);
      assert.match(await refused(engine), /key/i);
    }
    await engine.close();
  });
});

describe("the data directory", () => {
  it("of a later version is refused and left as it was", async () => {
    const engine = await Engine.start();
    await engine.workspace();
    assert.equal(await engine.stop(), 0);
    const made = await run(process.env.AURA_NEWER_FORMAT, [join(engine.data, "db")]);
    assert.equal(made.code, 0, made.stderr);
    const before = digest(engine.data);
    assert.match(await refused(engine), /format|version/);
    assert.deepEqual(digest(engine.data), before);
    await engine.close();
  });

  it("whose keyring is missing is refused and left as it was", async () => {
    const engine = await Engine.start();
    const { api } = await page_shop(engine);
    assert.equal(await engine.stop(), 0);
    const keys = join(engine.data, "keys");
    renameSync(keys, join(engine.folder, "keys"));
    const before = digest(engine.data);
    assert.match(await refused(engine), /not its keyring in .*keys/);
    assert.deepEqual(digest(engine.data), before);
    renameSync(join(engine.folder, "keys"), keys);
    await engine.start();
    await api.must("GET", "/channels");
    await engine.close();
  });

  it("that another engine has open is refused; the first goes on", async () => {
    const engine = await Engine.start();
    const api = await engine.workspace();
    const second = new Engine();
    second.data = engine.data;
    await refused(second);
    assert.equal((await api.get("")).status, 200);
    rmSync(second.folder, { recursive: true, force: true });
    await engine.close();
  });

  it("that cannot be written is refused with its name", async () => {
    const engine = new Engine();
    engine.data = "/proc/aura";
    assert.match(await refused(engine), /\/proc\/aura/);
    await engine.close();
  });

  it("a port that is taken is refused with its number", async () => {
    const engine = await Engine.start();
    const second = new Engine({ config: { public: { listen: engine.config.public.listen } } });
    const { port } = new URL(engine.url);
    assert.match(await refused(second), new RegExp(port));
    await second.close();
    await engine.close();
  });
});
