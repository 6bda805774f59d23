// The state that the widget shows for a message is true, however the server and the network misbehave.
import assert from "node:assert/strict";
import { test } from "node:test";
import { openBrowser, openDemo, until } from "../support/browser.mjs";
import { FakeServer } from "../support/fake_server.mjs";

async function visit(t) {
  const server = await FakeServer.start();
  t.after(() => server.close());
  const context = await openBrowser(t);
  const tab = () => openDemo(t, context, server.url);
  return { server, context, tab, ...(await tab()) };
}

const isMessage = (frame) => frame.type === "message";
const once = (answer) => {
  let used = false;
  return (frame) => {
    if (used || !isMessage(frame)) return undefined;
    used = true;
    return typeof answer === "function" ? answer(frame) : answer;
  };
};

test("sending until the acknowledgement, and not before", async (t) => {
  const { server, chat } = await visit(t);
  server.intercept = () => "drop";
  await chat.open();
  await chat.send("Is anyone there?");
  await until(() => server.received.some(isMessage), "the message reaches the server");
  await chat.delivery("Is anyone there?", "sending");
  assert.equal(await chat.log.locator(".me.sent").count(), 0);
});

test("an error frame: failed, and a retry sends the same message", async (t) => {
  const { server, chat } = await visit(t);
  server.intercept = once((frame) => ({ type: "error", code: "too_busy", detail: "too busy", client_id: frame.client_id }));
  await chat.open();
  await chat.send("Two coffees");
  await chat.delivery("Two coffees", "failed");
  assert.match(await chat.bubble("Two coffees").textContent(), /Not sent: too busy/);
  await chat.dialog.getByRole("button", { name: "Try again" }).click();
  await chat.delivery("Two coffees", "sent");
  assert.equal(await chat.bubble("Two coffees").count(), 1);
  const ids = server.received.filter(isMessage).map((frame) => frame.client_id);
  assert.equal(ids.length, 2);
  assert.equal(ids[0], ids[1]);
});

test("an error that names no message fails the one on its way", async (t) => {
  const { server, chat } = await visit(t);
  server.intercept = once({ type: "error", code: "refused", detail: "" });
  await chat.open();
  await chat.send("Nameless");
  await chat.delivery("Nameless", "failed");
  assert.equal(await chat.dialog.getByRole("alert").textContent(), "Not sent");
});

test("a failed message is still failed after a reload, and is not sent by itself", async (t) => {
  const { server, page, chat } = await visit(t);
  server.intercept = once((frame) => ({ type: "error", code: "x", detail: "", client_id: frame.client_id }));
  await chat.open();
  await chat.send("Kept");
  await chat.delivery("Kept", "failed");
  await page.reload();
  await chat.connected();
  await chat.delivery("Kept", "failed");
  assert.equal(server.received.filter(isMessage).length, 1);
});

test("a link cut between store and acknowledgement: sent once", async (t) => {
  const { server, chat } = await visit(t);
  server.intercept = once("close");
  await chat.open();
  await chat.send("Cut off");
  await chat.delivery("Cut off", "sent");
  assert.equal(await chat.bubble("Cut off").count(), 1);
  assert.equal(server.stored("Cut off").length, 1);
});

test("a broadcast that names the client id settles the message before its acknowledgement", async (t) => {
  const { server, chat } = await visit(t);
  server.intercept = (frame) => (isMessage(frame) ? "hold" : undefined);
  await chat.open();
  await chat.send("Echo");
  await chat.delivery("Echo", "sent");
  assert.equal(await chat.bubble("Echo").count(), 1);
});

test("a broadcast that does not is merged by the acknowledgement", async (t) => {
  const { server, chat } = await visit(t);
  server.anonymous = server.broadcastFirst = true;
  await chat.open();
  await chat.send("Echo");
  await chat.reply(/person/);
  assert.equal(await chat.bubble("Echo").count(), 1);
});

test("never acknowledged: failed after three connections", async (t) => {
  const { server, page, chat } = await visit(t);
  server.intercept = () => "drop";
  await page.clock.install();
  await page.reload();
  await chat.open();
  await chat.send("Into the void");
  for (let tries = 1; tries <= 3; tries++) {
    await until(() => server.received.filter(isMessage).length === tries, `try ${tries}`);
    assert.equal(await chat.log.locator(".me.failed").count(), 0);
    await page.clock.runFor(15_000);
    await page.clock.runFor(5_000);
  }
  await chat.delivery("Into the void", "failed");
  const ids = new Set(server.received.filter(isMessage).map((frame) => frame.client_id));
  assert.equal(ids.size, 1);
});

test("what was typed offline keeps its order and survives the page", async (t) => {
  const { server, page, chat, tab } = await visit(t);
  await chat.open();
  await chat.send("zero");
  await chat.delivery("zero", "sent");
  await server.kill();
  await chat.disconnected();
  for (const text of ["one", "two", "three"]) await chat.send(text);
  await chat.delivery("three", "sending");
  await page.close();
  await server.start();
  const again = await tab();
  await again.chat.open();
  await again.chat.delivery("three", "sent");
  for (const text of ["zero", "one", "two", "three"]) assert.equal(server.stored(text).length, 1);
  const bubbles = await again.chat.mine.locator(".bubble p").allTextContents();
  assert.deepEqual(bubbles, ["zero", "one", "two", "three"]);
  assert.ok(!(await again.chat.kept()).some((key) => key.includes(".out.")));
});

test("a message that another tab settles is not left behind", async (t) => {
  const { server, chat, tab } = await visit(t);
  await chat.open();
  await chat.send("hello");
  await chat.delivery("hello", "sent");
  const two = await tab();
  await two.chat.open();
  await server.kill();
  await chat.disconnected();
  await chat.send("From the first tab");
  await chat.delivery("From the first tab", "sending");
  await server.start();
  for (const side of [chat, two.chat]) {
    await side.delivery("From the first tab", "sent");
    await side.theirs.nth(1).waitFor();
    assert.equal(await side.bubble("From the first tab").count(), 1);
  }
  assert.equal(server.stored("From the first tab").length, 1);
});

test("two tabs that open the chat at the same time become one visitor", async (t) => {
  const { chat, tab } = await visit(t);
  const two = await tab();
  await Promise.all([chat.open(), two.chat.open()]);
  await chat.send("Same person");
  await chat.delivery("Same person", "sent");
  await two.chat.delivery("Same person", "sent");
  assert.equal(await two.chat.mine.count(), 1);
});
