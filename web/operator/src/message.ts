// The trace of one message, looked up by its id.

import { type Money, type Story, Refused, get } from "./api";
import { badge, card, clock, facts, h, micros, number, table, td, tdn } from "./dom";
import { type View, shell } from "./view";

const kDecisions: Record<string, string> = { first: "first of its id", own: "our own message", none: "no record of its id" };

let id = "";
let story: Story | null = null;
let problem = "";

function money(value: Money | null): string {
  if (!value?.currency) return "–";
  const format = new Intl.NumberFormat("en", { style: "currency", currency: value.currency, currencyDisplay: "code" });
  return format.format(value.amount_minor / 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2));
}

const revision = (value: number | null) => (value === null ? "–" : number(value));

/** Loaded once, not on every tick: each look at the text writes an entry to the audit log. */
async function load(reason = ""): Promise<void> {
  const why = reason ? `?unmask=true&reason=${encodeURIComponent(reason)}` : "";
  try {
    story = await get<Story>(`/messages/${encodeURIComponent(id)}/trace${why}`);
    problem = "";
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    story = null;
    problem = error.message;
  }
  shell.redraw();
}

type Step = [at: string, what: string, detail: string];

function arrival({ raw }: Story): Step[] {
  const steps: Step[] = [];
  if (raw.received_at) steps.push([raw.received_at, "its webhook was stored", `sha256 ${raw.sha256_prefix}…`]);
  if (raw.taken_at) {
    const waited = raw.received_at && micros(1000 * (Date.parse(raw.taken_at) - Date.parse(raw.received_at)));
    const detail = [waited ? `after ${waited}` : `sha256 ${raw.sha256_prefix}…`, raw.failed_tries > 0 && `a dead letter before, after ${raw.failed_tries} tries`];
    steps.push([raw.taken_at, "taken by its conversation", detail.filter(Boolean).join(" · ")]);
  }
  return steps;
}

function held(story: Story): string {
  const now = Date.now();
  return story.waits.holds.map(({ by, began_at, ended_at }) =>
    `${by}, ${micros(1000 * ((ended_at ? Date.parse(ended_at) : now) - Date.parse(began_at)))}${ended_at ? "" : " so far"}`).join("; ");
}

function timeline(story: Story): HTMLElement {
  const steps: Step[] = [
    [story.provider_time_at, story.direction === "in" ? "written (by the provider's clock)" : "decided", ""],
    ...arrival(story),
    ...story.waits.holds.flatMap(({ path, by, began_at, ended_at }): Step[] =>
      [[began_at, `${by}: an operator's order holds it`, path], ...(ended_at ? [[ended_at, `${by} ended`, path] as Step] : [])]),
    ...story.events.map(({ happened_at, what }): Step => [happened_at, what.replaceAll("_", " "), ""]),
    ...story.attempts.map((a): Step => [a.started_at, `call ${a.number}, part ${a.part + 1}: ${a.outcome}`,
      [a.http_status && `HTTP ${a.http_status}`, a.provider_code, a.finished_at && micros(1000 * (Date.parse(a.finished_at) - Date.parse(a.started_at)))].filter(Boolean).join(" · ")]),
    ...story.statuses.map(({ happened_at, what }): Step => [happened_at, what, ""]),
  ];
  steps.sort((a, b) => a[0].localeCompare(b[0]));
  return h("ol", { class: "timeline" }, steps.map(([at, what, detail]) => h("li", {}, clock(at), h("b", {}, what), detail && h("small", {}, detail))));
}

function claim(one: Story["claims"][number]): HTMLElement {
  const row = one.item_id ? "item" : one.document_id ? "document" : "business profile";
  const said = one.item_id ? money(one.amount) : one.text || "a passage; its text is masked";
  return h("tr", {},
    td([h("b", {}, row), one.item_id || one.document_id ? h("code", {}, one.item_id ?? one.document_id) : h("small", {}, "has no revisions: its text is compared")]),
    td(said), tdn(revision(one.item_revision ?? one.document_revision)), tdn(revision(one.revision_now)),
    tdn(one.item_id ? money(one.price_now) : ""), td(badge(one.holds)));
}

function shown(one: Story): HTMLElement[] {
  const unmask = () => {
    const reason = prompt("Why must its text be seen? The reason goes into the audit log.");
    if (reason) void load(reason);
  };
  return [
    h("div", { class: "pair" },
      card("Message", facts([
        ["Status", badge(one.status)], ["Text", h("span", {}, one.text || "none")],
        ["", one.masked && one.text ? h("button", { click: unmask }, "Show the text…") : null],
        ["From", `${one.author} (${one.direction})`], ["Why", one.error_detail ?? one.error_code],
        ["Conversation", h("button", { click: () => shell.open(one.conversation_path) }, one.conversation_id)],
        ["Channel", h("code", {}, one.channel_id)], ["Workspace", h("code", {}, one.workspace_id)],
      ])),
      card("Deduplication and waiting", facts([
        ["Key", one.dedupe.key && h("code", {}, one.dedupe.key)], ["Decision", kDecisions[one.dedupe.decision] ?? one.dedupe.decision],
        ["Held by an operator", held(one) || "no"], ["In the outbox", one.waits.in_outbox ? "yes" : "no"], ["Reply pending", one.waits.turn_pending ? "yes" : "no"],
        ["Early events", number(one.waits.early_events)], ["Gathered in", micros(one.took_us)],
      ]))),
    card("What happened", timeline(one), one.complete ? null
      : h("p", { class: "empty" }, "Some statuses and events may be missing here: changes are kept for seven days, and of a busy workspace only those near the message and its calls are read.")),
    card("Claims and the rows behind them", table(["Source", "What it says", "#Revision then", "#Revision now", "#Price now", "Holds"], one.claims.map(claim), "It claims nothing.")),
  ];
}

export const message: View = {
  title: "Message",
  key: "7",
  still: true,
  async draw() {
    const form = h("form", {
      class: "bar", submit: (event) => {
        event.preventDefault();
        id = (document.getElementById("search") as HTMLInputElement).value.trim();
        if (id) void load();
      },
    }, h("label", { class: "grow" }, h("span", { class: "sr" }, "Message id"),
      h("input", { id: "search", type: "search", placeholder: "msg_…   /", value: id })), h("button", {}, "Tell its story"));
    if (problem) return [form, h("p", { class: "empty" }, problem)];
    if (story) return [form, ...shown(story)];
    return [form, h("p", { class: "empty" }, "Enter the id of a message: where it came in, what was decided, each call made for it, each status.")];
  },
};
