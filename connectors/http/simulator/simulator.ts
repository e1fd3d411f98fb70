/*
 * The types that every simulator shares. A simulator is a server on loopback that speaks one system's wire protocol as
 * its fact sheet describes it, keeps its data in memory, and can be told to misbehave.
 */

/** Which requests a fault strikes, and how often. Requests to the token endpoint count too. */
interface FaultTarget {
  readonly method?: string;
  /** Matched against the path without the query. */
  readonly path?: RegExp;
  /** Lets this many matching requests pass first. Default 0. */
  readonly after?: number;
  /** Strikes this many times, then is gone. Default 1; `Infinity` for always. */
  readonly times?: number;
}

export type FaultEffect =
  /** Answers with this status instead of handling the request. */
  | {
      readonly kind: "status";
      readonly status: number;
      readonly headers?: Readonly<Record<string, string>>;
      readonly body?: unknown;
    }
  /** Handles the request and answers this many milliseconds later. */
  | { readonly kind: "slow"; readonly ms: number }
  /** Handles the request, sends the first half of the answer, then closes the connection. */
  | { readonly kind: "cut-body" }
  /** Handles the request, then closes the connection without an answer. */
  | { readonly kind: "lose-answer" }
  /** Closes the connection before handling the request. */
  | { readonly kind: "refuse" }
  /** Handles the request, then answers 200 with this text in place of the body. */
  | { readonly kind: "garbage"; readonly text: string };

export type Fault = FaultTarget & FaultEffect;

export interface Faults {
  add(fault: Fault): void;
  clear(): void;
  /** How often each kind has struck since the start, for tests that count what they reach. */
  readonly struck: Readonly<Record<string, number>>;
}

/** A request as it was served, for assertions about the wire. */
export interface ServedRequest {
  readonly method: string;
  /** Path with query. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
  readonly status: number;
}

export interface Simulator {
  /** `http://127.0.0.1:<port>` */
  readonly url: string;
  readonly faults: Faults;
  readonly log: readonly ServedRequest[];
  clearLog(): void;
  /** Replaces all data. Throws with a message that names the place when the data has the wrong shape. */
  load(data: unknown): void;
  /** All data as JSON that `load` accepts. */
  save(): unknown;
  /** Ends every token that was given out, as an expiry in the middle of a run does. */
  expireTokens(): void;
  close(): Promise<void>;
}

/** What every simulator can be started with. Each adds options of its own. */
export interface SimulatorOptions {
  /** Default 0: any free port. */
  readonly port?: number;
  readonly data?: unknown;
  /** Lists show the state of this many milliseconds ago. Default 0. */
  readonly readLagMs?: number;
  /** Life of a token, seconds. */
  readonly tokenLifeSeconds?: number;
  /** Milliseconds since 1970, for time stamps, token expiry and rate windows. Default: the real time. */
  readonly now?: () => number;
}
