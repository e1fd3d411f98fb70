import { and, count, desc, eq, inArray } from "#drizzle";
import type { RunEnd, RunEntry, RunStart, RunSummary } from "../store.ts";
import type { Scope } from "./database.ts";
import { runEntries, runs } from "./schema.ts";

/** False when the plan was applied before. */
export async function startRun({ database, workspace }: Scope, run: RunStart): Promise<boolean> {
  const started = await database
    .insert(runs)
    .values({ ...run, workspace, status: "running" })
    .onConflictDoNothing({ target: [runs.workspace, runs.planId] })
    .returning({ runId: runs.runId });
  return started.length > 0;
}

export async function finishRun(
  { database, workspace }: Scope,
  runId: string,
  end: RunEnd,
): Promise<void> {
  const finished = await database
    .update(runs)
    .set(end)
    .where(and(eq(runs.workspace, workspace), eq(runs.runId, runId)))
    .returning({ runId: runs.runId });
  if (finished.length === 0) throw new Error(`There is no run ${runId} to finish.`);
}

export async function newestRuns(scope: Scope, limit: number): Promise<readonly RunSummary[]> {
  const rows = await scope.database
    .select()
    .from(runs)
    .where(eq(runs.workspace, scope.workspace))
    .orderBy(desc(runs.startedAt), desc(runs.position))
    .limit(limit);
  return withCounts(scope, rows);
}

export async function oneRun(scope: Scope, runId: string): Promise<RunSummary | null> {
  const rows = await scope.database
    .select()
    .from(runs)
    .where(and(eq(runs.workspace, scope.workspace), eq(runs.runId, runId)));
  const [summary] = await withCounts(scope, rows);
  return summary ?? null;
}

async function withCounts(
  { database, workspace }: Scope,
  rows: readonly (typeof runs.$inferSelect)[],
): Promise<readonly RunSummary[]> {
  if (rows.length === 0) return [];
  const ids = rows.map((row) => row.runId);
  const counted = await database
    .select({ runId: runEntries.runId, status: runEntries.status, entries: count() })
    .from(runEntries)
    .where(and(eq(runEntries.workspace, workspace), inArray(runEntries.runId, ids)))
    .groupBy(runEntries.runId, runEntries.status);
  const counts = new Map<string, Partial<Record<RunEntry["status"], number>>>();
  for (const { runId, status, entries } of counted) {
    counts.set(runId, { ...counts.get(runId), [status]: entries });
  }
  return rows.map((row) => summaryOf(row, counts.get(row.runId) ?? {}));
}

function summaryOf(row: typeof runs.$inferSelect, counts: RunSummary["counts"]): RunSummary {
  const { workspace: _, position: __, finishedAt, note, request, ...run } = row;
  return {
    ...run,
    ...(request === null ? {} : { request }),
    ...(finishedAt === null ? {} : { finishedAt }),
    ...(note === null ? {} : { note }),
    counts,
  };
}
