// What is known of the items that messages are about: asked of the server once each, in few
// questions, and drawn as cards. A price is shown only if it is still the one the message was
// written with: a card never says other than its message.

import { h } from "../dom";
import type { Json } from "../protocol";
import { readItem, type Item, type Mention } from "./rich";
import type { MoreStrings } from "./words";

const kAtOnce = 20;

export interface Card {
  item: Item;
  priced: boolean;
}

export class Cards {
  readonly #known = new Map<string, Item | null>();

  constructor(private readonly base: string, private readonly ask: (ids: string[]) => boolean) {}

  learn(items: readonly Json[]): void {
    for (const item of items.map((one) => readItem(one, this.base))) this.#known.set(item.id, item);
  }

  /** The items known by now; the others are asked for. Those without a picture are all text. */
  of(mentions: readonly Mention[]): Card[] {
    this.#want(mentions.map(({ id }) => id));
    return mentions.flatMap(({ id, revision }) => {
      const item = this.#known.get(id);
      if (!item || (revision && !item.picture)) return [];
      return [{ item, priced: item.currency !== "" && (!revision || revision === item.revision) }];
    });
  }

  #want(ids: string[]): void {
    const missing = ids.filter((id) => !this.#known.has(id)).slice(0, kAtOnce);
    if (!missing.length || !this.ask(missing)) return;
    for (const id of missing) this.#known.set(id, null);
  }
}

export function cardList(cards: readonly Card[], tag: string, strings: MoreStrings): HTMLElement {
  return h("ul", { class: "cards", tabindex: cards.length > 1 ? 0 : undefined },
    ...cards.map(({ item, priced }) => h("li", { class: "card" },
      item.picture && h("img", { src: item.picture, alt: "", loading: "lazy" }),
      h("span", { class: "name", dir: "auto" }, item.name),
      h("span", { class: "price" }, !item.available ? strings.soldOut : priced ? money(item, tag) : ""))));
}

function money({ amount, currency }: Item, tag: string): string {
  try {
    const format = new Intl.NumberFormat(tag, { style: "currency", currency });
    return format.format(amount / 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2));
  } catch {
    return "";
  }
}
