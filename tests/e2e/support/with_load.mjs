// A shop on every channel under a steady load, for tests that disturb its engine.
import assert from "node:assert/strict";

import { webchat } from "./chat.mjs";
import { Engine } from "./engine.mjs";
import { kLoadItems, Load } from "./load.mjs";
import { Meta } from "./meta.mjs";
import { add_items, messenger } from "./shop.mjs";
import { Sim } from "./sim.mjs";
import { at_rest, everything_wrong } from "./verdict.mjs";
import { until } from "./wait.mjs";

/** Starts an engine and a load on it, runs `act` and closes both. `options`: of Engine.start. */
export async function with_load({ people = 6, visitors = 2, ...options }, act) {
  const sim = await Sim.start();
  await sim.reset();
  const engine = await Engine.start({ ...options, config: { "channels.meta": { graph_url: sim.url }, log: { level: "warn" } } });
  let load;
  try {
    const api = await engine.workspace();
    await add_items(api, kLoadItems);
    const { page } = await messenger(api);
    const { widget_key } = await webchat(api);
    load = new Load({ engine, meta: new Meta(engine), api, page, widget_key });
    load.start({ people, visitors });
    await act({ engine, sim, api, load });
  } finally {
    load?.abandon();
    await engine.close();
    await sim.close();
  }
}

/** Runs a load, disturbs it with `act`, and checks at the end that everything acknowledged is kept, nothing doubled. */
export function load_survives(options, act) {
  return with_load(options, async ({ engine, sim, api, load }) => {
    await until("progress", () => load.acked > 20);
    await act({ engine, load });
    await load.finish();
    const all = await at_rest(api, 60);
    const ledger = await sim.accepted();
    assert.deepEqual(await everything_wrong({ load, api, engine, all, ledger, doubles: 0 }), []);
  });
}

export async function moves(load, count = 20) {
  const before = load.acked;
  await until("progress", () => load.acked > before + count);
}
