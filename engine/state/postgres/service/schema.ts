import {
  boolean,
  customType,
  foreignKey,
  index,
  json,
  primaryKey,
  sql,
  uniqueIndex,
} from "#drizzle";
import type { Code } from "../../../codes.ts";
import type { Value } from "../../../value/value.ts";
import type {
  NewRequest,
  PlanCounts,
  PlanStatus,
  RequestProgress,
  RequestStatus,
  Role,
} from "../../service-store.ts";
import { instant, syncctl, text } from "../columns.ts";

/* The tables of the service. `../schema.ts` says how a migration is made. */

/** Both drivers hand over what they have parsed; drizzle's own `json` would parse a text such as "12" again. */
const anyValue = customType<{ data: Value; driverData: unknown }>({
  dataType: () => "json",
  toDriver: (value) => JSON.stringify(value),
  fromDriver: (value) => value as Value,
});

const bytes = customType<{ data: Uint8Array; driverData: Uint8Array }>({ dataType: () => "bytea" });

/** JSON knows no times. */
export type StoredProgress = Omit<RequestProgress, "at"> & { readonly at: string };

export const requests = syncctl.table(
  "requests",
  {
    id: text("id").primaryKey(),
    workspace: text("workspace").notNull(),
    mapping: text("mapping").notNull(),
    purpose: text("purpose").$type<NewRequest["purpose"]>().notNull(),
    allow: json("allow").$type<readonly string[]>().notNull(),
    trigger: text("trigger").$type<NewRequest["trigger"]>().notNull(),
    requestedBy: text("requested_by").notNull(),
    requestedAt: instant("requested_at").notNull(),
    status: text("status").$type<RequestStatus>().notNull(),
    startedAt: instant("started_at"),
    finishedAt: instant("finished_at"),
    planId: text("plan_id"),
    counts: json("counts").$type<PlanCounts>(),
    configurationDigest: text("configuration_digest"),
    commit: text("commit"),
    note: text("note"),
    code: text("code").$type<Code>(),
    progress: json("progress").$type<StoredProgress>(),
    worker: text("worker"),
    stopAskedBy: text("stop_asked_by"),
  },
  (table) => [
    uniqueIndex("requests_queued")
      .on(table.workspace, table.mapping)
      .where(sql`${table.status} = 'queued'`),
    // One for each question of the dashboard: a page of a workspace, of a mapping, of a status, of everything.
    index("requests_workspace").on(table.workspace, table.requestedAt, table.id),
    index("requests_mapping").on(table.workspace, table.mapping, table.requestedAt, table.id),
    index("requests_status").on(table.status, table.workspace, table.requestedAt, table.id),
    index("requests_age").on(table.requestedAt, table.id),
  ],
);

export const plans = syncctl.table(
  "plans",
  {
    workspace: text("workspace").notNull(),
    id: text("id").notNull(),
    requestId: text("request_id").notNull(),
    createdAt: instant("created_at").notNull(),
    status: text("status").$type<PlanStatus>().notNull(),
    decidedBy: text("decided_by"),
    decidedAt: instant("decided_at"),
    approved: json("approved").$type<readonly string[]>(),
    /** The whole plan as JSON, deflated: an eighth of its size. */
    packed: bytes("packed").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.workspace, table.id] }),
    index("plans_request").on(table.requestId),
    index("plans_age").on(table.createdAt),
  ],
);

export const overrides = syncctl.table(
  "overrides",
  {
    workspace: text("workspace").notNull(),
    mapping: text("mapping").notNull(),
    variable: text("variable").notNull(),
    /** Without a value: the value is null. */
    value: anyValue("value"),
    by: text("by").notNull(),
    at: instant("at").notNull(),
  },
  (table) => [primaryKey({ columns: [table.workspace, table.mapping, table.variable] })],
);

export const switches = syncctl.table(
  "switches",
  {
    workspace: text("workspace").notNull(),
    mapping: text("mapping").notNull(),
    isOn: boolean("is_on").notNull(),
    by: text("by").notNull(),
    at: instant("at").notNull(),
  },
  (table) => [primaryKey({ columns: [table.workspace, table.mapping] })],
);

export const slots = syncctl.table(
  "slots",
  {
    workspace: text("workspace").notNull(),
    mapping: text("mapping").notNull(),
    at: instant("at").notNull(),
  },
  (table) => [primaryKey({ columns: [table.workspace, table.mapping] })],
);

export const tokens = syncctl.table(
  "tokens",
  {
    id: text("id").primaryKey(),
    hash: text("hash").notNull(),
    name: text("name").notNull(),
    role: text("role").$type<Role>().notNull(),
    workspaces: json("workspaces").$type<readonly string[]>(),
    createdAt: instant("created_at").notNull(),
    createdBy: text("created_by").notNull(),
    lastUsedAt: instant("last_used_at"),
    expiresAt: instant("expires_at"),
    revokedAt: instant("revoked_at"),
  },
  (table) => [uniqueIndex("tokens_hash").on(table.hash)],
);

export const sessions = syncctl.table(
  "sessions",
  {
    id: text("id").primaryKey(),
    hash: text("hash").notNull(),
    tokenId: text("token_id").notNull(),
    csrf: text("csrf").notNull(),
    createdAt: instant("created_at").notNull(),
    expiresAt: instant("expires_at").notNull(),
  },
  (table) => [
    uniqueIndex("sessions_hash").on(table.hash),
    index("sessions_token").on(table.tokenId),
    foreignKey({ columns: [table.tokenId], foreignColumns: [tokens.id] }),
  ],
);

export const notifications = syncctl.table(
  "notifications",
  {
    workspace: text("workspace").notNull(),
    mapping: text("mapping").notNull(),
    condition: text("condition").notNull(),
    heldDigest: text("held_digest").notNull(),
    at: instant("at").notNull(),
  },
  (table) => [primaryKey({ columns: [table.workspace, table.mapping] })],
);
