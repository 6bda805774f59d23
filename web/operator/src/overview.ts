// The overview: is the engine healthy, how much does it do, which actors do most of it.

import { type Actor, type ActorList, type Bucket, type Kind, get, get_text } from "./api";
import { type Child, bars, badge, bytes, card, h, micros, number, percent, sparkline, table, td, tdn } from "./dom";
import { metric, rate, remember } from "./series";
import { type View, actor_row, kActorHeads, naming, shell } from "./view";

function tile(title: string, value: Child, line: number[], tone = ""): HTMLElement {
  return h("div", { class: `tile ${tone}` }, h("h3", {}, title), h("strong", {}, value), sparkline(line, title));
}

/** Leads to the stuck actor: the list by busyness begins with those. */
function to_stuck(label: Child, found: Actor | undefined): Child {
  return found ? h("button", { class: "plain", title: `Open ${found.path}`, click: () => shell.open(found.path) }, label) : label;
}

function tiles(text: string, list: ActorList): HTMLElement {
  const received = rate("received", metric(text, "aura_events_received_total"));
  const processed = rate("processed", metric(text, "aura_events_finished_total", 'outcome="processed"'));
  const commits = rate("commits", metric(text, "aura_storage_commits_total"));
  const flight = metric(text, "aura_events_in_flight");
  const backlog = metric(text, "aura_journal_backlog_bytes");
  const alive = list.kinds.reduce((sum, { alive: n }) => sum + n, 0);
  const busy = list.kinds.reduce((sum, { busy_share: n }) => sum + n, 0);
  const orders = list.kinds.reduce((sum, { under_order: n }) => sum + n, 0);
  const stuck = list.kinds.reduce((sum, { stuck: n }) => sum + n, 0);
  return h("div", { class: "tiles" },
    tile("Events in", `${number(received)}/s`, remember("t.received", received)),
    tile("Processed", `${number(processed)}/s`, remember("t.processed", processed)),
    tile("Commits", `${number(commits)}/s`, remember("t.commits", commits)),
    tile("In flight", number(flight), remember("t.flight", flight)),
    tile("Backlog", bytes(backlog), remember("t.backlog", backlog)),
    tile("Actors awake", number(alive), remember("t.alive", alive)),
    tile("Busy processors", number(busy), remember("t.busy", Math.round(100 * busy) / 100)),
    tile("Paused or quarantined", number(orders), remember("t.orders", orders)),
    tile("Stuck", to_stuck(number(stuck), list.data.find((actor) => actor.stuck)), remember("t.stuck", stuck), stuck > 0 ? "bad" : ""));
}

function kind_row(kind: Kind, actors: Actor[]): HTMLElement {
  const line = remember(`k.${kind.kind}`, kind.rate);
  return h("tr", {}, td(kind.kind), tdn(number(kind.alive)), tdn(number(kind.rate)), td(sparkline(line, `${kind.kind}, messages a second`)),
    tdn(percent(kind.busy_share)), tdn(number(kind.mailbox)), tdn(number(kind.restarts)),
    td(kind.stuck > 0 ? to_stuck(badge("stuck"), actors.find((actor) => actor.stuck && actor.kind === kind.kind)) : "–"), tdn(median(kind.turns)));
}

function median(turns: Bucket[]): string {
  const all = turns.reduce((sum, { count }) => sum + count, 0);
  let sum = 0;
  for (const { below, count } of turns) {
    sum += count;
    if (sum >= all / 2 && all > 0) return below === null ? "> 0.3 s" : `< ${micros(below)}`;
  }
  return "–";
}

const bucket_label = ({ below }: Bucket, unit: (n: number) => string) => (below === null ? "more" : `<${unit(below)}`);

function all_turns(kinds: Kind[]): { label: string; count: number }[] {
  return (kinds[0]?.turns ?? []).map((bucket, i) => ({
    label: bucket_label(bucket, micros),
    count: kinds.reduce((sum, kind) => sum + (kind.turns[i]?.count ?? 0), 0),
  }));
}

export const overview: View = {
  title: "Overview",
  key: "1",
  async draw() {
    const [text, list] = await Promise.all([get_text("/metrics"), get<ActorList>("/actors?depth=9&sort=busy&limit=12")]);
    const hot = list.data.map((actor) => actor_row(actor, td(naming(actor))));
    return [
      tiles(text, list),
      h("div", { class: "pair" },
        card("How long handlers ran", bars(all_turns(list.kinds), "Handlers by running time")),
        card("What waits in mailboxes", bars(list.mailboxes.map((b) => ({ label: bucket_label(b, String), count: b.count })), "Actors by mailbox length"))),
      card("By kind", table(["Kind", "#Awake", "#Messages/s", "", "#Busy", "#Waiting", "#Restarts", "Stuck", "#Half of turns"],
        list.kinds.map((kind) => kind_row(kind, list.data)), "No actor runs.")),
      card("Busiest actors", table(["Actor", ...kActorHeads], hot, "No actor runs.")),
    ];
  },
};
