import { count, type Database, desc, eq, inArray } from "#drizzle";
import type { RunEnd, RunEntry, RunStart, RunSummary } from "../store.ts";
import { runEntries, runs } from "./schema.ts";

/** False when the plan was applied before. */
export async function startRun(database: Database, run: RunStart): Promise<boolean> {
  const started = await database
    .insert(runs)
    .values({ ...run, status: "running" })
    .onConflictDoNothing({ target: runs.planId })
    .returning({ runId: runs.runId });
  return started.length > 0;
}

export async function finishRun(database: Database, runId: string, end: RunEnd): Promise<void> {
  const finished = await database
    .update(runs)
    .set(end)
    .where(eq(runs.runId, runId))
    .returning({ runId: runs.runId });
  if (finished.length === 0) throw new Error(`There is no run ${runId} to finish.`);
}

export async function newestRuns(
  database: Database,
  limit: number,
): Promise<readonly RunSummary[]> {
  const rows = await database
    .select()
    .from(runs)
    .orderBy(desc(runs.startedAt), desc(runs.position))
    .limit(limit);
  return withCounts(database, rows);
}

export async function oneRun(database: Database, runId: string): Promise<RunSummary | null> {
  const rows = await database.select().from(runs).where(eq(runs.runId, runId));
  const [summary] = await withCounts(database, rows);
  return summary ?? null;
}

async function withCounts(
  database: Database,
  rows: readonly (typeof runs.$inferSelect)[],
): Promise<readonly RunSummary[]> {
  if (rows.length === 0) return [];
  const ids = rows.map((row) => row.runId);
  const counted = await database
    .select({ runId: runEntries.runId, status: runEntries.status, entries: count() })
    .from(runEntries)
    .where(inArray(runEntries.runId, ids))
    .groupBy(runEntries.runId, runEntries.status);
  const counts = new Map<string, Partial<Record<RunEntry["status"], number>>>();
  for (const { runId, status, entries } of counted) {
    counts.set(runId, { ...counts.get(runId), [status]: entries });
  }
  return rows.map((row) => summaryOf(row, counts.get(row.runId) ?? {}));
}

function summaryOf(row: typeof runs.$inferSelect, counts: RunSummary["counts"]): RunSummary {
  const { position: _, finishedAt, note, ...run } = row;
  return {
    ...run,
    ...(finishedAt === null ? {} : { finishedAt }),
    ...(note === null ? {} : { note }),
    counts,
  };
}
