// Messenger events in: batches, repetition, any order, echoes, the messaging window; and the answer from the
// catalog at the provider.
import assert from "node:assert/strict";
import { after, before, beforeEach, describe, it } from "node:test";

import { Engine } from "./support/engine.mjs";
import {
  echo, envelope, from_person, kInboxAppId, message, Meta, new_mid, new_page, new_person,
} from "./support/meta.mjs";
import { Sim } from "./support/sim.mjs";
import {
  assert_problem, conversation_of, inbound, messages_of, messages_when, messenger, outbound, page_shop,
} from "./support/shop.mjs";
import { until } from "./support/wait.mjs";

let engine;
let sim;
let meta;
let api;
let page;
let person;
before(async () => {
  sim = await Sim.start();
  engine = await Engine.start({ config: { "channels.meta": { graph_url: sim.url } } });
  meta = new Meta(engine);
  ({ api, page } = await page_shop(engine));
});
after(async () => {
  await engine?.close();
  await sim?.close();
});
beforeEach(async () => {
  await sim.reset();
  person = new_person();
});

const when = (what, enough) => messages_when(what, api, person, enough);
const by_id = (messages, mid) => messages.find(({ external_id }) => external_id === mid);
const status_of = async (mid) => by_id(await messages_of(api, person), mid)?.status;
const handler = async () => (await conversation_of(api, person))?.handler;
const set_handler = async (value) => {
  const { id } = await conversation_of(api, person);
  await api.must("PATCH", `/conversations/${id}`, { handler: value });
};

describe("a question", () => {
  it("is answered with the price of the catalog, at the provider and in the API", async () => {
    const mid = await meta.say(page, person, "How much is the chocolate cake?");
    const [sent] = await sim.sent_to(person);
    assert.match(sent.text, /\$4\.50/);
    assert.ok(!/12\.75|2\.40/.test(sent.text), sent.text);
    const all = await when("the reply is sent", (found) => outbound(found)[0]?.status === "sent");
    assert.equal(by_id(all, mid).text, "How much is the chocolate cake?");
    const [reply] = outbound(all);
    assert.equal(reply.author, "ai");
    assert.equal(reply.text, sent.text);
    assert.equal(reply.external_id, sent.message_id);
    assert.equal(reply.error, null);
    assert.equal((await sim.accepted(person)).length, 1);
  });

  it("in several messages at once gets an answer to the last of them", async () => {
    await meta.deliver(page, message(page, person, "hello"), message(page, person, "how much is the apple pie?"));
    await until("the price", async () => (await sim.accepted(person)).some(({ text }) => text.includes("12.75")));
  });

  it("whose answer waits for the rest of it sees typing before the answer", async () => {
    const config = { "channels.meta": { graph_url: sim.url }, ai: { reply_debounce_ms: 400 } };
    const patient = await Engine.start({ config });
    try {
      const shop = await page_shop(patient);
      await new Meta(patient).say(shop.page, person, "How much is the chocolate cake?");
      await sim.sent_to(person);
      const kinds = (await sim.ledger(person)).map(({ kind }) => kind).filter((kind) => kind !== "mark_seen");
      assert.deepEqual(kinds, ["typing_on", "message"]);
    } finally {
      await patient.close();
    }
  });

  it("that is days old is kept but not answered", async () => {
    const at = Date.now() - 25 * 3600 * 1000;
    await meta.say(page, person, "How much is the espresso?", { at });
    await when("the message", (all) => all.length === 1);
    const other = new_person();
    await meta.say(page, other, "How much is the espresso?");
    await sim.sent_to(other);
    assert.deepEqual(await sim.accepted(person), []);
  });

  it("by a quick reply or a postback is shown with its title and payload", async () => {
    const mid = new_mid();
    await meta.deliver(page, message(page, person, "Menu", { quick_reply: { payload: "SHOW_MENU" } }),
      from_person(page, person, { postback: { mid, title: "Order", payload: "ORDER" } }));
    const all = await when("both", (found) => inbound(found).length === 2);
    assert.equal(by_id(all, mid).text, "Order");
    assert.deepEqual(inbound(all).map(({ payload }) => payload), ["SHOW_MENU", "ORDER"]);
  });

  it("with attachments keeps their kinds and addresses", async () => {
    const attachments = [{ type: "image", payload: { url: "https://cdn.example.test/i.jpg?sig=1" } },
      { type: "location", payload: { coordinates: { lat: 1.5, long: -2.25 } } }, { type: "fallback", payload: null }];
    const mid = new_mid();
    await meta.deliver(page, from_person(page, person, { message: { mid, attachments } }));
    const all = await when("it", (found) => by_id(found, mid));
    const got = by_id(all, mid);
    assert.equal(got.text, null);
    assert.equal(got.attachments.length, 3);
    assert.equal(got.attachments[0].type, "image");
    assert.equal(got.attachments[0].url, "https://cdn.example.test/i.jpg?sig=1");
  });

  it("that quotes a message names it", async () => {
    const first = await meta.say(page, person, "first");
    const second = await meta.say(page, person, "second", { reply_to: { mid: first } });
    const all = await when("both", (found) => by_id(found, first) && by_id(found, second));
    assert.equal(by_id(all, second).reply_to, by_id(all, first).id);
  });
});

describe("a batch", () => {
  it("of several entries and pages is processed whole", async () => {
    const other = await page_shop(engine);
    const events = (to) => [message(to, person, "one"), message(to, person, "two"), message(to, person, "three")];
    const entries = [page, other.page, page].map((to) => ({ page: to, events: events(to) }));
    assert.equal((await meta.post(envelope(...entries))).status, 200);
    await when("six on our page", (all) => inbound(all).length === 6);
    await messages_when("three on theirs", other.api, person, (all) => inbound(all).length === 3);
  });

  it("of 1,000 events keeps the order of each conversation", async () => {
    const { api: quiet, page: big } = await page_shop(engine);
    const people = Array.from({ length: 20 }, new_person);
    const at = Date.now();
    const events = Array.from({ length: 1000 }, (_, i) => message(big, people[i % 20], `${i}`, { at }));
    await meta.deliver(big, ...events);
    for (const [n, one] of people.entries()) {
      const all = await messages_when("50 messages", quiet, one, (found) => inbound(found).length === 50, 30);
      const texts = inbound(all).map(({ text }) => Number(text));
      assert.deepEqual(texts, Array.from({ length: 50 }, (_, i) => i * 20 + n));
    }
  });

  it("with standby events shows them and never answers", async () => {
    const standby = envelope({ page, key: "standby", events: [message(page, person, "How much is the apple pie?")] });
    assert.equal((await meta.post(standby)).status, 200);
    await when("the message", (all) => all.length === 1);
    const other = new_person();
    await meta.say(page, other, "How much is the apple pie?");
    await sim.sent_to(other);
    assert.deepEqual(await sim.accepted(person), []);
  });
});

describe("repetition", () => {
  it("of a body, at once and later, has one effect", async () => {
    const body = envelope({ page, events: [message(page, person, "How much is the espresso?")] });
    const answers = await Promise.all(Array.from({ length: 8 }, () => meta.post(body)));
    assert.deepEqual(answers.map(({ status }) => status), Array(8).fill(200));
    await sim.sent_to(person);
    assert.equal((await meta.post(body)).status, 200);
    await engine.kill();
    await engine.start();
    assert.equal((await meta.post(body)).status, 200);
    await meta.say(page, person, "marker");
    const all = await when("the marker", (found) => inbound(found).some(({ text }) => text === "marker"));
    assert.equal(inbound(all).length, 2);
    assert.equal((await sim.accepted(person)).filter(({ text }) => text.includes("2.40")).length, 1);
  });

  it("of a message in another envelope has one effect", async () => {
    const event = message(page, person, "same");
    await meta.deliver(page, event, event);
    await meta.deliver(page, message(page, person, "other"), event);
    const all = await when("the other", (found) => inbound(found).length >= 2);
    assert.equal(inbound(all).length, 2);
    assert.equal((await conversation_of(api, person)).unread, 2);
  });

  it("the same id on another page is another message", async () => {
    const other = await page_shop(engine);
    const mid = new_mid();
    await meta.say(page, person, "here", { mid });
    await meta.say(other.page, person, "there", { mid });
    await when("ours", (all) => inbound(all)[0]?.text === "here");
    await messages_when("theirs", other.api, person, (all) => inbound(all)[0]?.text === "there");
  });
});

describe("any order", () => {
  const edit = (mid, text, num_edit) => from_person(page, person, { message_edit: { mid, text, num_edit } });
  const unsend = (mid) => from_person(page, person, { message: { mid, is_deleted: true } });
  const react = (mid, emoji, at) => from_person(page, person,
    { reaction: emoji ? { mid, action: "react", reaction: "love", emoji } : { mid, action: "unreact" } }, at);

  it("an edit before its message, and an older edit after a newer one", async () => {
    const mid = new_mid();
    await meta.deliver(page, edit(mid, "third", "2"));
    await meta.say(page, person, "first", { mid });
    await meta.deliver(page, edit(mid, "second", 1));
    await meta.say(page, person, "marker");
    const all = await when("the marker", (found) => inbound(found).some(({ text }) => text === "marker"));
    assert.equal(by_id(all, mid).text, "third");
    assert.equal(by_id(all, mid).edited, true);
    assert.equal(inbound(all).length, 2);
  });

  it("an unsend before its message: its text is never shown", async () => {
    const mid = new_mid();
    await meta.deliver(page, unsend(mid));
    await meta.say(page, person, "regretted", { mid });
    await meta.say(page, person, "marker");
    const all = await when("the marker", (found) => inbound(found).some(({ text }) => text === "marker"));
    const gone = by_id(all, mid);
    assert.equal(gone.deleted, true);
    assert.ok(!JSON.stringify(all).includes("regretted"));
    assert.ok(!JSON.stringify(await sim.accepted(person)).includes("regretted"));
  });

  it("an unsend after its message", async () => {
    const mid = await meta.say(page, person, "regretted");
    await meta.deliver(page, unsend(mid));
    const all = await when("the unsend", (found) => by_id(found, mid)?.deleted);
    assert.ok(!JSON.stringify(all).includes("regretted"));
  });

  it("reactions: before the message, changed, taken back, an old one late", async () => {
    const mid = new_mid();
    const at = Date.now();
    await meta.deliver(page, react(mid, "👍", at + 20));
    await meta.say(page, person, "look", { mid, at });
    await when("the reaction", (found) => by_id(found, mid)?.reactions[0]?.emoji === "👍");
    await meta.deliver(page, react(mid, "❤", at + 30), react(mid, "😡", at + 10));
    await when("the newest reaction", (found) => by_id(found, mid)?.reactions[0]?.emoji === "❤");
    await meta.deliver(page, react(mid, null, at + 40), react(mid, "😡", at + 35));
    await when("no reaction", (found) => by_id(found, mid)?.reactions.length === 0);
  });

  it("receipts only climb: read before delivered, old before new", async () => {
    await meta.say(page, person, "hello");
    const [{ message_id: mid }] = await sim.sent_to(person);
    await until("sent", async () => (await status_of(mid)) === "sent");
    const receipt = (content) => meta.deliver(page, from_person(page, person, content));
    await receipt({ delivery: { mids: [mid], watermark: Date.now() } });
    await until("delivered", async () => (await status_of(mid)) === "delivered");
    await receipt({ read: { watermark: Date.now() } });
    await until("read", async () => (await status_of(mid)) === "read");
    await receipt({ delivery: { mids: [mid], watermark: Date.now() } });
    await receipt({ read: { watermark: 1 } });
    await meta.say(page, person, "marker");
    await when("the marker", (found) => inbound(found).length === 2);
    assert.equal(await status_of(mid), "read");
  });

  it("a delivery without ids counts up to its watermark", async () => {
    await meta.say(page, person, "hello");
    const [{ message_id: mid }] = await sim.sent_to(person);
    await until("sent", async () => (await status_of(mid)) === "sent");
    await meta.deliver(page, from_person(page, person, { delivery: { watermark: Date.now() + 1000 } }));
    await until("delivered", async () => (await status_of(mid)) === "delivered");
  });

  it("messages are shown by the time they were written", async () => {
    const at = Date.now() - 10_000;
    for (const n of [3, 1, 2]) await meta.say(page, person, `${n}`, { at: at + n });
    const all = await when("three", (found) => inbound(found).length === 3);
    assert.deepEqual(inbound(all).map(({ text }) => text), ["1", "2", "3"]);
  });
});

describe("an echo", () => {
  it("of a person in the page's inbox hands the conversation over; the AI is silent", async () => {
    await meta.say(page, person, "hello");
    await sim.sent_to(person);
    const mid = new_mid();
    await meta.deliver(page, echo(page, person, "Ada here, I take over", { mid, app_id: kInboxAppId }));
    await until("a person handles it", async () => (await handler()) === "human");
    const before = (await sim.accepted(person)).length;
    await meta.say(page, person, "How much is the apple pie?");
    const other = new_person();
    await meta.say(page, other, "How much is the apple pie?");
    await sim.sent_to(other);
    const all = await when("the question", (found) => inbound(found).length === 2);
    assert.equal((await sim.accepted(person)).length, before);
    const theirs = by_id(all, mid);
    assert.equal(theirs.author, "member");
    assert.equal(theirs.direction, "out");
    assert.equal(theirs.text, "Ada here, I take over");
    await set_handler("ai");
    await meta.say(page, person, "How much is the apple pie?");
    await until("the AI again", async () => (await sim.accepted(person)).length > before);
  });

  it("of our own message is that message", async () => {
    await meta.say(page, person, "hello");
    const [sent] = await sim.sent_to(person);
    const own = { mid: sent.message_id, app_id: 900100, metadata: sent.metadata };
    await meta.deliver(page, echo(page, person, sent.text, own), echo(page, person, sent.text, own));
    await meta.say(page, person, "marker");
    const all = await when("the marker", (found) => inbound(found).length === 2);
    assert.equal(all.filter(({ external_id }) => external_id === sent.message_id).length, 1);
    assert.equal(await handler(), "ai");
  });

  it("of another program of our app is a person's message", async () => {
    await meta.say(page, person, "hello");
    await sim.sent_to(person);
    await meta.deliver(page, echo(page, person, "From the campaign tool", { app_id: 900100 }));
    const all = await when("the echo", (found) => outbound(found).length === 2);
    assert.equal(outbound(all)[1].text, "From the campaign tool");
    assert.equal(await handler(), "human");
  });

  it("before any message of the contact starts a conversation that a person handles", async () => {
    await meta.deliver(page, echo(page, person, "Hi, your order is ready", { app_id: kInboxAppId }));
    await until("a person handles it", async () => (await handler()) === "human");
  });

  it("of a person cancels an answer that is being thought over", async () => {
    await meta.deliver(page, message(page, person, "How much is the espresso?"),
      echo(page, person, "I answer myself", { app_id: kInboxAppId }));
    await until("a person handles it", async () => (await handler()) === "human");
    const all = await when("both", (found) => found.length >= 2);
    assert.ok(outbound(all).some(({ text }) => text === "I answer myself"));
  });
});

describe("the 24-hour window", () => {
  const write = async (text) => {
    const { id } = await conversation_of(api, person);
    return api.post(`/conversations/${id}/messages`, { text });
  };

  it("ends 24 hours after the contact's last message; then the API refuses to send", async () => {
    const at = Date.now() - 24 * 3600 * 1000 - 1000;
    await meta.say(page, person, "long ago", { at });
    await when("the message", (all) => all.length === 1);
    const conversation = await conversation_of(api, person);
    assert.equal(Date.parse(conversation.window_expires_at), at + 24 * 3600 * 1000);
    const refused = await write("too late");
    assert_problem(refused, 422);
    assert.match(refused.json.type, /window[-_]closed/);
    assert.deepEqual(outbound(await messages_of(api, person)), []);
    await meta.say(page, person, "new message");
    await when("the new message", (all) => inbound(all).length === 2);
    assert.equal((await write("in time")).status, 201);
    await sim.sent_to(person);
  });

  it("is closed one minute early and open before that", async () => {
    await meta.say(page, person, "almost", { at: Date.now() - 24 * 3600 * 1000 + 50_000 });
    await when("the message", (all) => inbound(all).length === 1);
    assert_problem(await write("too late"), 422);
    assert.deepEqual(await sim.accepted(person), [], "the AI keeps to it, too");
    await meta.say(page, person, "just", { at: Date.now() - 24 * 3600 * 1000 + 120_000 });
    await when("the message", (all) => inbound(all).length === 2);
    assert.equal((await write("in time")).status, 201);
  });

  it("is not opened by an echo or a receipt", async () => {
    await meta.say(page, person, "long ago", { at: Date.now() - 25 * 3600 * 1000 });
    await when("the message", (all) => all.length === 1);
    await meta.deliver(page, echo(page, person, "we wrote", { app_id: kInboxAppId }),
      from_person(page, person, { read: { watermark: Date.now() } }));
    await when("the echo", (all) => outbound(all).length === 1);
    assert_problem(await write("no"), 422);
  });
});

describe("an unknown page", () => {
  const letters = () => engine.operator.list("/dead-letters");

  it("is a dead letter, and comes again when the page is connected", async () => {
    const later = new_page();
    const known = new Set((await letters()).map(({ id }) => id));
    await meta.say(later, person, "are you there?");
    const letter = await until("the dead letter", async () => (await letters()).find(({ id }) => !known.has(id)));
    assert.match(letter.reason, /unknown/);
    assert.ok(!JSON.stringify(letter).includes("are you there?"));
    await engine.operator.post(`/dead-letters/${letter.id}/retry`);
    await until("still a dead letter", async () => (await letters()).filter(({ id }) => !known.has(id)).length === 1);
    await messenger(api, { page: later });
    await when("the message", (all) => inbound(all)[0]?.text === "are you there?");
    await until("no dead letter", async () => (await letters()).every(({ id }) => known.has(id)));
  });
});
