import type {
  Call,
  CreateItem,
  StreamRecord,
  UpdateItem,
  WriteResult,
} from "../../../engine/connector/connector.ts";
import type { StreamSchema } from "../../../engine/connector/schema.ts";
import type { Fields } from "../../../engine/value/value.ts";
import type { HttpAnswer } from "../../http/http.ts";
import { createPerson, type Prepared, updatePerson } from "../api.ts";
import type { Company } from "../company.ts";
import {
  type Converted,
  flattenPerson,
  isRow,
  personWire,
  recordOf,
  wireOf,
  withoutNulls,
} from "../convert.ts";
import {
  creationProblem,
  problemOf,
  refusedHere,
  unreadableAnswer,
  writePermission,
} from "../problem.ts";

/*
 * Writing a person without a user. It is a record of the stream of contacts and of the stream of people, whose schemas
 * name the same fields alike; what is written comes back as the stream has it that wrote it.
 */

/** The call for a new person makes a contact, and nothing else (documented for projects, assumed for the company). */
export async function createContact(
  company: Company,
  schema: StreamSchema,
  { fields, originId }: CreateItem,
  { signal }: Call,
): Promise<WriteResult> {
  const wire = wireOf(withoutNulls(fields), schema);
  if (!wire.ok) return { status: "failed", problem: refusedHere(wire.wrong) };
  const origin = company.claimsOriginId ? { origin_id: originId } : {};
  const request = createPerson(company.id, { ...personWire(wire.value), ...origin });
  const result = await company.client.send({ ...request, signal });
  if (!result.ok) return { status: "failed", problem: creationProblem(result, writePermission) };
  return written(company, schema, { request, answer: result.answer, sent: fields });
}

/** The last name goes along every time, because Procore asks for it in an update, too (documented). */
export async function updateContact(
  company: Company,
  schema: StreamSchema,
  { record, patch }: UpdateItem,
  { signal }: Call,
): Promise<WriteResult> {
  const lastName = record.fields["last_name"] ?? null;
  const wire = wireOf({ last_name: lastName, ...patch }, schema);
  if (!wire.ok) return { status: "failed", problem: refusedHere(wire.wrong) };
  const request = updatePerson(company.id, record.id, personWire(wire.value));
  const result = await company.client.send({ ...request, signal });
  if (!result.ok) return { status: "failed", problem: problemOf(result, writePermission) };
  const sent = { ...record.fields, ...patch };
  return written(company, schema, { request, answer: result.answer, sent });
}

interface Written {
  readonly request: Prepared;
  readonly answer: HttpAnswer;
  readonly sent: Fields;
}

/**
 * A key that is missing from the answer about one person means an empty field, all but the job title: that is not told
 * (observed), so that it is taken to be what was sent.
 */
function written(
  company: Company,
  schema: StreamSchema,
  { request, answer, sent }: Written,
): WriteResult {
  const told = Object.keys(schema.fields).filter((name) => name !== "job_title");
  const converted: Converted<StreamRecord> = isRow(answer.body)
    ? recordOf(flattenPerson(answer.body), schema, told)
    : { ok: false, wrong: "what came is no person" };
  if (!converted.ok) {
    const problem = unreadableAnswer(company, request, answer, converted.wrong);
    return { status: "failed", problem };
  }
  const { id, fields } = converted.value;
  const title = sent["job_title"];
  const untold = title === undefined || "job_title" in fields ? {} : { job_title: title };
  return { status: "applied", record: { id, fields: { ...fields, ...untold } } };
}
