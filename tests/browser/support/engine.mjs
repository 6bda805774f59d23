// The real program as a target: started on a free port with its own data directory, killed and started again
// on the same port. With AURA_URL, an engine that is already running is used instead.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";

import { free_port } from "../../e2e/support/engine.mjs";

const kReady = /^aura ready public=(\S+) operator=(\S+)/;
const kStartMs = 60_000;

export class Engine {
  #folder = mkdtempSync(join(tmpdir(), "aura-engine-"));
  #listen;
  #process = null;
  url = "";

  static async start() {
    const engine = new Engine();
    await engine.start();
    return engine;
  }

  async start() {
    this.#listen ??= `127.0.0.1:${await free_port()}`;
    const config = join(this.#folder, "aura.toml");
    writeFileSync(config, `[public]\nlisten = "${this.#listen}"\n[operator]\nlisten = "127.0.0.1:0"\n`);
    const data = join(this.#folder, "data");
    this.#process = spawn(process.env.AURA_BIN, ["serve", "--config", config, "--data", data, "--demo"], {
      stdio: ["ignore", "pipe", process.env.AURA_TEST_LOG ? "inherit" : "ignore"],
    });
    this.url = await this.#ready();
  }

  async kill() {
    this.#process.kill("SIGKILL");
    await once(this.#process, "exit");
  }

  async close() {
    await this.kill();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #ready() {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error("the engine did not become ready")), kStartMs);
      this.#process.once("exit", (code) => reject(new Error(`the engine ended with ${code}`)));
      createInterface({ input: this.#process.stdout }).on("line", (line) => {
        const match = kReady.exec(line);
        if (!match) return;
        clearTimeout(timer);
        resolve(match[1]);
      });
    });
  }
}
