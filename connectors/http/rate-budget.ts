import type { Clock } from "../../engine/connector/connector.ts";
import { readRateHeaders } from "./rate-headers.ts";
import { createWindowBook } from "./window-book.ts";

type Admission =
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

export function createRateBudget(clock: Clock): RateBudget {
  const windows = createWindowBook();
  let pausedUntil = 0;
  let underWay = 0;

  const now = () => clock.now().getTime();

  function pause(milliseconds: number): void {
    pausedUntil = Math.max(pausedUntil, now() + milliseconds);
  }

  return {
    async admit({ signal, waitMaxMs, onWait }) {
      let waited = 0;
      for (;;) {
        if (signal.aborted) return { kind: "cancelled" };
        const at = now();
        const wait = Math.max(pausedUntil - at, windows.waitMs(at));
        if (wait <= 0) {
          windows.take();
          underWay += 1;
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
      if (window) windows.learn({ ...window, resetAt: now() + window.resetMs, underWay });
      if (answer.status !== 429 && answer.status !== 503) return false;
      // A 503 says that the service is overloaded; its window headers are then no reason to wait for the reset.
      const isExhausted = answer.status === 429 && window !== undefined && window.remaining <= 0;
      const told = Math.max(retryAfterMs ?? 0, isExhausted ? window.resetMs : 0);
      pause(told);
      return told > 0;
    },

    pause,
  };
}
