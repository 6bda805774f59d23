// The web chat protocol (JSON text frames over one WebSocket) as the widget uses it. Every frame from the
// network is checked once, here, so that the other files can trust the types.

export type Author = "contact" | "ai" | "member" | "system";

/** What a tap sends: the payload of a quick reply, a button or a list row. */
export interface Choice {
  title: string;
  payload: string;
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
  choices: Choice[];
  /** Has files, links or items, which the lazily loaded part draws. */
  rich: boolean;
  raw: Json;
  deleted: boolean;
}

/** Limits for uploads; null: the channel accepts none. */
export interface UploadLimits {
  bytes: number;
  files: number;
}

export interface Welcome {
  type: "welcome";
  visitor: string;
  identified: boolean;
  uploads: UploadLimits | null;
  messages: Message[];
}

export type ServerFrame =
  | Welcome
  | { type: "ack"; clientId: string; message: Message }
  | { type: "message"; message: Message }
  | { type: "read"; messageId: string }
  | { type: "items"; items: Json[] }
  | { type: "typing" }
  | { type: "error"; clientId: string; code: string; detail: string };

export interface Identity {
  id: string;
  name?: string;
  email?: string;
  signature: string;
}

export type ClientFrame =
  | { type: "message"; client_id: string; text: string; payload?: string;
      attachments?: { upload_id: string }[] }
  | { type: "typing" }
  | { type: "read"; message_id: string }
  | { type: "items"; ids: string[] }
  | ({ type: "identify" } & Identity);

export type Json = Record<string, unknown>;

const isObject = (value: unknown): value is Json =>
  typeof value === "object" && value !== null && !Array.isArray(value);
export const objectOf = (value: unknown): Json => (isObject(value) ? value : {});
export const asText = (value: unknown): string => (typeof value === "string" ? value : "");
export const asNumber = (value: unknown): number => (typeof value === "number" ? value : 0);
export const objects = (list: unknown): Json[] => (Array.isArray(list) ? list.filter(isObject) : []);
export const texts = (list: unknown): string[] => (Array.isArray(list) ? list.map(asText) : []);
export const notEmpty = (value: string): boolean => value !== "";

/** Returns http(s) addresses only: a `javascript:` link must never reach the page. */
export function webAddress(value: unknown, base?: string): string {
  try {
    const url = new URL(asText(value), base);
    return url.protocol === "https:" || url.protocol === "http:" ? url.href : "";
  } catch {
    return "";
  }
}

function readChoices(value: Json): Choice[] {
  const rows = objects(objectOf(value.list).sections).flatMap((section) => objects(section.rows));
  const buttons = objects(value.buttons).filter((b) => b.type === "reply");
  return [
    ...[...objects(value.quick_replies), ...buttons].map((c) => ({ title: asText(c.title), payload: asText(c.payload) })),
    ...rows.map((row) => ({ title: asText(row.title), payload: asText(row.id) })),
  ].filter((choice) => choice.title);
}

export function readMessage(value: unknown): Message | null {
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
    reactions: objects(value.reactions).map((r) => asText(r.emoji)).filter(notEmpty),
    choices: readChoices(value),
    rich: [value.attachments, value.buttons, value.claims, objectOf(value.products).product_ids]
      .some((list) => Array.isArray(list) && list.length > 0),
    raw: value,
    deleted: value.deleted === true,
  };
}

function readUploads(value: unknown): UploadLimits | null {
  const bytes = asNumber(objectOf(value).max_bytes);
  return bytes > 0 ? { bytes, files: asNumber(objectOf(value).max_files) || 1 } : null;
}

/** Null for an unknown frame: newer servers may send more types, which the widget ignores. */
export function readFrame(data: unknown): ServerFrame | null {
  let frame: unknown;
  try {
    frame = JSON.parse(asText(data));
  } catch {
    return null;
  }
  if (!isObject(frame)) return null;
  switch (frame.type) {
    case "typing":
      return { type: "typing" };
    case "read":
      return { type: "read", messageId: asText(frame.message_id) };
    case "items":
      return { type: "items", items: objects(frame.items) };
    case "welcome":
      return {
        type: "welcome",
        visitor: asText(frame.visitor),
        identified: frame.identified === true,
        uploads: readUploads(frame.uploads),
        messages: objects(frame.messages)
          .map((m) => readMessage(m))
          .filter((m): m is Message => m !== null),
      };
    case "error":
      return { type: "error", clientId: asText(frame.client_id), code: asText(frame.code),
               detail: asText(frame.detail) };
  }
  const message = readMessage(frame.message);
  if (!message) return null;
  if (frame.type === "message") return { type: "message", message };
  return frame.type === "ack" ? { type: "ack", clientId: asText(frame.client_id), message } : null;
}
