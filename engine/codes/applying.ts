import type { CodeEntry } from "./entry.ts";

/** Codes of changes that were not applied, and of runs that were refused. */
export const applyingCodes = {
  stale: {
    title: "The record changed since the plan was made",
    remedy: "Nothing was written. Plan again.",
  },
  "candidate-appeared": {
    title: "A matching record appeared since the plan was made",
    remedy: "Nothing was written. Plan again.",
  },
  "not-verified": {
    title: "The target could not be read again before writing",
    remedy: "Nothing was written. Run again.",
  },
  "waits-for": {
    title: "A change that must come first was not applied",
    remedy: "See the reason of that change. The next plan tries both again.",
  },
  "stopped-early": {
    title: "The run stopped before this change",
    remedy: "Run again: what was not done comes back in the next plan.",
  },
  "plan-refused": {
    title: "A guard refuses the plan",
    remedy: "Look at the plan; if it is right, let it through with the flags shown.",
  },
  "plan-used": {
    title: "The plan was applied before",
    remedy: "Make a new plan.",
  },
  "plan-foreign": {
    title: "The plan was made from another configuration",
    remedy: "Make a new plan.",
  },
  "plan-unreadable": {
    title: "The file is not a plan that this version can read",
    remedy: "Make a new plan with `syncctl plan --out`.",
  },
  "mapping-busy": {
    title: "Another run is writing for this mapping",
    remedy: "Wait for it to end, or stop the process that is named.",
  },
  "lease-lost": {
    title: "Another process took over this mapping",
    remedy: "Nothing more was written. Look at the other run, then plan again.",
  },
} as const satisfies Record<string, CodeEntry>;
