import type { CodeEntry } from "./entry.ts";

/** Codes of what an audit finds, beside those of held records. */
export const auditingCodes = {
  "duplicate-key": {
    title: "Several records of one side have the same match key",
    remedy: "Correct the key on all but one of them, or merge them where they are one.",
  },
  "duplicate-identifier": {
    title: "Several records of one side have a value that tells records apart in another rule",
    remedy: "Correct the value on all but one of them, or merge them where they are one.",
  },
  "near-miss": {
    title: "A record without a counterpart nearly matches one",
    remedy:
      "Correct the key, or say that they are one with `syncctl link add`, or that they are two with `--apart`.",
  },
  "search-cut": {
    title: "Not every pair was compared in the search for near misses",
    remedy: "Look through the records that the message names; the rest was compared.",
  },
  "only-in-source": {
    title: "A record without a counterpart: one will be created",
    remedy: "Nothing to do if that is meant; otherwise say which record it is, or leave it out.",
  },
  "first-change": {
    title: "The first sync changes a record that is there",
    remedy: "Nothing to do if the source is right; otherwise correct the source first.",
  },
} as const satisfies Record<string, CodeEntry>;
