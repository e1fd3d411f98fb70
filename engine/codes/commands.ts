import type { CodeEntry } from "./entry.ts";

/** Codes of what can be wrong with the words of a command. */
export const commandCodes = {
  "run-unknown": {
    title: "There is no run with this id",
    remedy: "See `syncctl runs` for the ids.",
  },
} as const satisfies Record<string, CodeEntry>;
