// File uploads to the engine: each file is uploaded as soon as it is chosen, so that a message is sent with
// files that the engine already has. Independent of the page; the tray draws them.

import { webAddress, type UploadLimits } from "../protocol";
import type { Uploaded } from "../store";

const kTimeoutMs = 120_000;

export type Trouble = "big" | "refused" | "lost";

export interface Upload {
  file: File;
  progress: number;
  done: Uploaded | null;
  trouble: Trouble | "";
  detail: string;
  request: XMLHttpRequest | null;
}

export class Uploads {
  list: Upload[] = [];

  constructor(
    private readonly address: () => string,
    private readonly changed: () => void,
  ) {}

  /** Returns how many files exceeded the limit. */
  add(files: readonly File[], limits: UploadLimits): number {
    const taken = files.slice(0, Math.max(0, limits.files - this.list.length));
    for (const file of taken) {
      const upload: Upload = { file, progress: 0, done: null, trouble: "", detail: "", request: null };
      this.list.push(upload);
      if (file.size > limits.bytes) upload.trouble = "big";
      else this.#start(upload);
    }
    this.changed();
    return files.length - taken.length;
  }

  retry(upload: Upload): void {
    upload.trouble = "";
    this.#start(upload);
    this.changed();
  }

  remove(upload: Upload): void {
    upload.request?.abort();
    this.list = this.list.filter((other) => other !== upload);
    this.changed();
  }

  clear(): void {
    this.list = [];
    this.changed();
  }

  #start(upload: Upload): void {
    const request = new XMLHttpRequest();
    const form = new FormData();
    form.append("file", upload.file, upload.file.name || "photo.jpg");
    upload.request = request;
    request.open("POST", webAddress(this.address()));
    request.timeout = kTimeoutMs;
    request.upload.onprogress = ({ loaded, total }) => {
      upload.progress = total ? loaded / total : 0;
      this.changed();
    };
    request.onload = () => this.#answered(upload, request);
    request.onerror = request.ontimeout = () => this.#lost(upload, "lost", "");
    request.send(form);
  }

  #answered(upload: Upload, request: XMLHttpRequest): void {
    let answer: { id?: unknown; detail?: unknown } = {};
    try {
      answer = JSON.parse(request.responseText) as typeof answer;
    } catch {
      // A response that is not JSON did not come from the engine.
    }
    if (request.status === 201 && typeof answer.id === "string") {
      upload.done = { id: answer.id, name: upload.file.name };
      return this.changed();
    }
    const forGood = request.status >= 400 && request.status < 500 && request.status !== 429;
    this.#lost(upload, forGood ? (request.status === 413 ? "big" : "refused") : "lost", String(answer.detail ?? ""));
  }

  #lost(upload: Upload, trouble: Trouble, detail: string): void {
    upload.trouble = trouble;
    upload.detail = detail;
    upload.progress = 0;
    this.changed();
  }
}
