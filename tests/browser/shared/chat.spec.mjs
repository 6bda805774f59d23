// What a visitor does in the chat, against the chosen target (target.mjs).
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { openBrowser, openDemo } from "../support/browser.mjs";
import { canRestart, startTarget } from "../support/target.mjs";

const kQuestion = "How much is the chocolate cake?";
let target;
before(async () => (target = await startTarget()));
after(() => target.close());

test("a visitor asks for a price and reads it", async (t) => {
  const { chat } = await openDemo(t, await openBrowser(t), target.url);
  await chat.open();
  await chat.send(kQuestion);
  await chat.delivery(kQuestion, "sent");
  await chat.reply(/chocolate cake[^]*\d+[.,]\d\d/i);
  assert.equal(await chat.bubble(kQuestion).count(), 1);
});

test("a suggestion asks in one click", async (t) => {
  const { chat } = await openDemo(t, await openBrowser(t), target.url);
  await chat.open();
  await chat.dialog.getByRole("button", { name: kQuestion }).click();
  await chat.reply(/cake/i);
  assert.equal(await chat.dialog.getByRole("button", { name: kQuestion }).count(), 0);
});

test("the history is there after a reload", async (t) => {
  const { page, chat } = await openDemo(t, await openBrowser(t), target.url);
  await chat.open();
  await chat.send(kQuestion);
  await chat.reply(/cake/i);
  await page.reload();
  await chat.connected();
  await chat.reply(/cake/i);
  assert.equal(await chat.bubble(kQuestion).count(), 1);
  assert.equal(await chat.theirs.count(), 1);
});

test("a message typed while the server is down arrives exactly once", { skip: !canRestart }, async (t) => {
  const { page, chat } = await openDemo(t, await openBrowser(t), target.url);
  await chat.open();
  await chat.send(kQuestion);
  await chat.reply(/cake/i);
  await target.kill();
  await chat.disconnected();
  await chat.send("Written in the dark");
  await chat.delivery("Written in the dark", "sending");
  await target.start();
  await chat.delivery("Written in the dark", "sent");
  assert.equal(await chat.bubble("Written in the dark").count(), 1);
  await page.reload();
  await chat.connected();
  await chat.delivery("Written in the dark", "sent");
  assert.equal(await chat.bubble("Written in the dark").count(), 1);
  assert.equal(await chat.bubble(kQuestion).count(), 1);
});

test("two tabs of one visitor show one conversation, nothing twice", async (t) => {
  const context = await openBrowser(t);
  const one = await openDemo(t, context, target.url);
  await one.chat.open();
  await one.chat.send(kQuestion);
  await one.chat.reply(/cake/i);
  const two = await openDemo(t, context, target.url);
  await two.chat.open();
  await two.chat.send("And from the other tab?");
  for (const { chat } of [one, two]) {
    await chat.delivery("And from the other tab?", "sent");
    await chat.theirs.nth(1).waitFor();
    assert.equal(await chat.mine.count(), 2);
    assert.equal(await chat.theirs.count(), 2);
  }
});

test("nothing is stored, nothing connects before the visitor opens the chat", async (t) => {
  const { page, chat } = await openDemo(t, await openBrowser(t), target.url);
  let sockets = 0;
  page.on("websocket", () => sockets++);
  await page.reload();
  await chat.launcher.waitFor();
  assert.deepEqual(await chat.kept(), []);
  assert.equal(sockets, 0);
  await chat.open();
  assert.equal(sockets, 1);
  assert.ok((await chat.kept()).some((key) => key.endsWith(".visitor")));
});
