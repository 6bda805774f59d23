// The widget's entry point: reads its own script tag and puts the chat on the page.
//   <script src="https://host/widget.js" data-widget-key="wk_…" async></script>
// Optional: data-name, data-lang, data-suggestions="one|two|three", data-consent="ask", data-user (JSON, as
// for AuraChat.identify). A click on any element with the attribute data-aura-open opens the chat;
// window.AuraChat exists after the event "aura-chat-ready".

import { h } from "./dom";
import { pickLanguage } from "./i18n";
import type { Identity } from "./protocol";
import { Widget } from "./widget";

const kMountedFlag = "auraChat";

function findScript(): HTMLScriptElement | null {
  const running = document.currentScript;
  if (running instanceof HTMLScriptElement && running.dataset.widgetKey) return running;
  return document.querySelector("script[data-widget-key]");
}

/** Inline and !important, so that no style rule of the host page hides or moves the chat by accident. */
function makeHost(): HTMLElement {
  const host = h("div", { id: "aura-chat" });
  const fixed = { all: "initial", display: "block", position: "fixed", "z-index": "2147483000",
                  right: "0", bottom: "0", width: "0", height: "0" };
  for (const [name, value] of Object.entries(fixed)) {
    host.style.setProperty(name, value, "important");
  }
  return host;
}

/** Null for anything but a signed identity; an incomplete one is a mistake of the host page. */
function readIdentity(value: unknown): Identity | null {
  const given = (typeof value === "object" && value !== null ? value : {}) as Record<string, unknown>;
  const text = (name: string): string => (given[name] == null ? "" : String(given[name]));
  if (!text("id") || !text("signature")) return null;
  return { id: text("id"), name: text("name"), email: text("email"), signature: text("signature") };
}

function parsed(json: string | undefined): unknown {
  try {
    return JSON.parse(json ?? "null");
  } catch {
    console.warn("Aura chat: data-user is not JSON.");
    return null;
  }
}

async function start(script: HTMLScriptElement): Promise<void> {
  const { widgetKey = "", name, lang, suggestions, consent, user } = script.dataset;
  const origin = new URL(script.src, location.href).origin;
  const { languages } = navigator;
  const language = await pickLanguage(lang ? [lang] : languages, languages, origin);
  const widget = new Widget({
    origin, widgetKey,
    title: name || location.hostname,
    suggestions: suggestions ? suggestions.split("|").map((text) => text.trim()) : null,
    askConsent: consent === "ask",
  }, language);
  const { shell, session } = widget;
  const host = makeHost();
  document.body.append(host);
  session.identify(readIdentity(parsed(user)));
  widget.show(host);
  document.addEventListener("visibilitychange", () => widget.render());
  document.addEventListener("click", (event) => {
    if (event.target instanceof Element && event.target.closest("[data-aura-open]")) {
      shell.open(true);
    }
  });
  Object.assign(window, {
    AuraChat: {
      open: () => shell.open(true),
      close: () => shell.close(),
      identify: (identity: unknown) => session.identify(readIdentity(identity)),
      consent: (agreed: boolean) => widget.consent(agreed),
    },
  });
  document.dispatchEvent(new Event("aura-chat-ready"));
}

function boot(): void {
  const script = findScript();
  const page = document.documentElement.dataset;
  if (!script?.dataset.widgetKey || page[kMountedFlag]) return;
  page[kMountedFlag] = "1";
  if (document.body) void start(script);
  else addEventListener("DOMContentLoaded", () => void start(script));
}

boot();
