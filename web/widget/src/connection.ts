// One WebSocket to the engine, kept alive: a lost link is tried again with exponential backoff and
// jitter, at once when the browser reports the network back. Counts as online only after the
// server's welcome.

import { readFrame, type ClientFrame, type ServerFrame } from "./protocol";

const kFirstDelayMs = 500;
const kLongestDelayMs = 30_000;
const kWelcomeTimeoutMs = 10_000;
const kStableAfterMs = 5_000;

export type Link = "idle" | "connecting" | "online" | "offline";

export interface ConnectionEvents {
  frame(frame: ServerFrame): void;
  linkChanged(link: Link): void;
}

export class Connection {
  private socket: WebSocket | null = null;
  private failures = 0;
  private timer = 0;
  private stable = 0;
  private current: Link = "idle";

  /** `address` is asked at every attempt, so that it carries the newest visitor token. */
  constructor(
    private readonly address: () => string,
    private readonly base: string,
    private readonly events: ConnectionEvents,
  ) {
    addEventListener("online", () => this.hurry());
    document.addEventListener("visibilitychange", () => {
      if (!document.hidden) this.hurry();
    });
  }

  get link(): Link {
    return this.current;
  }

  start(): void {
    if (this.current === "idle") this.open();
  }

  send(frame: ClientFrame): boolean {
    if (this.current !== "online" || this.socket?.readyState !== WebSocket.OPEN) return false;
    this.socket.send(JSON.stringify(frame));
    return true;
  }

  /** Gives this socket up, and tries again after the usual delay. */
  drop(): void {
    this.lost();
  }

  /** Connects anew without delay: the address has changed. */
  restart(): void {
    this.detach();
    this.open();
  }

  private hurry(): void {
    if (this.current === "offline") this.open();
  }

  private open(): void {
    clearTimeout(this.timer);
    this.setLink("connecting");
    const socket = new WebSocket(this.address());
    this.socket = socket;
    this.timer = window.setTimeout(() => this.lost(), kWelcomeTimeoutMs);
    socket.onmessage = (event) => this.receive(event.data);
    socket.onclose = () => this.lost();
  }

  private receive(data: unknown): void {
    const frame = readFrame(data, this.base);
    if (!frame) return;
    if (frame.type === "welcome") {
      clearTimeout(this.timer);
      this.stable = window.setTimeout(() => (this.failures = 0), kStableAfterMs);
      this.setLink("online");
    }
    this.events.frame(frame);
  }

  private lost(): void {
    this.detach();
    const ceiling = Math.min(kLongestDelayMs, kFirstDelayMs * 2 ** this.failures++);
    this.timer = window.setTimeout(() => this.open(), ceiling * (0.5 + Math.random() / 2));
    this.setLink("offline");
  }

  private detach(): void {
    clearTimeout(this.timer);
    clearTimeout(this.stable);
    const socket = this.socket;
    this.socket = null;
    if (!socket) return;
    socket.onmessage = socket.onclose = null;
    socket.close();
  }

  private setLink(link: Link): void {
    this.current = link;
    this.events.linkChanged(link);
  }
}
