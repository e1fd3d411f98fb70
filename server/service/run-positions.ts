import type { RunEntry, RunEntryPage, RunSummary, StateStore } from "../../engine/state/store.ts";

/*
 * The log of a request is that of all its runs, one behind the other. An entry's position is its number in its run plus
 * everything that the runs before it may number. A run that was killed leaves numbers without an entry.
 */

/** Entries that are read at one time. */
const batchEntries = 1_000;

/** A run and the position of its first entry. */
export interface PlacedRun {
  readonly run: RunSummary;
  readonly base: number;
}

type Entries = Pick<StateStore, "entries">;

export async function placedRuns(
  store: Entries,
  runs: readonly RunSummary[],
): Promise<readonly PlacedRun[]> {
  const placed: PlacedRun[] = [];
  let base = 0;
  for (const [index, run] of runs.entries()) {
    placed.push({ run, base });
    // Nothing stands behind the last one, which may still grow.
    if (index < runs.length - 1) base += await endOf(store, run);
  }
  return placed;
}

/** One more than the last number. As many entries as there are have the numbers before, unless some are missing. */
async function endOf(store: Entries, { runId, counts }: RunSummary): Promise<number> {
  const number = Object.values(counts).reduce((sum, count) => sum + count, 0);
  let end = number;
  for await (const batch of batchesOf(store, runId, number)) {
    end = (batch.at(-1)?.sequence ?? end) + 1;
  }
  return end;
}

/** The entries of a run from a number on, of some statuses where any are named. */
export async function* batchesOf(
  store: Entries,
  runId: string,
  from: number,
  statuses?: RunEntryPage["statuses"],
): AsyncGenerator<readonly RunEntry[]> {
  const some = statuses ? { statuses } : {};
  for (let next = from; ; ) {
    const batch = await store.entries(runId, { from: next, limit: batchEntries, ...some });
    const last = batch.at(-1);
    if (!last) return;
    yield batch;
    next = last.sequence + 1;
  }
}
