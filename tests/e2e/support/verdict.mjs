// Compares what a load was promised with what the engine stored and the provider accepted. Each check returns
// sentences about what is wrong; an empty list means all is right.
import { kLoadItems } from "./load.mjs";
import { inbound, outbound } from "./shop.mjs";
import { until } from "./wait.mjs";

// Maps person → {conversation, messages oldest first}.
export async function conversations_by_person(api) {
  const found = new Map();
  for (const one of await api.list("/conversations")) {
    const messages = await api.list(`/conversations/${one.id}/messages`);
    found.set(one.contact.identities[0].external_id, { conversation: one, messages });
  }
  return found;
}

// Waits until nothing is queued and each customer's last message is answered.
export async function at_rest(api, seconds) {
  return until("nothing queued, each customer answered", async () => {
    const all = await conversations_by_person(api);
    const chats = [...all.values()].map(({ messages }) => messages);
    const queued = chats.flatMap(outbound).filter(({ status }) => status === "queued");
    const unanswered = chats.filter((messages) => messages.at(-1)?.direction !== "out").length;
    if (queued.length + unanswered === 0) return all;
    throw new Error(`${queued.length} queued (${queued.filter(({ attempts }) => attempts.length > 0).length} tried), ` +
      `${unanswered} of ${chats.length} customers without an answer`);
  }, seconds);
}

// The first difference between two lists that must be equal.
function difference(what, stored, promised) {
  const texts = [stored, promised].map((list) => list.map((one) => JSON.stringify(one)));
  const at = Array.from({ length: Math.max(...texts.map(({ length }) => length)) })
    .findIndex((_, i) => texts[0][i] !== texts[1][i]);
  return at < 0 ? [] : [`${what}: message ${at + 1} is ${texts[0][at]}, promised was ${texts[1][at]}`];
}

// Every message acknowledged on Messenger is stored once, complete and in order.
export function wrong_on_messenger(load, all) {
  return load.people.flatMap(({ person, acked }) => difference(person,
    inbound(all.get(person)?.messages ?? []).map(({ external_id, text }) => ({ mid: external_id, text })), acked));
}

// The same for the web chat, whose acknowledgement contains the message.
export function wrong_in_chats(load, all) {
  const chats = [...all.values()].map(({ messages }) => inbound(messages));
  const written = load.visitors.filter(({ acked }) => acked.length > 0);
  return written.flatMap(({ acked }) => {
    const stored = chats.find((messages) => messages.some(({ id }) => id === acked[0].id)) ?? [];
    return difference("a visitor", stored.map(({ id, text }) => ({ id, text })),
      acked.map(({ id, text }) => ({ id, text })));
  });
}

// Every item that the API created (201) exists once.
export async function wrong_items(load, api) {
  const names = (await api.list("/catalog/items")).map(({ name }) => name);
  const wrong = load.items.filter((name) => names.filter((one) => one === name).length !== 1);
  if (names.length !== kLoadItems.length + load.items.length) wrong.push(`${names.length} items`);
  return wrong.map((name) => `catalog: ${name}`);
}

export async function repeated(load, all, api) {
  const wrong = [];
  const customers = load.people.length + load.visitors.filter(({ acked }) => acked.length > 0).length;
  const contacts = (await api.list("/contacts")).length;
  if (contacts !== customers) wrong.push(`${contacts} contacts of ${customers} customers`);
  if (all.size !== customers) wrong.push(`${all.size} conversations of ${customers} customers`);
  const ids = [...all.values()].flatMap(({ messages }) => messages.map(({ id }) => id));
  if (new Set(ids).size !== ids.length) wrong.push("a message id is there twice");
  return wrong;
}

// Every answer is at the provider, in the order of the conversation; of duplicates the first counts.
export function wrong_at_provider(load, all, ledger) {
  return load.people.flatMap(({ person }) => {
    const firsts = new Map(); // by the engine's message id
    for (const { recipient, metadata, text } of ledger) {
      if (recipient === person && !firsts.has(metadata)) firsts.set(metadata, text);
    }
    return difference(`to ${person}`, [...firsts.values()],
      outbound(all.get(person)?.messages ?? []).map(({ text }) => text));
  });
}

// {answers, extra, flagged, unflagged}: the number of duplicate sends, and the duplicates without a flag.
export function doubled(all, ledger) {
  const times = new Map();
  for (const { metadata } of ledger) times.set(metadata, (times.get(metadata) ?? 0) + 1);
  const flagged = new Set([...all.values()].flatMap(({ messages }) =>
    messages.filter(({ maybe_duplicate }) => maybe_duplicate).map(({ id }) => id)));
  const twice = [...times].filter(([, count]) => count > 1);
  return {
    answers: times.size,
    extra: twice.reduce((sum, [, count]) => sum + count - 1, 0),
    flagged: flagged.size,
    unflagged: twice.map(([id]) => id).filter((id) => !flagged.has(id)),
  };
}

// No answer contains a price that was not asked for.
export function wrong_prices(all) {
  const wrong = [];
  for (const { messages } of all.values()) {
    for (const { text } of outbound(messages)) {
      for (const [, amount] of text.matchAll(/\$(\d+\.\d\d)/g)) {
        const item = kLoadItems.find(({ price }) => (price.amount_minor / 100).toFixed(2) === amount);
        if (!item || !inbound(messages).some((one) => one.text.includes(item.name))) wrong.push(text);
      }
    }
  }
  return wrong;
}

// All of these checks in one list. `doubles`: how many duplicate sends are allowed.
export async function everything_wrong({ load, api, engine, all, ledger, doubles }) {
  const twice = doubled(all, ledger);
  const failed = [...all.values()].flatMap(({ messages }) => messages.filter(({ status }) => status === "failed"));
  return [
    ...wrong_on_messenger(load, all),
    ...wrong_in_chats(load, all),
    ...(await wrong_items(load, api)),
    ...(await repeated(load, all, api)),
    ...wrong_at_provider(load, all, ledger),
    ...wrong_prices(all),
    ...failed.map(({ id, error }) => `${id} failed: ${error?.code}`),
    ...twice.unflagged.map((id) => `${id} is doubled and not flagged`),
    ...(twice.extra > doubles ? [`${twice.extra} sends doubled, at most ${doubles} were in flight`] : []),
    ...(await engine.operator.list("/dead-letters")).map(({ id }) => `dead letter ${id}`),
  ];
}
