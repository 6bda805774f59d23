// `./dev faults [F1 F8 …]`: the fault table at its own counts. One line a row: what was produced, how long it took,
// whether the engine did what the table expects. What the tests printed is kept in build/release/faults/ROW.log.
// A test that covers several rows runs once. Exit status 1: a row failed.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { counts_of, kRows } from "./rows.mjs";

const kRoot = fileURLToPath(new URL("../..", import.meta.url));
const kBuild = join(kRoot, "build/release");
const kShownLines = 40; // of a run that failed

const rows = process.argv.slice(2).map((name) => name.toUpperCase());
const unknown = rows.filter((row) => !kRows[row]);
if (unknown.length > 0) {
  console.error(`faults: no row ${unknown.join(", ")}; there are ${Object.keys(kRows).join(" ")}`);
  process.exit(2);
}

// What CMake tells the end-to-end tests: where the programs and libraries are.
const environment = Object.fromEntries(readFileSync(join(kBuild, "tests/e2e/environment"), "utf8")
  .split("\n").filter(Boolean).map((line) => [line.slice(0, line.indexOf("=")), line.slice(line.indexOf("=") + 1)]));

function command_of({ file, program, args = [] }) {
  if (file) return [process.execPath, "--test", "--test-reporter=spec", file];
  return [program.includes("/") ? program : join(kBuild, "bin", program), ...args];
}

async function execute(one) {
  const [program, ...args] = command_of(one);
  const env = { ...process.env, ...environment, AURA_FAULTS: "full", ...one.env };
  const child = spawn(program, args, { cwd: kRoot, env, stdio: ["ignore", "pipe", "pipe"] });
  let output = `\n== ${[program, ...args].join(" ")}\n`;
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (part) => (output += part));
  const [code] = await Promise.race([once(child, "close"), once(child, "error").then(([error]) => [error.code])]);
  const nothing = /^\[  PASSED  \] 0 tests|^ℹ pass 0$/m.test(output);
  return { output, passed: code === 0 && !nothing && (one.holds?.(output) ?? true) };
}

const done = new Map(); // what ran already → its result
function run_once(one) {
  const key = JSON.stringify([one.file, one.program, one.args, one.env]);
  if (!done.has(key)) done.set(key, execute(one));
  return done.get(key);
}

async function run_row(row) {
  const began = performance.now();
  const counts = counts_of(row, 1);
  const results = [];
  for (const one of kRows[row].runs(counts)) results.push(await run_once(one));
  const passed = results.every((result) => result.passed);
  writeFileSync(join(kBuild, "faults", `${row}.log`), results.map(({ output }) => output).join(""));
  const figures = Object.entries(counts).map(([what, figure]) => `${what} ${figure}`).join(", ");
  const seconds = ((performance.now() - began) / 1000).toFixed(0);
  console.log([row.padEnd(4), kRows[row].fault.padEnd(28), figures.padEnd(38), `${seconds} s`.padStart(6),
    passed ? "passed" : "FAILED"].join("  "));
  for (const { output } of results.filter((result) => !result.passed))
    console.log(output.trimEnd().split("\n").slice(-kShownLines).join("\n"));
  return passed;
}

mkdirSync(join(kBuild, "faults"), { recursive: true });
let failed = 0;
for (const row of rows.length > 0 ? rows : Object.keys(kRows)) failed += (await run_row(row)) ? 0 : 1;
console.log(failed === 0 ? "faults: the engine did what the table expects" : `faults: ${failed} rows failed (build/release/faults)`);
process.exit(failed === 0 ? 0 : 1);
