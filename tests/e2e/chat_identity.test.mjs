// Allowed origins of a web chat, and visitors whom the host page identifies.
import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { after, before, describe, it } from "node:test";

import { Visitor, chat_shop, webchat } from "./support/chat.mjs";
import { Engine } from "./support/engine.mjs";
import { add_items, assert_problem, inbound } from "./support/shop.mjs";
import { until } from "./support/wait.mjs";

let engine;
let api;
let channel;
let items;
before(async () => {
  engine = await Engine.start();
  ({ api, items, channel } = await chat_shop(engine));
});
after(() => engine?.close());

const open = (token, headers) => Visitor.open(engine, channel.widget_key, token, headers);
const sign = (id, secret = channel.identity_secret) => createHmac("sha256", secret).update(id).digest("hex");

async function signed_in(id, more = {}, token) {
  const visitor = await open(token);
  visitor.send({ type: "identify", id, signature: sign(id), ...more });
  visitor.welcome = await visitor.next((frame) => frame.type === "welcome", "the user's welcome");
  return visitor;
}

describe("the identity secret", () => {
  it("is told when the channel is made and when it is rotated, and never again", async () => {
    const made = await webchat(api, "Second");
    assert.match(made.identity_secret, /^is_[\w-]{43}$/);
    assert.equal((await api.must("GET", `/channels/${made.id}`)).identity_secret, null);
    assert.ok((await api.list("/channels")).every(({ identity_secret }) => identity_secret === null));
    const renamed = await api.must("PATCH", `/channels/${made.id}`, { name: "Other" });
    assert.equal(renamed.identity_secret, null);
    const rotated = await api.must("PATCH", `/channels/${made.id}`, { rotate_identity_secret: true });
    assert.match(rotated.identity_secret, /^is_[\w-]{43}$/);
    assert.notEqual(rotated.identity_secret, made.identity_secret);
    assert.deepEqual(engine.files_with(made.identity_secret), []);
    assert.deepEqual(engine.files_with(rotated.identity_secret), []);
    for (const [secret, welcomed] of [[made.identity_secret, false], [rotated.identity_secret, true]]) {
      const visitor = await Visitor.open(engine, made.widget_key);
      visitor.send({ type: "identify", id: "ada", signature: sign("ada", secret) });
      const answer = await visitor.next(({ type }) => type === "welcome" || type === "error", "an answer");
      assert.equal(answer.type === "welcome", welcomed);
      visitor.close();
    }
  });

  it("is no credential to be given, and no secret of other channels", async () => {
    const given = { type: "webchat", credentials: { identity_secret: "mine" } };
    assert_problem(await api.post("/channels", given), 422);
    assert_problem(await api.patch(`/channels/${channel.id}`, { credentials: {} }), 422);
  });
});

describe("an identified visitor", () => {
  it("keeps one conversation across devices", async () => {
    const phone = await signed_in("user-1", { name: "Ada Lovelace", email: "ada@shop.example" });
    assert.equal(phone.welcome.identified, true);
    assert.equal(phone.welcome.conversation, null);
    await phone.ask("How much is the espresso?");
    const desk = await signed_in("user-1");
    assert.equal(desk.welcome.messages.length, 2);
    assert.notEqual(desk.token, phone.token);
    const sent = await desk.say("hello from my desk");
    const seen = await phone.next(({ type, message }) => type === "message" && message.id === sent.id, "it");
    assert.equal(seen.message.text, "hello from my desk");
    const [one, ...others] = (await api.list("/conversations")).filter(({ id }) => id === desk.welcome.conversation);
    assert.deepEqual(others, []);
    assert.equal(one.contact.name, "Ada Lovelace");
    assert.equal(one.contact.email, "ada@shop.example");
    phone.close();
    desk.close();
  });

  it("is never reached with a wrong signature, and the chat goes on anonymously", async () => {
    const owner = await signed_in("user-2");
    await owner.say("private");
    for (const signature of ["", "x", sign("user-3"), sign("user-2", "is_guess"), sign("user-2").slice(1)]) {
      const guest = await open();
      guest.send({ type: "identify", id: "user-2", signature });
      assert.equal((await guest.error()).code, "identity");
      await guest.say("still me");
      const again = await open(guest.token);
      assert.deepEqual(again.welcome.messages.map(({ text }) => text).filter((t) => t === "private"), []);
      assert.equal(again.welcome.identified, false);
      guest.close();
      again.close();
    }
    owner.close();
  });

  it("makes the guest that wrote before a part of the person that signed in", async () => {
    const guest = await open();
    await guest.say("as a guest");
    guest.send({ type: "identify", id: "user-9", signature: sign("user-9") });
    await guest.next((frame) => frame.type === "welcome", "the signed-in welcome");
    await guest.say("as myself");
    const contact = await until("one contact of both", async () => (await api.list("/contacts"))
      .find(({ identities, merged_ids }) => merged_ids.length === 1 &&
        identities.some(({ external_id }) => external_id === "user-9")));
    const conversations = await api.list(`/conversations?contact_id=${contact.id}`);
    assert.equal(conversations.length, 2);
    guest.close();
  });

  it("whose id is a stranger's token gets no stranger's history", async () => {
    const stranger = await open();
    await stranger.say("private");
    const visitor = await signed_in(stranger.token);
    assert.deepEqual(visitor.welcome.messages, []);
    visitor.close();
    stranger.close();
  });
});

describe("allowed origins", () => {
  it("let only their pages in, once the owner lists them", async () => {
    const listed = await webchat(api, "Listed");
    const from = (origin) => Visitor.open(engine, listed.widget_key, undefined, origin ? { Origin: origin } : {});
    (await from("https://anywhere.example")).close();
    const allowed_origins = ["https://shop.example", "https://*.shop.example"];
    const changed = await api.must("PATCH", `/channels/${listed.id}`, { allowed_origins });
    assert.deepEqual(changed.allowed_origins, allowed_origins);
    for (const origin of ["https://shop.example", "https://www.shop.example"]) (await from(origin)).close();
    for (const origin of ["https://evil.example", "http://shop.example", "null", ""]) {
      await assert.rejects(from(origin), (error) => error.status === 403, origin);
    }
    await engine.restart();
    await assert.rejects(from("https://evil.example"), (error) => error.status === 403);
    await api.must("PATCH", `/channels/${listed.id}`, { name: "Still listed" });
    await assert.rejects(from("https://evil.example"), (error) => error.status === 403);
    await api.must("PATCH", `/channels/${listed.id}`, { allowed_origins: [] });
    (await from("https://evil.example")).close();
  });

  it("are origins, nothing else", async () => {
    for (const wrong of ["shop.example", "https://shop.example/", "https://*", "*"]) {
      const answer = await api.patch(`/channels/${channel.id}`, { allowed_origins: [wrong] });
      assert_problem(answer, 422);
      assert.equal(answer.json.errors[0].pointer, "#/allowed_origins/0");
    }
  });
});

describe("the other side", () => {
  it("has seen a message once a person has read it", async () => {
    const visitor = await open();
    const sent = await visitor.say("Is anybody there?");
    await visitor.reply();
    assert.equal(visitor.frames.filter(({ type }) => type === "read").length, 0);
    const again = await open(visitor.token);
    const { conversation } = again.welcome;
    await api.must("PATCH", `/conversations/${conversation}`, { unread: 0 });
    for (const side of [visitor, again]) {
      const { message_id } = await side.next(({ type }) => type === "read", "seen");
      assert.ok(message_id >= sent.id);
    }
    const later = await open(visitor.token);
    assert.ok((await later.next(({ type }) => type === "read", "seen")).message_id >= sent.id);
    for (const side of [visitor, again, later]) side.close();
  });

  it("is told which quick reply was pressed", async () => {
    const visitor = await open();
    visitor.send({ type: "message", client_id: "pressed-1", text: "Outside", payload: "seat:outside" });
    const { message } = await visitor.ack("pressed-1");
    assert.equal(message.payload, null, "the visitor's page needs it no more");
    const again = await open(visitor.token);
    const [stored] = inbound(await api.list(`/conversations/${again.welcome.conversation}/messages`));
    assert.equal(stored.payload, "seat:outside");
    visitor.close();
    again.close();
  });

  it("names the items of an answer, and tells what a card needs", async () => {
    const visitor = await open();
    const reply = await visitor.ask("How much is the chocolate cake?");
    const cake = items.find(({ name }) => name === "Chocolate cake");
    const claim = reply.claims.find(({ item_id, amount }) => item_id === cake.id && amount);
    assert.deepEqual(claim.amount, cake.price);
    visitor.send({ type: "items", ids: [cake.id] });
    const { items: found } = await visitor.next(({ type }) => type === "items", "the item");
    assert.equal(found[0].name, "Chocolate cake");
    assert.equal(found[0].revision, claim.item_revision);
    const foreign = await add_items(await engine.workspace(), [{ name: "Secret" }]);
    visitor.send({ type: "items", ids: [foreign[0].id] });
    await until("an empty answer", () => visitor.frames.filter(({ type }) => type === "items").length === 2);
    assert.deepEqual(visitor.frames.filter(({ type }) => type === "items")[1].items, []);
    visitor.close();
  });
});

describe("files of a visitor", () => {
  const png = Buffer.from(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==", "base64");
  const address = (visitor, more = {}) =>
    `${engine.url}/chat/${channel.widget_key}/uploads?${new URLSearchParams({ visitor: visitor.token, ...more })}`;
  async function upload(visitor, more, headers = {}) {
    const form = new FormData();
    form.append("file", new Blob([png], { type: "image/png" }), "cake.png");
    return fetch(address(visitor, more), { method: "POST", body: form, headers });
  }
  const send = (visitor, upload_id, text = "") => {
    visitor.send({ type: "message", client_id: "with-file", text, attachments: [{ upload_id }] });
    return visitor.next((frame) => frame.client_id === "with-file", "an ack or a refusal");
  };

  it("are uploaded, sent without a text, and read again through a link", async () => {
    const visitor = await open();
    const stored = await upload(visitor);
    assert.equal(stored.status, 201);
    const { message } = await send(visitor, (await stored.json()).id);
    const [file] = message.attachments;
    assert.equal(file.type, "image");
    assert.equal(file.filename, "cake.png");
    assert.equal(file.size_bytes, png.length);
    const { pathname, search } = new URL(file.url);
    const read = await fetch(engine.url + pathname + search);
    assert.deepEqual(Buffer.from(await read.arrayBuffer()), png);
    const again = await open(visitor.token);
    assert.equal(again.welcome.messages[0].attachments[0].filename, "cake.png");
    const [seen] = inbound(await api.list(`/conversations/${again.welcome.conversation}/messages`));
    assert.equal(seen.attachments[0].mime_type, "image/png");
    for (const side of [visitor, again]) side.close();
  });

  it("of another visitor, or made up, are refused", async () => {
    const [owner, thief] = [await open(), await open()];
    const { id } = await (await upload(owner)).json();
    for (const upload_id of [id, id.slice(0, -1) + "0"]) {
      const answer = await send(thief, upload_id, "mine now");
      assert.equal(answer.type, "error");
      assert.equal(answer.code, "invalid");
    }
    for (const side of [owner, thief]) side.close();
  });

  it("of an identified visitor belong to the user; a wrong signature uploads nothing", async () => {
    const visitor = await signed_in("user-9");
    const stored = await upload(visitor, { user: "user-9", signature: sign("user-9") });
    assert.equal(stored.status, 201);
    const { message } = await send(visitor, (await stored.json()).id, "Look");
    assert.equal(message.attachments.length, 1);
    assert.equal((await upload(visitor, { user: "user-9", signature: sign("user-8") })).status, 401);
    visitor.close();
  });

  it("come only from pages that may open the chat, which browsers can ask", async () => {
    const visitor = await open();
    const preflight = await fetch(address(visitor), { method: "OPTIONS" });
    assert.equal(preflight.status, 204);
    assert.equal(preflight.headers.get("access-control-allow-origin"), "*");
    await api.must("PATCH", `/channels/${channel.id}`, { allowed_origins: ["https://shop.example"] });
    assert.equal((await upload(visitor, {}, { Origin: "https://evil.example" })).status, 403);
    assert.equal((await upload(visitor, {}, { Origin: "https://shop.example" })).status, 201);
    await api.must("PATCH", `/channels/${channel.id}`, { allowed_origins: [] });
    visitor.close();
  });
});

describe("an open chat", () => {
  const closed = (visitor) => until("the socket's end", () => visitor.closed);

  it("is closed when its contact is erased; whoever comes back with a new token is somebody else", async () => {
    const [erased, other] = [await open(), await open()];
    for (const visitor of [erased, other]) await visitor.ask("how much is the chocolate cake?");
    const again = await open(erased.token);
    const conversation = await api.must("GET", `/conversations/${again.welcome.conversation}`);
    await api.must("DELETE", `/contacts/${conversation.contact.id}`).catch(() => {});
    for (const visitor of [erased, again]) assert.equal((await closed(visitor)).code, 4410);
    assert.equal(other.closed, null);
    other.close();
  });

  it("is closed when its channel is disabled or deleted", async () => {
    for (const end of [(id) => api.must("PATCH", `/channels/${id}`, { status: "disabled" }),
      (id) => api.delete(`/channels/${id}`)]) {
      const second = await webchat(api, "Short-lived");
      const visitor = await Visitor.open(engine, second.widget_key);
      await end(second.id);
      assert.equal((await closed(visitor)).code, 4404);
    }
  });
});
