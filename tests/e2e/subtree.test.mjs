// Orders for a whole workspace or partition reach everything below it: while it is paused, drained or quarantined
// none of its connections sends, not even what was waiting for its next try; afterwards everything goes, once.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";

import { Engine } from "./support/engine.mjs";
import { Meta, new_person } from "./support/meta.mjs";
import { Sim } from "./support/sim.mjs";
import { messages_when, outbound, page_shop } from "./support/shop.mjs";
import { until } from "./support/wait.mjs";

const kBack = { pause: "resume", drain: "resume", quarantine: "release" };
const kGoesOn = ["restart", "passivate"];

let sim;
let engine;
let meta;
const cases = []; // one shop for each order, whose answer waits for its next try
const partition_of = (path) => path.split("/workspaces/")[0];
const connection = async ({ connection_path }) => (await engine.operator.get(`/actors${connection_path}`)).json;

// When the shop's answer is tried next.
async function next_try(shop) {
  const { not_before_at } = await until("an answer that waits for its next try", async () => {
    const [send] = (await connection(shop)).outbox;
    return send?.attempts > 0 && send.state === "ready" && send;
  });
  return Date.parse(not_before_at);
}

// A shop in a partition of its own: orders for a partition concern no other shop.
async function open_shop(others) {
  for (;;) {
    const shop = { ...(await page_shop(engine)), person: new_person() };
    await meta.say(shop.page, shop.person, "How much is the espresso?");
    const row = await until("its connection", async () =>
      (await engine.operator.must("GET", `/actors?channel=${shop.channel.id}`)).data[0]);
    shop.connection_path = row.path;
    const taken = others.some(({ connection_path }) => partition_of(connection_path) === partition_of(row.path));
    if (!taken) return shop;
  }
}

async function give_order(one) {
  const workspace = one.connection_path.split("/connections/")[0];
  one.path = one.scope === "partition" ? partition_of(workspace) : workspace;
  one.due = await next_try(one);
  one.answer = await engine.operator.post(`/actors${one.path}/${one.order}`);
}

before(async () => {
  sim = await Sim.start();
  await sim.reset();
  engine = await Engine.start({ config: { "channels.meta": { graph_url: sim.url } } });
  meta = new Meta(engine);
  await sim.knobs({ error_rate: 1, error_status: 500, error_code: 2, error_transient: true });
  for (const scope of ["workspace", "partition"]) {
    for (const order of [...Object.keys(kBack), ...kGoesOn]) cases.push({ ...(await open_shop(cases)), scope, order });
  }
  const free = await open_shop(cases);
  for (const one of cases) await give_order(one);
  await sim.knobs({ error_rate: 0 });
  const latest = Math.max(...cases.map(({ due }) => due));
  await until("the time of every next try", () => Date.now() > latest);
  const witness = new_person();
  await meta.say(free.page, witness, "How much is the apple pie?");
  await sim.sent_to(witness); // what could go by now has gone
});
after(async () => {
  await engine?.close();
  await sim?.close();
});

for (const scope of ["workspace", "partition"]) {
  describe(`of a whole ${scope}`, () => {
    const taken = (order) => {
      const one = cases.find((each) => each.scope === scope && each.order === order);
      assert.ok(one.answer.status < 300, one.answer.text);
      return one;
    };
    const goes_once = async (one) => {
      await sim.sent_to(one.person, 1);
      await messages_when("sent", one.api, one.person, (all) => outbound(all)[0]?.status === "sent");
      assert.equal((await sim.accepted(one.person)).length, 1);
    };

    for (const [order, back] of Object.entries(kBack)) {
      it(`${order} holds what its connections have to send, and shows it; after ${back} it goes`, async () => {
        const one = taken(order);
        assert.deepEqual(await sim.accepted(one.person), [], `sent although its ${scope} was told to ${order}`);
        assert.notEqual((await connection(one)).actor?.state, "running");
        await engine.operator.must("POST", `/actors${one.path}/${back}`);
        await goes_once(one);
      });
    }
    for (const order of kGoesOn) {
      it(`${order} loses and doubles nothing that its connections have to send`, () => goes_once(taken(order)));
    }
  });
}
