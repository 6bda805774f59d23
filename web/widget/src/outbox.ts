// The queue of outgoing messages, sent one at a time so that they keep their order. Each message is stored in
// the browser and offered again, under the same client id, on every new connection, until the server has
// acknowledged or refused it. After a temporary refusal it is offered again a little later.

import type { Conversation, Entry } from "./conversation";
import type { ClientFrame } from "./protocol";
import type { Store } from "./store";

const kAckTimeoutMs = 15_000;
const kMaxTries = 3;
const kBadMoment = /^(rate_limited|overloaded|unavailable)$/;
const kBadMomentMs = 2_000;
const kMaxBadMoments = 15;

export interface OutboxActions {
  send(frame: ClientFrame): boolean;
  /** No answer in time: the connection is dead although the browser has not noticed. */
  stalled(): void;
  changed(): void;
}

export class Outbox {
  /** Identifies the signed-in user whose messages these are; empty if the page named none. */
  user = "";
  #flying = "";
  #timer = 0;
  #pause = 0;
  readonly #tries = new Map<string, number>();
  readonly #badMoments = new Map<string, number>();

  constructor(
    private readonly conversation: Conversation,
    private readonly store: Store,
    private readonly actions: OutboxActions,
  ) {}

  get busy(): boolean {
    return this.#flying !== "";
  }

  /** Takes over messages that a closed tab or an earlier page could not deliver. */
  adopt(): void {
    for (const queued of this.store.queued()) {
      if (queued.user === this.user) this.conversation.addPending(queued);
    }
  }

  add(entry: Entry): void {
    this.#keep(entry);
    this.flush();
  }

  retry(clientId: string): void {
    const entry = this.#pending(clientId);
    if (!entry) return;
    entry.delivery = "sending";
    entry.reason = "";
    this.#tries.delete(clientId);
    this.#badMoments.delete(clientId);
    this.#keep(entry);
    this.flush();
  }

  flush(): void {
    const entry = this.conversation.pending().find((e) => e.delivery === "sending");
    if (!entry || this.#flying || this.#pause) return;
    const { clientId, text, payload, uploads } = entry;
    const sent = this.actions.send({
      type: "message", client_id: clientId, text,
      ...(payload && { payload }),
      ...(uploads.length && { attachments: uploads.map(({ id }) => ({ upload_id: id })) }),
    });
    if (!sent) return;
    this.#flying = clientId;
    this.#tries.set(clientId, (this.#tries.get(clientId) ?? 0) + 1);
    this.#timer = window.setTimeout(() => this.actions.stalled(), kAckTimeoutMs);
  }

  settle(clientIds: string[]): void {
    for (const clientId of clientIds) {
      this.#landed(clientId);
      this.#tries.delete(clientId);
      this.#badMoments.delete(clientId);
      this.store.removeQueued(clientId);
    }
    this.flush();
  }

  /** An error without a client id can only refer to the message in flight, if there is one. */
  refused(named: string, code: string, detail: string): void {
    const clientId = named || this.#flying;
    const entry = this.#pending(clientId);
    if (!entry) return;
    this.#landed(clientId);
    const moments = (this.#badMoments.get(clientId) ?? 0) + 1;
    if (kBadMoment.test(code) && moments <= kMaxBadMoments) {
      this.#badMoments.set(clientId, moments);
      this.#tries.delete(clientId);
      this.#pause = window.setTimeout(() => {
        this.#pause = 0;
        this.flush();
      }, kBadMomentMs);
      return;
    }
    this.#fail(entry, detail);
    this.flush();
  }

  /** The connection is lost: the message in flight is offered again, a limited number of times. */
  linkLost(): void {
    const entry = this.#pending(this.#flying);
    this.#landed(this.#flying);
    clearTimeout(this.#pause);
    this.#pause = 0;
    if (entry && (this.#tries.get(entry.clientId) ?? 0) >= kMaxTries) this.#fail(entry, "");
  }

  /** Another tab settled this message. */
  forget(clientId: string): void {
    this.conversation.forget(clientId);
    this.#landed(clientId);
    this.flush();
  }

  #pending(clientId: string): Entry | undefined {
    return this.conversation.pending().find((entry) => entry.clientId === clientId);
  }

  #fail(entry: Entry, reason: string): void {
    entry.delivery = "failed";
    entry.reason = reason;
    this.#keep(entry);
    this.actions.changed();
  }

  #landed(clientId: string): void {
    if (clientId !== this.#flying) return;
    clearTimeout(this.#timer);
    this.#flying = "";
  }

  #keep({ clientId, text, payload, uploads, at, delivery }: Entry): void {
    this.store.saveQueued({ clientId, text, payload, uploads: [...uploads], user: this.user, at,
                            failed: delivery === "failed" });
  }
}
