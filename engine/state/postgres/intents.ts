import { and, eq, getTableColumns, sql } from "#drizzle";
import type { Intent } from "../store.ts";
import { fromSource, toSource } from "./addresses.ts";
import type { Scope } from "./database.ts";
import type { SourceKey } from "./links.ts";
import { intents } from "./schema.ts";
import { chunks, insertRows, isOneOf } from "./unnest.ts";

export async function intentsOf(
  { database, workspace }: Scope,
  mapping: string,
): Promise<readonly Intent[]> {
  const rows = await database
    .select()
    .from(intents)
    .where(and(eq(intents.workspace, workspace), eq(intents.mapping, mapping)));
  return rows.map(fromRow);
}

export async function storeIntents(
  { database, workspace }: Scope,
  opened: readonly Intent[],
): Promise<void> {
  const { workspace: _, changeId, ...others } = getTableColumns(intents);
  const set = Object.fromEntries(
    Object.entries(others).map(([key, column]) => [
      key,
      sql`excluded.${sql.identifier(column.name)}`,
    ]),
  );
  // One statement may not touch a row twice, so that of two intents with one id only the later one is sent.
  const last = [...new Map(opened.map((intent) => [intent.changeId, intent])).values()];
  for (const chunk of chunks(last)) {
    const rows = chunk.map((intent) => toRow(workspace, intent));
    await insertRows(database, intents, rows).onConflictDoUpdate({
      target: [intents.workspace, changeId],
      set,
    });
  }
}

export async function closeIntents(
  { database, workspace }: Scope,
  changeIds: readonly string[],
): Promise<number> {
  let closed = 0;
  for (const chunk of chunks(changeIds)) {
    const ids = chunk.map((id) => [workspace, id]);
    const rows = await database
      .delete(intents)
      .where(isOneOf([intents.workspace, intents.changeId], ids))
      .returning({ changeId: intents.changeId });
    closed += rows.length;
  }
  return closed;
}

/** A link answers every open create of its source. */
export async function closeCreates(
  { database, workspace }: Scope,
  keys: readonly SourceKey[],
): Promise<void> {
  for (const chunk of chunks(keys)) {
    const rows = chunk.map((key) => [workspace, key.mapping, key.rule, key.sourceId]);
    await database
      .delete(intents)
      .where(
        and(
          eq(intents.kind, "create"),
          isOneOf([intents.workspace, intents.mapping, intents.rule, intents.sourceId], rows),
        ),
      );
  }
}

function toRow(workspace: string, intent: Intent): typeof intents.$inferInsert {
  return {
    workspace,
    changeId: intent.changeId,
    runId: intent.runId,
    kind: intent.kind,
    mapping: intent.mapping,
    rule: intent.rule,
    ...toSource(intent.source),
    targetConnection: intent.stream.connection,
    targetStream: intent.stream.stream,
    targetId: intent.target?.id ?? null,
    fields: intent.fields,
    at: intent.at,
  };
}

function fromRow(row: typeof intents.$inferSelect): Intent {
  const stream = { connection: row.targetConnection, stream: row.targetStream };
  return {
    changeId: row.changeId,
    runId: row.runId,
    kind: row.kind,
    mapping: row.mapping,
    rule: row.rule,
    source: fromSource(row),
    ...(row.targetId === null ? {} : { target: { ...stream, id: row.targetId } }),
    stream,
    fields: row.fields,
    at: row.at,
  };
}
