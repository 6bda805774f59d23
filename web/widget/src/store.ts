// The widget's data in the visitor's browser. Each fact has its own key, so that tabs never overwrite each
// other's messages:
//   aura.<widget key>.consent      the visitor agreed to storage (only if the page asks)
//   aura.<widget key>.visitor      the token that resumes the conversation
//   aura.<widget key>.read         id of the last message the visitor has seen
//   aura.<widget key>.out.<uuid>   one message that the server has not acknowledged yet
// Nothing is written before the visitor opens the chat, and with `ask` nothing before they agree. Until then,
// and where the browser refuses storage (private mode, blocked cookies), the facts are kept in memory, so the
// chat works until the visitor leaves the page.

/** What is needed to send a message again; `user` identifies its author, if the page named one. */
export interface Queued {
  clientId: string;
  text: string;
  payload: string;
  uploads: Uploaded[];
  user: string;
  at: number;
  failed: boolean;
}

export interface Uploaded {
  id: string;
  name: string;
}

export class Store {
  readonly #prefix: string;
  readonly #memory = new Map<string, string>();
  #allowed: boolean;

  constructor(widgetKey: string, private readonly ask: boolean) {
    this.#prefix = `aura.${widgetKey}.`;
    this.#allowed = true;
    this.#allowed = !ask || this.#get("consent") === "1";
  }

  /** Whether the visitor has not agreed to storage. */
  get undecided(): boolean {
    return !this.#allowed;
  }

  /** Yes: moves the facts from memory to storage. No: deletes them from storage and keeps them in memory. */
  decide(agreed: boolean): void {
    if (agreed === this.#allowed) return;
    const facts = this.#names().map((name) => [name, this.#get(name)] as const);
    if (!agreed) for (const [name] of facts) this.#remove(name);
    this.#allowed = agreed;
    if (agreed && this.ask) this.#set("consent", "1");
    for (const [name, value] of facts) if (name !== "consent") this.#set(name, value);
  }

  get visitor(): string {
    return this.#get("visitor");
  }
  set visitor(token: string) {
    if (token) this.#set("visitor", token);
    else this.#remove("visitor");
  }

  get read(): string {
    return this.#get("read");
  }
  set read(messageId: string) {
    this.#set("read", messageId);
  }

  /** Whether the panel was open when this tab left the previous page. */
  get open(): boolean {
    try {
      return this.#allowed && sessionStorage.getItem(`${this.#prefix}open`) === "1";
    } catch {
      return false;
    }
  }
  set open(open: boolean) {
    try {
      if (open && this.#allowed) sessionStorage.setItem(`${this.#prefix}open`, "1");
      else sessionStorage.removeItem(`${this.#prefix}open`);
    } catch {
      // Storage is refused: the panel starts closed on the next page.
    }
  }

  queued(): Queued[] {
    const found: Queued[] = [];
    for (const name of this.#names()) {
      if (!name.startsWith("out.")) continue;
      try {
        const { text, payload, uploads, user, at, failed } = JSON.parse(this.#get(name)) as Partial<Queued>;
        if (typeof text === "string" && typeof at === "number") {
          found.push({ clientId: name.slice(4), text, payload: payload ?? "", uploads: uploads ?? [],
                       user: user ?? "", at, failed: failed === true });
        }
      } catch {
        this.#remove(name);
      }
    }
    return found.sort((a, b) => a.at - b.at);
  }

  saveQueued({ clientId, ...rest }: Queued): void {
    this.#set(`out.${clientId}`, JSON.stringify(rest));
  }

  removeQueued(clientId: string): void {
    this.#remove(`out.${clientId}`);
  }

  /** Calls back when another tab of this visitor changes the stored facts. */
  watch(changed: (name: string, value: string | null) => void): void {
    addEventListener("storage", (event) => {
      if (!event.key?.startsWith(this.#prefix)) return;
      const name = event.key.slice(this.#prefix.length);
      if (name === "consent") this.decide(event.newValue === "1");
      changed(name, event.newValue);
    });
  }

  #names(): string[] {
    const names = new Set(this.#memory.keys());
    try {
      for (let i = 0; this.#allowed && i < localStorage.length; i++) {
        const key = localStorage.key(i);
        if (key?.startsWith(this.#prefix)) names.add(key.slice(this.#prefix.length));
      }
    } catch {
      // Storage is refused: use memory only.
    }
    return [...names];
  }

  #get(name: string): string {
    try {
      const kept = this.#allowed ? localStorage.getItem(this.#prefix + name) : null;
      return kept ?? this.#memory.get(name) ?? "";
    } catch {
      return this.#memory.get(name) ?? "";
    }
  }

  #set(name: string, value: string): void {
    try {
      if (!this.#allowed) throw 0;
      localStorage.setItem(this.#prefix + name, value);
      this.#memory.delete(name);
    } catch {
      this.#memory.set(name, value);
    }
  }

  #remove(name: string): void {
    this.#memory.delete(name);
    try {
      if (this.#allowed) localStorage.removeItem(this.#prefix + name);
    } catch {
      // Storage is refused: nothing was stored.
    }
  }
}
