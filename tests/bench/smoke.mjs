// One suite of aura-bench in its smallest run: it must end well and print the lines that bench/README promises, each
// with its figure, and with the reference, the ratio and the target that belong to it. The figures themselves
// mean nothing here. node smoke.mjs SUITE
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";

const kSmallest = ["--seconds", "0.3", "--rounds", "1", "--senders", "200", "--pages", "4", "--items", "20",
  "--conversations", "1000", "--sockets", "50"];

// Of each line: what it is called, and what it must have beside its value. "ratio" includes the reference.
const kLines = {
  ingest: [[/^max throughput/, "ratio", "target"], [/^written to the device/, "ratio", "target"],
    [/^ack p99 at 50 %/, "reference", "target"], [/^ack p99 at 90 %/, "reference", "target"]],
  job: [[/^whole jobs/, "ratio", "target", "fsyncs/job"], [/^jobs wrong, lost or doubled/, "target"]],
  actors: [[/^engine actor hop/, "ratio", "target"], [/^actor with its card/, "ratio"], [/^conversation awake/],
    [/^activation, warm/, "target"], [/^activation, cold/, "target"]],
  webchat: [[/^memory of an idle visitor/, "target"], [/^message to durable ack/]],
  growth: [[/^1000 conversations/, "ratio", "messages"], [/^memory of 1000 idle/, "target"], [/^operator's page/, "target"]],
  recovery: [[/^kill -9 after/, "target"]],
  fairness: [[/^quiet job p99/, "ratio", "target"], [/^quiet ack p99/, "ratio"]],
  inspect: [[/^being countable/, "target"], [/^watched each second/, "ratio", "target"]],
};

const suite = process.argv[2];
const run = spawnSync(process.env.AURA_BENCH, [suite, ...kSmallest, "--aura", process.env.AURA_BIN, "--json"],
  { encoding: "utf8", timeout: 280_000 });
assert.equal(run.status, 0, `${run.stderr}\nexit status ${run.status}`);
const results = run.stdout.trim().split("\n").map((line) => JSON.parse(line));
assert.equal(results.length, kLines[suite].length, run.stdout);

const is_number = (value) => typeof value === "number" && Number.isFinite(value);
kLines[suite].forEach(([name, ...has], i) => {
  const line = results[i];
  assert.equal(line.suite, suite);
  assert.match(line.name, name);
  assert.ok(is_number(line.value) && line.value >= 0 && line.unit.length > 0, JSON.stringify(line));
  for (const what of has) {
    assert.ok(is_number(line[what]), `${line.name}: ${what} is ${line[what]}`);
    // The sanitizer's allocator does not say how much is in use.
    if (what === "ratio" && process.env.AURA_SANITIZE && line.unit === "bytes" && line.reference === 0) continue;
    const fits = () => Math.abs(line.ratio - line.value / line.reference) < 0.001 * (1 + line.ratio);
    if (what === "ratio") assert.ok(fits(), JSON.stringify(line));
    if (what === "target") assert.equal(typeof line.met, "boolean");
  }
});
assert.equal(results.find(({ name }) => name.startsWith("jobs wrong"))?.value ?? 0, 0, "an answer was wrong");
console.log(results.map(({ name, unit, value }) => `${name}: ${value} ${unit}`).join("\n"));
