import { addressText, type RecordAddress } from "../value/address.ts";
import type {
  PastEntry,
  RunEnd,
  RunEntry,
  RunEntryPage,
  RunStart,
  RunStatus,
  RunSummary,
} from "./store.ts";

export interface MemoryRuns {
  start(run: RunStart): boolean;
  /** Throws when `add` would. */
  check(runId: string, entries: readonly RunEntry[]): void;
  add(runId: string, entries: readonly RunEntry[]): void;
  finish(runId: string, end: RunEnd): void;
  newest(limit: number): readonly RunSummary[];
  summary(runId: string): RunSummary | null;
  entries(runId: string, page: RunEntryPage): readonly RunEntry[];
  /** What was done to one record, newest first. */
  history(record: RecordAddress, limit: number): readonly PastEntry[];
  /** Ids of the runs that were started for this request, newest last. */
  ofRequest(request: string): readonly string[];
  /** Removes runs that ended before, or that began before and have no end, unless their request is kept. */
  forget(
    before: Date,
    isKept: (request: string) => boolean,
  ): { readonly runs: number; readonly entries: number };
}

interface Run extends Partial<RunEnd> {
  readonly start: RunStart;
  readonly status: RunStatus;
  readonly entries: Map<number, RunEntry>;
}

export function memoryRuns(): MemoryRuns {
  const runs = new Map<string, Run>();
  const plans = new Set<string>();

  function existing(runId: string): Run {
    const run = runs.get(runId);
    if (!run) throw new Error(`There is no run ${runId}.`);
    return run;
  }

  const check = (runId: string, entries: readonly RunEntry[]): void => {
    if (entries.length > 0) checkNumbers(existing(runId), entries);
  };

  return {
    start: (run) => {
      if (plans.has(run.planId)) return false;
      if (runs.has(run.runId)) throw new Error(`There is a run ${run.runId} already.`);
      plans.add(run.planId);
      runs.set(run.runId, {
        start: structuredClone(run),
        status: "running",
        entries: new Map(),
      });
      return true;
    },
    check,
    add: (runId, entries) => {
      check(runId, entries);
      const log = runs.get(runId)?.entries;
      for (const entry of structuredClone(entries)) log?.set(entry.sequence, entry);
    },
    finish: (runId, end) => {
      runs.set(runId, { ...existing(runId), ...structuredClone(end) });
    },
    newest: (limit) =>
      newestOf([...runs.values()])
        .slice(0, limit)
        .map(summaryOf),
    summary: (runId) => {
      const run = runs.get(runId);
      return run ? summaryOf(run) : null;
    },
    entries: (runId, page) => pageOf([...(runs.get(runId)?.entries.values() ?? [])], page),
    history: (record, limit) =>
      structuredClone(
        newestOf([...runs.values()])
          .flatMap((run) => entriesAbout(run, record))
          .slice(0, limit),
      ),
    ofRequest: (request) =>
      [...runs.values()]
        .filter(({ start }) => start.request === request)
        .map(({ start }) => start.runId),
    forget: (before, isKept) => {
      const old = [...runs.values()].filter((run) => isOld(run, before, isKept));
      for (const { start } of old) {
        runs.delete(start.runId);
        plans.delete(start.planId);
      }
      return { runs: old.length, entries: old.reduce((sum, { entries }) => sum + entries.size, 0) };
    },
  };
}

function checkNumbers({ start, entries: log }: Run, entries: readonly RunEntry[]): void {
  const given = new Set<number>();
  for (const { sequence } of entries) {
    if (log.has(sequence) || given.has(sequence)) {
      throw new Error(`Run ${start.runId} has an entry ${sequence} already.`);
    }
    given.add(sequence);
  }
}

function summaryOf({ start, entries, ...end }: Run): RunSummary {
  const counts: Partial<Record<RunEntry["status"], number>> = {};
  for (const entry of entries.values()) counts[entry.status] = (counts[entry.status] ?? 0) + 1;
  return structuredClone({ ...start, ...end, counts });
}

function isOld(
  { start: { startedAt, request }, finishedAt }: Run,
  before: Date,
  isKept: (request: string) => boolean,
): boolean {
  const isFree = request === undefined || !isKept(request);
  return isFree && startedAt < before && (finishedAt === undefined || finishedAt < before);
}

/** Of two from one moment, the one that was started later. */
function newestOf(runs: readonly Run[]): readonly Run[] {
  return runs
    .toReversed()
    .sort((a, b) => b.start.startedAt.getTime() - a.start.startedAt.getTime());
}

function entriesAbout({ start, entries }: Run, record: RecordAddress): readonly PastEntry[] {
  const address = addressText(record);
  return [...entries.values()]
    .filter(({ source, target }) =>
      [source, ...(target ? [target] : [])].some((one) => addressText(one) === address),
    )
    .sort((a, b) => b.sequence - a.sequence)
    .map((entry) => ({ ...entry, runId: start.runId, at: start.startedAt }));
}

function pageOf(
  entries: readonly RunEntry[],
  { from, limit, statuses }: RunEntryPage,
): readonly RunEntry[] {
  const following = entries.filter(
    ({ sequence, status }) => sequence >= from && (statuses?.includes(status) ?? true),
  );
  return structuredClone(following.sort((a, b) => a.sequence - b.sequence).slice(0, limit));
}
