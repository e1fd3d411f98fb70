import type { PGlite } from "@electric-sql/pglite";
import type { PgDatabase, PgQueryResultHKT } from "drizzle-orm/pg-core";
import type { Sql } from "postgres";

/*
 * Everything that we use of drizzle-orm, under the name `#drizzle`. Node takes a third of a second to load drizzle-orm
 * file by file; `bundle-drizzle.ts` makes one file of it that loads in twenty milliseconds. The two drivers are chunks
 * of their own, so that opening one home does not load the other.
 */

export {
  and,
  asc,
  count,
  DrizzleQueryError,
  desc,
  eq,
  getTableColumns,
  gte,
  inArray,
  isNull,
  lt,
  lte,
  notInArray,
  or,
  type SQL,
  sql,
} from "drizzle-orm";
export {
  bigint,
  boolean,
  customType,
  foreignKey,
  index,
  integer,
  json,
  makePgArray,
  type PgColumn,
  type PgTable,
  pgSchema,
  primaryKey,
  timestamp,
  unionAll,
  uniqueIndex,
} from "drizzle-orm/pg-core";

/** A database or an open transaction of either home. Its statements are built, never executed as text. */
export type Database = PgDatabase<PgQueryResultHKT>;

export async function overPGlite(client: PGlite): Promise<Database> {
  const { drizzle } = await import("drizzle-orm/pglite");
  return drizzle(client);
}

export async function overPostgres(client: Sql): Promise<Database> {
  const { drizzle } = await import("drizzle-orm/postgres-js");
  return drizzle(client);
}
