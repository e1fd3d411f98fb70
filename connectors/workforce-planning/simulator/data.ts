import {
  fault,
  faultIn,
  idAt,
  idsAt,
  type Keys,
  keysAt,
  listAt,
  type Named,
  namedAt,
  onlyKeys,
  ownIdAt,
  refuseSharedIds,
  textAt,
} from "./data-places.ts";
import type { DayStorage } from "./days.ts";
import { type Person, type PersonValues, personDefaults, personKinds } from "./person.ts";
import type { Project } from "./project.ts";
import { enteredProject, newProject } from "./project-values.ts";
import type { Stamps } from "./stamps.ts";
import { parseTime, parseValues } from "./values.ts";
import type { Group, JobTitle, PermissionLevel, World } from "./world.ts";

/*
 * A world as JSON that people write by hand:
 *
 *   { "companyId": "...", "procoreCompanyId": "...", "people": [], "projects": [], "groups": [], "jobTitles": [],
 *     "permissionLevels": [] }
 *
 * - Every key is optional. Without groups there is one, "Main office"; without permission levels there are Admin,
 *   Manager, Viewer and User.
 * - A group has `name`, a job title `name`, a permission level `name`, and that one may stand as plain text in place of
 *   the object. Optional: `id` everywhere, `timezone` of a group, `group_ids` and `globally_accessible` of a job title.
 * - A person has the keys that requests have, and only `first_name` and `last_name` are needed. Without `group_ids` a
 *   person is in every group. `created_at` and `updated_at` are ISO 8601 or epoch milliseconds.
 * - A project has the keys that requests have, and only `name` is needed. Without `group_ids` a project is in every
 *   group; without `status` it is active if it has a start date, else pending. A date is a day such as 2026-03-02, or
 *   the instant that is kept for it, in milliseconds.
 * - Wherever a group, a job title or a permission level is meant, its name may stand in place of its id.
 *
 * What the product would refuse in a request (two people with one phone number, a person of no type) is allowed here,
 * because real data holds it.
 */

export interface DataDeps {
  readonly now: () => number;
  /** An id that was never given out. */
  readonly newId: () => string;
  readonly projectDays: DayStorage;
}

const companyIdDefault = "0b6a5c0e-9f7e-4a51-9d57-2f0c9b7a1e10";
const procoreCompanyIdDefault = "4242";

/** Throws with the place of the first fault. */
export function parseWorld(data: unknown, deps: DataDeps): World {
  const root = keysAt(data, "data");
  onlyKeys(root, "data", [
    "companyId",
    "procoreCompanyId",
    "people",
    "projects",
    "groups",
    "jobTitles",
    "permissionLevels",
  ]);
  const groups = listAt(root, "groups", ["Main office"]).map(({ value, place }): Group => {
    const { keys, ...same } = namedAt(value, place, ["timezone"], deps.newId);
    return { ...same, timezone: textAt(keys, "timezone", place, "America/Chicago") };
  });
  const jobTitles = listAt(root, "jobTitles", []).map(({ value, place }): JobTitle => {
    const more = ["group_ids", "globally_accessible"];
    const { keys, ...same } = namedAt(value, place, more, deps.newId);
    const group_ids = idsAt(keys["group_ids"] ?? [], groups, `${place}.group_ids`);
    return { ...same, group_ids, globally_accessible: keys["globally_accessible"] !== false };
  });
  const permissionLevels = listAt(root, "permissionLevels", [
    "Admin",
    "Manager",
    "Viewer",
    "User",
  ]).map(({ value, place }): PermissionLevel => {
    const { id, name } = namedAt(value, place, [], deps.newId);
    return { id, name };
  });
  const lists = { groups, jobTitles, permissionLevels };
  const people = listAt(root, "people", []).map(({ value, place }) =>
    personAt(keysAt(value, place), place, lists, deps),
  );
  const projects = listAt(root, "projects", []).map(({ value, place }) =>
    projectAt(keysAt(value, place), place, lists, deps),
  );
  const all = { people, projects, ...lists };
  for (const [name, list] of Object.entries(all)) refuseSharedIds(list, name);
  return {
    companyId: textAt(root, "companyId", "data", companyIdDefault),
    procoreCompanyId: textAt(root, "procoreCompanyId", "data", procoreCompanyIdDefault),
    ...all,
  };
}

type Lists = Pick<World, "groups" | "jobTitles" | "permissionLevels">;

function personAt(keys: Keys, place: string, lists: Lists, deps: DataDeps): Person {
  const { stamps, told } = stampsAt(keys, place, deps);
  const idIn = (key: string, list: readonly Named[]) =>
    told[key] == null ? null : idAt(told[key], list, `${place}.${key}`);
  const given = {
    ...told,
    job_title_id: idIn("job_title_id", lists.jobTitles),
    permission_level_id: idIn("permission_level_id", lists.permissionLevels),
    group_ids: groupsAt(told, lists.groups, place),
  };
  const parsed = parseValues<PersonValues>(given, personKinds);
  if (!parsed.ok) throw faultIn(parsed.reasons, place);
  const { first_name, last_name } = parsed.values;
  if (first_name === undefined) throw fault(`${place}.first_name`, "is required");
  if (last_name === undefined) throw fault(`${place}.last_name`, "is required");
  return { ...personDefaults, ...parsed.values, first_name, last_name, ...stamps() };
}

function projectAt(keys: Keys, place: string, { groups }: Lists, deps: DataDeps): Project {
  const { stamps, told } = stampsAt(keys, place, deps);
  const given = { ...told, group_ids: groupsAt(told, groups, place) };
  const parsed = enteredProject(given, {}, { groups, storage: deps.projectDays });
  if (!parsed.ok) throw faultIn(parsed.reasons, place);
  const project = newProject(parsed.values);
  if (project === null) throw fault(`${place}.name`, "is required");
  return { ...project, ...stamps() };
}

/** A record without groups is in all of them. */
function groupsAt(keys: Keys, groups: readonly Group[], place: string): readonly string[] {
  return idsAt(keys["group_ids"] ?? groups.map(({ id }) => id), groups, `${place}.group_ids`);
}

/** What the product gives a record, apart from the rest. Asked for last, so that the other faults are told first. */
function stampsAt(
  { id, created_at, updated_at, ...told }: Keys,
  place: string,
  deps: DataDeps,
): { readonly stamps: () => Stamps; readonly told: Keys } {
  const stamps = () => {
    const created = created_at === undefined ? deps.now() : parseTime(created_at);
    const updated = updated_at === undefined ? created : parseTime(updated_at);
    if (created === undefined) throw fault(`${place}.created_at`, "must be a time");
    if (updated === undefined) throw fault(`${place}.updated_at`, "must be a time");
    return { id: ownIdAt(id, place) ?? deps.newId(), created_at: created, updated_at: updated };
  };
  return { stamps, told };
}
