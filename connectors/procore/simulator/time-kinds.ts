import type { Attributes, Kinds } from "./attributes.ts";

/*
 * Time cards and what they refer to. All but time types belong to a project.
 */

export interface TimeRecord {
  readonly id: number;
  readonly company_id: number;
  /** Null: of the whole company. */
  readonly project_id: number | null;
  readonly created_at: string;
  readonly updated_at: string;
  /** Every attribute of its kind. */
  readonly attributes: Attributes;
}

export const timeKinds = {
  timeTypes: {
    name: "text",
    abbreviated_time_type: "text",
    available: "boolean",
    default: "boolean",
  },
  subJobs: { name: "text", code: "text", origin_id: "text" },
  costCodes: {
    name: "text",
    code: "text",
    parent_id: "integer",
    sub_job_id: "integer",
    origin_id: "text",
    deleted_at: "text",
  },
  locations: { node_name: "text", parent_id: "integer", code: "text" },
  timesheets: { date: "date", number: "integer", name: "text", status: "text" },
  timecardEntries: {
    party_id: "integer",
    date: "date",
    hours: "text",
    time_in: "text",
    time_out: "text",
    lunch_time: "text",
    cost_code_id: "integer",
    sub_job_id: "integer",
    location_id: "integer",
    work_classification_id: "integer",
    timecard_time_type_id: "integer",
    timesheet_id: "integer",
    line_item_type_id: "integer",
    billable: "boolean",
    description: "text",
    approval_status: "text",
    in_progress: "boolean",
    origin_id: "integer",
    origin_data: "text",
    deleted_at: "text",
  },
} as const satisfies Readonly<Record<string, Kinds>>;

export type TimeKind = keyof typeof timeKinds;

export const timeKindNames = Object.keys(timeKinds) as readonly TimeKind[];

const standard: Readonly<Partial<Record<TimeKind, Attributes>>> = {
  timeTypes: { available: true, default: false },
  timesheets: { status: "pending" },
  timecardEntries: { approval_status: "pending", billable: false, in_progress: false },
};

export function timeDefaults(kind: TimeKind): Attributes {
  const empty = Object.keys(timeKinds[kind]).map((name) => [name, null] as const);
  return { ...Object.fromEntries(empty), ...standard[kind] };
}

export function isDeleted({ attributes }: TimeRecord): boolean {
  return (attributes["deleted_at"] ?? null) !== null;
}
