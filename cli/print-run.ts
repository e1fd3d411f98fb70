import { open } from "node:fs/promises";
import type { RunSummary, StateStore } from "../engine/state/store.ts";
import { type ExitCode, exitCode } from "./exit-code.ts";
import { trouble } from "./plan-options.ts";
import { plainPaint } from "./render/paint.ts";
import { type RunLog, type RunLogFormat, runLog } from "./render/run-log.ts";
import { count } from "./render/words.ts";
import { outText, terminal } from "./terminal.ts";
import { report } from "./trouble.ts";

/** Entries are fetched and written in pages, so that the longest run takes no more memory than a short one. */
const pageEntries = 1_000;

export interface RunFlags {
  readonly format: string;
  readonly json: boolean;
  readonly output?: string | undefined;
}

/** The log of one run, to standard output or into a file. */
export async function printRun(store: StateStore, id: string, flags: RunFlags): Promise<ExitCode> {
  const run = await findRun(store, id);
  if (run === null) {
    const message = id === "latest" ? "There are no runs yet." : `There is no run "${id}".`;
    return report(trouble("run-unknown", message), flags);
  }
  const format = (flags.json ? "ndjson" : flags.format) as RunLogFormat;
  if (flags.output !== undefined)
    return saveRun(store, run, format, { ...flags, file: flags.output });
  await writeLog(store, run, runLog(format, run, outText({ all: true })), terminal.handOut);
  return exitCode.ok;
}

async function saveRun(
  store: StateStore,
  run: RunSummary,
  format: RunLogFormat,
  { file, json }: { readonly file: string; readonly json: boolean },
): Promise<ExitCode> {
  const opened = await openFile(file);
  if ("why" in opened) {
    const message = `The log cannot be written to ${file}: ${opened.why}.`;
    return report(trouble("file-unwritable", message), { json });
  }
  const log = runLog(format, run, { paint: plainPaint, brief: false });
  const { handle } = opened;
  try {
    const records = await writeLog(store, run, log, async (text) => {
      await handle.writeFile(text);
      return true;
    });
    terminal.err(`${count(records, "record")} of run ${run.runId} written to ${file}.\n`);
    return exitCode.ok;
  } finally {
    await handle.close();
  }
}

async function openFile(file: string) {
  try {
    return { handle: await open(file, "w") };
  } catch (error) {
    return { why: error instanceof Error ? error.message : String(error) };
  }
}

/** Gives the number of records. Ends early when `write` says that nobody reads any more. */
async function writeLog(
  store: StateStore,
  { runId }: RunSummary,
  log: RunLog,
  write: (text: string) => Promise<boolean>,
): Promise<number> {
  let reading = await write(log.head);
  let records = 0;
  for (let from = 0; reading; ) {
    const entries = await store.entries(runId, { from, limit: pageEntries });
    const last = entries.at(-1);
    if (!last) break;
    reading = await write(entries.map((entry) => log.line(entry)).join(""));
    records += entries.length;
    // A run that was killed has numbers without an entry, so the next page is not `pageEntries` further on.
    from = last.sequence + 1;
  }
  return records;
}

async function findRun(store: StateStore, id: string): Promise<RunSummary | null> {
  if (id !== "latest") return store.run(id);
  const [latest] = await store.runs(1);
  return latest ?? null;
}
