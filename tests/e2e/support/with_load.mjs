// A shop on every channel under a steady load, for tests that disturb its engine.
import { webchat } from "./chat.mjs";
import { Engine } from "./engine.mjs";
import { kLoadItems, Load } from "./load.mjs";
import { Meta } from "./meta.mjs";
import { add_items, messenger } from "./shop.mjs";
import { Sim } from "./sim.mjs";

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
