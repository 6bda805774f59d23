// The chat on one page: connects the session to the user interface.

import { Composer } from "./composer";
import { consentCard } from "./consent";
import { h } from "./dom";
import { Clock, fill, type Language } from "./i18n";
import { Lazy } from "./lazy";
import { LogView } from "./log_view";
import { chipList } from "./message_view";
import type { More } from "./more/more";
import type { Choice } from "./protocol";
import { ChatSession } from "./session";
import { Shell } from "./shell";
import { Store } from "./store";
import css from "./widget.css";

export interface Options {
  origin: string;
  widgetKey: string;
  title: string;
  suggestions: string[] | null;
  askConsent: boolean;
}

export class Widget {
  readonly session: ChatSession;
  readonly shell: Shell;
  readonly #store: Store;
  readonly #log: LogView;
  readonly #composer: Composer;
  readonly #more: Lazy<More>;
  #question: HTMLElement | null = null;
  #failures = 0;
  #root: ShadowRoot | null = null;

  constructor(private readonly options: Options, private readonly language: Language) {
    const { origin, widgetKey, askConsent, title } = options;
    const { strings, dir } = language;
    const endpoint = `${origin.replace(/^http/, "ws")}/chat/${encodeURIComponent(widgetKey)}`;
    const render = (): void => this.render();
    this.#store = new Store(widgetKey, askConsent);
    this.session = new ChatSession(endpoint, this.#store, render);
    this.#more = new Lazy(() => this.#fetchMore(), render);
    this.#composer = this.#makeComposer();
    this.#log = new LogView(
      { strings, more: () => this.#more.now() }, new Clock(language.tag),
      { ask: (choice) => this.#ask(choice), retry: (id) => this.session.retry(id) }, this.#intro());
    if (this.#store.undecided) {
      this.#question = consentCard(strings, (agreed) => this.consent(agreed));
      this.#log.element.append(this.#question);
    }
    this.shell = new Shell(strings, title, (open) => this.#toggled(open), this.#log.element,
                           this.#composer, dir);
  }

  show(host: HTMLElement): void {
    host.lang = this.language.tag;
    this.#root = host.attachShadow({ mode: "open" });
    this.#root.append(this.shell.root);
    this.#addStyles(css);
    // For a returning visitor, connect at once: to show new messages and to send undelivered ones.
    if (this.#store.visitor) this.session.start();
    if (this.#store.visitor && this.#store.open && innerWidth > 520) this.shell.open(false);
    this.render();
  }

  consent(agreed: boolean): void {
    this.#store.decide(agreed);
    this.#store.open = this.shell.isOpen;
    this.#question?.remove();
    if (this.shell.isOpen) this.shell.focusInput();
  }

  render(): void {
    const { session, shell, language: { strings } } = this;
    const { entries } = session.conversation;
    this.#log.render(entries, session);
    const online = session.link === "online";
    const byPerson = session.lastSpeaker() === "member";
    const here = byPerson ? strings.team : strings.online;
    const away = session.loaded ? strings.offline : strings.connecting;
    shell.showStatus(online ? here : away, online);
    this.#composer.allow(session.uploads);
    if (shell.isOpen && !document.hidden) session.markRead();
    shell.showUnread(shell.isOpen ? 0 : session.unread());
    const failed = entries.filter((entry) => entry.delivery === "failed").length;
    if (failed > this.#failures) shell.announce(strings.failed);
    this.#failures = failed;
  }

  #toggled(open: boolean): void {
    this.#store.open = open;
    if (open) this.session.start();
    if (open) this.#log.toBottom();
    this.render();
  }

  #ask({ title, payload }: Choice): void {
    this.session.send(title, payload);
    this.shell.focusInput();
  }

  #intro(): HTMLElement {
    const { strings } = this.language;
    const offered = (this.options.suggestions ?? strings.suggestions).filter((text) => text !== "");
    return h("div", { class: "intro" },
      h("p", { class: "hello" }, strings.greeting),
      h("p", { dir: "auto" }, fill(strings.intro, this.options.title)),
      chipList(offered.slice(0, 3).map((title) => ({ title, payload: "" })), (choice) => this.#ask(choice)));
  }

  #makeComposer(): Composer {
    const announce = (text: string): void => this.shell.announce(text);
    return new Composer(this.language.strings, {
      announce,
      send: (text, files) => this.session.send(text, "", files),
      typing: () => this.session.noteTyping(),
      tray: async (limits) => (await this.#more.get())?.tray(limits, {
        announce,
        address: () => this.session.uploadAddress(),
        changed: () => this.#composer.showReady(),
      }) ?? null,
    });
  }

  async #fetchMore(): Promise<More> {
    const { origin } = this.options;
    const part = await import(`${origin}/widget-more.js`) as typeof import("./more/more");
    this.#addStyles(part.css);
    const more = new part.More({
      ...this.language, base: origin, askItems: (ids) => this.session.askItems(ids),
    });
    this.session.items = (items) => more.learn(items);
    return more;
  }

  /** A strict Content-Security-Policy allows a style sheet created by script, but not a style tag. */
  #addStyles(text: string): void {
    const root = this.#root;
    if (!root) return;
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(text);
    root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
  }
}
