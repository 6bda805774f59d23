// A web chat visitor: net/chat/README.md over a WebSocket. Every frame is kept; a wait looks through the
// frames that no earlier wait has taken.
import { randomUUID } from "node:crypto";

import { add_items, kItems } from "./shop.mjs";
import { kPatience, pause, until } from "./wait.mjs";
import { WebSocket } from "./websocket.mjs";

const kRetryMs = 50;

export class Visitor {
  frames = []; // every frame, parsed
  #taken = new Set();

  // Connects and waits for the welcome.
  static async open(engine, widget_key, token, headers = {}) {
    const visitor = new Visitor();
    const base = engine.url.replace("http", "ws");
    const query = token === undefined ? "" : `?visitor=${encodeURIComponent(token)}`;
    visitor.socket = await WebSocket.open(`${base}/chat/${widget_key}${query}`, headers);
    visitor.socket.on_text = (text) => visitor.frames.push(JSON.parse(text));
    visitor.welcome = await visitor.next((frame) => frame.type === "welcome", "the welcome");
    visitor.token = visitor.welcome.visitor;
    return visitor;
  }

  get closed() {
    return this.socket.closed;
  }

  send(frame) {
    this.socket.send(JSON.stringify(frame));
  }

  // The first matching frame that was not taken before. Fails at once if the socket has closed without one.
  async next(fits, what, seconds = kPatience) {
    const name = `${what ?? fits} from the web chat`;
    const found = await until(name, () =>
      this.frames.find((frame) => !this.#taken.has(frame) && fits(frame)) ?? (this.closed && "closed"), seconds);
    if (found === "closed") throw new Error(`the socket closed without ${name}`);
    this.#taken.add(found);
    return found;
  }

  ack(client_id) {
    return this.next((frame) => frame.type === "ack" && frame.client_id === client_id, "an ack");
  }

  error() {
    return this.next((frame) => frame.type === "error", "an error frame");
  }

  // The next message that the visitor did not write.
  reply(what = "a reply") {
    return this.next((frame) => frame.type === "message" && frame.message.direction === "out", what)
      .then((frame) => frame.message);
  }

  // Sends a text and returns the acknowledged message. After a temporary refusal it sends the text again with
  // the same client_id.
  async say(text, client_id = randomUUID()) {
    for (;;) {
      this.send({ type: "message", client_id, text });
      const answer = await this.next((frame) => frame.client_id === client_id, "an ack or a refusal");
      if (answer.type === "ack") return answer.message;
      if (answer.code !== "unavailable") throw new Error(`"${text}" is refused: ${answer.code}`);
      await pause(kRetryMs);
    }
  }

  async ask(text) {
    await this.say(text);
    return this.reply(`a reply to "${text}"`);
  }

  close() {
    this.socket.close();
  }
}

export async function webchat(api, name = "Web") {
  return api.must("POST", "/channels", { type: "webchat", name, credentials: {} });
}

// A workspace with a catalog and a web chat.
export async function chat_shop(engine, input = {}, catalog = kItems) {
  const api = await engine.workspace(input);
  const items = await add_items(api, catalog);
  return { api, items, channel: await webchat(api) };
}
