import type {
  Call,
  GetResult,
  ReadEvent,
  StreamRecord,
} from "../../../engine/connector/connector.ts";
import type { Problem } from "../../../engine/connector/problem.ts";
import { type Prepared, project, projects } from "../api.ts";
import type { Company } from "../company.ts";
import { type Converted, flattenProject, isRow, type Row, recordOf } from "../convert.ts";
import { noProjects, problemOf, projectReadPermission, unreadableAnswer } from "../problem.ts";
import { findInLists, type ListReading, readLists } from "../reading.ts";
import { emptyWhenLeftOut, projectSchema } from "./project-schema.ts";

export function readProjects(company: Company, call: Call): AsyncIterable<ReadEvent> {
  return readLists(company, [listing(projects(company.id))], call);
}

/**
 * A project that the app is not permitted to see is answered with 403 or 404 (documented). 403 says that it is there.
 * 404 is taken to mean that it is not, unless the app sees no project at all: its permitted projects are forgotten
 * whenever it is updated or installed again (documented), and then nobody may conclude that every project is gone.
 */
export async function getProject(company: Company, id: string, call: Call): Promise<GetResult> {
  const request = project(company.id, id);
  const result = await company.client.send({ ...request, accept: [404], signal: call.signal });
  if (!result.ok) return failed(problemOf(result, projectReadPermission));
  if (result.answer.status === 404) return confirmMissing(company, call);
  const shown = shownProject(result.answer.body);
  return shown.ok
    ? { status: "found", record: shown.value }
    : failed(unreadableAnswer(company, request, result.answer, shown.wrong));
}

async function confirmMissing(company: Company, { signal }: Call): Promise<GetResult> {
  const request = projects(company.id, { view: "compact", per_page: 1 });
  const result = await company.client.send({ ...request, signal });
  if (!result.ok) return failed(problemOf(result, projectReadPermission));
  const { body } = result.answer;
  if (!Array.isArray(body)) {
    return failed(unreadableAnswer(company, request, result.answer, "what came is no list"));
  }
  return body.length > 0 ? { status: "missing" } : failed(noProjects(company));
}

/** What comes is compared all the same. */
export function findProjectByOrigin(
  company: Company,
  originId: string,
  call: Call,
): Promise<GetResult> {
  const list = listing(projects(company.id, { "filters[origin_id]": originId }));
  const isMeant = ({ fields }: StreamRecord) => fields["origin_id"] === originId;
  return findInLists(company, [list], isMeant, call);
}

function listing(request: Prepared): ListReading {
  return { request, convert: listedProject, permission: projectReadPermission };
}

function listedProject(row: Row): Converted<StreamRecord> {
  return recordOf(flattenProject(row), projectSchema);
}

/** From an answer about one project, which leaves out the keys that are empty. */
export function shownProject(body: unknown): Converted<StreamRecord> {
  if (!isRow(body)) return { ok: false, wrong: "what came is no project" };
  return recordOf(flattenProject(body), projectSchema, emptyWhenLeftOut);
}

/** From a row of the answer to a `sync` call, which is not described to tell the county. */
export function syncedProject(row: Row): Converted<StreamRecord> {
  const told = emptyWhenLeftOut.filter((name) => name !== "county");
  return recordOf(flattenProject(row), projectSchema, told);
}

function failed(problem: Problem): GetResult {
  return { status: "failed", problem };
}
