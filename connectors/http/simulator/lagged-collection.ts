/*
 * createLaggedCollection<T>({ readLagMs, now }): LaggedCollection<T>
 *   put(id, record)      creates or replaces; an id that was removed is refused, because services never use one again
 *   remove(id)           whether it was there
 *   current(id)          the present state, as a read by id shows it
 *   all()                the present state of all, for `save` and for checks on uniqueness
 *   list(now?)           the state of `readLagMs` ago, as a list shows it; in order of creation
 *                        `all` and `list` give the very same list until something changes, which `remembering` relies on
 *   load(entries)        replaces everything; visible at once
 *   nextNumber()         a number that no id of this collection is or was
 */

export interface LaggedCollection<T> {
  put(id: string, record: T): void;
  remove(id: string): boolean;
  current(id: string): T | undefined;
  all(): readonly T[];
  list(now?: number): readonly T[];
  load(entries: Iterable<readonly [string, T]>): void;
  nextNumber(): number;
}

export interface LaggedCollectionOptions {
  readonly readLagMs: number;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** Null: removed. */
interface Version<T> {
  readonly from: number;
  readonly record: T | null;
}

export function createLaggedCollection<T>(options: LaggedCollectionOptions): LaggedCollection<T> {
  /** Oldest version first. Ids keep their place, and removed ones keep it too, so that none is used again. */
  const histories = new Map<string, readonly Version<T>[]>();
  let highest = 0;
  let lastWriteAt = Number.NEGATIVE_INFINITY;
  let present: readonly T[] | null = null;

  function write(id: string, record: T | null): void {
    const now = options.now();
    const history = histories.get(id) ?? [];
    histories.set(id, [...prune(history, now - options.readLagMs), { from: now, record }]);
    if (/^\d{1,15}$/.test(id)) highest = Math.max(highest, Number(id));
    lastWriteAt = Math.max(lastWriteAt, now);
    present = null;
  }

  function all(): readonly T[] {
    present ??= those([...histories.values()].map((history) => history.at(-1)?.record));
    return present;
  }

  function latest(id: string): T | null | undefined {
    return histories.get(id)?.at(-1)?.record;
  }

  return {
    put(id, record) {
      if (latest(id) === null) throw new Error(`The id ${id} was removed and cannot be used again`);
      write(id, record);
    },
    remove(id) {
      if (!latest(id)) return false;
      write(id, null);
      return true;
    },
    current: (id) => latest(id) ?? undefined,
    all,
    list(now = options.now()) {
      const moment = now - options.readLagMs;
      if (moment >= lastWriteAt) return all();
      return those([...histories.values()].map((history) => at(history, moment)));
    },
    load(entries) {
      histories.clear();
      highest = 0;
      for (const [id, record] of entries) {
        if (histories.has(id)) throw new Error(`The id ${id} occurs twice`);
        write(id, record);
        histories.set(id, [{ from: Number.NEGATIVE_INFINITY, record }]);
      }
      lastWriteAt = Number.NEGATIVE_INFINITY;
      present = null;
    },
    nextNumber() {
      highest += 1;
      return highest;
    },
  };
}

function at<T>(history: readonly Version<T>[], moment: number): T | null | undefined {
  return history.findLast(({ from }) => from <= moment)?.record;
}

/** Drops what no list will show again: everything before the version that holds at this moment. */
function prune<T>(history: readonly Version<T>[], moment: number): readonly Version<T>[] {
  const holds = history.findLastIndex(({ from }) => from <= moment);
  return holds <= 0 ? history : history.slice(holds);
}

function those<T>(records: readonly (T | null | undefined)[]): readonly T[] {
  return records.filter((record) => record !== null && record !== undefined);
}
