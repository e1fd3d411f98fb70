import type {
  Call,
  CreateItem,
  GetResult,
  Stream,
  StreamRecord,
  UpdateItem,
  WriteResult,
} from "../../../engine/connector/connector.ts";
import type { Problem } from "../../../engine/connector/problem.ts";
import type { Company } from "../company.ts";
import { createToWire, fieldsAsSent } from "../convert.ts";
import { problemOf, refusedHere, unreadableAnswer, updateProblem } from "../problem.ts";
import { idFromWire, isObject } from "../wire.ts";
import type { ReadRecords, RecordKind } from "./record-kind.ts";
import { readRecords } from "./record-read.ts";

export function recordStream(company: Company, kind: RecordKind): Stream {
  return {
    schema: kind.schema,
    readLagMs: company.readLagMs,
    read: (call) => readRecords(company, kind, call),
    get: (id, call) => getRecord(company, kind, id, call),
    create: (item, call) => createRecord(company, kind, item, call),
    update: (item, call) => updateRecord(company, kind, item, call),
    remove: (record, call) => removeRecord(company, kind, record, call),
  };
}

async function getRecord(
  company: Company,
  kind: RecordKind,
  id: string,
  call: Call,
): Promise<GetResult> {
  if (idFromWire(id) === null) return { status: "missing" };
  const request = kind.calls.one(id);
  const result = await company.client.send({ ...request, signal: call.signal });
  if (!result.ok) return failed(problemOf(result));
  if (result.answer.status === 404) return { status: "missing" };
  const read = onlyRecord(await kind.read([result.answer.body], call));
  if (!read.ok) return failed(unreadableAnswer(company, request, result.answer, read.reason));
  return read.trouble ? failed(read.trouble) : { status: "found", record: read.record };
}

async function createRecord(
  company: Company,
  kind: RecordKind,
  { fields }: CreateItem,
  { signal }: Call,
): Promise<WriteResult> {
  const refusal = kind.refusal(fields);
  if (refusal !== null) return failed(refusedHere(company, refusal));
  const request = kind.calls.create(createToWire(fields));
  const result = await company.client.send({ ...request, signal });
  if (!result.ok) return failed(problemOf(result));
  const id = createdId(result.answer.body);
  if (id === null) {
    const what = `without the id of the new ${kind.schema.noun.one}`;
    return failed(unreadableAnswer(company, request, result.answer, what));
  }
  return { status: "applied", record: { id, fields: fieldsAsSent(fields) } };
}

/** The two published descriptions differ for projects: an object with the id, or a list that holds it. */
function createdId(body: unknown): string | null {
  const [told, ...more] = Array.isArray(body) ? body : [body];
  return more.length === 0 && isObject(told) ? idFromWire(told["id"]) : null;
}

async function updateRecord(
  company: Company,
  kind: RecordKind,
  item: UpdateItem,
  call: Call,
): Promise<WriteResult> {
  const refusal = kind.refusal(item.patch);
  if (refusal !== null) return failed(refusedHere(company, refusal));
  const request = kind.calls.update(item.record.id, kind.updateBody(item));
  const result = await company.client.send({ ...request, signal: call.signal });
  if (!result.ok) return failed(updateProblem(result));
  const { status, body } = result.answer;
  // 304 has no body. It says that the record holds these values already, whatever was read last.
  if (status === 304) return { status: "applied", record: await kind.unchanged(item, call) };
  const read = onlyRecord(await kind.read([body], call));
  if (!read.ok) return failed(unreadableAnswer(company, request, result.answer, read.reason));
  // The write was carried out even if the list that the record refers to cannot be read now.
  return { status: "applied", record: read.record };
}

async function removeRecord(
  company: Company,
  kind: RecordKind,
  record: StreamRecord,
  { signal }: Call,
): Promise<WriteResult> {
  const request = kind.calls.remove(record.id);
  const result = await company.client.send({ ...request, signal });
  return result.ok ? { status: "applied", record } : failed(problemOf(result));
}

/** Of answers that are one record. */
function onlyRecord(read: ReadRecords) {
  if (!read.ok) return read;
  const [record] = read.records;
  if (record === undefined) throw new Error("One answer was read, and gave no record.");
  return { ok: true as const, record, trouble: read.trouble };
}

function failed(problem: Problem): { readonly status: "failed"; readonly problem: Problem } {
  return { status: "failed", problem };
}
