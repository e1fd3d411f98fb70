import { and, type Database, inArray, type SQL, sql } from "#drizzle";
import { latestOf } from "../../latest-of.ts";
import { type LatestRequests, type MappingName, openStatuses } from "../../service-store.ts";
import { isOneOf, unnest } from "../unnest.ts";
import { newestFirst, withRuns } from "./requests.ts";
import { requests } from "./schema.ts";

/*
 * The newest requests of many mappings at once. Each mapping's are at the end of an index; whoever sorted all requests to
 * find them would go through the whole table for one page.
 */

export async function latestRequests(
  database: Database,
  of: readonly MappingName[],
): Promise<readonly LatestRequests[]> {
  if (of.length === 0) return [];
  const keys = of.map(({ workspace, mapping }) => [workspace, mapping]);
  const columns = [requests.workspace, requests.mapping];
  const newest = await database
    .select()
    .from(requests)
    .where(sql`${requests.id} in (${newestIds(unnest(columns, keys))})`);
  // Few at any time, and found by their status.
  const open = await database
    .select()
    .from(requests)
    .where(and(inArray(requests.status, [...openStatuses]), isOneOf(columns, keys)));
  const rows = new Map([...newest, ...open].map((row) => [row.id, row]));
  const all = (await withRuns(database, [...rows.values()])).toSorted(compare);
  const byMapping = Map.groupBy(all, keyText);
  return of.map((one) => latestOf(one, byMapping.get(keyText(one)) ?? []));
}

/** Of each mapping, the newest request that has ended, and the newest that has a plan. */
function newestIds(keys: SQL): SQL {
  const order = sql.join([...newestFirst], sql`, `);
  const open = sql.join(
    openStatuses.map((status) => sql`${status}`),
    sql`, `,
  );
  const first = (condition: SQL) => sql`(select ${requests.id} as id from ${requests}
    where ${requests.workspace} = wanted.workspace and ${requests.mapping} = wanted.mapping and ${condition}
    order by ${order} limit 1)`;
  const ended = first(sql`${requests.status} not in (${open})`);
  const planned = first(sql`${requests.planId} is not null`);
  return sql`select newest.id from (${keys}) as wanted cross join lateral (${ended} union all ${planned}) as newest`;
}

function keyText({ workspace, mapping }: MappingName): string {
  return JSON.stringify([workspace, mapping]);
}

type Position = { readonly requestedAt: Date; readonly id: string };

/** Newest first; of two from one moment, the greater id. */
function compare(a: Position, b: Position): number {
  return b.requestedAt.getTime() - a.requestedAt.getTime() || (a.id < b.id ? 1 : -1);
}
