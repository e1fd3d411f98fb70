import type { RunSummary, StateStore } from "../engine/state/store.ts";
import { type ExitCode, exitCode } from "./exit-code.ts";
import { trouble } from "./plan-options.ts";
import { type RunLogFormat, runLog } from "./render/run-log.ts";
import { outText, terminal } from "./terminal.ts";
import { report } from "./trouble.ts";

/** Entries are fetched and written in pages, so that the longest run takes no more memory than a short one. */
const pageEntries = 1_000;

export async function printRun(
  store: StateStore,
  id: string,
  flags: { readonly format: string; readonly json: boolean },
): Promise<ExitCode> {
  const run = await findRun(store, id);
  if (run === null) {
    const message = id === "latest" ? "There are no runs yet." : `There is no run "${id}".`;
    return report(trouble("run-unknown", message), flags);
  }
  const format = (flags.json ? "ndjson" : flags.format) as RunLogFormat;
  const log = runLog(format, run, outText({ all: true }));
  terminal.out(log.head);
  for (let from = 0; ; from += pageEntries) {
    const entries = await store.entries(run.runId, { from, limit: pageEntries });
    terminal.out(entries.map((entry) => log.line(entry)).join(""));
    if (entries.length < pageEntries) return exitCode.ok;
  }
}

async function findRun(store: StateStore, id: string): Promise<RunSummary | null> {
  if (id !== "latest") return store.run(id);
  const [latest] = await store.runs(1);
  return latest ?? null;
}
