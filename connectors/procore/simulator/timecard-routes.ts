import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { remembering } from "../../http/simulator/remembering.ts";
import { badRequest, forbidden, notFound, refuse } from "./answers.ts";
import { isObject } from "./attributes.ts";
import { wireTime } from "./data-keys.ts";
import { readQuery, sendPage } from "./listing.ts";
import {
  attributesUnder,
  companyIdOf,
  openProject,
  type TimeRouteOptions,
} from "./open-project.ts";
import { fullName } from "./person-rows.ts";
import { isDeleted, type TimeRecord } from "./time-kinds.ts";
import { companyTimecardRow, timeTypeRow, withoutNulls } from "./time-rows.ts";
import { addBulkRoute } from "./timecard-bulk.ts";
import { timecardQuery, timecardTests } from "./timecard-filters.ts";
import { refusalsOfTimecard, settledTimecard, timecardUpdateKinds } from "./timecard-rules.ts";

type Request = FastifyRequest<{ Params: { readonly id: string } }>;

/** What a query selects, so that the pages behind the first one do not look at every entry again. */
const selected = remembering<TimeRecord, readonly TimeRecord[]>();

const needsAdmin = "Admin on the Timecard tool is required";

/** The company's time cards, and their time types. */
export function addTimecardRoutes(app: FastifyInstance, options: TimeRouteOptions): void {
  const company = "/rest/v1.0/companies/:company";
  app.get(`${company}/timecard_time_types`, (request, reply) => {
    if (!options.timecardAdmin) return forbidden(reply, needsAdmin);
    if (readQuery(request, reply, []) === null) return reply;
    const types = options.directory.timeRecords("timeTypes", companyIdOf(request));
    return reply.send(types.map(timeTypeRow));
  });
  const entries = `${company}/timecard_entries`;
  app.get(entries, (request: Request, reply) => list(request, reply, options));
  app.get(`${entries}/:id`, (request: Request, reply) => {
    const entry = entryOf(request, reply, options);
    return entry ? reply.send(withoutNulls(rowOf(entry, options))) : reply;
  });
  app.patch(`${entries}/:id`, (request: Request, reply) => update(request, reply, options));
  app.delete(`${entries}/:id`, (request: Request, reply) => remove(request, reply, options));
  addBulkRoute(app, options);
}

function list(request: Request, reply: FastifyReply, options: TimeRouteOptions) {
  if (!options.timecardAdmin) return forbidden(reply, needsAdmin);
  const query = readQuery(request, reply, timecardQuery);
  if (query === null) return reply;
  const { page: _page, per_page: _length, ...asked } = query;
  const selection = timecardTests(asked, options);
  if (!selection.ok) return badRequest(reply, selection.wrong);
  const { tests, key } = selection;
  const all = options.directory.timeRecords("timecardEntries", companyIdOf(request));
  const keep = () => all.filter((record) => tests.every((test) => test(record)));
  const rows = (record: TimeRecord) => rowOf(record, options);
  return sendPage(request, reply, selected(all, key, keep), { ...options, rowOf: rows });
}

/** `project_id` stands beside the entry, and the day is needed every time (documented). */
function update(request: Request, reply: FastifyReply, options: TimeRouteOptions) {
  const entry = entryOf(request, reply, options);
  if (!entry) return reply;
  if (isDeleted(entry)) return notFound(reply);
  const id = isObject(request.body) ? request.body["project_id"] : undefined;
  if (id !== entry.project_id) return badRequest(reply, "project_id is not that of the entry");
  const project = openProject(request, reply, id, options);
  const given = project && attributesUnder(request, reply, "timecard_entry", timecardUpdateKinds);
  if (!given) return reply;
  if (!given["date"]) return badRequest(reply, "date is missing");
  const whole = { ...entry.attributes, ...given };
  // What a project of start and stop shows as hours is computed.
  const told = project.time_entry === "hours" || "hours" in given;
  const checked = told ? whole : { ...whole, hours: null };
  const errors = refusalsOfTimecard(options.directory, checked, project);
  if (Object.keys(errors).length > 0) return refuse(reply, 422, errors);
  const kept = settledTimecard(whole, project);
  const changed = options.directory.changeTimeRecord("timecardEntries", entry, kept);
  return reply.send(withoutNulls(rowOf(changed, options)));
}

/** Deleted is a mark, and the answer is the entry (documented). */
function remove(request: Request, reply: FastifyReply, options: TimeRouteOptions) {
  const entry = entryOf(request, reply, options);
  if (!entry) return reply;
  const deleted_at = wireTime(options.now());
  const marked = options.directory.changeTimeRecord("timecardEntries", entry, { deleted_at });
  return reply.send(withoutNulls(rowOf(marked, options)));
}

/** The entry of the path; null, and answered, when there is none or the account may not see it. */
function entryOf(
  request: Request,
  reply: FastifyReply,
  { directory, timecardAdmin }: TimeRouteOptions,
): TimeRecord | null {
  const id = Number(request.params.id);
  const entry = directory.timeRecord("timecardEntries", companyIdOf(request), id);
  if (!timecardAdmin) forbidden(reply, needsAdmin);
  else if (!entry) notFound(reply);
  else return entry;
  return null;
}

function rowOf(record: TimeRecord, { directory }: TimeRouteOptions) {
  const company = record.company_id;
  const { attributes } = record;
  const find = (kind: Parameters<typeof directory.timeRecord>[0], key: string) =>
    directory.timeRecord(kind, company, Number(attributes[key]));
  const person = directory.person(company, Number(attributes["party_id"]));
  return companyTimecardRow(record, {
    project: directory.project(company, Number(record.project_id)),
    costCode: find("costCodes", "cost_code_id"),
    subJob: find("subJobs", "sub_job_id"),
    timeType: find("timeTypes", "timecard_time_type_id"),
    timesheet: find("timesheets", "timesheet_id"),
    person: person ? fullName(person.attributes) : "",
  });
}
