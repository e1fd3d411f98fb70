import { type Attributes, isObject, type Kinds, readAttributes } from "./attributes.ts";
import type { Ids } from "./ids.ts";
import type { Company } from "./world.ts";

/*
 * Reading a data file by hand: every fault names its place.
 */

export type Keys = Readonly<Record<string, unknown>>;

export interface Row {
  readonly keys: Keys;
  readonly place: string;
}

/** What every record of a data file is read with. */
export interface Scope {
  readonly ids: Ids;
  /** The time stamp of records that give none. */
  readonly at: string;
  readonly companies: readonly Company[];
}

/** A plain text stands for a record of that name. */
export function rowsAt(root: Keys, name: string): readonly Row[] {
  const list = root[name] ?? [];
  if (!Array.isArray(list)) throw fault(name, "must be a list");
  return list.map((value: unknown, index) => {
    const place = `${name}[${index}]`;
    return { keys: typeof value === "string" ? { name: value } : objectAt(value, place), place };
  });
}

export function onlyKeys(keys: Keys, place: string, known: readonly string[]): void {
  const unknown = Object.keys(keys).find((key) => !known.includes(key));
  if (unknown !== undefined) throw fault(`${place}.${unknown}`, "is not a known key");
}

export function nameAt(keys: Keys, place: string): string {
  const name = keys["name"];
  if (typeof name !== "string" || name === "") throw fault(`${place}.name`, "must be a text");
  return name;
}

export function choiceAt<T extends string>(
  value: unknown,
  choices: readonly T[],
  place: string,
): T {
  const choice = choices.find((candidate) => candidate === value);
  if (choice === undefined) throw fault(place, `must be one of ${choices.join(", ")}`);
  return choice;
}

export function timeAt(value: unknown, place: string): string {
  const time = typeof value === "string" ? Date.parse(value) : Number.NaN;
  if (Number.isNaN(time)) throw fault(place, "must be a time such as 2026-01-31T08:00:00Z");
  return wireTime(time);
}

/** Procore's time stamps have no fractions of a second (documented). */
export function wireTime(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace(/\.\d+Z$/, "Z");
}

export function givenId(value: unknown): number | undefined {
  return typeof value === "number" ? value : undefined;
}

export function idAt(value: unknown, place: string): number {
  if (typeof value !== "number" || !Number.isSafeInteger(value) || value < 1) {
    throw fault(place, "must be a whole number above zero");
  }
  return value;
}

export function objectAt(value: unknown, place: string): Keys {
  if (!isObject(value)) throw fault(place, "must be an object");
  return value;
}

export function fault(place: string, what: string): Error {
  return new Error(`Procore simulator, ${place}: ${what}.`);
}

interface Named {
  readonly id: number;
  readonly name: string;
}

/** Puts ids in the place of names. */
export function withIds(keys: Keys, place: string, lists: Record<string, readonly Named[]>): Keys {
  const ids = Object.entries(lists).flatMap(([key, list]) => {
    const given = keys[key];
    if (given === undefined || given === null) return [];
    const found = list.find(({ id, name }) => id === given || name === given);
    if (!found) throw fault(`${place}.${key}`, `names ${String(given)}, which does not exist`);
    return [[key, found.id] as const];
  });
  return { ...keys, ...Object.fromEntries(ids) };
}

export function attributesAt(keys: Keys, kinds: Kinds, place: string): Attributes {
  const { attributes, errors } = readAttributes(keys, kinds);
  const [wrong] = Object.entries(errors);
  if (wrong) throw fault(`${place}.${wrong[0]}`, wrong[1].join(", "));
  return attributes;
}

/** The company that a record names, or the first. */
export function companyAt(keys: Keys, place: string, { companies }: Scope): number {
  const id = givenId(keys["company_id"]) ?? companies[0]?.id;
  const company = companies.find((candidate) => candidate.id === id);
  if (!company) throw fault(`${place}.company_id`, `is ${id}, and there is no such company`);
  return company.id;
}
