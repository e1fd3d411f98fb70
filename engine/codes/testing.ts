import type { CodeEntry } from "./entry.ts";

/** Codes of what can be wrong with mapping tests, and with recording one. */
export const testingCodes = {
  "tests-missing": {
    title: "There are no mapping tests here",
    remedy: "Write `<name>.test.yaml` beside the mapping; mappings/README.md of syncctl shows how.",
  },
  "case-unknown": {
    title: "No case has this in its name",
    remedy: "See `syncctl test --json` for the names.",
  },
  "case-name-taken": {
    title: "Two cases of a file have one name",
    remedy: "Say in the name what is special about each case.",
  },
  "case-too-large": {
    title: "A test file or a case holds more than people can read",
    remedy: "Split it into several.",
  },
  "rule-unknown": {
    title: "There is no such rule in the mapping",
    remedy: "See `syncctl validate` for the names.",
  },
  "record-not-given": {
    title: "A case speaks of a record that it does not give",
    remedy: "Add the record under `given`, or correct its id.",
  },
  "expectation-unclear": {
    title: "An expectation cannot be read",
    remedy:
      "Begin it with one of create, link, update, retire, unlink, delete, hold, passOver, inStep, near, finding or guard, and name the record behind it.",
  },
  "recording-unclear": {
    title: "It is not clear what is to be recorded",
    remedy: "Name records of streams that a rule reads or writes, as plans show their addresses.",
  },
  "recording-incomplete": {
    title: "Not everything that the case needs is known",
    remedy: "Run again when every stream can be read and nothing about the record is in doubt.",
  },
  "recording-differs": {
    title: "The case does not show what happens with the real records",
    remedy: "Write the case by hand, with invented records that have what decides it.",
  },
  "recording-personal": {
    title: "The case would hold something of the real records",
    remedy: "Choose another name for the case, or write it by hand.",
  },
} as const satisfies Record<string, CodeEntry>;
