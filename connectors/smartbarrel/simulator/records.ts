import type { StreamSchema } from "../../../engine/connector/schema.ts";
import type { Fields } from "../../../engine/value/value.ts";
import { smartbarrelKinds } from "../kinds.ts";

/*
 * What the simulated product keeps: fields by the names of the streams, whatever they are called on the wire.
 */

export type Collection = "workers" | "positions" | "projects" | "cost_codes" | "shifts";

export const collections: readonly Collection[] = [
  "positions",
  "projects",
  "workers",
  "cost_codes",
  "shifts",
];

export interface Entry {
  readonly id: string;
  readonly fields: Fields;
}

export interface Kept {
  readonly id: string;
  readonly fields: Fields;
  /** Of shifts: how their hours are split. */
  readonly entries: readonly Entry[];
  /** Milliseconds since 1970. */
  readonly createdAt: number;
  readonly updatedAt: number;
}

/** How ids begin. */
export const idBeginnings: Readonly<Record<Collection | "entries", string>> = {
  workers: "wkr_",
  positions: "pos_",
  projects: "prj_",
  cost_codes: "cc_",
  shifts: "shf_",
  entries: "ent_",
};

/** The contractor that is the company itself. */
export const ownContractor = "con_1";

/** Values of a new record for whatever is not told. */
export const defaults: Readonly<Record<Collection, Fields>> = {
  workers: { status: "active", contractor_id: ownContractor },
  positions: { status: "active" },
  projects: {
    status: "active",
    only_approved_shifts: false,
    include_sub_workers: false,
    auto_sync_time_card: false,
  },
  cost_codes: { status: "active" },
  shifts: { status: "pending", break_minutes: 0 },
};

export function schemaOf(name: Collection): StreamSchema {
  return smartbarrelKinds[name].schema;
}

/** What a person of the company may enter beside what the API lets write. */
export const enteredFields: Readonly<Record<Collection, readonly string[]>> = {
  workers: [],
  positions: [],
  projects: [],
  cost_codes: ["project_id", "segment_1", "segment_2", "name", "status"],
  shifts: [
    "worker_id",
    "project_id",
    "date",
    "time_in",
    "time_out",
    "break_minutes",
    "status",
    "position_id",
  ],
};

export const entryFields: readonly string[] = ["hours", "cost_code_id", "location", "earn_code"];

/** What nobody can leave empty. */
export const requiredFields: Readonly<Record<Collection, readonly string[]>> = {
  workers: ["first_name", "last_name", "status", "contractor_id"],
  positions: ["name", "status"],
  projects: ["name", "status"],
  cost_codes: ["project_id", "name", "status"],
  shifts: ["worker_id", "project_id", "date", "status"],
};
