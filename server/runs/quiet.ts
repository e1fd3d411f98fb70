import type { End } from "./end-of-attempt.ts";

/** The request goes back into the queue until the window ends. */
export function waitForQuiet(until: Date, now: Date): Extract<End, { readonly kind: "again" }> {
  return {
    kind: "again",
    delayMs: Math.max(until.getTime() - now.getTime(), 0),
    note: `Waits for the end of the quiet window at ${until.toISOString()}.`,
  };
}
