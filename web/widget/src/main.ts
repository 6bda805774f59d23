// The widget's start: reads its own script tag, builds the page part and joins it to the session.
//   <script src="https://host/widget.js" data-widget-key="wk_…" async></script>
// Optional: data-name, data-lang, data-suggestions="one|two|three". Any element of the page with
// the attribute data-aura-open opens the chat.

import { h } from "./dom";
import { Clock, pickLanguage } from "./i18n";
import { chipList, LogView } from "./log_view";
import { ChatSession } from "./session";
import { Shell } from "./shell";
import { Store } from "./store";
import css from "./widget.css";

const kMountedFlag = "auraChat";

function findScript(): HTMLScriptElement | null {
  const running = document.currentScript;
  if (running instanceof HTMLScriptElement && running.dataset.widgetKey) return running;
  return document.querySelector("script[data-widget-key]");
}

/** A sheet made by script is allowed under a strict Content-Security-Policy; a style tag is not. */
function addStyles(shadow: ShadowRoot): void {
  if ("adoptedStyleSheets" in shadow) {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    shadow.adoptedStyleSheets = [sheet];
  } else {
    (shadow as ShadowRoot).append(h("style", {}, css));
  }
}

/** Inline and important: no rule of the host page can hide or move the chat by accident. */
function makeHost(): HTMLElement {
  const host = h("div", { id: "aura-chat" });
  const fixed = { all: "initial", display: "block", position: "fixed", "z-index": "2147483000",
                  right: "0", bottom: "0", width: "0", height: "0" };
  for (const [name, value] of Object.entries(fixed)) {
    host.style.setProperty(name, value, "important");
  }
  return host;
}

function start(script: HTMLScriptElement): void {
  const { widgetKey = "", name, lang, suggestions } = script.dataset;
  const origin = new URL(script.src, location.href).origin;
  const endpoint = `${origin.replace(/^http/, "ws")}/chat/${encodeURIComponent(widgetKey)}`;
  const { languages } = navigator;
  const { tag, strings } = pickLanguage(lang ? [lang] : languages, languages);
  const title = name || location.hostname;
  const offered = suggestions ? suggestions.split("|").map((s) => s.trim()) : strings.suggestions;
  const openFlag = `aura.${widgetKey}.open`;

  const store = new Store(widgetKey);
  const session = new ChatSession(endpoint, store, () => render());
  const ask = (text: string): void => {
    session.send(text);
    shell.focusInput();
  };
  const intro = h("div", { class: "intro" },
    h("p", { class: "hello" }, strings.greeting),
    h("p", { dir: "auto" }, strings.intro.replace("{name}", title)),
    chipList(offered.filter((text) => text !== "").slice(0, 3), ask));
  const log = new LogView(strings, new Clock(tag), { ask, retry: (id) => session.retry(id) }, intro);
  const shell = new Shell(strings, title, {
    toggled: (open) => {
      rememberOpen(openFlag, open);
      if (open) session.start();
      if (open) log.toBottom();
      render();
    },
    send: (text) => session.send(text),
    typing: () => session.noteTyping(),
  }, log.element);

  let failures = 0;
  function render(): void {
    const { entries } = session.conversation;
    log.render(entries, session.typing, session.loaded);
    const online = session.link === "online";
    const byPerson = session.lastSpeaker() === "member";
    const here = byPerson ? strings.team : strings.online;
    const away = session.loaded ? strings.offline : strings.connecting;
    shell.showStatus(online ? here : away, online);
    if (shell.isOpen && !document.hidden) session.markRead();
    shell.showUnread(shell.isOpen ? 0 : session.unread());
    const failed = entries.filter((entry) => entry.delivery === "failed").length;
    if (failed > failures) shell.announce(strings.failed);
    failures = failed;
  }

  const host = makeHost();
  host.lang = tag;
  const shadow = host.attachShadow({ mode: "open" });
  addStyles(shadow);
  shadow.append(shell.root);
  document.body.append(host);
  document.addEventListener("visibilitychange", () => render());
  document.addEventListener("click", (event) => {
    if (event.target instanceof Element && event.target.closest("[data-aura-open]")) {
      shell.open(true);
    }
  });
  // A returning visitor sees what came meanwhile, and undelivered messages go out.
  if (store.visitor) session.start();
  if (store.visitor && wasOpen(openFlag) && innerWidth > 520) shell.open(false);
  render();
}

function rememberOpen(flag: string, open: boolean): void {
  try {
    if (open) sessionStorage.setItem(flag, "1");
    else sessionStorage.removeItem(flag);
  } catch {
    // Storage is refused: the panel starts closed on the next page.
  }
}

function wasOpen(flag: string): boolean {
  try {
    return sessionStorage.getItem(flag) === "1";
  } catch {
    return false;
  }
}

function boot(): void {
  const script = findScript();
  const page = document.documentElement.dataset;
  if (!script?.dataset.widgetKey || page[kMountedFlag]) return;
  page[kMountedFlag] = "1";
  if (document.body) start(script);
  else addEventListener("DOMContentLoaded", () => start(script));
}

boot();
