import type { Scalar } from "./attributes.ts";
import type { Project } from "./project.ts";
import type { TimeRecord } from "./time-kinds.ts";

/*
 * The shapes in which time cards and what they refer to are answered. Lists keep keys that are null.
 */

export type TimeRow = Readonly<Record<string, unknown>>;

const creator = { id: 600_001, login: "service-account@procore.example", name: "Service Account" };

function stamped({ id, created_at, updated_at }: TimeRecord): TimeRow {
  return { id, created_at, updated_at };
}

function textOf(record: TimeRecord | undefined, key: string): string {
  return String(record?.attributes[key] ?? "");
}

export function timeTypeRow({ id, attributes }: TimeRecord): TimeRow {
  return { id, ...attributes };
}

export function subJobRow(record: TimeRecord): TimeRow {
  return { ...stamped(record), ...record.attributes, origin_data: null };
}

export function costCodeRow(record: TimeRecord, all: readonly TimeRecord[]): TimeRow {
  const { parent_id: parent, sub_job_id: subJob, ...own } = record.attributes;
  return {
    ...stamped(record),
    ...own,
    full_code: chain(record, all, "code").join("-"),
    parent: typeof parent === "number" ? { id: parent } : { id: null },
    biller_type: subJob === null ? "Project" : "SubJob",
    biller_id: subJob ?? record.project_id,
    budgeted: false,
    position: null,
    origin_data: null,
  };
}

export function locationRow(record: TimeRecord, all: readonly TimeRecord[]): TimeRow {
  const name = chain(record, all, "node_name").join(" > ");
  return { ...stamped(record), ...record.attributes, name };
}

/** The texts from the topmost record down to this one. */
function chain(record: TimeRecord, all: readonly TimeRecord[], key: string): readonly string[] {
  const texts: string[] = [];
  const seen = new Set<number>();
  let at: TimeRecord | undefined = record;
  while (at && !seen.has(at.id)) {
    seen.add(at.id);
    texts.unshift(textOf(at, key));
    const parent: Scalar | undefined = at.attributes["parent_id"];
    at = all.find(({ id }) => id === parent);
  }
  return texts.filter((text) => text !== "");
}

export function timesheetRow(record: TimeRecord): TimeRow {
  return { ...stamped(record), ...record.attributes, created_by: creator };
}

/** With the entries that stand on it. */
export function timesheetWithEntries(record: TimeRecord, entries: readonly TimeRecord[]): TimeRow {
  const rows = entries.map((entry) => ({
    ...stamped(entry),
    date: entry.attributes["date"],
    hours: entry.attributes["hours"],
  }));
  return { ...timesheetRow(record), timecard_entries: rows };
}

/** What a row of the company's list needs to know. */
export interface Named {
  readonly project: Project | undefined;
  readonly costCode: TimeRecord | undefined;
  readonly subJob: TimeRecord | undefined;
  readonly timeType: TimeRecord | undefined;
  readonly timesheet: TimeRecord | undefined;
  readonly person: string;
}

/** Neither the location nor the classification is described for these answers. */
export function companyTimecardRow(record: TimeRecord, named: Named): TimeRow {
  const {
    party_id,
    cost_code_id: _code,
    sub_job_id: _job,
    location_id: _location,
    work_classification_id: _classification,
    timecard_time_type_id: _type,
    timesheet_id: _sheet,
    ...own
  } = record.attributes;
  return {
    ...stamped(record),
    ...own,
    timecard_type: "TimecardEntry",
    party: { id: party_id, name: named.person },
    project: named.project && {
      id: named.project.id,
      name: named.project.attributes["name"],
    },
    cost_code: idName(named.costCode),
    sub_job: named.subJob
      ? { ...idName(named.subJob), code: named.subJob.attributes["code"] }
      : null,
    timecard_time_type: named.timeType
      ? {
          id: named.timeType.id,
          time_type: named.timeType.attributes["name"],
          abbreviated_time_type: named.timeType.attributes["abbreviated_time_type"],
          global: false,
        }
      : null,
    timesheet: named.timesheet ? timesheetRow(named.timesheet) : null,
    created_by: creator,
  };
}

function idName(record: TimeRecord | undefined): { id: number; name: unknown } | null {
  return record ? { id: record.id, name: record.attributes["name"] } : null;
}

/** The answer to the creation of many has ids and no objects (documented). */
export function bulkRow(record: TimeRecord): TimeRow {
  const { origin_id, ...own } = record.attributes;
  const { company_id, project_id } = record;
  const origin = origin_id === null || origin_id === undefined ? null : String(origin_id);
  return { ...stamped(record), company_id, project_id, ...own, origin_id: origin };
}

export function withoutNulls(row: TimeRow): TimeRow {
  const told = Object.entries(row).filter(([, value]) => value !== null && value !== undefined);
  return Object.fromEntries(told);
}
