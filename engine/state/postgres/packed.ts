import { type Database, getTableColumns, type PgTable, type SQL, sql } from "#drizzle";

/**
 * The rows of a table, each sent as one JSON array. PGlite takes its time over every single value that it hands over:
 * 50,000 links arrive three times as fast this way. A server takes half as long again, which still is less.
 */
export async function selectPacked<T extends PgTable>(
  database: Database,
  table: T,
  where: SQL,
): Promise<readonly T["$inferSelect"][]> {
  const columns = Object.entries(getTableColumns(table));
  const values = sql.join(
    columns.map(([, column]) => sql`${column}`),
    sql`, `,
  );
  const rows = await database
    .select({ packed: sql<string>`json_build_array(${values})::text` })
    .from(sql`${table}`)
    .where(where);
  return rows.map(({ packed }) => {
    const sent: readonly unknown[] = JSON.parse(packed);
    const row: Record<string, unknown> = {};
    for (const [place, [name, column]] of columns.entries()) {
      const value = sent[place];
      row[name] = value === null ? null : column.mapFromDriverValue(value);
    }
    return row as T["$inferSelect"];
  });
}
