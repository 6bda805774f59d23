// The supervision tree. Levels are loaded page by page when they are opened, so a million conversations cost
// no more than the rows on screen.

import { type Actor, type ActorList, get } from "./api";
import { card, h, number, table, td } from "./dom";
import { type View, actor_row, kActorHeads, name_of, naming, shell } from "./view";

const kPage = 50;
const kMostPages = 10;
const opened = new Map<string, number>([["/engine", 1]]);  // path → number of pages shown
const filter = { q: "", kind: "", state: "", sort: "" };

const kKinds = ["", "engine", "ingress", "timers", "partition", "workspace", "connection", "conversation", "agent", "catalog", "media"];
const kStates = ["", "running", "restarting", "passivated", "paused", "stopped", "quarantined"];
const kSorts = ["", "mailbox", "busy", "restarts", "processed", "queue", "age"];

function toggle(actor: Actor): HTMLElement {
  if (actor.children === 0) return h("span", { class: "twig" });
  const is_open = opened.has(actor.path);
  return h("button", {
    class: "twig", "aria-expanded": String(is_open), "aria-label": `${is_open ? "Close" : "Open"} ${actor.name ?? name_of(actor)}`,
    click: (event) => {
      event.stopPropagation();
      if (is_open) opened.delete(actor.path);
      else opened.set(actor.path, 1);
      shell.redraw();
    },
  }, is_open ? "▾" : "▸");
}

function branch_row(actor: Actor, level: number): HTMLElement {
  const cell = td([toggle(actor), ...naming(actor, actor.children > 0 ? `${number(actor.children)} below` : "")]);
  cell.style.paddingInlineStart = `${0.5 + 1.4 * level}rem`;
  return actor_row(actor, cell);
}

async function branch(path: string, level: number, rows: HTMLElement[]): Promise<void> {
  const pages = opened.get(path) ?? 0;
  if (pages === 0) return;
  const list = await get<ActorList>(`/actors?depth=1&limit=${kPage * pages + 1}&path=${encodeURIComponent(path)}`);
  for (const actor of list.data) {
    if (actor.path === path) continue;
    rows.push(branch_row(actor, level));
    await branch(actor.path, level + 1, rows);
  }
  if (list.next === null) return;
  const more = pages < kMostPages
    ? h("button", { click: () => { opened.set(path, pages + 1); shell.redraw(); } }, `Show ${kPage} more`)
    : h("span", {}, "There are more: narrow them by the filter above.");
  rows.push(h("tr", {}, h("td", { colspan: "10" }, more)));
}

async function found(): Promise<HTMLElement[]> {
  const query = new URLSearchParams({ depth: "9", limit: "100" });
  for (const [name, value] of Object.entries(filter)) if (value) query.set(name, value);
  const id = /^(cv|ch|ct|msg)_[0-9a-z]{26}$/.exec(filter.q);
  const kinds = { cv: "conversation", ch: "channel", ct: "contact", msg: "message" } as const;
  if (id) {
    query.delete("q");
    query.set(kinds[id[1] as keyof typeof kinds], filter.q);
  }
  const list = await get<ActorList>(`/actors?${query}`);
  return list.data.map((actor) => actor_row(actor, td(naming(actor))));
}

function choice(name: "kind" | "state" | "sort", words: string[], none: string): HTMLElement {
  return h("label", {}, h("span", { class: "sr" }, name), h("select", {
    change: (event) => { filter[name] = (event.target as HTMLSelectElement).value; shell.redraw(); },
  }, words.map((word) => h("option", { value: word, selected: filter[name] === word }, word || none))));
}

function bar(): HTMLElement {
  return h("div", { class: "bar" },
    h("label", { class: "grow" }, h("span", { class: "sr" }, "Search"), h("input", {
      id: "search", type: "search", placeholder: "Path, failure, or an id (cv_… ch_… ct_… msg_…)   /", value: filter.q,
      input: (event) => { filter.q = (event.target as HTMLInputElement).value.trim(); shell.redraw(); },
    })),
    choice("kind", kKinds, "every kind"), choice("state", kStates, "every state"), choice("sort", kSorts, filter.q || filter.kind || filter.state ? "by path" : "as a tree"));
}

export const actors: View = {
  title: "Actors",
  key: "2",
  async draw() {
    const narrowed = Object.values(filter).some((value) => value !== "");
    const rows: HTMLElement[] = [];
    if (narrowed) {
      rows.push(...await found());
    } else {
      const root = (await get<ActorList>("/actors?depth=0&path=/engine")).data[0];
      if (root) rows.push(branch_row(root, 0));
      await branch("/engine", 1, rows);
    }
    return [bar(), card(narrowed ? "Found" : "Supervision tree", table(["Actor", ...kActorHeads], rows, "No actor is like that."))];
  },
};
