// Creates elements without ever parsing HTML: text from visitors or servers stays text, and host pages that
// enforce Trusted Types accept it.

type Props = Record<string, string | number | boolean | EventListener | undefined>;
type Child = Node | string | null | false;

export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K, props: Props = {}, ...children: Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === undefined || value === false) continue;
    if (typeof value === "function") element.addEventListener(name, value);
    else element.setAttribute(name, value === true ? "" : String(value));
  }
  element.append(...children.filter((c): c is Node | string => c !== null && c !== false));
  return element;
}

const kSvg = "http://www.w3.org/2000/svg";

/** An icon hidden from screen readers; `shapes` are path data, drawn in the current colour. */
export function icon(name: string, ...shapes: string[]): SVGSVGElement {
  const svg = document.createElementNS(kSvg, "svg");
  svg.setAttribute("class", name);
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  for (const d of shapes) {
    const path = document.createElementNS(kSvg, "path");
    path.setAttribute("d", d);
    svg.append(path);
  }
  return svg;
}
