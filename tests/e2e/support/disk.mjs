// Controls the engine's disk: preloads tests/support/disk_faults.cc and gives it rules through a file.
import { readFileSync, readdirSync, rmSync, statSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { kPatience, until } from "./wait.mjs";

export class Disk {
  constructor(folder) {
    this.file = join(folder, "disk-faults");
  }

  get env() {
    return { LD_PRELOAD: process.env.AURA_DISK_FAULTS_LIBRARY, AURA_DISK_FAULTS: this.file };
  }

  // "sync EIO after 3", "write ENOSPC", "sync delay 2000".
  does(rule) {
    rmSync(this.struck_file, { force: true });
    writeFileSync(this.file, rule);
  }

  heals() {
    writeFileSync(this.file, "");
  }

  // What a power cut leaves of a killed engine: of each log only what was synced. (Whatever else a database
  // consists of is synced by the database itself before it is named in its MANIFEST.) Returns the bytes lost.
  cuts_power(data) {
    const synced = new Map();
    for (const line of readFileSync(`${this.file}.synced`, "utf8").split("\n")) {
      const [, size, path] = /^(\d+) (.*)$/.exec(line) ?? [];
      if (path) synced.set(path, Number(size));
    }
    let lost = 0;
    for (const database of readdirSync(data, { withFileTypes: true }).filter((entry) => entry.isDirectory())) {
      for (const name of readdirSync(join(data, database.name)).filter((one) => one.endsWith(".log"))) {
        const path = join(data, database.name, name);
        const kept = Math.min(synced.get(path) ?? 0, statSync(path).size);
        lost += statSync(path).size - kept;
        truncateSync(path, kept);
      }
    }
    return lost;
  }

  get struck_file() {
    return `${this.file}.struck`;
  }

  // When the rule first struck, as now_ms().
  struck_ms() {
    return Number(BigInt(readFileSync(this.struck_file, "utf8")) / 1000n) / 1000;
  }

  struck(seconds = kPatience) {
    return until("the disk's fault", () => this.struck_ms(), seconds);
  }
}
