import type {
  Call,
  GetResult,
  ReadEvent,
  StreamRecord,
} from "../../../engine/connector/connector.ts";
import { type Prepared, user, users } from "../api.ts";
import type { Company } from "../company.ts";
import { type Converted, flattenUser, isRow, type Row, recordOf } from "../convert.ts";
import { problemOf, readPermission, unreadableAnswer } from "../problem.ts";
import { findInLists, type ListReading, readLists } from "../reading.ts";
import { emptyWhenLeftOut, untoldOfInactive, userSchema } from "./user-schema.ts";

export function readUsers(company: Company, call: Call): AsyncIterable<ReadEvent> {
  const lists = [users(company.id, "active"), users(company.id, "inactive")];
  return readLists(company, lists.map(listing), call);
}

/**
 * Whether Procore shows an inactive user is not documented, and neither is whether it says 403 or 404 if it does not.
 * So one who is not shown is looked up in the list of inactive users.
 */
export async function getUser(company: Company, id: string, call: Call): Promise<GetResult> {
  const request = user(company.id, id);
  const result = await company.client.send({ ...request, accept: [404], signal: call.signal });
  const refusal = result.ok ? null : problemOf(result, readPermission);
  if (refusal && refusal.code !== "permission-denied")
    return { status: "failed", problem: refusal };
  if (!result.ok || result.answer.status === 404) {
    const inactive = [listing(users(company.id, "inactive"))];
    const found = await findInLists(company, inactive, (record) => record.id === id, call);
    return found.status === "missing" && refusal ? { status: "failed", problem: refusal } : found;
  }
  const shown = shownUser(result.answer.body);
  return shown.ok
    ? findPerson(company, asListed(shown.value), call)
    : { status: "failed", problem: unreadableAnswer(company, request, result.answer, shown.wrong) };
}

/** Only the list tells the number of the person, so that an active user is looked up there as well, by e-mail address. */
async function findPerson(company: Company, shown: StreamRecord, call: Call): Promise<GetResult> {
  const email = shown.fields["email_address"];
  if (shown.fields["is_active"] !== true || typeof email !== "string")
    return { status: "found", record: shown };
  const list = listing(users(company.id, "active", { "filters[search]": email }));
  const listed = await findInLists(company, [list], ({ id }) => id === shown.id, call);
  if (listed.status === "failed") return listed;
  const person = listed.status === "found" ? listed.record.fields["person_id"] : undefined;
  if (person === undefined) return { status: "found", record: shown };
  return { status: "found", record: { ...shown, fields: { ...shown.fields, person_id: person } } };
}

/** Only active users can be asked for by origin id (documented). What comes is compared all the same. */
export function findUserByOrigin(
  company: Company,
  originId: string,
  call: Call,
): Promise<GetResult> {
  const lists = [
    users(company.id, "active", { "filters[origin_id]": originId }),
    users(company.id, "inactive"),
  ];
  const isMeant = ({ fields }: StreamRecord) => fields["origin_id"] === originId;
  return findInLists(company, lists.map(listing), isMeant, call);
}

function listing(request: Prepared): ListReading {
  return { request, convert: listedUser };
}

function listedUser(row: Row): Converted<StreamRecord> {
  return recordOf(flattenUser(row), userSchema);
}

/** From an answer about one user, which leaves out the keys that are empty. */
export function shownUser(body: unknown): Converted<StreamRecord> {
  if (!isRow(body)) return { ok: false, wrong: "what came is no user" };
  return recordOf(flattenUser(body), userSchema, emptyWhenLeftOut);
}

/** A user must look the same whether listed or shown, or else a plan would take it for changed. */
function asListed(record: StreamRecord): StreamRecord {
  if (record.fields["is_active"] !== false) return record;
  const told = Object.entries(record.fields).filter(([name]) => !untoldOfInactive.includes(name));
  return { id: record.id, fields: Object.fromEntries(told) };
}
