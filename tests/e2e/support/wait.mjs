// Waiting for a condition with a deadline: how these tests let time pass.
import assert from "node:assert/strict";

const kPollMs = 15;

// How long a condition may take to come, in seconds. Generous: on a slow machine a test waits, it does not fail.
export const kPatience = 30;

// AURA_E2E_SLOW multiplies every deadline, for sanitizer builds.
export const kSlow = Number(process.env.AURA_E2E_SLOW ?? 1);

export const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

// Calls `look` until it returns something truthy, and returns that; the error names `what` and the last value
// seen.
export async function until(what, look, seconds = kPatience) {
  const deadline = Date.now() + seconds * 1000 * kSlow;
  let seen;
  for (;;) {
    try {
      seen = await look();
      if (seen) return seen;
    } catch (error) {
      seen = error;
    }
    if (Date.now() > deadline) break;
    await pause(kPollMs);
  }
  const last = seen instanceof Error ? seen.message : JSON.stringify(seen);
  throw new Error(`waited ${seconds} s for: ${what}; last seen: ${last}`);
}

// Like until(), with a time budget: logs how long it took and fails if that was too long.
export async function until_within(seconds, what, look) {
  const began = performance.now();
  await until(what, look, seconds * 3);
  const took = (performance.now() - began) / 1000;
  console.log(`# ${what}: ${took.toFixed(2)} s`);
  assert.ok(took <= seconds * kSlow, `${what} after ${took.toFixed(2)} s, not ${seconds}`);
}

export function within(what, promise, seconds = kPatience) {
  let timer;
  const late = new Promise((_, reject) => {
    const message = `waited ${seconds} s for: ${what}`;
    timer = setTimeout(() => reject(new Error(message)), seconds * 1000 * kSlow);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}
