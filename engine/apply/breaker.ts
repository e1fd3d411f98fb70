import type { Outcome } from "./outcome.ts";

/*
 * When a system stops answering, the rest of its changes is not tried one after the other: they come back in the next
 * plan. Records that are refused one by one do not count; only trouble that the next record would meet as well.
 */

/** So many changes in a row that met passing trouble stop the writing to a connection. */
const troublesInARowMax = 10;

const passing: ReadonlySet<string> = new Set([
  "unreachable",
  "timed-out",
  "rate-limited",
  "answer-lost",
  "not-verified",
]);

export interface Breaker {
  note(connection: string, outcome: Outcome): void;
  /** Why the connection is not written to any more; null while it is. */
  openedBy(connection: string): string | null;
}

export function createBreaker(): Breaker {
  const inARow = new Map<string, number>();
  const opened = new Map<string, string>();
  return {
    note(connection, { status, code, reason }) {
      if (status === "skipped" || status === "stale") return;
      const trouble = code !== undefined && passing.has(code);
      const count = trouble ? (inARow.get(connection) ?? 0) + 1 : 0;
      inARow.set(connection, count);
      if (code === "credentials-refused" || count >= troublesInARowMax)
        opened.set(connection, reason ?? "");
    },
    openedBy: (connection) => opened.get(connection) ?? null,
  };
}
