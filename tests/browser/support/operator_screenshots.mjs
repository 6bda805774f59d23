// `node operator_screenshots.mjs FOLDER`: screenshots of the operator's page in both themes, for people.
// Needs the environment of the browser tests with AURA_BIN and AURA_SIM.
import { mkdirSync } from "node:fs";
import { join } from "node:path";

import { closeBrowser, openBrowser } from "./browser.mjs";
import { enter, OperatorStage } from "./operator_stage.mjs";

const folder = process.argv[2];
mkdirSync(folder, { recursive: true });
const stage = await OperatorStage.open({ talks: 30 });

async function picture(name, options, section, work = async () => {}) {
  const cleanups = [];
  const context = await openBrowser({ after: (cleanup) => cleanups.unshift(cleanup) }, options);
  const { page } = await enter(context, stage, section);
  await page.locator("main h1").waitFor();
  await work(page);
  await page.screenshot({ path: join(folder, `${name}.png`) });
  for (const cleanup of cleanups) await cleanup();
}

const open_conversation = async (page) => {
  await page.keyboard.press("/");
  await page.keyboard.insertText(stage.conversation.id);
  await page.getByRole("row", { name: new RegExp(stage.conversation.id) }).click();
  await page.getByText("apply_event").first().waitFor();
};
const open_tree = async (page) => {
  for (const what of [/^Open \d+$/, /^Open Corner bakery/]) await page.getByRole("button", { name: what }).first().click();
  await page.getByText("conversation").nth(3).waitFor();
};
const tell_of = (id) => async (page) => {
  await page.locator("#search").fill(id);
  await page.keyboard.press("Enter");
  await page.getByText("What happened").waitFor();
};
const tell = tell_of(stage.answer.id);
const follow = async (page) => {
  await page.goto(`${stage.url}/actors${stage.conversation_path}`);
  const drawer = page.getByRole("complementary", { name: "Actor" });
  await drawer.getByRole("button", { name: "Follow from now on" }).click();
  await stage.meta.say(stage.shop.page, stage.people.at(-1), "How much is the espresso?");
  await drawer.getByText("decided").first().waitFor();
  await drawer.getByRole("heading", { name: "Live trace" }).scrollIntoViewIfNeeded();
};

const held = await stage.held_message();

for (const colorScheme of ["light", "dark"]) {
  const wide = { colorScheme, viewport: { width: 1440, height: 940 } };
  const busy = async (page) => {
    for (const person of stage.people.slice(0, 8)) await stage.meta.say(stage.shop.page, person, "How much is the espresso?");
    await page.keyboard.press("r");
    await page.waitForTimeout(4500);
  };
  await picture(`overview-${colorScheme}`, wide, "Overview", busy);
  await picture(`actors-${colorScheme}`, wide, "Actors", open_tree);
  await picture(`actor-${colorScheme}`, wide, "Actors", open_conversation);
  await picture(`message-${colorScheme}`, wide, "Message", tell);
  for (const [name, viewport] of [["narrow", { width: 1280, height: 860 }], ["phone", { width: 390, height: 844 }]]) {
    const options = { colorScheme, viewport };
    await picture(`${name}-actors-${colorScheme}`, options, "Actors", open_tree);
    await picture(`${name}-trace-${colorScheme}`, options, "Actors", follow);
    await picture(`${name}-held-${colorScheme}`, options, "Message", tell_of(held));
    await picture(`${name}-claims-${colorScheme}`, options, "Message", async (page) => {
      await tell_of(stage.from_profile.id)(page);
      await page.getByText("Claims and the rows behind them").scrollIntoViewIfNeeded();
    });
    await picture(`${name}-connections-${colorScheme}`, options, "Connections");
  }
  await picture(`letters-${colorScheme}`, wide, "Dead letters");
  await picture(`connections-${colorScheme}`, wide, "Connections");
  await picture(`storage-${colorScheme}`, wide, "Storage");
  await picture(`settings-${colorScheme}`, wide, "Build and settings");
  await picture(`narrow-${colorScheme}`, { colorScheme, viewport: { width: 1280, height: 860 } }, "Overview");
  await picture(`phone-letters-${colorScheme}`, { colorScheme, viewport: { width: 360, height: 780 } }, "Dead letters");
  await picture(`outage-${colorScheme}`, { colorScheme, viewport: { width: 1280, height: 860 } }, "Overview", async (page) => {
    stage.engine.child.process.kill("SIGSTOP");
    await page.getByText("No answer").waitFor();
    await page.keyboard.press("2");
    await page.getByRole("heading", { name: "Actors", exact: true }).waitFor();
  });
  stage.engine.child.process.kill("SIGCONT");
  await picture(`phone-${colorScheme}`, { colorScheme, viewport: { width: 390, height: 844 } }, "Overview");
}
await stage.close();
await closeBrowser();
