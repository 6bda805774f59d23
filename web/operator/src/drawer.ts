// The panel of one actor, next to any section: its state, recent steps, timers and outbox; orders to it; and
// its live trace.

import { type Actor, type Detail, type TraceEvent, Refused, follow, get, send } from "./api";
import { ago, badge, card, clock, facts, h, micros, number, percent, sparkline, table, td, tdn } from "./dom";
import { remember } from "./series";
import { actor_row, counted, kActorHeads, naming, shell, waiting } from "./view";

const kOrders = ["restart", "passivate", "pause", "drain", "quarantine"];
const kGoing = ["running", "restarting", "passivated"];
const kLeaving = ["partition", "workspace", "conversation"];  // kinds that can leave memory
const kKeptSteps = 200;

/** The orders that the engine does not refuse; it takes none for itself. */
function orders_for({ path, kind, state }: Actor): string[] {
  if (path === "/engine") return [];
  const orders = kOrders.filter((order) => order !== "passivate" || kLeaving.includes(kind));
  if (kGoing.includes(state)) return orders;  // there is nothing to end
  return [...orders, state === "quarantined" ? "release" : "resume"];
}

export class Drawer {
  readonly element = h("aside", { class: "drawer", hidden: true, "aria-label": "Actor" });
  path = "";
  #trace: AbortController | null = null;
  #steps: TraceEvent[] = [];

  async open(path: string): Promise<void> {
    if (path !== this.path) this.#stop();
    this.path = path;
    await this.draw();
    this.element.hidden = false;
    this.element.querySelector<HTMLElement>("button.close")?.focus();
  }

  /** Returns the keyboard focus to the row that opened the drawer. */
  close(): void {
    if (this.element.hidden) return;
    const row = document.querySelector<HTMLElement>(`main tr[data-path="${CSS.escape(this.path)}"]`);
    this.#stop();
    this.path = "";
    this.element.hidden = true;
    (row ?? document.querySelector<HTMLElement>("main"))?.focus();
  }

  async draw(): Promise<void> {
    if (!this.path) return;
    const path = this.path;
    const focused = document.activeElement?.getAttribute("data-k");
    let parts: HTMLElement[];
    try {
      parts = this.#parts(await get<Detail>(`/actors${path}?depth=1&limit=30`));
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      parts = [h("p", { class: "empty" }, error.message)];
    }
    if (path !== this.path) return;
    this.element.replaceChildren(this.#head(), ...parts, this.#trace_card());
    if (focused) this.element.querySelector<HTMLElement>(`[data-k="${focused}"]`)?.focus();
  }

  #head(): HTMLElement {
    return h("header", {}, h("div", {}, h("h2", {}, this.path.slice(this.path.lastIndexOf("/") + 1)), h("code", {}, this.path)),
      h("button", { class: "close", "data-k": "close", "aria-label": "Close (Esc)", click: () => this.close() }, "×"));
  }

  #parts(detail: Detail): HTMLElement[] {
    const { actor } = detail;
    const parts = [
      h("div", { class: "orders" }, badge(actor.stuck ? "stuck" : actor.state), orders_for(actor).map((action) =>
        h("button", { "data-k": action, click: () => void this.#order(action) }, action))),
      h("div", { class: "pair" },
        h("div", { class: "tile" }, h("h3", {}, "Messages/s"), h("strong", {}, number(actor.rate)), sparkline(remember(`a.rate.${actor.path}`, actor.rate), "messages a second")),
        h("div", { class: "tile" }, h("h3", {}, "Waiting"), h("strong", {}, counted(waiting(actor), actor)), sparkline(remember(`a.wait.${actor.path}`, waiting(actor)), "waiting"))),
      card("Counters", facts([
        ...(actor.name ? [["Name", actor.name], ["Kind", [actor.channel_type, actor.kind].filter(Boolean).join(" ")]] as [string, string][] : []),
        ["Processed", number(actor.processed)], ["Busy", `${percent(actor.busy_share)} · ${micros(actor.busy_us)} in all`],
        ["Restarts", number(actor.restarts)], ["Activated", ago(actor.activated_at)],
        ["Waits on", actor.waits_on ? `${actor.waits_on} ${actor.waits_since_at ? `since ${ago(actor.waits_since_at)}` : ""}` : null],
        ["Held by an order", actor.held > 0 || actor.held_more ? counted(actor.held, actor) : null],
        ["Commits in flight", number(detail.commits_in_flight)], ["Children", number(actor.children)],
        ["Last failure", actor.last_failure], ["In the API", actor.resource && h("code", {}, actor.resource)],
      ])),
    ];
    if (!detail.answered && actor.state !== "passivated") parts.push(h("p", { class: "warn" }, "It did not answer: only its counters are known."));
    if (detail.summary && Object.keys(detail.summary).length > 0) {
      parts.push(card("State", facts(Object.entries(detail.summary).map(([name, value]) => [name.replaceAll("_", " "), String(value)]))));
    }
    if (detail.timers.length > 0) parts.push(card("Timers", facts(detail.timers.map(({ what, due_at }) => [what.replaceAll("_", " "), ago(due_at)]))));
    if (detail.recent.length > 0) {
      parts.push(card("Recent", table(["At", "What", "Outcome", "#Took"], detail.recent.map((step) =>
        h("tr", {}, td(clock(step.started_at)), td(step.what), td(badge(step.outcome)), tdn(micros(step.took_us)))), "")));
    }
    if (detail.outbox.length > 0) {
      parts.push(card("Outbox", table(["Message", "State", "#Attempts", "Waits", "Since"], detail.outbox.map((row) =>
        h("tr", {}, td(h("code", {}, row.message_id)), td([badge(row.state), row.maybe_duplicate && badge("maybe_duplicate")]), tdn(number(row.attempts)),
          td(row.not_before_at ? ago(row.not_before_at) : "–"), td(ago(row.created_at)))), "")));
    }
    if (detail.actors.length > 0) {
      parts.push(card("Below it", table(["Actor", ...kActorHeads.slice(0, 4)], detail.actors.map((below) => {
        const row = actor_row(below, td(naming(below)));
        while (row.children.length > 5) row.lastElementChild?.remove();
        return row;
      }), "")));
    }
    return parts;
  }

  async #order(action: string): Promise<void> {
    if (!confirm(`${action} ${this.path}?\n\nThis goes into the audit log.`)) return;
    try {
      await send("POST", `/actors${this.path}/${action}`);
      shell.say(`${action}: done`);
    } catch (error) {
      shell.say((error as Error).message);
    }
    await this.draw();
  }

  // ---- live trace

  #trace_card(): HTMLElement {
    const running = this.#trace !== null;
    const rows = this.#steps.map((step) => h("tr", {}, td([clock(step.happened_at), " ", badge(step.step)]),
      td([step.what, step.detail && h("small", {}, step.detail),
        step.path !== this.path && h("small", { title: step.path }, `by ${step.path.slice(this.path.length + 1)}`)], { class: "what" }),
      tdn(step.took_us > 0 ? micros(step.took_us) : "")));
    return card("Live trace", h("button", { "data-k": "trace", click: () => { if (running) this.#stop(); else this.#start(); void this.draw(); } },
      running ? "Stop" : "Follow from now on"), running || rows.length > 0
      ? table(["Step", "What", "#Took"], rows, "Nothing yet.") : null);
  }

  #start(): void {
    const trace = new AbortController();
    this.#trace = trace;
    this.#steps = [];
    follow(this.path, trace.signal, (event) => {
      this.#steps.unshift(event);
      if (this.#steps.length > kKeptSteps) this.#steps.pop();
    }).catch((error: Error) => { if (error.name !== "AbortError") shell.say(error.message); })
      .finally(() => { if (this.#trace === trace) this.#trace = null; });
  }

  #stop(): void {
    this.#trace?.abort();
    this.#trace = null;
    this.#steps = [];
  }
}

