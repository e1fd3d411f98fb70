import { audit } from "../../connectors/memory/audit.ts";
import type { Answer, Store } from "../../connectors/memory/store.ts";
import { createMemoryWorld, type MemoryWorld } from "../../connectors/memory/world.ts";
import type { StreamRecord } from "../../engine/connector/connector.ts";
import type { StreamSchema } from "../../engine/connector/schema.ts";
import type { Fields } from "../../engine/value/value.ts";
import { listSchema, type ListView, schemas, type ViewName, views } from "./two-views-schemas.ts";

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
  /** How far each view lags behind what is written, milliseconds. Default 0. */
  readonly lagMs?: Partial<Readonly<Record<ViewName, number>>>;
  /** Whether contacts can be asked for by the origin that they were created with. */
  readonly origin?: boolean;
  readonly now?: () => number;
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
        lagMs: lagMs.contacts ?? 0,
        abilities: ["create", "update", "get", ...origin],
      },
      people: { schema: schemas.people, lagMs: lagMs.people ?? 0, abilities: ["create"] },
      users: { schema: schemas.users, lagMs: lagMs.users ?? 0, abilities: ["create", "update"] },
    },
  });
  const list = createList(options.directory ?? [], now);
  // From here on the three streams have one store, each seen in its own way.
  Object.assign(
    world.system.stores,
    Object.fromEntries(
      Object.entries(views).map(([name, view]) => [
        name,
        storeOf(list, view, lagMs[view.name] ?? 0),
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
function storeOf(list: List, view: ListView, lagMs: number): Store {
  const { schema } = view;
  const show = (record: StreamRecord): StreamRecord => ({
    id: `${view.idPrefix}${record.id}`,
    fields: Object.fromEntries(
      Object.keys(schema.fields).map((name) => [name, record.fields[nameInList(view, name)] ?? null]),
    ),
  });
  const find = (id: string) => list.records().find((one) => `${view.idPrefix}${one.id}` === id);
  const write = (id: string, before: Fields, fields: Fields): Answer => {
    const written = Object.entries(fields).map(([name, value]) => [nameInList(view, name), value]);
    const record = { id, fields: { ...before, ...Object.fromEntries(written) } };
    list.put(record);
    return { ok: true, record: show(record) };
  };
  const shown = (id: string) => {
    const record = find(id);
    return record && show(record);
  };
  return {
    create({ fields, originId }) {
      const audited = audit(schema, "create", fields);
      if (!audited.ok) return { ok: false, code: "rejected", why: audited.why };
      const id = list.newId();
      list.origins.set(originId, `${view.idPrefix}${id}`);
      return write(id, emptyPerson, audited.fields);
    },
    update({ record, patch }) {
      const known = find(record.id);
      const audited = audit(schema, "update", patch);
      if (!known) return { ok: false, code: "not-found", why: "nobody has this id" };
      if (!audited.ok) return { ok: false, code: "rejected", why: audited.why };
      return write(known.id, known.fields, audited.fields);
    },
    remove: (id) => list.remove(find(id)?.id ?? ""),
    get: shown,
    findByOrigin: (originId) => shown(list.origins.get(originId) ?? ""),
    list: () => list.recordsBefore(lagMs).map(show),
    all: () => list.records().map(show),
    put: (record) => void write(find(record.id)?.id ?? record.id, emptyPerson, record.fields),
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
