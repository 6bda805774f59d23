// Connecting channels: from Meta's logins to their accounts, WhatsApp numbers with their PIN, Twilio numbers.
// The provider's refusals are reported when the channel is created, and no token is disclosed.
import assert from "node:assert/strict";
import { randomInt } from "node:crypto";
import { after, before, beforeEach, describe, it } from "node:test";

import { Engine } from "./support/engine.mjs";
import { new_page } from "./support/meta.mjs";
import { assert_problem } from "./support/shop.mjs";
import { Sim } from "./support/sim.mjs";

let sim;
let engine;
let api;
before(async () => {
  sim = await Sim.start();
  engine = await Engine.start({
    config: {
      public: { url: "https://aura.example.test" },
      "channels.meta": {
        graph_url: `${sim.url}/graph.facebook.com`, instagram_url: `${sim.url}/graph.instagram.com`,
      },
      "channels.twilio": { api_url: sim.url },
    },
  });
});
after(async () => {
  await engine?.close();
  await sim?.close();
});
beforeEach(async () => {
  await sim.reset();
  await sim.knobs({ require_appsecret_proof: false });
  api = await engine.workspace({});
});

const new_code = () => `code-${randomInt(10 ** 9)}`;
const kBack = "https://aura.example.test/back";
const log_in = (input) => api.post("/channels/logins", input);
const choose = (login, input) => api.post(`/channels/logins/${login.id}/channels`, input);
const graph = (method, path, token) =>
  sim.client.must(method, `/graph.facebook.com/v25.0${path}`, undefined, { Authorization: `Bearer ${token}` });

async function subscribed(node, token) {
  const { data } = await graph("GET", `/${node}/subscribed_apps`, token);
  return data[0]?.subscribed_fields ?? data.map((one) => one.whatsapp_business_api_data.id);
}

// Fails if a file of the engine contains this token.
const assert_kept_secret = (token) => assert.deepEqual(engine.files_with(token), []);

describe("Facebook's login", () => {
  it("lists pages and their Instagram accounts; those chosen become channels that get events", async () => {
    const page = new_page();
    const token = `EAApage${page}`;
    await sim.knobs({ messenger: { tokens: { [page]: token } } });
    await graph("DELETE", `/${page}/subscribed_apps`, token);
    const made = await log_in({ provider: "facebook", code: new_code(), redirect_uri: kBack });
    assert.equal(made.status, 201, made.text);
    assert.ok(!made.text.includes(token));
    const login = made.json;
    assert.deepEqual(login.accounts.map(({ type }) => type), ["messenger", "instagram"]);
    const [of_page, of_instagram] = login.accounts;
    assert.equal(of_page.account_id, page);
    assert.equal(of_instagram.page_id, page);

    const channel = await choose(login, { account_id: page });
    assert.equal(channel.status, 201, channel.text);
    assert.equal(channel.json.type, "messenger");
    assert.equal(channel.json.name, of_page.name);
    assert.equal(channel.json.error, null, "the subscription was taken");
    assert.ok((await subscribed(page, token)).includes("messages"));
    const instagram = await choose(login, { account_id: of_instagram.account_id, name: "Our Instagram" });
    assert.equal(instagram.status, 201, instagram.text);
    assert.equal(instagram.json.account_id, of_instagram.account_id);
    assert.equal(instagram.json.name, "Our Instagram");
    assert_problem(await choose(login, { account_id: page }), 409);
    assert_problem(await choose(login, { account_id: "1" }), 422);
    assert_kept_secret(token);
  });

  it("takes a pasted user token, and says when a code or token is no good", async () => {
    const page = new_page();
    await sim.knobs({ messenger: { tokens: { [page]: `EAA${page}` } } });
    const pasted = await log_in({ provider: "facebook", access_token: "EAAuser" });
    assert.equal(pasted.json.accounts[0].account_id, page);
    const code = new_code();
    assert.equal((await log_in({ provider: "facebook", code, redirect_uri: kBack })).status, 201);
    for (const [input, pointer] of [
      [{ code, redirect_uri: kBack }, "#/code"],
      [{ code: "bad", redirect_uri: kBack }, "#/code"],
      [{ code: "x" }, "#/redirect_uri"],
      [{}, "#/code"],
      [{ provider: "myspace", code: "x" }, "#/provider"],
    ]) {
      const refused = await log_in({ provider: "facebook", ...input });
      assert_problem(refused, 422);
      assert.equal(refused.json.errors[0].pointer, pointer, refused.text);
    }
  });

  it("is one login however often the request is repeated, and of its workspace alone", async () => {
    const input = { provider: "facebook", code: new_code(), redirect_uri: kBack };
    const headers = { "Idempotency-Key": "once" };
    const first = await api.post("/channels/logins", input, headers);
    const again = await api.post("/channels/logins", input, headers);
    assert.deepEqual(again.json, first.json);
    assert_problem(await api.post("/channels/logins", { ...input, code: "other" }, headers), 409);
    const other = await engine.workspace({});
    assert_problem(await other.post(`/channels/logins/${first.json.id}/channels`, { account_id: "1" }), 404);
  });
});

it("Instagram's own login ends in a channel with a token that lives for months", async () => {
  const login = await log_in({ provider: "instagram", code: `${new_code()}#_`, redirect_uri: kBack });
  assert.equal(login.status, 201, login.text);
  const [account] = login.json.accounts;
  assert.equal(account.type, "instagram");
  const channel = await choose(login.json, { account_id: account.account_id });
  assert.equal(channel.status, 201, channel.text);
  assert.equal(channel.json.status, "active");
});

describe("a WhatsApp number", () => {
  const business = () => `33${randomInt(10 ** 9, 10 ** 10)}`;

  it("is chosen from its business account, registered with its PIN and subscribed", async () => {
    const waba = business();
    await graph("DELETE", `/${waba}/subscribed_apps`, "EAAany");
    const login = await log_in({
      provider: "whatsapp", code: new_code(), redirect_uri: kBack, business_account_id: waba,
    });
    assert.equal(login.status, 201, login.text);
    const [number] = login.json.accounts;
    assert.equal(number.type, "whatsapp");
    assert_problem(await choose(login.json, { account_id: number.account_id, pin: "12" }), 422);
    const channel = await choose(login.json, { account_id: number.account_id, pin: "123456" });
    assert.equal(channel.status, 201, channel.text);
    assert.equal(channel.json.business_account_id, waba);
    assert.equal((await subscribed(waba, "EAAany")).length, 1);
  });
});

describe("a Twilio number", () => {
  const account = `AC${"0".repeat(31)}7`;
  const credentials = (more = {}) => ({
    account_sid: account, auth_token: "secret-token-7", phone_number: `+1555${randomInt(10 ** 6, 10 ** 7)}`, ...more,
  });
  const connect = (given) => api.post("/channels", { type: "sms", name: "Number", credentials: given });

  it("is checked, and told where its messages go", async () => {
    await sim.knobs({ sms: { tokens: { [account]: "secret-token-7" } } });
    const given = credentials();
    const made = await connect(given);
    assert.equal(made.status, 201, made.text);
    const url = `https://aura.example.test/webhooks/twilio/${made.json.id}#rc=3&rp=all`;
    assert.equal(made.json.webhook_url, url);
    const authorization = `Basic ${Buffer.from(`${account}:secret-token-7`).toString("base64")}`;
    const { incoming_phone_numbers: [number] } = await sim.client.must("GET",
      `/2010-04-01/Accounts/${account}/IncomingPhoneNumbers.json?PhoneNumber=${encodeURIComponent(given.phone_number)}`,
      undefined, { Authorization: authorization });
    assert.equal(number.sms_url, url);
    assert_kept_secret("secret-token-7");
  });

  it("with credentials that Twilio refuses is no channel", async () => {
    await sim.knobs({ sms: { tokens: { [account]: "another" } } });
    const refused = await connect(credentials());
    assert_problem(refused, 422);
    assert.equal(refused.json.errors[0].pointer, "#/credentials");
    assert.ok(!refused.text.includes("secret-token-7"));
    assert.deepEqual(await api.list("/channels"), []);
  });
});

describe("a pasted token", () => {
  const with_token = (page, token) => ({
    type: "messenger", name: "Page", credentials: { page_id: page, page_access_token: token },
  });

  it("that the provider refuses takes no other's place", async () => {
    const page = new_page();
    const { id } = await api.must("POST", "/channels", with_token(page, "EAAfirst"));
    await sim.knobs({ expired_token: true });
    const change = (token) =>
      api.patch(`/channels/${id}`, { credentials: { page_access_token: token } });
    const refused = await change("EAAdead");
    assert_problem(refused, 422);
    assert.equal(refused.json.errors[0].pointer, "#/credentials");
    assert.ok(!refused.text.includes("EAAdead"));
    await sim.knobs({ expired_token: false });
    assert.equal((await change("EAAsecond")).status, 200);
  });

  it("that the provider refuses makes no channel, nor does any while it is in trouble", async () => {
    const page = new_page();
    const input = (token) => with_token(page, token);
    await sim.knobs({ expired_token: true });
    const refused = await api.post("/channels", input("EAAdead"));
    assert_problem(refused, 422);
    assert.equal(refused.json.errors[0].pointer, "#/credentials");
    assert.ok(!refused.text.includes("EAAdead"));
    await sim.knobs({ expired_token: false, reset_rate: 1 });
    assert_problem(await api.post("/channels", input("EAAalive")), 503);
    assert.deepEqual(await api.list("/channels"), [], "nobody knows whose page it is");
    await sim.knobs({ reset_rate: 0 });
    assert.equal((await api.post("/channels", input("EAAalive"))).status, 201);
  });

  it("of another page makes no channel of this one", async () => {
    const [page, other] = [new_page(), new_page()];
    await sim.knobs({ messenger: { tokens: { [page]: "EAAours", [other]: "EAAtheirs" } } });
    const refused = await api.post("/channels", with_token(page, "EAAtheirs"));
    assert_problem(refused, 422);
    assert.equal(refused.json.errors[0].pointer, "#/credentials");
    assert.equal((await api.post("/channels", with_token(page, "EAAours"))).status, 201);
  });
});
