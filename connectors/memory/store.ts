import type { CreateItem, StreamRecord, UpdateItem } from "../../engine/connector/connector.ts";
import type { ProblemCode } from "../../engine/connector/problem.ts";
import type { StreamSchema } from "../../engine/connector/schema.ts";
import type { Fields } from "../../engine/value/value.ts";
import { createLaggedCollection } from "../http/simulator/lagged-collection.ts";
import { audit } from "./audit.ts";

/** How the system answers a write. */
export type Answer =
  | { readonly ok: true; readonly record: StreamRecord }
  | { readonly ok: false; readonly code: ProblemCode; readonly why: string };

export interface StoreOptions {
  readonly schema: StreamSchema;
  readonly records: readonly StreamRecord[];
  readonly lagMs: number;
  readonly now: () => number;
  readonly unique: readonly string[];
  readonly refuses: (fields: Fields) => string | null;
  /** Whether a record of another stream of the world is there. */
  readonly exists: (stream: string, id: string) => boolean;
}

/** The records of one stream and the rules that the system keeps for them. It knows nothing of connections and faults. */
export interface Store {
  create(item: CreateItem): Answer;
  update(item: UpdateItem): Answer;
  remove(id: string): void;
  get(id: string): StreamRecord | undefined;
  findByOrigin(originId: string): StreamRecord | undefined;
  /** What a reading shows, which may lag behind. */
  list(): readonly StreamRecord[];
  /** What is there now. */
  all(): readonly StreamRecord[];
  /** Creates or replaces by hand, without any rule. */
  put(record: StreamRecord): void;
}

export function createStore(options: StoreOptions): Store {
  const { schema } = options;
  const collection = createLaggedCollection<StreamRecord>({
    readLagMs: options.lagMs,
    now: options.now,
  });
  collection.load(options.records.map((record) => [record.id, record]));
  const idsByOrigin = new Map<string, string>();

  /** Why the system does not take a record that would look like this, if it does not. */
  function refusal(id: string | null, fields: Fields): Extract<Answer, { ok: false }> | null {
    const dangling = Object.entries(schema.fields).find(([name, { references }]) => {
      const value = fields[name] ?? null;
      return references !== undefined && value !== null && !options.exists(references, `${value}`);
    });
    if (dangling) return refuse("rejected", `${dangling[0]} points to nothing`);
    const taken = options.unique.find((name) =>
      collection
        .all()
        .some((other) => other.id !== id && isSame(other.fields[name], fields[name] ?? null)),
    );
    if (taken !== undefined) return refuse("already-exists", `${taken} is taken`);
    const why = options.refuses(fields);
    return why === null ? null : refuse("rejected", why);
  }

  function write(id: string, fields: Fields): Answer {
    const record = { id, fields };
    collection.put(id, record);
    return { ok: true, record };
  }

  return {
    create({ fields, originId }) {
      const audited = audit(schema, "create", fields);
      if (!audited.ok) return refuse("rejected", audited.why);
      const whole = { ...empty(schema), ...audited.fields };
      const refused = refusal(null, whole);
      if (refused) return refused;
      const id = newId(schema, collection.nextNumber());
      idsByOrigin.set(originId, id);
      return write(id, whole);
    },
    update({ record, patch }) {
      const known = collection.current(record.id);
      if (known === undefined)
        return refuse("not-found", `there is no ${schema.noun.one} ${record.id}`);
      const audited = audit(schema, "update", patch);
      if (!audited.ok) return refuse("rejected", audited.why);
      const whole = { ...known.fields, ...audited.fields };
      return refusal(record.id, whole) ?? write(record.id, whole);
    },
    remove: (id) => void collection.remove(id),
    get: (id) => collection.current(id),
    findByOrigin: (originId) => collection.current(idsByOrigin.get(originId) ?? ""),
    list: () => collection.list(),
    all: () => collection.all(),
    put: (record) => collection.put(record.id, record),
  };
}

function refuse(code: ProblemCode, why: string): Extract<Answer, { ok: false }> {
  return { ok: false, code, why };
}

/** Every field that can be known of a new record: the system says that the ones nobody set are empty. */
function empty(schema: StreamSchema): Fields {
  return Object.fromEntries(Object.keys(schema.fields).map((name) => [name, null]));
}

function newId(schema: StreamSchema, number: number): string {
  return `${schema.noun.one.replace(/\W+/g, "-")}-new-${number}`;
}

/** Services compare such keys without regard to case. */
function isSame(one: unknown, other: unknown): boolean {
  if (typeof one !== "string" || typeof other !== "string") return false;
  return one.trim() !== "" && one.trim().toLowerCase() === other.trim().toLowerCase();
}
