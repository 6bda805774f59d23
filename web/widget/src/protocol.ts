// The web chat protocol (JSON text frames over one WebSocket) as the widget sees it.
// Frames come from the network: everything is checked here once, so the rest can trust the types.

export type Author = "contact" | "ai" | "member" | "system";

export interface Attachment {
  url: string;
  image: boolean;
  name: string;
}

export interface Message {
  id: string;
  mine: boolean;
  author: Author;
  text: string;
  createdAt: number;
  status: string;
  clientIds: string[];
  replyTo: string;
  reactions: string[];
  attachments: Attachment[];
  quickReplies: string[];
  deleted: boolean;
}

export type ServerFrame =
  | { type: "welcome"; visitor: string; conversation: string | null; messages: Message[] }
  | { type: "ack"; clientId: string; message: Message }
  | { type: "message"; message: Message }
  | { type: "typing" }
  | { type: "error"; clientId: string; code: string; detail: string };

export type ClientFrame =
  | { type: "message"; client_id: string; text: string }
  | { type: "typing" }
  | { type: "read"; message_id: string };

type Json = Record<string, unknown>;

const isObject = (value: unknown): value is Json =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const asText = (value: unknown): string => (typeof value === "string" ? value : "");
const asList = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);
const notEmpty = (value: string): boolean => value !== "";
const textsOf = (list: unknown, name: string): string[] =>
  asList(list).map((item) => (isObject(item) ? asText(item[name]) : "")).filter(notEmpty);

/** Only web addresses leave this function: a `javascript:` link must never reach the page. */
export function webAddress(value: unknown, base?: string): string {
  try {
    const url = new URL(asText(value), base);
    return url.protocol === "https:" || url.protocol === "http:" ? url.href : "";
  } catch {
    return "";
  }
}

function readAttachment(value: unknown, base: string): Attachment | null {
  if (!isObject(value)) return null;
  const url = webAddress(value.url, base);
  if (!url) return null;
  return { url, image: value.type === "image", name: asText(value.title) };
}

export function readMessage(value: unknown, base: string): Message | null {
  if (!isObject(value) || !asText(value.id)) return null;
  const mine = value.direction === "in";
  const author = asText(value.author);
  return {
    id: asText(value.id),
    mine,
    author: author === "member" || author === "system" ? author : mine ? "contact" : "ai",
    text: asText(value.text),
    createdAt: Date.parse(asText(value.created_at)) || Date.now(),
    status: asText(value.status),
    clientIds: [asText(value.client_id), asText(value.external_id)].filter(notEmpty),
    replyTo: asText(value.reply_to),
    reactions: textsOf(value.reactions, "emoji"),
    attachments: asList(value.attachments)
      .map((a) => readAttachment(a, base))
      .filter((a): a is Attachment => a !== null),
    quickReplies: textsOf(value.quick_replies, "title"),
    deleted: value.deleted === true,
  };
}

/** Null: not a frame we know. Newer servers may send more kinds, and those are ignored. */
export function readFrame(data: unknown, base: string): ServerFrame | null {
  let frame: unknown;
  try {
    frame = JSON.parse(asText(data));
  } catch {
    return null;
  }
  if (!isObject(frame)) return null;
  if (frame.type === "typing") return { type: "typing" };
  if (frame.type === "welcome") {
    const messages = asList(frame.messages).map((m) => readMessage(m, base));
    return {
      type: "welcome",
      visitor: asText(frame.visitor),
      conversation: asText(frame.conversation) || null,
      messages: messages.filter((m): m is Message => m !== null),
    };
  }
  if (frame.type === "error") {
    return {
      type: "error",
      clientId: asText(frame.client_id),
      code: asText(frame.code),
      detail: asText(frame.detail),
    };
  }
  const message = readMessage(frame.message, base);
  if (!message) return null;
  if (frame.type === "message") return { type: "message", message };
  return frame.type === "ack" ? { type: "ack", clientId: asText(frame.client_id), message } : null;
}
