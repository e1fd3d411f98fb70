import type { Fields, Value } from "../value/value.ts";
import type { Problem } from "./problem.ts";
import type { StreamSchema } from "./schema.ts";

/*
 * The contract between the engine and a connector; `engine/connector` and `engine/value` are all that a connector
 * may import of the engine. An ability that a system lacks is a member that is not there. What the members promise is
 * proved for every connector by the suite in `test/conformance/connector-suite.ts`.
 *
 * A *system* is an outside service. A *connector* is our code for one system. A *connection* is a connector with the
 * credentials of one account, as configured. A *stream* is one kind of record of a connection.
 */

/** A record as read. Ids are text, as the system spells them, unique in the stream and never used again. */
export interface StreamRecord {
  readonly id: string;
  readonly fields: Fields;
}

export interface Call {
  readonly signal: AbortSignal;
}

/** Days such as `2026-01-31`; both belong to it. */
export interface DayWindow {
  readonly from: string;
  readonly to: string;
}

export interface CreateItem {
  readonly fields: Fields;
  /**
   * Text that names the source record. A stream that has `findByOrigin` stores it with the record, so that a create
   * whose answer was lost can be recognised. Other streams ignore it.
   */
  readonly originId: string;
}

export interface UpdateItem {
  /** The record as it was read last. */
  readonly record: StreamRecord;
  /** Only the fields that change. `null` empties a field. */
  readonly patch: Fields;
}

/**
 * A reading delivers any number of `records` events and then exactly one `end` or `stopped`. A reading that stopped
 * proves nothing about what it did not deliver. No id is delivered twice.
 */
export type ReadEvent =
  | { readonly kind: "records"; readonly records: readonly StreamRecord[] }
  | { readonly kind: "end" }
  | { readonly kind: "stopped"; readonly problem: Problem };

export type WriteResult =
  | { readonly status: "applied"; readonly record: StreamRecord }
  | { readonly status: "failed"; readonly problem: Problem };

export type GetResult =
  | { readonly status: "found"; readonly record: StreamRecord }
  | { readonly status: "missing" }
  | { readonly status: "failed"; readonly problem: Problem };

export interface Stream {
  readonly schema: StreamSchema;
  /** How long after a write a reading may still show the state before it, in milliseconds. */
  readonly readLagMs: number;
  /**
   * Reads every record, active or not. Lists are no snapshot: a record that moves between two pages while they are read
   * can be missed. A stream that cannot rule that out has `get`, and the engine asks before it takes a record for gone.
   * With a window, which only streams get whose schema has one, the reading is limited to records of these days.
   */
  read(call: Call, window?: DayWindow): AsyncIterable<ReadEvent>;
  /** Reads one record by id. */
  get?(id: string, call: Call): Promise<GetResult>;
  /** The returned record has the new id, and the values that were sent or that the system made of them. */
  create?(item: CreateItem, call: Call): Promise<WriteResult>;
  update?(item: UpdateItem, call: Call): Promise<WriteResult>;
  /** Results stand in the order of the items. At most `schema.batchMax.create` items. */
  createMany?(items: readonly CreateItem[], call: Call): Promise<readonly WriteResult[]>;
  /** Results stand in the order of the items. At most `schema.batchMax.update` items. */
  updateMany?(items: readonly UpdateItem[], call: Call): Promise<readonly WriteResult[]>;
  /** Deletes for good. A record that is gone already counts as deleted. */
  remove?(record: StreamRecord, call: Call): Promise<WriteResult>;
  /** Finds the record that was created with this origin id. */
  findByOrigin?(originId: string, call: Call): Promise<GetResult>;
}

/** One line of `syncctl connections check`. */
export interface CheckResult {
  readonly what: string;
  readonly status: "ok" | "failed" | "unknown";
  /** What was found, and what to do if it failed. */
  readonly message: string;
}

export interface Connector {
  /** Names the account behind the connection ("company 4242"), and tells two accounts apart. */
  readonly account: string;
  readonly streams: Readonly<Record<string, Stream>>;
  /** Credentials, permissions that the streams need, and one page of each stream. */
  check(call: Call): Promise<readonly CheckResult[]>;
  /** Closes sockets. The connector is not used afterwards. */
  close(): Promise<void>;
}

/** What happened on the wire, for progress, call counts and benchmarks. Holds nothing of a record and no secret. */
export interface RequestEvent {
  readonly connection: string;
  readonly method: string;
  /** The path with ids replaced, such as `/rest/v1.3/companies/{id}/users`. */
  readonly path: string;
  /** Absent when no answer came. */
  readonly status?: number;
  readonly durationMs: number;
  /** Present while we wait for a rate limit or before a repeated try: for how long, and why. */
  readonly waitMs?: number;
  readonly waitReason?: "rate-limit" | "retry";
}

/** What a connector gets from outside. Connectors read no clock, no environment and no random number of their own. */
export interface ConnectorDeps {
  /** The name of the connection in `syncctl.yaml`, for messages and events. */
  readonly connection: string;
  readonly clock: Clock;
  /** A number from 0 up to 1, for jitter. */
  readonly random: () => number;
  readonly observe: (event: RequestEvent) => void;
}

export interface Clock {
  now(): Date;
  /** Resolves after the time has passed, or at once when the signal aborts. Never rejects. */
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>;
}

/** A JSON Schema, as data. */
export type JsonSchema = { readonly [keyword: string]: unknown };

/** What `connectors/registry.ts` lists: everything that is known of a connector before there are credentials. */
export interface ConnectorDefinition {
  /** As written after `connector:` in `syncctl.yaml`. */
  readonly name: string;
  readonly title: string;
  /**
   * The keys of a connection beside `connector`, as the `properties` and `required` of an object schema. Secrets stand
   * under `auth`.
   */
  readonly configuration: {
    readonly properties: Readonly<Record<string, JsonSchema>>;
    readonly required: readonly string[];
  };
  readonly streams: Readonly<Record<string, StreamSchema>>;
  /** Opens nothing yet. `configuration` has passed the schema above. */
  connect(configuration: { readonly [key: string]: Value }, deps: ConnectorDeps): Connector;
}
