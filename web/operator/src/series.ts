// The past values of each figure for the sparklines, in memory only.

const kKept = 90;
const lines = new Map<string, number[]>();
const totals = new Map<string, { at: number; value: number }>();

/** Adds a value and returns the series so far. */
export function remember(name: string, value: number): number[] {
  const line = lines.get(name) ?? [];
  line.push(value);
  if (line.length > kKept) line.shift();
  lines.set(name, line);
  return line;
}

/** Growth of a counter per second since the last call. */
export function rate(name: string, total: number): number {
  const now = performance.now();
  const before = totals.get(name);
  totals.set(name, { at: now, value: total });
  if (!before || now - before.at < 200) return 0;
  return Math.max(0, (total - before.value) / ((now - before.at) / 1000));
}

/** Sums one metric in Prometheus text over its labels. */
export function metric(text: string, name: string, labels = ""): number {
  let sum = 0;
  for (const line of text.split("\n")) {
    if (!line.startsWith(name) || (line[name.length] !== "{" && line[name.length] !== " ")) continue;
    if (labels && !line.includes(labels)) continue;
    sum += Number(line.slice(line.lastIndexOf(" ") + 1));
  }
  return sum;
}
