// The target of the shared specs: the running engine at AURA_URL, the program AURA_BIN, or else the fake
// server.
import { Engine } from "./engine.mjs";
import { FakeServer } from "./fake_server.mjs";

/** A server that the test did not start cannot be killed. */
export const canRestart = !process.env.AURA_URL;

export async function startTarget() {
  if (process.env.AURA_URL) return { url: process.env.AURA_URL, close: async () => {} };
  return process.env.AURA_BIN ? Engine.start() : FakeServer.start();
}
