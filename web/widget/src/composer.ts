// The composer: the growing text field, the send button, the file picker and the phone's camera. The code for
// files is loaded when the visitor chooses the first file.

import { h, icon } from "./dom";
import type { Strings } from "./i18n";
import { kCamera, kClip, kSend } from "./icons";
import type { UploadLimits } from "./protocol";
import type { Uploaded } from "./store";
import type { Tray } from "./more/more";

const kMaxInputPx = 132;
const kMaxCharacters = 4000;
const kAccepted = "image/*,video/*,audio/*,.pdf,.doc,.docx,.xls,.xlsx,.txt,.csv";

export interface ComposerActions {
  send(text: string, files: Uploaded[]): void;
  typing(): void;
  announce(text: string): void;
  /** Loads the part for files; null if loading failed. */
  tray(limits: UploadLimits): Promise<Tray | null>;
}

export class Composer {
  readonly element: HTMLElement;
  readonly input: HTMLTextAreaElement;
  readonly #send: HTMLElement;
  readonly #pick: HTMLElement;
  #limits: UploadLimits | null = null;
  #tray: Promise<Tray | null> | null = null;
  #files: Tray | null = null;

  constructor(private readonly strings: Strings, private readonly actions: ComposerActions) {
    const { placeholder, camera, attach, send } = strings;
    this.input = h("textarea", {
      rows: 1, maxlength: kMaxCharacters, placeholder, "aria-label": placeholder, dir: "auto",
      enterkeyhint: "send", autocomplete: "off", input: () => this.#changed(),
      paste: (event) => this.#takeFrom(event, (event as ClipboardEvent).clipboardData),
    });
    this.#send = h("button", { class: "send", type: "submit", "aria-label": send }, icon("", ...kSend));
    this.#pick = h("div", { class: "pick", hidden: true },
      ...this.#picker("camera", camera, kCamera, { accept: "image/*", capture: "environment" }),
      ...this.#picker("attach", attach, kClip, { accept: kAccepted, multiple: true }));
    this.element = h("form", { class: "composer", submit: (event) => this.submit(event) },
                     this.#pick, this.input, this.#send);
    this.showReady();
  }

  /** Lets the visitor drop files anywhere on `panel`. */
  takeDrops(panel: HTMLElement): void {
    const mark = (over: boolean): void => void panel.classList.toggle("dropping", over);
    panel.addEventListener("dragover", (event) => {
      if (!this.#limits || !event.dataTransfer?.types.includes("Files")) return;
      event.preventDefault();
      mark(true);
    });
    panel.addEventListener("dragleave", (event) => {
      if (!panel.contains(event.relatedTarget as Node | null)) mark(false);
    });
    panel.addEventListener("drop", (event) => {
      mark(false);
      this.#takeFrom(event, event.dataTransfer);
    });
  }

  allow(limits: UploadLimits | null): void {
    this.#limits = limits;
    this.#pick.hidden = !limits;
  }

  preview(uploadId: string): HTMLElement | null {
    return this.#files?.preview(uploadId) ?? null;
  }

  submit(event?: Event): void {
    event?.preventDefault();
    const text = this.input.value.trim();
    if (this.#files?.waiting) {
      const { uploading, notUploaded } = this.strings;
      return this.actions.announce(this.#files.stuck ? notUploaded : uploading);
    }
    if (!text && (this.#files?.empty ?? true)) return;
    this.input.value = "";
    this.actions.send(text, this.#files?.take() ?? []);
    this.#grow();
    this.input.focus({ preventScroll: true });
  }

  async add(files: File[]): Promise<void> {
    if (!this.#limits || !files.length) return;
    this.#tray ??= this.actions.tray(this.#limits);
    const tray = await this.#tray;
    if (!tray) {
      this.#tray = null;
      return this.actions.announce(this.strings.notUploaded);
    }
    if (!this.#files) this.element.prepend(tray.element);
    this.#files = tray;
    tray.add(files);
  }

  /** Enables the send button if there is something to send and all its files are uploaded. */
  showReady(): void {
    const { waiting, empty } = this.#files ?? { waiting: false, empty: true };
    const ready = (this.input.value.trim() !== "" || !empty) && !waiting;
    this.element.classList.toggle("ready", ready);
    this.#send.setAttribute("aria-disabled", String(!ready));
  }

  #takeFrom(event: Event, data: DataTransfer | null): void {
    const files = [...(data?.files ?? [])];
    if (!files.length || !this.#limits) return;
    event.preventDefault();
    void this.add(files);
  }

  #picker(name: string, label: string, shapes: string[], more: Record<string, string | boolean>): HTMLElement[] {
    const input = h("input", {
      type: "file", hidden: true, ...more, change: () => {
        void this.add([...(input.files ?? [])]);
        input.value = "";
      },
    });
    const open = h("button", { type: "button", class: name, "aria-label": label, title: label,
                               click: () => input.click() }, icon("", ...shapes));
    return [open, input];
  }

  #changed(): void {
    this.#grow();
    if (this.input.value.trim()) this.actions.typing();
  }

  #grow(): void {
    const { input } = this;
    this.showReady();
    input.style.height = "auto";
    input.style.height = `${Math.min(input.scrollHeight, kMaxInputPx)}px`;
  }
}
