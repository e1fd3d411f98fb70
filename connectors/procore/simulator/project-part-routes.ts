import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { isDay } from "../../../engine/value/calendar.ts";
import { remembering } from "../../http/simulator/remembering.ts";
import { badRequest, refuse } from "./answers.ts";
import type { Scalar } from "./attributes.ts";
import { type Query, readQuery, sendPage } from "./listing.ts";
import { attributesUnder, openProject, type TimeRouteOptions } from "./open-project.ts";
import type { Project, ProjectTool } from "./project.ts";
import { isWithin, parseSpan } from "./span.ts";
import { isDeleted, type TimeRecord } from "./time-kinds.ts";
import {
  costCodeRow,
  locationRow,
  subJobRow,
  timesheetRow,
  timesheetWithEntries,
} from "./time-rows.ts";

type Request = FastifyRequest<{ Params: { readonly project: string } }>;

const entriesBySheet = remembering<TimeRecord, ReadonlyMap<Scalar | undefined, TimeRecord[]>>();

/** What a project has of its own: cost codes, sub jobs, locations and timesheets, each a tool that can be off. */
export function addProjectPartRoutes(app: FastifyInstance, options: TimeRouteOptions): void {
  const project = "/rest/v1.0/projects/:project";
  app.get("/rest/v1.0/cost_codes", (request: Request, reply) =>
    list(request, reply, "cost_codes", options),
  );
  app.get("/rest/v1.0/sub_jobs", (request: Request, reply) =>
    list(request, reply, "sub_jobs", options),
  );
  app.get(`${project}/locations`, (request: Request, reply) =>
    list(request, reply, "locations", options),
  );
  app.get(`${project}/timesheets`, (request: Request, reply) =>
    list(request, reply, "timesheets", options),
  );
  app.post(`${project}/timesheets`, (request: Request, reply) =>
    createTimesheet(request, reply, options),
  );
}

const kindOf = {
  cost_codes: "costCodes",
  sub_jobs: "subJobs",
  locations: "locations",
  timesheets: "timesheets",
} as const;

const paged: readonly string[] = ["page", "per_page"];

const queries: Readonly<Record<ProjectTool, readonly string[]>> = {
  cost_codes: [...paged, "project_id", "sub_job_id", "view", "filters[id]", "filters[origin_id]"],
  sub_jobs: [...paged, "project_id"],
  locations: [...paged, "filters[updated_at]", "sort"],
  timesheets: [...paged, "filters[date]", "filters[updated_at]"],
};

function list(request: Request, reply: FastifyReply, tool: ProjectTool, options: TimeRouteOptions) {
  const query = readQuery(request, reply, queries[tool]);
  if (query === null) return reply;
  const id = request.params.project ?? query["project_id"];
  if (id === undefined) return badRequest(reply, "project_id is missing");
  const project = openProject(request, reply, id, { ...options, tool });
  if (project === null) return reply;
  const all = recordsOf(tool, project, options);
  const selected = select(all, query);
  if (selected === null) return badRequest(reply, "a range has two ends, with three dots between");
  return sendPage(request, reply, selected, {
    ...options,
    rowOf: rowsOf(tool, all, project, options),
  });
}

function recordsOf(
  tool: ProjectTool,
  project: Project,
  { directory }: TimeRouteOptions,
): readonly TimeRecord[] {
  const all = directory.timeRecords(kindOf[tool], project.company_id);
  return all.filter((record) => record.project_id === project.id);
}

function rowsOf(
  tool: ProjectTool,
  all: readonly TimeRecord[],
  project: Project,
  { directory }: TimeRouteOptions,
): (record: TimeRecord) => unknown {
  switch (tool) {
    case "cost_codes":
      return (record) => costCodeRow(record, all);
    case "sub_jobs":
      return subJobRow;
    case "locations":
      return (record) => locationRow(record, all);
    case "timesheets": {
      const entries = directory.timeRecords("timecardEntries", project.company_id);
      const bySheet = entriesBySheet(entries, "", () =>
        Map.groupBy(
          entries.filter((one) => !isDeleted(one)),
          ({ attributes }) => attributes["timesheet_id"],
        ),
      );
      return (record) => timesheetWithEntries(record, bySheet.get(record.id) ?? []);
    }
  }
}

/** Null: a range that cannot be read. */
function select(all: readonly TimeRecord[], query: Query): readonly TimeRecord[] | null {
  const ranges = [
    ["filters[updated_at]", (record: TimeRecord) => record.updated_at],
    ["filters[date]", (record: TimeRecord) => String(record.attributes["date"])],
  ] as const;
  let left = all;
  for (const [name, of] of ranges) {
    const text = query[name];
    const span = text === undefined ? null : parseSpan(text);
    if (text !== undefined && span === null) return null;
    if (span) left = left.filter((record) => isWithin(Date.parse(of(record)), span));
  }
  const sub = query["sub_job_id"];
  return sub === undefined
    ? left
    : left.filter(({ attributes }) => String(attributes["sub_job_id"]) === sub);
}

/** A day has one timesheet in a project (assumed). */
function createTimesheet(request: Request, reply: FastifyReply, options: TimeRouteOptions) {
  const { directory } = options;
  const where = { ...options, tool: "timesheets" } as const;
  const project = openProject(request, reply, request.params.project, where);
  const given = project && attributesUnder(request, reply, "timesheet", { date: "date" });
  if (!given) return reply;
  const { date } = given;
  if (typeof date !== "string" || !isDay(date)) return refuse(reply, 422, { date: ["is invalid"] });
  const others = directory
    .timeRecordsNow("timesheets", project.company_id)
    .filter(({ project_id }) => project_id === project.id);
  if (others.some(({ attributes }) => attributes["date"] === date)) {
    return refuse(reply, 422, { date: ["has already been taken"] });
  }
  const number = others.length + 1;
  const place = { company_id: project.company_id, project_id: project.id };
  const made = directory.addTimeRecord("timesheets", place, {
    date,
    number,
    name: `Timesheet ${number}`,
  });
  return reply.code(201).send(timesheetRow(made));
}
