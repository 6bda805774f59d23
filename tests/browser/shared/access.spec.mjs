// Accessibility of the chat and the demo page: keyboard, screen reader, phone, dark mode.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { openBrowser, openDemo } from "../support/browser.mjs";
import { lowContrast } from "../support/contrast.mjs";
import { startTarget } from "../support/target.mjs";

const kPhone = {
  viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true,
};
let target;
before(async () => (target = await startTarget()));
after(() => target.close());

const focusedName = (page) =>
  page.evaluate(() => {
    const inner = document.activeElement?.shadowRoot?.activeElement;
    return inner?.getAttribute("aria-label") ?? inner?.className ?? "";
  });

test("the whole conversation needs only a keyboard", async (t) => {
  const { page, chat } = await openDemo(t, await openBrowser(t), target.url);
  await chat.launcher.waitFor();
  for (let i = 0; i < 60 && (await focusedName(page)) !== "Open chat"; i++) {
    await page.keyboard.press("Tab");
  }
  assert.equal(await focusedName(page), "Open chat");
  await page.keyboard.press("Enter");
  await chat.connected();
  assert.equal(await focusedName(page), "Write a message…");
  await page.keyboard.type("First line");
  await page.keyboard.press("Shift+Enter");
  await page.keyboard.type("second line");
  assert.equal(await chat.input.inputValue(), "First line\nsecond line");
  await page.keyboard.press("Enter");
  await chat.delivery("second line", "sent");
  assert.equal(await chat.input.inputValue(), "");
  await page.keyboard.press("Escape");
  await chat.dialog.waitFor({ state: "hidden" });
  // The button's name counts an answer that arrives at this moment.
  assert.match(await focusedName(page), /^Open chat( \(1 unread\))?$/);
});

test("tab stays inside the open dialog, in both directions", async (t) => {
  const { page, chat } = await openDemo(t, await openBrowser(t), target.url);
  await chat.open();
  await chat.input.fill("x");
  const walk = async (key) => {
    const seen = new Set();
    for (let i = 0; i < 24; i++) {  // three times round
      await page.keyboard.press(key);
      const outside = await page.evaluate(() => {
        const outer = document.activeElement;
        const inner = outer?.shadowRoot?.activeElement;
        if (inner?.closest("[role=dialog]")) return null;
        return (inner ?? outer)?.outerHTML.slice(0, 200) ?? "nothing has it";
      });
      assert.equal(outside, null, `focus left the dialog at ${key} ${i} after ${[...seen]}`);
      seen.add(await focusedName(page));
    }
    return [...seen].sort();
  };
  const forward = await walk("Tab");
  assert.deepEqual(await walk("Shift+Tab"), forward);
  for (const name of ["Close chat", "Attach a file", "Write a message…", "Send", "Conversation"]) {
    assert.ok(forward.includes(name), `${name} is not reachable`);
  }
});

test("roles, names and states", async (t) => {
  const { page, chat } = await openDemo(t, await openBrowser(t), target.url);
  assert.equal(await chat.launcher.getAttribute("aria-expanded"), "false");
  assert.equal(await chat.dialog.count(), 0);
  await chat.open();
  assert.equal(await chat.launcher.getAttribute("aria-expanded"), "true");
  assert.match(await chat.dialog.getAttribute("aria-label"), /^Chat with ./);
  assert.equal(await chat.log.getAttribute("aria-live"), "polite");
  assert.equal(await chat.log.getAttribute("aria-busy"), "false");
  assert.match(await chat.status.textContent(), /assistant/i);
  await page.getByRole("button", { name: "Send", exact: true }).waitFor();
  await chat.send("hello");
  await chat.theirs.first().waitFor();
  assert.match(await chat.mine.first().textContent(), /^You: /);
  assert.match(await chat.theirs.first().textContent(), /^Assistant: /);
  const unnamed = await page.evaluate(() => {
    const roots = [document, document.querySelector("#aura-chat").shadowRoot];
    const all = roots.flatMap((r) => [...r.querySelectorAll("button,a,input,textarea,img,[role=img]")]);
    // A picture with an empty alt is decorative; a picture without alt is an error.
    const named = (e) => e.getAttribute("aria-label") || e.textContent.trim() || e.alt ||
      (e.tagName === "IMG" && e.getAttribute("alt") === "");
    return all
      .filter((e) => e.checkVisibility({ visibilityProperty: true }) && !named(e))
      .map((e) => e.outerHTML);
  });
  assert.deepEqual(unnamed, []);
  const levels = await page.evaluate(() => [...document.querySelectorAll("h1,h2,h3")].map((h) => +h.tagName[1]));
  assert.equal(levels.filter((level) => level === 1).length, 1);
  levels.forEach((level, i) => assert.ok(i === 0 || level - levels[i - 1] <= 1, "a heading level is skipped"));
});

test("focus can be seen", async (t) => {
  const { page, chat } = await openDemo(t, await openBrowser(t), target.url);
  await chat.open();
  for (let i = 0; i < 5; i++) {
    await page.keyboard.press("Tab");
    const width = await page.evaluate(() =>
      parseFloat(getComputedStyle(document.activeElement.shadowRoot.activeElement).outlineWidth));
    assert.ok(width >= 2, `${await focusedName(page)} shows no focus`);
  }
});

for (const colorScheme of ["light", "dark"]) {
  test(`text has contrast AA in ${colorScheme}`, async (t) => {
    const context = await openBrowser(t, { colorScheme, reducedMotion: "reduce" });
    const { page, chat } = await openDemo(t, context, target.url);
    await chat.open();
    assert.deepEqual(await lowContrast(page), []);
    await chat.send("How much is the chocolate cake?");
    await chat.reply(/cake/i);
    assert.deepEqual(await lowContrast(page), []);
    const paper = await chat.dialog.evaluate((e) => getComputedStyle(e).backgroundColor);
    assert.equal(paper === "rgb(255, 255, 255)", colorScheme === "light");
  });
}

test("on a phone the chat fills the screen and focus never zooms", async (t) => {
  const { page, chat } = await openDemo(t, await openBrowser(t, kPhone), target.url);
  await chat.open();
  await page.waitForFunction(() => {
    const panel = document.querySelector("#aura-chat").shadowRoot.querySelector("[role=dialog]");
    const box = panel.getBoundingClientRect();
    return box.x === 0 && box.y === 0 && box.width === innerWidth && box.height === innerHeight;
  });
  const size = await chat.input.evaluate((e) => parseFloat(getComputedStyle(e).fontSize));
  assert.ok(size >= 16);
  const small = await chat.dialog.evaluate((panel) =>
    [...panel.querySelectorAll("button")]
      .filter((b) => b.getClientRects().length && b.getBoundingClientRect().height < 40)
      .map((b) => b.className));
  assert.deepEqual(small, []);
  await chat.send("How much is the chocolate cake?");
  await chat.reply(/cake/i);
  await page.getByRole("button", { name: "Close chat" }).click();
  await chat.dialog.waitFor({ state: "hidden" });
  assert.equal(await page.evaluate(() => document.documentElement.style.overflow), "");
});

test("reduced motion: nothing moves", async (t) => {
  const context = await openBrowser(t, { reducedMotion: "reduce" });
  const { page, chat } = await openDemo(t, context, target.url);
  await chat.open();
  await chat.send("hello");
  await chat.theirs.first().waitFor();
  const moving = await page.evaluate(() => document.getAnimations().length);
  assert.equal(moving, 0);
});

test("no page width needs sideways scrolling", async (t) => {
  for (const width of [320, 390, 768, 1280]) {
    const context = await openBrowser(t, { viewport: { width, height: 800 } });
    const { page } = await openDemo(t, context, target.url);
    const overflow = await page.evaluate(() => {
      const edge = document.documentElement.clientWidth;
      return [...document.querySelectorAll("main *, footer *")]
        .filter((e) => !e.closest(".jump, .favourites, svg") && e.getBoundingClientRect().right > edge + 1)
        .map((e) => e.className || e.tagName);
    });
    assert.deepEqual(overflow, [], `at ${width}px`);
  }
});
