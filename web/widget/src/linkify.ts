// Turns web and mail addresses in a text into links. The text itself is never parsed as HTML.

import { h } from "./dom";
import { webAddress } from "./protocol";

const kAddress =
  /\b(?:https?:\/\/|www\.)[^\s<>"'`]+|\b[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)*\.[a-z]{2,24}\b/gi;

/**
 * Removes punctuation that ends the sentence, not the address; keeps a closing bracket that was opened inside
 * the address.
 */
function trimmed(found: string): string {
  let end = found.length;
  for (; end > 0; end--) {
    const last = found[end - 1] ?? "";
    const head = found.slice(0, end);
    if (last === ")" && head.split("(").length >= head.split(")").length) break;
    if (!".,;:!?)]}*_…".includes(last)) break;
  }
  return found.slice(0, end);
}

function target(address: string): string {
  if (/^https?:/i.test(address)) return webAddress(address);
  if (/^www\./i.test(address)) return webAddress(`https://${address}`);
  return `mailto:${address}`;
}

export function linkify(text: string): (Node | string)[] {
  const parts: (Node | string)[] = [];
  let from = 0;
  for (const match of findAll(text)) {
    const address = trimmed(match[0]);
    const href = target(address);
    if (!href) continue;
    parts.push(text.slice(from, match.index));
    parts.push(h("a", { href, target: "_blank", rel: "noopener noreferrer nofollow" }, address));
    from = match.index + address.length;
  }
  parts.push(text.slice(from));
  return parts;
}

function findAll(text: string): RegExpExecArray[] {
  const found: RegExpExecArray[] = [];
  kAddress.lastIndex = 0;
  for (let match = kAddress.exec(text); match; match = kAddress.exec(text)) found.push(match);
  return found;
}
