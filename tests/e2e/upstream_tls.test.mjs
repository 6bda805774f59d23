// The provider's certificate is wrong (fault F18): expired, for another host, or from an unknown authority.
// Nothing is sent to it, nothing is lost, and TLS is not bypassed; with a valid certificate everything is
// sent.
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import https from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, it } from "node:test";

import { Engine } from "./support/engine.mjs";
import { Meta, new_person } from "./support/meta.mjs";
import { run } from "./support/process.mjs";
import { conversation_of, messages_of, outbound, page_shop } from "./support/shop.mjs";
import { until } from "./support/wait.mjs";

const folder = mkdtempSync(join(tmpdir(), "aura-e2e-ca-"));
const at = (name) => join(folder, name);
let server;
let engine;
const sent = []; // bodies that reached the provider

async function openssl(args, env = {}) {
  const made = await run("openssl", args, { cwd: folder, env });
  assert.equal(made.code, 0, made.stderr);
}

// A certificate signed by `ca` for this host; `env` may set the clock back.
async function certificate(name, { ca = "ca", host = "localhost", env = {} } = {}) {
  writeFileSync(at("san"), `subjectAltName=DNS:${host}`);
  await openssl(["req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-subj", `/CN=${host}`,
    "-keyout", `${name}.key`, "-out", `${name}.csr`]);
  await openssl(["x509", "-req", "-in", `${name}.csr`, "-CA", `${ca}.pem`, "-CAkey", `${ca}.key`, "-CAcreateserial",
    "-days", "2", "-extfile", "san", "-out", `${name}.pem`], env);
}

async function authority(name) {
  await openssl(["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "9",
    "-subj", `/CN=${name}`, "-addext", "basicConstraints=critical,CA:TRUE", "-keyout", `${name}.key`, "-out", `${name}.pem`]);
}

const show = (name) =>
  server.setSecureContext({ key: readFileSync(at(`${name}.key`)), cert: readFileSync(at(`${name}.pem`)) });

before(async () => {
  await authority("ca");
  await authority("stranger");
  writeFileSync(at("clock"), String(-30 * 24 * 3600));
  await certificate("good");
  await certificate("expired", { env: { LD_PRELOAD: process.env.AURA_CLOCK_LIBRARY, AURA_CLOCK: at("clock") } });
  await certificate("elsewhere", { host: "elsewhere.example" });
  await certificate("unknown", { ca: "stranger" });
  server = https.createServer({}, async (request, response) => {
    const parts = [];
    for await (const part of request) parts.push(part);
    const { message } = JSON.parse(Buffer.concat(parts).toString("utf8") || "{}");
    if (message?.text) sent.push(message.text);
    response.setHeader("Content-Type", "application/json");
    response.end(JSON.stringify({ recipient_id: "1", message_id: `m_${sent.length}` }));
  });
  server.on("tlsClientError", () => {});
  await new Promise((resolve) => server.listen(0, "localhost", resolve));
  engine = await Engine.start({
    config: { "channels.meta": { graph_url: `https://localhost:${server.address().port}` } },
    env: { SSL_CERT_FILE: at("ca.pem") },
  });
});
after(async () => {
  await engine?.close();
  server?.closeAllConnections();
  server?.close();
  rmSync(folder, { recursive: true, force: true });
});

for (const [wrong, what] of [["expired", "has expired"], ["elsewhere", "is another host's"], ["unknown", "is of an unknown authority"]]) {
  it(`that ${what} is not spoken to; the message waits for the right one`, async () => {
    server.closeAllConnections();
    show(wrong);
    const { api, page } = await page_shop(engine);
    const person = new_person();
    const before = sent.length;
    await new Meta(engine).say(page, person, "How much is the espresso?");
    const tried = await until("two attempts", async () => {
      const [answer] = outbound(await messages_of(api, person));
      return answer?.attempts?.length >= 2 && answer;
    }, 20);
    assert.equal(tried.status, "queued");
    assert.equal(sent.length, before, "nothing was said");
    show("good");
    await until("it is sent", async () => outbound(await messages_of(api, person))[0].status === "sent", 30);
    assert.ok(await conversation_of(api, person));
    assert.equal(sent.filter((text) => /2\.40/.test(text)).length, before + 1, "once");
  });
}
