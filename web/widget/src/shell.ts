// The launcher and the panel around the conversation: opening and closing, keyboard and focus,
// the composer, the phone's full screen. Knows nothing of the network.

import { h, icon } from "./dom";
import type { Strings } from "./i18n";
import { kChat, kClose, kDown, kSend } from "./icons";
import { avatar } from "./log_view";

const kMaxInputPx = 132;
const kMaxCharacters = 4000;
const kHeaderWave =
  "M0 14C60 2 110 2 170 12s120 12 180 2 60-8 90-4V24H0z";

export interface ShellActions {
  toggled(open: boolean): void;
  send(text: string): void;
  typing(): void;
}

export class Shell {
  readonly root: HTMLElement;
  private readonly panel: HTMLElement;
  private readonly launcher: HTMLButtonElement;
  private readonly badge = h("span", { class: "badge", "aria-hidden": "true", hidden: true });
  private readonly status = h("p", { class: "status", role: "status" });
  private readonly alert = h("p", { class: "sr", role: "alert" });
  private readonly input: HTMLTextAreaElement;
  private readonly sendButton: HTMLButtonElement;
  private returnFocus: HTMLElement | null = null;
  private pageOverflow = "";
  isOpen = false;

  constructor(
    private readonly strings: Strings,
    name: string,
    private readonly actions: ShellActions,
    log: HTMLElement,
  ) {
    this.input = this.makeInput();
    this.sendButton = h("button", { class: "send", type: "submit", "aria-label": strings.send },
                        icon("", "0 0 24 24", ...kSend));
    const title = strings.chatWith.replace("{name}", name);
    this.panel = h(
      "section", { class: "panel", id: "panel", role: "dialog", "aria-label": title, tabindex: -1 },
      this.makeHeader(name), log, this.makeComposer(), this.alert,
    );
    this.panel.inert = true;
    this.launcher = h(
      "button", { class: "launcher", type: "button", "aria-expanded": "false",
                  "aria-controls": "panel", "aria-haspopup": "dialog", click: () => this.toggle() },
      icon("shut", "0 0 24 24", ...kChat), icon("opened", "0 0 24 24", ...kDown), this.badge,
    );
    this.root = h("div", { class: "aura" }, this.panel, this.launcher);
    this.root.addEventListener("keydown", (event) => this.keyPressed(event));
    window.visualViewport?.addEventListener("resize", () => this.fitPhone());
    window.visualViewport?.addEventListener("scroll", () => this.fitPhone());
    this.showUnread(0);
  }

  toggle(): void {
    if (this.isOpen) this.close();
    else this.open(true);
  }

  open(takeFocus: boolean): void {
    if (this.isOpen) return;
    this.setOpen(true);
    this.returnFocus = deepFocus();
    this.actions.toggled(true);
    // On a phone focus in the input would raise the keyboard over the greeting.
    if (takeFocus) (this.isPhone() ? this.panel : this.input).focus({ preventScroll: true });
  }

  close(): void {
    if (!this.isOpen) return;
    this.setOpen(false);
    this.actions.toggled(false);
    const back = this.returnFocus?.isConnected ? this.returnFocus : this.launcher;
    (back === document.body ? this.launcher : back).focus({ preventScroll: true });
  }

  showStatus(text: string, connected: boolean): void {
    this.root.classList.toggle("connected", connected);
    if (this.status.textContent !== text) this.status.textContent = text;
  }

  showUnread(count: number): void {
    this.badge.hidden = count === 0;
    this.badge.textContent = count > 9 ? "9+" : String(count);
    const { open, close, unread } = this.strings;
    const label = this.isOpen ? close : count ? `${open} (${count} ${unread})` : open;
    this.launcher.setAttribute("aria-label", label);
  }

  announce(text: string): void {
    this.alert.textContent = text;
  }

  focusInput(): void {
    if (!this.isPhone()) this.input.focus({ preventScroll: true });
  }

  private setOpen(open: boolean): void {
    this.isOpen = open;
    this.root.classList.toggle("open", open);
    this.panel.inert = !open;
    this.panel.setAttribute("aria-modal", String(open));
    this.launcher.setAttribute("aria-expanded", String(open));
    this.showUnread(0);
    this.fitPhone();
    const page = document.documentElement.style;
    if (open && this.isPhone()) {
      this.pageOverflow = page.overflow;
      page.overflow = "hidden";
    } else if (page.overflow === "hidden") {
      page.overflow = this.pageOverflow;
    }
  }

  private isPhone(): boolean {
    return getComputedStyle(this.root).getPropertyValue("--phone").trim() === "1";
  }

  /** The on-screen keyboard shrinks what is visible, not the page: follow what is visible. */
  private fitPhone(): void {
    const visible = window.visualViewport;
    if (!visible || !this.isOpen) return;
    this.panel.style.setProperty("--height", `${visible.height}px`);
    this.panel.style.setProperty("--top", `${visible.offsetTop}px`);
  }

  private makeHeader(name: string): HTMLElement {
    const close = h("button", { class: "close", type: "button", "aria-label": this.strings.close,
                                click: () => this.close() }, icon("", "0 0 24 24", ...kClose));
    return h(
      "header", {}, avatar(),
      h("div", { class: "who" }, h("h2", { dir: "auto" }, name), this.status), close,
      icon("wave", "0 0 440 24", kHeaderWave),
    );
  }

  private makeInput(): HTMLTextAreaElement {
    const { placeholder } = this.strings;
    return h("textarea", {
      rows: 1, maxlength: kMaxCharacters, placeholder, "aria-label": placeholder, dir: "auto",
      enterkeyhint: "send", autocomplete: "off", input: () => this.inputChanged(),
    });
  }

  private makeComposer(): HTMLElement {
    return h("form", { class: "composer", submit: (event) => this.submit(event) },
             this.input, this.sendButton);
  }

  private inputChanged(): void {
    this.grow();
    if (this.input.value.trim()) this.actions.typing();
  }

  private grow(): void {
    const { input } = this;
    this.root.classList.toggle("ready", input.value.trim() !== "");
    input.style.height = "auto";
    input.style.height = `${Math.min(input.scrollHeight, kMaxInputPx)}px`;
  }

  private submit(event?: Event): void {
    event?.preventDefault();
    const text = this.input.value.trim();
    if (!text) return;
    this.input.value = "";
    this.grow();
    this.actions.send(text);
    this.input.focus({ preventScroll: true });
  }

  private keyPressed(event: KeyboardEvent): void {
    // The host page must not act on what is typed here (shortcuts, its own Escape).
    event.stopPropagation();
    const composing = event.isComposing || event.keyCode === 229;
    if (event.key === "Escape" && this.isOpen && !composing) this.close();
    if (event.key === "Tab" && this.isOpen) this.trap(event);
    if (event.key === "Enter" && event.target === this.input && !event.shiftKey && !composing) {
      this.submit(event);
    }
  }

  /** Tab stays inside the open dialog; Escape leaves it. */
  private trap(event: KeyboardEvent): void {
    const all = this.panel.querySelectorAll<HTMLElement>("button,textarea,a[href],[tabindex='0']");
    const stops = [...all].filter((e) => e.getClientRects().length > 0);
    const first = stops[0];
    const last = stops[stops.length - 1];
    const here = (this.root.getRootNode() as ShadowRoot).activeElement;
    const inside = here !== null && this.panel.contains(here) && here !== this.panel;
    const leaving = event.shiftKey ? here === first : here === last;
    if (inside && !leaving) return;
    event.preventDefault();
    (event.shiftKey ? last : first)?.focus();
  }
}

function deepFocus(): HTMLElement | null {
  let focused = document.activeElement;
  while (focused?.shadowRoot?.activeElement) focused = focused.shadowRoot.activeElement;
  return focused instanceof HTMLElement ? focused : null;
}
