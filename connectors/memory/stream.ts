import type {
  Call,
  ConnectorDeps,
  CreateItem,
  DayWindow,
  GetResult,
  ReadEvent,
  Stream,
  StreamRecord,
  WriteResult,
} from "../../engine/connector/connector.ts";
import type { Problem } from "../../engine/connector/problem.ts";
import { dayField, isOfDays } from "../http/day-window.ts";
import { type PageResult, readPages } from "../http/pagination.ts";
import { cancelled } from "../http/problem.ts";
import type { MemoryAbility, MemoryCall } from "./faults.ts";
import type { Answer, Store } from "./store.ts";
import type { MemoryStreamOptions, MemorySystem, MemoryWrite } from "./world.ts";

export interface StreamParts {
  readonly name: string;
  readonly options: MemoryStreamOptions;
  readonly store: Store;
  readonly system: MemorySystem;
  readonly token: string;
  readonly deps: ConnectorDeps;
}

const defaultPageSize = 100;

const methods: Readonly<Record<MemoryCall, string>> = {
  read: "GET",
  get: "GET",
  findByOrigin: "GET",
  create: "POST",
  createMany: "POST",
  update: "PATCH",
  updateMany: "PATCH",
  remove: "DELETE",
};

/** The stream with the abilities that the world gives it, and no others. */
export function memoryStream(parts: StreamParts): Stream {
  const { schema, lagMs = 0, readLagMs = lagMs, abilities } = parts.options;
  const all = abilitiesOf(parts);
  const offered = Object.entries(all).filter(([name]) =>
    isOffered(name, abilities, schema.batchMax),
  );
  return {
    schema,
    readLagMs,
    read: (call, window) => read(parts, call, window),
    ...Object.fromEntries(offered),
  };
}

function isOffered(
  name: string,
  abilities: readonly string[] | undefined,
  batchMax: Stream["schema"]["batchMax"],
): boolean {
  if (name === "createMany" && batchMax?.create === undefined) return false;
  if (name === "updateMany" && batchMax?.update === undefined) return false;
  return abilities?.includes(name) ?? true;
}

function abilitiesOf(parts: StreamParts): Required<Pick<Stream, MemoryAbility>> {
  const { store } = parts;
  return {
    create: (item, call) => write(parts, "create", call, () => store.create(item)),
    update: (item, call) => write(parts, "update", call, () => store.update(item)),
    async createMany(items, call) {
      mustBeAlike(parts, items);
      return writeMany(parts, "createMany", call, items, (item) => store.create(item));
    },
    updateMany: (items, call) =>
      writeMany(parts, "updateMany", call, items, (item) => store.update(item)),
    remove: (record, call) =>
      write(parts, "remove", call, () => {
        store.remove(record.id);
        return { ok: true, record };
      }),
    get: (id, call) => find(parts, "get", call, () => store.get(id)),
    findByOrigin: (originId, call) =>
      find(parts, "findByOrigin", call, () => store.findByOrigin(originId)),
  };
}

function read(parts: StreamParts, call: Call, window?: DayWindow): AsyncIterable<ReadEvent> {
  const { options, deps } = parts;
  const size = options.pageSize ?? defaultPageSize;
  // What a reading shows is what was there when it began.
  const records = listed(parts, window);

  async function page(start: number): Promise<PageResult<number>> {
    const trouble = reach(parts, "read", call);
    if (trouble !== null) return { ok: false, problem: { ...trouble.problem, applied: "no" } };
    const next = start + size < records.length ? start + size : null;
    return { ok: true, records: records.slice(start, start + size), next };
  }

  return readPages({ first: 0, read: page, call, connection: deps.connection });
}

function listed({ options, store }: StreamParts, window?: DayWindow): readonly StreamRecord[] {
  if (window === undefined) return store.list();
  const field = dayField(options.schema);
  return store.list().filter(({ fields }) => isOfDays(fields[field], window));
}

async function find(
  parts: StreamParts,
  name: "get" | "findByOrigin",
  call: Call,
  look: () => StreamRecord | undefined,
): Promise<GetResult> {
  const trouble = reach(parts, name, call);
  if (trouble !== null) return { status: "failed", problem: { ...trouble.problem, applied: "no" } };
  const record = look();
  return record === undefined ? { status: "missing" } : { status: "found", record };
}

async function write(
  parts: StreamParts,
  name: "create" | "update" | "remove",
  call: Call,
  carryOut: () => Answer,
): Promise<WriteResult> {
  const trouble = reach(parts, name, call);
  if (trouble?.reached === false) return { status: "failed", problem: trouble.problem };
  const result = told(parts, name, carryOut());
  return trouble === null ? result : { status: "failed", problem: trouble.problem };
}

async function writeMany<Item>(
  parts: StreamParts,
  name: "createMany" | "updateMany",
  call: Call,
  items: readonly Item[],
  carryOut: (item: Item) => Answer,
): Promise<readonly WriteResult[]> {
  const kind = name === "createMany" ? "create" : "update";
  const most = parts.options.schema.batchMax?.[kind] ?? 0;
  if (items.length === 0) return [];
  if (items.length > most) throw new Error(`${name} takes ${most} at most, not ${items.length}`);
  const trouble = reach(parts, name, call);
  const results =
    trouble?.reached === false ? [] : items.map((item) => told(parts, kind, carryOut(item)));
  if (trouble === null) return results;
  return items.map(() => ({ status: "failed", problem: trouble.problem }));
}

/** Whoever makes records together that the schema wants apart has not read it. */
function mustBeAlike({ options }: StreamParts, items: readonly CreateItem[]): void {
  const { alike } = options.schema.batchMax ?? {};
  if (alike === undefined) return;
  const values = new Set(items.map(({ fields }) => fields[alike] ?? null));
  if (values.size > 1)
    throw new Error(`createMany takes one value of ${alike}, not ${values.size}`);
}

/** Turns the system's answer into a result, and remembers what it carried out. */
function told(parts: StreamParts, kind: MemoryWrite["kind"], answer: Answer): WriteResult {
  const { name, system, deps } = parts;
  if (!answer.ok)
    return {
      status: "failed",
      problem: {
        code: answer.code,
        message: `${deps.connection} does not take that: ${answer.why}.`,
        retry: "never",
        applied: "no",
      },
    };
  system.wrote({ stream: name, kind, id: answer.record.id });
  return { status: "applied", record: answer.record };
}

interface Trouble {
  /** Whether the system got the call all the same. */
  readonly reached: boolean;
  readonly problem: Problem;
}

/** Makes one call. Null: it reached the system and the answer will come. */
function reach(parts: StreamParts, name: MemoryCall, call: Call): Trouble | null {
  const { deps, system, token } = parts;
  if (call.signal.aborted) return { reached: false, problem: cancelled() };
  const trouble = system.accepts(token)
    ? struck(parts, name)
    : { reached: false, problem: credentialsRefused(deps.connection) };
  deps.observe({
    connection: deps.connection,
    method: methods[name],
    path: `/${parts.name}`,
    ...(trouble === null && { status: 200 }),
    durationMs: 0,
  });
  return trouble;
}

function struck({ name: stream, system, deps }: StreamParts, name: MemoryCall): Trouble | null {
  const effect = system.strike(stream, name);
  switch (effect?.kind) {
    case undefined:
      return null;
    case "lose-answer":
      return { reached: true, problem: answerLost(deps.connection) };
    case "lose-request":
      return { reached: false, problem: answerLost(deps.connection) };
    case "refuse":
      return { reached: false, problem: effect.problem };
  }
}

function answerLost(connection: string): Problem {
  return {
    code: "answer-lost",
    message: `The connection to ${connection} ended before the whole answer had come. Run again later.`,
    retry: "later",
    applied: "maybe",
  };
}

export function credentialsRefused(connection: string): Problem {
  return {
    code: "credentials-refused",
    message: `${connection} does not accept the credentials. Check them, then run \`syncctl connections check\`.`,
    retry: "never",
    applied: "no",
  };
}
