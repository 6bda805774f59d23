// A child process that announces itself with one line on standard output. Its standard error goes to a file,
// in which tests search for secrets.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, openSync, writeSync } from "node:fs";
import { createInterface } from "node:readline";

import { kPatience, kSlow, within } from "./wait.mjs";

// Children that a failed test leaves behind are killed with this process, and do not keep it running.
const running = new Set();
process.once("exit", () => running.forEach((child) => child.kill("SIGKILL")));

const kRunMs = 200_000; // less than ctest waits

export const now_ms = () => Number(process.hrtime.bigint() / 1000n) / 1000; // monotonic

export class Child {
  exit = null; // {code, signal, at_ms} once it has ended; at_ms as now_ms()

  constructor(program, args, { env = {}, cwd, log }) {
    const file = openSync(log, "a");
    this.process = spawn(program, args, {
      cwd,
      env: { ...process.env, ...env },
      stdio: ["ignore", "pipe", file],
    });
    this.ended = once(this.process, "exit").then(([code, signal]) => {
      this.exit = { code, signal, at_ms: now_ms() };
      running.delete(this.process);
      closeSync(file);
      return this.exit;
    });
    this.lines = createInterface({ input: this.process.stdout });
    this.lines.on("line", (line) => this.exit ?? writeSync(file, line + "\n"));
    running.add(this.process);
    this.process.unref();
    this.process.stdout.unref();
  }

  // Waits for the first line that matches `pattern` and returns the match; fails if the process ends before.
  line(pattern, seconds = kPatience) {
    const found = new Promise((resolve, reject) => {
      this.lines.on("line", (line) => {
        const match = pattern.exec(line);
        if (match) resolve(match);
      });
      this.ended.then(({ code, signal }) =>
        reject(new Error(`ended with ${code ?? signal} before ${pattern}`)));
    });
    return within(`a line ${pattern}`, found, seconds);
  }

  async stop(signal, seconds = kPatience) {
    if (!this.exit) this.process.kill(signal);
    return within(`the end after ${signal}`, this.ended, seconds);
  }
}

// Runs a command to its end: {code, stdout, stderr}.
export async function run(program, args, { env = {}, cwd } = {}) {
  const child = spawn(program, args, {
    cwd,
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let stdout = "";
  let stderr = "";
  child.stdout.on("data", (part) => (stdout += part));
  child.stderr.on("data", (part) => (stderr += part));
  const kill = setTimeout(() => child.kill("SIGKILL"), kRunMs * kSlow);
  const [code, signal] = await once(child, "close");
  clearTimeout(kill);
  return { code: code ?? signal, stdout, stderr };
}
