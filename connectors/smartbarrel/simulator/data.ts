import type { Fields } from "../../../engine/value/value.ts";
import { type Collection, collections, defaults, type Entry, type Kept } from "./records.ts";
import type { Judged, Reasons } from "./refusal.ts";
import { judgeEntry, judgeRecord, judgeValues, type World } from "./rules.ts";
import type { Store } from "./store.ts";

/*
 * Data files: `{ "workers": [...], "positions": [...], "projects": [...], "cost_codes": [...], "shifts": [...] }`, each
 * record with its `id` and its fields by the names of the streams. A shift has `entries`. What is left out has a default.
 */

type Keys = { readonly [key: string]: unknown };

/** Replaces everything. Throws with the place of the first fault, and leaves all as it was. */
export function loadData(store: Store, data: unknown, now: number): void {
  const root = keysAt(data, "the data");
  const unknown = Object.keys(root).find((key) => !collections.includes(key as Collection));
  if (unknown !== undefined) throw fault(unknown, `is not one of ${collections.join(", ")}`);
  const everything = Object.fromEntries(
    collections.map((name) => [name, recordsAt(root, name, now)]),
  ) as Readonly<Record<Collection, readonly Kept[]>>;
  const byId = new Map(
    collections.map((name) => [
      name,
      new Map(everything[name].map((record) => [record.id, record])),
    ]),
  );
  const world: World = {
    all: (name) => everything[name],
    current: (name, id) => byId.get(name)?.get(id),
  };
  for (const name of collections) {
    for (const { id, fields } of everything[name]) {
      mustBeRight(judgeRecord(name, fields, id, world), `${name} ${id}`);
    }
  }
  store.load(everything);
}

function recordsAt(root: Keys, name: Collection, now: number): readonly Kept[] {
  const seen = new Set<string>();
  return listAt(root[name] ?? [], name).map(({ value, place }) => {
    const { id, entries = [], created_at, updated_at, ...values } = keysAt(value, place);
    const own = idAt(id, place, seen);
    const fields = mustBeRight(judgeValues(name, values as Fields, "person"), place);
    return {
      id: own,
      fields: { ...defaults[name], ...fields },
      entries: listAt(entries, `${place}.entries`).map(entryAt),
      createdAt: momentAt(created_at, now, `${place}.created_at`),
      updatedAt: momentAt(updated_at, now, `${place}.updated_at`),
    };
  });
}

function entryAt({ value, place }: { readonly value: unknown; readonly place: string }): Entry {
  const { id, ...values } = keysAt(value, place);
  return {
    id: idAt(id, place, new Set()),
    fields: mustBeRight(judgeEntry(values as Fields), place),
  };
}

/** What `loadData` accepts. */
export function savedData({ all }: Store): unknown {
  return Object.fromEntries(
    collections.map((name) => [
      name,
      all(name).map(({ id, fields, entries, createdAt, updatedAt }) => ({
        id,
        ...fields,
        ...(name === "shifts" && {
          entries: entries.map((each) => ({ id: each.id, ...each.fields })),
        }),
        created_at: new Date(createdAt).toISOString(),
        updated_at: new Date(updatedAt).toISOString(),
      })),
    ]),
  );
}

export function mustBeRight<T>(judged: Judged<T>, place: string): T {
  if (judged.ok) return judged.value;
  const { message, reasons } = judged.refusal;
  throw fault(place, `${message} ${wordsOf(reasons)}`.trim());
}

function wordsOf(reasons: Reasons): string {
  return Object.entries(reasons)
    .map(([field, words]) => `${field} ${words.join(", ")}`)
    .join("; ");
}

function listAt(value: unknown, place: string) {
  if (!Array.isArray(value)) throw fault(place, "must be a list");
  return value.map((each: unknown, at) => ({ value: each, place: `${place}[${at}]` }));
}

function keysAt(value: unknown, place: string): Keys {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return { ...value };
  throw fault(place, "must be an object");
}

function idAt(id: unknown, place: string, seen: Set<string>): string {
  if (typeof id !== "string" || !/^[A-Za-z0-9_-]{1,100}$/.test(id)) {
    throw fault(`${place}.id`, "must be letters, digits, - and _");
  }
  if (seen.has(id)) throw fault(`${place}.id`, "occurs twice");
  seen.add(id);
  return id;
}

function momentAt(value: unknown, now: number, place: string): number {
  if (value === undefined) return now;
  const ms = typeof value === "string" ? Date.parse(value) : Number.NaN;
  if (Number.isNaN(ms)) throw fault(place, "must be an ISO 8601 instant");
  return ms;
}

function fault(place: string, what: string): Error {
  return new Error(`SmartBarrel data: ${place}: ${what}.`);
}
