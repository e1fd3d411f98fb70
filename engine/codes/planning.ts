import type { CodeEntry } from "./entry.ts";

/** Codes of held records, findings and guards. */
export const planningCodes = {
  found: {
    title: "A record that matches is there, and a person must say that they are one",
    remedy: "Run `syncctl link`, or allow it for every run with `on: { found: link }`.",
  },
  disagrees: {
    title: "The record with the same key differs in fields that must agree",
    remedy: "Make the fields equal on both sides, or link the two with `syncctl link add`.",
  },
  ambiguous: {
    title: "It is not clear which record belongs to which",
    remedy: "Correct the key on one side, or link the right pair with `syncctl link add`.",
  },
  keyless: {
    title: "None of the match keys has a value",
    remedy: "Fill in one of the match keys in the source system.",
  },
  lost: {
    title: "The linked target record is gone",
    remedy:
      "Bring it back, or remove the link with `syncctl link remove` to have it created again.",
  },
  "expression-failed": {
    title: "An expression could not be worked out for this record",
    remedy: "Correct the expression at the place shown, or the record.",
  },
  "value-missing": {
    title: "A field that must have a value has none",
    remedy: "Fill in the field in the source system, or give the rule a `default`.",
  },
  "value-unfit": {
    title: "A value does not fit the type of the target field",
    remedy: "Correct the value in the source system, or convert it in the mapping.",
  },
  "reference-missing": {
    title: "The record refers to one that has no counterpart yet",
    remedy:
      "See in the plan what became of the record that it refers to; once that one is in the target system, this one follows.",
  },
  "drift-held": {
    title: "Somebody changed the target, and the rule says to wait for a person",
    remedy: "Set the target back, or bring the source in line with it.",
  },
  "creation-differs": {
    title: "A field that can be set on creation only should hold another value by now",
    remedy:
      "Correct it by hand in the target, or delete the record there, and the next run creates it anew.",
  },
  "made-elsewhere": {
    title:
      "Another mapping creates, or has just created, the same record in a list that both write to",
    remedy: "Nothing: the next plan finds the record and ties the two.",
  },
  "held-by-expression": {
    title: "An expression of the mapping says why the record is held",
    remedy: "Do what the reason says; it stands in the mapping.",
  },
  "in-doubt": {
    title: "A create whose answer was lost is not answered yet",
    remedy:
      "Plan again in a while, or say what happened with `syncctl link add` or `syncctl link settle`.",
  },
  "held-by-rule": {
    title: "The rule says to hold records in this situation",
    remedy: "See the `on` table of the rule.",
  },
  "out-of-scope": {
    title: "No rule takes the record",
    remedy: "Nothing to do if that is meant; otherwise see the `when` of the rules.",
  },
  "not-brought-in": {
    title: "The record has no link, and the rule does not bring such records in",
    remedy:
      "Nothing to do if that is meant; otherwise see `create.when` and `link.when` of the rule.",
  },
  "not-referenced": {
    title: "The record is created only once another one refers to it, and none does",
    remedy: "Nothing to do if that is meant; otherwise see `create.whenReferenced` of the rule.",
  },
  ignored: {
    title: "The rule says to leave records in this situation alone",
    remedy: "Nothing to do if that is meant; otherwise see the `on` table of the rule.",
  },
  "rule-dormant": {
    title: "The rule is switched off and plans nothing",
    remedy: "Nothing to do if that is meant; otherwise see `enabled` and `systemOfRecord`.",
  },
  "reading-stopped": {
    title: "A stream could not be read to its end",
    remedy: "Run again; the message says what was in the way.",
  },
  unmanaged: {
    title: "Target records that nothing in the source belongs to",
    remedy: "Nothing to do if that is meant.",
  },
  "source-left": {
    title: "Linked records that no rule takes any more, and that are left as they are",
    remedy: "Look at each of them, and decide in the target system what becomes of it.",
  },
  "source-gone": {
    title: "Linked records whose source is gone, and that are left as they are",
    remedy: "Look at each of them, and decide in the target system what becomes of it.",
  },
  "accounts-bound": {
    title: "The state belongs to another pair of accounts",
    remedy:
      "Correct the company ids, use a state of its own for the other company, or release the old pairing with `syncctl accounts release`.",
  },
  "system-of-record-changed": {
    title: "Another side was made the system of record",
    remedy: "Run `syncctl link` for the mapping, look at what it ties, then plan again.",
  },
  "decided-ignore": {
    title: "A links file says to leave these records out",
    remedy: "Nothing to do if that is meant; otherwise remove the entry from the links file.",
  },
  "decision-stale": {
    title: "A links file ties the record to one that is not there",
    remedy: "Correct the entry in the links file, or remove it with `syncctl link remove`.",
  },
  "decision-idle": {
    title: "A links file speaks of records that are not there",
    remedy: "Look for typing errors in the addresses; remove the entries that are over.",
  },
  "too-many-creates": {
    title: "The plan creates more than the limit",
    remedy: "Look at the plan; if it is right, let it through with the flag shown.",
  },
  "too-many-updates": {
    title: "The plan updates more than the limit",
    remedy: "Look at the plan; if it is right, let it through with the flag shown.",
  },
  "too-many-retires": {
    title: "The plan retires more than the limit",
    remedy: "Look at the plan; if it is right, let it through with the flag shown.",
  },
  "too-many-deletes": {
    title: "The plan deletes more than the limit",
    remedy: "Look at the plan; if it is right, let it through with the flag shown.",
  },
  "stream-shrunk": {
    title: "A stream has far fewer records than last time",
    remedy:
      "Find out whether the account still sees everything; if it is right, let it through with the flag shown.",
  },
  "one-field-everywhere": {
    title: "One field changes on nearly every record",
    remedy:
      "Look for an edit of the mapping or of a default; if it is right, let it through with the flag shown.",
  },
} as const satisfies Record<string, CodeEntry>;
