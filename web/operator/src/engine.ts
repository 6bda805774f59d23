// The sections Storage, and Build and settings.

import { type Engine, get, send } from "./api";
import { ago, bytes, card, facts, h, micros, number, sparkline, table, td, tdn } from "./dom";
import { remember } from "./series";
import { type View, shell } from "./view";

export const storage: View = {
  title: "Storage",
  key: "6",
  async draw() {
    const { storage: use } = await get<Engine>("/engine");
    const families = [...use.families].sort((a, b) => b.bytes + b.memory_bytes - a.bytes - a.memory_bytes);
    const all = families.reduce((sum, f) => sum + f.bytes, 0);
    const tile = (title: string, value: string, line: number[]) =>
      h("div", { class: "tile" }, h("h3", {}, title), h("strong", {}, value), sparkline(line, title));
    return [
      h("div", { class: "tiles" },
        tile("On disk", bytes(all), remember("s.all", all)),
        tile("Free", bytes(use.free_bytes), remember("s.free", use.free_bytes)),
        tile("fsync p50", micros(use.fsync.p50_us), remember("s.p50", use.fsync.p50_us)),
        tile("fsync p99", micros(use.fsync.p99_us), remember("s.p99", use.fsync.p99_us)),
        tile("To compact", bytes(use.compaction_pending_bytes), remember("s.pending", use.compaction_pending_bytes)),
        tile("Compactions", number(use.compactions_running), remember("s.compactions", use.compactions_running))),
      card("Column families", table(["Family", "#Keys (about)", "#On disk", "#In memory", "#Files"],
        families.map((f) => h("tr", {}, td(f.name), tdn(number(f.keys)), tdn(bytes(f.bytes)), tdn(bytes(f.memory_bytes)), tdn(number(f.files)))),
        "No family.")),
    ];
  },
};

const kLevels = ["trace", "debug", "info", "warn", "error"];

export const settings: View = {
  title: "Build and settings",
  key: "8",
  still: true,
  async draw() {
    const [engine, { level }] = await Promise.all([get<Engine>("/engine"), get<{ level: string }>("/log-level")]);
    const change = async (event: Event) => {
      try {
        await send("PUT", "/log-level", { level: (event.target as HTMLSelectElement).value });
        shell.say("The log level is changed.");
      } catch (error) {
        shell.say((error as Error).message);
      }
    };
    return [
      card("Build", facts([["Version", engine.version], ["Build", engine.build], ["Started", ago(engine.started_at)],
        ["Log level", h("select", { "aria-label": "Log level", change: (event) => void change(event) },
          kLevels.map((one) => h("option", { value: one, selected: one === level }, one)))]])),
      card("Settings", table(["Key", "Value"], engine.settings.map(({ key, value }) => h("tr", {}, td(h("code", {}, key)), td(value))), "")),
    ];
  },
};
