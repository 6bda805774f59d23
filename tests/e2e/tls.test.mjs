// TLS on the public side (public.tls_certificate): served, reloaded without a dropped connection when the files
// change, and refused at start when the files are wrong.
import assert from "node:assert/strict";
import { once } from "node:events";
import { mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import net from "node:net";
import { after, before, it } from "node:test";
import tls from "node:tls";
import { Worker } from "node:worker_threads";

import { Engine, kAura } from "./support/engine.mjs";
import { run } from "./support/process.mjs";
import { kSlow, until, within } from "./support/wait.mjs";

const folder = mkdtempSync(join(tmpdir(), "aura-e2e-tls-"));
const certificate = join(folder, "cert.pem");
const key = join(folder, "key.pem");
let engine;

// Creates a self-signed certificate with this name and moves both files into place.
async function make(name) {
  const made = await run("openssl", ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1",
    "-nodes", "-days", "2", "-subj", `/CN=${name}`, "-keyout", `${key}.new`, "-out", `${certificate}.new`]);
  assert.equal(made.code, 0, made.stderr);
  renameSync(`${key}.new`, key);
  renameSync(`${certificate}.new`, certificate);
}

function connect(options = {}) {
  return new Promise((resolve, reject) => {
    const socket = tls.connect({ host: "127.0.0.1", port: Number(new URL(engine.url).port), rejectUnauthorized: false,
      ...options }, () => resolve(socket));
    socket.on("error", reject);
  });
}

async function ask(socket) {
  let text = "";
  const listen = (part) => (text += part);
  socket.on("data", listen);
  socket.write("HEAD /widget.js HTTP/1.1\r\nHost: x\r\n\r\n");
  await until("an answer", () => /\r\n\r\n/.test(text));
  socket.off("data", listen);
  return Number(/^HTTP\/1\.1 (\d+)/.exec(text)[1]);
}

async function name_served() {
  const socket = await connect();
  const { CN } = socket.getPeerCertificate().subject;
  socket.destroy();
  return CN;
}

before(async () => {
  await make("one.example.test");
  engine = await Engine.start({ config: { public: { listen: "127.0.0.1:0", tls_certificate: certificate, tls_key: key } } });
});
it("check-config refuses files that are no certificate and key, and names the key", async () => {
  const config = join(folder, "checked.toml");
  const check = async (certificate, key) => {
    writeFileSync(config, `[public]\ntls_certificate = "${certificate}"\ntls_key = "${key}"\n`);
    return run(kAura, ["check-config", config]);
  };
  assert.equal((await check(certificate, key)).code, 0);
  for (const [a, b] of [[config, key], [certificate, config], [key, certificate]]) {
    const { code, stderr } = await check(a, b);
    assert.equal(code, 2);
    assert.match(stderr, /public\.tls_certificate: is not usable: .*PEM/);
  }
});

after(async () => {
  await engine?.close();
  rmSync(folder, { recursive: true, force: true });
});

it("is served with TLS 1.2 or later and nothing older", async () => {
  const socket = await connect();
  assert.match(socket.getProtocol(), /^TLSv1\.[23]$/);
  assert.equal(await ask(socket), 200);
  socket.destroy();
  await assert.rejects(connect({ minVersion: "TLSv1", maxVersion: "TLSv1.1", ciphers: "DEFAULT@SECLEVEL=0" }));
});

it("takes a new certificate when the files change, and drops nobody", async () => {
  const kept = await Promise.all(Array.from({ length: 20 }, () => connect()));
  const all_ask = async () => assert.deepEqual(new Set(await Promise.all(kept.map(ask))), new Set([200]));
  await all_ask();
  await make("two.example.test");
  await until("the new certificate", async () => {
    await all_ask();
    return (await name_served()) === "two.example.test";
  }, 30);
  await all_ask();
  for (const socket of kept) socket.destroy();
});

// Those who connect and say nothing, or only half of what begins a handshake, must not keep others out (F18).
it("hundreds who never finish their handshake do not keep others out", async () => {
  const port = Number(new URL(engine.url).port);
  const idle = Array.from({ length: 300 }, (_, i) => {
    const socket = net.connect(port, "127.0.0.1");
    socket.on("error", () => {});
    if (i % 2) socket.write(Buffer.from("1603010200", "hex")); // the first five bytes of a ClientHello
    return socket;
  });
  await until("they are there", () => idle.every((socket) => !socket.connecting));
  const began = performance.now();
  const socket = await connect();
  assert.equal(await ask(socket), 200);
  const took = performance.now() - began;
  console.log(`# a handshake and an answer beside 300 idle handshakes: ${took.toFixed(0)} ms`);
  assert.ok(took < 1000 * kSlow, `${took} ms`);
  for (const one of [...idle, socket]) one.destroy();
});

it("a flood of handshakes leaves time for those who are connected", async () => {
  const kept = await connect();
  const flood = new Worker(new URL("support/handshakes.mjs", import.meta.url),
    { workerData: { port: Number(new URL(engine.url).port), at_once: 100 } });
  await within("the flood", once(flood, "message"));
  let slowest = 0;
  for (let i = 0; i < 30; ++i) {
    const began = performance.now();
    assert.equal(await ask(kept), 200);
    slowest = Math.max(slowest, performance.now() - began);
  }
  await flood.terminate();
  kept.destroy();
  console.log(`# slowest answer beside the flood: ${slowest.toFixed(0)} ms`);
  assert.ok(slowest < 1000 * kSlow, `${slowest} ms`);
});

it("keeps the old certificate when the new files are broken", async () => {
  writeFileSync(certificate, "broken");
  const log = () => readFileSync(engine.log, "utf8");
  await until("a word in the log", () => /tls/i.test(log().split("\n").slice(-5).join()), 30);
  assert.equal(await name_served(), "two.example.test");
});

it("wrong files are refused at start", async () => {
  const second = new Engine({ config: { public: { tls_certificate: certificate, tls_key: key } } });
  const child = second.spawn();
  const { code } = await until("the refusal", () => child.exit);
  assert.ok(code > 0, `${code}`);
  await second.close();
});
