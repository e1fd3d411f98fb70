import type { Situation } from "../../../../../engine/mapping/mapping.ts";
import type { Held } from "../../../../../engine/plan/plan.ts";

/* What a person can decide about a held record, and what follows from it. */

export type DecisionKind = "link" | "apart" | "ignore";

/** What to do, where this page can do more than the command line that the plan speaks of. */
export function todoText(held: Pick<Held, "code" | "todo" | "candidates">): string {
  switch (held.code) {
    case "found":
      return "Say whether the two are one. If all that was found is right, start a linking run of the mapping in place of deciding one by one.";
    case "disagrees":
      return "Make the fields equal in one of the systems, or say here whether the two are one.";
    case "ambiguous":
      return held.candidates.length > 0
        ? "Say here which of them it is, or correct the key in one of the systems."
        : held.todo;
    default:
      return held.todo;
  }
}

/** Of records that have a link, decisions to leave them out say nothing: they hold for records without one. */
const linkedSituations: readonly Situation[] = ["linked", "left", "gone", "lost"];

/** Why it makes no sense to leave the record out; undefined where it does. */
export function ignoringIsIdle(held: Pick<Held, "situation">): string | undefined {
  return linkedSituations.includes(held.situation)
    ? "The record is linked already. Leaving it out holds for records without a link only."
    : undefined;
}

export interface DecisionWords {
  readonly title: string;
  /** What the button of the form says. */
  readonly button: string;
  /** What follows. */
  readonly follows: string;
  /** An example of a reason, as a hint. */
  readonly example: string;
}

export function decisionWords(
  kind: DecisionKind,
  about: { readonly label: string; readonly mapping: string; readonly candidate?: string },
): DecisionWords {
  const { label, mapping, candidate = "the other one" } = about;
  switch (kind) {
    case "link":
      return {
        title: `${label} and ${candidate} are one`,
        button: "Link the two",
        follows: `The next run of ${mapping} ties them, whatever the keys say, and then the values of the source count: fields that differ are brought in step.`,
        example: "The same person; the last name has a typing error.",
      };
    case "apart":
      return {
        title: `${label} and ${candidate} are not the same`,
        button: "Keep them apart",
        follows: `They are never linked by their keys. The next run of ${mapping} looks at ${label} again without this candidate, and may create a new record if no other fits.`,
        example: "Father and son, with one e-mail address.",
      };
    case "ignore":
      return {
        title: `Leave ${label} out`,
        button: "Leave it out",
        follows: `${label} takes no part in ${mapping} as long as it has no link. Every plan lists it as passed over. Taking the entry out of the links file takes this back.`,
        example: "A test account.",
      };
  }
}

export const decidedText: Readonly<Record<DecisionKind, string>> = {
  link: "Decided: the two are one. The next run links them.",
  apart: "Decided: not the same.",
  ignore: "Decided: left out.",
};
