// Inspection and control from outside: one actor in depth, orders and their audit, the live trace, the trace
// of a message.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";

import { Visitor, chat_shop, webchat } from "./support/chat.mjs";
import { Engine } from "./support/engine.mjs";
import { Follower } from "./support/events.mjs";
import { message, Meta, new_person } from "./support/meta.mjs";
import { assert_problem, conversation_of, inbound, messages_when, outbound, page_shop } from "./support/shop.mjs";
import { Sim } from "./support/sim.mjs";
import { until } from "./support/wait.mjs";

const kCanary = "inspectcanaryQz7Kx9";

let engine;
let sim;
let meta;
let shop;
let person;
let conversation;
let operator;
before(async () => {
  sim = await Sim.start();
  await sim.reset();
  engine = await Engine.start({ config: { "channels.meta": { graph_url: sim.url } } });
  operator = engine.operator;
  meta = new Meta(engine);
  shop = await page_shop(engine);
  person = new_person();
  await meta.say(shop.page, person, `How much is the chocolate cake? ${kCanary}`);
  await messages_when("the answer", shop.api, person, (all) => outbound(all)[0]?.status === "sent");
  conversation = await conversation_of(shop.api, person);
});
after(async () => {
  await engine?.close();
  await sim?.close();
});

const list = (query) => operator.must("GET", `/actors?${query}`);
const path_of = async () => (await list(`conversation=${conversation.id}`)).data[0].path;

describe("one actor", () => {
  it("is found by what it stands for, and says what that is", async () => {
    for (const query of [`conversation=${conversation.id}`, `contact=${conversation.contact.id}`,
      `message=${conversation.last_message.id}`]) {
      const { data } = await list(query);
      assert.equal(data.length, 1, query);
      assert.equal(data[0].id, conversation.id);
      assert.equal(data[0].resource, `/api/v1/workspaces/${shop.api.id}/conversations/${conversation.id}`);
    }
    const [connection] = (await list(`channel=${shop.channel.id}`)).data;
    assert.equal(connection.kind, "connection");
    assert.equal((await shop.api.get(`/channels/${connection.id}`)).status, 200);
    assert.deepEqual((await list("conversation=cv_00000000000000000000000001")).data, []);
  });

  it("shows its state, what it did and how that ended, without a word of what was said", async () => {
    const path = await path_of();
    const answer = await until("the actor's own answer", async () => {
      const found = await operator.get(`/actors${path}`);
      return found.json.answered && found;
    });
    assert.ok(!answer.text.includes(kCanary) && !answer.text.includes(person));
    const { actor, summary, recent, timers, outbox } = answer.json;
    assert.equal(actor.state, "running");
    for (const field of Object.keys(actor)) assert.deepEqual(answer.json[field], actor[field], field);
    assert.equal(summary.channel, shop.channel.id);
    assert.equal(summary.handler, "ai");
    assert.ok(recent.some(({ what, outcome }) => what === "apply_event" && outcome === "committed"), JSON.stringify(recent));
    for (const step of recent) assert.ok(step.started_at && step.took_us >= 0);
    assert.deepEqual([timers, outbox], [[], []]);
  });

  it("answers the same under encoded slashes; what is not there is 404", async () => {
    const path = await path_of();
    const encoded = await operator.must("GET", `/actors/${encodeURIComponent(path)}`);
    assert.equal(encoded.actor.path, path);
    for (const wrong of ["/engine/partitions/999", "/engine/partitions/x", `${path}/below`, `${path.slice(0, -1)}`]) {
      assert_problem(await operator.get(`/actors${wrong}`), 404);
      assert_problem(await operator.get(`/actors${wrong}/trace`), 404);
      assert_problem(await operator.post(`/actors${wrong}/restart`), 404);
    }
  });

  it("is shown when it has left memory, from its rows", async () => {
    const path = await path_of();
    await operator.must("POST", `/actors${path}/passivate`);
    const { actor } = await until("it leaves", async () => {
      const detail = await operator.must("GET", `/actors${path}`);
      return detail.actor.state === "passivated" && detail;
    });
    assert.equal(actor.id, conversation.id);
    await meta.say(shop.page, person, "How much is the espresso?");
    await until("it is back", async () => (await list("kind=conversation&depth=9")).data.some(({ id }) => id === conversation.id));
  });
});

describe("all actors", () => {
  it("are counted by kind, with rates, and by what waits", async () => {
    const { kinds, mailboxes } = await list("depth=1");
    for (const kind of ["engine", "partition", "workspace", "connection", "conversation"]) {
      const found = kinds.find((one) => one.kind === kind);
      assert.ok(found?.alive > 0, kind);
      for (const field of ["rate", "busy_share", "stuck", "mailbox"]) assert.equal(typeof found[field], "number");
      assert.ok(found.turns.reduce((sum, { count }) => sum + count, 0) > 0, `${kind} turns`);
    }
    const { data } = await list("depth=9&limit=10000");
    const counted = mailboxes.reduce((sum, { count }) => sum + count, 0);
    assert.ok(Math.abs(counted - data.length) <= 2, `${counted} of ${data.length}`);
  });

  it("come in pages by path, and narrowed by text and state", async () => {
    const all = (await list("depth=9&limit=1000")).data.map(({ path }) => path);
    const seen = [];
    let next = "";
    do {
      const page = await list(`depth=9&limit=3&after=${encodeURIComponent(next)}`);
      seen.push(...page.data.map(({ path }) => path));
      next = page.next;
    } while (next);
    assert.deepEqual(seen, all);
    assert.ok((await list(`depth=9&q=${conversation.id.slice(3)}`)).data.every(({ id }) => id === conversation.id));
    assert.deepEqual((await list("depth=9&state=quarantined")).data, []);
    const below = await list(`depth=1&path=${encodeURIComponent("/engine")}`);
    assert.ok(below.data.every(({ path }) => path.split("/").length <= 4));
  });

  it("wrong parameters are named", async () => {
    for (const [query, name] of [["sort=beauty", "sort"], ["depth=x", "depth"], ["limit=0", "limit"], ["state=x", "state"],
      ["workspace=x", "workspace"], ["conversation=ws_1", "conversation"]]) {
      const answer = await operator.get(`/actors?${query}`);
      assert_problem(answer, 400);
      assert.match(answer.json.detail, new RegExp(`^${name} must`));
      assert.equal(answer.json.errors[0].parameter, name);
    }
  });
});

describe("orders", () => {
  it("a paused connection holds what comes and sends it after resume; the story tells who held it", async () => {
    const path = (await list(`channel=${shop.channel.id}`)).data[0].path;
    await operator.must("POST", `/actors${path}/pause`);
    assert.equal((await operator.must("GET", `/actors${path}`)).actor.state, "paused");
    const before = inbound((await messages_when("messages", shop.api, person, () => true))).length;
    await meta.say(shop.page, person, "How much is the apple pie?");
    assert_problem(await operator.post(`/actors${path}/passivate`), 422);
    assert.equal(inbound(await messages_when("messages", shop.api, person, () => true)).length, before);
    await operator.must("POST", `/actors${path}/resume`);
    const all = await messages_when("what was held", shop.api, person, (found) => inbound(found).length === before + 1);
    const { raw, waits: { holds: [hold] } } = await operator.must("GET", `/messages/${inbound(all).at(-1).id}/trace`);
    assert.deepEqual([hold.path, hold.by], [path, "pause"]);
    assert.ok(hold.began_at <= raw.received_at && hold.ended_at <= raw.taken_at, JSON.stringify({ raw, hold }));
    assert_problem(await operator.post(`/actors${path}/resume`), 409);
  });

  it("a drained conversation stops, and comes back with what was held", async () => {
    const path = await path_of();
    await operator.must("POST", `/actors${path}/drain`);
    await until("it stops", async () => (await operator.must("GET", `/actors${path}`)).actor.state === "stopped");
    const before = inbound(await messages_when("messages", shop.api, person, () => true)).length;
    await meta.say(shop.page, person, "And the espresso?");
    await operator.must("POST", `/actors${path}/resume`);
    await messages_when("what was held", shop.api, person, (all) => inbound(all).length === before + 1);
    assert.equal((await operator.must("GET", `/actors${path}`)).actor.state, "running");
  });

  it("a quarantined conversation takes nothing; released, it goes on and no event is lost", async () => {
    const path = await path_of();
    await operator.must("POST", `/actors${path}/quarantine`);
    await until("it stops", async () => (await operator.must("GET", `/actors${path}`)).actor.state === "quarantined");
    assert_problem(await shop.api.post(`/conversations/${conversation.id}/messages`, { text: "hello" }), 503);
    const before = inbound(await messages_when("messages", shop.api, person, () => true)).length;
    await meta.say(shop.page, person, "Is anybody there?");
    await operator.must("POST", `/actors${path}/release`);
    await messages_when("the event", shop.api, person, (all) => inbound(all).length === before + 1);
  });

  it("a workspace restarts with all below it, and goes on", async () => {
    const path = `${(await path_of()).split("/conversations/")[0]}`;
    await operator.must("POST", `/actors${path}/restart`);
    const before = inbound(await messages_when("messages", shop.api, person, () => true)).length;
    await meta.say(shop.page, person, "How much is the chocolate cake?");
    await messages_when("the next", shop.api, person, (all) => inbound(all).length === before + 1);
    const { actor } = await operator.must("GET", `/actors${path}`);
    assert.equal(actor.state, "running");
  });

  it("the root cannot be controlled; unknown orders are refused", async () => {
    assert_problem(await operator.post("/actors/engine/restart"), 422);
    assert_problem(await operator.post(`/actors${await path_of()}/explode`), 404);
  });
});

describe("the trace", () => {
  it("tells what comes, what is decided and committed and how long it took, masked", async () => {
    const path = await path_of();
    const follower = await Follower.open(operator, { path: `/actors${path}/trace` });
    assert.equal(follower.status, 200);
    const text = `How much is the apple pie? ${kCanary}`;
    await meta.say(shop.page, person, text);
    await follower.next(({ type }) => type === "came", "what came");
    const decided = await follower.next(({ type }) => type === "decided", "the decision");
    const ended = await follower.next(({ type, data }) => type === "ended" && data.what === "apply_event", "the end");
    assert.match(decided.data.detail, /messages/);
    assert.equal(ended.data.detail, "committed");
    assert.ok(ended.data.took_us > 0);
    const connection = (await list(`channel=${shop.channel.id}`)).data[0].path;
    const sends = await Follower.open(operator, { path: `/actors${connection}/trace` });
    await meta.say(shop.page, person, text);
    const sent = await sends.next(({ type }) => type === "sent", "the send");
    assert.match(sent.data.detail, /^sent 200/);
    const told = JSON.stringify([follower.events, sends.events]);
    assert.ok(!told.includes(kCanary) && !told.includes(person), told);
    follower.close();
    sends.close();
  });
});

describe("the story of a message", () => {
  it("tells where it came in, what stands behind its amounts, each call and each status", async () => {
    const all = await messages_when("messages", shop.api, person, () => true);
    const question = inbound(all)[0];
    const reply = outbound(all).find(({ claims }) => claims.length > 0);
    const asked = await operator.must("GET", `/messages/${question.id}/trace`);
    assert.match(asked.raw.sha256_prefix, /^[0-9a-f]{16}$/);
    const waited_ms = Date.parse(asked.raw.taken_at) - Date.parse(asked.raw.received_at);
    assert.ok(waited_ms >= 0 && waited_ms < 5000, `${waited_ms} ms from its webhook to its conversation`);
    assert.deepEqual(asked.waits.holds, []);
    assert.equal(asked.dedupe.decision, "first");
    assert.ok(!asked.dedupe.key.includes(question.external_id), "it may hold the customer's number");
    assert.ok(asked.events.some(({ what }) => what === "message_created"), JSON.stringify(asked.events));
    const said = await operator.must("GET", `/messages/${reply.id}/trace?workspace=${shop.api.id}`);
    assert.equal(said.dedupe.decision, "own");
    assert.equal(said.attempts.length, 1);
    assert.equal(said.attempts[0].outcome, "sent");
    assert.ok(said.statuses.some(({ what }) => what === "sent"), JSON.stringify(said.statuses));
    assert.ok(said.claims.length > 0);
    for (const claim of said.claims) assert.equal(claim.holds, "yes");
    assert.equal(said.conversation_path, await path_of());
    for (const { message_id } of [asked, said]) {
      // Whatever else the machine does may delay one of them.
      await until("a story told within 20 ms", async () => (await operator.must("GET", `/messages/${message_id}/trace`)).took_us < 20_000);
    }
  });

  it("says when a price has changed since", async () => {
    const reply = outbound(await messages_when("messages", shop.api, person, () => true)).find(({ claims }) => claims.length > 0);
    const [{ item_id }] = reply.claims;
    await shop.api.must("PATCH", `/catalog/items/${item_id}`, { price: { amount_minor: 999, currency: "USD" } });
    const { claims } = await operator.must("GET", `/messages/${reply.id}/trace`);
    assert.equal(claims.find((one) => one.item_id === item_id).holds, "changed");
  });

  it("tells documents and the business's own words from items", async () => {
    const api = await engine.workspace({ name: "Corner" });
    await api.must("PATCH", "", { business: { address: "12 Mill Lane" } });
    const document = await api.must("POST", "/knowledge/documents",
      { title: "Delivery", text: "We deliver within five kilometres of the shop." });
    const visitor = await Visitor.open(engine, (await webchat(api)).widget_key);
    const claims_of = async ({ id }) => (await operator.must("GET", `/messages/${id}/trace`)).claims;

    const delivery = await visitor.ask("Do you deliver?");
    assert.deepEqual(delivery.claims.map(({ document_id, item_id }) => [document_id, item_id]), [[document.id, null]]);
    const [claim] = await claims_of(delivery);
    assert.equal(claim.document_id, document.id);
    assert.deepEqual([claim.item_id, claim.amount, claim.holds], [null, null, "yes"]);
    await api.must("PATCH", `/knowledge/documents/${document.id}`, { text: "We do not deliver." });
    assert.equal((await claims_of(delivery))[0].holds, "changed");
    await api.delete(`/knowledge/documents/${document.id}`);
    assert.equal((await claims_of(delivery))[0].holds, "gone");

    const address = await visitor.ask("What is your address?");
    assert.match(address.text, /12 Mill Lane/);
    for (const own of address.claims) assert.deepEqual([own.item_id, own.document_id], [null, null]);
    assert.ok((await claims_of(address)).every(({ holds }) => holds === "yes"));
    await api.must("PATCH", "", { business: { address: "1 New Road" } });
    assert.ok((await claims_of(address)).some(({ holds }) => holds === "changed"));
    visitor.close();
  });

  it("belongs to its workspace's key too, and to no other", async () => {
    const [question] = inbound(await messages_when("messages", shop.api, person, () => true));
    const story = await shop.api.must("GET", `/messages/${question.id}/trace`);
    assert.equal(story.message_id, question.id);
    const other = await engine.workspace();
    assert_problem(await other.get(`/messages/${question.id}/trace`), 404);
    assert_problem(await operator.get(`/messages/${question.id}/trace?workspace=${other.id}`), 404);
    assert_problem(await operator.get("/messages/msg_00000000000000000000000000/trace"), 404);
    assert_problem(await operator.get("/messages/nonsense/trace"), 404);
  });

  it("shows its text only for a reason", async () => {
    const [question] = inbound(await messages_when("messages", shop.api, person, () => true));
    const path = `/messages/${question.id}/trace`;
    assert.ok(!(await operator.get(path)).text.includes(kCanary));
    assert_problem(await operator.get(`${path}?unmask=true`), 400);
    const shown = await operator.must("GET", `${path}?unmask=true&reason=complaint%2042`);
    assert.ok(shown.text.includes(kCanary));
    assert.equal(shown.dedupe.key, question.external_id);
    assert.equal(shown.masked, false);
  });

  it("of a web chat message: it came in no webhook", async () => {
    const { channel: { widget_key } } = await chat_shop(engine);
    const visitor = await Visitor.open(engine, widget_key);
    await visitor.ask("How much is the espresso?");
    const [{ id }] = (await Visitor.open(engine, widget_key, visitor.token)).welcome.messages;
    const story = await operator.must("GET", `/messages/${id}/trace`);
    assert.equal(story.raw.sha256_prefix, null);
    visitor.close();
  });
});

describe("the engine", () => {
  it("shows build, settings without secrets, storage and connections", async () => {
    const answer = await operator.get("/engine");
    const { version, settings, storage } = answer.json;
    assert.match(version, /^\d+\.\d+/);
    assert.equal(settings.find(({ key }) => key === "channels.meta.app_secret").value, "set");
    assert.ok(!answer.text.includes(engine.operator_token()));
    assert.ok(!answer.text.includes(engine.config["channels.meta"].app_secret));
    assert.ok(storage.families.length > 20);
    assert.ok(storage.fsync.count > 0 && storage.fsync.p99_us >= storage.fsync.p50_us);
    const { data } = await operator.must("GET", "/connections");
    const one = data.find(({ channel_id }) => channel_id === shop.channel.id);
    assert.equal(one.status, "active");
    assert.equal(one.awake, true);
    assert.equal(one.account, shop.page);
  });

  it("every order and every look at personal data is in the audit log", async () => {
    const entries = await operator.list("/audit");
    const of = (action) => entries.filter((entry) => entry.action === action);
    for (const action of ["pause", "resume", "drain", "quarantine", "release", "restart", "passivate"]) {
      const [entry] = of(`actor.${action}`);
      assert.equal(entry?.actor, "operator", action);
      assert.match(entry.subject, /^\/engine\//);
    }
    const [look] = of("message.unmask");
    assert.equal(look.detail, "complaint 42");
    assert.ok(!JSON.stringify(entries).includes(kCanary));
  });
});
