// A random mixture of faults against the real engine under load:
//
//   ./dev chaos --minutes 10 --seed 7
//
// It runs in seasons of a minute. In each season a new business and its customers meet one fault after the
// other, then a quiet period follows. Then the checks: every acknowledged message must be stored once and in
// order, and every decided answer must be at the provider; an answer may be duplicated only where a call was
// in flight, and must be flagged. The seed chooses the faults and their times; the engine's own timing is not
// reproducible. Exit status 1: something was wrong.
import { parseArgs } from "node:util";

import { seeded } from "../e2e/support/seeded.mjs";
import { kFaults, recovered } from "./faults.mjs";
import { Stage } from "./stage.mjs";

const kSeasonSeconds = 60;

const { values } = parseArgs({
  options: {
    minutes: { type: "string", default: "5" },
    seed: { type: "string", default: String(Date.now() % 1e9) },
    only: { type: "string" }, // only these faults: kill,disk_full
    "promise-more": { type: "boolean", default: false }, // claim a message that nobody wrote; must be reported missing
  },
});
const seconds = Number(values.minutes) * 60;
const seed = Number(values.seed);
const names = values.only ? values.only.split(",") : Object.keys(kFaults);
if (!(seconds > 0) || !Number.isInteger(seed) || names.some((name) => !kFaults[name])) {
  console.error(`chaos: --minutes N --seed S [--only NAME,…] of ${Object.keys(kFaults).join(" ")}`);
  process.exit(2);
}

const next = seeded(seed);
const random = (least, most) => least + Math.floor(next() * (most - least + 1));
const began = performance.now();
const elapsed = () => (performance.now() - began) / 1000;
const say = (line) => console.log(`${elapsed().toFixed(1).padStart(7)} s  ${line}`);

async function season(stage, number) {
  await stage.begin_season();
  await stage.moves(20, 30);
  const end = Math.min(elapsed() + kSeasonSeconds, seconds);
  for (let step = 1; step === 1 || elapsed() < end; ++step) {
    const name = names[random(0, names.length - 1)];
    const saw = await kFaults[name](stage, random);
    say(`season ${number}, step ${step}: ${name}: ${saw}`);
    await recovered(stage);
  }
  if (values["promise-more"]) stage.load.people[0].acked.push({ mid: "m_never", text: "never written" });
  const wrong = await stage.end_season();
  say(`season ${number}: ${stage.load.acked} acknowledged, ${stage.deaths} deaths, ${wrong.length} wrong`);
  return wrong;
}

async function play() {
  console.log(`chaos: seed ${seed}, ${values.minutes} minutes`);
  const stage = await Stage.open(seed);
  try {
    for (let number = 1; number === 1 || elapsed() < seconds; ++number) {
      const wrong = await season(stage, number);
      if (wrong.length === 0) continue;
      for (const line of wrong.slice(0, 20)) console.log(`WRONG: ${line}`);
      return 1;
    }
    return 0;
  } catch (error) {
    console.log(`WRONG: ${error.message}`);
    return 1;
  } finally {
    if (process.env.AURA_E2E_KEEP) console.log(`kept: ${stage.engine.folder}`);
    await stage.close();
  }
}

const status = await play();
console.log(status === 0 ? "chaos: nothing was lost, doubled or out of order" : `chaos: failed; repeat with --seed ${seed}`);
process.exit(status);
