import type { CodeEntry } from "./entry.ts";

/** Codes of what became of run requests, beside those of plans and of applying. */
export const serviceRunCodes = {
  "run-failed": {
    title: "Something happened that the service did not expect",
    remedy:
      "Look into the log of the service under the id of the run, and report it as a fault of syncctl.",
  },
  "run-abandoned": {
    title: "Process after process ended while it carried out the run",
    remedy: "Look why they ended, memory first; then start the run again.",
  },
  "plan-superseded": {
    title: "A newer plan of the mapping has taken the place of the one that waited",
    remedy: "Look at the newer plan.",
  },
  "plan-waits-already": {
    title: "The plan is the same as one that waits for a person already",
    remedy: "Approve or reject the plan that waits.",
  },
} as const satisfies Record<string, CodeEntry>;
