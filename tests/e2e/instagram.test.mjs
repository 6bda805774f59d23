// Instagram events in and the answer out, for both ways to connect an account.
import assert from "node:assert/strict";
import { randomInt } from "node:crypto";
import { after, before, beforeEach, describe, it } from "node:test";

import { Engine } from "./support/engine.mjs";
import { envelope, message, Meta, new_mid, new_page, new_person } from "./support/meta.mjs";
import { add_items, assert_problem, messages_when, outbound } from "./support/shop.mjs";
import { Sim } from "./support/sim.mjs";

const new_account = () => `178414${randomInt(10 ** 10, 10 ** 11)}`;

let engine;
let sim;
let meta;
let api;
before(async () => {
  sim = await Sim.start();
  engine = await Engine.start({
    config: {
      "channels.meta": { graph_url: sim.url, instagram_url: `${sim.url}/graph.instagram.com` },
    },
  });
  meta = new Meta(engine);
  api = await engine.workspace({});
  await add_items(api);
});
after(async () => {
  await engine?.close();
  await sim?.close();
});
beforeEach(() => sim.reset());

const connect = (credentials) =>
  api.must("POST", "/channels", { type: "instagram", name: "Shop", credentials });

async function deliver(account, object, ...events) {
  const answer = await meta.post({ ...envelope({ page: account, events }), object });
  assert.equal(answer.status, 200, answer.text);
}

describe("an Instagram account", () => {
  it("connected by its own login gets messages and answers them", async () => {
    const account = new_account();
    const channel = await connect({ account_id: account, access_token: `IG-${account}` });
    assert.equal(channel.account_id, account);
    assert.equal(channel.status, "active");
    await sim.knobs({ tokens: { [account]: `IG-${account}` } });
    const person = new_person();
    await deliver(account, "instagram", message(account, person, "How much is the chocolate cake?"));
    const [sent] = await sim.sent_to(person);
    assert.match(sent.text, /\$4\.50/);
    const all = await messages_when("the reply is sent", api, person,
      (found) => outbound(found)[0]?.status === "sent");
    assert.equal(outbound(all)[0].external_id, sent.message_id);
  });

  it("connected through its page answers with the page's token, also when called a page", async () => {
    const page = new_page();
    const account = `178414${page}`; // the account id that the simulator links to this page
    await connect({ account_id: account, page_id: page, page_access_token: `EAA-${page}` });
    await sim.knobs({ tokens: { [page]: `EAA-${page}` } });
    for (const object of ["instagram", "page"]) {
      const person = new_person();
      await deliver(account, object, message(account, person, "How much is the espresso?"));
      const [sent] = await sim.sent_to(person);
      assert.match(sent.text, /\$2\.40/);
    }
  });

  it("needs the credentials of one of the two", async () => {
    for (const credentials of [{}, { account_id: "1" }, { access_token: "x" },
      { account_id: "1", page_access_token: "x" }, { account_id: "a b", access_token: "x" }]) {
      assert_problem(await api.post("/channels", { type: "instagram", name: "Shop", credentials }), 400, 422);
    }
  });
});

describe("a message to it", () => {
  it("keeps its attachments, and an unsend that came first leaves nothing of it", async () => {
    const account = new_account();
    await connect({ account_id: account, access_token: `IG-${account}` });
    const person = new_person();
    const attachments = [{ type: "ig_reel", payload: { url: "https://cdn.example.test/r", title: "Reel" } },
      { type: "like_heart" }];
    await deliver(account, "instagram", message(account, person, undefined, { attachments }));
    const [shown] = await messages_when("the message", api, person, (all) => all.length >= 1);
    assert.deepEqual(shown.attachments.map(({ type }) => type), ["reel", "like_heart"]);
    const mid = new_mid();
    const unsent = new_person();
    await deliver(account, "instagram", message(account, unsent, undefined, { mid, is_deleted: true }));
    await deliver(account, "instagram", message(account, unsent, "never mind", { mid }));
    const [gone] = await messages_when("the unsent message", api, unsent, (all) => all.length === 1);
    assert.equal(gone.deleted, true);
    assert.equal(gone.text, null);
  });
});
