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
import type { Fields } from "../../../engine/value/value.ts";
import type { Company } from "../company.ts";
import { fieldsAsSent, personFromWire, personPatchToWire, personToWire } from "../convert.ts";
import { problemOf, unreadableAnswer, updateProblem } from "../problem.ts";
import { idFromWire, isObject } from "../wire.ts";
import { type JobTitleTexts, jobTitleTexts } from "./job-title-texts.ts";
import { readPeople } from "./people-read.ts";
import { peopleSchema } from "./people-schema.ts";

export function peopleStream(company: Company): Stream {
  const titles = jobTitleTexts(company);
  return {
    schema: peopleSchema,
    readLagMs: company.readLagMs,
    read: (call) => readPeople(company, titles, call),
    get: (id, call) => getPerson(company, titles, id, call),
    create: (item, call) => createPerson(company, item, call),
    update: (item, call) => updatePerson(company, titles, item, call),
    remove: (record, call) => removePerson(company, record, call),
  };
}

async function getPerson(
  company: Company,
  titles: JobTitleTexts,
  id: string,
  call: Call,
): Promise<GetResult> {
  if (idFromWire(id) === null) return { status: "missing" };
  const request = company.api.person(id);
  const result = await company.client.send({ ...request, signal: call.signal });
  if (!result.ok) return failed(problemOf(result));
  if (result.answer.status === 404) return { status: "missing" };
  const person = personFromWire(result.answer.body);
  if (!person.ok) return failed(unreadableAnswer(company, request, result.answer, person.reason));
  const joined = await titles.join([person.record], call);
  if (!joined.ok) return failed(joined.problem);
  const [record = person.record] = joined.records;
  return { status: "found", record };
}

async function createPerson(
  company: Company,
  { fields }: CreateItem,
  { signal }: Call,
): Promise<WriteResult> {
  const request = company.api.createPerson(personToWire(fields));
  const result = await company.client.send({ ...request, signal });
  if (!result.ok) return failed(problemOf(result));
  const { body } = result.answer;
  const id = isObject(body) ? idFromWire(body["id"]) : null;
  if (id === null) {
    return failed(
      unreadableAnswer(company, request, result.answer, "without the id of the new person"),
    );
  }
  return { status: "applied", record: { id, fields: fieldsAsSent(fields) } };
}

async function updatePerson(
  company: Company,
  titles: JobTitleTexts,
  { record, patch }: UpdateItem,
  call: Call,
): Promise<WriteResult> {
  const request = company.api.updatePerson(record.id, personPatchToWire(patch));
  const result = await company.client.send({ ...request, signal: call.signal });
  if (!result.ok) return failed(updateProblem(result));
  const { status, body } = result.answer;
  // 304 has no body. It says that the person holds these values already, whatever was read last.
  const person =
    status === 304
      ? { ok: true as const, record: withValues(record, patch) }
      : personFromWire(body);
  if (!person.ok) return failed(unreadableAnswer(company, request, result.answer, person.reason));
  const joined = await titles.join([person.record], call);
  // The write was carried out even if the text of a new title cannot be had; the text is then not told.
  const [updated = person.record] = joined.ok ? joined.records : [];
  return { status: "applied", record: updated };
}

function withValues({ id, fields }: StreamRecord, patch: Fields): StreamRecord {
  const { job_title: _joinedAnew, ...held } = fields;
  return { id, fields: { ...held, ...fieldsAsSent(patch) } };
}

async function removePerson(
  company: Company,
  record: StreamRecord,
  { signal }: Call,
): Promise<WriteResult> {
  const request = company.api.deletePerson(record.id);
  const result = await company.client.send({ ...request, signal });
  return result.ok ? { status: "applied", record } : failed(problemOf(result));
}

function failed(problem: Problem): { readonly status: "failed"; readonly problem: Problem } {
  return { status: "failed", problem };
}
