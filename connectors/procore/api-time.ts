import type { DayWindow } from "../../engine/connector/connector.ts";
import {
  type Address,
  address,
  get,
  type Prepared,
  pageSize,
  type Query,
  type State,
} from "./api.ts";
import type { Row } from "./convert.ts";

/*
 * The calls about time cards and what they refer to. Versions are those that Procore documents: v1.0, and v1.1 for many
 * time cards at once.
 */

/** Everybody: users' people and contacts. */
export function people(company: string, state: State, pageLength = pageSize): Prepared {
  const resource = state === "active" ? "people" : "people/inactive";
  return get(address("v1.0", company, resource), { per_page: pageLength });
}

export function createWorkClassification(company: string, body: Row): Prepared {
  const where = address("v1.0", company, "work_classifications");
  return { ...where, method: "POST", body: { work_classification: body }, repeat: "once" };
}

export function updateWorkClassification(company: string, id: string, body: Row): Prepared {
  const where = address("v1.0", company, "work_classifications", id);
  return { ...where, method: "PATCH", body: { work_classification: body }, repeat: "harmless" };
}

/** Switches a classification of the company on or off in one project. */
export function enableWorkClassification(project: string, id: string, isOn: boolean): Prepared {
  const where = inProject("v1.0", project, "work_classifications", id);
  const body = { work_classification: { is_active: isOn } };
  return { ...where, method: "PATCH", body, repeat: "harmless" };
}

/** Never in pages (documented). */
export function timeTypes(company: string): Prepared {
  return get(address("v1.0", company, "timecard_time_types"));
}

export function costCodes(project: string, pageLength = pageSize): Prepared {
  return ofProject("/rest/v1.0/cost_codes", project, pageLength);
}

export function subJobs(project: string, pageLength = pageSize): Prepared {
  return ofProject("/rest/v1.0/sub_jobs", project, pageLength);
}

export function locations(project: string, pageLength = pageSize): Prepared {
  return get(inProject("v1.0", project, "locations"), { per_page: pageLength });
}

/** Whether both days belong to the range is not documented. */
export function timesheets(project: string, pageLength = pageSize, days?: DayWindow): Prepared {
  const window = days ? { "filters[date]": `${days.from}...${days.to}` } : {};
  return get(inProject("v1.0", project, "timesheets"), { per_page: pageLength, ...window });
}

export function createTimesheet(project: string, body: Row): Prepared {
  const where = inProject("v1.0", project, "timesheets");
  return { ...where, method: "POST", body: { timesheet: body }, repeat: "once" };
}

/** Both days belong to the range (documented). Without days Procore chooses some, and does not say which. */
export function timecards(company: string, pageLength = pageSize, days?: DayWindow): Prepared {
  const window = days ? { start_date: days.from, end_date: days.to } : {};
  const where = address("v1.0", company, "timecard_entries");
  return get(where, { per_page: pageLength, ...window });
}

export function timecard(company: string, id: string): Prepared {
  return get(address("v1.0", company, "timecard_entries", id));
}

/** All or none of them; each names the project again (documented). */
export function createTimecards(project: string, entries: readonly Row[]): Prepared {
  const where = inProject("v1.1", project, "project_timecard_entries/bulk_create");
  return { ...where, method: "POST", body: { timecard_entries: entries }, repeat: "once" };
}

export function updateTimecard(company: string, id: string, project: number, body: Row): Prepared {
  const where = address("v1.0", company, "timecard_entries", id);
  const whole = { project_id: project, timecard_entry: body };
  return { ...where, method: "PATCH", body: whole, repeat: "harmless" };
}

function ofProject(path: string, project: string, pageLength: number): Prepared {
  const query: Query = { project_id: project, per_page: pageLength };
  return get({ path, template: path }, query);
}

function inProject(version: string, project: string, resource: string, id?: string): Address {
  const tail = id === undefined ? "" : `/${encodeURIComponent(id)}`;
  return {
    path: `/rest/${version}/projects/${encodeURIComponent(project)}/${resource}${tail}`,
    template: `/rest/${version}/projects/{id}/${resource}${id === undefined ? "" : "/{id}"}`,
  };
}
