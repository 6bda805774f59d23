// The web chat (net/chat/README.md): visitors, frames, and taking over by a person. The answers:
// answers.test.mjs.
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { after, before, describe, it } from "node:test";

import { Visitor, chat_shop, webchat } from "./support/chat.mjs";
import { Engine } from "./support/engine.mjs";
import { assert_problem, inbound, kTime, outbound } from "./support/shop.mjs";
import { until } from "./support/wait.mjs";
import { WebSocket, kBinary, kText } from "./support/websocket.mjs";

let engine;
let api;
let channel;
before(async () => {
  engine = await Engine.start();
  ({ api, channel } = await chat_shop(engine));
});
after(() => engine?.close());

const open = (token) => Visitor.open(engine, channel.widget_key, token);

const messages = async (id) => api.list(`/conversations/${id}/messages`);
async function conversation_of(visitor) {
  const again = await open(visitor.token);
  again.close();
  return again.welcome.conversation;
}

describe("a visitor", () => {
  it("is welcomed with a token and no conversation", async () => {
    const [one, two] = [await open(), await open()];
    assert.equal(one.frames[0].type, "welcome", "the welcome comes first");
    assert.equal(one.welcome.conversation, null);
    assert.deepEqual(one.welcome.messages, []);
    assert.ok(one.token.length >= 16);
    assert.notEqual(one.token, two.token);
    one.close();
    two.close();
  });

  it("gets an ack with the message, then the price of the catalog", async () => {
    const visitor = await open();
    const sent = await visitor.say("How much is the chocolate cake?");
    assert.match(sent.id, /^msg_/);
    assert.equal(sent.text, "How much is the chocolate cake?");
    assert.equal(sent.direction, "in");
    assert.equal(sent.author, "contact");
    assert.match(sent.created_at, kTime);
    const reply = await visitor.reply();
    assert.match(reply.text, /\$4\.50/);
    assert.equal(reply.author, "ai");
    visitor.close();
  });

  it("whose client_id comes twice is acked twice and stored once", async () => {
    const visitor = await open();
    const id = randomUUID();
    const first = await visitor.say("hello", id);
    const second = await visitor.say("hello", id);
    assert.equal(second.id, first.id);
    await visitor.reply();
    const again = await open(visitor.token);
    assert.equal((await again.say("hello", id)).id, first.id);
    await again.ask("how much is the espresso?");
    const typing = again.frames.filter(({ type }) => type === "typing");
    assert.ok(typing.length <= 1, "what was answered already is not typed at again");
    const all = await messages(await conversation_of(visitor));
    assert.equal(inbound(all).filter(({ text }) => text === "hello").length, 1);
    visitor.close();
    again.close();
  });

  it("whose client_id comes with another text is told so; the first is kept", async () => {
    const visitor = await open();
    const id = randomUUID();
    await visitor.say("hello", id);
    for (const other of [{ text: "goodbye" }, { text: "hello", payload: "p" }]) {
      visitor.send({ type: "message", client_id: id, ...other });
      const { code, client_id } = await visitor.error();
      assert.deepEqual([code, client_id], ["conflict", id]);
    }
    const all = await messages(await conversation_of(visitor));
    assert.deepEqual(inbound(all).map(({ text }) => text), ["hello"]);
    const card = randomUUID(); // stored masked, and yet the same when it comes again
    await visitor.say("my card is 4111 1111 1111 1111", card);
    await visitor.say("my card is 4111 1111 1111 1111", card);
    visitor.close();
  });

  it("who sends without waiting is acked in order and stored in order", async () => {
    const visitor = await open();
    const texts = Array.from({ length: 15 }, (_, i) => `number ${i}`);
    const ids = texts.map(() => randomUUID());
    for (const [i, text] of texts.entries()) visitor.send({ type: "message", client_id: ids[i], text });
    for (const id of ids) await visitor.ack(id);
    const acks = visitor.frames.filter(({ type }) => type === "ack").map(({ client_id }) => client_id);
    assert.deepEqual(acks, ids);
    const all = await messages(await conversation_of(visitor));
    assert.deepEqual(inbound(all).map(({ text }) => text), texts);
    visitor.close();
  });

  it("who comes back with the token finds the history", async () => {
    const visitor = await open();
    await visitor.ask("How much is the apple pie?");
    visitor.socket.drop();
    const again = await open(visitor.token);
    assert.equal(again.token, visitor.token);
    assert.match(again.welcome.conversation, /^cv_/);
    assert.deepEqual(again.welcome.messages.map(({ direction }) => direction), ["in", "out"]);
    assert.match(again.welcome.messages[1].text, /12\.75/);
    again.close();
  });

  it("who comes back after a kill finds the history and goes on", async () => {
    const visitor = await open();
    await visitor.ask("How much is the apple pie?");
    await engine.kill();
    await engine.start();
    const again = await open(visitor.token);
    assert.equal(again.welcome.messages.length, 2);
    assert.match((await again.ask("How much is the espresso?")).text, /2\.40/);
    again.close();
  });

  it("on two devices sees everything on both", async () => {
    const one = await open();
    const two = await open(one.token);
    const sent = await one.say("How much is the espresso?");
    const seen = await two.next((frame) => frame.type === "message" && frame.message.id === sent.id, "the message");
    assert.equal(seen.message.text, "How much is the espresso?");
    const [a, b] = [await one.reply(), await two.reply()];
    assert.equal(a.id, b.id);
    one.close();
    two.close();
  });

  it("with a token that is foreign or made up gets no one's history", async () => {
    const owner = await open();
    await owner.say("private");
    const changed = owner.token.slice(0, -1) + (owner.token.endsWith("A") ? "B" : "A");
    for (const token of [changed, "", "x", "../../etc/passwd", "\u0000", "x".repeat(2000), owner.token.slice(1)]) {
      const guest = await open(token).catch((error) => error);
      if (guest instanceof Error) assert.ok(guest.status >= 400 && guest.status < 500, `${guest}`);
      else assert.deepEqual(guest.welcome.messages, []);
      guest.close?.();
    }
    const other = await webchat(await engine.workspace());
    const elsewhere = await Visitor.open(engine, other.widget_key, owner.token);
    assert.deepEqual(elsewhere.welcome.messages, []);
    elsewhere.close();
    owner.close();
  });

  it("is told that the other side is typing, and may type and read", async () => {
    const visitor = await open();
    visitor.send({ type: "typing" });
    const reply = await visitor.ask("How much is the espresso?");
    visitor.send({ type: "read", message_id: reply.id });
    const id = await conversation_of(visitor);
    await until("the reply is read", async () => outbound(await messages(id))[0].status === "read");
    assert.equal(visitor.frames.filter(({ type }) => type === "error").length, 0);
    visitor.close();
  });
});

describe("a bad frame", () => {
  const id = randomUUID();
  const frames = [
    ["not JSON", "hello"], ["an empty text", ""], ["a list", "[]"], ["a number", "7"], ["null", "null"],
    ["no type", "{}"], ["an unknown type", '{"type":"dance"}'], ["a type that is a number", '{"type":1}'],
    ["no client_id", '{"type":"message","text":"x"}'],
    ["an empty client_id", '{"type":"message","client_id":"","text":"x"}'],
    ["a client_id that is a number", '{"type":"message","client_id":7,"text":"x"}'],
    ["a huge client_id", JSON.stringify({ type: "message", client_id: "x".repeat(5000), text: "x" })],
    ["no text", `{"type":"message","client_id":"${id}"}`],
    ["an empty message", `{"type":"message","client_id":"${id}","text":""}`],
    ["a message of spaces", `{"type":"message","client_id":"${id}","text":" \\n "}`],
    ["a text that is a number", `{"type":"message","client_id":"${id}","text":5}`],
    ["a text that is too long", JSON.stringify({ type: "message", client_id: id, text: "x".repeat(20_000) })],
    ["a read of nothing", '{"type":"read"}'], ["a read of a number", '{"type":"read","message_id":4}'],
    ["a depth of 10,000", `{"type":"message","client_id":"${id}","text":${"[".repeat(10_000)}${"]".repeat(10_000)}}`],
  ];
  for (const [what, text] of frames) {
    it(`(${what}) is an error, and the chat goes on`, async () => {
      const visitor = await open();
      visitor.socket.send(text);
      const error = await visitor.error();
      assert.equal(typeof error.code, "string");
      assert.equal(typeof error.detail, "string");
      await visitor.say("still there?");
      const all = await messages(await conversation_of(visitor));
      assert.deepEqual(inbound(all).map((one) => one.text), ["still there?"]);
      visitor.close();
    });
  }

  it("of another kind (binary, unmasked, 1 MiB, invalid UTF-8) never harms the others", async () => {
    const bystander = await open();
    const attacks = [
      (socket) => socket.frame(kBinary, Buffer.from([0, 1, 2])),
      (socket) => socket.frame(kText, Buffer.from('{"type":"typing"}'), { mask: false }),
      (socket) => socket.frame(kText, Buffer.alloc(1 << 20, "x")),
      (socket) => socket.frame(kText, Buffer.from([0xff, 0xfe, 0xc3, 0x28])),
      (socket) => socket.frame(0, Buffer.from("continues nothing")),
      (socket) => socket.frame(11, Buffer.from("reserved")),
      (socket) => socket.frame(kText, Buffer.from('{"type":'), { fin: false }),
      (socket) => socket.tcp.write("GET / HTTP/1.1\r\n\r\n"),
    ];
    for (const attack of attacks) {
      const visitor = await open();
      attack(visitor.socket);
      await bystander.say("fine");
      visitor.socket.drop();
    }
    assert.equal(bystander.closed, null);
    bystander.close();
  });

  it("at the handshake is refused: no such widget, plain GET, a wrong version", async () => {
    const base = engine.url.replace("http", "ws");
    for (const key of ["nope", "x".repeat(1000), "%00", channel.id, api.id]) {
      await assert.rejects(WebSocket.open(`${base}/chat/${key}`), (error) => error.status === 404, key);
    }
    const plain = await engine.public_client().get(`/chat/${channel.widget_key}`);
    assert.ok([400, 404, 426].includes(plain.status), `${plain.status}`);
    const post = await engine.public_client().post(`/chat/${channel.widget_key}`, "{}");
    assert.ok([400, 404, 405, 426].includes(post.status), `${post.status}`);
  });

  it("in a flood is limited: told so, nothing acked is lost, others are not touched", async () => {
    const began = performance.now();
    const flooder = await open();
    const other = await open();
    const count = 400;
    const flood = async (visitor) => {
      for (let i = 0; i < count; ++i) visitor.send({ type: "message", client_id: randomUUID(), text: `flood ${i}` });
      const answers = await until("an answer to each", () => {
        const found = visitor.frames.filter(({ type }) => type === "ack" || type === "error");
        return found.length >= count ? found : null;
      }, 60);
      for (const { code } of answers) assert.ok(code === undefined || code === "rate_limited", code);
      return answers.filter(({ type }) => type === "ack").map(({ message }) => message.id);
    };
    const acked = await flood(flooder);
    assert.ok(acked.length >= 200, `only ${acked.length} of a burst`);
    flooder.socket.drop();
    const again = await open(flooder.token);
    acked.push(...await flood(again));
    const most = 200 + 10 * Math.ceil((performance.now() - began) / 1000);
    assert.ok(acked.length <= most, `${acked.length} of ${2 * count}, a new socket is no new allowance: ${most}`);
    await other.say("hello");
    const all = await messages(await conversation_of(flooder));
    const kept = new Set(all.map(({ id }) => id));
    for (const id of acked) assert.ok(kept.has(id));
    assert.equal(inbound(all).length, acked.length);
    other.close();
    again.socket.drop();
  });
});

describe("a person", () => {
  it("is called when the customer wants one: handler human, customer told, AI silent, and back", async () => {
    const visitor = await open();
    const told = await visitor.ask("I want to talk to a person, please");
    assert.ok(told.text.length > 0);
    const id = await conversation_of(visitor);
    const conversation = () => api.must("GET", `/conversations/${id}`);
    assert.equal((await conversation()).handler, "human");
    const before = outbound(await messages(id)).length;
    await visitor.say("How much is the espresso?");
    const written = await api.must("POST", `/conversations/${id}/messages`, { text: "Ada here, hello!" });
    const seen = await visitor.reply("the member's answer");
    assert.equal(seen.id, written.id);
    assert.equal(seen.author, "member");
    assert.equal(seen.text, "Ada here, hello!");
    assert.equal(outbound(await messages(id)).length, before + 1, "the AI is silent");
    const back = await api.must("PATCH", `/conversations/${id}`, { handler: "ai" });
    assert.equal(back.handler, "ai");
    assert.match((await visitor.ask("How much is the espresso?")).text, /2\.40/);
    visitor.close();
  });

  it("may answer before the AI is asked again, with attachments", async () => {
    const visitor = await open();
    await visitor.ask("hello");
    const id = await conversation_of(visitor);
    const attachments = [{ type: "image", url: "https://cdn.example.test/cake.jpg", title: "Cake" }];
    const answer = await api.post(`/conversations/${id}/messages`, { text: "Look", attachments });
    assert.equal(answer.status, 201);
    const seen = await visitor.reply("the picture");
    assert.equal(seen.attachments[0].url, attachments[0].url);
    visitor.close();
  });

  it("closes a conversation; the next message opens it again, with the AI", async () => {
    const visitor = await open();
    await visitor.ask("I want to talk to a human");
    const id = await conversation_of(visitor);
    await api.must("PATCH", `/conversations/${id}`, { status: "closed" });
    await visitor.ask("How much is the apple pie?");
    const { status, handler } = await api.must("GET", `/conversations/${id}`);
    assert.deepEqual({ status, handler }, { status: "open", handler: "ai" });
    visitor.close();
  });
});

it("a channel that is deleted closes its chats and takes no visitor any more", async () => {
  const gone = await webchat(api, "gone");
  const visitor = await Visitor.open(engine, gone.widget_key);
  await visitor.say("hello");
  assert.equal((await api.delete(`/channels/${gone.id}`)).status, 204);
  assert.equal((await until("the socket's end", () => visitor.closed)).code, 4404);
  await assert.rejects(Visitor.open(engine, gone.widget_key, visitor.token), (error) => error.status === 404);
  assert_problem(await api.get(`/channels/${gone.id}`), 404);
});

it("a channel that is switched off closes its chats until it is on again", async () => {
  const off = await webchat(api, "off");
  const visitor = await Visitor.open(engine, off.widget_key);
  await visitor.ask("hello");
  await api.must("PATCH", `/channels/${off.id}`, { status: "disabled" });
  assert.equal((await until("the socket's end", () => visitor.closed)).code, 4404);
  await assert.rejects(Visitor.open(engine, off.widget_key, visitor.token), (error) => error.status === 404);
  await api.must("PATCH", `/channels/${off.id}`, { status: "active" });
  const again = await Visitor.open(engine, off.widget_key, visitor.token);
  await again.ask("how much is the chocolate cake?");
  again.close();
});
