import type {
  Call,
  CreateItem,
  UpdateItem,
  WriteResult,
} from "../../../engine/connector/connector.ts";
import type { Problem } from "../../../engine/connector/problem.ts";
import { createUser, syncUsers } from "../api.ts";
import type { Company } from "../company.ts";
import { type Converted, type Row, wireOf, withoutNulls } from "../convert.ts";
import { creationProblem, refusedHere, unreadableAnswer, writePermission } from "../problem.ts";
import type { SyncPurpose } from "../sync.ts";
import { writeBySync } from "../sync-writes.ts";
import { shownUser } from "./user-reads.ts";
import { userSchema } from "./user-schema.ts";

/*
 * Procore sends an invitation only when it is asked to by a call of its own, which the connector never makes. Nothing
 * is written but the fields that are given, so that everything else in the Directory stays as it is.
 */

export async function createOneUser(
  company: Company,
  item: CreateItem,
  { signal }: Call,
): Promise<WriteResult> {
  const body = newUser(company, item);
  if (!body.ok) return failed(refusedHere(body.wrong));
  const request = createUser(company.id, body.value);
  const result = await company.client.send({ ...request, signal });
  if (!result.ok) return failed(creationProblem(result, writePermission));
  const { answer } = result;
  const user = shownUser(answer.body);
  return user.ok
    ? { status: "applied", record: user.value }
    : failed(unreadableAnswer(company, request, answer, user.wrong));
}

export function createUsers(
  company: Company,
  items: readonly CreateItem[],
  call: Call,
): Promise<readonly WriteResult[]> {
  const rows = refuseRepeatedEmail(items.map((item) => newUser(company, item)));
  // Even with origin ids: a call that is still being worked on when the same one comes again could make users twice.
  const send = (updates: readonly Row[]) => syncUsers(company.id, updates, "once");
  return writeBySync(company, { ...userSync("create"), rows, send }, call);
}

/**
 * By `sync` and not by the call for one user, because that one may ask for name and e-mail every time, and cannot
 * bring an inactive user back (documented).
 */
export function updateUsers(
  company: Company,
  items: readonly UpdateItem[],
  call: Call,
): Promise<readonly WriteResult[]> {
  const rows = items.map(changedUser);
  const send = (updates: readonly Row[]) => syncUsers(company.id, updates, "harmless");
  return writeBySync(company, { ...userSync("update"), rows, send }, call);
}

function userSync(verb: SyncPurpose["verb"]) {
  return {
    purpose: { verb, noun: "user" },
    permission: writePermission,
    convert: shownUser,
  } as const;
}

function newUser(company: Company, { fields, originId }: CreateItem): Converted<Row> {
  const wire = wireOf(withoutNulls(fields), userSchema);
  if (!wire.ok || !company.claimsOriginId) return wire;
  return { ok: true, value: { ...wire.value, origin_id: originId } };
}

function changedUser({ record, patch }: UpdateItem): Converted<Row> {
  const wire = wireOf(patch, userSchema);
  return wire.ok ? { ok: true, value: { ...wire.value, id: Number(record.id) } } : wire;
}

/** One call must not hold an e-mail address twice: its answer would not tell which of the two became the user. */
function refuseRepeatedEmail(rows: readonly Converted<Row>[]): readonly Converted<Row>[] {
  const seen = new Set<string>();
  return rows.map((row) => {
    const email = row.ok ? row.value["email_address"] : null;
    if (typeof email !== "string") return row;
    const key = email.trim().toLowerCase();
    if (!seen.has(key)) {
      seen.add(key);
      return row;
    }
    const wrong = `another record of the same run has the e-mail address ${email}, and a company can have it once only`;
    return { ok: false, wrong };
  });
}

function failed(problem: Problem): WriteResult {
  return { status: "failed", problem };
}
