// What the widget keeps in the visitor's browser, one key a fact so that tabs never overwrite
// each other's messages:
//   aura.<widget key>.visitor      the token that resumes the conversation
//   aura.<widget key>.read         id of the last message the visitor has seen
//   aura.<widget key>.out.<uuid>   one message that the server has not acknowledged yet
// Nothing is written before the visitor opens the chat. Where storage is refused (private mode,
// blocked cookies) memory stands in and the chat works until the page is left.

export interface Queued {
  clientId: string;
  text: string;
  at: number;
  failed: boolean;
}

export class Store {
  private readonly prefix: string;
  private readonly memory = new Map<string, string>();

  constructor(widgetKey: string) {
    this.prefix = `aura.${widgetKey}.`;
  }

  get visitor(): string {
    return this.get("visitor");
  }
  set visitor(token: string) {
    this.set("visitor", token);
  }

  get read(): string {
    return this.get("read");
  }
  set read(messageId: string) {
    this.set("read", messageId);
  }

  queued(): Queued[] {
    const found: Queued[] = [];
    for (const name of this.names()) {
      if (!name.startsWith("out.")) continue;
      try {
        const { text, at, failed } = JSON.parse(this.get(name)) as Partial<Queued>;
        if (typeof text === "string" && typeof at === "number") {
          found.push({ clientId: name.slice(4), text, at, failed: failed === true });
        }
      } catch {
        this.remove(name);
      }
    }
    return found.sort((a, b) => a.at - b.at);
  }

  saveQueued({ clientId, text, at, failed }: Queued): void {
    this.set(`out.${clientId}`, JSON.stringify({ text, at, failed }));
  }

  removeQueued(clientId: string): void {
    this.remove(`out.${clientId}`);
  }

  /** Calls back when another tab of this visitor changes what is kept. */
  watch(changed: (name: string, value: string | null) => void): void {
    addEventListener("storage", (event) => {
      if (event.key?.startsWith(this.prefix)) {
        changed(event.key.slice(this.prefix.length), event.newValue);
      }
    });
  }

  private names(): string[] {
    const names = [...this.memory.keys()];
    try {
      for (let i = 0; i < localStorage.length; i++) {
        const key = localStorage.key(i);
        if (key?.startsWith(this.prefix)) names.push(key.slice(this.prefix.length));
      }
    } catch {
      // Storage is refused: memory is all there is.
    }
    return names;
  }

  private get(name: string): string {
    try {
      return localStorage.getItem(this.prefix + name) ?? this.memory.get(name) ?? "";
    } catch {
      return this.memory.get(name) ?? "";
    }
  }

  private set(name: string, value: string): void {
    try {
      localStorage.setItem(this.prefix + name, value);
    } catch {
      this.memory.set(name, value);
    }
  }

  private remove(name: string): void {
    this.memory.delete(name);
    try {
      localStorage.removeItem(this.prefix + name);
    } catch {
      // Storage is refused: nothing was kept there.
    }
  }
}
