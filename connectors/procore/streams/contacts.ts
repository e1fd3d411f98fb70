import type {
  Call,
  CreateItem,
  GetResult,
  ReadEvent,
  Stream,
  StreamRecord,
  UpdateItem,
  WriteResult,
} from "../../../engine/connector/connector.ts";
import type { StreamSchema } from "../../../engine/connector/schema.ts";
import type { Fields } from "../../../engine/value/value.ts";
import type { HttpAnswer } from "../../http/http.ts";
import { contacts, createPerson, type Prepared, updatePerson } from "../api.ts";
import type { Company } from "../company.ts";
import {
  type Converted,
  flattenPerson,
  isRow,
  personWire,
  type Row,
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
import { findInLists, type ListReading, readLists } from "../reading.ts";

/*
 * Procore keeps one list of people, users and others. A contact is a person without a user; everybody else belongs to
 * the stream of users. There is no call for one person and none for many (documented).
 */

export const contactSchema: StreamSchema = {
  stream: "contacts",
  noun: { one: "contact", many: "contacts" },
  about:
    "People of the company directory who have no Procore account, such as field workers, active and inactive.",
  fields: {
    id: { type: "text", access: "read", about: "Number of the person." },
    first_name: { type: "text", access: "write", about: "First name." },
    last_name: { type: "text", access: "write", required: true, about: "Last name." },
    is_active: { type: "boolean", access: "write", about: "Whether the contact can be picked." },
    is_employee: {
      type: "boolean",
      access: "write",
      about: "Whether the person is an employee of the company itself.",
    },
    employee_id: { type: "text", access: "write", about: "Number of the employee; not unique." },
    job_title: {
      type: "text",
      access: "write",
      about: "Job title; it can be written, and Procore's lists do not tell it.",
    },
    work_classification_id: {
      type: "reference",
      access: "write",
      references: "work_classifications",
      about: "Work classification.",
    },
    email: { type: "email", access: "read", about: "E-mail address, if Procore has one." },
    origin_id: {
      type: "text",
      access: "read",
      about: "Id that the one integration which owns it has given the person.",
    },
  },
  label: ["first_name", "last_name"],
};

export function contactsStream(company: Company): Stream {
  return {
    schema: contactSchema,
    readLagMs: company.readLagMs,
    read: (call) => readContacts(company, call),
    create: (item, call) => createContact(company, item, call),
    update: (item, call) => updateContact(company, item, call),
    ...(company.claimsOriginId && {
      findByOrigin: (originId, call) => findContactByOrigin(company, originId, call),
    }),
  };
}

function readContacts(company: Company, call: Call): AsyncIterable<ReadEvent> {
  return readLists(company, lists(company), call);
}

/** People cannot be asked for by origin id (documented), so that the lists are searched. */
function findContactByOrigin(company: Company, originId: string, call: Call): Promise<GetResult> {
  const isMeant = ({ fields }: StreamRecord) => fields["origin_id"] === originId;
  return findInLists(company, lists(company), isMeant, call);
}

function lists(company: Company): readonly ListReading[] {
  return [
    { request: contacts(company.id, "active"), convert: listedContact },
    { request: contacts(company.id, "inactive"), convert: listedContact },
  ];
}

/** The list is asked for contacts alone; should a user be in it all the same, it is none of ours. */
function listedContact(row: Row): Converted<StreamRecord> | null {
  const isUser = row["user_id"] !== null && row["user_id"] !== undefined;
  return isUser ? null : recordOf(flattenPerson(row), contactSchema);
}

async function createContact(
  company: Company,
  { fields, originId }: CreateItem,
  { signal }: Call,
): Promise<WriteResult> {
  const wire = wireOf(withoutNulls(fields), contactSchema);
  if (!wire.ok) return { status: "failed", problem: refusedHere(wire.wrong) };
  const origin = company.claimsOriginId ? { origin_id: originId } : {};
  const request = createPerson(company.id, { ...personWire(wire.value), ...origin });
  const result = await company.client.send({ ...request, signal });
  if (!result.ok) return { status: "failed", problem: creationProblem(result, writePermission) };
  return written(company, request, result.answer, fields);
}

/** The last name goes along every time, because Procore asks for it in an update, too (documented). */
async function updateContact(
  company: Company,
  { record, patch }: UpdateItem,
  { signal }: Call,
): Promise<WriteResult> {
  const lastName = record.fields["last_name"] ?? null;
  const wire = wireOf({ last_name: lastName, ...patch }, contactSchema);
  if (!wire.ok) return { status: "failed", problem: refusedHere(wire.wrong) };
  const request = updatePerson(company.id, record.id, personWire(wire.value));
  const result = await company.client.send({ ...request, signal });
  if (!result.ok) return { status: "failed", problem: problemOf(result, writePermission) };
  return written(company, request, result.answer, { ...record.fields, ...patch });
}

/** Fields that the answer about one person has, so that a missing key of it means an empty field. */
const toldWhenWritten = Object.keys(contactSchema.fields).filter((name) => name !== "job_title");

/** The job title is not told (observed), so that it is taken to be what was sent. */
function written(
  company: Company,
  request: Prepared,
  answer: HttpAnswer,
  sent: Fields,
): WriteResult {
  const converted: Converted<StreamRecord> = isRow(answer.body)
    ? recordOf(flattenPerson(answer.body), contactSchema, toldWhenWritten)
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
