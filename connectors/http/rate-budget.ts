import type { Clock } from "../../engine/connector/connector.ts";
import { readRateHeaders } from "./rate-headers.ts";

export type Admission =
  | { readonly kind: "admitted" }
  | { readonly kind: "cancelled" }
  /** The service asks for a longer wait than `waitMaxMs`. */
  | { readonly kind: "too-long"; readonly waitMs: number };

/** How many calls one credential may still make. All clients with the same credential share one budget. */
export interface RateBudget {
  /** Waits until a call may be sent, and counts it. Every admitted call must be followed by one `settle`. */
  admit(options: {
    readonly signal: AbortSignal;
    readonly waitMaxMs: number;
    readonly onWait: (waitMs: number) => void;
  }): Promise<Admission>;
  /**
   * Learns from the answer, or from its absence. True when the answer was a 429 or 503 that said how long to wait: then
   * the whole budget pauses for that long.
   */
  settle(answer: RateAnswer | null): boolean;
  /** Nothing is sent for this long. */
  pause(milliseconds: number): void;
}

interface RateAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
}

interface Window {
  /** The fewest calls left that an answer told of. */
  readonly reported: number;
  /** Our calls that are not in `reported`, or of which we cannot know it. What is left is the difference of the two. */
  readonly unseen: number;
  /** Milliseconds since 1970, by our clock. */
  readonly resetAt: number;
}

/** Two spellings of one reset differ by the rounding to whole seconds and by the way of the answer, milliseconds. */
const sameResetMs = 2_000;

export function createRateBudget(clock: Clock): RateBudget {
  /**
   * By limit, because that is all that tells two windows apart: an answer describes only the nearer one, and the other
   * goes on counting here.
   */
  const windows = new Map<number, Window>();
  let pausedUntil = 0;
  let underWay = 0;

  const now = () => clock.now().getTime();

  function waitMs(): number {
    const at = now();
    for (const [limit, window] of windows) if (window.resetAt <= at) windows.delete(limit);
    const exhausted = [...windows.values()].filter(({ reported, unseen }) => reported <= unseen);
    return Math.max(pausedUntil, ...exhausted.map((window) => window.resetAt), at) - at;
  }

  function take(): void {
    underWay += 1;
    for (const [limit, window] of windows)
      windows.set(limit, { ...window, unseen: window.unseen + 1 });
  }

  /** The call that this answer belongs to is not under way any more; the others may or may not be in `remaining`. */
  function learn(limit: number, remaining: number, resetAt: number): void {
    const known = windows.get(limit);
    const isSame = known !== undefined && Math.abs(known.resetAt - resetAt) <= sameResetMs;
    if (isSame && remaining > known.reported)
      // Answers overtook each other: this call was counted before the one that told of fewer.
      windows.set(limit, { ...known, unseen: Math.max(0, known.unseen - 1) });
    else windows.set(limit, { reported: remaining, unseen: underWay, resetAt });
  }

  function pause(milliseconds: number): void {
    pausedUntil = Math.max(pausedUntil, now() + milliseconds);
  }

  return {
    async admit({ signal, waitMaxMs, onWait }) {
      let waited = 0;
      for (;;) {
        if (signal.aborted) return { kind: "cancelled" };
        const wait = waitMs();
        if (wait <= 0) {
          take();
          return { kind: "admitted" };
        }
        // Other programs with the same credential may exhaust window after window, so the waits are added up.
        waited += wait;
        if (waited > waitMaxMs) return { kind: "too-long", waitMs: waited };
        onWait(wait);
        await clock.sleep(wait, signal);
      }
    },

    settle(answer) {
      underWay -= 1;
      if (answer === null) return false;
      const { window, retryAfterMs } = readRateHeaders(answer.headers, clock.now());
      if (window) learn(window.limit, window.remaining, now() + window.resetMs);
      if (answer.status !== 429 && answer.status !== 503) return false;
      // A 503 says that the service is overloaded; its window headers are then no reason to wait for the reset.
      const exhausted = answer.status === 429 && window !== undefined && window.remaining <= 0;
      const told = Math.max(retryAfterMs ?? 0, exhausted ? window.resetMs : 0);
      pause(told);
      return told > 0;
    },

    pause,
  };
}
