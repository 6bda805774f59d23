// The visitor's identity on the host page, storage in the browser, and several tabs.
import assert from "node:assert/strict";
import { test } from "node:test";
import { openBrowser, openDemo, until } from "../support/browser.mjs";
import { FakeServer } from "../support/fake_server.mjs";

/** A plain page with the widget; `attributes` go into its script tag. */
async function visit(t, attributes = "", options = {}) {
  const server = await FakeServer.start();
  t.after(() => server.close());
  server.replies = false;
  const page = (more) => '<!doctype html><html lang="en"><link rel="icon" href="/favicon.svg"><title>Shop</title>' +
    `<script src="/widget.js" data-widget-key="wk_demo" data-name="Shop" ${more}></script><p>Shop</p>`;
  server.pages["/shop"] = page(attributes);
  const context = await openBrowser(t, options);
  const tab = () => openDemo(t, context, server.url, "/shop");
  return { server, context, tab, write: (more) => (server.pages["/shop"] = page(more)), ...(await tab()) };
}

const userAttribute = (id, signature = `signed-${id}`) =>
  `data-user='${JSON.stringify({ id, name: "Ada", email: "ada@x.example", signature })}'`;
const isMessage = (frame) => frame.type === "message";
const identify = (page, identity) => page.evaluate((given) => window.AuraChat.identify(given), identity);

test("the host page's user has one conversation on every device", async (t) => {
  const { server, chat } = await visit(t, userAttribute("u1"));
  await chat.open();
  await chat.send("From my laptop");
  await chat.delivery("From my laptop", "sent");
  assert.equal(server.received.find(isMessage).visitor, "user_u1");
  const phone = await openDemo(t, await openBrowser(t), server.url, "/shop");
  await phone.chat.open();
  await phone.chat.delivery("From my laptop", "sent");
  await phone.chat.send("From my phone");
  await chat.bubble("From my phone").waitFor();
});

test("signing in changes the conversation, signing out leaves nothing behind", async (t) => {
  const { server, page, chat } = await visit(t);
  await chat.open();
  await chat.send("As a guest");
  await chat.delivery("As a guest", "sent");
  await identify(page, { id: "u2", signature: "signed-u2" });
  await chat.bubble("As a guest").waitFor({ state: "detached" });
  await chat.connected();
  await chat.send("As a customer");
  await chat.delivery("As a customer", "sent");
  assert.equal(server.received.filter(isMessage)[1].visitor, "user_u2");
  await identify(page, null);
  await chat.bubble("As a customer").waitFor({ state: "detached" });
  await chat.connected();
  assert.equal(await chat.mine.count(), 0);
  await chat.send("The next guest");
  await chat.delivery("The next guest", "sent");
  assert.equal(server.stored("The next guest").length, 1);
  assert.equal(new Set(server.received.filter(isMessage).map((frame) => frame.visitor)).size, 3);
});

test("a wrong signature: the chat goes on anonymously", async (t) => {
  const { server, chat } = await visit(t, userAttribute("u3", "forged"));
  await chat.open();
  await chat.send("Still works");
  await chat.delivery("Still works", "sent");
  assert.match(server.received.find(isMessage).visitor, /^vt_/);
});

test("what one user wrote offline is never sent as another", async (t) => {
  const { server, page, chat, write } = await visit(t, userAttribute("u4"));
  await chat.open();
  await server.kill();
  await chat.disconnected();
  await chat.send("Written by u4");
  await chat.delivery("Written by u4", "sending");
  await server.start();
  server.intercept = () => "drop";
  write(userAttribute("u5"));
  await page.reload();
  await chat.connected();
  assert.equal(await chat.mine.count(), 0);
  server.intercept = () => undefined;
  write(userAttribute("u4"));
  await page.reload();
  await chat.delivery("Written by u4", "sent");
  assert.ok(server.received.filter(isMessage).every(({ visitor }) => visitor === "user_u4"));
});

test("consent: nothing is kept before the visitor agrees, everything after", async (t) => {
  const { page, chat } = await visit(t, 'data-consent="ask"');
  await chat.open();
  await chat.send("Remember me?");
  await chat.delivery("Remember me?", "sent");
  assert.deepEqual(await chat.kept(), []);
  assert.equal(await page.evaluate(() => document.cookie), "");
  const question = chat.dialog.getByRole("group", { name: /May this browser remember/ });
  await question.getByRole("button", { name: "Yes, remember" }).click();
  await question.waitFor({ state: "detached" });
  assert.ok((await chat.kept()).some((key) => key.endsWith(".visitor")));
  await page.reload();
  await chat.connected();
  await chat.delivery("Remember me?", "sent");
  assert.equal(await question.count(), 0);
});

test("consent refused: the chat works, and the next page knows nothing", async (t) => {
  const { page, chat } = await visit(t, 'data-consent="ask"');
  await chat.open();
  await chat.dialog.getByRole("button", { name: "No", exact: true }).click();
  await chat.send("Forget me");
  await chat.delivery("Forget me", "sent");
  assert.deepEqual(await chat.kept(), []);
  await page.reload();
  await chat.open();
  assert.equal(await chat.mine.count(), 0);
  assert.deepEqual(await chat.kept(), []);
});

test("the host page's own banner can agree, and take it back", async (t) => {
  const { page, chat } = await visit(t, 'data-consent="ask"');
  await page.evaluate(() => window.AuraChat.consent(true));
  await chat.open();
  assert.equal(await chat.dialog.getByRole("group").count(), 0);
  await chat.send("Kept");
  await chat.delivery("Kept", "sent");
  assert.ok((await chat.kept()).length > 1);
  await page.evaluate(() => window.AuraChat.consent(false));
  assert.deepEqual(await chat.kept(), []);
  await chat.send("Still talking");
  await chat.delivery("Still talking", "sent");
  assert.deepEqual(await chat.kept(), []);
});

test("where storage is refused altogether the chat works", async (t) => {
  const { server, context } = await visit(t);
  await context.addInitScript(() => {
    for (const name of ["localStorage", "sessionStorage"]) {
      Object.defineProperty(window, name, { get() { throw new DOMException("denied", "SecurityError"); } });
    }
  });
  const { chat } = await openDemo(t, context, server.url, "/shop");
  await chat.open();
  await chat.send("No storage here");
  await chat.delivery("No storage here", "sent");
});

test("tabs are in step: what one reads the other counts no more", async (t) => {
  const { server, page, chat, tab } = await visit(t);
  await chat.open();
  await chat.send("hello");
  await chat.delivery("hello", "sent");
  await page.keyboard.press("Escape");
  const two = await tab();
  await two.chat.connected();
  if (await two.chat.dialog.count()) await two.page.keyboard.press("Escape");
  server.say("News");
  for (const side of [page, two.page]) await side.getByRole("button", { name: "Open chat (1 unread)" }).waitFor();
  await chat.open();
  await two.page.getByRole("button", { name: "Open chat", exact: true }).waitFor();
});

test("messages typed offline go out in order, also past a refusal of the moment", async (t) => {
  const { server, page, chat } = await visit(t);
  await page.clock.install();
  await page.reload();
  await chat.open();
  await server.kill();
  await chat.disconnected();
  const texts = ["one", "two", "three", "four"];
  for (const text of texts) await chat.send(text);
  let refusals = 0;
  server.intercept = (frame) => {
    if (frame.text !== "two" || refusals++ >= 2) return undefined;
    return { type: "error", code: "rate_limited", detail: "Too many messages", client_id: frame.client_id };
  };
  await server.start();
  await page.clock.runFor(40_000);
  await until(() => server.stored("one").length === 1 && refusals >= 1, "the first refusal");
  await page.clock.runFor(2_000);
  await until(() => refusals === 2, "the second refusal");
  await page.clock.runFor(2_000);
  await chat.delivery("four", "sent");
  const bubbles = await chat.mine.locator(".bubble p").allTextContents();
  assert.deepEqual(bubbles, texts);
  assert.ok(texts.every((text) => server.stored(text).length === 1));
  assert.equal(await chat.log.locator(".me.failed").count(), 0);
});

test("seen: once the business has read it, also after a reload", async (t) => {
  const { server, chat } = await visit(t);
  await chat.open();
  await chat.send("Anybody?");
  await chat.delivery("Anybody?", "sent");
  assert.match(await chat.bubble("Anybody?").textContent(), /Sent/);
  server.readAll();
  await chat.bubble("Seen").waitFor();
  await chat.send("Good");
  await chat.delivery("Good", "sent");
  assert.match(await chat.bubble("Good").textContent(), /Sent/);
});
