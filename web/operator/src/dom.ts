// Creates elements. Values are always inserted as text, never parsed as HTML.

export type Child = Node | string | number | null | undefined | false;
export type Attributes = Record<string, string | number | boolean | ((event: Event) => void) | undefined>;

export function h(tag: string, attributes: Attributes = {}, ...children: (Child | Child[])[]): HTMLElement {
  const element = document.createElement(tag);
  set(element, attributes);
  element.append(...nodes(children));
  return element;
}

function set(element: Element, attributes: Attributes): void {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === false) continue;
    if (typeof value === "function") element.addEventListener(name, value);
    else element.setAttribute(name, value === true ? "" : String(value));
  }
}

function nodes(children: (Child | Child[])[]): (Node | string)[] {
  return children.flat().filter((c) => c !== null && c !== undefined && c !== false && c !== "")
    .map((c) => (typeof c === "number" ? String(c) : c) as Node | string);
}

// Taken from an element of the page, so that this file contains no URL.
const kSvg = document.querySelector("svg")!.namespaceURI!;

export function svg(tag: string, attributes: Attributes = {}, ...children: Node[]): SVGElement {
  const element = document.createElementNS(kSvg, tag) as SVGElement;
  set(element, attributes);
  element.append(...children);
  return element;
}

/** A sparkline of the last values; its scale begins at zero. */
export function sparkline(values: number[], label: string, width = 120, height = 28): SVGElement {
  const most = Math.max(...values, 1e-9);
  const line_of = values.length === 1 ? [values[0]!, values[0]!] : values;  // draws a single value as a flat line
  const step = width / Math.max(line_of.length - 1, 1);
  const points = line_of.map((v, i) => `${(i * step).toFixed(1)},${(height - 2 - (v / most) * (height - 4)).toFixed(1)}`);
  const line = points.join(" ");
  return svg("svg", { class: "spark", viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": label, preserveAspectRatio: "none" },
    svg("polygon", { points: `0,${height} ${line} ${width},${height}` }),
    svg("polyline", { points: line }));
}

/** A histogram as labelled bars. */
export function bars(rows: { label: string; count: number }[], label: string): HTMLElement {
  const most = Math.max(...rows.map(({ count }) => count), 1);
  return h("div", { class: "bars", role: "img", "aria-label": label },
    rows.map(({ label: name, count }) => {
      const bar = h("i");
      bar.style.height = `${count === 0 ? 0 : Math.max(4, 100 * Math.log1p(count) / Math.log1p(most))}%`;
      return h("span", { title: `${name}: ${number(count)}` }, h("em", {}, bar), h("small", {}, name));
    }));
}

export function table(heads: string[], rows: HTMLElement[], empty: string): HTMLElement {
  if (rows.length === 0) return h("p", { class: "empty" }, empty);
  for (const row of rows) [...row.children].forEach((cell, i) => { if (cell instanceof HTMLElement) cell.dataset.head = (heads[i] ?? "").replace(/^#/, ""); });
  const role = rows.some((row) => row.tabIndex === 0) ? "grid" : undefined;  // a grid if its rows can be opened
  return h("div", { class: "scroll" }, h("table", { role },
    h("thead", {}, h("tr", {}, heads.map((head) => head.startsWith("#")
      ? h("th", { class: "n", scope: "col" }, head.slice(1)) : h("th", { scope: "col" }, head)))),
    h("tbody", {}, rows)));
}

export const td = (value: Child | Child[], attributes: Attributes = {}) => h("td", attributes, value);
export const tdn = (value: Child) => h("td", { class: "n" }, value);
export const badge = (text: string) => h("span", { class: "badge", "data-s": text }, text.replaceAll("_", " "));

export function card(title: string, ...children: (Child | Child[])[]): HTMLElement {
  return h("section", { class: "card" }, h("h2", {}, title), ...children);
}

export function facts(pairs: [string, Child][]): HTMLElement {
  return h("dl", { class: "facts" }, pairs.flatMap(([name, value]) => [h("dt", {}, name), h("dd", {}, value ?? "–")]));
}

// ---- formatting of values

export function number(value: number): string {
  return value.toLocaleString("en", { maximumFractionDigits: Math.abs(value) < 10 ? 2 : Math.abs(value) < 100 ? 1 : 0 });
}

export function bytes(value: number): string {
  for (const [unit, size] of [["GiB", 2 ** 30], ["MiB", 2 ** 20], ["KiB", 2 ** 10]] as const) {
    if (value >= size) return `${number(value / size)} ${unit}`;
  }
  return `${value} B`;
}

export function micros(us: number): string {
  if (us >= 1e6) return `${number(us / 1e6)} s`;
  return us >= 1000 ? `${number(us / 1000)} ms` : `${number(us)} µs`;
}

export const percent = (share: number) => `${number(100 * share)} %`;

export function ago(time: string | null | undefined): string {
  if (!time) return "–";
  const seconds = (Date.now() - Date.parse(time)) / 1000;
  if (seconds < 0) return `in ${span(-seconds)}`;
  return seconds < 1 ? "now" : `${span(seconds)} ago`;
}

function span(seconds: number): string {
  for (const [unit, size] of [["d", 86400], ["h", 3600], ["min", 60]] as const) {
    if (seconds >= size) return `${Math.floor(seconds / size)} ${unit}`;
  }
  return `${Math.floor(seconds)} s`;
}

export function clock(time: string | null | undefined): HTMLElement {
  if (!time) return h("span", {}, "–");
  return h("time", { datetime: time, title: time }, time.slice(11, 23));
}
