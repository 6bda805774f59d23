// The faults: each runs to its end, leaves everything working, and returns a short description of what it
// saw. `random(least, most)` returns a whole number.
import { cpSync, mkdirSync, rmSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";

import { kAura } from "../e2e/support/engine.mjs";
import { envelope, message, new_person } from "../e2e/support/meta.mjs";
import { run } from "../e2e/support/process.mjs";
import { pause, until } from "../e2e/support/wait.mjs";

const kExitStorageFailed = 75;
const kPoints = ["S0", "S1", "S2", "S4", "S5", "S6", "S7", "S8", "S9", "S10"];
const kFloodEvents = 200; // in one body

function demand(holds, what) {
  if (!holds) throw new Error(what);
}

async function disk_dies(stage, rule) {
  stage.disk.does(rule);
  const code = await stage.death(30);
  stage.disk.heals();
  demand(code === kExitStorageFailed, `${rule}: ended with ${code}, not ${kExitStorageFailed}`);
  return `${rule}: 75, ready after ${await stage.start()} ms`;
}

// The provider behaves like this for a while.
async function provider(stage, random, knobs) {
  await stage.sim.knobs(knobs);
  await pause(random(500, 4000));
  await stage.calm_provider();
  return JSON.stringify(knobs);
}

const rate = (random) => random(10, 100) / 100;

// Connections from many addresses; every second one has begun a request.
function open_crowd(stage, count) {
  const { hostname, port } = new URL(stage.engine.url);
  return Array.from({ length: count }, (_, i) => {
    const localAddress = `127.3.${Math.floor(i / 200)}.${1 + (i % 200)}`;
    const socket = connect({ host: hostname, port: Number(port), localAddress });
    socket.on("error", () => {});
    if (i % 2) socket.write("POST /webhooks/meta HTTP/1.1\r\nX-Slow: ");
    return socket;
  });
}

export const kFaults = {
  async kill(stage, random) {
    await pause(random(0, 800));
    await stage.kill();
    return `ready after ${await stage.start()} ms`;
  },
  async power_cut(stage, random) {
    await pause(random(0, 800));
    await stage.kill();
    const lost = stage.disk.cuts_power(stage.engine.data);
    return `${lost} bytes were not synced, ready after ${await stage.start()} ms`;
  },
  async failpoint(stage, random) {
    const point = `${kPoints[random(0, kPoints.length - 1)]}:kill:after=${random(1, 300)}`;
    await stage.kill();
    await stage.start(point);
    const died = await stage.death(3).catch(() => null);
    if (!died) return `${point}: not reached`;
    return `${point}: ${died}, ready after ${await stage.start()} ms`;
  },
  async actor_fails(stage, random) {
    const point = `conversation_commit:error:n=${random(1, 2)}:after=${random(0, 50)}`;
    await stage.kill();
    await stage.start(point);
    await stage.moves(10, 30);
    return point;
  },
  async terminate(stage) {
    const code = await stage.engine.stop();
    demand(code === 0, `SIGTERM ended with ${code}`);
    return `0, ready after ${await stage.start()} ms`;
  },
  async stand_still(stage, random) {
    const ms = random(100, 5000);
    stage.engine.child.process.kill("SIGSTOP");
    await pause(ms);
    stage.engine.child.process.kill("SIGCONT");
    return `${ms} ms`;
  },
  sync_fails: (stage, random) => disk_dies(stage, `sync EIO after ${random(0, 50)}`),
  write_fails: (stage, random) => disk_dies(stage, `write EIO after ${random(0, 50)}`),
  async disk_full(stage, random) {
    stage.disk.does("write ENOSPC");
    await pause(random(200, 3000));
    stage.disk.heals();
    const began = performance.now();
    await stage.moves(1, 5);
    demand(!stage.engine.child.exit, "a full disk ended the engine");
    return `takes messages again after ${Math.round(performance.now() - began)} ms`;
  },
  async disk_slow(stage, random) {
    const ms = random(20, 600);
    stage.disk.does(`sync delay ${ms}`);
    await pause(random(500, 4000));
    stage.disk.heals();
    return `${ms} ms a sync`;
  },
  async clock_jumps(stage, random) {
    const seconds = random(-3, 3);
    stage.set_clock(`${seconds}`);
    await pause(random(200, 2000));
    stage.set_clock("+0");
    return `${seconds} s`;
  },
  provider_errors: (stage, random) => provider(stage, random, { error_rate: rate(random) }),
  provider_limits: (stage, random) => provider(stage, random, { rate_429: rate(random), retry_after_seconds: random(0, 2) }),
  provider_resets: (stage, random) => provider(stage, random, { reset_rate: rate(random) }),
  provider_drops: (stage, random) => provider(stage, random, { drop_after_accept_rate: rate(random) }),
  provider_slow: (stage, random) => provider(stage, random, { latency_min_ms: 500, latency_max_ms: random(600, 5000) }),
  async crowd(stage, random) {
    const sockets = open_crowd(stage, random(100, 2000));
    await pause(random(200, 2000));
    for (const socket of sockets) socket.destroy();
    return `${sockets.length} connections`;
  },
  async drip(stage, random) {
    const sockets = open_crowd(stage, random(50, 500));
    const ends = Date.now() + random(500, 4000);
    while (Date.now() < ends) {
      for (const socket of sockets) socket.write("x");
      await pause(100);
    }
    for (const socket of sockets) socket.destroy();
    return `${sockets.length} connections`;
  },
  // Another business gets far more than can be processed at once.
  async flood(stage, random) {
    const page = stage.other_page;
    const event = () => message(page, new_person(), "flood ".repeat(50));
    const bodies = Array.from({ length: random(5, 40) }, () =>
      envelope({ page, events: Array.from({ length: kFloodEvents }, event) }));
    const answers = await Promise.all(bodies.map((body) => stage.meta.post(body)));
    for (const { status } of answers) demand([200, 503].includes(status), `a flood was answered with ${status}`);
    const refused = answers.filter(({ status }) => status === 503);
    return `${answers.length * kFloodEvents} events, ${refused.length} bodies refused`;
  },
  // A kill in the middle of a backup may make it fail; the next one is whole and can be restored.
  async backup(stage, random) {
    const { engine } = stage;
    const folder = join(engine.folder, "backups");
    const copy = join(engine.folder, "restored");
    const make = () => run(kAura, ["backup", folder, "--data", engine.data, "--operator", engine.operator_url]);
    const first = make();
    await pause(random(0, 150));
    await stage.kill();
    const { code } = await first;
    await stage.start();
    const second = await make();
    demand(second.code === 0, `the backup after a kill: ${second.stderr}`);
    mkdirSync(copy);
    cpSync(join(engine.data, "master.key"), join(copy, "master.key"));
    for (const args of [["restore", folder, "--data", copy], ["verify", copy]]) {
      const done = await run(kAura, args);
      demand(done.code === 0, `${args[0]}: ${done.stdout}${done.stderr}`);
    }
    rmSync(copy, { recursive: true });
    return `${code === 0 ? "whole" : "cut off"}, then whole and restored`;
  },
};

// After each fault the engine must be alive and acknowledge again.
export async function recovered(stage) {
  await until("an acknowledgement after the fault", () => stage.engine.child.exit || stage.moves(5, 30), 35);
  demand(!stage.engine.child.exit, `the engine ended with ${JSON.stringify(stage.engine.child.exit)}`);
}
