import type { StreamRecord } from "../../engine/connector/connector.ts";
import type { StreamSchema } from "../../engine/connector/schema.ts";
import type { Fields } from "../../engine/value/value.ts";
import {
  createMemoryFaults,
  type MemoryAbility,
  type MemoryFault,
  type MemoryFaults,
} from "./faults.ts";
import { createStore, type Store } from "./store.ts";

export type { MemoryAbility } from "./faults.ts";

export interface MemoryStreamOptions {
  readonly schema: StreamSchema;
  readonly records?: readonly StreamRecord[];
  /** Default: all. `createMany` and `updateMany` are there only if `schema.batchMax` has a figure for them. */
  readonly abilities?: readonly MemoryAbility[];
  /** Records of one page of a reading. Default 100. */
  readonly pageSize?: number;
  /** How far readings lag behind writes, milliseconds. Default 0. */
  readonly lagMs?: number;
  /** What the stream says about its lag. Default: the truth. */
  readonly readLagMs?: number;
  /** Text fields whose value no two records may share. */
  readonly unique?: readonly string[];
  /** The system's own opinion about values: why it does not take them, or null. */
  readonly refuses?: (fields: Fields) => string | null;
}

export interface MemoryWorldOptions {
  /** Default `company 1`. */
  readonly account?: string;
  /** The token that is accepted. Default `memory-token`. */
  readonly token?: string;
  readonly streams: Readonly<Record<string, MemoryStreamOptions>>;
  /** Milliseconds since 1970; matters only where readings lag. Default: time stands still. */
  readonly now?: () => number;
}

/** One stream as somebody sees it who works in the system itself. */
interface MemoryStreamWorld {
  /** What is there now, whatever readings still show. */
  records(): readonly StreamRecord[];
  /** Creates or replaces a record by hand. The id of a removed record is refused. */
  put(record: StreamRecord): void;
  remove(id: string): void;
}

/** A write that the system carried out for a connector. */
export interface MemoryWrite {
  readonly stream: string;
  readonly kind: "create" | "update" | "remove";
  readonly id: string;
}

/** A system that lives in memory. Tests work in it by hand, and its connector sees what they did. */
export interface MemoryWorld {
  readonly account: string;
  /** Throws when there is no such stream. */
  stream(name: string): MemoryStreamWorld;
  fail(fault: MemoryFault): void;
  clearFaults(): void;
  /** From now on only this token is accepted. */
  changeToken(token: string): void;
  readonly writes: readonly MemoryWrite[];
  /** The side that the connector works on. */
  readonly system: MemorySystem;
}

export interface MemorySystem {
  readonly options: MemoryWorldOptions;
  readonly stores: Readonly<Record<string, Store>>;
  readonly strike: MemoryFaults["strike"];
  accepts(token: string): boolean;
  wrote(write: MemoryWrite): void;
}

export function createMemoryWorld(options: MemoryWorldOptions): MemoryWorld {
  const faults = createMemoryFaults();
  const writes: MemoryWrite[] = [];
  const stores = createStores(options);
  let accepted = options.token ?? "memory-token";
  return {
    account: options.account ?? "company 1",
    stream(name) {
      const store = stores[name];
      if (store === undefined) throw new Error(`The world has no stream ${name}`);
      return { records: store.all, put: store.put, remove: store.remove };
    },
    fail: faults.add,
    clearFaults: faults.clear,
    changeToken: (token) => {
      accepted = token;
    },
    writes,
    system: {
      options,
      stores,
      strike: faults.strike,
      accepts: (token) => token === accepted,
      wrote: (write) => void writes.push(write),
    },
  };
}

function createStores(options: MemoryWorldOptions): Readonly<Record<string, Store>> {
  const stores: Record<string, Store> = {};
  for (const [name, stream] of Object.entries(options.streams))
    stores[name] = createStore({
      schema: stream.schema,
      records: stream.records ?? [],
      lagMs: stream.lagMs ?? 0,
      now: options.now ?? (() => 0),
      unique: stream.unique ?? [],
      refuses: stream.refuses ?? (() => null),
      exists: (other, id) => stores[other]?.get(id) !== undefined,
    });
  return stores;
}
