// Loads a part of the widget when it is first requested. After a failure the next request tries again.

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
