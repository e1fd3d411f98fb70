import type { CodeEntry } from "./entry.ts";

/** Codes of what can be wrong in the files of a project. */
export const configurationCodes = {
  "project-missing": {
    title: "There is no syncctl.yaml here",
    remedy: "Run `syncctl init`, or name the folder with --project.",
  },
} as const satisfies Record<string, CodeEntry>;
