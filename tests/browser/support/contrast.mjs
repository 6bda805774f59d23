// Computes the contrast of every visible text of the page and of the chat as defined by WCAG 2, against the
// painted background (for a gradient: its worst colour).

/** The texts below level AA: 4.5, or 3 for large text. */
export const lowContrast = (page) => page.evaluate(findLowContrast);

function findLowContrast() {
  const pen = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const parse = (colour) => {
    pen.clearRect(0, 0, 1, 1);
    pen.fillStyle = colour;
    pen.fillRect(0, 0, 1, 1);
    const [r, g, b, a] = pen.getImageData(0, 0, 1, 1).data;
    return [r, g, b, a / 255];
  };
  const over = ([r, g, b, a], [R, G, B]) => [r * a + R * (1 - a), g * a + G * (1 - a), b * a + B * (1 - a), 1];
  const channel = (v) => (v / 255 <= 0.03928 ? v / 255 / 12.92 : ((v / 255 + 0.055) / 1.055) ** 2.4);
  const light = ([r, g, b]) => 0.2126 * channel(r) + 0.7152 * channel(g) + 0.0722 * channel(b);
  const ratio = (a, b) => (Math.max(light(a), light(b)) + 0.05) / (Math.min(light(a), light(b)) + 0.05);
  const parent = (e) => e.parentElement ?? e.getRootNode().host ?? null;

  /** Every colour that may be behind this element. */
  const behind = (element) => {
    if (!element) return [parse(getComputedStyle(document.documentElement).colorScheme.includes("dark") && matchMedia("(prefers-color-scheme: dark)").matches ? "#121212" : "#fff")];
    const style = getComputedStyle(element);
    const flat = parse(style.backgroundColor);
    const stops = style.backgroundImage.match(/(?:rgba?|color)\([^()]*\)/g)?.map(parse) ?? [];
    if (flat[3] === 1 && stops.length === 0) return [flat];
    const below = flat[3] === 1 ? [flat] : behind(parent(element)).map((c) => over(flat, c));
    if (stops.length === 0) return below;
    return stops.filter((s) => s[3] > 0).flatMap((s) => below.map((c) => over(s, c)));
  };
  const opacity = (e) => (e ? parseFloat(getComputedStyle(e).opacity) * opacity(parent(e)) : 1);

  const roots = [document.body, document.querySelector("#aura-chat")?.shadowRoot].filter(Boolean);
  const low = [];
  for (const element of roots.flatMap((root) => [...root.querySelectorAll("*")])) {
    const text = [...element.childNodes].filter((n) => n.nodeType === 3).map((n) => n.data.trim()).join("");
    const style = getComputedStyle(element);
    const hidden = !element.getClientRects().length || style.visibility === "hidden" ||
      element.closest(".sr, .skip, style, script");
    if (hidden || !(text || element.placeholder)) continue;
    const size = parseFloat(style.fontSize);
    const large = size >= 24 || (size >= 18.66 && +style.fontWeight >= 700);
    const shown = text ? style : getComputedStyle(element, "::placeholder");
    const [r, g, b, a] = parse(shown.color);
    const worst = Math.min(...behind(element).map((c) => ratio(over([r, g, b, a * opacity(element)], c), c)));
    if (worst < (large ? 3 : 4.5)) low.push(`${text || element.placeholder}: ${worst.toFixed(2)}`);
  }
  return low;
}
