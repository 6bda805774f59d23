// A follower of GET /events: receives server-sent events and keeps their cursors.
import http from "node:http";

import { kPatience, until } from "./wait.mjs";

export class Follower {
  events = []; // {id, type, data}
  ended = false;
  status = 0;
  #text = "";

  static async open(api, { after, last_event_id, path = "/events" } = {}) {
    const follower = new Follower();
    const query = after === undefined ? "" : `?after=${encodeURIComponent(after)}`;
    const headers = { Authorization: `Bearer ${api.token}`, Accept: "text/event-stream" };
    if (last_event_id !== undefined) headers["Last-Event-ID"] = last_event_id;
    follower.request = http.get(api.base + path + query, { headers, agent: false });
    follower.request.on("error", () => (follower.ended = true));
    follower.request.on("response", (response) => {
      follower.status = response.statusCode;
      follower.headers = response.headers;
      response.setEncoding("utf8");
      response.on("data", (part) => follower.#read(part));
      response.on("error", () => {});
      response.on("close", () => (follower.ended = true));
    });
    await until("the event stream", () => follower.status || follower.ended);
    return follower;
  }

  get last_id() {
    return this.events.at(-1)?.id;
  }

  next(fits, what, seconds = kPatience) {
    return until(`${what} in the event stream`, () => this.events.find(fits), seconds);
  }

  #read(part) {
    this.#text += part;
    for (;;) {
      const end = /\r?\n\r?\n/.exec(this.#text);
      if (!end) return;
      const block = this.#text.slice(0, end.index);
      this.#text = this.#text.slice(end.index + end[0].length);
      const event = { data: "" };
      for (const line of block.split(/\r?\n/)) {
        const [, field, value] = /^([a-z]*): ?(.*)$/.exec(line) ?? [];
        if (field === "id") event.id = value;
        if (field === "event") event.type = value;
        if (field === "data") event.data += value;
      }
      if (event.data) this.events.push({ ...event, data: JSON.parse(event.data) });
    }
  }

  close() {
    this.request.destroy();
  }
}
