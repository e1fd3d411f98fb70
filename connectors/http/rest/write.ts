import type {
  Call,
  CreateItem,
  GetResult,
  StreamRecord,
  UpdateItem,
  WriteResult,
} from "../../../engine/connector/connector.ts";
import type { Problem } from "../../../engine/connector/problem.ts";
import { canonicalJson } from "../../../engine/value/canonical-json.ts";
import { digest } from "../../../engine/value/digest.ts";
import type { Fields } from "../../../engine/value/value.ts";
import type { HttpAnswer } from "../http.ts";
import { createCall, getCall, type Prepared, updateCall } from "./calls.ts";
import type { GetShape, UpdateShape, WriteShape } from "./definition.ts";
import { type Body, isBody, valueAt } from "./path.ts";
import { problemOf, unreadableAnswer, updateProblem } from "./problem.ts";
import {
  bodyOf,
  filled,
  idFromWire,
  nestedId,
  type RestForm,
  recordFromWire,
  recordsOfItem,
  sendable,
} from "./record.ts";
import type { RestSystem } from "./system.ts";

/** One item as it stands in an answer; `null`: the system knows no such one. */
type Item =
  | {
      readonly ok: true;
      readonly item: Body | null;
      readonly request: Prepared;
      readonly answer: HttpAnswer;
    }
  | { readonly ok: false; readonly problem: Problem };

/** A nested record is looked for in its parent. */
export async function getRecord(
  system: RestSystem,
  form: RestForm,
  get: GetShape,
  id: string,
  call: Call,
): Promise<GetResult> {
  const nested = form.kind.nested ? nestedId(id) : null;
  if (form.kind.nested ? nested === null : idFromWire(id) === null) return { status: "missing" };
  const found = await getItem(system, form, get, nested?.parent ?? id, call);
  if (!found.ok) return failed(found.problem);
  if (found.item === null) return { status: "missing" };
  const told = recordsOfItem(found.item, form, {});
  if (!told.ok) {
    return failed(unreadableAnswer(system, found.request, found.answer, told.reason));
  }
  const record = told.value.find((each) => each.id === id);
  if (record) return { status: "found", record };
  if (nested) return { status: "missing" };
  const what = `with another ${form.kind.schema.noun.one} than the one that was asked for`;
  return failed(unreadableAnswer(system, found.request, found.answer, what));
}

async function getItem(
  system: RestSystem,
  form: RestForm,
  get: GetShape,
  id: string,
  { signal }: Call,
): Promise<Item> {
  const request = getCall(system.definition, get.path, id);
  const result = await system.client.send({ ...request, signal });
  if (!result.ok) return { ok: false, problem: problemOf(system, request, result) };
  const { answer } = result;
  if (answer.status === 404) return { ok: true, item: null, request, answer };
  const item = valueAt(answer.body, get.answer ?? system.definition.writing.answer);
  if (isBody(item)) return { ok: true, item, request, answer };
  const what = `without a ${form.kind.schema.noun.one}`;
  return { ok: false, problem: unreadableAnswer(system, request, answer, what) };
}

export async function createRecord(
  system: RestSystem,
  form: RestForm,
  create: WriteShape,
  { fields, originId }: CreateItem,
  { signal }: Call,
): Promise<WriteResult> {
  const body = wrapped(system, create, bodyOf(filled(fields), form));
  const request = createCall(system.definition, create.path, body);
  // The same create of the same record is recognised; with other values it is another request.
  const key = digest(canonicalJson([system.connection, originId, body]));
  const result = await system.sendKeyed(request, key, signal);
  if (!result.ok) return failed(problemOf(system, request, result));
  const item = valueAt(result.answer.body, answerOf(system, create));
  const id = idFromWire(valueAt(item, form.shape.id));
  if (id === null) {
    const what = `without the id of the new ${form.kind.schema.noun.one}`;
    return failed(unreadableAnswer(system, request, result.answer, what));
  }
  return {
    status: "applied",
    record: toldOrSent(item, form, { id, fields: asSent(fields, form) }),
  };
}

export async function updateRecord(
  system: RestSystem,
  form: RestForm,
  update: UpdateShape,
  item: UpdateItem,
  call: Call,
): Promise<WriteResult> {
  const { id } = item.record;
  if (idFromWire(id) === null) throw new Error("A record was read with an id that is none.");
  const method = update.method ?? system.definition.writing.updateMethod;
  const values =
    method === "PUT"
      ? await wholeBody(system, form, update, item, call)
      : { ok: true as const, body: bodyOf(item.patch, form) };
  if (!values.ok) return failed(values.problem);
  const body = wrapped(system, update, values.body);
  const request = updateCall(system.definition, update.path, { method, id, body });
  const result = await system.client.send({ ...request, signal: call.signal });
  if (!result.ok) return failed(updateProblem(system, request, result));
  const fields = { ...item.record.fields, ...asSent(item.patch, form) };
  const told = valueAt(result.answer.body, answerOf(system, update));
  return { status: "applied", record: toldOrSent(told, form, { id, fields }) };
}

type WholeBody =
  | { readonly ok: true; readonly body: Body }
  | { readonly ok: false; readonly problem: Problem };

/**
 * The whole record with what changes, for a system that forgets what it is not sent. It is read anew, so that values
 * which we do not know go back as they are; without a call for one record, only the fields that we know are sent.
 */
async function wholeBody(
  system: RestSystem,
  form: RestForm,
  { leaveOut }: UpdateShape,
  { record, patch }: UpdateItem,
  call: Call,
): Promise<WholeBody> {
  const { get } = form.shape;
  if (get === null)
    return { ok: true, body: bodyOf({ ...writable(record.fields, form), ...patch }, form) };
  const found = await getItem(system, form, get, record.id, call);
  if (!found.ok) return found;
  if (found.item === null) {
    const problem: Problem = {
      code: "not-found",
      message: `${system.connection} has no such ${form.kind.schema.noun.one} any more, so nothing was sent. Plan again.`,
      retry: "never",
      applied: "no",
    };
    return { ok: false, problem };
  }
  return { ok: true, body: bodyOf(patch, form, sendable(found.item, form, leaveOut)) };
}

function writable(fields: Fields, { kind }: RestForm): Fields {
  return Object.fromEntries(
    Object.entries(fields).filter(([name]) => kind.schema.fields[name]?.access === "write"),
  );
}

function wrapped(system: RestSystem, write: WriteShape, body: Body): Body {
  const wrap = write.wrap === undefined ? system.definition.writing.wrap : write.wrap;
  return wrap === null ? body : { [wrap]: body };
}

function answerOf(system: RestSystem, write: WriteShape): string {
  return write.answer ?? system.definition.writing.answer;
}

/** What was sent, as a reading gives it. A field that the system does not have is not told. */
function asSent(fields: Fields, { shape }: RestForm): Fields {
  return Object.fromEntries(
    Object.entries(fields).flatMap(([name, value]) =>
      shape.fields[name] ? [[name, value === "" ? null : value]] : [],
    ),
  );
}

/** The write was carried out. What the answer tells of the record comes first; what it does not tell is as it was sent. */
function toldOrSent(item: unknown, form: RestForm, sent: StreamRecord): StreamRecord {
  const told = recordFromWire(item, form, {});
  if (!told.ok || told.value.id !== sent.id) return sent;
  return { id: sent.id, fields: { ...sent.fields, ...told.value.fields } };
}

function failed(problem: Problem): { readonly status: "failed"; readonly problem: Problem } {
  return { status: "failed", problem };
}
