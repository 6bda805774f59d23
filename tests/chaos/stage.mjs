// The setting of chaos: the real engine with one data directory for the whole run, the simulated provider, a
// disk and a clock that can fail, and in each season a new business with its own load.
import { writeFileSync } from "node:fs";
import { join } from "node:path";

import { webchat } from "../e2e/support/chat.mjs";
import { Disk } from "../e2e/support/disk.mjs";
import { Engine, free_port } from "../e2e/support/engine.mjs";
import { kLoadItems, Load } from "../e2e/support/load.mjs";
import { Meta } from "../e2e/support/meta.mjs";
import { Sim } from "../e2e/support/sim.mjs";
import { add_items, messenger } from "../e2e/support/shop.mjs";
import { at_rest, everything_wrong } from "../e2e/support/verdict.mjs";
import { until } from "../e2e/support/wait.mjs";

// A refusal that names no time makes its conversation wait for five minutes, as Meta asks; a call that was cut
// off waits half a minute for its echo, then is sent again.
const kRestSeconds = 330;
const kInFlight = 16; // calls that one account makes at once

const kGoodProvider = {
  echo: true, delivery: true, webhook_duplicate_rate: 0.1, webhook_shuffle: true, latency_min_ms: 2, latency_max_ms: 20,
  latency_tail_rate: 0, error_rate: 0, rate_429: 0, reset_rate: 0, drop_after_accept_rate: 0,
};

export class Stage {
  deaths = 0; // in this season
  #season = 0;

  static async open(seed) {
    const stage = new Stage();
    stage.seed = seed;
    const port = await free_port();
    stage.sim = await Sim.start(`http://127.0.0.1:${port}/webhooks/meta`);
    stage.engine = new Engine({
      config: {
        public: { listen: `127.0.0.1:${port}` },
        "channels.meta": { graph_url: stage.sim.url },
        log: { level: "warn" },
      },
    });
    stage.disk = new Disk(stage.engine.folder);
    stage.clock = join(stage.engine.folder, "clock");
    stage.set_clock("+0");
    await stage.start();
    stage.meta = new Meta(stage.engine);
    ({ page: stage.other_page } = await messenger(await stage.engine.workspace()));
    return stage;
  }

  set_clock(text) {
    writeFileSync(this.clock, text);
  }

  // `failpoint`: where the engine fails in this run, in the format of AURA_FAILPOINT.
  async start(failpoint) {
    const { AURA_DISK_FAULTS } = this.disk.env;
    const env = {
      LD_PRELOAD: `${process.env.AURA_DISK_FAULTS_LIBRARY} ${process.env.AURA_CLOCK_LIBRARY}`,
      AURA_DISK_FAULTS,
      AURA_CLOCK: this.clock,
    };
    if (failpoint) Object.assign(env, { AURA_FAILPOINT: failpoint, AURA_FAILPOINT_SEED: String(this.seed) });
    try {
      await this.engine.start(env);
    } catch (error) {
      if (!failpoint || this.engine.child.exit?.signal !== "SIGKILL") throw error;
      ++this.deaths; // the fault point struck before the engine was ready
      await this.start();
    }
    return Math.round(this.engine.ready_ms);
  }

  // Waits until the engine has died by itself; returns its exit code or signal.
  async death(seconds) {
    const { code, signal } = await until("the engine's end", () => this.engine.child.exit, seconds);
    ++this.deaths;
    return code ?? signal;
  }

  async kill() {
    await this.engine.kill();
    ++this.deaths;
  }

  // Waits until `count` more messages are acknowledged; fails after `seconds`.
  moves(count, seconds) {
    const before = this.load.acked;
    return until("progress", () => this.load.acked >= before + count, seconds);
  }

  // A new business with customers, and a provider that behaves.
  async begin_season() {
    ++this.#season;
    this.deaths = 0;
    await this.sim.reset();
    await this.calm_provider();
    await this.sim.knobs({ seed: this.seed + this.#season });
    this.api = await this.engine.workspace();
    await add_items(this.api, kLoadItems);
    const { page } = await messenger(this.api);
    const { widget_key } = await webchat(this.api);
    this.page = page;
    this.load = new Load({ engine: this.engine, meta: this.meta, api: this.api, page, widget_key });
    this.load.start();
  }

  calm_provider() {
    return this.sim.knobs(kGoodProvider);
  }

  // Ends all faults, waits until everything is at rest, and returns what is wrong.
  async end_season() {
    this.disk.heals();
    this.set_clock("+0");
    await this.calm_provider();
    await this.load.finish();
    const all = await at_rest(this.api, kRestSeconds);
    const ledger = (await this.sim.accepted()).filter(({ page_id }) => page_id === this.page);
    const cut_off = ledger.filter(({ answered }) => answered === false).length;
    const doubles = this.deaths * kInFlight + cut_off;
    return everything_wrong({ load: this.load, api: this.api, engine: this.engine, all, ledger, doubles });
  }

  async close() {
    this.load?.abandon();
    await this.engine.close();
    await this.sim.close();
  }
}
