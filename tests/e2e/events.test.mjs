// GET /events: a follower with a cursor misses no event and sees none twice, across reconnects, restarts and
// kills.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";

import { Visitor, webchat } from "./support/chat.mjs";
import { Engine } from "./support/engine.mjs";
import { Follower } from "./support/events.mjs";
import { Meta, new_person } from "./support/meta.mjs";
import { assert_problem, conversation_of, messages_of, page_shop } from "./support/shop.mjs";
import { until } from "./support/wait.mjs";

let engine;
let meta;
before(async () => {
  engine = await Engine.start();
  meta = new Meta(engine);
});
after(() => engine?.close());

const created = (events) => events.filter(({ type }) => type === "message.created").map(({ data }) => data.message.id);
const has_text = (text) => ({ type, data }) => type === "message.created" && data.message.text === text;

describe("the event stream", () => {
  it("tells of messages, their status and the conversation", async () => {
    const { api, page } = await page_shop(engine);
    const follower = await Follower.open(api);
    assert.equal(follower.status, 200);
    assert.match(follower.headers["content-type"], /^text\/event-stream/);
    const person = new_person();
    await meta.say(page, person, "hello");
    const event = await follower.next(has_text("hello"), "the message");
    assert.ok(event.id);
    assert.equal(event.data.message.direction, "in");
    await follower.next(({ type }) => type === "conversation.updated" || type === "conversation.created", "the conversation");
    const conversation = (await api.list("/conversations"))[0];
    await api.must("PATCH", `/conversations/${conversation.id}`, { handler: "human" });
    await follower.next(({ type, data }) => type === "conversation.updated" && data.conversation.handler === "human", "the handover");
    follower.close();
  });

  it("tells of the status of what is sent", async () => {
    const api = await engine.workspace();
    const channel = await webchat(api);
    const follower = await Follower.open(api);
    const visitor = await Visitor.open(engine, channel.widget_key);
    const reply = await visitor.ask("hello");
    visitor.send({ type: "read", message_id: reply.id });
    await follower.next(({ type, data }) => type === "message.status" && data.message.id === reply.id &&
      data.message.status === "read", "the status");
    visitor.close();
    follower.close();
  });

  it("tells of every other change by the id of what changed or is gone", async () => {
    const { api, channel, page } = await page_shop(engine);
    const [ada, bob] = [new_person(), new_person()];
    for (const person of [ada, bob]) await meta.say(page, person, "hello");
    const both = await until("both conversations", async () => {
      const found = await Promise.all([ada, bob].map((person) => conversation_of(api, person)));
      return found.every(Boolean) && found.map(({ contact }) => contact.id);
    });
    const [one, other] = both;
    const follower = await Follower.open(api);
    const told = (type, id) => follower.next((event) => event.type === type && event.data.id === id, `${type} ${id}`);
    const told_again = (type, id) => until(`${type} ${id} again`, () =>
      follower.events.filter((event) => event.type === type && event.data.id === id).length > 1);

    await api.must("PATCH", "", { name: "Renamed" });
    await told("workspace.updated", api.id);
    await api.must("PATCH", `/contacts/${other}`, { name: "Bob" });
    await told("contact.updated", other);
    await api.must("POST", `/contacts/${one}/merge`, { into: other });
    await told("contact.updated", one);
    await told_again("contact.updated", other);
    const { id: thread } = await conversation_of(api, ada);
    const patched = await api.must("PATCH", `/conversations/${thread}`, { unread: 0 });
    assert.deepEqual(patched, await api.must("GET", `/conversations/${thread}`), "PATCH shows the person too");
    assert.equal(patched.contact.id, other);
    await api.must("POST", `/contacts/${one}/unmerge`);
    await told_again("contact.updated", one);
    assert.equal((await api.delete(`/contacts/${one}`)).status, 204);
    await told("contact.deleted", one);

    for (const [list, kind, input, change] of [
      ["/catalog/items", "item", { name: "Tea" }, { name: "Green tea" }],
      ["/knowledge/documents", "document", { title: "T", text: "x" }, { text: "y" }]]) {
      const { id } = await api.must("POST", list, input);
      await told(`${kind}.updated`, id);
      await api.must("PATCH", `${list}/${id}`, change);
      await told_again(`${kind}.updated`, id);
      assert.equal((await api.delete(`${list}/${id}`)).status, 204);
      await told(`${kind}.deleted`, id);
    }
    assert.equal((await api.delete(`/channels/${channel.id}`)).status, 204);
    await told("channel.deleted", channel.id);
    follower.close();
  });

  it("starts at the present without a cursor, and at the beginning on request", async () => {
    const { api, page } = await page_shop(engine);
    const person = new_person();
    await meta.say(page, person, "before");
    await until("the message", async () => (await messages_of(api, person)).length > 0);
    const [fresh, all] = [await Follower.open(api), await Follower.open(api, { after: "0" })];
    await all.next(has_text("before"), "the past");
    await meta.say(page, person, "now");
    await fresh.next(has_text("now"), "the present");
    assert.ok(!fresh.events.some(has_text("before")));
    for (const follower of [fresh, all]) follower.close();
  });

  it("goes on behind Last-Event-ID, and ?after= does the same", async () => {
    const { api, page } = await page_shop(engine);
    const person = new_person();
    const first = await Follower.open(api);
    await meta.say(page, person, "one");
    const { id } = await first.next(has_text("one"), "the first");
    await meta.say(page, person, "two");
    await first.next(has_text("two"), "the second");
    const behind = [await Follower.open(api, { last_event_id: id }), await Follower.open(api, { after: id })];
    for (const follower of behind) {
      await follower.next(has_text("two"), "the second");
      assert.ok(!follower.events.some(has_text("one")));
      assert.ok(!follower.events.some((event) => event.id === id));
      follower.close();
    }
    first.close();
  });

  it("behind the end (of other data, or from before a restore) is refused, for something may be missing", async () => {
    const { api, page } = await page_shop(engine);
    await meta.say(page, new_person(), "old");
    const now = await Follower.open(api, { after: "0" });
    await now.next(has_text("old"), "the past");
    now.close();
    for (const after of ["999999", "18446744073709551615"]) {
      assert.equal((await api.get(`/events?after=${after}`)).status, 410);
    }
  });

  it("refuses a cursor that is none, and a missing key", async () => {
    const api = await engine.workspace();
    for (const cursor of ["nonsense", "-1", "1.5"]) {
      assert_problem(await api.get(`/events?after=${cursor}`), 400, 422);
    }
    const open = engine.workspace_api(api.id, undefined);
    assert_problem(await open.get("/events"), 401);
  });

  it("misses nothing and repeats nothing over stops and kills under load", async () => {
    const { api, page } = await page_shop(engine);
    const people = Array.from({ length: 4 }, new_person);
    let follower = await Follower.open(api, { after: "0" });
    const seen = [];
    let wanted = 0;
    for (let round = 0; round < 4; ++round) {
      const bodies = people.flatMap((person) => [0, 1, 2].map((n) => meta.say(page, person, `${round}/${n}`)));
      await Promise.all(bodies);
      wanted += bodies.length;
      // Cut off while events are arriving.
      await until("some events", () => follower.events.length > 2);
      await (round % 2 ? engine.kill() : engine.stop());
      await until("the end of the stream", () => follower.ended);
      seen.push(...follower.events);
      follower.close();
      await engine.start();
      follower = await Follower.open(api, { last_event_id: seen.at(-1).id });
    }
    const all_messages = async () => (await Promise.all(people.map((one) => messages_of(api, one)))).flat();
    await until("all is processed", async () =>
      (await all_messages()).filter(({ direction }) => direction === "in").length === wanted, 20);
    await meta.say(page, people[0], "the end");
    await follower.next(has_text("the end"), "the end");
    const stored = await until("the stream has all that is stored", async () => {
      const ids = (await all_messages()).map(({ id }) => id);
      const told = new Set(created([...seen, ...follower.events]));
      return ids.every((id) => told.has(id)) && ids;
    });
    const told = created([...seen, ...follower.events]);
    assert.equal(new Set(told).size, told.length, "nothing is told twice");
    assert.deepEqual(new Set(told), new Set(stored));
    const cursors = [...seen, ...follower.events].map(({ id }) => id);
    assert.equal(new Set(cursors).size, cursors.length, "cursors never repeat");
    follower.close();
  });

  it("is not stopped by a follower that does not read", async () => {
    const { api, page } = await page_shop(engine);
    const lazy = await Follower.open(api);
    lazy.request.socket.pause();
    const follower = await Follower.open(api);
    const person = new_person();
    const text = "x".repeat(1900);
    for (let i = 0; i < 100; ++i) await meta.say(page, person, `${i} ${text}`);
    await follower.next(has_text(`99 ${text}`), "the last message", 30);
    for (const one of [lazy, follower]) one.close();
  });
});
