import type { Fields, Value } from "../../../engine/value/value.ts";
import { smartbarrelKinds } from "../kinds.ts";
import { mustBeRight } from "./data.ts";
import { type Collection, defaults, type Entry, type Kept } from "./records.ts";
import { judgeEntry, judgeRecord, judgeValues, refuseShift, unknownReferences } from "./rules.ts";
import type { Store } from "./store.ts";

/** A record with its id, by the names of the streams' fields. */
type Entered = Readonly<Record<string, Value>> & { readonly id: string };

/** What people do on the product's own pages. A rule of the product that is broken is thrown. */
export interface Handle {
  /** All of them, as the product keeps them now. */
  all(): readonly Entered[];
  add(values: Fields): Entered;
  edit(id: string, values: Fields): Entered;
  remove(id: string): void;
}

export interface ShiftHandle extends Handle {
  add(values: Fields, entries?: readonly Fields[]): Entered;
  /** With entries, they take the place of those that are there. */
  edit(id: string, values: Fields, entries?: readonly Fields[]): Entered;
  approve(id: string): void;
  /** Back to reviewed, and open to edits. */
  unapprove(id: string): void;
}

export function handleOf(store: Store, name: Collection): Handle {
  return {
    all: () => store.all(name).map(entered),
    add(values) {
      const whole = { ...defaults[name], ...right(name, values) };
      return entered(store.create(name, mustBeRight(judgeRecord(name, whole, null, store), name)));
    },
    edit(id, values) {
      const record = mustFind(store, name, id);
      const whole = { ...record.fields, ...right(name, values) };
      const judged = mustBeRight(judgeRecord(name, whole, id, store), id);
      return entered(store.change(name, record, judged));
    },
    remove(id) {
      mustFind(store, name, id);
      store.remove(name, id);
    },
  };
}

/** A deleted shift stays on file with the status `deleted` (documented). */
export function shiftHandle(store: Store): ShiftHandle {
  function write(record: Kept | null, values: Fields, entries?: readonly Fields[]): Entered {
    const before = record?.fields ?? defaults.shifts;
    const whole = { ...before, ...right("shifts", values) };
    const judged = mustBeRight(judgeRecord("shifts", whole, record?.id ?? null, store), "shift");
    const refusal = refuseShift(record, judged, store);
    if (refusal !== null) throw new Error(`SmartBarrel simulator: ${refusal}`);
    const split = entries?.map((fields) => entryOf(store, fields));
    return entered(
      record === null
        ? store.create("shifts", judged, split)
        : store.change("shifts", record, judged, split),
    );
  }

  const found = (id: string) => mustFind(store, "shifts", id);
  return {
    all: () => store.all("shifts").map(entered),
    add: (values, entries = []) => write(null, values, entries),
    edit: (id, values, entries) => write(found(id), values, entries),
    remove: (id) => void write(found(id), { status: "deleted" }),
    approve: (id) => void write(found(id), { status: "approved" }),
    unapprove: (id) => void write(found(id), { status: "reviewed" }),
  };
}

/** Told with its id, an entry is the one that was there. */
function entryOf(store: Store, { id, ...values }: Fields): Entry {
  const fields = mustBeRight(judgeEntry(values), "entry");
  const unknown = unknownReferences(smartbarrelKinds.shift_entries.schema, fields, store);
  if (unknown.length > 0) throw new Error(`SmartBarrel simulator: no such ${unknown.join(", ")}.`);
  return { id: typeof id === "string" ? id : store.newId("entries"), fields };
}

function right(name: Collection, values: Fields): Fields {
  return mustBeRight(judgeValues(name, values, "person"), name);
}

function mustFind(store: Store, name: Collection, id: string): Kept {
  const record = store.current(name, id);
  if (record === undefined) throw new Error(`SmartBarrel simulator: no ${id} in ${name}.`);
  return record;
}

function entered({ id, fields, entries }: Kept): Entered {
  const split = entries.map((entry) => ({ id: entry.id, ...entry.fields }));
  return { ...fields, ...(split.length > 0 && { entries: split }), id };
}
