import type {
  Call,
  CreateItem,
  StreamRecord,
  UpdateItem,
  WriteResult,
} from "../../../engine/connector/connector.ts";
import type { Problem } from "../../../engine/connector/problem.ts";
import type { Fields, Value } from "../../../engine/value/value.ts";
import type { Prepared } from "../api.ts";
import {
  createWorkClassification,
  enableWorkClassification,
  updateWorkClassification,
} from "../api-time.ts";
import type { Company } from "../company.ts";
import { isRow, type Row } from "../convert.ts";
import {
  classificationWritePermission,
  creationProblem,
  problemOf,
  projectToolPermission,
  refusedHere,
  unreadableAnswer,
} from "../problem.ts";
import {
  acceptsProjectIds,
  projectIdList,
  writtenClassification,
} from "./work-classification-schema.ts";

/*
 * Name and abbreviation are one call. Being switched on in a project is a call for each project, and it belongs to the
 * classification and not to the time card that needs it: a plan must show everything that is written.
 */

/**
 * A project in which the new classification cannot be switched on does not undo it: the record comes back as it is, and
 * the next plan shows what is missing, as an update of its own whose refusal gives the reason.
 */
export async function createClassification(
  company: Company,
  { fields }: CreateItem,
  call: Call,
): Promise<WriteResult> {
  const wrong = wrongIn(fields);
  if (wrong !== null) return failed(refusedHere(wrong));
  const request = createWorkClassification(company.id, ownFields(fields, false));
  const made = await send(company, request, call, "create");
  if (!made.ok) return failed(made.problem);
  const wanted = fields["project_ids"];
  if (wanted === undefined) return { status: "applied", record: made.record };
  const { record } = await switchProjects(company, made.record, wanted, call);
  return { status: "applied", record };
}

export async function updateClassification(
  company: Company,
  { record, patch }: UpdateItem,
  call: Call,
): Promise<WriteResult> {
  const wrong = wrongIn(patch);
  if (wrong !== null) return failed(refusedHere(wrong));
  const own = ownFields(patch, true);
  let changed = record;
  if (Object.keys(own).length > 0) {
    const request = updateWorkClassification(company.id, record.id, own);
    const sent = await send(company, request, call, "update");
    if (!sent.ok) return failed(sent.problem);
    changed = { id: record.id, fields: { ...record.fields, ...sent.record.fields } };
  }
  const wanted = patch["project_ids"];
  if (wanted === undefined) return { status: "applied", record: changed };
  const switched = await switchProjects(company, changed, wanted, call);
  if (!switched.problem) return { status: "applied", record: switched.record };
  const isUntouched = switched.record === record;
  return failed(isUntouched ? switched.problem : { ...switched.problem, applied: "maybe" });
}

interface Switched {
  /** As far as it came. */
  readonly record: StreamRecord;
  readonly problem: Problem | null;
}

async function switchProjects(
  company: Company,
  before: StreamRecord,
  wanted: Value,
  call: Call,
): Promise<Switched> {
  const current = new Set(projectIdList(before.fields["project_ids"]));
  const after = new Set(projectIdList(wanted));
  const steps = [
    ...[...after].filter((id) => !current.has(id)).map((id) => ({ id, isOn: true })),
    ...[...current].filter((id) => !after.has(id)).map((id) => ({ id, isOn: false })),
  ];
  let record = before;
  for (const { id, isOn } of steps) {
    const request = enableWorkClassification(id, before.id, isOn);
    const sent = await send(company, request, call, "switch");
    if (!sent.ok) return { record, problem: sent.problem };
    record = { id: before.id, fields: { ...record.fields, ...sent.record.fields } };
  }
  return { record, problem: null };
}

type Sent =
  | { readonly ok: true; readonly record: StreamRecord }
  | { readonly ok: false; readonly problem: Problem };

async function send(
  company: Company,
  request: Prepared,
  { signal }: Call,
  purpose: "create" | "update" | "switch",
): Promise<Sent> {
  const result = await company.client.send({ ...request, signal });
  if (!result.ok) {
    const permission = purpose === "switch" ? projectToolPermission : classificationWritePermission;
    const told = purpose === "create" ? creationProblem : problemOf;
    return { ok: false, problem: told(result, permission) };
  }
  const { answer } = result;
  const record = isRow(answer.body)
    ? writtenClassification(answer.body)
    : ({ ok: false, wrong: "what came is no work classification" } as const);
  return record.ok
    ? { ok: true, record: record.value }
    : { ok: false, problem: unreadableAnswer(company, request, answer, record.wrong) };
}

/** As they are sent. A new one is described by what it has. */
function ownFields(fields: Fields, withNulls: boolean): Row {
  const own = Object.entries(fields).filter(
    ([name, value]) => name !== "project_ids" && (withNulls || value !== null),
  );
  return Object.fromEntries(own);
}

function wrongIn(fields: Fields): string | null {
  if (fields["name"] === null)
    return "name cannot be emptied, because every classification has one";
  const projects = acceptsProjectIds(fields["project_ids"] ?? null);
  return projects.ok ? null : `project_ids ${projects.why}`;
}

function failed(problem: Problem): WriteResult {
  return { status: "failed", problem };
}
