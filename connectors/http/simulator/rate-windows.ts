/*
 * createRateWindows({ windows, now, retryAfter? }): RateWindows
 *   take(key)     counts one request of this key (a client, a client and a company): { allowed, headers }
 *                 put the headers on every answer, and answer 429 when not allowed
 *   reset()       forgets what was counted
 */

export interface RateWindow {
  /** Calls in one window. */
  readonly limit: number;
  readonly seconds: number;
}

export interface RateWindowsOptions {
  readonly windows: readonly RateWindow[];
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** How a refusal says when to come back, beside the reset header. Default `seconds`. */
  readonly retryAfter?: "seconds" | "date" | "none";
}

interface RateDecision {
  readonly allowed: boolean;
  readonly headers: Readonly<Record<string, string>>;
}

export interface RateWindows {
  take(key: string): RateDecision;
  reset(): void;
}

interface Count {
  readonly window: RateWindow;
  readonly used: number;
  readonly endsAt: number;
}

/** Windows are fixed and begin with the first request in them. The headers describe the one that is nearer its end. */
export function createRateWindows(options: RateWindowsOptions): RateWindows {
  const counts = new Map<string, readonly Count[]>();

  function current(key: string, now: number): readonly Count[] {
    const known = counts.get(key) ?? [];
    return options.windows.map((window, index) => {
      const count = known[index];
      return count !== undefined && now < count.endsAt
        ? count
        : { window, used: 0, endsAt: now + window.seconds * 1_000 };
    });
  }

  return {
    take(key) {
      const now = options.now();
      const before = current(key, now);
      const allowed = before.every(({ used, window }) => used < window.limit);
      const after = allowed ? before.map((count) => ({ ...count, used: count.used + 1 })) : before;
      counts.set(key, after);
      const nearer = after.reduce<Count | undefined>(
        (near, count) => (near === undefined || share(count) < share(near) ? count : near),
        undefined,
      );
      if (nearer === undefined) return { allowed: true, headers: {} };
      return { allowed, headers: headersOf(nearer, now, allowed, options.retryAfter ?? "seconds") };
    },
    reset: () => counts.clear(),
  };
}

function share({ window, used }: Count): number {
  return (window.limit - used) / window.limit;
}

function headersOf(
  { window, used, endsAt }: Count,
  now: number,
  allowed: boolean,
  retryAfter: "seconds" | "date" | "none",
): Readonly<Record<string, string>> {
  const endsAtSecond = Math.ceil(endsAt / 1_000);
  const headers = {
    "x-rate-limit-limit": String(window.limit),
    "x-rate-limit-remaining": String(window.limit - used),
    "x-rate-limit-reset": String(endsAtSecond),
  };
  if (allowed || retryAfter === "none") return headers;
  const when =
    retryAfter === "date"
      ? new Date(endsAtSecond * 1_000).toUTCString()
      : String(Math.ceil((endsAt - now) / 1_000));
  return { ...headers, "retry-after": when };
}
