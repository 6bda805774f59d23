// One WebSocket to the engine, kept alive: a lost connection is retried with exponential backoff and jitter,
// or at once when the browser reports that the network is back. Counts as online only after a welcome that
// its owner accepts.

import { readFrame, type ClientFrame, type ServerFrame, type Welcome } from "./protocol";

const kFirstDelayMs = 500;
const kLongestDelayMs = 30_000;
const kWelcomeTimeoutMs = 10_000;
const kStableAfterMs = 5_000;
const kErased = 4410;

export type Link = "idle" | "connecting" | "online" | "offline";

export interface ConnectionEvents {
  /** The first frame to send on a new socket, before any welcome; null: none. */
  hello(): ClientFrame | null;
  /** False: not the welcome that the owner waits for. */
  accepts(welcome: Welcome): boolean;
  frame(frame: ServerFrame): void;
  linkChanged(link: Link): void;
  /** The visitor's conversation was erased, so the server closed the socket. */
  erased(): void;
}

export class Connection {
  #socket: WebSocket | null = null;
  #failures = 0;
  #timer = 0;
  #stable = 0;
  #current: Link = "idle";

  /** `address` is called at every attempt, so that it contains the newest visitor token. */
  constructor(
    private readonly address: () => string,
    private readonly events: ConnectionEvents,
  ) {
    addEventListener("online", () => this.#hurry());
    document.addEventListener("visibilitychange", () => {
      if (!document.hidden) this.#hurry();
    });
  }

  get link(): Link {
    return this.#current;
  }

  start(): void {
    if (this.#current === "idle") this.#open();
  }

  send(frame: ClientFrame): boolean {
    if (this.#current !== "online" || this.#socket?.readyState !== WebSocket.OPEN) return false;
    this.#socket.send(JSON.stringify(frame));
    return true;
  }

  /** Gives up this socket and reconnects after the usual delay. */
  drop(): void {
    this.#lost();
  }

  /** Reconnects without delay, because the address or the visitor has changed. */
  restart(): void {
    if (this.#current === "idle") return;
    this.#detach();
    this.#open();
  }

  #hurry(): void {
    if (this.#current === "offline") this.#open();
  }

  #open(): void {
    clearTimeout(this.#timer);
    this.#setLink("connecting");
    const socket = new WebSocket(this.address());
    this.#socket = socket;
    this.#timer = window.setTimeout(() => this.#lost(), kWelcomeTimeoutMs);
    socket.onopen = () => {
      const hello = this.events.hello();
      if (hello) socket.send(JSON.stringify(hello));
    };
    socket.onmessage = (event) => this.#receive(event.data);
    socket.onclose = ({ code }) => {
      if (code === kErased) this.events.erased();
      else this.#lost();
    };
  }

  #receive(data: unknown): void {
    const frame = readFrame(data);
    if (!frame) return;
    if (frame.type === "welcome") {
      if (!this.events.accepts(frame)) return;
      clearTimeout(this.#timer);
      this.#stable = window.setTimeout(() => (this.#failures = 0), kStableAfterMs);
      this.#setLink("online");
    }
    this.events.frame(frame);
  }

  #lost(): void {
    this.#detach();
    const ceiling = Math.min(kLongestDelayMs, kFirstDelayMs * 2 ** this.#failures++);
    this.#timer = window.setTimeout(() => this.#open(), ceiling * (0.5 + Math.random() / 2));
    this.#setLink("offline");
  }

  #detach(): void {
    clearTimeout(this.#timer);
    clearTimeout(this.#stable);
    const socket = this.#socket;
    this.#socket = null;
    if (!socket) return;
    socket.onopen = socket.onmessage = socket.onclose = null;
    socket.close();
  }

  #setLink(link: Link): void {
    this.#current = link;
    this.events.linkChanged(link);
  }
}
