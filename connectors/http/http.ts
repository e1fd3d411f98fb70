import type { Problem } from "../../engine/connector/problem.ts";

/*
 * The types of the shared HTTP client. It knows no service: base URL, authentication and headers come from the
 * connector, and so does the judgement whether a request may be sent twice.
 */

export type QueryValue = string | number | boolean | readonly (string | number)[];

export interface HttpRequest {
  readonly method: "GET" | "POST" | "PATCH" | "PUT" | "DELETE";
  /** Path below the base URL, ids already encoded, or an absolute URL of the same origin (a `Link` header's next page). */
  readonly path: string;
  /** The path with ids replaced by `{id}`, for events and problem details. */
  readonly template: string;
  readonly query?: Readonly<Record<string, QueryValue>>;
  /** Beside those that every request has. Names in lower case; no secrets. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON; `URLSearchParams` are sent as a form. */
  readonly body?: unknown;
  /**
   * `harmless`: sending it twice has the same effect as once (reads, an update by id). It is retried on every passing
   * trouble. `once`: a second one could make a second record. It is retried only when the service surely did not carry
   * it out: the connection was never made, or the answer is 401, 429 or 503.
   */
  readonly repeat: "harmless" | "once";
  /** Statuses besides 2xx that are answers and not trouble, such as 304 and 404. */
  readonly accept?: readonly number[];
  readonly signal: AbortSignal;
}

export interface HttpAnswer {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** Parsed JSON; `null` when the body is empty. */
  readonly body: unknown;
}

export type HttpResult =
  | { readonly ok: true; readonly answer: HttpAnswer }
  /** `answer` is present when the service did answer, so that a connector can read the reasons out of the body. */
  | { readonly ok: false; readonly problem: Problem; readonly answer?: HttpAnswer };

export type AuthResult =
  | { readonly ok: true; readonly authorization: string }
  | { readonly ok: false; readonly problem: Problem };

/** Where the `Authorization` header comes from. */
export interface AuthStrategy {
  authorization(signal: AbortSignal): Promise<AuthResult>;
  /** Called on 401: the next `authorization` must not return the same token. */
  drop(): void;
}

/** Every limit of the client, with its unit. */
export interface HttpLimits {
  /** From sending to the last byte of the answer, milliseconds. */
  readonly requestTimeoutMs: number;
  /** Calls under way at once. */
  readonly concurrencyMax: number;
  /** How often one request is sent, the first time included. */
  readonly triesMax: number;
  /** First wait before a repeated try, milliseconds; doubles, with full jitter. */
  readonly backoffBaseMs: number;
  readonly backoffMaxMs: number;
  /** Longest single wait that a rate limit or Retry-After may ask of us, milliseconds. Beyond it: `rate-limited`. */
  readonly waitMaxMs: number;
  /** Largest answer read, bytes. */
  readonly answerBytesMax: number;
}

export const defaultHttpLimits: HttpLimits = {
  requestTimeoutMs: 60_000,
  concurrencyMax: 4,
  triesMax: 5,
  backoffBaseMs: 500,
  backoffMaxMs: 30_000,
  // The longest window of the APIs we know is one hour.
  waitMaxMs: 3_660_000,
  answerBytesMax: 64 * 1024 * 1024,
};

export interface HttpClient {
  send(request: HttpRequest): Promise<HttpResult>;
  close(): Promise<void>;
}
