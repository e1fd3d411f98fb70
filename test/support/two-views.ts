import { audit } from "../../connectors/memory/audit.ts";
import type { Store } from "../../connectors/memory/store.ts";
import { createMemoryWorld, type MemoryWorld } from "../../connectors/memory/world.ts";
import type { StreamRecord } from "../../engine/connector/connector.ts";
import type { StreamSchema } from "../../engine/connector/schema.ts";
import type { Fields } from "../../engine/value/value.ts";
import { type ListView, listSchema, schemas, type ViewName, views } from "./two-views-schemas.ts";

/*
 * A company in memory whose directory is one list of people that three streams show: contacts, people, and users, who
 * have other ids and other names for the same fields. Whoever is created in one of them appears in all. Staff and workers
 * are two sources of such people, and a shift of a worker becomes a card that names a person.
 */

export interface TwoViewsOptions {
  /** Default `company 1`. */
  readonly account?: string;
  readonly staff?: readonly StreamRecord[];
  readonly workers?: readonly StreamRecord[];
  readonly shifts?: readonly StreamRecord[];
  readonly visits?: readonly StreamRecord[];
  readonly directory?: readonly StreamRecord[];
  /** How far each view lags behind what is written, milliseconds. Default 0. All say of themselves what the slowest needs. */
  readonly lagMs?: Partial<Readonly<Record<ViewName, number>>>;
  /** Whether contacts can be asked for by the origin that they were created with. */
  readonly origin?: boolean;
  readonly now?: () => number;
  /** Is told of everything that a connector writes to the directory, once it is there. */
  readonly observe?: (write: ListWrite) => void;
}

export interface ListWrite {
  readonly kind: "create" | "update";
  readonly view: ViewName;
  /** The address of the source; of a create only. */
  readonly originId?: string;
  /** By the names of the list; absent for somebody new. */
  readonly before?: StreamRecord;
  readonly after: StreamRecord;
}

export interface TwoViewsWorld extends MemoryWorld {
  /** The people of the directory as they are now, by the names that the list has for their fields. */
  readonly directory: {
    records(): readonly StreamRecord[];
    put(record: StreamRecord): void;
    remove(id: string): void;
  };
}

export function twoViewsWorld(options: TwoViewsOptions = {}): TwoViewsWorld {
  const { lagMs = {}, now = () => 0 } = options;
  const readLagMs = Math.max(0, ...Object.values(lagMs));
  const origin = options.origin ? (["findByOrigin"] as const) : [];
  const world = createMemoryWorld({
    ...(options.account === undefined ? {} : { account: options.account }),
    now,
    streams: {
      staff: { schema: schemas.staff, records: options.staff ?? [] },
      workers: { schema: schemas.workers, records: options.workers ?? [] },
      shifts: { schema: schemas.shifts, records: options.shifts ?? [] },
      cards: { schema: schemas.cards },
      visits: { schema: schemas.visits, records: options.visits ?? [] },
      passes: { schema: schemas.passes },
      partners: { schema: schemas.partners },
      contacts: {
        schema: schemas.contacts,
        readLagMs,
        abilities: ["create", "update", "get", ...origin],
      },
      people: { schema: schemas.people, readLagMs, abilities: ["create"] },
      users: { schema: schemas.users, readLagMs, abilities: ["create", "update"] },
    },
  });
  const list = createList(options.directory ?? [], now);
  const observe = options.observe ?? (() => {});
  // From here on the three streams have one store, each seen in its own way.
  Object.assign(
    world.system.stores,
    Object.fromEntries(
      Object.entries(views).map(([name, view]) => [
        name,
        storeOf(list, view, { lagMs: lagMs[view.name] ?? 0, observe }),
      ]),
    ),
  );
  return { ...world, directory: list };
}

/** One moment of the list. Lists are short here, so that every moment is kept. */
interface Moment {
  readonly at: number;
  readonly records: readonly StreamRecord[];
}

interface List {
  records(): readonly StreamRecord[];
  /** As it was so long ago. */
  recordsBefore(milliseconds: number): readonly StreamRecord[];
  put(record: StreamRecord): void;
  remove(id: string): void;
  newId(): string;
  readonly origins: Map<string, string>;
}

function createList(first: readonly StreamRecord[], now: () => number): List {
  const moments: Moment[] = [{ at: Number.NEGATIVE_INFINITY, records: first }];
  const records = () => moments.at(-1)?.records ?? [];
  const become = (after: readonly StreamRecord[]) =>
    void moments.push({ at: now(), records: after });
  let made = 0;
  return {
    records,
    recordsBefore: (milliseconds) =>
      moments.findLast(({ at }) => at <= now() - milliseconds)?.records ?? [],
    put(record) {
      const isKnown = records().some(({ id }) => id === record.id);
      become(
        isKnown
          ? records().map((one) => (one.id === record.id ? record : one))
          : [...records(), record],
      );
    },
    remove: (id) => become(records().filter((one) => one.id !== id)),
    newId: () => {
      made += 1;
      return `new-${made}`;
    },
    origins: new Map(),
  };
}

/** The list as one stream shows it: its own ids, its own names of fields, its own lag. */
function storeOf(
  list: List,
  view: ListView,
  { lagMs, observe }: { readonly lagMs: number; readonly observe: (write: ListWrite) => void },
): Store {
  const { name, schema, idPrefix } = view;
  const show = (record: StreamRecord): StreamRecord => ({
    id: `${idPrefix}${record.id}`,
    fields: Object.fromEntries(
      Object.keys(schema.fields).map((own) => [own, record.fields[nameInList(view, own)] ?? null]),
    ),
  });
  const find = (id: string) => list.records().find((one) => `${idPrefix}${one.id}` === id);
  const shown = (id: string) => {
    const record = find(id);
    return record && show(record);
  };
  const write = (before: StreamRecord, fields: Fields): StreamRecord => {
    const written = Object.entries(fields).map(([own, value]) => [nameInList(view, own), value]);
    const after = { ...before, fields: { ...before.fields, ...Object.fromEntries(written) } };
    list.put(after);
    return after;
  };
  return {
    create({ fields, originId }) {
      const audited = audit(schema, "create", fields);
      if (!audited.ok) return { ok: false, code: "rejected", why: audited.why };
      const after = write({ id: list.newId(), fields: emptyPerson }, audited.fields);
      list.origins.set(originId, `${idPrefix}${after.id}`);
      observe({ kind: "create", view: name, originId, after });
      return { ok: true, record: show(after) };
    },
    update({ record, patch }) {
      const before = find(record.id);
      const audited = audit(schema, "update", patch);
      if (!before) return { ok: false, code: "not-found", why: "nobody has this id" };
      if (!audited.ok) return { ok: false, code: "rejected", why: audited.why };
      const after = write(before, audited.fields);
      observe({ kind: "update", view: name, before, after });
      return { ok: true, record: show(after) };
    },
    remove: (id) => list.remove(find(id)?.id ?? ""),
    get: shown,
    findByOrigin: (originId) => shown(list.origins.get(originId) ?? ""),
    list: () => list.recordsBefore(lagMs).map(show),
    all: () => list.records().map(show),
    put: ({ id, fields }) => void write(find(id) ?? { id, fields: emptyPerson }, fields),
  };
}

function nameInList({ schema }: { readonly schema: StreamSchema }, name: string): string {
  return schema.list?.fields?.[name] ?? name;
}

const emptyPerson: Fields = Object.fromEntries(
  Object.keys(listSchema.fields).map((name) => [name, null]),
);

/** Somebody of the directory, by the names of the list. */
export function entry(id: string, fields: Fields): StreamRecord {
  return { id, fields: { ...emptyPerson, ...fields } };
}

export function staff(id: string, fields: Fields): StreamRecord {
  return { id, fields: { name: null, number: null, title: null, ...fields } };
}

export function worker(id: string, fields: Fields): StreamRecord {
  return { id, fields: { name: null, number: null, ...fields } };
}

export function shift(id: string, fields: Fields): StreamRecord {
  return { id, fields: { worker: null, hours: 8, ...fields } };
}
