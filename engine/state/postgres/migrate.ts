import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type Database, type SQL, sql } from "#drizzle";
import { type Refusal, refuse } from "../open-result.ts";
import { migrations } from "./schema.ts";

const folder = join(import.meta.dirname, "migrations");

/** Any number that no other program uses for a lock in the same database. */
const advisoryLock = 730_219_446_113;

/**
 * Brings the tables to the form that this version expects. All in one transaction, behind a lock that the database
 * gives to one process at a time; whoever waited for it finds nothing left to do. A migration that this version does
 * not know is a newer version's: then nothing is touched.
 */
export async function migrate(database: Database): Promise<{ readonly ok: true } | Refusal> {
  const before = await missing(database);
  if (!before.ok || before.names.length === 0) return before;
  const encoding = await ask<string>(database, sql`current_setting('server_encoding')`);
  if (encoding !== "UTF8") {
    return refuse(
      "state-database-unfit",
      `The database has the encoding ${encoding}, which cannot hold every character. Create one with \`createdb --encoding=UTF8 --template=template0\`.`,
    );
  }
  async function underLock(tx: Database): Promise<{ readonly ok: true } | Refusal> {
    await tx.execute(sql`select pg_advisory_xact_lock(${advisoryLock}::bigint)`);
    const now = await missing(tx);
    if (now.ok) for (const name of now.names) await apply(tx, name);
    return now;
  }
  // Whoever waited for the lock must see what happened meanwhile, whatever the server's default is.
  return database.transaction(underLock, { isolationLevel: "read committed" });
}

/** The names of all migrations of this version, in their order. */
export function knownMigrations(): readonly string[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith(".sql"))
    .map((file) => file.slice(0, -".sql".length))
    .sort();
}

/** The names of migrations that this version has and the database has not. */
async function missing(
  database: Database,
): Promise<{ readonly ok: true; readonly names: readonly string[] } | Refusal> {
  const known = knownMigrations();
  // Out of the catalogue: functions such as to_regclass answer from a cache that another process's tables are not in yet.
  const tables = sql`select from pg_tables where schemaname = 'syncctl' and tablename = 'migrations'`;
  if (!(await ask<boolean>(database, sql`exists (${tables})`))) return { ok: true, names: known };
  const rows = await database.select({ name: migrations.name }).from(migrations);
  const applied = new Set(rows.map((row) => row.name));
  const unknown = [...applied].find((name) => !known.includes(name));
  if (unknown === undefined) return { ok: true, names: known.filter((name) => !applied.has(name)) };
  return refuse(
    "state-newer",
    `The state was made by a newer version of syncctl: it has the migration ${unknown}, which this version does not know. Use that version; nothing was changed.`,
  );
}

async function apply(tx: Database, name: string): Promise<void> {
  const statements = readFileSync(join(folder, `${name}.sql`), "utf8").split(
    "--> statement-breakpoint",
  );
  for (const statement of statements) {
    // An administrator who gives nobody the right to create schemas has made ours beforehand.
    const isSchema = statement.trim() === 'CREATE SCHEMA "syncctl";';
    const schemas = sql`select from pg_namespace where nspname = 'syncctl'`;
    if (isSchema && (await ask<boolean>(tx, sql`exists (${schemas})`))) continue;
    await tx.execute(sql.raw(statement));
  }
  await tx.insert(migrations).values({ name });
}

async function ask<T>(database: Database, question: SQL): Promise<T | undefined> {
  const rows = await database.select({ answer: sql<T>`${question}` }).from(sql`(select) as one`);
  return rows[0]?.answer;
}
