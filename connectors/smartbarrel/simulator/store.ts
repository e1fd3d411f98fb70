import { isDeepStrictEqual } from "node:util";
import type { Fields } from "../../../engine/value/value.ts";
import {
  createLaggedCollection,
  type LaggedCollection,
} from "../../http/simulator/lagged-collection.ts";
import {
  type Collection,
  collections,
  defaults,
  type Entry,
  idBeginnings,
  type Kept,
} from "./records.ts";
import type { World } from "./rules.ts";

export interface Store extends World {
  /** As lists show them, which may be a while behind. */
  listed(name: Collection): readonly Kept[];
  create(name: Collection, fields: Fields, entries?: readonly Entry[]): Kept;
  /** The record afterwards: the same one when it holds the values already. */
  change(name: Collection, record: Kept, fields: Fields, entries?: readonly Entry[]): Kept;
  remove(name: Collection, id: string): void;
  newId(name: Collection | "entries"): string;
  load(everything: Readonly<Record<Collection, readonly Kept[]>>): void;
}

export function createStore(options: {
  readonly now: () => number;
  readonly readLagMs: number;
}): Store {
  const { now } = options;
  const kept = Object.fromEntries(
    collections.map((name) => [name, createLaggedCollection<Kept>(options)]),
  ) as Readonly<Record<Collection, LaggedCollection<Kept>>>;
  let last = 0;

  function newId(name: Collection | "entries"): string {
    last += 1;
    return `${idBeginnings[name]}${last}`;
  }

  return {
    all: (name) => kept[name].all(),
    current: (name, id) => kept[name].current(id),
    listed: (name) => kept[name].list(),
    newId,
    create(name, fields, entries = []) {
      const at = now();
      const whole = { ...defaults[name], ...fields };
      const record = { id: newId(name), fields: whole, entries, createdAt: at, updatedAt: at };
      kept[name].put(record.id, record);
      return record;
    },
    change(name, record, fields, entries = record.entries) {
      const changed = { ...record, fields, entries };
      if (isDeepStrictEqual(changed, record)) return record;
      const stamped = { ...changed, updatedAt: now() };
      kept[name].put(record.id, stamped);
      return stamped;
    },
    remove: (name, id) => void kept[name].remove(id),
    load(everything) {
      last = highestIn(everything);
      for (const name of collections) {
        kept[name].load(everything[name].map((record) => [record.id, record] as const));
      }
    },
  };
}

/** The highest number that ids of ours carry, so that none of them is given out again. */
function highestIn(everything: Readonly<Record<Collection, readonly Kept[]>>): number {
  let highest = 0;
  for (const { id, entries } of Object.values(everything).flat()) {
    for (const each of [id, ...entries.map((entry) => entry.id)]) {
      highest = Math.max(highest, Number(/_(\d{1,12})$/.exec(each)?.[1] ?? 0));
    }
  }
  return highest;
}
