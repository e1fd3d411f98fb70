import {
  bigint,
  customType,
  foreignKey,
  index,
  integer,
  json,
  pgSchema,
  primaryKey,
  timestamp,
  uniqueIndex,
} from "#drizzle";
import type { OutcomeStatus } from "../../apply/outcome.ts";
import type { Code } from "../../codes.ts";
import type { ChangeKind, FieldChange } from "../../plan/plan.ts";
import type { Fields } from "../../value/value.ts";
import type { BoundAccount } from "../binding.ts";
import type { Link, RunStart, RunStatus } from "../store.ts";
import { escapeText, unescapeText } from "./text.ts";

/*
 * The tables, in a schema of their own so that a database can be shared with other programs. `npx drizzle-kit generate
 * --config engine/state/postgres/drizzle.config.ts` writes the next migration from the difference to the last one; a
 * migration that was released is never edited.
 *
 * Keys are part of an index entry, which PostgreSQL limits to 2.7 kB: record ids may have some 500 characters.
 */

/** Any text. Compared byte by byte, which is the same in every database and faster than a language's order. */
const text = customType<{ data: string; driverData: string }>({
  dataType: () => 'text collate "C"',
  toDriver: escapeText,
  fromDriver: unescapeText,
});

const instant = (name: string) => timestamp(name, { withTimezone: true, mode: "date" });

export const syncctl = pgSchema("syncctl");

export const migrations = syncctl.table("migrations", {
  name: text("name").primaryKey(),
  appliedAt: instant("applied_at").notNull().defaultNow(),
});

export const links = syncctl.table(
  "links",
  {
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
    primaryKey({ columns: [table.mapping, table.rule, table.sourceId] }),
    uniqueIndex("links_target").on(
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
    changeId: text("change_id").primaryKey(),
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
  (table) => [index("intents_source").on(table.mapping, table.rule, table.sourceId)],
);

export const readings = syncctl.table(
  "readings",
  {
    connection: text("connection").notNull(),
    stream: text("stream").notNull(),
    records: integer("records").notNull(),
    at: instant("at").notNull(),
  },
  (table) => [primaryKey({ columns: [table.connection, table.stream] })],
);

export const runs = syncctl.table(
  "runs",
  {
    runId: text("run_id").primaryKey(),
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
  },
  (table) => [
    uniqueIndex("runs_plan").on(table.planId),
    index("runs_newest").on(table.startedAt, table.position),
  ],
);

export const runEntries = syncctl.table(
  "run_entries",
  {
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
    primaryKey({ columns: [table.runId, table.sequence] }),
    foreignKey({ columns: [table.runId], foreignColumns: [runs.runId] }),
    index("run_entries_status").on(table.runId, table.status),
  ],
);

/** Rows stay when a lease is released, because tokens must go on growing. */
export const leases = syncctl.table("leases", {
  name: text("name").primaryKey(),
  /** Empty when released. */
  holder: text("holder").notNull(),
  token: bigint("token", { mode: "number" }).notNull(),
  until: instant("until").notNull(),
});

/** The accounts that each mapping was first run with. */
export const bindings = syncctl.table("bindings", {
  mapping: text("mapping").primaryKey(),
  accounts: json("accounts").$type<readonly BoundAccount[]>().notNull(),
  systemOfRecord: text("system_of_record").notNull(),
  at: instant("at").notNull(),
});
