// The fault table: per row what is produced how often or for how long, [in `./dev test`, in `./dev faults`], and
// what runs for it. The second figure is the table's own. Tests ask for their figure with count().
const e2e = (name, env = {}) => ({ file: `tests/e2e/${name}.test.mjs`, env });
const unit = (program, filter, env = {}) => ({ program, args: [`--gtest_filter=${filter}`], env });
const scenario = (name) => ({ program: "aura-sim", args: ["--scenario", `bench/sim/scenarios/${name}.toml`, "--json"] });

// R8: a flooded workspace may at most double another's p99.
const fairness = (seconds) => ({
  program: "aura-bench", args: ["fairness", "--json", "--seconds", String(seconds / 2)],
  holds: (output) => {
    const results = output.split("\n").filter((line) => line.startsWith("{")).map((line) => JSON.parse(line));
    return results.length > 0 && results.every(({ ratio }) => ratio <= 2);
  },
});

export const kRows = {
  F1: {
    fault: "kill -9 at every step", counts: { kills: [20, 300], seeds: [200, 2000] },
    runs: ({ seeds }) => [e2e("crash"), e2e("crash", { AURA_E2E_ECHO: "0", AURA_E2E_KILLS: "50" }),
      unit("scenario_test", "Simulation.*", { AURA_SEEDS: seeds })],
  },
  F2: {
    fault: "power loss, torn tail", counts: { cuts: [60, 500] },
    runs: ({ cuts }) => [unit("storage_test", "CrashTest.*Power*:CrashTest.WithoutTheSync*:LogDamageTest.ATorn*",
      { AURA_POWER_CUTS: cuts }), e2e("safety")],
  },
  F3: {
    fault: "disk full", counts: { fills: [3, 5] },
    runs: () => [e2e("full_disk"), e2e("disk"), unit("storage_test", "CrashTest.AFullDisk*")],
  },
  F4: {
    fault: "EIO on sync, write, rename", counts: { syncs: [4, 50], writes: [2, 20] },
    runs: () => [e2e("disk"), unit("storage_test", "CrashTest.AFailedSync*")],
  },
  F5: { fault: "slow disk", counts: { sync_ms: [1000, 2000], seconds: [4, 30] }, runs: () => [e2e("slow_disk")] },
  F6: {
    fault: "bit rot", counts: { flips: [40, 200] },
    runs: () => [e2e("bit_rot"), unit("storage_test", "LogDamageTest.*:BackupTest.AnAltered*")],
  },
  F7: {
    fault: "clock jumps", runs: () => [e2e("clock"), unit("actors_test", "ModelEdges.AWebChatsTimes*:PaceClock.*"),
      unit("storage_test", "VaultTest.TheKeyOfAnEventThatIsNotAppliedYetIsKept")],
  },
  F8: { fault: "provider slow", counts: { call_ms: [3000, 30_000] }, runs: () => [e2e("provider_trouble")] },
  F9: {
    fault: "provider down, 5xx, reset",
    runs: () => [e2e("sends"), e2e("provider_trouble"), unit("actors_test", "OutboxQueue.*"),
      unit("supervision_test", "UnansweredTest.*"), scenario("flaky-network")],
  },
  F10: {
    fault: "429 storm, pair limits",
    runs: () => [unit("actors_test", "SendLimits.*"), e2e("sends"), scenario("storm-429")],
  },
  F11: { fault: "duplicates", counts: { events: [1000, 10_000] }, runs: () => [e2e("duplicates"), e2e("messenger")] },
  F12: { fault: "out of order", runs: () => [unit("actors_test", "Permutation.*"), e2e("messenger")] },
  F13: {
    fault: "poison", counts: { fuzz_seconds: [0, 60] },
    runs: ({ fuzz_seconds }) => [e2e("webhooks"),
      { program: "./dev", args: ["fuzz", "webhook", `-max_total_time=${fuzz_seconds}`] }],
  },
  F14: { fault: "batches", runs: () => [e2e("batches"), e2e("messenger")] },
  F15: {
    fault: "bad clients",
    runs: () => [e2e("limits"), e2e("http"), unit("aura_net_core_test", "LimitsTest.*")],
  },
  F16: { fault: "wrong signatures", runs: () => [e2e("webhooks"), e2e("sms"), unit("aura_net_core_test", "SignatureTest.*")] },
  F17: { fault: "token revoked", runs: () => [e2e("sends"), e2e("whatsapp"), unit("supervision_test", "ChannelsTest.ADeadToken*")] },
  F18: { fault: "TLS", runs: () => [e2e("upstream_tls"), e2e("tls"), unit("aura_net_core_test", "TlsTest.*")] },
  F19: {
    fault: "actor crash loop",
    runs: () => [e2e("faults"), unit("supervision_test", "ChildrenTest.*:EngineTest.AnEventThatKeepsKilling*")],
  },
  F20: {
    fault: "hot workspace", counts: { seconds: [0, 40] },
    runs: ({ seconds }) => [e2e("backlog"), unit("actors_test", "FairQueue.*"), fairness(seconds)],
  },
  F21: { fault: "256 MB of memory", counts: { seconds: [2, 60] }, runs: () => [e2e("memory")] },
  F22: {
    fault: "model provider", counts: { slow_seconds: [4, 20] },
    runs: () => [e2e("model"), unit("agent_test", "ModelAgentTest.*:ModelText.*"), unit("aura_models_test", "*"),
      unit("supervision_test", "ModelTurnsTest.*:UnansweredTest.ACatalogThatCannotBeRead*")],
  },
  F23: {
    fault: "SIGTERM, SIGSTOP", counts: { stops: [5, 10], still_ms: [1500, 30_000] },
    runs: () => [e2e("shutdown"), e2e("stopped")],
  },
  F24: { fault: "backup under load", runs: () => [e2e("backup"), unit("storage_test", "BackupTest.*:PointInTimeTest.*")] },
  F25: { fault: "upgrade, rollback", runs: () => [e2e("golden"), e2e("shutdown")] },
  F26: { fault: "no descriptors, no threads", runs: () => [e2e("limits"), e2e("threads")] },
};

const kColumn = process.env.AURA_FAULTS === "full" ? 1 : 0;

export const counts_of = (row, column = kColumn) =>
  Object.fromEntries(Object.entries(kRows[row].counts ?? {}).map(([what, figures]) => [what, figures[column]]));

/** count("F1", "kills"): how many, in this run. */
export function count(row, what) {
  const figure = counts_of(row)[what];
  if (figure === undefined) throw new Error(`no count of ${what} in ${row}`);
  return figure;
}
