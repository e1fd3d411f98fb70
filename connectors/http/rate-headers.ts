/** What an answer says about the limit of calls. Durations are measured against the service's own clock. */
export interface RateReport {
  /** The window that the headers describe; a service with several windows describes the one that is nearer. */
  readonly window?: {
    readonly limit: number;
    readonly remaining: number;
    readonly resetMs: number;
  };
  /** `Retry-After`, milliseconds from now. */
  readonly retryAfterMs?: number;
}

/**
 * Reads `X-Rate-Limit-Limit`, `-Remaining` and `-Reset` (Unix seconds), and `Retry-After` (seconds or an HTTP date).
 * Moments are turned into durations with the answer's own `Date`, so that a clock of ours that is wrong does no harm.
 */
export function readRateHeaders(headers: Readonly<Record<string, string>>, now: Date): RateReport {
  const dated = Date.parse(headers["date"] ?? "");
  const servedAt = Number.isNaN(dated) ? now.getTime() : dated;
  const window = readWindow(headers, servedAt);
  const retryAfterMs = readRetryAfter(headers["retry-after"], servedAt);
  return { ...(window && { window }), ...(retryAfterMs !== undefined && { retryAfterMs }) };
}

function readWindow(
  headers: Readonly<Record<string, string>>,
  servedAt: number,
): RateReport["window"] {
  const limit = readCount(headers["x-rate-limit-limit"]);
  const remaining = readCount(headers["x-rate-limit-remaining"]);
  const reset = readCount(headers["x-rate-limit-reset"]);
  if (limit === undefined || remaining === undefined || reset === undefined) return undefined;
  return { limit, remaining, resetMs: Math.max(0, reset * 1_000 - servedAt) };
}

function readRetryAfter(text: string | undefined, servedAt: number): number | undefined {
  if (text === undefined) return undefined;
  const seconds = readCount(text);
  if (seconds !== undefined) return seconds * 1_000;
  const moment = Date.parse(text);
  return Number.isNaN(moment) ? undefined : Math.max(0, moment - servedAt);
}

function readCount(text: string | undefined): number | undefined {
  return text !== undefined && /^\s*\d{1,15}(\.\d+)?\s*$/.test(text) ? Number(text) : undefined;
}
