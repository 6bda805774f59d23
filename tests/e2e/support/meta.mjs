// Meta's side of the webhooks: envelopes, events and signatures.
import { createHmac, randomInt } from "node:crypto";

import { request } from "./http.mjs";

export const kAppSecret = "test_app_secret_0123456789abcdef";
export const kVerifyToken = "vt+01";
export const kInboxAppId = 263902037430900; // Facebook's own Page inbox

export const hmac = (body, secret = kAppSecret) =>
  createHmac("sha256", secret).update(body).digest("hex");

// Ids that no other test uses.
export const new_page = () => String(randomInt(10 ** 11, 10 ** 12));
export const new_person = () => String(randomInt(7 * 10 ** 13, 8 * 10 ** 13));
let mids = 0;
export const new_mid = () => `m_${process.pid}_${Date.now()}_${++mids}`;

export class Meta {
  // `base` may be a function, because the engine's URL is known only once it runs.
  constructor(engine) {
    this.engine = engine;
  }

  // Posts a body with a valid signature, or with the given `signature` (null: none).
  post(body, { secret = kAppSecret, signature, headers = {}, path = "/webhooks/meta" } = {}) {
    const bytes = typeof body === "string" || Buffer.isBuffer(body) ? body : JSON.stringify(body);
    const sign = signature === undefined ? `sha256=${hmac(bytes, secret)}` : signature;
    const all = { "Content-Type": "application/json", ...headers };
    if (sign !== null) all["X-Hub-Signature-256"] = sign;
    return request(this.engine.url + path, { method: "POST", headers: all, body: bytes });
  }

  // Posts events of one page; fails unless they are accepted.
  async deliver(page, ...events) {
    const answer = await this.post(envelope({ page, events }));
    if (answer.status !== 200) throw new Error(`webhook: ${answer.status} ${answer.text}`);
  }

  async say(page, person, text, more = {}) {
    const event = message(page, person, text, more);
    await this.deliver(page, event);
    return event.message.mid;
  }
}

// {"object":"page","entry":[…]} with one entry for each {page, events, key}.
export function envelope(...entries) {
  return {
    object: "page",
    entry: entries.map(({ page, events, key = "messaging" }) => ({
      id: page,
      time: Date.now(),
      [key]: events,
    })),
  };
}

// An event from a person to a page; `content` decides its kind.
export function from_person(page, person, content, at = Date.now()) {
  return { sender: { id: person }, recipient: { id: page }, timestamp: at, ...content };
}

export function message(page, person, text, { mid = new_mid(), at, ...more } = {}) {
  return from_person(page, person, { message: { mid, text, ...more } }, at);
}

// A message that the business's side wrote; `app_id` names the app it was written with.
export function echo(page, person, text, { mid = new_mid(), at = Date.now(), ...more } = {}) {
  return {
    sender: { id: page },
    recipient: { id: person },
    timestamp: at,
    message: { mid, text, is_echo: true, ...more },
  };
}
