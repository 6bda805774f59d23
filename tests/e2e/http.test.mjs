// The public side as an HTTP server: bad bodies at every API route, broken requests, floods and slow senders.
// Every one gets a clear answer, and the next client is served.
import assert from "node:assert/strict";
import { connect } from "node:net";
import { after, before, describe, it } from "node:test";

import { Engine } from "./support/engine.mjs";
import { assert_problem } from "./support/shop.mjs";
import { kSlow, until } from "./support/wait.mjs";

let engine;
let api;
let slow;
before(async () => {
  engine = await Engine.start();
  api = await engine.workspace();
  // A sender that never finishes its header; the last test checks it.
  slow = { socket: raw("POST /webhooks/meta HTTP/1.1\r\nHost: x\r\n"), began: Date.now() };
});
after(() => engine?.close());

// A connection that has sent these bytes; `text` collects the answer.
function raw(bytes) {
  const { hostname, port } = new URL(engine.url);
  const socket = connect(Number(port), hostname);
  socket.text = "";
  socket.ended = false;
  socket.on("data", (part) => (socket.text += part.toString("latin1")));
  socket.on("error", () => (socket.ended = true));
  socket.on("close", () => (socket.ended = true));
  if (bytes) socket.write(bytes);
  return socket;
}

async function status_of(bytes) {
  const socket = raw(bytes);
  await until("an answer or the end", () => socket.text.includes("\r\n\r\n") || socket.ended);
  socket.destroy();
  return Number(/^HTTP\/1\.1 (\d+)/.exec(socket.text)?.[1] ?? 0);
}

const assert_served = async () => assert.equal((await api.get("")).status, 200);
const head = (lines = "") => `Host: x\r\nAuthorization: Bearer ${api.key}\r\n${lines}`;
const target = () => `/api/v1/workspaces/${api.id}`;

describe("a body that is wrong", () => {
  const routes = [["POST", "/channels"], ["POST", "/catalog/items"], ["POST", "/knowledge/documents"], ["PATCH", ""]];
  const bodies = [
    ["nothing", ""], ["no JSON", "hello"], ["half of it", '{"name":'], ["a comma too many", '{"name":"x",}'],
    ["two values", "{}{}"], ["a list", "[]"], ["null", "null"], ["a text", '"x"'], ["a number", "1"],
    ["a depth of 10,000", '{"name":' + "[".repeat(10_000) + "]".repeat(10_000) + "}"],
    ["unclosed brackets", "[".repeat(100_000)],
    ["invalid UTF-8", Buffer.from([0x7b, 0x22, 0x6e, 0x61, 0x6d, 0x65, 0x22, 0x3a, 0x22, 0xff, 0xc3, 0x28, 0x22, 0x7d])],
    ["NUL bytes", Buffer.from('{"name":"a\0b"}')],
    ["a lone surrogate", '{"name":"\\ud800","type":"webchat","title":"\\udfff","text":"\\ud800"}'],
    ["the same key twice", '{"name":"a","name":5,"type":"webchat","title":"t","text":"t"}'],
    ["2 MiB", JSON.stringify({ name: "x".repeat(2 << 20) })],
  ];
  for (const [what, body] of bodies) {
    it(`(${what}) is refused at every route, and nothing is made`, async () => {
      for (const [method, path] of routes) {
        if (what === "the same key twice" && path === "") continue;
        const answer = await api.call(method, path, body).catch((error) => error);
        if (answer instanceof Error) assert.equal(what, "2 MiB", `${answer}`);
        else assert_problem(answer, 400, 413, 422);
      }
      for (const path of ["/channels", "/catalog/items", "/knowledge/documents"]) {
        assert.deepEqual(await api.list(path), []);
      }
      assert.equal((await api.must("GET", "")).name, "Test shop");
    });
  }

  it("an error says which field, in words, and shows nothing of the inside", async () => {
    const answer = await api.post("/catalog/items", { name: "x", price: { amount_minor: "5", currency: "USD" } });
    assert_problem(answer, 400, 422);
    assert.match(answer.text, /amount_minor/);
    assert.ok(!/rocksdb|caf::|rapidjson|exception|\.cc\b|protobuf/i.test(answer.text), answer.text);
  });
});

describe("a request that is broken", () => {
  const broken = [
    ["Content-Length and Transfer-Encoding", () => `POST ${target()}/channels HTTP/1.1\r\n${head()}Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`, [400]],
    ["two Content-Lengths", () => `POST ${target()}/channels HTTP/1.1\r\n${head()}Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}x`, [400]],
    ["a negative Content-Length", () => `POST ${target()} HTTP/1.1\r\n${head()}Content-Length: -1\r\n\r\n`, [400]],
    ["a Content-Length of letters", () => `POST ${target()} HTTP/1.1\r\n${head()}Content-Length: 5x\r\n\r\nhello`, [400]],
    ["an enormous Content-Length", () => `POST ${target()} HTTP/1.1\r\n${head()}Content-Length: 99999999999999999999\r\n\r\n`, [400, 413]],
    ["a folded header", () => `GET ${target()} HTTP/1.1\r\n${head()}X-A: b\r\n c\r\n\r\n`, [400]],
    ["a space before the colon", () => `GET ${target()} HTTP/1.1\r\n${head()}X-A : b\r\n\r\n`, [400]],
    ["no HTTP at all", () => "hello\r\n\r\n", [400]],
    ["an unknown version", () => `GET ${target()} HTTP/9.9\r\n${head()}\r\n`, [400, 505]],
    ["a NUL in a header", () => `GET ${target()} HTTP/1.1\r\n${head()}X-A: b\0c\r\n\r\n`, [400]],
    ["100 KB of headers", () => `GET ${target()} HTTP/1.1\r\n${head()}X-A: ${"a".repeat(100_000)}\r\n\r\n`, [431, 0]],
    ["10,000 headers", () => `GET ${target()} HTTP/1.1\r\n${head("X-A: b\r\n".repeat(10_000))}\r\n`, [431, 0]],
    ["a target of 100 KB", () => `GET /${"a".repeat(100_000)} HTTP/1.1\r\n${head()}\r\n`, [400, 404, 414, 431, 0]],
    ["a broken chunk", () => `POST ${target()} HTTP/1.1\r\n${head()}Transfer-Encoding: chunked\r\n\r\nzz\r\n`, [400]],
    ["TLS on the plain port", () => Buffer.from("16030100c8010000c40303", "hex"), [400, 0]],
  ];
  for (const [what, bytes, statuses] of broken) {
    it(`(${what}) is refused, and the next client is served`, async () => {
      const socket_status = what.startsWith("TLS") ? await status_of(Buffer.concat([bytes(), Buffer.from("\r\n\r\n")]))
        : await status_of(bytes());
      assert.ok(statuses.includes(socket_status), `${socket_status}`);
      await assert_served();
    });
  }

  it("paths that climb or hide are not found", async () => {
    for (const path of ["/../../etc/passwd", "/%2e%2e/%2e%2e/etc/passwd", "/widget.js/../../x", "//", "/.git/config",
      "/api/v1/workspaces", "/api/v1/workspaces/", `${target()}/channels/../../x`, `${target()}/nonsense`, "/api/v2/x"]) {
      const status = await status_of(`GET ${path} HTTP/1.1\r\n${head()}\r\n`);
      assert.ok([400, 404].includes(status), `${path}: ${status}`);
    }
  });

  it("a method that a route does not have is 405 with the ones it has", async () => {
    const answer = await api.call("DELETE", "/catalog/items");
    assert_problem(answer, 405);
    assert.match(answer.headers.allow, /GET/);
    assert.match(answer.headers.allow, /POST/);
  });
});

describe("a connection", () => {
  it("serves pipelined requests in their order", async () => {
    const paths = ["", "/channels", "/nonsense", "/catalog/items"];
    const socket = raw(paths.map((path) => `GET ${target()}${path} HTTP/1.1\r\n${head()}\r\n`).join(""));
    const statuses = () => [...socket.text.matchAll(/HTTP\/1\.1 (\d+)/g)].map(([, status]) => Number(status));
    await until("four answers", () => statuses().length === 4);
    assert.deepEqual(statuses(), [200, 200, 404, 200]);
    socket.destroy();
  });

  it("takes a body in chunks", async () => {
    const chunk = '{"name":"Chunked"}';
    const half = (text) => `${text.length.toString(16)}\r\n${text}\r\n`;
    const status = await status_of(`POST ${target()}/catalog/items HTTP/1.1\r\n${head()}Content-Type: application/json\r\n` +
      `Transfer-Encoding: chunked\r\n\r\n${half(chunk.slice(0, 7))}${half(chunk.slice(7))}0\r\n\r\n`);
    assert.equal(status, 201);
  });

  it("may be one of 1,000 idle ones; others are served", async () => {
    const sockets = Array.from({ length: 1000 }, () => raw());
    await assert_served();
    for (const socket of sockets) socket.destroy();
    await assert_served();
  });

  it("carries the headers of a careful server", async () => {
    const answer = await api.get("");
    assert.match(answer.headers["content-type"], /^application\/json/);
    assert.equal(answer.headers["x-content-type-options"], "nosniff");
    assert.ok(!/caf|beast|boost/i.test(answer.headers.server ?? ""));
  });

  it("whose header never ends is closed after ten seconds", async () => {
    await until("408 or the end", () => slow.socket.ended || slow.socket.text.includes("408"),
      (15 * 1000 * kSlow - (Date.now() - slow.began)) / 1000 / kSlow);
    await assert_served();
  });
});
