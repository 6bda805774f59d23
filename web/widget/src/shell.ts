// The launcher and the panel around the conversation: opening and closing, keyboard and focus, full screen on
// phones. Independent of the network.

import { h, icon } from "./dom";
import { fill, type Strings } from "./i18n";
import { kChat, kClose, kDown } from "./icons";
import { avatar } from "./message_view";
import type { Composer } from "./composer";

const kHeaderWave = "M0 14C60 2 110 2 170 12s120 12 180 2 60-8 90-4V24H0z";

export class Shell {
  readonly root: HTMLElement;
  readonly #panel: HTMLElement;
  readonly #launcher: HTMLButtonElement;
  readonly #badge = h("span", { class: "badge", "aria-hidden": "true", hidden: true });
  readonly #status = h("p", { class: "status", role: "status" });
  readonly #alert = h("p", { class: "sr", role: "alert" });
  #returnFocus: HTMLElement | null = null;
  #pageOverflow = "";
  isOpen = false;

  constructor(
    private readonly strings: Strings,
    name: string,
    private readonly toggled: (open: boolean) => void,
    log: HTMLElement,
    private readonly composer: Composer,
    dir: string,
  ) {
    const title = fill(strings.chatWith, name);
    this.#panel = h(
      "section", { class: "panel", id: "panel", role: "dialog", "aria-label": title, tabindex: -1 },
      this.#makeHeader(name), log, composer.element, this.#alert,
      h("p", { class: "dropzone", "aria-hidden": "true" }, strings.dropHere),
    );
    this.#panel.inert = true;
    this.#launcher = h(
      "button", { class: "launcher", type: "button", "aria-expanded": "false",
                  "aria-controls": "panel", "aria-haspopup": "dialog", click: () => this.toggle() },
      icon("shut", ...kChat), icon("opened", ...kDown), this.#badge,
    );
    this.root = h("div", { class: "aura", dir }, this.#panel, this.#launcher);
    this.root.addEventListener("keydown", (event) => this.#keyPressed(event));
    composer.takeDrops(this.#panel);
    window.visualViewport?.addEventListener("resize", () => this.#fitPhone());
    window.visualViewport?.addEventListener("scroll", () => this.#fitPhone());
    this.showUnread(0);
  }

  toggle(): void {
    if (this.isOpen) this.close();
    else this.open(true);
  }

  open(takeFocus: boolean): void {
    if (this.isOpen) return;
    this.#setOpen(true);
    this.#returnFocus = deepFocus();
    this.toggled(true);
    // On a phone, focusing the input would open the on-screen keyboard over the greeting.
    if (takeFocus) (this.#isPhone() ? this.#panel : this.composer.input).focus({ preventScroll: true });
  }

  close(): void {
    if (!this.isOpen) return;
    this.#setOpen(false);
    this.toggled(false);
    const back = this.#returnFocus?.isConnected ? this.#returnFocus : this.#launcher;
    (back === document.body ? this.#launcher : back).focus({ preventScroll: true });
  }

  showStatus(text: string, connected: boolean): void {
    this.root.classList.toggle("connected", connected);
    if (this.#status.textContent !== text) this.#status.textContent = text;
  }

  showUnread(count: number): void {
    this.#badge.hidden = count === 0;
    this.#badge.textContent = count > 9 ? "9+" : String(count);
    const { open, close, unread } = this.strings;
    const label = this.isOpen ? close : count ? `${open} (${count} ${unread})` : open;
    this.#launcher.setAttribute("aria-label", label);
  }

  announce(text: string): void {
    this.#alert.textContent = text;
  }

  focusInput(): void {
    if (!this.#isPhone()) this.composer.input.focus({ preventScroll: true });
  }

  #setOpen(open: boolean): void {
    this.isOpen = open;
    this.root.classList.toggle("open", open);
    this.#panel.inert = !open;
    this.#panel.setAttribute("aria-modal", String(open));
    this.#launcher.setAttribute("aria-expanded", String(open));
    this.showUnread(0);
    this.#fitPhone();
    const page = document.documentElement.style;
    if (open && this.#isPhone()) {
      this.#pageOverflow = page.overflow;
      page.overflow = "hidden";
    } else if (page.overflow === "hidden") {
      page.overflow = this.#pageOverflow;
    }
  }

  #isPhone(): boolean {
    return getComputedStyle(this.root).getPropertyValue("--phone").trim() === "1";
  }

  /** The on-screen keyboard shrinks the visual viewport, not the page: fit the panel to the viewport. */
  #fitPhone(): void {
    const visible = window.visualViewport;
    if (!visible || !this.isOpen) return;
    this.#panel.style.setProperty("--height", `${visible.height}px`);
    this.#panel.style.setProperty("--top", `${visible.offsetTop}px`);
  }

  #makeHeader(name: string): HTMLElement {
    const close = h("button", { class: "close", type: "button", "aria-label": this.strings.close,
                                click: () => this.close() }, icon("", ...kClose));
    const wave = icon("wave", kHeaderWave);
    wave.setAttribute("viewBox", "0 0 440 24");
    return h(
      "header", {}, avatar(),
      h("div", { class: "who" }, h("h2", { dir: "auto" }, name), this.#status), close, wave,
    );
  }

  #keyPressed(event: KeyboardEvent): void {
    // The host page must not react to what is typed here (shortcuts, its own Escape).
    event.stopPropagation();
    const composing = event.isComposing || event.keyCode === 229;
    if (event.key === "Escape" && this.isOpen && !composing) this.close();
    if (event.key === "Tab" && this.isOpen) this.#goRound(event);
    if (event.key === "Enter" && event.target === this.composer.input && !event.shiftKey && !composing) {
      this.composer.submit(event);
    }
  }

  /** Keeps Tab within the open dialog. */
  #goRound(event: KeyboardEvent): void {
    const all = this.#panel.querySelectorAll<HTMLElement>("button,textarea,a[href],[tabindex='0']");
    const stops = [...all].filter((e) => e.getClientRects().length > 0);
    const here = (this.root.getRootNode() as ShadowRoot).activeElement;
    const at = stops.findIndex((stop) => stop === here);
    event.preventDefault();
    const next = event.shiftKey ? Math.max(at, 0) - 1 : at + 1;
    stops.at(next % stops.length)?.focus();
  }
}

function deepFocus(): HTMLElement | null {
  let focused = document.activeElement;
  while (focused?.shadowRoot?.activeElement) focused = focused.shadowRoot.activeElement;
  return focused instanceof HTMLElement ? focused : null;
}
