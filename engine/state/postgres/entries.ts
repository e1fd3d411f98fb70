import { and, asc, desc, eq, getTableColumns, gte, inArray, or } from "#drizzle";
import type { RecordAddress } from "../../value/address.ts";
import type { PastEntry, RunEntry, RunEntryPage } from "../store.ts";
import { fromSource, toSource, toTarget } from "./addresses.ts";
import type { Scope } from "./database.ts";
import { runEntries, runs } from "./schema.ts";
import { chunks, insertRows } from "./unnest.ts";

export async function addEntries(
  { database, workspace }: Scope,
  runId: string,
  entries: readonly RunEntry[],
): Promise<void> {
  for (const chunk of chunks(entries)) {
    const rows = chunk.map((entry) => ({ ...toRow(runId, entry), workspace }));
    await insertRows(database, runEntries, rows);
  }
}

export async function entriesOf(
  { database, workspace }: Scope,
  runId: string,
  { from, limit, statuses }: RunEntryPage,
): Promise<readonly RunEntry[]> {
  const rows = await database
    .select()
    .from(runEntries)
    .where(
      and(
        eq(runEntries.workspace, workspace),
        eq(runEntries.runId, runId),
        gte(runEntries.sequence, from),
        statuses === undefined ? undefined : inArray(runEntries.status, [...statuses]),
      ),
    )
    .orderBy(asc(runEntries.sequence))
    .limit(limit);
  return rows.map(fromRow);
}

/** What was done to one record, newest first. The two ends are two indexes. */
export async function entriesAbout(
  { database, workspace }: Scope,
  { connection, stream, id }: RecordAddress,
  limit: number,
): Promise<readonly PastEntry[]> {
  const isSource = and(
    eq(runEntries.sourceId, id),
    eq(runEntries.sourceStream, stream),
    eq(runEntries.sourceConnection, connection),
  );
  const isTarget = and(
    eq(runEntries.targetId, id),
    eq(runEntries.targetStream, stream),
    eq(runEntries.targetConnection, connection),
  );
  const rows = await database
    .select({ ...getTableColumns(runEntries), at: runs.startedAt })
    .from(runEntries)
    .innerJoin(
      runs,
      and(eq(runs.runId, runEntries.runId), eq(runs.workspace, runEntries.workspace)),
    )
    .where(and(eq(runEntries.workspace, workspace), or(isSource, isTarget)))
    .orderBy(desc(runs.startedAt), desc(runs.position), desc(runEntries.sequence))
    .limit(limit);
  return rows.map(({ at, ...row }) => ({ ...fromRow(row), runId: row.runId, at }));
}

function toRow(runId: string, entry: RunEntry): typeof runEntries.$inferInsert {
  return {
    runId,
    sequence: entry.sequence,
    mapping: entry.mapping,
    rule: entry.rule,
    ...toSource(entry.source),
    ...(entry.target && toTarget(entry.target)),
    label: entry.label,
    action: entry.action,
    status: entry.status,
    code: entry.code ?? null,
    reason: entry.reason,
    fields: entry.fields,
  };
}

function fromRow(row: typeof runEntries.$inferSelect): RunEntry {
  const { targetConnection: connection, targetStream: stream, targetId: id } = row;
  const target =
    connection === null || stream === null || id === null ? null : { connection, stream, id };
  return {
    sequence: row.sequence,
    mapping: row.mapping,
    rule: row.rule,
    source: fromSource(row),
    ...(target && { target }),
    label: row.label,
    action: row.action,
    status: row.status,
    ...(row.code === null ? {} : { code: row.code }),
    reason: row.reason,
    fields: row.fields,
  };
}
