import { bigint, foreignKey, index, integer, json, primaryKey, sql, uniqueIndex } from "#drizzle";
import type { OutcomeStatus } from "../../apply/outcome.ts";
import type { Code } from "../../codes.ts";
import type { ChangeKind, FieldChange } from "../../plan/plan.ts";
import type { Fields } from "../../value/value.ts";
import type { BoundAccount } from "../binding.ts";
import type { Link, RunStart, RunStatus } from "../store.ts";
import { instant, syncctl, text, workspace } from "./columns.ts";

/*
 * The tables of the mappings' state; those of the service stand in `service/schema.ts`. All are in a schema of their own so
 * that a database can be shared with other programs. `npx drizzle-kit generate --config
 * engine/state/postgres/drizzle.config.ts` writes the next migration from the difference to the last one; a migration that
 * was released is never edited.
 *
 * The workspace is a part of every key of names, so that the same name in two workspaces means two things. Where there are
 * many rows, what tells most of them apart comes first: rows that are stored are compared column by column, and it costs a
 * third of the time to find the same workspace, mapping and rule each time.
 *
 * Keys are part of an index entry, which PostgreSQL limits to 2.7 kB: record ids may have some 500 characters.
 */

export const migrations = syncctl.table("migrations", {
  name: text("name").primaryKey(),
  appliedAt: instant("applied_at").notNull().defaultNow(),
});

export const links = syncctl.table(
  "links",
  {
    workspace: workspace(),
    mapping: text("mapping").notNull(),
    rule: text("rule").notNull(),
    sourceConnection: text("source_connection").notNull(),
    sourceStream: text("source_stream").notNull(),
    sourceId: text("source_id").notNull(),
    targetConnection: text("target_connection").notNull(),
    targetStream: text("target_stream").notNull(),
    targetId: text("target_id").notNull(),
    origin: text("origin").$type<Link["origin"]>().notNull(),
    baseline: json("baseline").$type<Fields>().notNull(),
    ruleDigest: text("rule_digest").notNull(),
    writtenAt: instant("written_at").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.sourceId, table.rule, table.mapping, table.workspace] }),
    uniqueIndex("links_target").on(
      table.workspace,
      table.mapping,
      table.targetConnection,
      table.targetStream,
      table.targetId,
    ),
  ],
);

/** Open intents; closing one removes it. */
export const intents = syncctl.table(
  "intents",
  {
    workspace: workspace(),
    changeId: text("change_id").notNull(),
    runId: text("run_id").notNull(),
    kind: text("kind").$type<ChangeKind>().notNull(),
    mapping: text("mapping").notNull(),
    rule: text("rule").notNull(),
    sourceConnection: text("source_connection").notNull(),
    sourceStream: text("source_stream").notNull(),
    sourceId: text("source_id").notNull(),
    targetConnection: text("target_connection").notNull(),
    targetStream: text("target_stream").notNull(),
    /** Null for a create. */
    targetId: text("target_id"),
    fields: json("fields").$type<Fields>().notNull(),
    at: instant("at").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.changeId, table.workspace] }),
    index("intents_source").on(table.workspace, table.mapping, table.rule, table.sourceId),
  ],
);

export const readings = syncctl.table(
  "readings",
  {
    workspace: workspace(),
    connection: text("connection").notNull(),
    stream: text("stream").notNull(),
    records: integer("records").notNull(),
    at: instant("at").notNull(),
  },
  (table) => [primaryKey({ columns: [table.workspace, table.connection, table.stream] })],
);

export const runs = syncctl.table(
  "runs",
  {
    workspace: workspace(),
    runId: text("run_id").notNull(),
    /** Tells the later of two runs that started in the same millisecond. */
    position: bigint("position", { mode: "number" }).notNull().generatedAlwaysAsIdentity(),
    planId: text("plan_id").notNull(),
    planDigest: text("plan_digest").notNull(),
    purpose: text("purpose").$type<RunStart["purpose"]>().notNull(),
    mappings: json("mappings").$type<readonly string[]>().notNull(),
    configurationDigest: text("configuration_digest").notNull(),
    startedAt: instant("started_at").notNull(),
    startedBy: text("started_by").notNull(),
    status: text("status").$type<RunStatus>().notNull(),
    finishedAt: instant("finished_at"),
    note: text("note"),
    /** Id of the run request that it belongs to. */
    request: text("request"),
  },
  (table) => [
    primaryKey({ columns: [table.runId, table.workspace] }),
    uniqueIndex("runs_plan").on(table.planId, table.workspace),
    index("runs_newest").on(table.workspace, table.startedAt, table.position),
    index("runs_request").on(table.request),
    /** For what is removed because it is old. */
    index("runs_age").on(table.startedAt),
  ],
);

export const runEntries = syncctl.table(
  "run_entries",
  {
    workspace: workspace(),
    runId: text("run_id").notNull(),
    sequence: integer("sequence").notNull(),
    mapping: text("mapping").notNull(),
    rule: text("rule").notNull(),
    sourceConnection: text("source_connection").notNull(),
    sourceStream: text("source_stream").notNull(),
    sourceId: text("source_id").notNull(),
    targetConnection: text("target_connection"),
    targetStream: text("target_stream"),
    targetId: text("target_id"),
    label: text("label").notNull(),
    action: text("action").$type<ChangeKind | "none">().notNull(),
    status: text("status").$type<OutcomeStatus | "held" | "passed-over">().notNull(),
    code: text("code").$type<Code>(),
    reason: text("reason").notNull(),
    fields: json("fields").$type<readonly FieldChange[]>().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.runId, table.sequence, table.workspace] }),
    foreignKey({
      columns: [table.runId, table.workspace],
      foreignColumns: [runs.runId, runs.workspace],
    }),
    index("run_entries_status").on(table.runId, table.status, table.workspace),
    /** For what was done to one record. */
    index("run_entries_source").on(table.sourceId, table.workspace),
    index("run_entries_target")
      .on(table.targetId, table.workspace)
      .where(sql`${table.targetId} is not null`),
  ],
);

/** Rows stay when a lease is released, because tokens must go on growing. */
export const leases = syncctl.table(
  "leases",
  {
    workspace: workspace(),
    name: text("name").notNull(),
    /** Empty when released. */
    holder: text("holder").notNull(),
    token: bigint("token", { mode: "number" }).notNull(),
    until: instant("until").notNull(),
  },
  (table) => [primaryKey({ columns: [table.workspace, table.name] })],
);

/** The accounts that each mapping was first run with. */
export const bindings = syncctl.table(
  "bindings",
  {
    workspace: workspace(),
    mapping: text("mapping").notNull(),
    accounts: json("accounts").$type<readonly BoundAccount[]>().notNull(),
    systemOfRecord: text("system_of_record").notNull(),
    at: instant("at").notNull(),
  },
  (table) => [primaryKey({ columns: [table.workspace, table.mapping] })],
);
