import { type Database, inArray, makePgArray, type PgColumn, type SQL, sql } from "#drizzle";
import { type Refusal, refuse } from "../open-result.ts";
import { type RowBatch, workspaceText } from "../state-copy.ts";
import { type Home, transact } from "./database.ts";
import { isOf } from "./export.ts";
import { type TableToCopy, tablesToCopy } from "./export-tables.ts";
import { aroundOutside, outside } from "./outside.ts";
import { requests } from "./service/schema.ts";

/** Thrown to end the transaction, so that nothing of it is stored. */
class Stopped extends Error {
  readonly refusal: Refusal;

  constructor(refusal: Refusal) {
    super(refusal.message);
    this.refusal = refusal;
  }
}

export async function importRows(
  home: Home,
  batches: () => AsyncIterable<RowBatch>,
  only: string | undefined,
): Promise<{ readonly ok: true } | Refusal> {
  const storing = transact(home, async (tx) => {
    // Nobody else writes anything from here on, so that what is empty stays so.
    const names = tablesToCopy.map(({ table }) => sql`${table}`);
    await tx.execute(sql`lock table ${list(names)} in share row exclusive mode`);
    const full = await tablesWithRows(tx, only);
    if (full.length > 0) return refuse("state-not-empty", notEmpty(full, only));
    const given = batches()[Symbol.asyncIterator]();
    for (;;) {
      const next = await outside(given.next());
      if (next.done) break;
      await store(tx, next.value);
    }
    // Without it, statements over tables that were empty a moment ago are planned as if they still were.
    await tx.execute(sql`analyze ${list(names)}`);
    return { ok: true } as const;
  });
  try {
    return await aroundOutside(storing);
  } catch (error) {
    if (error instanceof Stopped) return error.refusal;
    throw error;
  }
}

/** A lease that nobody holds is nothing that could be lost. */
async function tablesWithRows(tx: Database, only: string | undefined): Promise<readonly string[]> {
  const full: string[] = [];
  for (const one of tablesToCopy) {
    if (one.name === "leases" || (only !== undefined && !one.workspace)) continue;
    const rows = await tx.select({ one: sql`1` }).from(one.table).where(isOf(one, only)).limit(1);
    if (rows.length > 0) full.push(one.name);
  }
  return full;
}

function notEmpty(full: readonly string[], only: string | undefined): string {
  const what = `rows in ${full.join(", ")}`;
  if (only === undefined) return `The state holds something already: ${what}. Nothing was changed.`;
  return `The state holds something of ${workspaceText(only)} already: ${what}. Nothing was changed.`;
}

async function store(tx: Database, batch: RowBatch): Promise<void> {
  const one = tablesToCopy.find(({ name }) => name === batch.table);
  const columns = batch.columns.map((name) => one?.columns.find((column) => column.name === name));
  if (one === undefined || !columns.every((column) => column !== undefined)) {
    throw new Stopped(
      refuse(
        "state-file-damaged",
        `The file has a table or a column that there never was: ${batch.table} (${batch.columns.join(", ")}).`,
      ),
    );
  }
  if (one.table === requests) await requireNew(tx, batch);
  await insert(tx, one, columns, batch.rows);
}

/** Ids of requests are those of the whole home: the same company may be there under another name. */
async function requireNew(tx: Database, { columns, rows }: RowBatch): Promise<void> {
  const place = columns.indexOf(requests.id.name);
  const ids = rows.map((row) => String(row[place]));
  const found = await tx
    .select({ workspace: requests.workspace })
    .from(requests)
    .where(inArray(requests.id, ids))
    .limit(1);
  const [taken] = found;
  if (taken === undefined) return;
  const message = `The state holds the same requests already, in ${workspaceText(taken.workspace)}. Nothing was changed.`;
  throw new Stopped(refuse("state-not-empty", message));
}

/** Every column travels as one array of texts; JSON is written again as it was, because it was JavaScript that made it. */
async function insert(
  tx: Database,
  one: TableToCopy,
  columns: readonly PgColumn[],
  rows: readonly (readonly unknown[])[],
): Promise<void> {
  const arrays = columns.map((column, place) => {
    const isJson = column.getSQLType() === "json";
    const values = rows.map((row) => textOf(row[place], isJson));
    return sql`${sql.param(makePgArray(values))}::text[]`;
  });
  const given = columns.map((_, place) => sql.identifier(`c${place}`));
  const selected = columns.map((column, place) => {
    return sql`${given[place]}::${sql.raw(column.getSQLType())}`;
  });
  const names = columns.map((column) => sql.identifier(column.name));
  await tx.execute(sql`
    insert into ${one.table} (${list([...names, ...added(one).names])})
    select ${list([...selected, ...added(one).values])}
    from unnest(${list(arrays)}) with ordinality as given(${list(given)}, place)
    order by place
    ${one.name === "leases" ? keepGreater : sql``}`);
}

function textOf(value: unknown, isJson: boolean): string | null {
  if (value === null || value === undefined) return null;
  return isJson ? JSON.stringify(value) : String(value);
}

/** What a copy leaves out, and what must have a value: nobody holds a lease that was copied. */
function added({ name }: TableToCopy): {
  readonly names: readonly SQL[];
  readonly values: readonly SQL[];
} {
  if (name !== "leases") return { names: [], values: [] };
  return { names: [sql`holder`, sql`until`], values: [sql`''`, sql`'-infinity'::timestamptz`] };
}

/** Tokens only ever grow. */
const keepGreater = sql`on conflict (workspace, name)
  do update set token = greatest(leases.token, excluded.token)`;

function list(parts: Parameters<typeof sql.join>[0]): SQL {
  return sql.join(parts, sql`, `);
}
