import type {
  Call,
  CreateItem,
  DayWindow,
  ReadEvent,
  Stream,
  WriteResult,
} from "../../../engine/connector/connector.ts";
import type { Problem } from "../../../engine/connector/problem.ts";
import type { StreamSchema } from "../../../engine/connector/schema.ts";
import { onlyOfDays, widened } from "../../http/day-window.ts";
import { createTimesheet, timesheets } from "../api-time.ts";
import type { Company } from "../company.ts";
import { isRow, type Row, recordOf, wireOf } from "../convert.ts";
import {
  creationProblem,
  projectToolPermission,
  refusedHere,
  unreadableAnswer,
} from "../problem.ts";
import { findInProjectLists, type ProjectListing, readProjectLists } from "../project-lists.ts";

export const timesheetSchema: StreamSchema = {
  stream: "timesheets",
  noun: { one: "timesheet", many: "timesheets" },
  about: "The sheets of every project that shows them: one for a day, with that day's entries.",
  fields: {
    id: { type: "text", access: "read", about: "Number of the timesheet." },
    project_id: {
      type: "reference",
      access: "create",
      required: true,
      references: "projects",
      about: "The project that it belongs to.",
    },
    date: { type: "date", access: "create", required: true, about: "The day that it is for." },
    number: { type: "integer", access: "read", about: "Its number within the project." },
    name: { type: "text", access: "read", about: "Its name." },
    status: { type: "text", access: "read", about: "How far it has been approved." },
    created_at: { type: "instant", access: "read", about: "When it was created." },
    updated_at: { type: "instant", access: "read", about: "When it was changed last." },
  },
  label: ["date", "name"],
  window: { field: "date" },
};

/** Its day can be changed by a call that moves the entries along; nothing here makes that call. */
export function timesheetsStream(company: Company): Stream {
  return {
    schema: timesheetSchema,
    readLagMs: company.readLagMs,
    read: (call, window) => readTimesheets(company, call, window),
    get: (id, call) => findInProjectLists(company, listingOf(), id, call),
    create: (item, call) => createOneTimesheet(company, item, call),
  };
}

function listingOf(days?: DayWindow): ProjectListing {
  return {
    schema: timesheetSchema,
    request: (project) => timesheets(project, undefined, days),
    flatten: (row) => row,
  };
}

function readTimesheets(
  company: Company,
  call: Call,
  window?: DayWindow,
): AsyncIterable<ReadEvent> {
  const { connection } = company;
  const events = readProjectLists(company, listingOf(window && widened(window)), call);
  return onlyOfDays(events, { schema: timesheetSchema, window, connection });
}

async function createOneTimesheet(
  company: Company,
  { fields }: CreateItem,
  { signal }: Call,
): Promise<WriteResult> {
  const missing = ["project_id", "date"].find((name) => (fields[name] ?? null) === null);
  if (missing) return failed(refusedHere(`${missing} is missing, which every timesheet has`));
  const wire = wireOf(fields, timesheetSchema);
  if (!wire.ok) return failed(refusedHere(wire.wrong));
  const { project_id: project, ...body } = wire.value;
  const request = createTimesheet(String(project), body);
  const result = await company.client.send({ ...request, signal });
  if (!result.ok) return failed(creationProblem(result, projectToolPermission));
  const record = isRow(result.answer.body)
    ? recordOf(withProject(result.answer.body, project), timesheetSchema)
    : ({ ok: false, wrong: "what came is no timesheet" } as const);
  return record.ok
    ? { status: "applied", record: record.value }
    : failed(unreadableAnswer(company, request, result.answer, record.wrong));
}

function withProject(row: Row, project: unknown): Row {
  return { ...row, project_id: project };
}

function failed(problem: Problem): WriteResult {
  return { status: "failed", problem };
}
