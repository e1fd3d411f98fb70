import type { Call, GetResult, ReadEvent, StreamRecord } from "../../engine/connector/connector.ts";
import type { Problem } from "../../engine/connector/problem.ts";
import type { StreamSchema } from "../../engine/connector/schema.ts";
import { cancelled } from "../http/problem.ts";
import { type Prepared, projects } from "./api.ts";
import type { Company } from "./company.ts";
import { type Converted, isRow, type Row, recordOf } from "./convert.ts";
import { noProjects, projectReadPermission, projectToolPermission } from "./problem.ts";
import { readLists } from "./reading.ts";

/*
 * One stream out of the lists of all projects, active or not: a project that is closed must not make what belongs to it
 * look gone.
 *
 * A project that does not show its list (403, 404: the tool is switched off, or the app may not read it) is left out,
 * because otherwise one project would keep the others from being read. So the end of such a reading proves nothing
 * about that project, and whoever asks for a record that the reading did not deliver is told exactly that. Where no
 * project at all shows its list, the reading stops.
 */

/** Projects of one reading: at one call each, 1,000 take more than an hour of the smallest limit of calls that is known. */
const projectsMax = 1_000;

/** Projects that are read at once. More would only wait for each other in the HTTP client. */
const projectsAtOnce = 4;

/** Projects that a message names. */
const namedMax = 5;

export interface ProjectListing {
  readonly schema: StreamSchema;
  /** The first page of the list of one project. */
  readonly request: (project: string) => Prepared;
  /** The keys of a row under the names of the fields; null: it is no record of this stream. */
  readonly flatten: (row: Row) => Row | null;
}

export function readProjectLists(
  company: Company,
  listing: ProjectListing,
  call: Call,
): AsyncIterable<ReadEvent> {
  return scan(company, listing, call, { seen: 0, leftOut: [] });
}

/** By reading until it comes by: these records cannot be asked for without their project. */
export async function findInProjectLists(
  company: Company,
  listing: ProjectListing,
  id: string,
  call: Call,
): Promise<GetResult> {
  const tally: Tally = { seen: 0, leftOut: [] };
  for await (const event of scan(company, listing, call, tally)) {
    if (event.kind === "stopped") return { status: "failed", problem: event.problem };
    const record = event.kind === "records" ? event.records.find((one) => one.id === id) : null;
    if (record) return { status: "found", record };
  }
  if (tally.seen === 0) return { status: "failed", problem: noProjects(company) };
  if (tally.leftOut.length === 0) return { status: "missing" };
  return { status: "failed", problem: untoldBy(company, listing.schema, tally.leftOut) };
}

/** What one reading came by. */
interface Tally {
  seen: number;
  readonly leftOut: string[];
}

async function* scan(
  company: Company,
  listing: ProjectListing,
  call: Call,
  tally: Tally,
): AsyncGenerator<ReadEvent> {
  const known = await collect(readLists(company, [projectIds(company)], call));
  if (known.problem) return yield { kind: "stopped", problem: known.problem };
  const ids = known.pages.flat().map(({ id }) => id);
  tally.seen = ids.length;
  if (ids.length > projectsMax) return yield { kind: "stopped", problem: tooMany(company, ids) };
  for (let from = 0; from < ids.length; from += projectsAtOnce) {
    const some = ids.slice(from, from + projectsAtOnce);
    const read = await Promise.all(some.map((id) => readProject(company, listing, id, call)));
    for (const [index, { pages, problem }] of read.entries()) {
      if (problem && isRefusal(problem)) tally.leftOut.push(some[index] ?? "");
      const isLast = tally.leftOut.length === ids.length;
      if (problem && (isLast || !isRefusal(problem))) return yield { kind: "stopped", problem };
      for (const records of problem ? [] : pages) {
        if (call.signal.aborted) return yield { kind: "stopped", problem: cancelled() };
        yield { kind: "records", records };
      }
    }
  }
  yield { kind: "end" };
}

function readProject(
  company: Company,
  { schema, request, flatten }: ProjectListing,
  project: string,
  call: Call,
): Promise<Collected> {
  const convert = (row: Row): Converted<StreamRecord> | null => {
    const flat = flatten(row);
    return flat && recordOf({ ...flat, project_id: Number(project) }, schema);
  };
  const list = { request: request(project), convert, permission: projectToolPermission };
  return collect(readLists(company, [list], call));
}

function projectIds(company: Company) {
  return {
    request: projects(company.id, { view: "compact" }),
    convert: (row: Row) => recordOf({ id: row["id"] }, projectIdSchema),
    permission: projectReadPermission,
  };
}

const projectIdSchema: StreamSchema = {
  stream: "projects",
  noun: { one: "project", many: "projects" },
  about: "Projects by their numbers alone.",
  fields: {},
  label: [],
};

interface Collected {
  readonly pages: readonly (readonly StreamRecord[])[];
  readonly problem: Problem | null;
}

async function collect(events: AsyncIterable<ReadEvent>): Promise<Collected> {
  const pages: (readonly StreamRecord[])[] = [];
  for await (const event of events) {
    if (event.kind === "stopped") return { pages, problem: event.problem };
    if (event.kind === "records") pages.push(event.records);
  }
  return { pages, problem: null };
}

function isRefusal({ code }: Problem): boolean {
  return code === "permission-denied" || code === "not-found";
}

function untoldBy(
  { connection }: Company,
  { noun }: StreamSchema,
  leftOut: readonly string[],
): Problem {
  const named = leftOut.slice(0, namedMax).join(", ");
  const more = leftOut.length > namedMax ? ` and ${leftOut.length - namedMax} more` : "";
  return {
    code: "permission-denied",
    message: `${connection} does not show the ${noun.many} of ${leftOut.length} of its projects (${named}${more}), so that it cannot be said whether a ${noun.one} that no other project has is gone. ${projectToolPermission}`,
    retry: "never",
    applied: "no",
  };
}

function tooMany({ connection }: Company, ids: readonly string[]): Problem {
  return {
    code: "limit-reached",
    message: `${connection} has ${ids.length} projects, and ${projectsMax} is the most that one reading asks one after the other (projectsMax). Permit the app those only that are worked on.`,
    retry: "never",
    applied: "no",
  };
}

/** An object in the place of an id, as many rows have it; undefined: not told. */
export function idOf(row: Row, objectKey: string, idKey = `${objectKey}_id`): unknown {
  const object = row[objectKey];
  if (isRow(object)) return object["id"];
  return row[idKey] === undefined && object === null ? null : row[idKey];
}
