import { type Database, sql } from "#drizzle";
import type { PastReading } from "../store.ts";
import { readings } from "./schema.ts";
import { chunks, insertRows } from "./unnest.ts";

export async function pastReadings(database: Database): Promise<readonly PastReading[]> {
  return database.select().from(readings).orderBy(readings.connection, readings.stream);
}

export async function recordReadings(
  database: Database,
  given: readonly PastReading[],
): Promise<void> {
  const last = new Map(
    given.map((reading) => [JSON.stringify([reading.connection, reading.stream]), reading]),
  );
  for (const chunk of chunks([...last.values()])) {
    await insertRows(database, readings, chunk).onConflictDoUpdate({
      target: [readings.connection, readings.stream],
      set: { records: sql`excluded.records`, at: sql`excluded.at` },
    });
  }
}
