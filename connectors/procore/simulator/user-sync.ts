import { type Attributes, type Errors, isObject, readAttributes } from "./attributes.ts";
import type { Directory } from "./directory.ts";
import { type User, userDefaults, writtenUserKinds } from "./user.ts";
import { refusalsOfUser } from "./user-rules.ts";

/** Most users that one call may carry (documented). */
export const usersPerSync = 1_000;

export type Synced =
  | { readonly ok: true; readonly user: User }
  | { readonly ok: false; readonly given: unknown; readonly errors: Errors };

/**
 * Every one for itself and in their order. With an id it is an update, and the id must be there; with an origin id
 * alone it is an update if there is such a user and a create if not; with neither it is a create (documented).
 */
export function syncUsers(
  directory: Directory,
  companyId: number,
  updates: readonly unknown[],
): readonly Synced[] {
  return updates.map((given) => syncUser(directory, companyId, given));
}

function syncUser(directory: Directory, companyId: number, given: unknown): Synced {
  if (!isObject(given)) return { ok: false, given, errors: { base: ["is not a user"] } };
  const { id, ...rest } = given;
  const { attributes, errors } = readAttributes(rest, writtenUserKinds);
  if (Object.keys(errors).length > 0) return { ok: false, given, errors };
  const known = find(directory, companyId, id, attributes["origin_id"]);
  if (id !== undefined && !known) {
    return { ok: false, given, errors: { id: ["Entity with this ID not found"] } };
  }
  const whole: Attributes = { ...(known?.attributes ?? userDefaults), ...attributes };
  const refusals = refusalsOfUser(directory, whole, { companyId, id: known?.id ?? null });
  if (Object.keys(refusals).length > 0) return { ok: false, given, errors: refusals };
  const user = known
    ? directory.changeUser(known, attributes)
    : directory.addUser(companyId, attributes);
  return { ok: true, user };
}

function find(
  directory: Directory,
  companyId: number,
  id: unknown,
  origin: unknown,
): User | undefined {
  if (id === undefined) return directory.usersOf(companyId, "origin_id", origin)[0];
  return typeof id === "number" ? directory.user(companyId, id) : undefined;
}
