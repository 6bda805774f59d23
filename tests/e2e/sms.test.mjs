// SMS and MMS through Twilio: webhooks signed by Twilio's own library, answers from
// the catalog at the (fake) Messages API, delivery status, opt-out.
import assert from "node:assert/strict";
import { after, before, beforeEach, describe, it } from "node:test";

import { Engine } from "./support/engine.mjs";
import { run } from "./support/process.mjs";
import { add_items, assert_problem, conversation_of, inbound, messages_of, messages_when, outbound } from "./support/shop.mjs";
import {
  FakeTwilio, kAccount, kPicture, kPublicUrl, kToken, new_phone, validateRequest, Webhooks,
} from "./support/twilio.mjs";
import { until } from "./support/wait.mjs";

let engine;
let twilio;
let api;
let hooks;
let channel;
let phone;

async function sms_channel(of, credentials = {}) {
  const all = { account_sid: kAccount, auth_token: kToken, phone_number: new_phone(), ...credentials };
  return of.must("POST", "/channels", { type: "sms", name: "Our number", credentials: all });
}

before(async () => {
  twilio = await FakeTwilio.start();
  engine = await Engine.start({
    config: { public: { url: kPublicUrl }, "channels.twilio": { api_url: twilio.url } },
  });
  api = await engine.workspace();
  await add_items(api);
  channel = await sms_channel(api);
  hooks = new Webhooks(engine, channel);
});
after(async () => {
  await engine?.close();
  await twilio?.close();
});
beforeEach(() => {
  phone = new_phone();
});

const when = (what, enough) => messages_when(what, api, phone, enough);
const by_id = (messages, sid) => messages.find(({ external_id }) => external_id === sid);
const send = async (body) => {
  const { id } = await until("the conversation", () => conversation_of(api, phone));
  return api.post(`/conversations/${id}/messages`, body);
};

it("the operator sees the number up to its last digits", async () => {
  const all = await engine.operator.list("/connections");
  const { account } = all.find(({ channel_id }) => channel_id === channel.id);
  assert.equal(account, `+…${channel.account_id.slice(-4)}`);
});

describe("a question", () => {
  it("is answered by SMS with the price of the catalog", async () => {
    const sid = await hooks.say(phone, "How much is the chocolate cake?");
    const [sent] = await twilio.sent_to(phone);
    assert.match(sent.body, /\$4\.50/);
    assert.equal(sent.from, channel.account_id);
    assert.equal(sent.path, `/2010-04-01/Accounts/${kAccount}/Messages.json`);
    assert.equal(sent.authorization, "Basic " + Buffer.from(`${kAccount}:${kToken}`).toString("base64"));
    assert.match(sent.fields.get("StatusCallback"), new RegExp(`^${kPublicUrl}/webhooks/twilio/${channel.id}/status`));
    const all = await when("the reply is sent", (found) => outbound(found)[0]?.status === "sent");
    assert.equal(by_id(all, sid).text, "How much is the chocolate cake?");
    assert.equal(by_id(all, sid).segments, 1);
    assert.ok(outbound(all)[0].segments >= 1);
    assert.equal(outbound(all)[0].external_id, sent.sid);
    const { contact } = await conversation_of(api, phone);
    assert.equal(contact.identities[0].external_id, phone);
  });

  it("sent again by Twilio has one effect", async () => {
    const fields = hooks.fields(phone, "How much is the espresso?");
    const headers = { "I-Twilio-Idempotency-Token": "again" };
    const answers = await Promise.all([1, 2, 3].map(() => hooks.post(fields, { headers })));
    assert.deepEqual(answers.map(({ status }) => status), [200, 200, 200]);
    await twilio.sent_to(phone);
    await hooks.say(phone, "marker");
    const all = await when("the marker", (found) => inbound(found).some(({ text }) => text === "marker"));
    assert.equal(inbound(all).length, 2);
    assert.equal(twilio.to(phone).filter(({ body }) => body.includes("2.40")).length, 1);
  });

  it("with a picture keeps it, fetched with the account's credentials", async () => {
    const media = { NumMedia: "1", MediaUrl0: `${twilio.url}/media/0`, MediaContentType0: "image/png" };
    const sid = await hooks.say(phone, "", media);
    const all = await when("it", (found) => by_id(found, sid)?.attachments[0]?.state === "stored");
    const [picture] = by_id(all, sid).attachments;
    assert.equal(picture.type, "image");
    assert.equal(picture.mime_type, "image/png");
    assert.equal(picture.size_bytes, kPicture.length);
  });

  it("from a number in its old form is the same person's", async () => {
    const digits = String(Math.floor(1e7 * (6 + 4 * Math.random()))).padStart(8, "0");
    const first = await hooks.say(`+5511${digits}`, "old");
    const second = await hooks.say(`+55119${digits}`, "new");
    phone = `+55119${digits}`;
    await when("both", (found) => by_id(found, first) && by_id(found, second));
  });
});

describe("a webhook", () => {
  it("is answered with empty TwiML", async () => {
    const answer = await hooks.post(hooks.fields(phone, "hello"));
    assert.equal(answer.status, 200);
    assert.match(answer.headers["content-type"], /^text\/xml/);
    assert.equal(answer.text, "<Response></Response>");
  });

  it("is accepted over the address with and without the default port", async () => {
    for (const base of [kPublicUrl, kPublicUrl + ":443"]) {
      assert.equal((await hooks.post(hooks.fields(phone, "hello"), { base })).status, 200, base);
    }
  });

  it("is accepted with odd parameters, whatever they are", async () => {
    const odd = {
      Body: "é & = + % 😀\n\"x\"", Extra: "", "Odd name[]": "v", MediaUrl: ["https://b.test/2", "https://a.test/1"],
    };
    const fields = hooks.fields(phone, "", odd);
    assert.equal((await hooks.post(fields)).status, 200);
    const all = await when("it", (found) => by_id(found, fields.MessageSid));
    assert.equal(by_id(all, fields.MessageSid).text, odd.Body);
  });

  it("that is not proven is refused", async () => {
    const fields = hooks.fields(phone, "forged");
    const other = await sms_channel(await engine.workspace(), { auth_token: "another_token" });
    const refused = [
      await hooks.post(fields, { signature: null }),
      await hooks.post(fields, { signature: "3T4avzadQzIJSawhfkVkmP9Lv5M=" }),
      await hooks.post(fields, { token: "wrong" }),
      await hooks.post(fields, { base: "http://hooks.example.test" }),
      await hooks.post(fields, { path: `/webhooks/twilio/${other.id}` }),
      await hooks.post(fields, { path: "/webhooks/twilio/ch_nonsense" }),
      await hooks.post({ ...fields, AccountSid: "AC00000000000000000000000000000002" }),
    ];
    for (const answer of refused) assert_problem(answer, 403);
    assert.equal(await conversation_of(api, phone), undefined);
    assert.deepEqual(engine.files_with(kToken), []);
  });

  it("of another type or method is refused", async () => {
    const headers = { "Content-Type": "text/plain" };
    assert_problem(await hooks.post(hooks.fields(phone, "x"), { headers }), 415);
    assert.equal((await engine.public_client().get(hooks.path)).status, 405);
  });

  it("follows new credentials at once, and both tokens while they change", async () => {
    const mine = await sms_channel(api);
    const old = new Webhooks(engine, mine);
    const credentials = { auth_token: "new_token", secondary_auth_token: kToken };
    await api.must("PATCH", `/channels/${mine.id}`, { credentials });
    assert.equal((await old.post(old.fields(phone, "1"))).status, 200);
    assert.equal((await old.post(old.fields(phone, "2"), { token: "new_token" })).status, 200);
    await api.must("PATCH", `/channels/${mine.id}`, { credentials: { secondary_auth_token: "gone" } });
    assert_problem(await old.post(old.fields(phone, "3")), 403);
    await api.must("DELETE", `/channels/${mine.id}`);
    assert_problem(await old.post(old.fields(phone, "4"), { token: "new_token" }), 403);
  });
});

describe("our signature", () => {
  it("is accepted by Twilio's own library", async () => {
    const rows = [
      ["https://shop.test/webhooks/twilio/ch_1?m=msg_1", {}],
      ["https://shop.test/t", { b: "2", a: "1", B: "é & + %", empty: "" }],
      ["http://shop.test:8080/t", { From: "+15557654321", Body: "line\nline 😀" }],
    ];
    for (const [url, fields] of rows) {
      const made = await run(process.env.AURA_TWILIO_SIGN, [kToken, url, ...Object.entries(fields).flat()]);
      assert.equal(made.code, 0);
      assert.ok(validateRequest(kToken, made.stdout.trim(), url, fields), url);
      assert.ok(!validateRequest("other", made.stdout.trim(), url, fields));
    }
  });
});

describe("delivery status", () => {
  const reply_to_phone = async () => {
    await hooks.say(phone, "How much is the apple pie?");
    const [sent] = await twilio.sent_to(phone);
    await when("the reply is sent", (found) => outbound(found)[0]?.status === "sent");
    return sent;
  };
  const status = (wanted) => when(wanted, (found) => outbound(found)[0]?.status === wanted);

  it("climbs in any order and never falls", async () => {
    const sent = await reply_to_phone();
    for (const step of ["delivered", "queued", "sent", "delivered", "undelivered"]) {
      assert.equal((await hooks.status(sent, step)).status, 200);
    }
    await status("delivered");
    await hooks.say(phone, "marker");
    const all = await when("the marker", (found) => inbound(found).length === 2);
    assert.equal(outbound(all)[0].status, "delivered");
  });

  it("that failed is shown", async () => {
    const sent = await reply_to_phone();
    assert.equal((await hooks.status(sent, "undelivered", { ErrorCode: "30006" })).status, 200);
    await status("failed");
  });

  it("of a send whose answer was lost proves it: it is not sent again", async () => {
    await hooks.say(phone, "hello");
    await twilio.sent_to(phone);
    await when("the greeting is sent", (found) => outbound(found)[0]?.status === "sent");
    twilio.next("drop");
    assert.equal((await send({ text: "Are you there?" })).status, 201);
    const sent = (await twilio.sent_to(phone, 2))[1];
    assert.equal(sent.body, "Are you there?");
    assert.equal((await hooks.status(sent, "sent")).status, 200);
    const all = await when("it is sent", (found) => found.at(-1).status === "sent");
    assert.equal(all.at(-1).external_id, sent.sid);
    assert.equal(all.at(-1).maybe_duplicate, false);
    assert.equal(twilio.to(phone).length, 2);
  });
});

describe("an outgoing message", () => {
  beforeEach(async () => {
    await hooks.say(phone, "hello");
    await twilio.sent_to(phone);
  });

  it("that is long goes in parts, in order", async () => {
    const text = Array.from({ length: 30 }, (_, i) => `This is sentence number ${i} of them all.`).join(" ");
    assert.equal((await send({ text })).status, 201);
    const parts = (await twilio.sent_to(phone, 3)).slice(1).map(({ body }) => body);
    assert.equal(parts.join(" "), text);
    for (const part of parts) assert.ok(part.length <= 612 && part.endsWith("all."), part);
  });

  it("carries pictures and numbered choices", async () => {
    const attachments = [{ type: "image", url: "https://shop.test/cake.jpg" }];
    const quick_replies = [{ title: "Yes please" }, { title: "No" }];
    assert.equal((await send({ text: "Like it?", attachments, quick_replies })).status, 201);
    const sent = (await twilio.sent_to(phone, 2))[1];
    assert.equal(sent.body, "Like it?\n\n1. Yes please\n2. No");
    assert.deepEqual(sent.fields.getAll("MediaUrl"), ["https://shop.test/cake.jpg"]);
  });

  it("that Twilio refuses fails with a reason", async () => {
    twilio.next([400, { code: 21614, message: "not a mobile number", status: 400 }]);
    await send({ text: "hi" });
    const all = await when("the failure", (found) => found.at(-1).status === "failed");
    assert.equal(all.at(-1).error.code, "invalid_number");
    assert.equal(all.at(-1).error.provider_code, "21614");
  });

  it("waits when Twilio takes no more", async () => {
    twilio.next([429, { code: 20429, status: 429 }, { "Retry-After": "1" }]);
    await send({ text: "later" });
    await twilio.sent_to(phone, 2);
    await when("it is sent", (found) => found.at(-1).status === "sent");
    await until("active again", async () => (await api.must("GET", `/channels/${channel.id}`)).status === "active");
  });
});

describe("words of consent", () => {
  const consent = async () => (await conversation_of(api, phone)).consent;
  const consent_at = async ({ id }) => (await api.list(`/conversations?channel_id=${id}`))
    .find(({ contact }) => contact.identities.some((one) => one.external_id === phone))?.consent;

  it("STOP is stored and never answered; other messages are", async () => {
    const other = new_phone();
    for (const word of ["Stop", "HELP", " unsubscribe "]) await hooks.say(phone, word);
    await hooks.say(other, "How much is the espresso?");
    await twilio.sent_to(other);
    await when("all", (found) => inbound(found).length === 3);
    assert.deepEqual(twilio.to(phone), []);
  });

  it("STOP PLEASE is a message like others", async () => {
    await hooks.say(phone, "STOP PLEASE, how much is the espresso?");
    await twilio.sent_to(phone);
  });

  it("STOP refuses sends until START", async () => {
    await hooks.say(phone, "hello");
    await twilio.sent_to(phone);
    await hooks.say(phone, "Baja"); // not yet one of the channel's words, but in the default list
    await until("the stop", async () => (await consent())?.state === "stopped");
    const refused = await send({ text: "an offer" });
    assert_problem(refused, 422);
    assert.match(refused.json.type, /opted-out$/);
    await hooks.say(phone, "How much is the espresso?");
    await hooks.say(phone, "start");
    await until("the start", async () => (await consent())?.state === "granted");
    assert.deepEqual((await consent()).history.map(({ state, word }) => [state, word]),
      [["stopped", "BAJA"], ["granted", "START"]]);
    assert.equal(twilio.to(phone).length, 1);
    assert.equal((await send({ text: "welcome back" })).status, 201);
    await twilio.sent_to(phone, 2);
  });

  it("of the channel's own stop its messages alone", async () => {
    const other = await sms_channel(api);
    const words = { opt_out_words: ["Lopeta", "ei kiitos"] };
    assert.deepEqual((await api.must("PATCH", `/channels/${other.id}`, words)).opt_out_words, words.opt_out_words);
    const its_hooks = new Webhooks(engine, other);
    await its_hooks.say(phone, "EI KIITOS");
    await until("the stop", async () => (await consent_at(other))?.state === "stopped");
    await hooks.say(phone, "ei kiitos");
    await until("the message", async () => (await api.list(`/conversations?channel_id=${channel.id}`))
      .some(({ contact }) => contact.identities.some((one) => one.external_id === phone)));
    assert.equal(await consent_at(channel), null);
    assert_problem(await api.patch(`/channels/${other.id}`, { opt_out_words: ["a,b"] }), 422);
    assert_problem(await api.patch(`/channels/${other.id}`, { opt_out_words: ["Start"] }), 422);
    assert.deepEqual((await api.must("PATCH", `/channels/${other.id}`, { opt_out_words: null })).opt_out_words, []);
  });

  it("a queued message of who stops meanwhile fails", async () => {
    await hooks.say(phone, "hello");
    await twilio.sent_to(phone);
    twilio.next([429, { code: 20429, status: 429 }, { "Retry-After": "10" }]);
    await send({ text: "an offer" });
    await until("the refusal", () => twilio.calls.length > 0 && api.must("GET", `/channels/${channel.id}`)
      .then(({ status }) => status === "rate_limited"));
    await hooks.say(phone, "STOP");
    const all = await when("the failure", (found) => outbound(found).at(-1)?.status === "failed");
    assert.equal(outbound(all).at(-1).error.code, "opted_out");
    assert.equal(twilio.to(phone).length, 1);
  });

  it("Twilio's own opt-out counts as one, at the send and in the status", async () => {
    await hooks.say(phone, "hello");
    await twilio.sent_to(phone);
    twilio.next([400, { code: 21610, status: 400 }]);
    await send({ text: "an offer" });
    await until("the stop", async () => (await consent())?.state === "stopped");
    assert.equal((await consent()).word, "21610");
    assert_problem(await send({ text: "again" }), 422);
  });

  it("outlives the contact's erasure", async () => {
    await hooks.say(phone, "STOP");
    await until("the stop", async () => (await conversation_of(api, phone))?.consent?.state === "stopped");
    const { contact } = await conversation_of(api, phone);
    assert.equal((await api.delete(`/contacts/${contact.id}`)).status, 204);
    await hooks.say(phone, "How much is the espresso?");
    await when("the message", (found) => inbound(found).length === 1);
    assert.equal((await consent()).state, "stopped");
    assert_problem(await send({ text: "an offer" }), 422);
    assert.deepEqual(twilio.to(phone), []);
  });
});

describe("connecting", () => {
  it("names what is wrong", async () => {
    const wrong = [
      [{ phone_number: "5550001111" }, "/credentials/phone_number"],
      [{ account_sid: "XX1" }, "/credentials/account_sid"],
      [{ auth_token: "" }, "/credentials/auth_token"],
      [{ api_key_sid: "SK1" }, "/credentials/api_key_sid"],
    ];
    for (const [credentials, field] of wrong) {
      const all = { account_sid: kAccount, auth_token: kToken, phone_number: new_phone(), ...credentials };
      const answer = await api.post("/channels", { type: "sms", name: "x", credentials: all });
      assert_problem(answer, 422);
      assert.equal(answer.json.errors[0].pointer, `#${field}`);
    }
  });

  it("never gives credentials back", async () => {
    const made = await sms_channel(api);
    assert.ok(!JSON.stringify(await api.must("GET", `/channels/${made.id}`)).includes(kToken));
  });
});
