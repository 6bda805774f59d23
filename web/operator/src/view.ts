// The interface of a section: it loads its data and draws itself on each tick.

import type { Actor } from "./api";
import { ago, badge, h, number, percent, td, tdn } from "./dom";

export interface View {
  title: string;
  key: string;  // keyboard shortcut
  still?: boolean;  // not redrawn on each tick
  draw(): Promise<HTMLElement[]>;
}

/** Opens the drawer of an actor. main.ts sets these functions. */
export const shell = {
  open: (_path: string) => {},
  redraw: () => {},
  say: (_text: string) => {},
};

export function name_of(actor: Actor): string {
  return actor.id || actor.path.slice(actor.path.lastIndexOf("/") + 1);
}

/** What people call it, above its kind and id. */
export function naming(actor: Actor, more = ""): HTMLElement[] {
  const kind = [actor.channel_type ? `${actor.channel_type} ${actor.kind}` : actor.kind, more].filter(Boolean).join(" · ");
  if (!actor.name) return [h("b", {}, name_of(actor)), h("small", {}, kind)];
  return [h("b", {}, actor.name), h("small", {}, kind), h("code", {}, name_of(actor))];
}

/** All that it has to do, or will have after an operator's order. */
export function waiting(actor: Actor): number {
  return actor.mailbox + actor.queue + actor.held;
}

/** An engine that holds very many does not count them all. */
export const counted = (count: number, { held_more: more }: { held_more: boolean }) => number(count) + (more ? "+" : "");

/** A row that opens its actor's drawer by click or Enter. */
export function actor_row(actor: Actor, first: HTMLElement): HTMLElement {
  const open = () => shell.open(actor.path);
  return h("tr", {
    tabindex: "0", class: "link", "data-path": actor.path, "data-stuck": actor.stuck,
    click: open, keydown: (event) => { if ((event as KeyboardEvent).key === "Enter") open(); },
  },
    first, td(badge(actor.stuck ? "stuck" : actor.state)), tdn(counted(waiting(actor), actor)),
    tdn(number(actor.rate)), tdn(percent(actor.busy_share)), tdn(number(actor.processed)), tdn(number(actor.restarts)),
    td(actor.waits_on ?? "–"), td(actor.next_timer_at ? ago(actor.next_timer_at) : "–"),
    td(actor.last_failure ?? "", { class: "cut" }));
}
export const kActorHeads = ["State", "#Waiting", "#Messages/s", "#Busy", "#Processed", "#Restarts", "Waits on",
  "Next timer", "Last failure"];
