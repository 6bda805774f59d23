// The simulated provider (aura-sim), and a proxy that records every call to it.
import { mkdtempSync, rmSync } from "node:fs";
import http from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { Engine, free_port } from "./engine.mjs";
import { Client } from "./http.mjs";
import { kAppSecret } from "./meta.mjs";
import { Child } from "./process.mjs";
import { kPatience, until } from "./wait.mjs";

export class Sim {
  #folder = mkdtempSync(join(tmpdir(), "aura-sim-"));
  #listen;

  constructor(webhook_url) {
    this.webhook_url = webhook_url;
  }

  static async start(webhook_url) {
    const sim = new Sim(webhook_url);
    await sim.start();
    return sim;
  }

  async start() {
    this.#listen ??= `127.0.0.1:${await free_port()}`;
    const args = ["--listen", this.#listen, "--app-secret", kAppSecret, "--exit-with-parent"];
    if (this.webhook_url) args.push("--webhook-url", this.webhook_url);
    this.child = new Child(process.env.AURA_SIM, args, { log: join(this.#folder, "sim.log") });
    const [, url] = await this.child.line(/^aura-sim ready (\S+)/, 30);
    this.url = url;
    this.client = new Client(url);
  }

  stop() {
    return this.child.stop("SIGKILL");
  }

  knobs(changes) {
    return this.client.must("PUT", "/_sim/knobs", changes);
  }

  // Performs customer actions (bench/sim/README.md); returns {ids, webhooks}.
  inbound(what) {
    return this.client.must("POST", "/_sim/inbound", what);
  }

  async reset() {
    await this.client.must("POST", "/_sim/reset");
    await this.knobs({ require_appsecret_proof: true });
  }

  // What was accepted for one person (or for all), in order of acceptance: messages, typing, read marks.
  async ledger(person) {
    const { entries } = await this.client.must("GET", "/_sim/ledger");
    return person ? entries.filter((entry) => entry.recipient === person) : entries;
  }

  // The messages of it.
  async accepted(person) {
    return (await this.ledger(person)).filter((entry) => entry.kind === "message");
  }

  // Waits for at least `count` messages to this person.
  async sent_to(person, count = 1, seconds = kPatience) {
    return until(`${count} message(s) to ${person} at the provider`, async () => {
      const found = await this.accepted(person);
      return found.length >= count ? found : null;
    }, seconds);
  }

  async close() {
    if (!this.child.exit) await this.stop();
    this.client.close();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

// Forwards to the simulator and records {at, recipient, text, status} of each Send API message, and how many of
// them were open at once.
export class Tap {
  calls = [];
  open = 0;
  most_open = 0;

  static async start(sim) {
    const tap = new Tap();
    tap.server = http.createServer((request, response) => tap.#forward(sim, request, response));
    await new Promise((resolve) => tap.server.listen(0, "127.0.0.1", resolve));
    tap.url = `http://127.0.0.1:${tap.server.address().port}`;
    return tap;
  }

  calls_to(person) {
    return this.calls.filter((call) => call.recipient === person);
  }

  async #forward(sim, request, response) {
    const parts = [];
    for await (const part of request) parts.push(part);
    const body = Buffer.concat(parts);
    const call = note_of(body);
    if (call) {
      this.calls.push(Object.assign(call, { headers: request.headers }));
      this.most_open = Math.max(this.most_open, ++this.open);
      response.once("close", () => --this.open);
    }
    const { host, ...headers } = request.headers;
    const onward = http.request(sim.url + request.url, { method: request.method, headers }, (answer) => {
      if (call) call.status = answer.statusCode;
      response.writeHead(answer.statusCode, answer.headers);
      answer.pipe(response);
    });
    onward.on("error", () => request.socket.destroy());
    onward.end(body);
  }

  close() {
    this.server.closeAllConnections();
    this.server.close();
  }
}

function note_of(body) {
  try {
    const { recipient, message } = JSON.parse(body.toString("utf8"));
    if (!message) return null;
    return { at: performance.now(), recipient: recipient.id, text: message.text, status: 0 };
  } catch {
    return null;
  }
}

/**
 * Starts a simulator and an engine that know each other's URLs. `config_of(url)` returns the engine's
 * configuration for the simulator's URL.
 */
export async function start_together(config_of) {
  const listen = `127.0.0.1:${await free_port()}`;
  const sim = await Sim.start(`http://${listen}/webhooks/meta`);
  try {
    const engine = await Engine.start({ config: { public: { listen }, ...config_of(sim.url) } });
    return { sim, engine };
  } catch (error) {
    await sim.close();
    throw error;
  }
}
