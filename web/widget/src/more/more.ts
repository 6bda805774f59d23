// The lazily loaded part of the widget: sends files, and draws messages with files, links or items.

import { h, icon } from "../dom";
import type { Strings } from "../i18n";
import { kFile } from "../icons";
import type { Entry } from "../conversation";
import { objects, type Json, type UploadLimits } from "../protocol";
import { Cards, cardList } from "./cards";
import css from "./more.css";
import {
  readAttachment, readLinks, readMentions, type Attachment,
} from "./rich";
import { readableSize } from "./size";
import { Tray, type TrayActions } from "./tray";
import { moreWords, type MoreStrings } from "./words";

export { css };
export type { Tray, TrayActions };

const kAway = { target: "_blank", rel: "noopener noreferrer" };

export interface MoreContext {
  strings: Strings;
  tag: string;
  /** Base URL for addresses in messages. */
  base: string;
  askItems(ids: string[]): boolean;
}

export class More {
  readonly #cards: Cards;
  #tray: Tray | null = null;

  readonly #strings: Strings & MoreStrings;

  constructor(private readonly context: MoreContext) {
    this.#strings = { ...moreWords, ...context.strings };
    this.#cards = new Cards(context.base, (ids) => context.askItems(ids));
  }

  learn(items: readonly Json[]): void {
    this.#cards.learn(items);
  }

  tray(limits: UploadLimits, actions: TrayActions): Tray {
    return (this.#tray ??= new Tray(this.#strings, limits, actions));
  }

  /** Everything, besides the message itself, that the drawing depends on. */
  key({ message }: Entry): unknown {
    return message && [message.raw.attachments, message.raw.buttons, this.#cards.of(readMentions(message.raw))];
  }

  /** Files, drawn above the text. */
  files({ message, uploads }: Entry): HTMLElement[] {
    if (!message) return uploads.map(({ id, name }) => this.#localFile(id, name));
    return objects(message.raw.attachments)
      .map((file) => readAttachment(file, this.context.base))
      .flatMap((file) => (file ? [this.#attachment(file)] : []));
  }

  /** Links and cards, drawn below the text. */
  below({ message }: Entry): HTMLElement[] {
    if (!message) return [];
    const { tag } = this.context;
    const links = readLinks(message.raw).map(({ title, url }) =>
      h("a", { ...kAway, href: url, class: "action", dir: "auto" }, title));
    const cards = this.#cards.of(readMentions(message.raw));
    return cards.length ? [...links, cardList(cards, tag, this.#strings)] : links;
  }

  #attachment(file: Attachment): HTMLElement {
    const { picture, attachment, coming } = this.#strings;
    const label = file.name || (file.image ? picture : attachment);
    if (file.state !== "there") {
      const note = file.state === "pending" ? coming : file.problem;
      return h("span", { class: "file away" }, fileIcon(), h("span", {}, label, h("small", {}, note)));
    }
    const link = { ...kAway, href: file.url };
    if (file.image) {
      return h("a", { ...link, class: "photo" }, h("img", { src: file.url, alt: label, loading: "lazy" }));
    }
    return h("a", { ...link, class: "file" }, fileIcon(),
             h("span", {}, label, h("small", {}, readableSize(file.size))));
  }

  #localFile(uploadId: string, name: string): HTMLElement {
    return this.#tray?.preview(uploadId) ?? h("span", { class: "file" }, fileIcon(), h("span", {}, name));
  }
}

const fileIcon = (): SVGSVGElement => icon("kind", ...kFile);
