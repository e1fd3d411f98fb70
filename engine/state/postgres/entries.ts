import { and, asc, eq, gte } from "#drizzle";
import type { RunEntry } from "../store.ts";
import { fromSource, toSource, toTarget } from "./addresses.ts";
import type { Scope } from "./database.ts";
import { runEntries } from "./schema.ts";
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
  page: { readonly from: number; readonly limit: number },
): Promise<readonly RunEntry[]> {
  const rows = await database
    .select()
    .from(runEntries)
    .where(
      and(
        eq(runEntries.workspace, workspace),
        eq(runEntries.runId, runId),
        gte(runEntries.sequence, page.from),
      ),
    )
    .orderBy(asc(runEntries.sequence))
    .limit(page.limit);
  return rows.map(fromRow);
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
