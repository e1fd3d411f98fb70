import { type Person, type PersonValues, personDefaults, personKinds } from "./person.ts";
import {
  type Accepted,
  accepted,
  hasId,
  invalidValues,
  type Judged,
  missingValues,
  type Refusal,
  refusalOf,
  refused,
  unknownIds,
} from "./refusal.ts";
import { parseValues } from "./values.ts";
import type { World } from "./world.ts";

/*
 * What the product demands of a person. The demands are documented, save where a comment says that they are assumed.
 */

type Body = { readonly [key: string]: unknown };

const requiredOnCreate = [
  "first_name",
  "last_name",
  "is_user",
  "is_assignable",
  "status",
  "group_ids",
] as const;

export function judgeCreate(body: Body, world: World): Judged<Accepted<PersonValues>> {
  const request = parseRequest(body);
  if (!request.ok) return request;
  const { values, invites } = request.value;
  const { first_name, last_name } = values;
  const missing = requiredOnCreate.filter((key) => values[key] === undefined);
  if (missing.length > 0 || first_name === undefined || last_name === undefined) {
    return refused(missingValues(missing));
  }
  const person = { ...personDefaults, ...values, first_name, last_name };
  const refusal =
    (person.is_user ? refuseLogin(person, ["email", "permission_level_id"]) : null) ??
    refuseType(person) ??
    refuseReferences(values, world) ??
    refuseGroups(person, world) ??
    refuseDuplicates(values, world.people);
  return refusal ? refused(refusal) : accepted(person, person.is_user && invites);
}

export function judgeUpdate(
  body: Body,
  person: Person,
  world: World,
): Judged<Accepted<Partial<PersonValues>>> {
  const request = parseRequest(body);
  if (!request.ok) return request;
  const { values, invites } = request.value;
  if (Object.hasOwn(body, "password")) {
    return refused(refusalOf(400, "The password is not set here.", ["password"], "cannot be set"));
  }
  const next: Person = { ...person, ...values };
  const newLogin = next.is_user && !person.is_user;
  const loginKeys = (["email", "permission_level_id"] as const).filter(
    (key) => newLogin || values[key] !== undefined,
  );
  const refusal =
    (next.is_user ? refuseLogin(next, loginKeys) : null) ??
    // Data from before the rule may hold people without a type; they can still be edited (assumed).
    (person.is_user || person.is_assignable ? refuseType(next) : null) ??
    refuseReferences(values, world) ??
    (values.group_ids ? refuseGroups(next, world) : null) ??
    refuseDuplicates(values, othersThan(person, world));
  return refusal ? refused(refusal) : accepted(values, newLogin && invites);
}

/** Giving a login to a person who is there: a permission level, and an address if none is on file. */
export function judgeEnableLogin(
  body: Body,
  person: Person,
  world: World,
): Judged<Accepted<Partial<PersonValues>>> {
  const known = ["permission_level_id", "email", "password", "no_invite"];
  const unknown = Object.keys(body).filter((key) => !known.includes(key));
  if (unknown.length > 0) {
    return refused(refusalOf(400, "Some values are not known.", unknown, "is not known"));
  }
  const request = parseRequest({ ...body, is_user: true });
  if (!request.ok) return request;
  const { values, invites } = request.value;
  const refusal =
    refuseLogin({ ...person, ...values }, ["email", "permission_level_id"]) ??
    refuseReferences(values, world) ??
    refuseDuplicates(values, othersThan(person, world));
  return refusal ? refused(refusal) : accepted(values, !person.is_user && invites);
}

function parseRequest(
  body: Body,
): Judged<{ readonly values: Partial<PersonValues>; readonly invites: boolean }> {
  const { no_invite = false, password, ...rest } = body;
  if (rest["phone"] === "") {
    // Documented only as "can cause unexpected errors".
    return refused({ status: 500, message: "Something went wrong.", reasons: {} });
  }
  const parsed = parseValues(rest, personKinds);
  if (!parsed.ok) return refused(invalidValues(parsed.reasons));
  if (typeof no_invite !== "boolean") {
    return refused(invalidValues({ no_invite: ["must be true or false"] }));
  }
  if (password !== undefined && !isPassword(password)) {
    const demand = "needs 8 characters, with an upper-case and a lower-case letter and a digit";
    return refused(invalidValues({ password: [demand] }));
  }
  return {
    ok: true,
    value: { values: parsed.values, invites: !no_invite && password === undefined },
  };
}

function isPassword(value: unknown): boolean {
  return typeof value === "string" && /^(?=.*[A-Z])(?=.*[a-z])(?=.*\d).{8,}$/s.test(value);
}

function refuseLogin(
  person: PersonValues,
  keys: readonly ("email" | "permission_level_id")[],
): Refusal | null {
  const missing = keys.filter((key) => !person[key]);
  if (missing.length === 0) return null;
  return missingValues(missing, "is required of a user");
}

/** That a person of neither type is refused is assumed. */
function refuseType(person: PersonValues): Refusal | null {
  if (person.is_user || person.is_assignable) return null;
  const keys = ["is_user", "is_assignable"];
  return refusalOf(
    400,
    "A person is a user, assignable or both.",
    keys,
    "is false, like the other",
  );
}

function refuseReferences(values: Partial<PersonValues>, world: World): Refusal | null {
  return unknownIds([
    ...(hasId(world.jobTitles, values.job_title_id) ? [] : ["job_title_id"]),
    ...(hasId(world.permissionLevels, values.permission_level_id) ? [] : ["permission_level_id"]),
    ...((values.group_ids ?? []).every((id) => hasId(world.groups, id)) ? [] : ["group_ids"]),
  ]);
}

function refuseGroups(person: PersonValues, world: World): Refusal | null {
  const level = world.permissionLevels.find(({ id }) => id === person.permission_level_id);
  if (person.group_ids.length > 0 || level?.name === "Admin") return null;
  return refusalOf(
    400,
    "A person belongs to a group.",
    ["group_ids"],
    "may be empty for an Admin only",
  );
}

function refuseDuplicates(
  values: Partial<PersonValues>,
  others: readonly Person[],
): Refusal | null {
  const { email, phone } = values;
  const taken = [
    ...(email && others.some((other) => sameEmail(other.email, email)) ? ["email"] : []),
    ...(phone && others.some((other) => samePhone(other.phone, phone)) ? ["phone"] : []),
  ];
  if (taken.length === 0) return null;
  return refusalOf(409, `Somebody else has this ${taken.join(" and ")}.`, taken, "is taken");
}

/** That capitals make no difference is assumed. */
function sameEmail(one: string | null, other: string): boolean {
  return one?.toLowerCase() === other.toLowerCase();
}

/** That only the digits count is assumed: several spellings of a number are documented. */
function samePhone(one: string | null, other: string): boolean {
  return one?.replace(/\D/g, "") === other.replace(/\D/g, "");
}

function othersThan(person: Person, world: World): readonly Person[] {
  return world.people.filter(({ id }) => id !== person.id);
}
