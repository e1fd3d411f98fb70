import type { Reasons } from "./values.ts";

/* Reads a data file place by place, and throws with the place of the first fault. */

export type Keys = { readonly [key: string]: unknown };

export interface Named {
  readonly id: string;
  readonly name: string;
}

export function namedAt(
  value: unknown,
  place: string,
  more: readonly string[],
  newId: () => string,
): Named & { readonly keys: Keys } {
  const keys = typeof value === "string" ? { name: value } : keysAt(value, place);
  onlyKeys(keys, place, ["id", "name", ...more]);
  const name = textAt(keys, "name", place);
  return { id: ownIdAt(keys["id"], place) ?? newId(), name, keys };
}

/** An id, or a name of one record, as the id. */
export function idAt(given: unknown, list: readonly Named[], place: string): string {
  const found =
    list.find(({ id }) => id === given) ?? list.find(({ name }) => name === given) ?? null;
  if (!found) throw fault(place, `names ${JSON.stringify(given)}, which does not exist`);
  return found.id;
}

export function idsAt(given: unknown, list: readonly Named[], place: string): readonly string[] {
  if (!Array.isArray(given)) throw fault(place, "must be a list");
  return given.map((id, at) => idAt(id, list, `${place}[${at}]`));
}

export function ownIdAt(id: unknown, place: string): string | null {
  if (id === undefined) return null;
  if (typeof id === "string" && /^[A-Za-z0-9_-]{1,100}$/.test(id)) return id;
  throw fault(`${place}.id`, "must be a UUID, or other letters, digits, - and _");
}

export function refuseSharedIds(list: readonly { readonly id: string }[], name: string): void {
  const seen = new Map<string, number>();
  for (const [at, { id }] of list.entries()) {
    const first = seen.get(id);
    if (first !== undefined) throw fault(`${name}[${at}].id`, `is that of ${name}[${first}] too`);
    seen.set(id, at);
  }
}

export function listAt(keys: Keys, key: string, fallback: readonly unknown[]) {
  const list = keys[key] ?? fallback;
  if (!Array.isArray(list)) throw fault(key, "must be a list");
  return list.map((value: unknown, at) => ({ value, place: `${key}[${at}]` }));
}

export function textAt(keys: Keys, key: string, place: string, fallback?: string): string {
  const value = keys[key] ?? fallback;
  if (typeof value === "string" && value !== "") return value;
  throw fault(`${place}.${key}`, "must be text that is not empty");
}

export function keysAt(value: unknown, place: string): Keys {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return { ...value };
  throw fault(place, "must be an object");
}

export function onlyKeys(keys: Keys, place: string, known: readonly string[]): void {
  const unknown = Object.keys(keys).find((key) => !known.includes(key));
  if (unknown !== undefined)
    throw fault(`${place}.${unknown}`, `is not one of ${known.join(", ")}`);
}

export function fault(place: string, what: string): Error {
  return new Error(`Workforce Planning data: ${place} ${what}.`);
}

/** The first of the reasons. */
export function faultIn(reasons: Reasons, place: string): Error {
  const [[key, words] = ["", []]] = Object.entries(reasons);
  return fault(`${place}.${key}`, words.join(", "));
}
