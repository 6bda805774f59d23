// A stand-in for the engine: serves the demo page and speaks the web chat protocol. Its memory survives
// stop() and start(), as the engine's disk would. Its options make it misbehave on purpose.
import { execFileSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { free_port } from "../../e2e/support/engine.mjs";
import { WebSocketServer } from "./deps.mjs";

const kTypes = { html: "text/html", js: "text/javascript", css: "text/css", svg: "image/svg+xml" };
export const kPolicy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; " +
  "connect-src 'self'; base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'";

const replyTo = (text) =>
  /how much|price|cuánto|combien/i.test(text)
    ? "The Chocolate Cake is $6.50."
    : "I am not sure about that. Would you like to talk to a person?";

export class FakeServer {
  /** `intercept(frame, visitor)` may return "drop" (no answer), "hold" (stored and broadcast, no
   *  ack), "close" (stored, link cut before the ack), or an object to send instead of storing. */
  intercept = () => undefined;
  /** Broadcasts a visitor's message also to the sender's own socket, before the ack. */
  broadcastFirst = false;
  /** Sends messages without their client id. */
  anonymous = false;
  replies = true;
  received = [];
  pages = {};
  /** The visitor's upload limits; null: no uploads. */
  uploads = { max_bytes: 1_000_000, max_files: 3 };
  /** Answers an upload with [status, body] instead of storing it; "drop": does not answer. */
  refuseUpload = () => undefined;
  files = new Map();
  /** The catalog's items by id. */
  items = new Map();

  #visitors = new Map();
  #sockets = new Map();
  #next = 1;
  #port = 0;
  #server = null;

  static async start() {
    const server = new FakeServer();
    const folder = mkdtempSync(join(tmpdir(), "aura-fixture-"));
    execFileSync(process.env.AURA_FIXTURE, [folder]);
    const names = readdirSync(folder).filter((name) => name !== "demo");
    const pictures = readdirSync(join(folder, "demo")).map((name) => `demo/${name}`);
    for (const name of [...names, ...pictures]) {
      server.pages[`/${name}`] = readFileSync(join(folder, name), "utf8");
    }
    rmSync(folder, { recursive: true });
    server.pages["/demo"] = server.pages["/demo.html"];
    await server.start();
    return server;
  }

  get url() {
    return `http://127.0.0.1:${this.#port}`;
  }

  async start() {
    this.#server = createServer((request, response) => this.#serve(request, response));
    const chat = new WebSocketServer({ noServer: true });
    this.#server.on("upgrade", (request, socket, head) =>
      chat.handleUpgrade(request, socket, head, (ws) => this.#joined(ws, request)));
    this.#port ||= await free_port();
    this.#server.listen(this.#port, "127.0.0.1");
    await once(this.#server, "listening");
  }

  /** As abrupt as killing the process: no close frames. */
  async kill() {
    this.cutAll();
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, "close");
  }

  cutAll() {
    for (const ws of this.#sockets.keys()) ws.terminate();
  }

  async close() {
    await this.kill();
  }

  stored(text) {
    return [...this.#visitors.values()].flat().filter((m) => m.text === text);
  }

  get visitors() {
    return this.#visitors.size;
  }

  get connections() {
    return this.#sockets.size;
  }

  broadcast(frame) {
    for (const ws of this.#sockets.keys()) ws.send(JSON.stringify(frame));
  }

  /** Sends a message of the business to every visitor and stores it in their history. */
  say(text, more = {}) {
    for (const visitor of this.#visitors.keys()) this.#store(visitor, { text, direction: "out", author: "ai", status: "sent", ...more });
  }

  /** The business has read all messages. */
  readAll() {
    for (const [ws, visitor] of this.#sockets) {
      const last = this.#visitors.get(visitor).at(-1);
      if (last) ws.send(JSON.stringify({ type: "read", message_id: last.id }));
    }
  }

  async #upload(request, response) {
    const parts = [];
    for await (const part of request) parts.push(part);
    const body = Buffer.concat(parts);
    const refused = this.refuseUpload(body);
    if (refused === "drop") return request.destroy();
    const [status, answer] = refused ?? [201, this.#keep(body)];
    response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(answer));
  }

  /** Stores the one file of a multipart/form-data body, as sent by a browser. */
  #keep(body) {
    const start = body.indexOf("\r\n\r\n") + 4;
    const head = body.subarray(0, start).toString();
    const id = `med_${this.#next++}`;
    const type = /content-type: *(\S+)/i.exec(head)?.[1] ?? "application/octet-stream";
    const filename = /filename="([^"]*)"/.exec(head)?.[1] ?? "";
    const bytes = body.subarray(start, body.lastIndexOf("\r\n--"));
    this.files.set(id, { id, type, filename, bytes });
    return { id };
  }

  #attachments(frame) {
    return (frame.attachments ?? []).map(({ upload_id }) => {
      const { type, filename, bytes } = this.files.get(upload_id);
      const kind = type.startsWith("image/") ? "image" : "file";
      return { type: kind, url: `/media/${upload_id}`, filename, mime_type: type, size_bytes: bytes.length, state: "stored" };
    });
  }

  #serve(request, response) {
    const path = new URL(request.url, this.url).pathname;
    if (request.method === "POST" && path.endsWith("/uploads")) {
      void this.#upload(request, response);
      return;
    }
    const file = this.files.get(path.split("/").pop());
    if (file) {
      response.writeHead(200, { "content-type": file.type }).end(file.bytes);
      return;
    }
    const body = this.pages[path];
    if (body === undefined) {
      response.writeHead(404).end();
      return;
    }
    const extension = path.includes(".") ? path.split(".").pop() : "html";
    const headers = { "content-type": `${kTypes[extension]}; charset=utf-8` };
    if (path === "/demo") headers["content-security-policy"] = kPolicy;
    response.writeHead(200, headers).end(body);
  }

  #joined(ws, request) {
    const asked = new URL(request.url, this.url).searchParams.get("visitor");
    const visitor = this.#visitors.has(asked) ? asked : `vt_${this.#next++}`;
    const messages = this.#visitors.get(visitor) ?? [];
    this.#visitors.set(visitor, messages);
    this.#sockets.set(ws, visitor);
    ws.on("close", () => this.#sockets.delete(ws));
    ws.on("error", () => this.#sockets.delete(ws));
    ws.on("message", (data) => this.#frame(ws, visitor, JSON.parse(data.toString())));
    this.#welcome(ws, visitor, visitor, false);
  }

  #welcome(ws, visitor, thread, identified) {
    const messages = this.#visitors.get(thread);
    const conversation = messages.length ? `cv_${thread}` : null;
    const { uploads } = this;
    ws.send(this.#encode({ type: "welcome", visitor, conversation, identified, uploads, messages }));
  }

  /** Continues the socket as the named user; the token remains the visitor's. */
  #identify(ws, visitor, { id, signature }) {
    if (signature !== `signed-${id}`) {
      ws.send(JSON.stringify({ type: "error", code: "identity", detail: "The identity's signature is wrong." }));
      return;
    }
    const user = `user_${id}`;
    if (!this.#visitors.has(user)) this.#visitors.set(user, []);
    this.#sockets.set(ws, user);
    this.#welcome(ws, visitor, user, true);
  }

  #frame(ws, token, frame) {
    if (frame.type === "identify") return this.#identify(ws, token, frame);
    const visitor = this.#sockets.get(ws);
    this.received.push({ visitor, ...frame });
    if (frame.type === "items") {
      const items = frame.ids.map((id) => this.items.get(id)).filter(Boolean);
      ws.send(JSON.stringify({ type: "items", items }));
      return;
    }
    const action = this.intercept(frame, visitor);
    if (action === "drop") return;
    if (frame.type !== "message") return;
    if (typeof action === "object") {
      ws.send(JSON.stringify(action));
      return;
    }
    const known = this.#visitors.get(visitor).find((m) => m.external_id === frame.client_id);
    const fields = { text: frame.text, direction: "in", author: "contact", status: "received", external_id: frame.client_id, attachments: this.#attachments(frame) };
    const message = known ?? this.#store(visitor, fields, this.broadcastFirst || action === "hold" ? null : ws);
    if (action === "hold") return;
    if (action === "close") {
      ws.terminate();
      return;
    }
    ws.send(this.#encode({ type: "ack", client_id: frame.client_id, message }));
    if (!known && this.replies) {
      this.#send(visitor, { type: "typing" });
      this.#store(visitor, { text: replyTo(frame.text), direction: "out", author: "ai", status: "sent" });
    }
  }

  /** Stores a message and sends it to every socket of the visitor, except to the sender, which gets an ack. */
  #store(visitor, fields, sender = null) {
    const id = `msg_${String(this.#next++).padStart(8, "0")}`;
    const message = { id, created_at: new Date().toISOString(), attachments: [], reply_to: null, reactions: [], error: null, ...fields };
    this.#visitors.get(visitor).push(message);
    this.#send(visitor, { type: "message", message }, sender);
    return message;
  }

  #encode(frame) {
    return JSON.stringify(frame, (name, value) =>
      this.anonymous && name === "external_id" ? undefined : value);
  }

  #send(visitor, frame, except = null) {
    for (const [ws, owner] of this.#sockets) {
      if (owner === visitor && ws !== except) ws.send(this.#encode(frame));
    }
  }
}
