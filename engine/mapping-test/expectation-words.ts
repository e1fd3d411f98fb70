import type { EntryKind, Expectation } from "./mapping-test.ts";

/** What an expectation can say besides its kind. */
type Detail = Exclude<keyof Expectation, "kind" | "what" | "at" | "mapping">;

interface KindWords {
  readonly about: string;
  readonly details: readonly Detail[];
  /** The plan must have exactly those that are listed; others are listed where they matter. */
  readonly exact: boolean;
  /** Whether the word behind it is the id of a source record, or a code. */
  readonly names: "record" | "code";
}

const change = { exact: true, names: "record" } as const;

/** The words that an expectation can begin with. */
export const entryKinds: Readonly<Record<EntryKind, KindWords>> = {
  create: {
    ...change,
    about: "The source record whose counterpart is created.",
    details: ["rule", "situation", "fields", "has"],
  },
  link: {
    ...change,
    about: "The source record that is linked.",
    details: ["rule", "target", "situation"],
  },
  update: {
    ...change,
    about: "The source record whose counterpart is updated.",
    details: ["rule", "target", "situation", "fields", "has"],
  },
  retire: {
    ...change,
    about: "The source record whose counterpart is retired.",
    details: ["rule", "target", "situation", "fields", "has"],
  },
  unlink: {
    ...change,
    about: "The source record whose link is forgotten.",
    details: ["rule", "target", "situation"],
  },
  delete: {
    ...change,
    about: "The source record whose counterpart is deleted.",
    details: ["rule", "target", "situation"],
  },
  hold: {
    ...change,
    about: "The source record that is held.",
    details: ["rule", "situation", "code", "candidates", "differs"],
  },
  passOver: {
    exact: false,
    names: "record",
    about: "The source record that is passed over.",
    details: ["rule", "code"],
  },
  inStep: {
    exact: false,
    names: "record",
    about: "The source record that is linked, and for which nothing has to be written.",
    details: ["rule", "target", "situation"],
  },
  near: {
    exact: false,
    names: "record",
    about: "The source record that nearly matches something, in a linking run.",
    details: ["rule", "candidates"],
  },
  finding: {
    exact: false,
    names: "code",
    about: "The code of something that the plan has found.",
    details: ["rule", "records"],
  },
  guard: {
    exact: true,
    names: "code",
    about: "The code of what stands against the whole plan.",
    details: [],
  },
};

export function isEntryKind(word: string): word is EntryKind {
  return Object.hasOwn(entryKinds, word);
}
