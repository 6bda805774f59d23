// A business for the tests: a workspace with a channel and a catalog, and helpers to read what it shows.
import assert from "node:assert/strict";

import { new_page } from "./meta.mjs";
import { kPatience, until } from "./wait.mjs";

export const kItems = [
  { name: "Chocolate cake", kind: "product", price: { amount_minor: 450, currency: "USD" } },
  { name: "Apple pie", kind: "product", price: { amount_minor: 1275, currency: "USD" } },
  { name: "Espresso", kind: "menu_item", price: { amount_minor: 240, currency: "USD" } },
];

export async function add_items(api, items = kItems) {
  const made = [];
  for (const item of items) made.push(await api.must("POST", "/catalog/items", item));
  return made;
}

export async function messenger(api, { page = new_page(), token = `EAA-${page}` } = {}) {
  const credentials = { page_id: page, page_access_token: token };
  const channel = await api.must("POST", "/channels", { type: "messenger", name: "Page", credentials });
  return { ...channel, page, token };
}

// A workspace with a catalog and a Messenger page.
export async function page_shop(engine, input = {}) {
  const api = await engine.workspace(input);
  await add_items(api);
  const channel = await messenger(api);
  return { api, channel, page: channel.page };
}

// The conversation with this person.
export async function conversation_of(api, person) {
  const all = await api.list("/conversations");
  return all.find(({ contact }) => contact.identities.some((one) => one.external_id === person));
}

export async function messages_of(api, person) {
  const conversation = await conversation_of(api, person);
  return conversation ? api.list(`/conversations/${conversation.id}/messages`) : [];
}

// The person's messages, once `enough` returns true.
export function messages_when(what, api, person, enough, seconds = kPatience) {
  return until(what, async () => {
    const found = await messages_of(api, person);
    return enough(found) ? found : null;
  }, seconds);
}

export const inbound = (messages) => messages.filter(({ direction }) => direction === "in");
export const outbound = (messages) => messages.filter(({ direction }) => direction === "out");

export const kTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

export function assert_resource(made, prefix) {
  assert.match(made.id, new RegExp(`^${prefix}_[A-Za-z0-9]+$`));
  assert.match(made.created_at, kTime);
  for (const key of Object.keys(made)) assert.match(key, /^[a-z][a-z0-9_]*$/);
}

// Expects a refusal: one of these statuses, application/problem+json with a stable type, and nothing
// internal.
export function assert_problem(answer, ...statuses) {
  assert.ok(statuses.includes(answer.status), `${answer.status} ${answer.text}, not ${statuses}`);
  assert.match(answer.headers["content-type"] ?? "", /^application\/problem\+json/);
  assert.equal(typeof answer.json?.type, "string", answer.text);
  assert.match(answer.json.type, /^[a-z][a-z0-9+.-]*:/i, "type must be a URI");
  assert.equal(answer.json.status, answer.status);
  assert.equal(typeof answer.json.title, "string");
}
