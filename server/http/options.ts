import type { Clock } from "../../engine/connector/connector.ts";
import type { Access } from "../access/access.ts";
import type { Log } from "../log/log.ts";
import type { Metrics } from "../metrics/metrics.ts";
import type { Service } from "../service.ts";

/** Where the server writes what happened. No values, no addresses of records, no bodies. */
export type HttpLog = Pick<Log, "debug" | "info" | "warn" | "error">;

/** Numbers for Prometheus. */
export type HttpMetrics = Pick<Metrics, "contentType" | "text" | "observeRequest">;

export interface HttpOptions {
  readonly service: Service;
  readonly access: Access;
  readonly metrics?: HttpMetrics;
  readonly log: HttpLog;
  readonly clock: Clock;
  /** A new unique id, for requests that bring none. */
  readonly newId: () => string;
  readonly listen: { readonly host: string; readonly port: number };
  /**
   * As people reach it. If it is told, the service stands behind a proxy: the addresses of clients are taken from
   * X-Forwarded-For where the proxy is on this machine or in a private network, and cookies follow its scheme. Without
   * it no such header is believed.
   */
  readonly publicUrl?: string;
  /** Of syncctl, for the API's document. */
  readonly version: string;
  /** Folder of the built dashboard, absolute. */
  readonly dashboard: string;
  readonly limits?: Partial<HttpLimits>;
}

/** What a client may take of the server. */
export interface HttpLimits {
  /** Of one body, bytes. */
  readonly bodyBytes: number;
  /** Of the address and all headers of a request, bytes. */
  readonly headerBytes: number;
  /** Of one part of an address between slashes, characters. */
  readonly segmentCharacters: number;
  /** The longest that a request may take to arrive, milliseconds. */
  readonly arrivalMs: number;
  /** The longest that a connection may be silent, milliseconds; longer than the time between two heartbeats. */
  readonly silenceMs: number;
  /** How long a connection is kept for the next request, milliseconds. */
  readonly keepAliveMs: number;
  /** Connections at one time. */
  readonly connections: number;
  /** Of one address in a minute. */
  readonly requestsPerMinute: number;
  /** Of one address in five minutes. */
  readonly signIns: number;
  /** Of all addresses together in five minutes. */
  readonly signInsInAll: number;
  /** Requests with a token that is not valid, of one address in five minutes. */
  readonly refusedTokens: number;
  /** Open streams of events of one actor. */
  readonly streams: number;
  readonly streamsInAll: number;
  /** Between two comments on a stream that keep it open, and between two looks at whether its actor may still see it, milliseconds. */
  readonly heartbeatMs: number;
  /** The longest that a client of a stream may leave events unread, milliseconds. */
  readonly slowMs: number;
  /** How long unpacked plans are kept for the next page, milliseconds. */
  readonly planMs: number;
  /** Plans that are kept unpacked at one time. */
  readonly plans: number;
  /** Changes and held records of all plans that are kept unpacked; a larger plan is kept alone. About 2 kB each. */
  readonly planRecords: number;
  /** How long requests that are under way are waited for when the server closes, milliseconds. */
  readonly closeMs: number;
}

export const defaultLimits: HttpLimits = {
  bodyBytes: 1_048_576,
  headerBytes: 16_384,
  segmentCharacters: 1_000,
  arrivalMs: 30_000,
  silenceMs: 120_000,
  keepAliveMs: 65_000,
  connections: 5_000,
  requestsPerMinute: 1_200,
  signIns: 10,
  signInsInAll: 200,
  refusedTokens: 30,
  streams: 20,
  streamsInAll: 1_000,
  heartbeatMs: 20_000,
  slowMs: 30_000,
  planMs: 300_000,
  plans: 8,
  planRecords: 60_000,
  closeMs: 10_000,
};
