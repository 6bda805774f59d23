// Reads the rich parts of a message from the raw frame. Like everything from the network they are checked
// once, here.

import {
  asNumber, asText, notEmpty, objectOf, objects, texts, webAddress, type Json,
} from "../protocol";

/** `pending`: the engine does not have the bytes yet. `failed`: it will never have them; the text says why. */
export interface Attachment {
  url: string;
  image: boolean;
  name: string;
  size: number;
  state: "there" | "pending" | "failed";
  problem: string;
}

export interface Link {
  title: string;
  url: string;
}

/** An item that a message refers to; `revision` 0: show the item's current state. */
export interface Mention {
  id: string;
  revision: number;
}

export interface Item {
  id: string;
  name: string;
  amount: number;
  currency: string;
  available: boolean;
  picture: string;
  revision: number;
}

export function readAttachment(value: Json, base: string): Attachment | null {
  const state = value.state === "pending" ? "pending" : asText(value.media_error) ? "failed" : "there";
  const url = value.url ? webAddress(value.url, base) : "";
  if (!url && state === "there") return null;
  return {
    url, state,
    image: value.type === "image" || value.type === "sticker",
    name: asText(value.title) || asText(value.filename),
    size: asNumber(value.size_bytes),
    problem: asText(value.media_error),
  };
}

export function readLinks(value: Json): Link[] {
  return objects(value.buttons).map(({ type, title, url, phone }) => ({
    title: asText(title),
    url: type === "phone" ? `tel:${asText(phone).replace(/[^\d+]/g, "")}` : webAddress(url),
  })).filter((link) => link.title && link.url);
}

/** The items whose price the text quotes, and those that the message shows as products. */
export function readMentions(value: Json): Mention[] {
  const claims = objects(value.claims).filter((claim) => claim.amount);
  const all = [
    ...texts(objectOf(value.products).product_ids).map((id) => ({ id, revision: 0 })),
    ...claims.map((claim) => ({ id: asText(claim.item_id), revision: asNumber(claim.item_revision) })),
  ];
  return all.filter(({ id }, i) => id && all.findIndex((other) => other.id === id) === i);
}

export function readItem(value: Json, base: string): Item {
  const price = objectOf(value.price);
  return {
    id: asText(value.id),
    name: asText(value.name),
    amount: asNumber(price.amount_minor),
    currency: asText(price.currency),
    available: value.available !== false,
    picture: texts(value.image_urls).map((url) => webAddress(url, base)).find(notEmpty) ?? "",
    revision: asNumber(value.revision),
  };
}
