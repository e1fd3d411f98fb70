import type { CodeEntry } from "./entry.ts";

/** Codes of trouble with the state store. */
export const stateCodes = {
  "state-locked": {
    title: "Another process has the state folder open",
    remedy: "Wait for that process to end, or set DATABASE_URL to work from several processes.",
  },
} as const satisfies Record<string, CodeEntry>;
