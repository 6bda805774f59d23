// Controls the engine's disk: preloads tests/support/disk_faults.cc and gives it rules through a file.
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { until } from "./wait.mjs";

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

  get struck_file() {
    return `${this.file}.struck`;
  }

  // When the rule first struck, in milliseconds of process.hrtime's clock.
  struck_ms() {
    return Number(BigInt(readFileSync(this.struck_file, "utf8")) / 1000n) / 1000;
  }

  struck(seconds = 10) {
    return until("the disk's fault", () => this.struck_ms(), seconds);
  }
}

export const now_ms = () => Number(process.hrtime.bigint() / 1000n) / 1000;
