// Chromium, with a profile of its own for each test, and the chat as a visitor uses it: elements are found by
// role and name, as a screen reader finds them.
import assert from "node:assert/strict";
import { after } from "node:test";
import { chromium } from "./deps.mjs";

const kFlags = [
  "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
  "--disable-background-networking", "--disable-component-update", "--disable-sync",
];
const kWaitMs = 30_000;

let browser; // one for all tests of a file: starting it takes longer than most tests
export const closeBrowser = async () => (await browser)?.close();
if (process.env.NODE_TEST_CONTEXT) after(closeBrowser);

/** Opens a browser with a fresh profile for the test `t` and closes it when the test ends. */
export async function openBrowser(t, options = {}) {
  browser ??= chromium.launch({
    executablePath: process.env.AURA_CHROMIUM ?? "/usr/bin/chromium",
    headless: true,
    args: kFlags,
  });
  const context = await (await browser).newContext({
    locale: "en-GB",
    viewport: { width: 1280, height: 860 },
    ...options,
  });
  context.setDefaultTimeout(kWaitMs);
  const checks = [];
  t.after(() => {
    const failures = checks.map((check) => check()).filter(Boolean);
    return context.close().then(() => assert.deepEqual(failures, []));
  });
  return Object.assign(context, { checks });
}

/**
 * Opens the demo page in a new tab. Any error of the page (also a policy violation) fails the test, except
 * console errors matching `provoked`, which the test must cause.
 */
export async function openDemo(t, context, url, path = "/demo", provoked = null) {
  const page = await context.newPage();
  const problems = [];
  page.on("pageerror", (error) => problems.push(error.message));
  page.on("console", (message) => {
    // Tests that kill the server cause refused WebSockets.
    if (message.type() === "error" && !/WebSocket|ERR_CONNECTION/.test(message.text())) {
      problems.push(message.text());
    }
  });
  context.checks.push(() => {
    if (provoked && problems.length === 0) return `nothing provoked ${provoked}`;
    return problems.filter((text) => !provoked?.test(text)).join("\n");
  });
  await page.goto(url + path);
  return { page, chat: new Chat(page) };
}

export class Chat {
  constructor(page) {
    this.page = page;
    this.launcher = page.locator(".launcher");
    this.dialog = page.getByRole("dialog");
    this.log = this.dialog.getByRole("log");
    this.input = this.dialog.getByRole("textbox");
    this.mine = this.log.locator(".me");
    this.theirs = this.log.locator(".them:not(.typing)");
    this.status = this.dialog.getByRole("status");
  }

  async open() {
    await this.page.getByRole("button", { name: /^Open chat/ }).click();
    await this.connected();
  }

  connected() {
    return this.page.locator(".aura.connected").waitFor({ state: "attached" });
  }

  disconnected() {
    return this.page.locator(".aura:not(.connected)").waitFor({ state: "attached" });
  }

  async send(text) {
    await this.input.fill(text);
    await this.input.press("Enter");
  }

  bubble(text) {
    return this.mine.filter({ hasText: text });
  }

  /** Waits until the visitor's message shows this state. */
  delivery(text, state) {
    return this.log.locator(`.me.${state}`).filter({ hasText: text }).first().waitFor();
  }

  reply(pattern) {
    return this.theirs.filter({ hasText: pattern }).first().waitFor();
  }

  /** The keys that the widget has stored in the browser. */
  kept() {
    return this.page.evaluate(() =>
      Object.keys(localStorage).concat(Object.keys(sessionStorage)).filter((k) => k.startsWith("aura")));
  }
}

/** Waits for a condition of the test itself (the fake server), not of the page. */
export async function until(condition, what) {
  const end = Date.now() + kWaitMs;
  while (!condition()) {
    assert.ok(Date.now() < end, `waited in vain: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
