// The operator's page while the engine is dead or hangs: it must never look healthy, whichever section is open.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { Engine } from "../../e2e/support/engine.mjs";
import { openBrowser } from "../support/browser.mjs";
import { enter } from "../support/operator_stage.mjs";

let engine;
before(async () => { engine = await Engine.start(); });
after(() => engine?.close());

async function visit(t, section) {
  if (engine.child.exit) await engine.start();  // a test before this one failed
  const context = await openBrowser(t);
  const { page } = await enter(context, { url: engine.operator_url, token: engine.operator_token() }, section);
  const health = page.locator("header .health");
  const says = (text) => health.filter({ hasText: text }).waitFor();
  await says("Ready");
  return { page, health, says };
}

for (const section of ["Overview", "Message", "Build and settings"]) {
  test(`${section}: the engine dies, and comes back`, async (t) => {
    const { page, health, says } = await visit(t, section);
    await engine.kill();
    await says("No answer");
    assert.match(await health.getAttribute("class"), /bad/);
    await page.keyboard.press("2");
    await page.getByRole("heading", { name: "Actors", exact: true }).waitFor();
    await page.locator("main").getByText("The engine does not answer").waitFor();
    assert.equal(await page.locator("main tr").count(), 0, "nothing of the section before");
    await engine.start();
    await says("Ready");
    await page.getByRole("row", { name: /engine/ }).first().waitFor();
  });
}

test("a still section that could not be loaded appears once the engine answers", async (t) => {
  const { page, says } = await visit(t, "Overview");
  await engine.kill();
  await says("No answer");
  await page.keyboard.press("8");
  await page.getByRole("heading", { name: "Build and settings" }).waitFor();
  await engine.start();
  await page.getByText("channels.meta.app_secret").waitFor();
});

test("a paused page shows the outage too", async (t) => {
  const { page, says } = await visit(t, "Overview");
  await page.keyboard.press("p");
  await engine.kill();
  await says("No answer");
  await engine.start();
  await says("Ready");
});

test("an engine that hangs gives no answer", async (t) => {
  const { says } = await visit(t, "Storage");
  engine.child.process.kill("SIGSTOP");
  t.after(() => engine.child.process.kill("SIGCONT"));
  await says("No answer");
  engine.child.process.kill("SIGCONT");
  await says("Ready");
});
