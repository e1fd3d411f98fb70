import { isDeepStrictEqual } from "node:util";
import { createLaggedCollection } from "../../http/simulator/lagged-collection.ts";
import type { Stamps } from "./stamps.ts";

/** The records of one kind. It judges nothing: the rules stand before it. */
export interface Shelf<Values> {
  current(id: string): (Values & Stamps) | undefined;
  all(): readonly (Values & Stamps)[];
  /** As lists show them, which may be a while behind. */
  listed(): readonly (Values & Stamps)[];
  create(values: Values): Values & Stamps;
  /** The record afterwards: the same object, with the same `updated_at`, when the values are there already. */
  change(record: Values & Stamps, values: Partial<Values>): Values & Stamps;
  /** Whether the record was there. */
  remove(id: string): boolean;
  load(records: readonly (Values & Stamps)[]): void;
}

export function createShelf<Values>(options: {
  readonly now: () => number;
  readonly readLagMs: number;
  /** An id that was never given out. */
  readonly newId: () => string;
}): Shelf<Values> {
  const { now, newId } = options;
  const records = createLaggedCollection<Values & Stamps>(options);
  return {
    current: records.current,
    all: records.all,
    listed: () => records.list(),
    create(values) {
      const at = now();
      const record = { ...values, id: newId(), created_at: at, updated_at: at };
      records.put(record.id, record);
      return record;
    },
    change(record, values) {
      const changed = { ...record, ...values };
      if (isDeepStrictEqual(changed, record)) return record;
      const stamped = { ...changed, updated_at: now() };
      records.put(record.id, stamped);
      return stamped;
    },
    remove: records.remove,
    load: (loaded) => records.load(loaded.map((record) => [record.id, record])),
  };
}
