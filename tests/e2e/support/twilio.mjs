// Twilio's side: webhooks signed with its own library, and a small Messages API that records what it accepted
// and can misbehave.
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { join } from "node:path";

import { request } from "./http.mjs";
import { until } from "./wait.mjs";

if (!process.env.AURA_E2E_MODULES) throw new Error("AURA_E2E_MODULES: run these tests through ctest");
const require = createRequire(join(process.env.AURA_E2E_MODULES, "package.json"));
export const { getExpectedTwilioSignature, validateRequest } = require("twilio/lib/webhooks/webhooks");

export const kPublicUrl = "https://hooks.example.test"; // the engine's configured public URL
export const kAccount = "AC00000000000000000000000000000001";
export const kToken = "12345abcdef67890twilio_test_token";

// A grey pixel.
export const kPicture = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg==", "base64");

let count = 0;
export const new_sid = (kind = "SM") =>
  kind + (Date.now().toString(16) + (++count).toString(16).padStart(6, "0")).padStart(32, "0");
export const new_phone = () => `+1555${String(Math.floor(Math.random() * 1e7)).padStart(7, "0")}`;

// Encodes fields as a form; an array repeats the name.
export function form(fields) {
  const body = new URLSearchParams();
  for (const [name, value] of Object.entries(fields)) {
    for (const one of [value].flat()) body.append(name, one);
  }
  return body.toString();
}

export class Webhooks {
  constructor(engine, channel, { token = kToken, account = kAccount } = {}) {
    this.engine = engine;
    this.path = `/webhooks/twilio/${channel.id}`;
    this.number = channel.account_id;
    this.token = token;
    this.account = account;
  }

  // Posts fields, signed by Twilio's library unless `signature` is given (null: unsigned).
  post(fields, { path = this.path, base = kPublicUrl, token = this.token, signature, headers } = {}) {
    const signed = signature === undefined ? getExpectedTwilioSignature(token, base + path, fields) : signature;
    const all = { "Content-Type": "application/x-www-form-urlencoded; charset=UTF-8", ...headers };
    if (signed !== null) all["X-Twilio-Signature"] = signed;
    return request(this.engine.url + path, { method: "POST", headers: all, body: form(fields) });
  }

  fields(from, body, more = {}) {
    const sid = new_sid();
    return {
      ToCountry: "US", SmsMessageSid: sid, NumMedia: "0", SmsSid: sid, SmsStatus: "received", Body: body,
      To: this.number, NumSegments: "1", MessageSid: sid, AccountSid: this.account, From: from,
      ApiVersion: "2010-04-01", ...more,
    };
  }

  // A contact writes; returns the message's sid.
  async say(from, body, more) {
    const fields = this.fields(from, body, more);
    const answer = await this.post(fields);
    if (answer.status !== 200) throw new Error(`webhook: ${answer.status} ${answer.text}`);
    return fields.MessageSid;
  }

  // Posts a delivery status of an accepted message to the StatusCallback of its request.
  status(message, status, more = {}) {
    const url = new URL(message.fields.get("StatusCallback"));
    const fields = {
      SmsSid: message.sid, SmsStatus: status, MessageStatus: status, To: message.to, MessageSid: message.sid,
      AccountSid: this.account, From: this.number, ApiVersion: "2010-04-01", ...more,
    };
    return this.post(fields, { path: url.pathname + url.search });
  }
}

export class FakeTwilio {
  accepted = []; // {sid, to, from, body, fields, authorization}, oldest first
  calls = []; // every request: {method, path}
  #answers = [];

  static async start() {
    const fake = new FakeTwilio();
    fake.server = createServer((call, answer) => fake.#serve(call, answer));
    await new Promise((resolve) => fake.server.listen(0, "127.0.0.1", resolve));
    fake.url = `http://127.0.0.1:${fake.server.address().port}`;
    return fake;
  }

  // The answers to the next sends instead of accepting them: [status, error body, headers], or "drop":
  // accepted, but the connection closes before the answer.
  next(...answers) {
    this.#answers.push(...answers);
  }

  sent_to(phone, how_many = 1) {
    return until(`${how_many} messages to ${phone} at Twilio`, () => {
      const found = this.to(phone);
      return found.length >= how_many ? found : null;
    });
  }

  to(phone) {
    return this.accepted.filter(({ to }) => to === phone);
  }

  async close() {
    this.server.closeAllConnections();
    this.server.close();
  }

  #serve(call, answer) {
    const parts = [];
    call.on("data", (part) => parts.push(part));
    call.on("end", () => {
      const url = new URL(call.url, this.url);
      this.calls.push({ method: call.method, path: url.pathname });
      if (url.pathname.startsWith("/media/")) return this.#media(call, answer);
      const reply = (status, body, headers = {}) => {
        answer.writeHead(status, { "Content-Type": "application/json", ...headers });
        answer.end(JSON.stringify(body));
      };
      // The engine's check whether credentials are valid.
      if (url.pathname.endsWith("/IncomingPhoneNumbers.json")) {
        return reply(200, { incoming_phone_numbers: [{ phone_number: url.searchParams.get("PhoneNumber") }] });
      }
      if (url.pathname === `/2010-04-01/Accounts/${kAccount}.json`) return reply(200, { sid: kAccount, status: "active" });
      if (!url.pathname.endsWith("/Messages.json")) return reply(404, { code: 20404, status: 404 });
      if (call.method === "GET") return reply(200, { messages: this.#list(url.searchParams) });
      const planned = this.#answers.shift();
      if (Array.isArray(planned)) return reply(...planned);
      const message = this.#accept(call, new URLSearchParams(Buffer.concat(parts).toString("utf8")));
      if (planned === "drop") return answer.destroy();
      reply(201, message.resource);
    });
  }

  // A picture, for callers with the account's credentials.
  #media(call, answer) {
    const known = call.headers.authorization === "Basic " + Buffer.from(`${kAccount}:${kToken}`).toString("base64");
    answer.writeHead(known ? 200 : 401, { "Content-Type": known ? "image/png" : "text/plain" });
    answer.end(known ? kPicture : "");
  }

  #accept(call, fields) {
    const sid = new_sid();
    const message = {
      sid, fields, to: fields.get("To"), from: fields.get("From"), body: fields.get("Body"),
      authorization: call.headers.authorization, path: call.url,
    };
    message.resource = {
      sid, account_sid: kAccount, from: message.from, to: message.to, body: message.body ?? "", status: "queued",
      num_segments: "1", num_media: String(fields.getAll("MediaUrl").length), error_code: null,
      error_message: null, direction: "outbound-api", date_created: new Date().toUTCString().replace("GMT", "+0000"),
      date_sent: null,
    };
    this.accepted.push(message);
    return message;
  }

  #list(query) {
    return this.accepted.filter(({ to }) => to === query.get("To")).map(({ resource }) => resource).reverse();
  }
}
