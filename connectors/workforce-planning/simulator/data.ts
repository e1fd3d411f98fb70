import { type Person, personDefaults } from "./person.ts";
import { parsePersonValues, parseTime } from "./person-values.ts";
import type { Group, JobTitle, PermissionLevel, World } from "./world.ts";

/*
 * A world as JSON that people write by hand:
 *
 *   { "companyId": "...", "procoreCompanyId": "...", "people": [], "groups": [], "jobTitles": [], "permissionLevels": [] }
 *
 * - Every key is optional. Without groups there is one, "Main office"; without permission levels there are Admin,
 *   Manager, Viewer and User.
 * - A group has `name`, a job title `name`, a permission level `name`, and that one may stand as plain text in place of
 *   the object. Optional: `id` everywhere, `timezone` of a group, `group_ids` and `globally_accessible` of a job title.
 * - A person has the keys that requests have, and only `first_name` and `last_name` are needed. Without `group_ids` a
 *   person is in every group. `created_at` and `updated_at` are ISO 8601 or epoch milliseconds.
 * - Wherever a group, a job title or a permission level is meant, its name may stand in place of its id.
 *
 * What the product would refuse in a request (two people with one phone number, a person of no type) is allowed here,
 * because real data holds it.
 */

export interface DataDeps {
  readonly now: () => number;
  /** An id that was never given out. */
  readonly newId: () => string;
}

const companyIdDefault = "0b6a5c0e-9f7e-4a51-9d57-2f0c9b7a1e10";
const procoreCompanyIdDefault = "4242";

type Keys = { readonly [key: string]: unknown };

/** Throws with the place of the first fault. */
export function parseWorld(data: unknown, deps: DataDeps): World {
  const root = keysAt(data, "data");
  onlyKeys(root, "data", [
    "companyId",
    "procoreCompanyId",
    "people",
    "groups",
    "jobTitles",
    "permissionLevels",
  ]);
  const groups = listAt(root, "groups", ["Main office"]).map(({ value, place }): Group => {
    const { keys, ...same } = namedAt(value, place, ["timezone"], deps);
    return { ...same, timezone: textAt(keys, "timezone", place, "America/Chicago") };
  });
  const jobTitles = listAt(root, "jobTitles", []).map(({ value, place }): JobTitle => {
    const more = ["group_ids", "globally_accessible"];
    const { keys, ...same } = namedAt(value, place, more, deps);
    const group_ids = idsAt(keys["group_ids"] ?? [], groups, `${place}.group_ids`);
    return { ...same, group_ids, globally_accessible: keys["globally_accessible"] !== false };
  });
  const permissionLevels = listAt(root, "permissionLevels", [
    "Admin",
    "Manager",
    "Viewer",
    "User",
  ]).map(({ value, place }): PermissionLevel => {
    const { id, name } = namedAt(value, place, [], deps);
    return { id, name };
  });
  const lists = { groups, jobTitles, permissionLevels };
  const people = listAt(root, "people", []).map(({ value, place }) =>
    personAt(keysAt(value, place), place, lists, deps),
  );
  for (const [name, list] of Object.entries({ people, ...lists })) refuseSharedIds(list, name);
  return {
    companyId: textAt(root, "companyId", "data", companyIdDefault),
    procoreCompanyId: textAt(root, "procoreCompanyId", "data", procoreCompanyIdDefault),
    people,
    ...lists,
  };
}

type Lists = Pick<World, "groups" | "jobTitles" | "permissionLevels">;

function personAt(keys: Keys, place: string, lists: Lists, deps: DataDeps): Person {
  const { id, created_at, updated_at, ...told } = keys;
  const { group_ids, job_title_id, permission_level_id } = told;
  const idIn = (given: unknown, list: readonly Named[], key: string) =>
    given == null ? null : idAt(given, list, `${place}.${key}`);
  const parsed = parsePersonValues({
    ...told,
    job_title_id: idIn(job_title_id, lists.jobTitles, "job_title_id"),
    permission_level_id: idIn(permission_level_id, lists.permissionLevels, "permission_level_id"),
    group_ids: idsAt(
      group_ids ?? lists.groups.map((group) => group.id),
      lists.groups,
      `${place}.group_ids`,
    ),
  });
  if (!parsed.ok) {
    const [[key, reasons] = ["", []]] = Object.entries(parsed.reasons);
    throw fault(`${place}.${key}`, reasons.join(", "));
  }
  const { first_name, last_name } = parsed.values;
  if (first_name === undefined) throw fault(`${place}.first_name`, "is required");
  if (last_name === undefined) throw fault(`${place}.last_name`, "is required");
  const created = created_at === undefined ? deps.now() : parseTime(created_at);
  const updated = updated_at === undefined ? created : parseTime(updated_at);
  if (created === undefined) throw fault(`${place}.created_at`, "must be a time");
  if (updated === undefined) throw fault(`${place}.updated_at`, "must be a time");
  return {
    ...personDefaults,
    ...parsed.values,
    first_name,
    last_name,
    id: ownIdAt(id, place) ?? deps.newId(),
    created_at: created,
    updated_at: updated,
  };
}

interface Named {
  readonly id: string;
  readonly name: string;
}

function namedAt(value: unknown, place: string, more: readonly string[], deps: DataDeps) {
  const keys = typeof value === "string" ? { name: value } : keysAt(value, place);
  onlyKeys(keys, place, ["id", "name", ...more]);
  const name = textAt(keys, "name", place);
  return { id: ownIdAt(keys["id"], place) ?? deps.newId(), name, keys };
}

/** An id, or a name of one record, as the id. */
function idAt(given: unknown, list: readonly Named[], place: string): string {
  const found =
    list.find(({ id }) => id === given) ?? list.find(({ name }) => name === given) ?? null;
  if (!found) throw fault(place, `names ${JSON.stringify(given)}, which does not exist`);
  return found.id;
}

function idsAt(given: unknown, list: readonly Named[], place: string): readonly string[] {
  if (!Array.isArray(given)) throw fault(place, "must be a list");
  return given.map((id, at) => idAt(id, list, `${place}[${at}]`));
}

function ownIdAt(id: unknown, place: string): string | null {
  if (id === undefined) return null;
  if (typeof id === "string" && /^[A-Za-z0-9_-]{1,100}$/.test(id)) return id;
  throw fault(`${place}.id`, "must be a UUID, or other letters, digits, - and _");
}

function refuseSharedIds(list: readonly { readonly id: string }[], name: string): void {
  const seen = new Map<string, number>();
  for (const [at, { id }] of list.entries()) {
    const first = seen.get(id);
    if (first !== undefined) throw fault(`${name}[${at}].id`, `is that of ${name}[${first}] too`);
    seen.set(id, at);
  }
}

function listAt(keys: Keys, key: string, fallback: readonly unknown[]) {
  const list = keys[key] ?? fallback;
  if (!Array.isArray(list)) throw fault(key, "must be a list");
  return list.map((value: unknown, at) => ({ value, place: `${key}[${at}]` }));
}

function textAt(keys: Keys, key: string, place: string, fallback?: string): string {
  const value = keys[key] ?? fallback;
  if (typeof value === "string" && value !== "") return value;
  throw fault(`${place}.${key}`, "must be text that is not empty");
}

function keysAt(value: unknown, place: string): Keys {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return { ...value };
  throw fault(place, "must be an object");
}

function onlyKeys(keys: Keys, place: string, known: readonly string[]): void {
  const unknown = Object.keys(keys).find((key) => !known.includes(key));
  if (unknown !== undefined)
    throw fault(`${place}.${unknown}`, `is not one of ${known.join(", ")}`);
}

function fault(place: string, what: string): Error {
  return new Error(`Workforce Planning data: ${place} ${what}.`);
}
