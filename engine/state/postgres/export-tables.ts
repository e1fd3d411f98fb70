import { getTableColumns, type PgColumn, type PgTable } from "#drizzle";
import { bindings, intents, leases, links, readings, runEntries, runs } from "./schema.ts";
import {
  notifications,
  overrides,
  plans,
  requests,
  slots,
  switches,
  tokens,
} from "./service/schema.ts";

/* Which tables a copy of the state holds. A new table belongs here, or into the test that names those that stay behind. */

export interface TableToCopy {
  readonly name: string;
  readonly table: PgTable;
  readonly columns: readonly PgColumn[];
  /** Unique, with an index: rows come in this order. */
  readonly key: readonly PgColumn[];
  /** Absent for what belongs to no workspace. */
  readonly workspace?: PgColumn;
  /** Rows at a time. */
  readonly batch: number;
}

const batchRows = 1_000;

/** A plan of 100,000 changes is packed to some ten megabytes. */
const batchPlans = 10;

/** In an order in which nothing refers to what comes later. */
export const tablesToCopy: readonly TableToCopy[] = [
  whole("links", links, [links.sourceId, links.rule, links.mapping, links.workspace]),
  whole("intents", intents, [intents.changeId, intents.workspace]),
  whole("readings", readings, [readings.workspace, readings.connection, readings.stream]),
  // Positions are given anew, in the same order: another home has given its own to other runs.
  { ...whole("runs", runs, [runs.position]), columns: without(runs, runs.position) },
  whole("run_entries", runEntries, [runEntries.runId, runEntries.sequence, runEntries.workspace]),
  // Whoever holds a lease writes to the home that it was taken in. What must go on is the counting of tokens.
  {
    ...whole("leases", leases, [leases.workspace, leases.name]),
    columns: without(leases, leases.holder, leases.until),
  },
  whole("bindings", bindings, [bindings.workspace, bindings.mapping]),
  whole("requests", requests, [requests.id]),
  { ...whole("plans", plans, [plans.workspace, plans.id]), batch: batchPlans },
  whole("overrides", overrides, [overrides.workspace, overrides.mapping, overrides.variable]),
  whole("slots", slots, [slots.workspace, slots.mapping]),
  whole("switches", switches, [switches.workspace, switches.mapping]),
  whole("tokens", tokens, [tokens.id]),
  whole("notifications", notifications, [notifications.workspace, notifications.mapping]),
];

function whole(
  name: string,
  table: PgTable,
  key: readonly PgColumn[],
): TableToCopy & { readonly workspace?: PgColumn } {
  const columns = Object.values(getTableColumns(table));
  // Of a token, it is a list of those that it is good for.
  const workspace = columns.find((column) => column.name === "workspace");
  return { name, table, columns, key, batch: batchRows, ...(workspace && { workspace }) };
}

function without(table: PgTable, ...left: readonly PgColumn[]): readonly PgColumn[] {
  return Object.values(getTableColumns(table)).filter((column) => !left.includes(column));
}
