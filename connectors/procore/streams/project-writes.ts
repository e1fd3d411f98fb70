import type {
  Call,
  CreateItem,
  UpdateItem,
  WriteResult,
} from "../../../engine/connector/connector.ts";
import type { Problem } from "../../../engine/connector/problem.ts";
import type { Fields } from "../../../engine/value/value.ts";
import type { HttpAnswer } from "../../http/http.ts";
import { createProject, type Prepared, syncProjects, updateProject } from "../api.ts";
import type { Company } from "../company.ts";
import { type Converted, projectWire, type Row, wireOf, withoutNulls } from "../convert.ts";
import {
  creationProblem,
  problemOf,
  projectCreatePermission,
  projectUpdatePermission,
  refusedHere,
  unreadableAnswer,
} from "../problem.ts";
import { writeBySync } from "../sync-writes.ts";
import { shownProject, syncedProject } from "./project-reads.ts";
import { neverEmpty, projectSchema } from "./project-schema.ts";

/** One by one: Procore advises against its bulk call for new projects (documented). */
export async function createOneProject(
  company: Company,
  { fields, originId }: CreateItem,
  { signal }: Call,
): Promise<WriteResult> {
  const body = projectBody(withoutNulls(fields));
  if (!body.ok) return failed(refusedHere(body.wrong));
  const origin = company.claimsOriginId ? { origin_id: originId } : {};
  const request = createProject(company.id, { ...body.value, ...origin });
  const result = await company.client.send({ ...request, signal });
  if (!result.ok) return failed(creationProblem(result, projectCreatePermission));
  return written(company, request, result.answer);
}

/** One project by its own call, whose answer tells everything. */
export async function updateOneProject(
  company: Company,
  { record, patch }: UpdateItem,
  { signal }: Call,
): Promise<WriteResult> {
  const body = projectBody(patch);
  if (!body.ok) return failed(refusedHere(body.wrong));
  const request = updateProject(company.id, record.id, body.value);
  const result = await company.client.send({ ...request, signal });
  if (!result.ok) return failed(problemOf(result, projectUpdatePermission));
  return written(company, request, result.answer);
}

/** Several by `sync`, which judges each for itself (documented), because calls are few: as little as 600 an hour. */
export function updateProjects(
  company: Company,
  items: readonly UpdateItem[],
  call: Call,
): Promise<readonly WriteResult[]> {
  const rows = items.map(({ record, patch }): Converted<Row> => {
    const body = projectBody(patch);
    return body.ok ? { ok: true, value: { ...body.value, id: Number(record.id) } } : body;
  });
  const batch = {
    rows,
    purpose: { verb: "update", noun: "project" },
    send: (updates: readonly Row[]) => syncProjects(company.id, updates),
    permission: projectUpdatePermission,
    convert: syncedProject,
  } as const;
  return writeBySync(company, batch, call);
}

function projectBody(fields: Fields): Converted<Row> {
  const emptied = neverEmpty.find((name) => fields[name] === null);
  if (emptied !== undefined) {
    return { ok: false, wrong: `${emptied} cannot be emptied, because every project has one` };
  }
  const wire = wireOf(fields, projectSchema);
  return wire.ok ? projectWire(wire.value) : wire;
}

function written(company: Company, request: Prepared, answer: HttpAnswer): WriteResult {
  const project = shownProject(answer.body);
  return project.ok
    ? { status: "applied", record: project.value }
    : failed(unreadableAnswer(company, request, answer, project.wrong));
}

function failed(problem: Problem): WriteResult {
  return { status: "failed", problem };
}
