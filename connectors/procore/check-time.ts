import type { Call, CheckResult } from "../../engine/connector/connector.ts";
import type { Problem } from "../../engine/connector/problem.ts";
import { type Prepared, projects } from "./api.ts";
import { costCodes, locations, subJobs, timecards, timesheets, timeTypes } from "./api-time.ts";
import type { Company } from "./company.ts";
import { isRow } from "./convert.ts";
import { problemOf, projectToolPermission, timecardPermission } from "./problem.ts";

/**
 * The company's time cards, and the tools of one project. A missing permission is no failure, because whoever keeps people
 * and projects in step alone needs none of them.
 */
export async function checkTime(company: Company, call: Call): Promise<readonly CheckResult[]> {
  const first = await firstProject(company, call);
  const asked: readonly (readonly [what: string, request: Prepared, permission: string])[] = [
    ["time_types", timeTypes(company.id), timecardPermission],
    ["timecard_entries", timecards(company.id, 1), timecardPermission],
    ...(first === null ? [] : ofProject(first)),
  ];
  const lines = await Promise.all(
    asked.map(async ([what, request, permission]): Promise<CheckResult> => {
      const result = await company.client.send({ ...request, signal: call.signal });
      if (result.ok) return { what, status: "ok", message: readable(what, first) };
      return refused(what, problemOf(result, permission));
    }),
  );
  return [...lines, ...(first === null ? [noProject] : []), maybeTimecards];
}

function ofProject(project: string): readonly (readonly [string, Prepared, string])[] {
  return [
    ["cost_codes", costCodes(project, 1), projectToolPermission],
    ["sub_jobs", subJobs(project, 1), projectToolPermission],
    ["locations", locations(project, 1), projectToolPermission],
    ["timesheets", timesheets(project, 1), projectToolPermission],
  ];
}

/** Null: none, or the list cannot be read, which another line says. */
async function firstProject(company: Company, { signal }: Call): Promise<string | null> {
  const request = projects(company.id, { view: "compact", per_page: 1 });
  const result = await company.client.send({ ...request, signal });
  const rows = result.ok && Array.isArray(result.answer.body) ? result.answer.body : [];
  const [first] = rows.filter(isRow);
  return first === undefined ? null : String(first["id"]);
}

function readable(what: string, project: string | null): string {
  return what.startsWith("time") && what !== "timesheets"
    ? "Can be read."
    : `Can be read in project ${project}. Others were not asked.`;
}

function refused(what: string, problem: Problem): CheckResult {
  const isPermission = problem.code === "permission-denied" || problem.code === "not-found";
  return isPermission
    ? { what, status: "unknown", message: `${problem.message} Only time cards need it.` }
    : { what, status: "failed", message: problem.message };
}

const noProject: CheckResult = {
  what: "cost_codes, sub_jobs, locations, timesheets",
  status: "unknown",
  message:
    "They are read project by project, and the app sees no project. Only time cards need them.",
};

const maybeTimecards: CheckResult = {
  what: "writing time cards",
  status: "unknown",
  message:
    "Making time cards takes Admin on the Timesheets tool of each project, and perhaps a beta that Procore opens for the app; changing them takes Admin on the company's Timecard tool. None can be proved without writing. Ask an administrator of the Procore company, if time cards are written to Procore.",
};
