// Draws the conversation into the scrolling log. Rows are kept by key and only changed rows are rebuilt, so
// that a screen reader reads each message once and the visitor's scroll position does not jump.

import type { Entry } from "./conversation";
import { h } from "./dom";
import type { Clock } from "./i18n";
import {
  authorOf, avatar, bodyKey, chipList, isMine, messageBody, speaker, type MessageContext,
} from "./message_view";
import type { Choice } from "./protocol";

const kGroupMs = 5 * 60_000;
const kNearBottomPx = 80;

export interface LogActions {
  ask(choice: Choice): void;
  retry(clientId: string): void;
}

interface Row {
  node: HTMLElement;
  body: string;
  meta: string;
}

interface Place {
  first: boolean;
  last: boolean;
  newest: boolean;
}

export interface LogState {
  typing: boolean;
  loaded: boolean;
  seen: string;
}

export class LogView {
  readonly element: HTMLElement;
  readonly #list = h("div", { class: "rows" });
  readonly #typing: HTMLElement;
  readonly #more: HTMLElement;
  readonly #log: HTMLElement;
  #rows = new Map<string, Row>();
  #byId = new Map<string, string>();
  #following = true;
  #seen = "";
  #lastTop = 0;

  constructor(
    private readonly context: MessageContext,
    private readonly clock: Clock,
    private readonly actions: LogActions,
    private readonly intro: HTMLElement,
  ) {
    const { strings } = context;
    this.#typing = h(
      "div", { class: "row them typing", hidden: true }, avatar(),
      h("div", { class: "bubble", role: "img", "aria-label": strings.typing },
        h("i"), h("i"), h("i")),
    );
    this.#log = h(
      "div", { class: "log", role: "log", "aria-live": "polite", "aria-label": strings.log,
               tabindex: 0, scroll: () => this.#noteScroll() },
      intro, this.#list, this.#typing,
    );
    this.#more = h("button", { class: "more", type: "button", hidden: true,
                              click: () => this.toBottom() }, strings.newMessages);
    this.element = h("div", { class: "log-wrap" }, this.#log, this.#more);
  }

  render(entries: readonly Entry[], { typing, loaded, seen }: LogState): void {
    this.#noteScroll();  // the browser reports a scroll only with its next frame
    this.#seen = seen;
    const before = this.#rows;
    this.#rows = new Map();
    this.#log.setAttribute("aria-busy", String(!loaded));
    this.intro.hidden = entries.length > 0 || !loaded;
    this.#byId = new Map(entries.map((e) => [e.message?.id ?? e.clientId, e.text]));
    const fresh = this.#drawAll(entries, before);
    for (const [key, row] of before) if (!this.#rows.has(key)) row.node.remove();
    const appeared = typing && this.#typing.hidden;
    this.#typing.hidden = !typing;
    const news = fresh.mine || fresh.theirs || appeared;
    if (this.#following || fresh.mine) this.toBottom(news && before.size > 0);
    else if (fresh.theirs) this.#more.hidden = false;
  }

  toBottom(smooth = false): void {
    this.#more.hidden = true;
    this.#following = true;
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    this.#log.scrollTo({ top: this.#log.scrollHeight, behavior: smooth && !calm ? "smooth" : "auto" });
    this.#lastTop = this.#log.scrollTop;
  }

  #drawAll(
    entries: readonly Entry[], before: Map<string, Row>,
  ): { mine: boolean; theirs: boolean } {
    const fresh = { mine: false, theirs: false };
    let position = 0;
    let day = "";
    const newest = entries.filter((entry) => entry.delivery !== "failed").pop();
    entries.forEach((entry, i) => {
      const today = this.clock.dayOf(entry.at);
      if (today !== day) {
        const divider = before.get(today) ?? this.#newRow("day");
        if (divider.body !== today) divider.node.textContent = divider.body = today;
        this.#put(today, divider, position++);
      }
      day = today;
      const row = before.get(entry.key) ?? this.#newRow("row");
      if (!before.has(entry.key) && before.size) {
        row.node.classList.add("fresh");
        fresh[isMine(entry) ? "mine" : "theirs"] = true;
      }
      const next = entries[i + 1];
      this.#draw(row, entry, {
        first: !this.#sameGroup(entries[i - 1], entry),
        last: !this.#sameGroup(entry, next),
        newest: entry === newest,
      });
      this.#put(entry.key, row, position++);
    });
    return fresh;
  }

  #newRow(name: string): Row {
    return { node: h("div", { class: name }), body: "", meta: "" };
  }

  #put(key: string, row: Row, position: number): void {
    this.#rows.set(key, row);
    const there = this.#list.children[position] ?? null;
    if (there !== row.node) this.#list.insertBefore(row.node, there);
  }

  #sameGroup(a: Entry | undefined, b: Entry | undefined): boolean {
    return !!a && !!b && authorOf(a) === authorOf(b) && b.at - a.at < kGroupMs &&
      this.clock.dayOf(a.at) === this.clock.dayOf(b.at);
  }

  #draw(row: Row, entry: Entry, place: Place): void {
    const { message } = entry;
    const side = authorOf(entry) === "system" ? "note" : isMine(entry) ? "me" : "them";
    const fresh = row.node.classList.contains("fresh") ? " fresh" : "";
    row.node.className =
      `row ${side}${place.first ? " first" : ""}${place.last ? " last" : ""} ${entry.delivery}${fresh}`;
    const quote = message?.replyTo ? (this.#byId.get(message.replyTo) ?? "") : "";
    const body = bodyKey(entry, quote, this.context);
    if (body !== row.body) {
      row.body = body;
      row.node.replaceChildren(...messageBody(entry, side, quote, this.context), h("div", { class: "meta" }));
      row.meta = "";
    }
    const meta = JSON.stringify([entry.delivery, entry.reason, entry.at, this.#wasSeen(entry), place]);
    if (meta !== row.meta) {
      row.meta = meta;
      row.node.lastElementChild?.replaceWith(this.#meta(entry, place));
    }
  }

  /** Screen readers can read status and time on demand but do not announce them; the shell announces failures. */
  #meta(entry: Entry, { last, newest }: Place): HTMLElement {
    const meta = h("div", { class: "meta", "aria-live": "off" });
    if (authorOf(entry) === "system") return meta;
    const { strings } = this.context;
    if (entry.delivery === "failed") {
      meta.append(
        h("span", { class: "problem" }, entry.reason ? `${strings.failed}: ${entry.reason}` : strings.failed),
        h("button", { type: "button", class: "retry",
                      click: () => this.actions.retry(entry.clientId) }, strings.retry),
      );
    } else if (entry.delivery === "sending") {
      meta.append(h("span", {}, strings.sending));
    } else if (last) {
      meta.append(this.#settledMeta(entry));
    }
    const choices = entry.message?.choices ?? [];
    if (newest && choices.length) meta.append(chipList(choices, this.actions.ask));
    return meta;
  }

  #settledMeta(entry: Entry): HTMLElement {
    const time = h("time", { datetime: new Date(entry.at).toISOString() }, this.clock.timeOf(entry.at));
    if (!isMine(entry)) return h("span", {}, `${speaker(entry, this.context)} · `, time);
    const { sent, seen } = this.context.strings;
    return h("span", {}, time, ` · ${this.#wasSeen(entry) ? seen : sent}`);
  }

  #wasSeen({ message }: Entry): boolean {
    return !!message?.mine && (message.status === "read" || message.id <= this.#seen);
  }

  #nearBottom(): boolean {
    const { scrollHeight, scrollTop, clientHeight } = this.#log;
    return scrollHeight - scrollTop - clientHeight < kNearBottomPx;
  }

  /** Only scrolling up, away from the end, stops following new messages; a smooth scroll down does not. */
  #noteScroll(): void {
    const up = this.#log.scrollTop < this.#lastTop;
    this.#lastTop = this.#log.scrollTop;
    if (this.#nearBottom()) this.#following = true;
    else if (up) this.#following = false;
    if (this.#following) this.#more.hidden = true;
  }
}
