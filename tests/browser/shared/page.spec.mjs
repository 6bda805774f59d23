// Size and requests of the demo page and the script.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { gzipSync } from "node:zlib";
import { openBrowser, openDemo } from "../support/browser.mjs";
import { startTarget } from "../support/target.mjs";

const kWidgetBudget = 15_000;
const kPartBudgets = {
  "more": 5_000, "ar": 1_200, "de": 1_200, "es": 1_200, "fr": 1_200, "it": 1_200, "pt": 1_200,
};
let target;
before(async () => (target = await startTarget()));
after(() => target.close());

const body = async (path) => (await fetch(target.url + path)).text();

test("the widget is at most 15 kB gzipped", async () => {
  const size = gzipSync(await body("/widget.js"), { level: 9 }).length;
  console.log(`widget.js: ${size} bytes gzipped`);
  assert.ok(size > 1_000 && size <= kWidgetBudget, `${size} bytes`);
});

test("what the widget fetches when it is needed is small, and open to other sites' pages", async () => {
  for (const [part, budget] of Object.entries(kPartBudgets)) {
    const answer = await fetch(`${target.url}/widget-${part}.js`);
    assert.match(answer.headers.get("content-type"), /^text\/javascript/);
    if (process.env.AURA_BIN) assert.equal(answer.headers.get("access-control-allow-origin"), "*");
    const size = gzipSync(await answer.text(), { level: 9 }).length;
    assert.ok(size > 300 && size <= budget, `${part}: ${size} bytes`);
  }
});

test("the page has no inline code and asks no other host", async (t) => {
  const html = await body("/demo");
  assert.doesNotMatch(html, /<style|\sstyle=|\son[a-z]+=|<script(?![^>]*\ssrc=)/i);
  const { page, chat } = await openDemo(t, await openBrowser(t), target.url);
  const hosts = new Set();
  page.on("request", (request) => hosts.add(new URL(request.url()).host));
  await page.reload();
  await chat.open();
  assert.deepEqual([...hosts], [new URL(target.url).host]);
});

test("the page shows hours and a priced menu", async (t) => {
  const { page } = await openDemo(t, await openBrowser(t), target.url);
  assert.ok((await page.locator("#visit tbody tr").count()) > 0);
  assert.ok((await page.locator(".card").count()) > 1);
  const prices = await page.locator(".card .price").allTextContents();
  assert.ok(prices.length > 10);
  for (const price of prices) assert.match(price, /\d/);
  await page.getByRole("button", { name: "Ask us anything" }).click();
  await page.getByRole("dialog").waitFor();
});
