// The real program with its own configuration and data directory. After a stop or a kill it starts again on
// the same ports with the same data.
import { randomInt } from "node:crypto";
import { once } from "node:events";
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { Client } from "./http.mjs";
import { kAppSecret, kVerifyToken } from "./meta.mjs";
import { Child } from "./process.mjs";

export const kAura = process.env.AURA_BIN;
const kReady = /^aura ready public=(https?:\/\/\S+) operator=(http:\/\/\S+)$/;
const kStartSeconds = 30;

// No test uses the internet: providers without a simulator refuse every connection.
const kNobody = "http://127.0.0.1:9";
const default_config = {
  public: { listen: "127.0.0.1:0" },
  operator: { listen: "127.0.0.1:0" },
  "channels.meta": {
    app_id: "900100", app_secret: kAppSecret, verify_token: kVerifyToken, graph_url: kNobody, instagram_url: kNobody,
  },
  "channels.twilio": { api_url: kNobody },
  ai: { reply_debounce_ms: 0 },
  log: { level: "info" },
};

export function to_toml(config) {
  let text = "";
  for (const [table, keys] of Object.entries(config)) {
    text += `[${table}]\n`;
    for (const [key, value] of Object.entries(keys)) text += `${key} = ${JSON.stringify(value)}\n`;
  }
  return text;
}

// A free port, below those that the system chooses from for others: it is still free when a program takes it, and
// when a program that has been stopped takes it again.
export async function free_port() {
  const [end] = readFileSync("/proc/sys/net/ipv4/ip_local_port_range", "utf8").split(/\s/);
  for (;;) {
    const port = randomInt(Math.floor(end / 2), Number(end));
    const server = createServer();
    const listens = once(server.listen(port, "127.0.0.1"), "listening").then(() => true, () => false);
    if (!(await listens)) continue;
    await new Promise((resolve) => server.close(resolve));
    return port;
  }
}

export class Engine {
  folder = mkdtempSync(join(tmpdir(), "aura-e2e-"));
  data = join(this.folder, "data");
  log = join(this.folder, "engine.log");
  url = "";
  operator_url = "";
  ready_ms = 0;
  #clients = [];

  // `config`: tables merged into the default ones; `env`: for this start only; `under`: a program that starts
  // ours (["prlimit", "--nofile=128"]).
  constructor({ config = {}, arguments: extra = [], under = [] } = {}) {
    this.config = structuredClone(default_config);
    this.extra = extra;
    this.under = under;
    for (const [table, keys] of Object.entries(config)) {
      this.config[table] = { ...this.config[table], ...keys };
    }
  }

  static async start(options = {}) {
    const engine = new Engine(options);
    await engine.start(options.env);
    return engine;
  }

  spawn(env = {}) {
    const file = join(this.folder, "aura.toml");
    writeFileSync(file, to_toml(this.config));
    const args = ["serve", "--config", file, "--data", this.data, ...this.extra];
    const [program, ...rest] = [...this.under, kAura, ...args];
    this.child = new Child(program, rest, { env, cwd: this.folder, log: this.log });
    return this.child;
  }

  async start(env = {}) {
    for (const endpoint of [this.config.public, this.config.operator]) {
      if (endpoint.listen === "127.0.0.1:0") endpoint.listen = `127.0.0.1:${await free_port()}`;
    }
    const began = performance.now();
    const [, url, operator_url] = await this.spawn(env).line(kReady, kStartSeconds);
    this.ready_ms = performance.now() - began;
    this.url = url;
    this.operator_url = operator_url;
    this.config.public.listen = new URL(url).host;
    this.config.operator.listen = new URL(operator_url).host;
    for (const client of this.#clients) client.close();
    this.operator ??= this.#client(this.operator_url, this.operator_token());
  }

  operator_token() {
    return this.config.operator.token ?? readFileSync(join(this.data, "operator.token"), "utf8").trim();
  }

  async kill() {
    await this.child.stop("SIGKILL");
  }

  // Stops cleanly; returns the exit code.
  async stop() {
    return (await this.child.stop("SIGTERM")).code;
  }

  async restart(env) {
    const code = await this.stop();
    if (code !== 0) throw new Error(`SIGTERM ended with ${code}`);
    await this.start(env);
  }

  async close() {
    if (this.child && !this.child.exit) await this.kill();
    for (const client of this.#clients) client.close();
    if (!process.env.AURA_E2E_KEEP) rmSync(this.folder, { recursive: true, force: true });
  }

  // Creates a workspace and returns a client of its API; paths are relative to the workspace.
  async workspace(input = {}) {
    const body = { name: "Test shop", currency: "USD", ...input };
    const made = await this.operator.must("POST", "/workspaces", body);
    return this.workspace_api(made.workspace_id, made.api_key);
  }

  workspace_api(id, key) {
    const api = this.#client(`${this.url}/api/v1/workspaces/${id}`, key);
    return Object.assign(api, { id, key });
  }

  #client(base, token) {
    const client = new Client(base, token);
    this.#clients.push(client);
    return client;
  }

  public_client() {
    return this.#client(this.url);
  }

  // The memory that the process has now, and the most that it has had at a time.
  memory_kib() {
    return this.#status("VmRSS");
  }
  peak_kib() {
    return this.#status("VmHWM");
  }
  #status(key) {
    const text = readFileSync(`/proc/${this.child.process.pid}/status`, "utf8");
    return Number(new RegExp(`${key}:\\s+(\\d+)`).exec(text)[1]);
  }

  async metric(name) {
    const text = (await this.operator.get("/metrics")).text;
    let sum = 0;
    for (const line of text.split("\n")) {
      if (line.startsWith(name) && /[ {]/.test(line[name.length])) {
        sum += Number(line.slice(line.lastIndexOf(" ") + 1));
      }
    }
    return sum;
  }

  // The files below the data directory (and the other folders), and the log, that contain the bytes of `canary`.
  files_with(canary, ...folders) {
    const bytes = Buffer.from(canary);
    const files = [this.log];
    const walk = (folder) => {
      for (const entry of readdirSync(folder, { withFileTypes: true })) {
        const path = join(folder, entry.name);
        if (entry.isDirectory()) walk(path);
        else if (entry.isFile()) files.push(path);
      }
    };
    for (const folder of [this.data, ...folders]) walk(folder);
    return files.filter((file) => readFileSync(file).includes(bytes));
  }
}
