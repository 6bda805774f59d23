// Files of customers and of the business, through the real program: fetched and stored at once, served
// through links that expire, uploaded and sent, deleted when unsent or erased.
import assert from "node:assert/strict";
import { createHash, randomInt } from "node:crypto";
import { after, before, it } from "node:test";

import { Visitor, webchat } from "./support/chat.mjs";
import { Engine } from "./support/engine.mjs";
import { Follower } from "./support/events.mjs";
import { jpeg, MediaProvider } from "./support/media_provider.mjs";
import { from_person, message, Meta, new_mid, new_person } from "./support/meta.mjs";
import { conversation_of, inbound, messages_of, messages_when, messenger } from "./support/shop.mjs";
import { until } from "./support/wait.mjs";

const kCanary = "CANARYpictureQz7Kx9Vw3Jp5";

let engine;
let provider;
let api;
let meta;
let page;
before(async () => {
  provider = await MediaProvider.start();
  engine = await Engine.start({ config: { "channels.meta": { graph_url: provider.url } } });
  api = await engine.workspace();
  meta = new Meta(engine);
  page = (await messenger(api)).page;
});
after(async () => {
  await engine?.close();
  await provider?.close();
});

const image = (url) => ({ attachments: [{ type: "image", payload: { url } }] });

async function receive(url, person = new_person(), mid = new_mid()) {
  await meta.deliver(page, message(page, person, "Look", { mid, ...image(url) }));
  return { person, mid };
}

const first_attachment = async (person) => inbound(await messages_of(api, person))[0]?.attachments[0];

function attachment_when(state, person) {
  return until(`an attachment that is ${state}`, async () => {
    const found = await first_attachment(person);
    return found?.state === state ? found : null;
  });
}

// Links begin with the configured public URL; this replaces it by the engine's actual one.
const here = (url) => engine.url + new URL(url).pathname + new URL(url).search;

async function bytes_of(url, headers = {}) {
  const answer = await fetch(here(url), { headers });
  return { status: answer.status, headers: answer.headers, bytes: Buffer.from(await answer.arrayBuffer()) };
}

it("the text never waits for the picture, and the picture comes", async () => {
  const picture = jpeg(kCanary, 300_000);
  const follower = await Follower.open(api);
  const { person } = await receive(provider.hold("/slow.jpg", picture));
  await messages_when("the text", api, person, (all) => inbound(all)[0]?.text === "Look");
  assert.equal((await first_attachment(person)).state, "pending");
  await until("the fetch", () => provider.times("/slow.jpg") === 1);
  provider.release();
  const shown = await attachment_when("stored", person);
  assert.equal(shown.mime_type, "image/jpeg");
  assert.equal(shown.size_bytes, picture.length);
  const update = await follower.next(({ type, data }) => type === "message.updated" &&
    data.message.attachments[0]?.state === "stored", "message.updated");
  assert.ok(update);
  follower.close();
  const file = await bytes_of(shown.url);
  assert.equal(file.status, 200);
  assert.deepEqual(file.bytes, picture);
  assert.equal(file.headers.get("content-type"), "image/jpeg");
  assert.equal(file.headers.get("x-content-type-options"), "nosniff");
  assert.deepEqual(engine.files_with(kCanary), []);
  const part = await bytes_of(shown.url, { Range: "bytes=10-19" });
  assert.equal(part.status, 206);
  assert.deepEqual(part.bytes, picture.subarray(10, 20));
  assert.equal((await bytes_of(shown.url.replace(/.$/, (c) => (c === "0" ? "1" : "0")))).status, 403);
});

it("what is gone, too large, an error page or leads inside is never stored, and says why", async () => {
  const redirect = (to) => (_, response) => response.writeHead(302, { Location: to }).end();
  const cases = [
    ["/gone.jpg", undefined, "expired"],
    ["/over.jpg", (_, response) => response.writeHead(403).end("URL signature expired"), "expired"],
    ["/inside.jpg", redirect("http://169.254.169.254/latest/meta-data/"), "failed"],
    ["/operator.jpg", redirect(`${engine.operator_url}/metrics`), "failed"],
    ["/loop.jpg", redirect("/loop.jpg"), "failed"],
    ["/page.jpg", (_, response) => response.writeHead(200).end("<html>log in</html>"), "failed"],
    ["/large.jpg", (_, response) => response.writeHead(200, { "Content-Length": 30 << 20 }).write("x"), "failed"],
  ];
  for (const [path, content, state] of cases) {
    if (content) provider.put(path, content);
    const { person } = await receive(provider.url + path);
    const shown = await attachment_when(state, person);
    assert.equal(shown.url, null, path);
    assert.ok(shown.media_error.length > 5, path);
  }
});

it("an address outside the configured provider is not fetched from this machine", async () => {
  const other = await MediaProvider.start();
  const { person } = await receive(other.put("/a.jpg", jpeg("a")));
  await attachment_when("failed", person);
  assert.equal(other.asked.length, 0);
  await other.close();
});

it("a file that comes in the second try is kept", async () => {
  let tries = 0;
  provider.put("/flaky.jpg", (_, response) => {
    if (++tries === 1) return response.writeHead(503).end();
    response.writeHead(200, { "Content-Type": "image/jpeg" }).end(jpeg("second"));
  });
  const { person } = await receive(`${provider.url}/flaky.jpg`);
  const shown = await attachment_when("stored", person);
  assert.deepEqual((await bytes_of(shown.url)).bytes, jpeg("second"));
  assert.equal(tries, 2);
});

it("WhatsApp: asked for by id, read with the token, and only if the digest fits", async () => {
  const number = String(randomInt(10 ** 13, 10 ** 14));
  const credentials = { phone_number_id: number, business_account_id: `9${number}`, access_token: "EAAwhatsapp" };
  await api.must("POST", "/channels", { type: "whatsapp", name: "Number", credentials });
  const picture = jpeg("from whatsapp");
  const sha256 = createHash("sha256").update(picture);
  const digest = sha256.copy().digest("base64");
  const id = String(randomInt(10 ** 13, 10 ** 14));
  provider.put(`/v25.0/${id}`, (_, response) => response.writeHead(200).end(JSON.stringify({
    messaging_product: "whatsapp", url: `${provider.url}/lookaside/${id}`, mime_type: "image/jpeg",
    sha256: sha256.copy().digest("hex"), file_size: String(picture.length), id })));
  provider.put(`/lookaside/${id}`, (_, response) => {
    const damaged = provider.times(`/lookaside/${id}`) === 1;
    response.writeHead(200, { "Content-Type": "image/jpeg" }).end(damaged ? jpeg("FROM WHATSAPP") : picture);
  });
  const person = String(randomInt(10 ** 10, 10 ** 11));
  const image_message = { from: person, id: `wamid.${id}`, type: "image",
    timestamp: String(Math.floor(Date.now() / 1000)),
    image: { id, mime_type: "image/jpeg", sha256: digest, caption: "Look" } };
  const value = { messaging_product: "whatsapp", metadata: { phone_number_id: number },
    contacts: [{ wa_id: person, profile: { name: "Ada" } }], messages: [image_message] };
  const entry = [{ id: `9${number}`, changes: [{ field: "messages", value }] }];
  assert.equal((await meta.post({ object: "whatsapp_business_account", entry })).status, 200);
  const shown = await attachment_when("stored", person);
  assert.deepEqual((await bytes_of(shown.url)).bytes, picture);
  assert.equal(provider.times(`/lookaside/${id}`), 2, "the damaged file was not kept");
  for (const { path, headers } of provider.asked) {
    if (path.endsWith(id)) assert.equal(headers.authorization, "Bearer EAAwhatsapp", path);
  }
});

it("kill -9 in the middle of a fetch: fetched again after the start", async () => {
  const { person } = await receive(provider.hold("/killed.jpg", jpeg("survivor", 900_000)));
  await until("the fetch", () => provider.times("/killed.jpg") === 1);
  await engine.kill();
  provider.put("/killed.jpg", jpeg("survivor", 900_000));
  await engine.start();
  const shown = await attachment_when("stored", person);
  assert.deepEqual((await bytes_of(shown.url)).bytes, jpeg("survivor", 900_000));
});

it("unsending and erasing remove the file for good", async () => {
  const first = await receive(provider.put("/unsent.jpg", jpeg(kCanary)));
  const unsent = await attachment_when("stored", first.person);
  const unsend = from_person(page, first.person, { message: { mid: first.mid, is_deleted: true } });
  await meta.deliver(page, unsend);
  await until("the file to be gone", async () => (await bytes_of(unsent.url)).status === 404);
  const second = await receive(provider.put("/erased.jpg", jpeg(kCanary)));
  const erased = await attachment_when("stored", second.person);
  const { contact } = await conversation_of(api, second.person);
  await api.must("DELETE", `/contacts/${contact.id}`).catch(() => {});
  assert.equal((await bytes_of(erased.url)).status, 404);
  await engine.restart();
  assert.equal((await bytes_of(erased.url)).status, 404);
  assert.deepEqual(engine.files_with(kCanary), []);
});

it("the business uploads a file and sends it; the provider is given a link that opens", async () => {
  const { person } = await receive(provider.put("/hello.jpg", jpeg("hello")));
  await messages_when("the message", api, person, (all) => all.length > 0);
  const menu = jpeg("menu", 1_500_000);
  const media = await api.must("POST", "/media?filename=menu.jpg", menu, { "Content-Type": "image/jpeg" });
  assert.equal(media.type, "image");
  assert.deepEqual((await bytes_of(media.url)).bytes, menu);
  const { id } = await conversation_of(api, person);
  const before_send = provider.sent.length;
  const attachments = [{ type: "image", media_id: media.id }];
  const sent = await api.must("POST", `/conversations/${id}/messages`, { text: "Our menu", attachments });
  assert.equal(sent.attachments[0].mime_type, "image/jpeg");
  const link = await until("the send", () =>
    provider.sent.slice(before_send).join("\n").match(/https?:[^"]*\/media\/[^"]*/)?.[0]);
  assert.deepEqual((await bytes_of(link.replaceAll("\\/", "/"))).bytes, menu);
  const other = await engine.workspace();
  assert.equal((await other.get(`/media/${media.id}`)).status, 404);
  const refused = await api.post(`/conversations/${id}/messages`,
    { attachments: [{ type: "video", media_id: media.id }] });
  assert.equal(refused.status, 422);
});

it("a web chat visitor uploads a file", async () => {
  const channel = await webchat(api);
  const visitor = await Visitor.open(engine, channel.widget_key);
  const form = new FormData();
  form.append("file", new Blob([jpeg(kCanary)], { type: "image/jpeg" }), "photo.jpg");
  const address = `${engine.url}/chat/${channel.widget_key}/uploads?visitor=${visitor.token}`;
  const answer = await fetch(address, { method: "POST", body: form });
  assert.equal(answer.status, 201);
  assert.equal(answer.headers.get("access-control-allow-origin"), "*");
  const media = await answer.json();
  assert.equal(media.filename, "photo.jpg");
  assert.deepEqual((await bytes_of(media.url)).bytes, jpeg(kCanary));
  assert.deepEqual(engine.files_with(kCanary), []);
  const stranger = await fetch(address.replace(visitor.token, "guess"), { method: "POST", body: "x" });
  assert.equal(stranger.status, 404);
  visitor.close();
});

it("what a visitor may upload in a day is bounded, and who used it up is told when to come again", async () => {
  const channel = await webchat(api);
  const visitor = await Visitor.open(engine, channel.widget_key);
  const address = `${engine.url}/chat/${channel.widget_key}/uploads?visitor=${visitor.token}`;
  let files = 0;
  let answer = await fetch(address, { method: "POST", body: "x" });
  for (; answer.status === 201 && files < 1000; ++files) answer = await fetch(address, { method: "POST", body: "x" });
  assert.equal(answer.status, 429, `after ${files} files`);
  assert.match(answer.headers.get("content-type"), /^application\/problem\+json/);
  assert.match((await answer.json()).type, /rate-limited$/);
  const seconds = Number(answer.headers.get("retry-after"));
  assert.ok(seconds > 0 && seconds <= 86_400, `${seconds}`);
  visitor.close();
});
