// The files chosen for the next message, above the composer: preview, progress, errors in words, and a remove
// button.

import { h, icon } from "../dom";
import { fill, type Strings } from "../i18n";
import { kClose, kFile } from "../icons";
import type { UploadLimits } from "../protocol";
import type { Uploaded } from "../store";
import { readableSize } from "./size";
import { thumbnail } from "./thumbnails";
import { Uploads, type Upload } from "./uploads";
import type { MoreStrings } from "./words";

export interface TrayActions {
  address(): string;
  announce(text: string): void;
  changed(): void;
}

export class Tray {
  readonly element = h("ul", { class: "tray", hidden: true });
  readonly #uploads: Uploads;
  readonly #rows = new Map<Upload, HTMLElement>();
  readonly #sent = new Map<string, File>();

  constructor(
    private readonly strings: Strings & MoreStrings,
    private readonly limits: UploadLimits,
    private readonly actions: TrayActions,
  ) {
    this.#uploads = new Uploads(actions.address, () => this.#render());
  }

  get waiting(): boolean {
    return this.#uploads.list.some((upload) => !upload.done);
  }

  /** True if a file has failed to upload: the message waits until the visitor retries or removes it. */
  get stuck(): boolean {
    return this.#uploads.list.some((upload) => upload.trouble !== "");
  }

  get empty(): boolean {
    return !this.#uploads.list.length;
  }

  add(files: readonly File[]): void {
    const left = this.#uploads.add(files, this.limits);
    if (left) this.actions.announce(fill(this.strings.tooMany, String(this.limits.files)));
  }

  /** Removes and returns the uploaded files, for a message. */
  take(): Uploaded[] {
    const taken = this.#uploads.list.flatMap(({ done, file }) => (done ? [{ done, file }] : []));
    for (const { done, file } of taken) this.#sent.set(done.id, file);
    this.#uploads.clear();
    return taken.map(({ done }) => done);
  }

  /** A thumbnail of a file that was sent from this page. */
  preview(uploadId: string): HTMLElement | null {
    const file = this.#sent.get(uploadId);
    return file ? thumbnail(file) : null;
  }

  #render(): void {
    const { list } = this.#uploads;
    this.element.hidden = !list.length;
    for (const [upload, row] of this.#rows) {
      if (list.includes(upload)) continue;
      row.remove();
      this.#rows.delete(upload);
    }
    for (const upload of list) this.#draw(upload);
    this.actions.changed();
  }

  #draw(upload: Upload): void {
    let row = this.#rows.get(upload);
    if (!row) {
      row = this.#newRow(upload);
      this.#rows.set(upload, row);
      this.element.append(row);
    }
    const trouble = this.#trouble(upload);
    const bar = row.querySelector("progress");
    const note = row.querySelector(".size");
    row.classList.toggle("wrong", trouble !== "");
    row.querySelector<HTMLElement>(".retry")?.toggleAttribute("hidden", upload.trouble !== "lost");
    if (bar) {
      bar.hidden = trouble !== "" || upload.done !== null;
      bar.value = upload.progress;
    }
    const text = trouble || readableSize(upload.file.size);
    if (!note || note.textContent === text) return;
    note.textContent = text;
    if (trouble) this.actions.announce(`${upload.file.name}: ${trouble}`);
  }

  #newRow(upload: Upload): HTMLElement {
    const { name } = upload.file;
    const { remove, retry, uploading } = this.strings;
    return h(
      "li", {},
      thumbnail(upload.file) ?? icon("kind", ...kFile),
      h("span", { class: "what" },
        h("span", { class: "name", dir: "auto" }, name),
        h("span", { class: "size" }),
        h("progress", { max: 1, "aria-label": `${uploading}: ${name}` }),
        h("button", { type: "button", class: "retry", hidden: true,
                      click: () => this.#uploads.retry(upload) }, retry)),
      h("button", { type: "button", class: "drop", "aria-label": `${remove}: ${name}`,
                    click: () => this.#uploads.remove(upload) }, icon("", ...kClose)),
    );
  }

  #trouble({ trouble, detail }: Upload): string {
    const { tooBig, refused, notUploaded } = this.strings;
    if (trouble === "big") return fill(tooBig, readableSize(this.limits.bytes));
    if (trouble === "refused") return detail || refused;
    return trouble && notUploaded;
  }
}
