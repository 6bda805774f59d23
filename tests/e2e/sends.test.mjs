// Sending to a provider that refuses, is slow, breaks the connection or is down: what is retried, what waits,
// what fails, and that nothing is lost, duplicated or reordered (faults F8, F9,
// F10, F17).
import assert from "node:assert/strict";
import { after, before, beforeEach, describe, it } from "node:test";

import { Engine } from "./support/engine.mjs";
import { echo, Meta, new_person } from "./support/meta.mjs";
import { Sim, Tap } from "./support/sim.mjs";
import { conversation_of, messages_of, outbound, page_shop } from "./support/shop.mjs";
import { kPatience, until } from "./support/wait.mjs";

let engine;
let sim;
let tap;
let meta;
before(async () => {
  sim = await Sim.start();
  tap = await Tap.start(sim);
  engine = await Engine.start({ config: { "channels.meta": { graph_url: tap.url } } });
  meta = new Meta(engine);
});
after(async () => {
  await engine?.close();
  tap?.close();
  await sim?.close();
});

// One shop per test, so that an open breaker or a pause does not affect the next test.
let api;
let channel;
let page;
let person;
let conversation;
beforeEach(async () => {
  await sim.reset();
  ({ api, channel, page } = await page_shop(engine));
  person = new_person();
  conversation = await open(person);
});

// Opens a conversation that a person handles: the engine sends only what the test writes.
async function open(who) {
  await meta.say(page, who, "hello");
  await sim.sent_to(who);
  const { id } = await until("the conversation", () => conversation_of(api, who));
  await until("the greeting is sent", async () => outbound(await messages_of(api, who))[0]?.status === "sent");
  await api.must("PATCH", `/conversations/${id}`, { handler: "human" });
  return id;
}

const write = (text, id = conversation) => api.must("POST", `/conversations/${id}/messages`, { text });
const stored = async (id) => (await messages_of(api, person)).find((one) => one.id === id);
const status = async () => (await api.must("GET", `/channels/${channel.id}`)).status;
const calls = (text) => tap.calls_to(person).filter((call) => call.text === text);
const ends = (written, wanted, seconds = kPatience) => until(`${wanted}: ${written.text.slice(0, 40)}`, async () => {
  const now = await stored(written.id);
  return now.status === wanted && now;
}, seconds);

async function assert_delivered_in_order(texts) {
  const sent = await until("all at the provider", async () => {
    const found = (await sim.accepted(person)).slice(1);
    return found.length >= texts.length && found;
  }, 30);
  assert.deepEqual(sent.map(({ text }) => text), texts);
}

it("a message of the API goes out as it was written, within the rules of the Send API", async () => {
  const written = await write("Your table is ready 🎉");
  assert.equal(written.status, "queued");
  assert.equal(written.author, "member");
  assert.equal(written.direction, "out");
  await ends(written, "sent");
  const sent = (await sim.accepted(person)).at(-1);
  assert.equal(sent.text, "Your table is ready 🎉");
  assert.ok(sent.metadata.length > 0, "an echo must be able to name the message");
});

it("items of the catalog go as cards with picture and price; others are refused by name", async () => {
  const item = await api.must("POST", "/catalog/items", {
    name: "Lemon tart", price: { amount_minor: 390, currency: "USD" }, image_urls: ["https://cdn.example.test/t.jpg"],
  });
  const path = `/conversations/${conversation}/messages`;
  const written = await api.must("POST", path, { text: "Fresh today", products: { product_ids: [item.id] } });
  const card = { item_id: item.id, title: "Lemon tart", subtitle: "$3.90", image_url: "https://cdn.example.test/t.jpg" };
  assert.deepEqual(written.products.cards, [card]);
  await ends(written, "sent");
  const sent = (await sim.accepted(person)).slice(-2);
  assert.equal(sent[0].text, "Fresh today");
  assert.match(JSON.stringify(sent[1]), /Lemon tart/);
  const unknown = item.id.replace(/.$/, (last) => (last === "0" ? "1" : "0"));
  const refused = await api.post(path, { products: { product_ids: [item.id, unknown] } });
  assert.equal(refused.status, 422, refused.text);
  assert.equal(refused.json.errors[0].pointer, "#/products/product_ids/1");
});

it("a long text is split at the channel's limit, in order", async () => {
  const text = Array.from({ length: 500 }, (_, i) => `word${i}`).join(" ");
  await ends(await write(text), "sent");
  const parts = (await sim.accepted(person)).slice(1).map((sent) => sent.text);
  assert.ok(parts.length >= 2);
  for (const part of parts) assert.ok([...part].length <= 2000);
  assert.equal(parts.join(" ").replace(/\s+/g, " "), text);
});

describe("a token that has expired (190)", () => {
  it("parks the queue; new credentials send all of it in order", async () => {
    await sim.knobs({ expired_token: true });
    const texts = ["one", "two", "three"];
    const written = [];
    for (const text of texts) written.push(await write(text));
    await until("token_expired", async () => (await status()) === "token_expired");
    for (const one of written) assert.equal((await stored(one.id)).status, "queued");
    assert.ok((await api.must("GET", `/channels/${channel.id}`)).error, "the owner is told why");
    const before = tap.calls_to(person).length;
    const late = await write("four");
    assert.equal((await stored(late.id)).status, "queued");
    await sim.knobs({ expired_token: false, tokens: { [page]: "EAA-renewed" } });
    const credentials = { page_id: page, page_access_token: "EAA-renewed" };
    await api.must("PATCH", `/channels/${channel.id}`, { credentials });
    await assert_delivered_in_order([...texts, "four"]);
    for (const one of [...written, late]) await ends(one, "sent");
    assert.equal(await status(), "active");
    const told = (await api.list("/audit")).filter(({ action }) => action === "channel.status");
    assert.equal(told.length, 1, "the end of the token, once");
    assert.ok(before <= 4, `${before} calls with a dead token`);
  });

  it("stays parked over a restart", async () => {
    await sim.knobs({ expired_token: true });
    const written = await write("parked");
    await until("token_expired", async () => (await status()) === "token_expired");
    await engine.restart();
    assert.equal(await status(), "token_expired");
    assert.equal((await stored(written.id)).status, "queued");
    await sim.knobs({ expired_token: false });
    const credentials = { page_id: page, page_access_token: "EAA-renewed" };
    await api.must("PATCH", `/channels/${channel.id}`, { credentials });
    await ends(written, "sent");
  });

  it("does not touch another channel", async () => {
    await sim.knobs({ tokens: { [page]: "another token" } });
    await write("parked");
    await until("token_expired", async () => (await status()) === "token_expired");
    const other = await page_shop(engine);
    const someone = new_person();
    await meta.say(other.page, someone, "How much is the espresso?");
    await sim.sent_to(someone);
  });
});

describe("a rate limit (429, code 613)", () => {
  it("pauses for Retry-After, then everything goes out in order", async () => {
    await sim.knobs({ rate_429: 1, retry_after_seconds: 5 });
    const first = await write("one");
    await until("the refusal", () => calls("one")[0]?.status === 429);
    await until("rate_limited", async () => (await status()) === "rate_limited");
    await write("two");
    await sim.knobs({ rate_429: 0 });
    await assert_delivered_in_order(["one", "two"]);
    await ends(first, "sent");
    const [refused, accepted] = calls("one");
    assert.equal(calls("one").length, 2, "one refusal, one success");
    assert.ok(accepted.at - refused.at >= 4950, `came back after ${accepted.at - refused.at} ms`);
    await until("active again", async () => (await status()) === "active");
  });
});

describe("a refusal for good", () => {
  const refusals = [
    ["no such recipient", 100, 2018001, null],
    ["outside the window", 10, 2018278, /window_closed/],
    ["unreachable", 551, 0, /unreachable/],
    ["invalid data", 100, 0, null],
    ["a code nobody knows", 777777, 0, null],
  ];
  for (const [what, code, subcode, reason] of refusals) {
    it(`(${what}: ${code}/${subcode}) fails once, with the reason; the next message goes out`, async () => {
      await sim.knobs({ error_rate: 1, error_status: 400, error_code: code, error_subcode: subcode,
        error_transient: false, error_message: "(#1) refused" });
      const failed = await ends(await write("refused"), "failed");
      assert.ok(failed.error.code.length > 0);
      if (reason) assert.match(failed.error.code, reason);
      assert.ok(failed.error.detail.length > 0);
      await sim.knobs({ error_rate: 0 });
      await ends(await write("next"), "sent");
      assert.equal(calls("refused").length, 1);
      assert.equal(await status(), "active");
    });
  }
});

describe("a failure that passes", () => {
  const failures = [
    ["an internal error (500)", { error_rate: 1, error_status: 500, error_code: 2, error_transient: true }],
    ["an unknown code with 503", { error_rate: 1, error_status: 503, error_code: 777777, error_transient: false }],
    ["a transient error with 400", { error_rate: 1, error_status: 400, error_code: 1, error_transient: true }],
    ["a connection that is reset", { reset_rate: 1 }],
  ];
  for (const [what, knobs] of failures) {
    // After a reset the provider may have accepted the message: the engine waits half a minute for its echo.
    const patience = knobs.reset_rate ? 60 : 20;
    it(`(${what}) is tried again until it passes, in order`, async () => {
      await sim.knobs(knobs);
      const written = await write("first");
      await until("two attempts", () => knobs.reset_rate ? calls("first").length >= 1 : calls("first").length >= 2);
      assert.equal((await stored(written.id)).status, "queued");
      const next = await write("next");
      await sim.knobs({ error_rate: 0, reset_rate: 0 });
      await ends(written, "sent", patience);
      await ends(next, "sent", patience);
      await assert_delivered_in_order(["first", "next"]);
    });
  }

  it("a provider that is away gets everything when it is back, in order", async () => {
    await sim.stop();
    tap.server.closeAllConnections();
    const texts = ["one", "two", "three"];
    const written = [];
    for (const text of texts) written.push(await write(text));
    await until("an attempt", () => calls("one").length > 0);
    await sim.start();
    await sim.reset();
    for (const one of written) await ends(one, "sent", 90);
    const sent = (await sim.accepted(person)).map(({ text }) => text);
    assert.deepEqual(sent, texts);
  });
});

describe("an answer that never comes", () => {
  it("after the provider took the message: its echo settles it, and it is not sent twice", async () => {
    await sim.knobs({ drop_after_accept_rate: 1 });
    const written = await write("did it arrive?");
    const [, sent] = await sim.sent_to(person, 2);
    assert.equal(sent.answered, false);
    assert.equal((await stored(written.id)).status, "queued");
    const own = { mid: sent.message_id, app_id: 900100, metadata: sent.metadata };
    await meta.deliver(page, echo(page, person, sent.text, own));
    const settled = await ends(written, "sent");
    assert.equal(settled.external_id, sent.message_id);
    assert.equal(settled.maybe_duplicate, false);
    await sim.knobs({ drop_after_accept_rate: 0 });
    await ends(await write("next"), "sent");
    const texts = (await sim.accepted(person)).slice(1).map(({ text }) => text);
    assert.deepEqual(texts, ["did it arrive?", "next"]);
  });

  it("within 20 s is not waited for any longer: its echo settles it, and it is not sent twice", async () => {
    const slow = 60_000;
    await sim.knobs({ latency_min_ms: slow, latency_max_ms: slow });
    const began = performance.now();
    const written = await write("a long call");
    const sent = await until("the call", async () =>
      (await sim.accepted(person)).find(({ text }) => text === "a long call"));
    await sim.knobs({ latency_min_ms: 0, latency_max_ms: 0 });
    const [attempt] = await until("the call given up", async () => {
      const { attempts } = await engine.operator.must("GET", `/messages/${written.id}/trace`);
      return attempts[0]?.finished_at && attempts;
    }, 30);
    assert.equal(attempt.outcome, "unknown");
    assert.ok(performance.now() - began < slow);
    assert.equal((await stored(written.id)).status, "queued");
    const own = { mid: sent.message_id, app_id: 900100, metadata: sent.metadata };
    await meta.deliver(page, echo(page, person, sent.text, own));
    const settled = await ends(written, "sent");
    assert.equal(settled.maybe_duplicate, false);
    await ends(await write("after the long call"), "sent");
    assert.equal(calls("a long call").length, 1);
  });

  it("a slow provider holds up neither other channels nor what comes in", async () => {
    await sim.knobs({ latency_min_ms: 10_000, latency_max_ms: 10_000 });
    const written = await write("slow");
    await until("the call", () => calls("slow").length > 0);
    await sim.knobs({ latency_min_ms: 0, latency_max_ms: 0 });
    const other = await page_shop(engine);
    const someone = new_person();
    await meta.say(other.page, someone, "How much is the espresso?");
    await sim.sent_to(someone);
    assert.equal(calls("slow")[0].status, 0, "the slow call has no answer yet");
    await ends(written, "sent");
    assert.equal(calls("slow").length, 1);
  });
});

describe("priority", () => {
  it("an interactive message overtakes reminders, reminders overtake broadcasts", async () => {
    const people = Array.from({ length: 202 }, new_person);
    await Promise.all(people.map((who) => meta.say(page, who, "hello")));
    await until("everybody is answered", async () => (await sim.accepted()).length >= people.length, 60);
    const ids = new Map();
    for (const one of await api.list("/conversations"))
      ids.set(one.contact.identities[0].external_id, one.id);
    const { data } = await engine.operator.must("GET", "/actors?kind=connection&depth=9");
    const actor = data.find(({ id }) => id === channel.id).path;
    await engine.operator.must("POST", `/actors${actor}/pause`);
    const queue = (who, text, priority) =>
      api.must("POST", `/conversations/${ids.get(who)}/messages`, priority ? { text, priority } : { text });
    for (const who of people.slice(0, 200)) {
      const queued = await queue(who, "Sale!", "broadcast");
      assert.equal(queued.priority, "broadcast");
    }
    await queue(people[200], "Your table tomorrow", "reminder");
    const answer = await queue(people[201], "Yes, we are open");
    assert.equal(answer.priority, null);
    const before = (await sim.accepted()).length;
    await engine.operator.must("POST", `/actors${actor}/resume`);
    const sent = await until("all are sent", async () => {
      const found = (await sim.accepted()).slice(before).map(({ text }) => text);
      return found.length >= 202 && found;
    }, 60);
    const kInFlight = 32; // calls of different conversations may pass each other on the way
    assert.ok(sent.indexOf("Yes, we are open") < kInFlight, `place ${sent.indexOf("Yes, we are open")}`);
    assert.ok(sent.indexOf("Your table tomorrow") < kInFlight, `place ${sent.indexOf("Your table tomorrow")}`);
  });

  it("is one of three words, and a person's longer window is not for broadcasts", async () => {
    const refused = await api.post(`/conversations/${conversation}/messages`, { text: "Hi", priority: "urgent" });
    assert.equal(refused.status, 422, refused.text);
    assert.equal(refused.json.errors[0].pointer, "#/priority");
    const tagged = await api.post(`/conversations/${conversation}/messages`,
      { text: "Hi", priority: "broadcast", human_agent: true });
    assert.equal(tagged.status, 422, tagged.text);
    assert.equal(tagged.json.errors[0].pointer, "#/human_agent");
  });
});
