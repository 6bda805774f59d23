// A part of the widget that is fetched when it is first asked for. What could not be fetched is
// tried again when it is asked for later.

export class Lazy<T> {
  #value: T | null = null;
  #coming: Promise<T | null> | null = null;

  constructor(private readonly load: () => Promise<T>, private readonly arrived: () => void) {}

  now(): T | null {
    if (!this.#value) void this.get();
    return this.#value;
  }

  get(): Promise<T | null> {
    return (this.#coming ??= this.load().then((value) => {
      this.#value = value;
      this.arrived();
      return value;
    }, () => (this.#coming = null)));
  }
}
