import { setTimeout as sleepFor } from "node:timers/promises";

/* The only place where simulators touch the real time. */

/** Milliseconds since 1970. */
export const realNow: () => number = Date.now;

/** Rejects when the signal aborts. */
export async function realSleep(milliseconds: number, signal: AbortSignal): Promise<void> {
  await sleepFor(milliseconds, undefined, { signal });
}
