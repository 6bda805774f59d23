// The content of one message: text with links, the quoted message, reactions, and the files, cards and links
// that the lazily loaded part draws. Texts and addresses are never parsed as HTML.

import type { Entry } from "./conversation";
import { h, icon } from "./dom";
import type { Strings } from "./i18n";
import { kWave } from "./icons";
import { linkify } from "./linkify";
import type { More } from "./more/more";
import type { Choice } from "./protocol";

export interface MessageContext {
  strings: Strings;
  /** The part that draws rich content, or null until it is loaded; the first call starts loading. */
  more(): More | null;
}

export const isMine = (entry: Entry): boolean => entry.message?.mine ?? true;
export const authorOf = (entry: Entry): string => entry.message?.author ?? "contact";

export function speaker(entry: Entry, { strings }: MessageContext): string {
  if (isMine(entry)) return strings.you;
  return authorOf(entry) === "member" ? strings.team : strings.assistant;
}

const moreFor = (entry: Entry, context: MessageContext): More | null =>
  entry.message?.rich || entry.uploads.length ? context.more() : null;

/** Everything that the drawing depends on: the message is redrawn when this changes. */
export const bodyKey = (entry: Entry, quote: string, context: MessageContext): string =>
  JSON.stringify([entry.text, entry.message?.reactions, quote, moreFor(entry, context)?.key(entry)]);

export function messageBody(entry: Entry, side: string, quote: string, context: MessageContext): HTMLElement[] {
  const more = moreFor(entry, context);
  const bubble = h(
    "div", { class: "bubble", dir: "auto" },
    side !== "note" && h("span", { class: "sr" }, `${speaker(entry, context)}: `),
    quote !== "" && h("blockquote", { dir: "auto" }, quote),
    ...(more?.files(entry) ?? []),
    entry.text !== "" && h("p", { dir: "auto" }, ...linkify(entry.text)),
    ...(more?.below(entry) ?? []),
  );
  const reactions = entry.message?.reactions ?? [];
  if (reactions.length) bubble.append(h("span", { class: "reactions" }, reactions.join(" ")));
  return side === "them" ? [avatar(), bubble] : [bubble];
}

export function chipList(choices: readonly Choice[], ask: (choice: Choice) => void): HTMLElement {
  const chips = choices.map((choice) =>
    h("button", { type: "button", class: "chip", dir: "auto", click: () => ask(choice) }, choice.title));
  return h("div", { class: "chips" }, ...chips);
}

export function avatar(): HTMLElement {
  return h("span", { class: "avatar", "aria-hidden": "true" }, icon("", ...kWave));
}
