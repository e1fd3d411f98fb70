import { isDay } from "../../../engine/value/calendar.ts";
import { isBlank } from "./attributes.ts";
import {
  attributesAt,
  companyAt,
  fault,
  givenId,
  idAt,
  type Keys,
  nameAt,
  onlyKeys,
  type Row,
  rowsAt,
  type Scope,
  timeAt,
  withIds,
} from "./data-keys.ts";
import type { Project } from "./project.ts";
import { type TimeKind, type TimeRecord, timeDefaults, timeKinds } from "./time-kinds.ts";
import type { TimeData, WorkClassification } from "./world.ts";

/** What a record cannot be without, by kind. */
const needed: Readonly<Record<TimeKind, readonly string[]>> = {
  timeTypes: ["name"],
  subJobs: ["name"],
  costCodes: ["name"],
  locations: ["node_name"],
  timesheets: ["date"],
  timecardEntries: ["party_id", "date"],
};

export function timeDataAt(
  root: Keys,
  scope: Scope,
  given: {
    readonly projects: readonly Project[];
    readonly workClassifications: readonly WorkClassification[];
  },
): Omit<TimeData, "workClassifications"> {
  const projects = given.projects.map(({ id, attributes }) => ({
    id,
    name: String(attributes["name"]),
  }));
  const read = (kind: TimeKind, lists: Parameters<typeof withIds>[2] = {}) =>
    rowsAt(root, kind).map((row) => recordAt(kind, row, scope, { ...lists, project_id: projects }));
  const timeTypes = read("timeTypes");
  const subJobs = read("subJobs");
  const costCodes = read("costCodes", { sub_job_id: named(subJobs) });
  const locations = read("locations");
  const timesheets = read("timesheets");
  const timecardEntries = read("timecardEntries", {
    cost_code_id: named(costCodes),
    sub_job_id: named(subJobs),
    location_id: named(locations),
    timecard_time_type_id: named(timeTypes),
    work_classification_id: given.workClassifications,
  });
  return { timeTypes, subJobs, costCodes, locations, timesheets, timecardEntries };
}

function named(records: readonly TimeRecord[]) {
  return records.map(({ id, attributes }) => ({
    id,
    name: String(attributes["name"] ?? attributes["node_name"]),
  }));
}

function recordAt(
  kind: TimeKind,
  { keys, place }: Row,
  scope: Scope,
  lists: Parameters<typeof withIds>[2],
): TimeRecord {
  const {
    id,
    company_id: _company,
    created_at,
    updated_at,
    project_id,
    ...told
  } = withIds(keys, place, lists);
  const attributes = attributesAt(told, timeKinds[kind], place);
  for (const name of needed[kind]) {
    if (isBlank(attributes[name])) throw fault(`${place}.${name}`, "is needed");
  }
  const day = attributes["date"];
  if (day !== undefined && !isDay(String(day))) {
    throw fault(`${place}.date`, "must be a day such as 2026-01-31");
  }
  const isOfCompany = kind === "timeTypes";
  if (!isOfCompany && givenId(project_id) === undefined) {
    throw fault(`${place}.project_id`, "is needed");
  }
  const created = timeAt(created_at ?? scope.at, `${place}.created_at`);
  return {
    id: givenId(id) ?? scope.ids.next(kind),
    company_id: companyAt(keys, place, scope),
    project_id: isOfCompany ? null : (givenId(project_id) ?? null),
    created_at: created,
    updated_at: timeAt(updated_at ?? created, `${place}.updated_at`),
    attributes: { ...timeDefaults(kind), ...attributes },
  };
}

export function classificationAt({ keys, place }: Row, scope: Scope): WorkClassification {
  const known = ["id", "company_id", "name", "abbreviation", "project_ids"];
  onlyKeys(keys, place, [...known, "created_at", "updated_at"]);
  const abbreviation = keys["abbreviation"] ?? null;
  if (abbreviation !== null && typeof abbreviation !== "string") {
    throw fault(`${place}.abbreviation`, "must be a text");
  }
  const projects = keys["project_ids"] ?? [];
  if (!Array.isArray(projects)) throw fault(`${place}.project_ids`, "must be a list");
  const created = timeAt(keys["created_at"] ?? scope.at, `${place}.created_at`);
  return {
    id: givenId(keys["id"]) ?? scope.ids.next("classification"),
    company_id: companyAt(keys, place, scope),
    name: nameAt(keys, place),
    abbreviation,
    project_ids: projects.map((one, index) => idAt(one, `${place}.project_ids[${index}]`)),
    created_at: created,
    updated_at: timeAt(keys["updated_at"] ?? created, `${place}.updated_at`),
  };
}
