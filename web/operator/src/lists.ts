// The sections that may need action: Connections, Dead letters, Faults.

import { type Connection, type Engine, type Letter, type Page, get, send } from "./api";
import { ago, badge, card, h, number, table, td, tdn } from "./dom";
import { type View, counted, shell } from "./view";

function cursor() {
  let after: string[] = [];
  return {
    query: () => (after.length > 0 ? `&after=${encodeURIComponent(after[after.length - 1]!)}` : ""),
    buttons: (next: string | null) => h("div", { class: "pages" },
      after.length > 0 && h("button", { click: () => { after.pop(); shell.redraw(); } }, "‹ Before"),
      next !== null && h("button", { click: () => { after = [...after, next]; shell.redraw(); } }, "Next ›")),
  };
}

const connection_pages = cursor();
const letter_pages = cursor();

export const connections: View = {
  title: "Connections",
  key: "3",
  async draw() {
    const page = await get<Page<Connection>>(`/connections?limit=50${connection_pages.query()}`);
    const rows = page.data.map((one) => {
      const open = () => shell.open(one.path);
      return h("tr", { tabindex: "0", class: "link", "data-path": one.path, click: open, keydown: (event) => { if ((event as KeyboardEvent).key === "Enter") open(); } },
        td([h("b", {}, one.name), h("small", {}, one.type), h("code", { class: "id" }, one.channel_id)]), td(h("code", { class: "id" }, one.account ?? "–")),
        td(badge(one.status)), tdn(number(one.queue)), tdn(counted(one.mailbox + one.held, one)),
        td(one.state ? badge(one.state) : "asleep"), td([h("b", {}, one.workspace_name), h("code", { class: "id" }, one.workspace_id)]), td(one.error ?? "", { class: "cut" }));
    });
    return [card("Channel connections", table(["Channel", "Account", "Health", "#To send", "#Waiting", "Actor", "Workspace", "Why"], rows,
      "No channel is connected yet."), connection_pages.buttons(page.next))];
  },
};

async function act(question: string, method: string, path: string, done: string): Promise<void> {
  if (!confirm(question)) return;
  try {
    await send(method, path);
    shell.say(done);
  } catch (error) {
    shell.say((error as Error).message);
  }
  shell.redraw();
}

export const letters: View = {
  title: "Dead letters",
  key: "4",
  async draw() {
    const page = await get<Page<Letter>>(`/dead-letters?limit=50${letter_pages.query()}`);
    const rows = page.data.map((one) => h("tr", { tabindex: "0" },
      td(ago(one.received_at)), td(badge(one.reason)), td(one.detail), td(one.source), tdn(number(one.tries)),
      td(h("code", {}, one.workspace_id || "none")),
      td(h("div", { class: "orders" },
        Date.parse(one.retry_until_at) > Date.now()
          ? h("button", { title: `Its raw event is kept until ${one.retry_until_at}`, click: () => void act("Put it back into the journal and try again?", "POST", `/dead-letters/${one.id}/retry`, "It is tried again.") }, "Retry")
          : h("span", {}, "too old to retry"),
        h("button", { class: "danger", click: () => void act("Delete it for good?", "DELETE", `/dead-letters/${one.id}`, "Deleted.") }, "Delete")))));
    return [card("What could not be processed", table(["Came", "Reason", "What it means", "Source", "#Tries", "Workspace", ""], rows,
      "Nothing: every event was processed."), letter_pages.buttons(page.next))];
  },
};

export const faults: View = {
  title: "Faults",
  key: "5",
  async draw() {
    const { faults: notes } = await get<Engine>("/engine");
    const rows = notes.map((note) => {
      const open = () => shell.open(note.path);
      return h("tr", { tabindex: "0", class: "link", "data-path": note.path, click: open, keydown: (event) => { if ((event as KeyboardEvent).key === "Enter") open(); } },
        td(ago(note.happened_at)), td(badge(note.what)), td(note.reason), td(h("code", {}, note.path)));
    });
    return [card("Faults and restarts since the start", table(["When", "What followed", "Why", "Actor"], rows, "No actor has failed."))];
  },
};
