import { eq, getTableColumns, sql } from "#drizzle";
import type { PastReading } from "../store.ts";
import type { Scope } from "./database.ts";
import { readings } from "./schema.ts";
import { chunks, insertRows } from "./unnest.ts";

const { workspace: _, ...ownColumns } = getTableColumns(readings);

export async function pastReadings({
  database,
  workspace,
}: Scope): Promise<readonly PastReading[]> {
  return database
    .select(ownColumns)
    .from(readings)
    .where(eq(readings.workspace, workspace))
    .orderBy(readings.connection, readings.stream);
}

export async function recordReadings(
  { database, workspace }: Scope,
  given: readonly PastReading[],
): Promise<void> {
  const last = new Map(
    given.map((reading) => [JSON.stringify([reading.connection, reading.stream]), reading]),
  );
  for (const chunk of chunks([...last.values()])) {
    const rows = chunk.map((reading) => ({ ...reading, workspace }));
    await insertRows(database, readings, rows).onConflictDoUpdate({
      target: [readings.workspace, readings.connection, readings.stream],
      set: { records: sql`excluded.records`, at: sql`excluded.at` },
    });
  }
}
