// The visitor's side of the conversation: connects connection, outbox and messages, and knows who the visitor
// is and what both sides have read. A message counts as sent only after the server's acknowledgement.
// Independent of the page.

import { Connection, type Link } from "./connection";
import { Conversation } from "./conversation";
import { Outbox } from "./outbox";
import type { Author, ClientFrame, Identity, Json, Message, ServerFrame, UploadLimits, Welcome } from "./protocol";
import type { Store, Uploaded } from "./store";

const kTypingShownMs = 8_000;
const kTypingEveryMs = 3_000;

/** Messages between the visitor's tabs: the server acknowledges only to the tab that sent. */
type TabNews = { visitor: string } & (
  | { clientId: string; message: Message }
  | { read: string }
);

export class ChatSession {
  readonly conversation = new Conversation();
  /** Called with the server's answer to an items request; set by the part that draws items. */
  items: (items: Json[]) => void = () => {};
  uploads: UploadLimits | null = null;
  typing = false;
  loaded = false;
  /** Id of the newest message the business has seen. */
  seen = "";

  readonly #connection: Connection;
  readonly #outbox: Outbox;
  readonly #tabs: BroadcastChannel | null;
  #identity: Identity | null = null;
  /** Whom to become once the outbox is empty; undefined: no change is due. */
  #nextIdentity: Identity | null | undefined;
  #requested = "";
  #visitor = "";
  #typingTimer = 0;
  #typingSent = 0;

  constructor(
    private readonly endpoint: string,
    private readonly store: Store,
    private readonly changed: () => void,
  ) {
    const address = (): string => {
      this.#requested = store.visitor;
      return endpoint + (this.#requested ? `?visitor=${encodeURIComponent(this.#requested)}` : "");
    };
    this.#connection = new Connection(address, {
      hello: () => this.#identity && { type: "identify", ...this.#identity },
      accepts: ({ identified }) => identified === (this.#identity !== null),
      frame: (frame) => this.#receive(frame),
      linkChanged: (link) => this.#linkChanged(link),
      erased: () => this.#erased(),
    });
    const send = (frame: ClientFrame): boolean => this.#connection.send(frame);
    this.#outbox = new Outbox(this.conversation, store, {
      send, stalled: () => this.#connection.drop(), changed,
    });
    store.watch((name, value) => this.#otherTab(name, value));
    this.#tabs = "BroadcastChannel" in window ? new BroadcastChannel(endpoint) : null;
    this.#tabs?.addEventListener("message", (event) => this.#tabNews(event.data as TabNews));
  }

  get link(): Link {
    return this.#connection.link;
  }

  start(): void {
    this.#outbox.adopt();
    this.#connection.start();
  }

  send(text: string, payload = "", uploads: Uploaded[] = []): void {
    const message = { clientId: newUuid(), text, payload, uploads, at: Date.now(), failed: false };
    const entry = this.conversation.addPending(message);
    if (!entry) return;
    this.#connection.start();
    this.#outbox.add(entry);
    this.changed();
  }

  retry(clientId: string): void {
    this.#outbox.retry(clientId);
    this.changed();
  }

  /**
   * Signs in the user that the host page names, or signs out (null). A message in flight still arrives as its
   * author's.
   */
  identify(identity: Identity | null): void {
    this.#nextIdentity = identity;
    this.#changeVisitor();
  }

  /** The URL for this visitor's uploads. */
  uploadAddress(): string {
    const query = new URLSearchParams({ visitor: this.#visitor });
    if (this.#identity) {
      query.set("user", this.#identity.id);
      query.set("signature", this.#identity.signature);
    }
    return `${this.endpoint.replace(/^ws/, "http")}/uploads?${query.toString()}`;
  }

  askItems(ids: string[]): boolean {
    return this.#connection.send({ type: "items", ids });
  }

  noteTyping(): void {
    const now = Date.now();
    if (now - this.#typingSent < kTypingEveryMs) return;
    if (this.#connection.send({ type: "typing" })) this.#typingSent = now;
  }

  /** The author of the last answer: the AI or a person. */
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
      if (message.status === "read" || message.id <= this.store.read) break;
      count++;
    }
    return count;
  }

  markRead(): void {
    const seen = this.conversation.entries.filter((e) => e.message && !e.message.mine);
    const last = seen[seen.length - 1]?.message;
    if (!last || last.id <= this.store.read) return;
    if (!this.#connection.send({ type: "read", message_id: last.id })) return;
    this.store.read = last.id;
    this.#tell({ visitor: this.#visitor, read: last.id });
  }

  #receive(frame: ServerFrame): void {
    switch (frame.type) {
      case "welcome":
        this.#welcome(frame);
        break;
      case "ack":
        this.#tell({ visitor: this.#visitor, clientId: frame.clientId, message: frame.message });
        this.#acknowledged(frame.clientId, frame.message);
        break;
      case "message":
        this.#outbox.settle(this.conversation.apply(frame.message));
        if (!frame.message.mine) this.#showTyping(false);
        break;
      case "read":
        if (frame.messageId > this.seen) this.seen = frame.messageId;
        break;
      case "items":
        this.items(frame.items);
        break;
      case "typing":
        this.#showTyping(true);
        break;
      case "error":
        this.#refused(frame.clientId, frame.code, frame.detail);
        break;
    }
    this.#changeVisitor();
    this.changed();
  }

  /** After an identity error the identity is dropped: the visitor becomes anonymous and can still write. */
  #refused(clientId: string, code: string, detail: string): void {
    if (code !== "identity") return this.#outbox.refused(clientId, code, detail);
    console.warn(`Aura chat: ${detail}`);
    this.#become(null);
  }

  #acknowledged(clientId: string, message: Message): void {
    this.#outbox.settle([clientId, ...this.conversation.apply(message, clientId)]);
  }

  #tell(news: TabNews): void {
    this.#tabs?.postMessage(news);
  }

  #tabNews(news: TabNews): void {
    if (news.visitor !== this.#visitor) return;
    if ("read" in news) {
      if (news.read > this.store.read) this.store.read = news.read;
    } else {
      this.#acknowledged(news.clientId, news.message);
    }
    this.changed();
  }

  #welcome(frame: Welcome): void {
    const stored = this.store.visitor;
    if (stored && stored !== this.#requested && stored !== frame.visitor) {
      // Another tab created the visitor while this one connected: join that conversation.
      this.#connection.restart();
      return;
    }
    if (this.#visitor && this.#visitor !== frame.visitor) this.conversation.forgetHistory();
    this.#visitor = frame.visitor;
    if (frame.visitor !== stored) this.store.visitor = frame.visitor;
    this.uploads = frame.uploads;
    for (const message of frame.messages) this.#outbox.settle(this.conversation.apply(message));
    this.loaded = true;
    this.#outbox.adopt();
    this.#outbox.flush();
  }

  #changeVisitor(): void {
    const next = this.#nextIdentity;
    if (next === undefined || this.#outbox.busy) return;
    this.#nextIdentity = undefined;
    if (next?.id === this.#identity?.id && next?.signature === this.#identity?.signature) return;
    // After a sign-out the next visitor on this device must not find the user's messages.
    if (!next) this.store.visitor = "";
    this.#become(next);
  }

  #become(identity: Identity | null): void {
    const before = this.#identity;
    this.#identity = identity;
    this.#outbox.user = identity?.signature.slice(0, 16) ?? "";
    if (before || this.#visitor) {
      this.conversation.forgetAll();
      this.store.read = "";
    }
    this.#visitor = this.seen = "";
    this.loaded = false;
    this.#outbox.adopt();
    this.#connection.restart();
    this.changed();
  }

  /** Clears messages and token after an erasure: the next message is from a new visitor. */
  #erased(): void {
    if (this.store.visitor === this.#visitor) this.store.visitor = "";
    this.#become(this.#identity);
  }

  #linkChanged(link: Link): void {
    if (link !== "online") {
      this.#outbox.linkLost();
      this.#showTyping(false);
      this.#changeVisitor();
    }
    this.changed();
  }

  #showTyping(shown: boolean): void {
    clearTimeout(this.#typingTimer);
    this.typing = shown;
    if (!shown) return;
    this.#typingTimer = window.setTimeout(() => {
      this.typing = false;
      this.changed();
    }, kTypingShownMs);
  }

  #otherTab(name: string, value: string | null): void {
    if (name === "visitor" && value && value !== this.#visitor && this.link === "online") {
      if (!this.conversation.entries.length) this.#connection.restart();
    } else if (name.startsWith("out.") && value === null) {
      this.#outbox.forget(name.slice(4));
    }
    this.changed();
  }
}

/** `crypto.randomUUID` exists only on secure origins, but a shop may embed the widget on plain http. */
function newUuid(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = [...bytes].map((b) => b.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}
