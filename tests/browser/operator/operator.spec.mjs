// The operator's page in a real browser, against the real program: what it shows, that the keyboard alone
// suffices, that both themes are readable, and that the page discloses nothing without the token.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { openBrowser } from "../support/browser.mjs";
import { lowContrast } from "../support/contrast.mjs";
import { enter, kSecretText, OperatorStage } from "../support/operator_stage.mjs";

const kSections = ["Overview", "Actors", "Connections", "Dead letters", "Faults", "Storage", "Message", "Build and settings"];

let stage;
before(async () => { stage = await OperatorStage.open(); });
after(() => stage?.close());

// `provoked`: the console message about a refusal that the test causes on purpose.
async function visit(t, section, { provoked, ...options } = {}) {
  const context = await openBrowser(t, options);
  const { page, problems } = await enter(context, stage, section);
  t.after(() => assert.deepEqual(problems.filter((text) => !provoked?.test(text)), []));
  return page;
}

test("a wrong token opens nothing; the right one stays in this tab", async (t) => {
  const context = await openBrowser(t);
  const page = await context.newPage();
  await page.goto(`${stage.url}/`);
  await page.getByLabel("Operator token").fill("wrong");
  await page.getByRole("button", { name: "Look inside" }).click();
  await page.getByText("This token is not the right one.").waitFor();
  await page.getByLabel("Operator token").fill(stage.token);
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: "Overview" }).waitFor();
  await page.reload();
  await page.getByRole("heading", { name: "Overview" }).waitFor();
  const kept = await page.evaluate((token) => Object.values(localStorage).includes(token), stage.token);
  assert.equal(kept, false, "not beyond this tab");
});

test("each section shows what there is, and none of it what customers wrote", async (t) => {
  const page = await visit(t, "Overview");
  const seen = { Overview: /Events in/, Actors: /engine/, Connections: /Page.*active/s, "Dead letters": /unknown account/,
    Faults: /restarted/, Storage: /conversation/, "Build and settings": /channels\.meta\.app_secret\s*set/ };
  for (const [n, section] of kSections.entries()) {
    await page.keyboard.press(String(n + 1));
    await page.getByRole("heading", { name: section, exact: true }).waitFor();
    const text = await page.locator("main").innerText();
    if (seen[section]) assert.match(text, seen[section]);
    assert.ok(!text.includes(kSecretText), section);
  }
});

test("the tree opens down to a conversation, by keyboard alone", async (t) => {
  const page = await visit(t, "Actors");
  for (const what of [/^Open \d+$/, /^Open Corner bakery/]) {
    await page.getByRole("button", { name: what }).first().focus();
    await page.keyboard.press("Enter");
  }
  // A busy conversation also appears among the busiest actors.
  const row = page.getByRole("row", { name: new RegExp(stage.conversation.id) }).first();
  await row.focus();
  await page.keyboard.press("Enter");
  const drawer = page.getByRole("complementary", { name: "Actor" });
  await drawer.getByText("apply_event").first().waitFor();
  await drawer.getByText("committed").first().waitFor();
  await page.keyboard.press("Escape");
  await drawer.waitFor({ state: "hidden" });
  assert.equal(await row.evaluate((element) => element === document.activeElement), true, "back where it came from");
});

test("the address of an actor opens it", async (t) => {
  const context = await openBrowser(t);
  const page = await context.newPage();
  const { data: [actor] } = await stage.engine.operator.must("GET", `/actors?conversation=${stage.conversation.id}&depth=9`);
  await page.goto(`${stage.url}/actors${actor.path}`);
  await page.getByLabel("Operator token").fill(stage.token);
  await page.keyboard.press("Enter");
  const drawer = page.getByRole("complementary", { name: "Actor" });
  await drawer.getByText(actor.path).waitFor();
  await page.getByRole("heading", { name: "Actors", exact: true }).waitFor();
  assert.equal(await drawer.getByRole("button", { name: "resume" }).count(), 0, "it is not paused");
});

test("workspaces and connections are called by their names, beside their ids", async (t) => {
  const page = await visit(t, "Actors");
  for (const what of [/^Open \d+$/, /^Open Corner bakery/]) await page.getByRole("button", { name: what }).first().click();
  for (const name of [/Corner bakery.*ws_/, /Page.*messenger connection.*ch_/]) await page.getByRole("row", { name }).first().waitFor();
  await page.keyboard.press("3");
  await page.getByRole("row", { name: /Page.*messenger.*ch_.*Corner bakery.*ws_/ }).waitFor();
});

test("an id finds its actor", async (t) => {
  const page = await visit(t, "Actors");
  await page.keyboard.press("/");
  await page.keyboard.insertText(stage.conversation.id);
  await page.getByRole("heading", { name: "Found" }).waitFor();
  await page.getByRole("row", { name: new RegExp(stage.conversation.id) }).first().waitFor();
  assert.equal(await page.getByRole("row").count(), 2);
});

test("Esc clears the search, then leaves it; arrows turn a branch", async (t) => {
  const page = await visit(t, "Actors");
  await page.keyboard.press("/");
  await page.keyboard.insertText("engine");
  await page.getByRole("heading", { name: "Found" }).waitFor();
  await page.keyboard.press("Escape");
  await page.getByRole("heading", { name: "Supervision tree" }).waitFor();
  assert.equal(await page.locator("#search").inputValue(), "");
  await page.keyboard.press("Escape");
  const row = page.locator('main tr[data-path="/engine"]');
  await row.getByRole("button", { name: "Close engine" }).waitFor();
  await page.keyboard.press("j");
  await page.keyboard.press("ArrowLeft");
  await row.getByRole("button", { name: "Open engine" }).waitFor();
  await page.keyboard.press("ArrowRight");
  await row.getByRole("button", { name: "Close engine" }).waitFor();
  await page.keyboard.press("1");
  await page.getByRole("heading", { name: "Overview", exact: true }).waitFor();
  await page.getByText("Paused or quarantined").waitFor();
});

test("an order that is refused is not called done", async (t) => {
  const page = await visit(t, "Actors", { provoked: /status of 503/ });
  await page.route("**/restart", (route) => route.fulfill({ status: 503, contentType: "application/problem+json", body: JSON.stringify({ title: "Unavailable", detail: "No restart now." }) }));
  const drawer = page.getByRole("complementary", { name: "Actor" });
  await page.getByRole("row", { name: /ingress/ }).first().click();
  await drawer.getByRole("button", { name: "restart" }).click();
  await page.getByText("No restart now.").waitFor();
  assert.equal(await drawer.getByRole("button", { name: "passivate" }).count(), 0, "the engine always refuses it");
});

test("an order is done and a trace is followed", async (t) => {
  const page = await visit(t, "Actors");
  await page.keyboard.press("/");
  await page.keyboard.insertText(stage.conversation.id);
  await page.getByRole("row", { name: new RegExp(stage.conversation.id) }).click();
  const drawer = page.getByRole("complementary", { name: "Actor" });
  await drawer.getByRole("button", { name: "pause" }).click();
  await drawer.getByText("paused").first().waitFor();
  await drawer.getByRole("button", { name: "resume" }).click();
  await drawer.getByText("running").first().waitFor();
  await drawer.getByRole("button", { name: "Follow from now on" }).click();
  await drawer.getByRole("button", { name: "Stop" }).waitFor();
  await stage.meta.say(stage.shop.page, stage.people.at(-1), "How much is the espresso?");
  await drawer.getByText("decided").first().waitFor();
});

test("a dead letter is tried again and deleted", async (t) => {
  const page = await visit(t, "Dead letters", { provoked: /status of 409/ });
  const rows = page.locator("tbody tr");
  const before = await rows.count();
  await rows.first().getByRole("button", { name: "Delete" }).click();
  await page.getByText("Deleted.").waitFor();
  await page.waitForFunction((count) => document.querySelectorAll("tbody tr").length === count, before - 1);
  await rows.first().getByRole("button", { name: "Retry" }).click();
  await page.getByText(/still not connected/).waitFor();
});

test("a message tells its story; its text only for a reason", async (t) => {
  const page = await visit(t, "Message");
  await page.keyboard.press("/");
  await page.keyboard.insertText(stage.answer.id);
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: "What happened" }).waitFor();
  await page.getByText(/call 1, part 1: sent/).waitFor();
  await page.getByText("Held by an operator").waitFor();
  assert.ok(!(await page.locator("main").innerText()).includes("Chocolate cake"));
  await page.getByRole("button", { name: "Show the text…" }).click();
  await page.getByText(/Chocolate cake/i).first().waitFor();
});

test("nothing is cut off: labels of bars at 1280 pixels, the buttons of a dead letter at 360", async (t) => {
  const page = await visit(t, "Overview");
  await page.locator(".bars small").first().waitFor();
  const cut = await page.locator(".bars small").evaluateAll((all) => all.filter((one) => one.scrollWidth > one.clientWidth).map((one) => one.textContent));
  assert.deepEqual(cut, []);
  const phone = await visit(t, "Dead letters", { viewport: { width: 360, height: 780 } });
  for (const name of ["Retry", "Delete"]) {
    const box = await phone.getByRole("button", { name }).first().boundingBox();
    assert.ok(box.x >= 0 && box.x + box.width <= 360, `${name} ends at ${box.x + box.width}`);
  }
  const hidden = await phone.locator("tbody tr").first().locator("td").evaluateAll((cells) => cells.filter((cell) => {
    const { left, right, top, bottom } = cell.getBoundingClientRect();
    const seen = [left + 10, right - 10].map((x) => document.elementFromPoint(x, (top + bottom) / 2));
    return left < 0 || right > 360 || seen.some((one) => !cell.contains(one));
  }).map((cell) => cell.dataset.head));
  assert.deepEqual(hidden, [], "cells that another one covers");
});

test("a story names the source of each claim: an item, a document or the business's profile", async (t) => {
  const page = await visit(t, "Message");
  const sources = [[stage.answer, stage.answer.claims[0].item_id], [stage.from_document, stage.document.id], [stage.from_profile, "business profile"]];
  for (const [answer, source] of sources) {
    await page.locator("#search").fill(answer.id);
    await page.keyboard.press("Enter");
    await page.getByRole("cell", { name: source }).first().waitFor();
  }
});

test("nothing typed into the search is lost, however slowly the engine answers", async (t) => {
  const page = await visit(t, "Actors");
  await page.route("**/readyz", async (route) => {  // the last answer that a redraw waits for
    await new Promise((done) => setTimeout(done, 150));
    await route.continue();
  });
  await page.keyboard.press("/");
  await page.keyboard.type(stage.conversation.id, { delay: 60 });
  await page.locator(`main tr[data-path$="${stage.conversation.id}"]`).waitFor();
  assert.equal(await page.locator("#search").inputValue(), stage.conversation.id);
});

test("an engine that does not answer and a fault of the page are told apart", async (t) => {
  const page = await visit(t, "Storage", { provoked: /ERR_FAILED|TypeError/ });
  await page.route("**/engine", (route) => route.abort());
  await page.getByText("The engine does not answer; trying again.").waitFor();
  await page.unroute("**/engine");
  await page.route("**/engine", (route) => route.fulfill({ contentType: "application/json", body: "{}" }));
  await page.getByText(/This page has a fault/).waitFor();
});

test("every text is readable in both themes, on a wide screen and a phone", async (t) => {
  for (const colorScheme of ["light", "dark"]) {
    for (const width of [390, 1440]) {
      const page = await visit(t, "Overview", { colorScheme, viewport: { width, height: 900 } });
      for (const key of ["1", "2", "4", "6", "8"]) {
        await page.keyboard.press(key);
        await page.getByRole("heading", { name: kSections[key - 1], exact: true }).waitFor();
        assert.deepEqual(await lowContrast(page), [], `${colorScheme}, section ${key}`);
        const wide = await page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);
        assert.equal(wide, false, `sideways scrolling at ${width}, section ${key}`);
      }
    }
  }
});
