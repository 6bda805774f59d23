// Frames from the server, and what the visitor sees of them.
import assert from "node:assert/strict";
import { test } from "node:test";
import { openBrowser, openDemo, until } from "../support/browser.mjs";
import { FakeServer } from "../support/fake_server.mjs";

async function visit(t, options = {}) {
  const server = await FakeServer.start();
  t.after(() => server.close());
  server.replies = false;
  const context = await openBrowser(t, options);
  const tab = (path) => openDemo(t, context, server.url, path);
  return { server, tab, ...(await tab()) };
}

test("markup and dangerous addresses stay text", async (t) => {
  const { server, page, chat } = await visit(t);
  await chat.open();
  server.say('<img src=x onerror="document.title=1"> <b>bold</b>', {
    attachments: [{ type: "file", url: "javascript:alert(1)", title: "bad" }, { type: "file", url: "https://a.example/menu.pdf", title: "Menu" }],
  });
  await chat.reply(/<b>bold<\/b>/);
  assert.equal(await chat.log.locator("img, b").count(), 0);
  assert.deepEqual(await chat.log.locator("a").evaluateAll((all) => all.map((a) => a.href)), ["https://a.example/menu.pdf"]);
  assert.match(await page.title(), /Café/);
});

test("addresses become links, without the sentence's punctuation", async (t) => {
  const { server, chat } = await visit(t);
  await chat.open();
  server.say("See https://a.example/x_(y)?q=1. Or (www.b.example), or mail c@d.example! javascript:alert(1) http://");
  await chat.reply(/See/);
  const links = await chat.log.locator("a").evaluateAll((all) => all.map((a) => [a.textContent, a.getAttribute("href"), a.rel]));
  const rel = "noopener noreferrer nofollow";
  assert.deepEqual(links, [
    ["https://a.example/x_(y)?q=1", "https://a.example/x_(y)?q=1", rel],
    ["www.b.example", "https://www.b.example/", rel],
    ["c@d.example", "mailto:c@d.example", rel],
  ]);
});

test("quick replies are offered under the newest message and send their title and payload", async (t) => {
  const { server, chat } = await visit(t);
  await chat.open();
  server.say("Inside or outside?", { quick_replies: [{ title: "Inside", payload: "i" }, { title: "Outside", payload: "o" }] });
  await chat.dialog.getByRole("button", { name: "Outside" }).click();
  await chat.delivery("Outside", "sent");
  const { text, payload } = server.received.find((f) => f.type === "message");
  assert.deepEqual({ text, payload }, { text: "Outside", payload: "o" });
  assert.equal(await chat.dialog.getByRole("button", { name: "Inside" }).count(), 0);
});

test("typing shows and hides; the visitor's typing is told sparingly", async (t) => {
  const { server, page, chat } = await visit(t);
  await chat.open();
  server.broadcast({ type: "typing" });
  await chat.log.getByRole("img", { name: "Writing a reply" }).waitFor();
  server.say("Here I am");
  await chat.reply(/Here I am/);
  assert.equal(await chat.log.getByRole("img", { name: "Writing a reply" }).count(), 0);
  await page.clock.setFixedTime(new Date()); // however slowly the keys come
  await chat.input.pressSequentially("some words");
  await chat.send("done");
  await chat.delivery("done", "sent");
  assert.equal(server.received.filter((f) => f.type === "typing").length, 1);
});

test("read is told when the visitor sees it; until then the bubble counts", async (t) => {
  const { server, page, chat } = await visit(t);
  await chat.open();
  await page.keyboard.press("Escape");
  server.say("One");
  server.say("Two");
  await page.getByRole("button", { name: "Open chat (2 unread)" }).waitFor();
  assert.equal(server.received.filter((f) => f.type === "read").length, 0);
  await chat.open();
  await until(() => server.received.some((f) => f.type === "read"), "the read receipt");
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Open chat", exact: true }).waitFor();
  await page.reload();
  await chat.connected();
  await page.getByRole("button", { name: "Open chat", exact: true }).waitFor();
});

test("a person, a notice, a reply, a reaction, an edit, an unsend", async (t) => {
  const { server, chat } = await visit(t);
  await chat.open();
  await chat.send("A table for two");
  await chat.delivery("A table for two", "sent");
  const mine = server.stored("A table for two")[0];
  server.say("Ana joined", { author: "system" });
  server.say("Gladly", { author: "member", reply_to: mine.id, reactions: [{ emoji: "👍" }] });
  await chat.reply(/Gladly/);
  assert.match(await chat.theirs.first().textContent(), /^Team: A table for two\s*Gladly\s*👍/);
  assert.match(await chat.log.locator(".note").textContent(), /Ana joined/);
  assert.equal(await chat.status.textContent(), "Team");
  server.broadcast({ type: "message", message: { ...server.stored("Gladly")[0], text: "Gladly, at 7" } });
  await chat.reply(/Gladly, at 7/);
  assert.equal(await chat.theirs.count(), 1);
  server.broadcast({ type: "message", message: { ...server.stored("Gladly")[0], text: "", deleted: true } });
  await chat.theirs.first().waitFor({ state: "detached" });
});

test("frames that make no sense are ignored", async (t) => {
  const { server, chat } = await visit(t);
  await chat.open();
  for (const frame of [null, [], 7, "x", {}, { type: "message" }, { type: "ack", client_id: 3 }, { type: "future", x: 1 }, { type: "message", message: { id: 5 } }, { type: "message", message: { id: "m", attachments: 3, reactions: {}, created_at: "?" } }]) {
    server.broadcast(frame);
  }
  server.say("Still here");
  await chat.reply(/Still here/);
});

test("right-to-left text is laid out right to left", async (t) => {
  const { server, chat } = await visit(t);
  await chat.open();
  server.say("مرحبا، كيف يمكننا المساعدة؟");
  await chat.reply(/مرحبا/);
  const direction = await chat.theirs.locator("p").first().evaluate((p) => getComputedStyle(p).direction);
  assert.equal(direction, "rtl");
});

test("a reader who scrolled up is not moved, but told", async (t) => {
  const { server, page, chat } = await visit(t, { reducedMotion: "reduce" });
  await chat.open();
  for (let i = 0; i < 40; i++) server.say(`Line ${i}`);
  await chat.reply(/Line 39/);
  await chat.log.evaluate((log) => log.scrollTo(0, 0));
  server.say("Down here");
  const more = page.getByRole("button", { name: "New messages" });
  await more.waitFor();
  assert.equal(await chat.log.evaluate((log) => log.scrollTop), 0);
  await more.click();
  await more.waitFor({ state: "hidden" });
  assert.ok((await chat.log.evaluate((log) => log.scrollHeight - log.scrollTop - log.clientHeight)) < 2);
});

const kGreetings = {
  "es-MX": "¡Hola! ¿En qué podemos ayudarte?", "fr-CA": "Bonjour ! Que puis-je faire pour vous ?",
  "de-AT": "Hallo! Wie können wir helfen?", "pt-BR": "Olá! Como podemos ajudar?",
  "it-IT": "Ciao! Come possiamo aiutarti?", "ar-EG": "مرحبًا! كيف يمكننا مساعدتك؟", "ja-JP": "Hello! How can we help?",
};
for (const [locale, greeting] of Object.entries(kGreetings)) {
  test(`speaks to a visitor with ${locale}`, async (t) => {
    const { server, page, tab } = await visit(t, { locale });
    await page.close();
    server.pages["/plain"] = '<!doctype html><link rel="icon" href="/favicon.svg"><title>p</title><script src="/widget.js" data-widget-key="wk_demo"></script>';
    const { page: plain } = await tab("/plain");
    await plain.locator(".launcher").click();
    await plain.getByText(greeting).waitFor();
  });
}

test("a hostile style sheet of the host page changes nothing", async (t) => {
  const { server, chat, tab } = await visit(t);
  const measure = (side) => side.dialog.evaluate((panel) =>
    ["header", "h2", "textarea", ".send", ".chip"].map((name) => {
      const style = getComputedStyle(panel.querySelector(name));
      return [name, style.color, style.fontSize, style.fontFamily, style.letterSpacing, style.width, style.textTransform];
    }));
  await chat.open();
  const expected = await measure(chat);
  const rules = "*{color:red!important;font:40px fantasy!important;letter-spacing:1em!important;text-transform:uppercase!important}div{display:none!important;position:static!important;transform:scale(2)}button{all:unset}";
  server.pages["/hostile"] = server.pages["/demo"].replace("</head>", `<style>${rules}</style></head>`);
  const hostile = await tab("/hostile");
  await hostile.page.locator(".launcher").click();
  await hostile.chat.connected();
  assert.deepEqual(await measure(hostile.chat), expected);
});

test("data of the catalog cannot become markup", async (t) => {
  const { page } = await visit(t);
  await page.getByRole("heading", { name: "<b>Specials</b>" }).waitFor();
  assert.equal(await page.getByText('"Surf & turf" <script>alert(1)</script>').count(), 1);
  assert.equal(await page.locator(".card .sold").count(), 1);
});
