import type { Clock, ConnectorDeps, RequestEvent } from "../../engine/connector/connector.ts";

/** A clock that stands still until somebody sleeps, and then is there at once. */
export interface FakeClock extends Clock {
  /** Every sleep so far, milliseconds. */
  readonly sleeps: readonly number[];
  /** Lets time pass without a sleep. */
  advance(milliseconds: number): void;
  /** Milliseconds since 1970, for simulators. */
  readonly millis: () => number;
}

/** A moment in whole seconds, as HTTP dates and resets are. */
export const startOfTest = Date.parse("2026-03-02T08:00:00Z");

export function fakeClock(startAt: number = startOfTest): FakeClock {
  const sleeps: number[] = [];
  let now = startAt;
  return {
    sleeps,
    now: () => new Date(now),
    millis: () => now,
    advance(milliseconds) {
      now += milliseconds;
    },
    async sleep(milliseconds, signal) {
      if (signal?.aborted) return;
      sleeps.push(milliseconds);
      now += milliseconds;
    },
  };
}

export interface FakeDeps extends ConnectorDeps {
  readonly clock: FakeClock;
  readonly events: readonly RequestEvent[];
}

/** What a connector gets from outside, with everything that it said kept. Jitter takes the whole wait unless told otherwise. */
export function fakeDeps(options: { clock?: FakeClock; random?: () => number } = {}): FakeDeps {
  const events: RequestEvent[] = [];
  return {
    connection: "office",
    clock: options.clock ?? fakeClock(),
    random: options.random ?? (() => 0.999),
    observe: (event) => void events.push(event),
    events,
  };
}
