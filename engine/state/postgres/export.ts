import { and, count, type Database, eq, type PgColumn, type SQL, sql } from "#drizzle";
import { type Refusal, refuse } from "../open-result.ts";
import type { CopiedTable, CopySink } from "../state-copy.ts";
import { type Home, readTogether } from "./database.ts";
import { type TableToCopy, tablesToCopy } from "./export-tables.ts";
import { knownMigrations } from "./migrate.ts";
import { aroundOutside, outside } from "./outside.ts";

/**
 * Hands everything over as the database writes it: a row is never taken apart here, which is why 100,000 links take seconds
 * and no memory. All in one transaction that sees one moment.
 */
export async function exportRows(
  home: Home,
  sink: CopySink,
  only: string | undefined,
): Promise<{ readonly ok: true } | Refusal> {
  const reading = readTogether(home, async (tx) => {
    const tables = tablesToCopy.filter(({ workspace }) => only === undefined || workspace);
    const told: CopiedTable[] = [];
    for (const one of tables) told.push(await describe(tx, one, only));
    const workspaces = only === undefined ? await workspacesOf(tx) : [only];
    if (only !== undefined && told.every(({ rows }) => rows === 0)) {
      return refuse("state-workspace-empty", await nothingOf(tx, only));
    }
    const level = knownMigrations().at(-1) ?? "";
    await outside(sink.begin({ level, workspaces, tables: told }));
    for (const [place, one] of tables.entries()) {
      const about = told[place];
      if (about) await sendRows(tx, one, only, (rows) => outside(sink.rows(about, rows)));
    }
    return { ok: true } as const;
  });
  return aroundOutside(reading);
}

async function describe(
  tx: Database,
  one: TableToCopy,
  only: string | undefined,
): Promise<CopiedTable> {
  const [counted] = await tx.select({ rows: count() }).from(one.table).where(isOf(one, only));
  const columns = one.columns.map((column) => column.name);
  return { name: one.name, columns, rows: counted?.rows ?? 0 };
}

async function sendRows(
  tx: Database,
  one: TableToCopy,
  only: string | undefined,
  send: (rows: readonly string[]) => Promise<void>,
): Promise<void> {
  let last: SQL | undefined;
  for (;;) {
    const rows = await tx
      .select({ row: jsonOf(one.columns), key: jsonOf(one.key) })
      .from(one.table)
      .where(and(isOf(one, only), last))
      .orderBy(...one.key)
      .limit(one.batch);
    const end = rows.at(-1);
    if (end === undefined) return;
    await send(rows.map(({ row }) => row));
    if (rows.length < one.batch) return;
    last = isAfter(one.key, JSON.parse(end.key));
  }
}

/** A JSON array with the values as the database writes them; json columns keep their text. */
function jsonOf(columns: readonly PgColumn[]): SQL<string> {
  return sql<string>`json_build_array(${list(columns.map((column) => sql`${column}`))})::text`;
}

function isAfter(key: readonly PgColumn[], values: readonly unknown[]): SQL {
  const given = key.map((column, place) => {
    return sql`${String(values[place])}::${sql.raw(column.getSQLType())}`;
  });
  return sql`(${list(key.map((column) => sql`${column}`))}) > (${list(given)})`;
}

function list(parts: readonly SQL[]): SQL {
  return sql.join([...parts], sql`, `);
}

export function isOf({ workspace }: TableToCopy, only: string | undefined): SQL | undefined {
  return workspace && only !== undefined ? eq(workspace, only) : undefined;
}

/** Entries of runs are left out: they are many, and their runs tell the same. */
async function workspacesOf(tx: Database): Promise<readonly string[]> {
  const names = new Set<string>();
  for (const { name, table, workspace } of tablesToCopy) {
    if (workspace === undefined || name === "run_entries") continue;
    const rows = await tx.selectDistinct({ name: workspace }).from(table);
    for (const row of rows) names.add(String(row.name));
  }
  return [...names].sort();
}

async function nothingOf(tx: Database, only: string): Promise<string> {
  const names = (await workspacesOf(tx)).map((name) => (name === "" ? "-" : name));
  const there = names.length === 0 ? "The state is empty" : `There are: ${names.join(", ")}`;
  return `The state holds nothing of the workspace ${only === "" ? "without a name" : only}. ${there}.`;
}
