// Product cards, buttons and lists, and the chat in right-to-left layout.
import assert from "node:assert/strict";
import { test } from "node:test";
import { openBrowser, openDemo } from "../support/browser.mjs";
import { lowContrast } from "../support/contrast.mjs";
import { FakeServer } from "../support/fake_server.mjs";

async function visit(t, options = {}, attributes = "") {
  const server = await FakeServer.start();
  t.after(() => server.close());
  server.replies = false;
  if (attributes) server.pages["/demo"] = server.pages["/demo"].replace('data-lang="en"', attributes);
  const context = await openBrowser(t, { reducedMotion: "reduce", ...options });
  const { page, chat } = await openDemo(t, context, server.url);
  return { server, page, chat };
}

const cake = (more = {}) => ({
  id: "item_cake", kind: "product", name: "Chocolate Cake", description: "", available: true, revision: 3,
  price: { amount_minor: 650, currency: "USD" }, image_urls: ["/favicon.svg"], ...more,
});
const claim = (item_id, item_revision = 3) =>
  ({ begin: 0, end: 1, item_id, item_revision, amount: { amount_minor: 650, currency: "USD" } });

test("a chat of words alone fetches no other part of the widget", async (t) => {
  const { server, page, chat } = await visit(t);
  const parts = [];
  page.on("request", (request) => parts.push(new URL(request.url()).pathname));
  await chat.open();
  await chat.send("hello");
  server.say("Hello!", { quick_replies: [{ title: "Menu", payload: "m" }] });
  await chat.reply(/Hello/);
  assert.deepEqual(parts.filter((path) => path.startsWith("/widget")), []);
  server.say("Our menu", { attachments: [{ type: "file", url: "/favicon.svg", title: "Menu" }] });
  await chat.theirs.getByRole("link", { name: "Menu" }).waitFor();
  assert.deepEqual(parts.filter((path) => path.startsWith("/widget")), ["/widget-more.js"]);
});

test("an answer about an item shows its card with picture and price", async (t) => {
  const { server, page, chat } = await visit(t);
  server.items.set("item_cake", cake());
  await chat.open();
  server.say("The Chocolate Cake is $6.50.", { claims: [claim("item_cake")] });
  const card = chat.theirs.getByRole("listitem");
  await card.waitFor();
  assert.match(await card.textContent(), /Chocolate Cake.*6\.50/);
  assert.ok(await card.locator("img").evaluate((img) => img.decode().then(() => true)));
  assert.deepEqual(await lowContrast(page), []);
  await page.reload();
  await chat.theirs.getByRole("listitem").waitFor();
});

test("a card never shows another price than its message", async (t) => {
  const { server, chat } = await visit(t);
  server.items.set("item_cake", cake({ revision: 4, price: { amount_minor: 999, currency: "USD" } }));
  await chat.open();
  server.say("The Chocolate Cake is $6.50.", { claims: [claim("item_cake")] });
  const card = chat.theirs.getByRole("listitem");
  await card.waitFor();
  assert.doesNotMatch(await card.textContent(), /\d/);
});

test("items without a picture, unknown ones and claims without an amount are text only", async (t) => {
  const { server, chat } = await visit(t);
  server.items.set("item_tea", cake({ id: "item_tea", name: "Tea", image_urls: [] }));
  server.items.set("item_cake", cake());
  await chat.open();
  server.say("Text", { claims: [claim("item_tea"), claim("item_gone"), { item_id: "item_cake" }] });
  server.say("Shown on purpose", { products: { catalog_id: "", product_ids: ["item_tea"] } });
  await chat.theirs.getByRole("listitem").waitFor();
  assert.equal(await chat.theirs.getByRole("listitem").count(), 1);
  assert.match(await chat.theirs.getByRole("listitem").textContent(), /Tea/);
  const asked = server.received.filter(({ type }) => type === "items").flatMap(({ ids }) => ids);
  assert.deepEqual([...asked].sort(), [...new Set(asked)].sort(), "each is asked for once");
});

test("a sold out item says so instead of its price", async (t) => {
  const { server, chat } = await visit(t);
  server.items.set("item_cake", cake({ available: false }));
  await chat.open();
  server.say("Sorry", { claims: [claim("item_cake")] });
  const card = chat.theirs.getByRole("listitem");
  await card.waitFor();
  assert.match(await card.textContent(), /Sold out/);
});

test("reply buttons and list rows answer with their payload, links lead away", async (t) => {
  const { server, chat } = await visit(t);
  await chat.open();
  server.say("What next?", {
    buttons: [
      { type: "reply", title: "Book a table", payload: "book" },
      { type: "url", title: "Our menu", url: "https://menu.example/" },
      { type: "url", title: "Bad", url: "javascript:alert(1)" },
      { type: "phone", title: "Call us", phone: "+1 207 555 0148" },
    ],
    list: { button: "Times", sections: [{ title: "Today", rows: [{ id: "t7", title: "7 pm" }, { id: "t8", title: "8 pm" }] }] },
  });
  await chat.theirs.getByRole("link", { name: "Our menu" }).waitFor();
  const links = await chat.theirs.getByRole("link").evaluateAll((all) => all.map((a) => [a.textContent, a.getAttribute("href")]));
  assert.deepEqual(links, [["Our menu", "https://menu.example/"], ["Call us", "tel:+12075550148"]]);
  await chat.dialog.getByRole("button", { name: "8 pm" }).click();
  await chat.delivery("8 pm", "sent");
  const { text, payload } = server.received.find(({ type }) => type === "message");
  assert.deepEqual({ text, payload }, { text: "8 pm", payload: "t8" });
  server.say("And now?", { buttons: [{ type: "reply", title: "Book a table", payload: "book" }] });
  await chat.dialog.getByRole("button", { name: "Book a table" }).click();
  await chat.delivery("Book a table", "sent");
});

test("Arabic runs from right to left: launcher, panel, bubbles, focus order", async (t) => {
  const { server, page, chat } = await visit(t, { locale: "ar-EG" }, 'data-lang="ar"');
  const launcher = page.getByRole("button", { name: "فتح المحادثة" });
  const at = await launcher.boundingBox();
  assert.ok(at.x < 100, "the launcher stands at the left");
  await launcher.click();
  await chat.connected();
  await chat.send("مرحبا");
  await chat.delivery("مرحبا", "sent");
  server.say("أهلًا بك");
  await chat.reply(/أهلًا/);
  const box = async (locator) => locator.boundingBox();
  const [panel, mine, theirs, send, input] = [
    await box(chat.dialog), await box(chat.mine.locator(".bubble")), await box(chat.theirs.locator(".bubble")),
    await box(chat.dialog.getByRole("button", { name: "إرسال" })), await box(chat.input)];
  const middle = panel.x + panel.width / 2;
  assert.ok(mine.x + mine.width < middle, "the visitor's side is the left");
  assert.ok(theirs.x > panel.x + 100 && theirs.x + theirs.width > middle, "the business's is the right");
  assert.ok(send.x < input.x, "sending is at the end of the line");
  assert.equal(await chat.dialog.evaluate((e) => getComputedStyle(e).direction), "rtl");
  assert.match(await chat.bubble("مرحبا").textContent(), /أُرسلت/);
  assert.deepEqual(await lowContrast(page), []);
});
