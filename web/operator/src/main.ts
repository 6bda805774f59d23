// The operator's page: asks for the token once, then shows one section and, next to it, one actor. Everything
// is loaded again every two seconds while the page is visible.

import { actors } from "./actors";
import { Refused, Unreachable, has_token, readiness, set_token } from "./api";
import { h } from "./dom";
import { Drawer } from "./drawer";
import { settings, storage } from "./engine";
import { connections, faults, letters } from "./lists";
import { message } from "./message";
import { overview } from "./overview";
import { type View, shell } from "./view";

const kTickMs = 2000;
const views: View[] = [overview, actors, connections, letters, faults, storage, message, settings];
const themes = ["system", "light", "dark"];

// A link to one actor, /actors/engine/…, opens it.
const linked = /^\/actors(\/.+)$/.exec(decodeURIComponent(location.pathname))?.[1];

let view = views.find(({ title }) => title === decodeURIComponent(location.hash.slice(1))) ?? (linked ? actors : overview);
let shown: View | null = null;  // whose content is on screen
let paused = false;
let drawing = false;
let again = false;

const drawer = new Drawer();
const main = h("main", { tabindex: "-1" });
const health = h("span", { class: "health", role: "status" }, "…");
const toast = h("p", { class: "toast", role: "status" });
const pause = h("button", {
  title: "Stops this page's reading; the engine goes on",
  click: () => { paused = !paused; pause.textContent = paused ? "Resume page (p)" : "Pause page (p)"; },
}, "Pause page (p)");
const theme = h("button", { click: () => next_theme() }, "Theme (t)");
const nav = h("nav", { "aria-label": "Sections" });

function draw_nav(): void {
  nav.replaceChildren(...views.map((one) => h("a", {
    href: `#${encodeURIComponent(one.title)}`, "aria-current": one === view ? "page" : undefined,
  }, h("kbd", {}, one.key), one.title)));
}

function next_theme(): void {
  const now = document.documentElement.dataset["theme"] ?? "system";
  set_theme(themes[(themes.indexOf(now) + 1) % themes.length]!);
}
function set_theme(name: string): void {
  document.documentElement.dataset["theme"] = name;
  localStorage.setItem("aura-operator-theme", name);
  theme.textContent = `Theme: ${name} (t)`;
}

// ---- drawing

/**
 * Keeps the element of a row that is still present and replaces only its cells, so that a click or focus in
 * progress is not lost.
 */
function keep_rows(parts: HTMLElement[]): void {
  const before = new Map([...main.querySelectorAll("tr[data-path]")].map((row) => [row.getAttribute("data-path"), row]));
  for (const fresh of parts.flatMap((part) => [...part.querySelectorAll("tr[data-path]")])) {
    const row = before.get(fresh.getAttribute("data-path"));
    if (!row) continue;
    before.delete(fresh.getAttribute("data-path"));
    for (const { name } of [...row.attributes]) if (!fresh.hasAttribute(name)) row.removeAttribute(name);
    for (const { name, value } of fresh.attributes) row.setAttribute(name, value);
    row.replaceChildren(...fresh.childNodes);
    fresh.replaceWith(row);
  }
}

/** Replaces the content and preserves the keyboard focus. */
function show(parts: HTMLElement[]): void {
  const active = document.activeElement as HTMLInputElement | null;
  const inside = active !== null && main.contains(active);
  const path = inside ? active.closest("[data-path]")?.getAttribute("data-path") : null;
  const typing = inside && active.id === "search" ? active : null;
  keep_rows(parts);
  main.replaceChildren(h("h1", {}, view.title), ...parts);
  shown = view;
  if (typing) {
    // The new content may be older than the last keys.
    const { value, selectionStart: caret } = typing;
    const search = document.getElementById("search") as HTMLInputElement | null;
    if (search) search.value = value;
    search?.focus();
    search?.setSelectionRange(caret, caret);
  } else if (path) {
    main.querySelector<HTMLElement>(`tr[data-path="${CSS.escape(path)}"]`)?.focus();
  }
}

async function draw(): Promise<void> {
  if (drawing) { again = true; return; }
  drawing = true;
  try {
    do {
      again = false;
      const drawn = view;
      const [parts] = await Promise.all([drawn.draw(), show_health(), drawer.path ? drawer.draw() : null]);
      if (drawn === view) show(parts);
    } while (again);
    document.body.classList.remove("offline");
  } catch (error) {
    failed(error);
  } finally {
    drawing = false;
  }
}

/** Keeps the last values, dimmed; but those of another section would be under the wrong name. */
function failed(error: unknown): void {
  if (error instanceof Refused && error.status === 401) return ask_for_token("This token is not the right one.");
  const why = problem_of(error);
  document.body.classList.add("offline");
  if (shown !== view) show([h("p", { class: "empty" }, why)]);
  shell.say(why);
}

function problem_of(error: unknown): string {
  if (error instanceof Refused) return error.message;
  if (error instanceof Unreachable) return "The engine does not answer; trying again.";
  console.error(error);
  return "This page has a fault; the browser's console tells which.";
}

async function show_health(): Promise<void> {
  try {
    const { ready, reasons } = await readiness();
    tell_health(ready, ready ? "Ready" : `Not ready: ${reasons.join("; ")}`);
  } catch (error) {
    tell_health(false, "No answer");
    throw error;
  }
}
function tell_health(good: boolean, text: string): void {
  health.className = `health ${good ? "good" : "bad"}`;
  health.textContent = text;
}

// ---- the token

function ask_for_token(problem = ""): void {
  set_token("");
  const input = h("input", { type: "password", id: "token", autocomplete: "off", required: true, "aria-label": "Operator token" }) as HTMLInputElement;
  const form = h("form", {
    class: "gate card", submit: (event) => {
      event.preventDefault();
      set_token(input.value.trim());
      begin();
    },
  }, h("h1", {}, "Aura De Mer"), h("p", {}, "The operator token is in the file ", h("code", {}, "operator.token"), " of the data directory. It stays in this tab."),
    input, h("button", { class: "main" }, "Look inside"), h("p", { role: "alert", class: "warn" }, problem));
  document.body.replaceChildren(form);
  input.focus();
}

function begin(): void {
  document.body.replaceChildren(
    h("a", { href: "#main", class: "skip", click: (event) => { event.preventDefault(); main.focus(); } }, "Skip to content"),
    h("header", { class: "top" }, h("b", { class: "brand" }, "Aura De Mer"), h("span", {}, "operator"), health, h("i", { class: "space" }), pause, theme,
      h("button", { click: () => help.showModal() }, "Keys (?)"), h("button", { click: () => ask_for_token() }, "Sign out")),
    nav, main, drawer.element, toast, help);
  draw_nav();
  void draw();
  if (linked) shell.open(linked);
}

// ---- keyboard

const keys: [string, string][] = [["1 – 8", "sections"], ["j, k", "next, previous row"], ["←, →", "close, open the row's branch"], ["Enter", "open the row's actor"],
  ["/", "search"], ["Esc", "clear, then leave the search; close the actor"], ["p", "pause the page"], ["r", "read now"], ["t", "theme"], ["?", "this"]];
const help = h("dialog", {}, h("h2", {}, "Keys"), h("dl", { class: "facts" },
  keys.flatMap(([key, what]) => [h("dt", {}, h("kbd", {}, key)), h("dd", {}, what)])),
  h("form", { method: "dialog" }, h("button", { class: "main" }, "Close"))) as HTMLDialogElement;

function move_row(by: number): void {
  const rows = [...main.querySelectorAll<HTMLElement>("tr[tabindex]")];
  const at = rows.indexOf(document.activeElement as HTMLElement);
  rows[Math.min(Math.max(at + by, 0), rows.length - 1)]?.focus();
}

function turn_branch(row: HTMLElement, open: boolean): void {
  row.querySelector<HTMLElement>(`.twig[aria-expanded="${!open}"]`)?.click();
}

function on_key(event: KeyboardEvent): void {
  const target = event.target as HTMLElement;
  if (event.key === "Escape" && target instanceof HTMLInputElement && target.id === "search") {
    if (target.value === "") main.focus();  // otherwise the browser clears it
    return;
  }
  if (event.key === "Escape" && !help.open) return drawer.close();
  if (!has_token() || event.ctrlKey || event.metaKey || event.altKey || /^(INPUT|SELECT|TEXTAREA)$/.test(target.tagName)) return;
  const section = views.find(({ key }) => key === event.key);
  if (section) location.hash = encodeURIComponent(section.title);
  else if (event.key === "j") move_row(1);
  else if (event.key === "k") move_row(-1);
  else if (event.key === "ArrowRight" || event.key === "ArrowLeft") turn_branch(target, event.key === "ArrowRight");
  else if (event.key === "p") pause.click();
  else if (event.key === "t") next_theme();
  else if (event.key === "r") void draw();
  else if (event.key === "?") help.showModal();
  else if (event.key === "/") {
    event.preventDefault();
    const search = () => document.getElementById("search");
    if (search()) return search()?.focus();
    location.hash = "Actors";
    setTimeout(() => search()?.focus(), 0);
  }
}

shell.open = (path) => void drawer.open(path).catch(failed);
shell.redraw = () => void draw();
shell.say = (text) => {
  toast.textContent = text;
  toast.classList.add("on");
  setTimeout(() => { if (toast.textContent === text) toast.classList.remove("on"); }, 4000);
};

addEventListener("hashchange", () => {
  const wanted = views.find(({ title }) => title === decodeURIComponent(location.hash.slice(1)));
  if (!wanted || wanted === view) return;
  view = wanted;
  draw_nav();
  void draw();
});
addEventListener("keydown", on_key);
setInterval(() => {
  if (!has_token() || document.hidden) return;
  const choosing = document.activeElement?.tagName === "SELECT" || help.open;
  const offline = document.body.classList.contains("offline");
  if (paused || choosing) void show_health().catch(() => {});  // the header tells it
  else if (view.still && !offline) void Promise.all([show_health(), drawer.draw()]).catch(failed);
  else void draw();
}, kTickMs);
set_theme(localStorage.getItem("aura-operator-theme") ?? "system");
if (has_token()) begin();
else ask_for_token();
