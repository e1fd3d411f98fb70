import { call, newRecord, type ProcoreOffice, readOne } from "./procore-directory.ts";

/* A company with time cards, and calls about them. */

export const depot = 88_000_000_201;
export const pumps = 88_000_000_202;
export const worker = 25_120_000_001;

export const timeData = {
  contacts: [{ id: worker, last_name: "Haugen", employee_id: "E-2044", is_employee: true }],
  workClassifications: [{ id: 81, name: "Carpenter", project_ids: [depot] }],
  projects: [
    { id: depot, name: "Harbor Street Depot" },
    { id: pumps, name: "Pump Station", time_entry: "start_stop" },
  ],
  timeTypes: [{ id: 501, name: "Regular Time", abbreviated_time_type: "RT", default: true }],
  subJobs: [{ id: 62_001, name: "East Pier", code: "E", project_id: depot }],
  costCodes: [
    { id: 61_001, name: "Concrete", code: "03", project_id: depot },
    { id: 61_002, name: "Forms", code: "100", parent_id: 61_001, project_id: depot },
    { id: 61_003, name: "Piles", code: "31", project_id: depot, sub_job_id: "East Pier" },
    {
      id: 61_004,
      name: "Old",
      code: "99",
      project_id: depot,
      deleted_at: "2026-01-02T08:00:00Z",
    },
  ],
  locations: [
    { id: 63_001, node_name: "Building A", project_id: depot },
    { id: 63_002, node_name: "Floor 1", parent_id: 63_001, project_id: depot },
  ],
  timesheets: [{ id: 64_001, date: "2026-04-06", project_id: depot }],
  timecardEntries: [
    {
      id: 65_001,
      party_id: worker,
      date: "2026-04-06",
      hours: "8.0",
      project_id: depot,
      cost_code_id: "Concrete",
      description: "Forms",
    },
  ],
};

/** An entry with every field that goes with total hours. */
export const fullEntry = {
  party_id: String(worker),
  project_id: String(depot),
  date: "2026-04-09",
  hours: 7.75,
  cost_code_id: "61001",
  sub_job_id: "62001",
  location_id: "63001",
  work_classification_id: "81",
  time_type_id: "501",
  timesheet_id: "64001",
  billable: true,
  description: "Formwork",
  approval_status: "pending",
  origin_data: "shift 9f3c",
};

/** An entry of a project that records start and stop. */
export const startStopEntry = {
  party_id: String(worker),
  project_id: String(pumps),
  date: "2026-04-09",
  time_in: "2026-04-09T14:00:00Z",
  time_out: "2026-04-09T22:30:00Z",
  lunch_time: 30,
};

/** Makes every writing call about time cards that the connector can make, with every field that it can write. */
export async function everythingOfTime({ stream }: ProcoreOffice): Promise<void> {
  const classifications = stream("work_classifications");
  const classification = { name: "Welder", abbreviation: "WEL", project_ids: String(depot) };
  await classifications.create?.(newRecord(classification), call);
  const record = await readOne(classifications, "name", "Carpenter");
  const patch = { name: "Carpenter I", abbreviation: "CAR", project_ids: `${depot},${pumps}` };
  await classifications.update?.({ record, patch }, call);
  const timesheet = { project_id: String(depot), date: "2026-04-09" };
  await stream("timesheets").create?.(newRecord(timesheet), call);
  const entries = stream("timecard_entries");
  await entries.createMany?.([newRecord(fullEntry), newRecord(startStopEntry)], call);
  const entry = await readOne(entries, "id", "65001");
  await entries.get?.("65001", call);
  const { project_id: _p, work_classification_id: _c, ...changed } = fullEntry;
  await entries.update?.({ record: entry, patch: changed }, call);
}

/** A call about time cards that succeeds, by its method and its described path; null: it is none of them. */
export function timeCall(
  method: string,
  path: string,
): { readonly path: string; readonly body?: unknown } | null {
  const at = `${method} ${path.split("/").slice(3).join("/")}`;
  const isOne = path.endsWith("{id}");
  const id = path.includes("classifications") ? "81" : "65001";
  const filled = path.replace("{project_id}", String(depot)).replace("{id}", isOne ? id : "");
  const entry = { party_id: worker, project_id: depot, date: "2026-04-09", hours: "8.0" };
  if (/^GET (cost_codes|sub_jobs)/.test(at)) return { path: `${filled}?project_id=${depot}` };
  if (at.includes("bulk_create")) return { path: filled, body: { timecard_entries: [entry] } };
  if (at.startsWith("GET projects/{project_id}/")) return { path: filled };
  if (at.startsWith("GET") && at.includes("timecard")) return { path: filled };
  if (at.startsWith("POST") && at.includes("timesheets"))
    return { path: filled, body: { timesheet: { date: "2026-04-09" } } };
  if (at.startsWith("PATCH") && at.includes("timecard")) {
    const timecard_entry = { date: "2026-04-06", hours: "7.5" };
    return { path: filled, body: { project_id: depot, timecard_entry } };
  }
  if (method !== "GET" && at.includes("work_classifications"))
    return { path: filled, body: { work_classification: { name: "Rigger" } } };
  return null;
}
