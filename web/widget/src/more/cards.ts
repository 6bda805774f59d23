// The items that messages refer to: requested from the server once each, in batches, and drawn as cards. The
// card of a quoted item shows the price only if the item has not changed since the message was written, so
// that a card never contradicts its message.

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

  /**
   * Cards of the items known so far; requests the unknown ones. An item that the text quotes gets a card only
   * if it has a picture.
   */
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
