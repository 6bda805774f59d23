// The messages on screen: those from the server, and those that the visitor typed and the server has not
// acknowledged. Pure state, no DOM and no network. A message is one entry, however often and in whatever
// order its acknowledgement, its broadcast and a resumed history arrive.

import type { Message } from "./protocol";
import type { Queued, Uploaded } from "./store";

export type Delivery = "sending" | "sent" | "failed";

export interface Entry {
  readonly key: string;
  clientId: string;
  text: string;
  payload: string;
  uploads: readonly Uploaded[];
  at: number;
  delivery: Delivery;
  reason: string;
  message: Message | null;
}

export class Conversation {
  #list: Entry[] = [];

  get entries(): readonly Entry[] {
    return this.#list;
  }

  pending(): Entry[] {
    return this.#list.filter((entry) => !entry.message);
  }

  find(id: string): Entry | undefined {
    return this.#list.find((entry) => entry.message?.id === id);
  }

  addPending({ clientId, text, payload, uploads, at, failed }: Omit<Queued, "user">): Entry | null {
    if (this.#list.some((entry) => entry.clientId === clientId)) return null;
    const delivery = failed ? "failed" : "sending";
    const entry: Entry = { key: clientId, clientId, text, payload, uploads, at, delivery, reason: "",
                           message: null };
    this.#list.push(entry);
    this.#sort();
    return entry;
  }

  /** Adds or updates a message from the server. Returns the client ids that it settles. */
  apply(message: Message, ackOf = ""): string[] {
    const known = this.find(message.id);
    const ids = ackOf ? [ackOf, ...message.clientIds] : message.clientIds;
    const mine = this.#list.find((entry) => entry.clientId !== "" && ids.includes(entry.clientId));
    if (known && mine && known !== mine) this.#drop(known);
    const entry = mine ?? known ?? this.#add(message);
    if (message.deleted) this.#drop(entry);
    entry.message = message;
    entry.text = message.text;
    entry.at = message.createdAt;
    entry.delivery = "sent";
    entry.reason = "";
    this.#sort();
    return entry.clientId ? [entry.clientId] : [];
  }

  /** Removes a pending message that another tab has settled; the server's broadcast adds it here. */
  forget(clientId: string): void {
    const entry = this.#list.find((e) => e.clientId === clientId && !e.message);
    if (entry) this.#drop(entry);
  }

  /** The visitor got another token: drops the history, which belongs to another conversation. */
  forgetHistory(): void {
    this.#list = this.pending();
  }

  /** Drops everything, because another user signed in on this page. */
  forgetAll(): void {
    this.#list = [];
  }

  #add(message: Message): Entry {
    const entry: Entry = {
      key: message.id, clientId: "", text: message.text, payload: "", uploads: [],
      at: message.createdAt, delivery: "sent", reason: "", message,
    };
    this.#list.push(entry);
    return entry;
  }

  #drop(entry: Entry): void {
    this.#list = this.#list.filter((other) => other !== entry);
  }

  /** Acknowledged messages in server order, then pending messages in the order typed. */
  #sort(): void {
    const rank = (entry: Entry): number => (entry.message ? 0 : 1);
    this.#list.sort(
      (a, b) => rank(a) - rank(b) || a.at - b.at || (a.message && b.message ? compareIds(a, b) : 0),
    );
  }
}

const compareIds = (a: Entry, b: Entry): number =>
  (a.message?.id ?? "") < (b.message?.id ?? "") ? -1 : 1;
