import { isDay } from "../../../engine/value/calendar.ts";
import { type Attributes, type Errors, isBlank, type Kinds } from "./attributes.ts";
import type { Directory } from "./directory.ts";
import type { Project } from "./project.ts";
import { isDeleted, type TimeKind } from "./time-kinds.ts";

/** What one call takes for one entry (documented): the one that changes an entry has no place for the classification. */
const taken: Kinds = {
  party_id: "integer",
  date: "date",
  hours: "text",
  time_in: "text",
  time_out: "text",
  lunch_time: "text",
  cost_code_id: "integer",
  sub_job_id: "integer",
  location_id: "integer",
  timecard_time_type_id: "integer",
  timesheet_id: "integer",
  line_item_type_id: "integer",
  billable: "boolean",
  description: "text",
  approval_status: "text",
  origin_data: "text",
};

export const timecardUpdateKinds: Kinds = { ...taken, origin_id: "integer" };

export const timecardBulkKinds: Kinds = {
  ...taken,
  project_id: "integer",
  work_classification_id: "integer",
  origin_id: "text",
};

const approvalStates: readonly unknown[] = ["pending", "reviewed", "approved", "completed"];

/** Hours that a day has. */
const hoursMax = 24;

/**
 * Why an entry cannot be as these attributes say. That an unknown person, hours above 24 and values that do not go with
 * the project's setting are refused is documented or observed; the texts, and the other refusals, are assumed.
 */
export function refusalsOfTimecard(
  directory: Directory,
  attributes: Attributes,
  project: Project,
): Errors {
  const person = directory.person(project.company_id, Number(attributes["party_id"]));
  const hours = attributes["hours"];
  const date = attributes["date"];
  const checks: readonly (readonly [name: string, isRefused: boolean, text: string])[] = [
    ["party_id", person === undefined, "is invalid"],
    ["date", typeof date !== "string" || !isDay(date), "can't be blank"],
    ["hours", !isBlank(hours) && !isHours(String(hours)), "must be between 0 and 24"],
    [
      "approval_status",
      !approvalStates.includes(attributes["approval_status"]),
      "is not included in the list",
    ],
    ["work_classification_id", !isSwitchedOn(directory, attributes, project), "is invalid"],
    ...references.map(
      ([name, kind]) =>
        [name, !isInProject(directory, kind, attributes[name], project), "is invalid"] as const,
    ),
    ...modeChecks(attributes, project),
  ];
  const refused = checks.filter(([, isRefused]) => isRefused);
  return Object.fromEntries(refused.map(([name, , text]) => [name, [text]]));
}

const references: readonly (readonly [name: string, kind: TimeKind])[] = [
  ["cost_code_id", "costCodes"],
  ["sub_job_id", "subJobs"],
  ["location_id", "locations"],
  ["timesheet_id", "timesheets"],
  ["timecard_time_type_id", "timeTypes"],
];

/** A project records either total hours, or start and stop, and takes nothing of the other (documented). */
function modeChecks(attributes: Attributes, { time_entry }: Project) {
  const isHours = time_entry === "hours";
  const needed = isHours ? ["hours"] : ["time_in", "time_out"];
  const unused = isHours ? ["time_in", "time_out", "lunch_time"] : ["hours"];
  const setting = isHours ? "total hours" : "start and stop times";
  return [
    ...needed.map((name) => [name, isBlank(attributes[name]), "can't be blank"] as const),
    ...unused.map(
      (name) =>
        [
          name,
          !isBlank(attributes[name]),
          `cannot be set: the project records ${setting}`,
        ] as const,
    ),
  ];
}

function isHours(text: string): boolean {
  return /^\d+(\.\d+)?$/.test(text) && Number(text) <= hoursMax;
}

/** A classification has to be switched on in the project (assumed). */
function isSwitchedOn(directory: Directory, attributes: Attributes, project: Project): boolean {
  const id = attributes["work_classification_id"] ?? null;
  const all = directory.classificationsNow(project.company_id);
  return id === null || all.some((one) => one.id === id && one.project_ids.includes(project.id));
}

function isInProject(directory: Directory, kind: TimeKind, id: unknown, project: Project): boolean {
  if (id === null || id === undefined) return true;
  const found = directory.timeRecord(kind, project.company_id, Number(id));
  if (!found || isDeleted(found)) return false;
  return found.project_id === null || found.project_id === project.id;
}

/** As it is kept: hours as text with one decimal at least (observed), and malformed times as none (documented). */
export function settledTimecard(attributes: Attributes, { time_entry }: Project): Attributes {
  const times = Object.fromEntries(
    ["time_in", "time_out"].map((name) => [name, timeOf(attributes[name])] as const),
  );
  const hours =
    time_entry === "hours" ? attributes["hours"] : workedHours({ ...attributes, ...times });
  return { ...attributes, ...times, hours: isBlank(hours) ? null : hoursText(Number(hours)) };
}

function timeOf(text: unknown): string | null {
  const time = typeof text === "string" ? Date.parse(text) : Number.NaN;
  return Number.isNaN(time) ? null : new Date(time).toISOString().replace(/\.\d+Z$/, "Z");
}

/** From start to stop without the break, hours (assumed). */
function workedHours(attributes: Attributes): number {
  const [from, to] = ["time_in", "time_out"].map((name) => Date.parse(String(attributes[name])));
  const minutes = ((to ?? 0) - (from ?? 0)) / 60_000 - Number(attributes["lunch_time"] ?? 0);
  return Math.round((minutes / 60) * 100) / 100;
}

function hoursText(hours: number): string {
  return Number.isInteger(hours) ? hours.toFixed(1) : String(hours);
}
