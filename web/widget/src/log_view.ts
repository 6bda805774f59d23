// Draws the conversation into the scrolling log. Rows are kept by key and only what changed is
// rebuilt, so that a screen reader hears each message once and a reading visitor never jumps.

import type { Entry } from "./conversation";
import { h, icon } from "./dom";
import type { Clock, Strings } from "./i18n";
import { kWave } from "./icons";
import { linkify } from "./linkify";
import type { Attachment, Message } from "./protocol";

const kGroupMs = 5 * 60_000;
const kNearBottomPx = 80;

export interface LogActions {
  ask(text: string): void;
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

const isMine = (entry: Entry): boolean => entry.message?.mine ?? true;
const authorOf = (entry: Entry): string => entry.message?.author ?? "contact";

export class LogView {
  readonly element: HTMLElement;
  private readonly list = h("div", { class: "rows" });
  private readonly typing: HTMLElement;
  private readonly more: HTMLElement;
  private readonly log: HTMLElement;
  private rows = new Map<string, Row>();
  private byId = new Map<string, string>();
  private following = true;
  private lastTop = 0;

  constructor(
    private readonly strings: Strings,
    private readonly clock: Clock,
    private readonly actions: LogActions,
    private readonly intro: HTMLElement,
  ) {
    this.typing = h(
      "div", { class: "row them typing", hidden: true }, avatar(),
      h("div", { class: "bubble", role: "img", "aria-label": strings.typing },
        h("i"), h("i"), h("i")),
    );
    this.log = h(
      "div", { class: "log", role: "log", "aria-live": "polite", "aria-label": strings.log,
               tabindex: 0, scroll: () => this.noteScroll() },
      intro, this.list, this.typing,
    );
    this.more = h("button", { class: "more", type: "button", hidden: true,
                              click: () => this.toBottom() }, strings.newMessages);
    this.element = h("div", { class: "log-wrap" }, this.log, this.more);
  }

  render(entries: readonly Entry[], typing: boolean, loaded: boolean): void {
    const before = this.rows;
    this.rows = new Map();
    this.log.setAttribute("aria-busy", String(!loaded));
    this.intro.hidden = entries.length > 0 || !loaded;
    this.byId = new Map(entries.map((e) => [e.message?.id ?? e.clientId, e.text]));
    const fresh = this.drawAll(entries, before);
    for (const [key, row] of before) if (!this.rows.has(key)) row.node.remove();
    const appeared = typing && this.typing.hidden;
    this.typing.hidden = !typing;
    const news = fresh.mine || fresh.theirs || appeared;
    if (this.following || fresh.mine) this.toBottom(news && before.size > 0);
    else if (fresh.theirs) this.more.hidden = false;
  }

  toBottom(smooth = false): void {
    this.more.hidden = true;
    this.following = true;
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    this.log.scrollTo({ top: this.log.scrollHeight, behavior: smooth && !calm ? "smooth" : "auto" });
  }

  private drawAll(
    entries: readonly Entry[], before: Map<string, Row>,
  ): { mine: boolean; theirs: boolean } {
    const fresh = { mine: false, theirs: false };
    let position = 0;
    let day = "";
    const newest = entries.filter((entry) => entry.delivery !== "failed").pop();
    entries.forEach((entry, i) => {
      const today = this.clock.dayOf(entry.at);
      if (today !== day) {
        const divider = before.get(today) ?? this.newRow("day");
        if (divider.body !== today) divider.node.textContent = divider.body = today;
        this.put(today, divider, position++);
      }
      day = today;
      const row = before.get(entry.key) ?? this.newRow("row");
      if (!before.has(entry.key) && before.size) {
        row.node.classList.add("fresh");
        fresh[isMine(entry) ? "mine" : "theirs"] = true;
      }
      const next = entries[i + 1];
      this.draw(row, entry, {
        first: !this.sameGroup(entries[i - 1], entry),
        last: !this.sameGroup(entry, next),
        newest: entry === newest,
      });
      this.put(entry.key, row, position++);
    });
    return fresh;
  }

  private newRow(name: string): Row {
    return { node: h("div", { class: name }), body: "", meta: "" };
  }

  private put(key: string, row: Row, position: number): void {
    this.rows.set(key, row);
    const there = this.list.children[position] ?? null;
    if (there !== row.node) this.list.insertBefore(row.node, there);
  }

  private sameGroup(a: Entry | undefined, b: Entry | undefined): boolean {
    return !!a && !!b && authorOf(a) === authorOf(b) && b.at - a.at < kGroupMs &&
      this.clock.dayOf(a.at) === this.clock.dayOf(b.at);
  }

  private draw(row: Row, entry: Entry, place: Place): void {
    const { message } = entry;
    const side = authorOf(entry) === "system" ? "note" : isMine(entry) ? "me" : "them";
    const fresh = row.node.classList.contains("fresh") ? " fresh" : "";
    row.node.className =
      `row ${side}${place.first ? " first" : ""}${place.last ? " last" : ""} ${entry.delivery}${fresh}`;
    const quote = message?.replyTo ? (this.byId.get(message.replyTo) ?? "") : "";
    const body = JSON.stringify([entry.text, message?.attachments, message?.reactions, quote]);
    if (body !== row.body) {
      row.body = body;
      row.node.replaceChildren(...this.body(entry, side, quote), h("div", { class: "meta" }));
      row.meta = "";
    }
    const meta = JSON.stringify([entry.delivery, entry.reason, entry.at, message?.status, place]);
    if (meta !== row.meta) {
      row.meta = meta;
      row.node.lastElementChild?.replaceWith(this.meta(entry, place));
    }
  }

  private body(entry: Entry, side: string, quote: string): HTMLElement[] {
    const who = { me: this.strings.you, note: "", them: this.speaker(entry) }[side];
    const bubble = h(
      "div", { class: "bubble", dir: "auto" },
      who ? h("span", { class: "sr" }, `${who}: `) : null,
      quote !== "" && h("blockquote", { dir: "auto" }, quote),
      entry.text !== "" && h("p", { dir: "auto" }, ...linkify(entry.text)),
      ...(entry.message?.attachments ?? []).map((a) => this.attachment(a)),
    );
    const reactions = entry.message?.reactions ?? [];
    if (reactions.length) bubble.append(h("span", { class: "reactions" }, reactions.join(" ")));
    return side === "them" ? [avatar(), bubble] : [bubble];
  }

  private attachment({ url, image, name }: Attachment): HTMLElement {
    const label = name || this.strings.attachment;
    const link = { href: url, target: "_blank", rel: "noopener noreferrer" };
    if (!image) return h("a", { ...link, class: "file" }, label);
    return h("a", link, h("img", { src: url, alt: label, loading: "lazy" }));
  }

  private speaker(entry: Entry): string {
    return authorOf(entry) === "member" ? this.strings.team : this.strings.assistant;
  }

  /** Status and time are read on demand, never announced: the shell announces failures. */
  private meta(entry: Entry, { last, newest }: Place): HTMLElement {
    const meta = h("div", { class: "meta", "aria-live": "off" });
    if (authorOf(entry) === "system") return meta;
    const { strings } = this;
    if (entry.delivery === "failed") {
      meta.append(
        h("span", { class: "problem" }, entry.reason ? `${strings.failed}: ${entry.reason}` : strings.failed),
        h("button", { type: "button", class: "retry",
                      click: () => this.actions.retry(entry.clientId) }, strings.retry),
      );
    } else if (entry.delivery === "sending") {
      meta.append(h("span", {}, strings.sending));
    } else if (last) {
      meta.append(this.settledMeta(entry));
    }
    if (newest && entry.message?.quickReplies.length) meta.append(this.chips(entry.message));
    return meta;
  }

  private settledMeta(entry: Entry): HTMLElement {
    const time = h("time", { datetime: new Date(entry.at).toISOString() }, this.clock.timeOf(entry.at));
    if (!isMine(entry)) return h("span", {}, `${this.speaker(entry)} · `, time);
    const status = entry.message?.status === "read" ? this.strings.read : this.strings.sent;
    return h("span", {}, time, ` · ${status}`);
  }

  private chips(message: Message): HTMLElement {
    return chipList(message.quickReplies, this.actions.ask);
  }

  private nearBottom(): boolean {
    const { scrollHeight, scrollTop, clientHeight } = this.log;
    return scrollHeight - scrollTop - clientHeight < kNearBottomPx;
  }

  /** Only scrolling up, away from the end, stops following; a smooth scroll down is not that. */
  private noteScroll(): void {
    const up = this.log.scrollTop < this.lastTop;
    this.lastTop = this.log.scrollTop;
    if (this.nearBottom()) this.following = true;
    else if (up) this.following = false;
    if (this.following) this.more.hidden = true;
  }
}

export function chipList(texts: readonly string[], ask: (text: string) => void): HTMLElement {
  const chips = texts.map((text) =>
    h("button", { type: "button", class: "chip", dir: "auto", click: () => ask(text) }, text));
  return h("div", { class: "chips" }, ...chips);
}

export function avatar(): HTMLElement {
  return h("span", { class: "avatar", "aria-hidden": "true" }, icon("", "0 0 24 24", ...kWave));
}
