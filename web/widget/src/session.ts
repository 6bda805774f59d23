// The visitor's side of the conversation: joins connection, stored queue and messages. A message is
// shown as sent only after the server's acknowledgement; until then it is kept in the browser and
// offered again, under the same client id, on every new connection.

import { Connection, type Link } from "./connection";
import { Conversation, type Entry } from "./conversation";
import type { Author, Message, ServerFrame } from "./protocol";
import type { Store } from "./store";

const kAckTimeoutMs = 15_000;
const kMaxTries = 3;
const kTypingShownMs = 8_000;
const kTypingEveryMs = 3_000;

/** What a tab tells the visitor's other tabs: the server answers only the tab that sent. */
interface Acknowledged {
  visitor: string;
  clientId: string;
  message: Message;
}

export class ChatSession {
  readonly conversation = new Conversation();
  typing = false;
  loaded = false;

  private readonly connection: Connection;
  private readonly tabs: BroadcastChannel | null;
  private readonly tries = new Map<string, number>();
  private readonly inFlight = new Map<string, number>();
  private requested = "";
  private visitor = "";
  private typingTimer = 0;
  private typingSent = 0;

  constructor(
    endpoint: string,
    private readonly store: Store,
    private readonly changed: () => void,
  ) {
    const address = (): string => {
      this.requested = store.visitor;
      const query = this.requested ? `?visitor=${encodeURIComponent(this.requested)}` : "";
      return endpoint + query;
    };
    this.connection = new Connection(address, endpoint.replace(/^ws/, "http"), {
      frame: (frame) => this.receive(frame),
      linkChanged: (link) => this.linkChanged(link),
    });
    store.watch((name, value) => this.otherTab(name, value));
    this.tabs = "BroadcastChannel" in window ? new BroadcastChannel(endpoint) : null;
    this.tabs?.addEventListener("message", (event) => this.acknowledged(event.data as Acknowledged));
  }

  get link(): Link {
    return this.connection.link;
  }

  start(): void {
    this.adoptQueue();
    this.connection.start();
  }

  send(text: string): void {
    const entry = this.conversation.addPending(newUuid(), text, Date.now(), false);
    if (!entry) return;
    this.keep(entry);
    this.connection.start();
    this.flush();
    this.changed();
  }

  retry(clientId: string): void {
    const entry = this.conversation.pending().find((e) => e.clientId === clientId);
    if (!entry) return;
    entry.delivery = "sending";
    entry.reason = "";
    this.tries.delete(clientId);
    this.keep(entry);
    this.flush();
    this.changed();
  }

  noteTyping(): void {
    const now = Date.now();
    if (now - this.typingSent < kTypingEveryMs) return;
    if (this.connection.send({ type: "typing" })) this.typingSent = now;
  }

  /** Who answered last: the assistant or a person. */
  lastSpeaker(): Author {
    const theirs = this.conversation.entries.filter((e) => e.message && !e.message.mine);
    const spoken = theirs.filter((e) => e.message?.author !== "system");
    return spoken[spoken.length - 1]?.message?.author ?? "ai";
  }

  unread(): number {
    const entries = this.conversation.entries;
    let count = 0;
    for (let i = entries.length - 1; i >= 0; i--) {
      const message = entries[i]?.message;
      if (!message || message.mine) continue;
      if (message.status === "read" || message.id === this.store.read) break;
      count++;
    }
    return count;
  }

  markRead(): void {
    const seen = this.conversation.entries.filter((e) => e.message && !e.message.mine);
    const last = seen[seen.length - 1]?.message;
    if (!last || last.id === this.store.read) return;
    if (this.connection.send({ type: "read", message_id: last.id })) this.store.read = last.id;
  }

  private receive(frame: ServerFrame): void {
    switch (frame.type) {
      case "welcome":
        this.welcome(frame);
        break;
      case "ack":
        this.tabs?.postMessage({ visitor: this.visitor, ...frame });
        this.acknowledged({ visitor: this.visitor, ...frame });
        break;
      case "message":
        this.settle(this.conversation.apply(frame.message));
        if (!frame.message.mine) this.showTyping(false);
        break;
      case "typing":
        this.showTyping(true);
        break;
      case "error":
        this.refused(frame.clientId, frame.detail);
        break;
    }
    this.changed();
  }

  private acknowledged({ visitor, clientId, message }: Acknowledged): void {
    if (visitor !== this.visitor) return;
    this.settle([clientId, ...this.conversation.apply(message, clientId)]);
    this.changed();
  }

  private welcome(frame: ServerFrame & { type: "welcome" }): void {
    const stored = this.store.visitor;
    if (stored && stored !== this.requested && stored !== frame.visitor) {
      // Another tab became this visitor while we connected: join its conversation.
      this.connection.restart();
      return;
    }
    if (this.visitor && this.visitor !== frame.visitor) this.conversation.forgetHistory();
    this.visitor = frame.visitor;
    if (frame.visitor !== stored) this.store.visitor = frame.visitor;
    for (const message of frame.messages) this.settle(this.conversation.apply(message));
    this.loaded = true;
    this.adoptQueue();
    this.flush();
  }

  /** Messages a closed tab or an earlier page could not deliver are delivered by this one. */
  private adoptQueue(): void {
    for (const { clientId, text, at, failed } of this.store.queued()) {
      this.conversation.addPending(clientId, text, at, failed);
    }
  }

  private flush(): void {
    for (const { clientId, text, delivery } of this.conversation.pending()) {
      if (delivery !== "sending" || this.inFlight.has(clientId)) continue;
      if (!this.connection.send({ type: "message", client_id: clientId, text })) return;
      this.tries.set(clientId, (this.tries.get(clientId) ?? 0) + 1);
      // No answer in time: the link is dead although the browser has not noticed.
      const timer = window.setTimeout(() => this.connection.drop(), kAckTimeoutMs);
      this.inFlight.set(clientId, timer);
    }
  }

  private linkChanged(link: Link): void {
    if (link !== "online") {
      for (const [clientId, timer] of this.inFlight) {
        clearTimeout(timer);
        if ((this.tries.get(clientId) ?? 0) >= kMaxTries) this.fail(clientId, "");
      }
      this.inFlight.clear();
      this.showTyping(false);
    }
    this.changed();
  }

  /** An error that names no message can only mean the one that is on its way, if there is one. */
  private refused(clientId: string, detail: string): void {
    const onItsWay = [...this.inFlight.keys()];
    const target = clientId || (onItsWay.length === 1 ? onItsWay[0] : "");
    if (target) this.fail(target, detail);
  }

  private fail(clientId: string, reason: string): void {
    this.clearFlight(clientId);
    const entry = this.conversation.pending().find((e) => e.clientId === clientId);
    if (!entry) return;
    entry.delivery = "failed";
    entry.reason = reason;
    this.keep(entry);
  }

  private settle(clientIds: string[]): void {
    for (const clientId of clientIds) {
      this.clearFlight(clientId);
      this.tries.delete(clientId);
      this.store.removeQueued(clientId);
    }
  }

  private clearFlight(clientId: string): void {
    clearTimeout(this.inFlight.get(clientId));
    this.inFlight.delete(clientId);
  }

  private keep({ clientId, text, at, delivery }: Entry): void {
    this.store.saveQueued({ clientId, text, at, failed: delivery === "failed" });
  }

  private showTyping(shown: boolean): void {
    clearTimeout(this.typingTimer);
    this.typing = shown;
    if (!shown) return;
    this.typingTimer = window.setTimeout(() => {
      this.typing = false;
      this.changed();
    }, kTypingShownMs);
  }

  private otherTab(name: string, value: string | null): void {
    if (name === "visitor" && value && value !== this.visitor && this.link === "online") {
      if (!this.conversation.entries.length) this.connection.restart();
    } else if (name.startsWith("out.") && value === null) {
      this.conversation.forget(name.slice(4));
      this.clearFlight(name.slice(4));
    }
    this.changed();
  }
}

/** `crypto.randomUUID` exists only on secure origins; a shop may embed us on plain http. */
function newUuid(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = [...bytes].map((b) => b.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}
