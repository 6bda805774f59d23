// What the page remembers to draw lines: the last values of each figure it has seen, in memory only.

const kKept = 90;
const lines = new Map<string, number[]>();
const totals = new Map<string, { at: number; value: number }>();

/** Adds a value and gives the line so far. */
export function remember(name: string, value: number): number[] {
  const line = lines.get(name) ?? [];
  line.push(value);
  if (line.length > kKept) line.shift();
  lines.set(name, line);
  return line;
}

/** A counter's growth a second since the last look. */
export function rate(name: string, total: number): number {
  const now = performance.now();
  const before = totals.get(name);
  totals.set(name, { at: now, value: total });
  if (!before || now - before.at < 200) return 0;
  return Math.max(0, (total - before.value) / ((now - before.at) / 1000));
}

/** The sum of one metric over its labels, of Prometheus text. */
export function metric(text: string, name: string, labels = ""): number {
  let sum = 0;
  for (const line of text.split("\n")) {
    if (!line.startsWith(name) || (line[name.length] !== "{" && line[name.length] !== " ")) continue;
    if (labels && !line.includes(labels)) continue;
    sum += Number(line.slice(line.lastIndexOf(" ") + 1));
  }
  return sum;
}
