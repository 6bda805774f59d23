// The transport of Meta's webhooks: handshake, signatures, envelopes, bad input of every kind.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";

import { Engine } from "./support/engine.mjs";
import {
  envelope, from_person, hmac, message, Meta, new_mid, new_page, new_person,
} from "./support/meta.mjs";
import { inbound, messages_of, messages_when, messenger } from "./support/shop.mjs";

const kPrevious = "the_app_secret_before_rotation";
const kBodyLimit = 8 * 1024 * 1024;

// Bodies with their signatures, computed apart from our code; hmac_test.cc has the same.
const kV1 = '{"object":"page","entry":[{"id":"1029384756","time":1790000000123,"messaging":[{"sender":{"id":"7001112223"},"recipient":{"id":"1029384756"},"timestamp":1790000000001,"message":{"mid":"m_AbCdEf0001","text":"hello"}}]}]}';
const kV1Digest = "4c6401543d8a6263d590d7553e40ad8724507444a8e8046fab98ed5c2033823c";
const kV1Sha1 = "af089e6c077f9e2903b06a6d677b01233e64c748";
const kV2 = '{"object":"instagram","entry":[{"id":"17841400000000001","time":1790000000456,"messaging":[{"sender":{"id":"6841100000000002"},"recipient":{"id":"17841400000000001"},"timestamp":1790000000400,"message":{"mid":"aWdfZG1fMDAwMQ==","text":"caf\\u00e9 \\ud83d\\ude00 https:\\/\\/example.test\\/a"}}]}]}';
const kV2Digest = "2776920a644bc9b452b22801c411d15aa349a601f2d26e2ae9055c8904f152b3";
const kV2Reserialised = "4bad7be74835e69f66245d2fb866b8b70da51bd850474dbd5bff2abbe1b3bec4";

let engine;
let meta;
let api;
let page;
before(async () => {
  engine = await Engine.start({ config: { "channels.meta": { previous_app_secret: kPrevious } } });
  meta = new Meta(engine);
  api = await engine.workspace();
  ({ page } = await messenger(api));
});
after(() => engine?.close());

// After bad input the engine must still accept and process a message.
async function assert_alive() {
  const person = new_person();
  await meta.say(page, person, "still there?");
  await messages_when("a message after it", api, person, (all) => inbound(all).length === 1);
}

describe("handshake", () => {
  const ask = (query, path = "/webhooks/meta") => engine.public_client().get(`${path}?${query}`);
  const query = (token, challenge = "1158201444", mode = "subscribe") =>
    `hub.mode=${mode}&hub.challenge=${challenge}&hub.verify_token=${token}`;

  it("echoes the challenge byte for byte as plain text", async () => {
    for (const path of ["/webhooks/meta", "/webhooks/meta/"]) {
      const answer = await ask(query("vt%2B01"), path);
      assert.equal(answer.status, 200);
      assert.equal(answer.text, "1158201444");
      assert.match(answer.headers["content-type"], /^text\/plain/);
      assert.equal(answer.headers["x-content-type-options"], "nosniff");
    }
    const markup = await ask(query("vt%2B01", "%3Cscript%3E1%3C/script%3E"));
    assert.equal(markup.text, "<script>1</script>");
    assert.match(markup.headers["content-type"], /^text\/plain/);
  });

  it("refuses a wrong token with 403", async () => {
    for (const token of ["vt%2001", "vt", "vt%2B01x", "VT%2B01", "vt%2B01%00"]) {
      assert.equal((await ask(query(token))).status, 403, token);
    }
  });

  it("takes a plus sign of the query for a space, as forms write it", async () => {
    assert.equal((await ask(query("vt+01"))).status, 403);
  });

  it("refuses what is missing or another mode with 400", async () => {
    for (const bad of ["", "hub.mode=subscribe", "hub.mode=subscribe&hub.verify_token=vt%2B01",
      query("vt%2B01", "1", "unsubscribe"), query("vt%2B01", "9".repeat(5000)),
      "hub_mode=subscribe&hub_challenge=1&hub_verify_token=vt%2B01"]) {
      assert.ok([400, 403, 414].includes((await ask(bad)).status), bad.slice(0, 80));
    }
  });
});

describe("signature", () => {
  it("of the vectors is accepted, in either case of the digits", async () => {
    assert.equal((await meta.post(kV1, { signature: `sha256=${kV1Digest}` })).status, 200);
    assert.equal((await meta.post(kV1, { signature: `sha256=${kV1Digest.toUpperCase()}` })).status, 200);
    assert.equal((await meta.post(kV2, { signature: `sha256=${kV2Digest}` })).status, 200);
  });

  it("may be made with the previous secret while both are valid", async () => {
    const person = new_person();
    const body = JSON.stringify(envelope({ page, events: [message(page, person, "rotated")] }));
    assert.equal((await meta.post(body, { secret: kPrevious })).status, 200);
    await messages_when("the message", api, person, (all) => inbound(all).length === 1);
  });

  const flipped = kV1Digest.slice(0, -1) + "d";
  const refused = [
    ["is missing", kV1, null],
    ["is empty", kV1, ""],
    ["is changed in its last digit", kV1, `sha256=${flipped}`],
    ["has 63 digits", kV1, `sha256=${kV1Digest.slice(0, 63)}`],
    ["has 65 digits", kV1, `sha256=${kV1Digest}0`],
    ["is not hexadecimal", kV1, `sha256=${"g".repeat(64)}`],
    ["has no prefix", kV1, kV1Digest],
    ["is SHA-1", kV1, `sha1=${kV1Sha1}`],
    ["covers the body without its last newline", `${kV1}\n`, `sha256=${kV1Digest}`],
    ["covers the re-serialised body", kV2, `sha256=${kV2Reserialised}`],
    ["is made with another secret", kV1, `sha256=${hmac(kV1, "other")}`],
    ["is made with the empty secret", kV1, `sha256=${hmac(kV1, "")}`],
    ["is for an empty body", kV1, `sha256=${hmac("")}`],
  ];
  for (const [what, body, signature] of refused) {
    it(`that ${what} is 401, in constant words`, async () => {
      const answer = await meta.post(body, { signature });
      assert.equal(answer.status, 401);
      const other = await meta.post("{", { signature: null });
      assert.equal(answer.text, other.text, "the refusal must not tell which rule failed");
    });
  }

  it("in the old header alone does not count", async () => {
    const headers = { "X-Hub-Signature": `sha1=${kV1Sha1}` };
    assert.equal((await meta.post(kV1, { signature: null, headers })).status, 401);
  });

  it("that is wrong stores nothing", async () => {
    const person = new_person();
    const body = envelope({ page, events: [message(page, person, "forged")] });
    assert.equal((await meta.post(body, { secret: "forger" })).status, 401);
    await assert_alive();
    assert.deepEqual(await messages_of(api, person), []);
  });

  it("of every changed byte is refused", async () => {
    const body = Buffer.from(kV1);
    for (let i = 0; i < body.length; i += 3) {
      const changed = Buffer.from(body);
      changed[i] ^= 1;
      assert.equal((await meta.post(changed, { signature: `sha256=${kV1Digest}` })).status, 401, `byte ${i}`);
    }
  });
});

describe("a signed body", () => {
  const signed = async (body) => (await meta.post(body)).status;

  it("that is not JSON is 400", async () => {
    for (const body of ["", " ", "hello", "{", '{"object":"page"', kV1 + "}", "{'object':'page'}", "\0",
      '{"object":"page","entry":[{"id":"1",}]}', '{"a":01}', '{"a":NaN}', kV1.slice(0, 100)]) {
      assert.equal(await signed(body), 400, JSON.stringify(body.slice(0, 40)));
    }
    await assert_alive();
  });

  it("that is JSON but no envelope we know is kept and 200", async () => {
    for (const body of ["{}", "[]", "null", "42", '"text"', '{"object":"page"}', '{"object":"page","entry":{}}',
      '{"object":"page","entry":[]}', '{"object":"page","entry":[null,1,"x",[]]}', '{"object":7,"entry":[{}]}',
      '{"object":"martians","entry":[{"id":"1","time":1}]}',
      `{"object":"page","entry":[{"id":"${page}","time":1,"messaging":"none"}]}`,
      `{"object":"page","entry":[{"id":"${page}","time":1,"changed_fields":["feed"]}]}`]) {
      assert.equal(await signed(body), 200, body);
    }
    await assert_alive();
  });

  it("that is strange is 200 or 400, and never harms", async () => {
    const deep = (n, open, close) => open.repeat(n) + close.repeat(n);
    const event = (text) => `{"object":"page","entry":[{"id":"${page}","time":1,"messaging":[${text}]}]}`;
    const bodies = [
      deep(10_000, "[", "]"), deep(10_000, '{"a":', "}").replace(":}", ":1}"),
      event(deep(10_000, "[", "]")), "[".repeat(100_000),
      Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d]),
      Buffer.concat([Buffer.from(kV1.slice(0, 60)), Buffer.from([0xc3, 0x28]), Buffer.from(kV1.slice(60))]),
      event('{"sender":{"id":"1"},"message":{"mid":"m","text":"lone \\ud800 surrogate"}}'),
      event('{"sender":{"id":"1"},"timestamp":1e999,"message":{"mid":"m","text":"x"}}'),
      event('{"sender":{"id":"1"},"sender":{"id":"2"},"message":{"mid":"m","mid":"n"}}'),
      "\ufeff" + kV1, `${" ".repeat(1_000_000)}${kV1}`,
    ];
    for (const body of bodies) {
      assert.ok([200, 400].includes(await signed(body)), String(body).slice(0, 60));
    }
    await assert_alive();
  });

  it("whose events are broken loses none of the good ones beside them", async () => {
    const broken = [
      null, 5, "x", [], {}, { sender: null, message: {} }, { sender: { id: 5 } }, { message: { mid: 1, text: 2 } },
      from_person(page, "", { message: { mid: new_mid(), text: "no sender" } }),
      from_person(page, new_person(), { message: null }), from_person(page, new_person(), { message: [] }),
      from_person(page, new_person(), { message: { text: "no mid" } }),
      from_person(page, new_person(), { message: { mid: new_mid(), text: { a: 1 }, attachments: 7 } }),
      from_person(page, new_person(), { read: { watermark: "soon" } }),
      from_person(page, new_person(), { reaction: 3 }),
      from_person(page, new_person(), { something_new: { a: [1, 2, { b: null }] } }),
      from_person(page, new_person(), { message: { mid: new_mid(), text: "x" } }, "yesterday"),
      from_person(page, new_person(), { message: { mid: new_mid(), text: "x" } }, -1e15),
      from_person(page, new_person(), { message: { mid: new_mid(), text: "x" } }, 9e18),
      from_person(page, new_person(), { message: { mid: "m".repeat(100_000), text: "long id" } }),
      from_person(page, "9".repeat(100_000), { message: { mid: new_mid(), text: "long sender" } }),
    ];
    for (const event of broken) {
      const person = new_person();
      const events = [message(page, person, "before"), event, message(page, person, "after")];
      assert.equal(await signed(JSON.stringify(envelope({ page, events }))), 200, JSON.stringify(event)?.slice(0, 99));
      const found = await messages_when(`both good messages around ${JSON.stringify(event)?.slice(0, 99)}`,
        api, person, (all) => inbound(all).length === 2);
      assert.deepEqual(inbound(found).map(({ text }) => text), ["before", "after"]);
    }
  });

  it("of 8 MiB is taken, one byte more is 413", async () => {
    const person = new_person();
    const head = JSON.stringify(envelope({ page, events: [message(page, person, "big")] })).slice(0, -1);
    const padded = (size) => {
      const start = `${head},"pad":"`;
      return Buffer.from(start + "x".repeat(size - start.length - 2) + '"}');
    };
    assert.equal((await meta.post(padded(kBodyLimit))).status, 200);
    await messages_when("the message", api, person, (all) => inbound(all).length === 1);
    const over = await meta.post(padded(kBodyLimit + 1)).catch((error) => error);
    if (!(over instanceof Error)) assert.equal(over.status, 413);
    await assert_alive();
  });

  it("that is compressed is not guessed at", async () => {
    const answer = await meta.post(kV1, { headers: { "Content-Encoding": "gzip" } });
    assert.equal(answer.status, 415);
  });

  it("with other methods is 405", async () => {
    const client = engine.public_client();
    for (const method of ["PUT", "DELETE", "PATCH"]) {
      const answer = await client.call(method, "/webhooks/meta", "{}");
      assert.equal(answer.status, 405, method);
      assert.ok(answer.headers.allow, method);
    }
  });
});

describe("ids", () => {
  it("that are JSON numbers, even beyond 2^53, are read from their digits", async () => {
    const person = "90071992547409931234";
    const body = `{"object":"page","entry":[{"id":${page},"time":1,"messaging":[{"sender":{"id":${person}},` +
      `"recipient":{"id":${page}},"timestamp":${Date.now()},"message":{"mid":"${new_mid()}","text":"number"}}]}]}`;
    assert.equal((await meta.post(body)).status, 200);
    await messages_when("the message", api, person, (all) => inbound(all)[0]?.text === "number");
  });

  it("time is the event's own, to the millisecond", async () => {
    const shop = await engine.workspace();
    const other = new_page();
    await messenger(shop, { page: other });
    const body = kV1.replace("m_AbCdEf0001", new_mid()).replaceAll("1029384756", other);
    assert.equal((await meta.post(body)).status, 200);
    const [first] = await messages_when("the vector's message", shop, "7001112223", (all) => all.length === 1);
    assert.equal(first.text, "hello");
    assert.equal(first.created_at, "2026-09-21T14:13:20.001Z");
  });

  it("text arrives as it was written", async () => {
    for (const text of ["café 😀 https://example.test/a", "‮right to left‬", "line\nbreak\ttab", "nul\u0000nul",
      "👩‍👩‍👧‍👦", "0", "null", '<script>alert("1")</script>', "%s%n", "'; DROP TABLE x; --", "a".repeat(2000)]) {
      const person = new_person();
      const ascii = JSON.stringify(envelope({ page, events: [message(page, person, text)] }))
        .replace(/[\u0080-\uffff]/g, (c) => "\\u" + c.charCodeAt(0).toString(16).padStart(4, "0"))
        .replaceAll("/", "\\/");
      assert.equal((await meta.post(ascii)).status, 200);
      const [first] = await messages_when("the message", api, person, (all) => inbound(all).length === 1);
      assert.equal(first.text, text);
    }
  });
});

it("a page that nobody has connected is 200", async () => {
  await meta.deliver(new_page(), message(new_page(), new_person(), "anyone?"));
});
