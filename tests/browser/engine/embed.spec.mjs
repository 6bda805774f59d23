// The chat on a page of another site, against the real program: its parts load across origins, the channel's
// allowed origins are enforced, and a real signature identifies the site's user.
import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";
import { after, before, test } from "node:test";
import { webchat } from "../../e2e/support/chat.mjs";
import { Engine, free_port } from "../../e2e/support/engine.mjs";
import { openBrowser, openDemo } from "../support/browser.mjs";

let engine;
let api;
let channel;
let site;
let origin;
let attributes = "";

before(async () => {
  const port = await free_port();
  engine = await Engine.start({ config: { public: { listen: `127.0.0.1:${port}`, url: `http://127.0.0.1:${port}` } } });
  api = await engine.workspace({ name: "Pastelería" });
  await api.must("POST", "/catalog/items", {
    name: "Chocolate cake", price: { amount_minor: 450, currency: "USD" }, image_urls: [`${engine.url}/demo/cake.svg`],
  });
  channel = await webchat(api);
  site = createServer((_, response) => {
    const policy = `default-src 'none'; script-src ${engine.url}; connect-src ${engine.url} ${engine.url.replace("http", "ws")}; ` +
      `img-src ${engine.url} data:; require-trusted-types-for 'script'`;
    response.writeHead(200, { "content-type": "text/html", "content-security-policy": policy });
    response.end('<!doctype html><html lang="es"><link rel="icon" href="data:,"><title>Tienda</title><h1>Tienda</h1>' +
      `<script src="${engine.url}/widget.js" data-widget-key="${channel.widget_key}" ${attributes} async></script>`);
  });
  site.listen(0, "127.0.0.1");
  await once(site, "listening");
  origin = `http://127.0.0.1:${site.address().port}`;
});
after(async () => {
  site?.close();
  await engine?.close();
});

const kUser = { id: "customer-7", name: "Ada", email: "ada@shop.example" };
const signed = (user) =>
  ({ ...user, signature: createHmac("sha256", channel.identity_secret).update(user.id).digest("hex") });

// Not simply the newest: the answer to an earlier test's question may come late.
async function conversation_with(text) {
  for (const one of await api.list("/conversations")) {
    const messages = await api.list(`/conversations/${one.id}/messages`);
    if (messages.some((message) => message.text === text)) return one;
  }
  throw new Error(`no conversation with "${text}"`);
}

async function visit(t, more = "") {
  attributes = more;
  const context = await openBrowser(t);
  return openDemo(t, context, origin, "/");
}

test("another site's page speaks the visitor's language and shows a card with its picture", async (t) => {
  const { page, chat } = await visit(t, 'data-lang="es" data-name="Tienda"');
  await page.getByRole("button", { name: "Abrir chat" }).click();
  await chat.connected();
  await page.getByText("¡Hola! ¿En qué podemos ayudarte?").waitFor();
  await chat.send("How much is the chocolate cake?");
  await chat.reply(/4[.,]50/);
  const card = chat.theirs.getByRole("listitem");
  await card.waitFor();
  assert.match(await card.textContent(), /Chocolate cake.*4,50/);
  assert.ok(await card.locator("img").evaluate((img) => img.decode().then(() => img.naturalWidth > 0)));
});

test("the site's user keeps one conversation on every device", async (t) => {
  const tag = `data-user='${JSON.stringify(signed(kUser))}'`;
  const laptop = await visit(t, tag);
  await laptop.chat.open();
  await laptop.chat.send("From my laptop");
  await laptop.chat.delivery("From my laptop", "sent");
  const phone = await visit(t, tag);
  await phone.chat.open();
  await phone.chat.delivery("From my laptop", "sent");
  const stranger = await visit(t, `data-user='${JSON.stringify({ ...signed(kUser), id: "customer-8" })}'`);
  await stranger.chat.open();
  await stranger.chat.send("Who am I?");
  await stranger.chat.delivery("Who am I?", "sent");
  assert.equal(await stranger.chat.mine.count(), 1);
});

test("a picture goes to the business and is shown again through a link of the engine", async (t) => {
  const { page, chat } = await visit(t);
  await chat.open();
  const picture = await page.screenshot();
  const [chooser] = await Promise.all([
    page.waitForEvent("filechooser"),
    chat.dialog.getByRole("button", { name: "Attach a file" }).click(),
  ]);
  await chooser.setFiles([{ name: "wish.png", mimeType: "image/png", buffer: picture }]);
  await chat.dialog.locator(".composer.ready").waitFor();
  await chat.send("Like this one");
  await chat.delivery("Like this one", "sent");
  await page.reload();
  await chat.connected();
  const image = chat.mine.getByRole("img", { name: "wish.png" });
  await image.waitFor();
  assert.ok(await image.evaluate((img) => img.decode().then(() => img.naturalWidth > 0)));
  const [stored] = await api.list(`/conversations/${(await conversation_with("Like this one")).id}/messages`);
  assert.equal(stored.attachments[0].size_bytes, picture.length);
});

test("what a person has read is seen by the visitor", async (t) => {
  const { chat } = await visit(t);
  await chat.open();
  await chat.send("Is somebody there?");
  await chat.delivery("Is somebody there?", "sent");
  const conversation = await conversation_with("Is somebody there?");
  await api.must("PATCH", `/conversations/${conversation.id}`, { unread: 0 });
  await chat.bubble("Is somebody there?").getByText("Seen").waitFor();
});

test("a page that the owner does not list cannot open the chat, a listed one can", async (t) => {
  await api.must("PATCH", `/channels/${channel.id}`, { allowed_origins: ["https://shop.example"] });
  const { page, chat } = await visit(t);
  const refused = page.waitForEvent("websocket").then((socket) => socket.waitForEvent("socketerror"));
  await page.getByRole("button", { name: /^Open chat/ }).click();
  assert.match(String(await refused), /403/);
  await api.must("PATCH", `/channels/${channel.id}`, { allowed_origins: [origin] });
  await chat.connected();
  await chat.send("Let me in");
  await chat.delivery("Let me in", "sent");
});

test("what was erased leaves the page, and the visitor begins anew", async (t) => {
  const { chat } = await visit(t);
  await chat.open();
  await chat.send("My number is 555 0100");
  await chat.delivery("My number is 555 0100", "sent");
  const conversation = await conversation_with("My number is 555 0100");
  assert.equal((await api.delete(`/contacts/${conversation.contact.id}`)).status, 204);
  await chat.dialog.getByText("My number is 555 0100").waitFor({ state: "detached" });
  await chat.send("Hello again");
  await chat.delivery("Hello again", "sent");
  const newest = await conversation_with("Hello again");
  assert.notEqual(newest.id, conversation.id);
  assert.notEqual(newest.contact.id, conversation.contact.id);
});
