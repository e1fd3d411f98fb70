import type { Connector, ConnectorDefinition } from "../../engine/connector/connector.ts";
import type { Fields } from "../../engine/value/value.ts";
import type { FakeClock, FakeDeps } from "../support/http-clock.ts";

/** The abilities whose answer can be lost on its way. */
export type WriteAbility = "create" | "update" | "createMany" | "updateMany" | "remove";

/**
 * What the suite needs to know of a connector: how to start a system for it, and values that make sense there. Hand
 * it to `describeConnector`; `memory.test.ts` is the shortest example.
 */
export interface ConformanceHarness {
  readonly definition: ConnectorDefinition;
  /** Starts a fresh system for one test: the same data every time, and pages small enough that a stream has several. */
  start(clock: FakeClock): Promise<ConformanceWorld>;
  /** By stream. A stream without a sample is read and nothing more. */
  readonly samples: Readonly<Record<string, StreamSample>>;
}

export interface ConformanceWorld {
  connect(deps: FakeDeps): Connector;
  /** Everything that must never be seen: secrets, tokens, keys. */
  readonly secrets: readonly string[];
  /** The ids of all records that the system has in the stream now, active or not. */
  ids(stream: string): readonly string[];
  /**
   * From now on, readings of the stream break off, however often it is tried: after the first page, or in it where
   * there is one only.
   */
  cutReading(stream: string): void;
  /** The next write of this kind is carried out, and its answer gets lost. */
  loseAnswer(stream: string, ability: WriteAbility): void;
  /** From now on the system does not accept the credentials any more. */
  refuseCredentials(): void;
  close(): Promise<void>;
}

export interface StreamSample {
  /** The system gives the whole list at once. Default false. */
  readonly onePage?: boolean;
  /** An id with the right spelling that no record has. */
  readonly missingId: string;
  /** Needed for `create` and `createMany`. */
  readonly create?: {
    /** Each makes a record of its own. */
    readonly fields: readonly [Fields, Fields];
    /** The system refuses these values. */
    readonly invalid: Fields;
  };
  /** Needed for `update` and `updateMany`. */
  readonly update?: {
    /** A record of the data that can be updated. */
    readonly id: string;
    /** Changes at least one field. */
    readonly patch: Fields;
    /** The system refuses these values. Absent: this system takes whatever the schema allows. */
    readonly invalid?: Fields;
    /** A field that holds a value and that can be emptied. */
    readonly emptied?: string;
  };
  /** Needed for `remove`: a record of the data that can be deleted. */
  readonly remove?: { readonly id: string };
}
