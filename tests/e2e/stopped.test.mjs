// A process that stands still (SIGSTOP, fault F23), once also for longer than a call may take: it goes on where it
// was. Calls whose time has passed meanwhile are settled by their echoes, never repeated unseen.
import assert from "node:assert/strict";
import { it } from "node:test";

import { count } from "../faults/rows.mjs";
import { at_rest, everything_wrong } from "./support/verdict.mjs";
import { pause, until } from "./support/wait.mjs";
import { moves, with_load } from "./support/with_load.mjs";

const kStops = count("F23", "stops");
const kLongMs = count("F23", "still_ms");
const kShortMs = 500;
const kInFlight = 16; // calls that one account makes at once

it(`stands still ${kStops} times, once for ${kLongMs} ms: nothing lost, nothing sent twice without a flag`, async () => {
  await with_load({}, async ({ engine, sim, api, load }) => {
    await until("progress", () => load.acked > 20);
    for (let round = 0; round < kStops; ++round) {
      engine.child.process.kill("SIGSTOP");
      await pause(round === 0 ? kLongMs : kShortMs);
      engine.child.process.kill("SIGCONT");
      await moves(load);
    }
    await load.finish();
    const all = await at_rest(api, 90);
    const ledger = await sim.accepted();
    const doubles = kLongMs > 20_000 ? kInFlight : 0; // a call may take 20 s
    assert.deepEqual(await everything_wrong({ load, api, engine, all, ledger, doubles }), []);
  });
});
