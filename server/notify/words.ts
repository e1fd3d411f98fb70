import { type Code, codeEntry, codes } from "../../engine/codes.ts";
import type { PlanCounts } from "../../engine/state/service-store.ts";
import type { Condition } from "./condition.ts";

/* What is said to people, in whole sentences. */

export interface Words {
  readonly subject: string;
  readonly message: readonly string[];
}

/** Subjects are shown in a line. */
const subjectCharsMax = 150;

/** `who` is the company, as people call it; empty where there is only one. */
export function conditionWords(
  { who, mapping }: { readonly who: string; readonly mapping: string },
  condition: Condition,
  counts: PlanCounts | undefined,
): Words {
  const say = (what: string, ...message: readonly string[]): Words => ({
    subject: subjectOf(who, what),
    message: message.filter((each) => each !== ""),
  });
  const planned = counts ? plannedWords(counts) : "";
  switch (condition.kind) {
    case "ok":
      return say(`${mapping} works again`, `The last run of ${mapping} went well.`);
    case "waiting":
      return say(
        `${mapping} needs a decision`,
        `The plan of ${mapping} waits for a person. Nothing is written until it is approved.`,
        ...condition.codes.map(codeWords),
        planned,
      );
    case "refused":
      return say(
        `${mapping} was stopped`,
        `The plan of ${mapping} was not carried out, and approving it is not possible.`,
        ...condition.codes.map(codeWords),
      );
    case "failed":
      return say(
        `${mapping} failed`,
        `The last run of ${mapping} failed as a whole. It is tried again by its schedule.`,
        ...condition.codes.map(codeWords),
      );
    case "records-failed":
      return say(
        `${count(condition.records, "record")} of ${mapping} could not be written`,
        `${count(condition.records, "record")} of ${mapping} could not be written in the last run. Its log says why for each of them.`,
      );
    case "not-read":
      return say(
        `${mapping} could not read everything`,
        `${count(condition.streams, "stream")} could not be read to the end in the last run of ${mapping}, so that records may be missing from it. Its plan says why.`,
      );
  }
}

export function heldWords(
  { who, mapping }: { readonly who: string; readonly mapping: string },
  { newly, all }: { readonly newly: number; readonly all: number },
): Words {
  const records = count(newly, "record");
  const others = all > newly ? ` With those of earlier runs, ${all} wait for somebody.` : "";
  return {
    subject: subjectOf(who, `${records} of ${mapping} ${newly === 1 ? "needs" : "need"} a look`),
    message: [
      `${records} of ${mapping} ${newly === 1 ? "is" : "are"} held: not written until somebody has looked.${others}`,
      "The page of the run says for each of them what is the matter and what to do.",
    ],
  };
}

function subjectOf(who: string, what: string): string {
  // Control characters end a header; in a name they have nothing to say.
  const line = `${who === "" ? "syncctl" : who}: ${what}`.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, " ");
  return line.length <= subjectCharsMax ? line : `${line.slice(0, subjectCharsMax - 1)}…`;
}

/** A request that an older version has stored may name a code that there is no more. */
function codeWords(code: Code): string {
  if (!Object.hasOwn(codes, code)) return `${code}.`;
  const { title, remedy } = codeEntry(code);
  return `${title} (${code}). ${remedy}`;
}

function plannedWords(counts: PlanCounts): string {
  const kinds = [
    [counts.create, "to create"],
    [counts.update, "to update"],
    [counts.link, "to link"],
    [counts.retire, "to retire"],
    [counts.unlink, "to unlink"],
    [counts.delete, "to delete"],
  ] as const;
  const parts = kinds.filter(([number]) => number > 0).map(([number, what]) => `${number} ${what}`);
  return parts.length > 0 ? `Planned: ${parts.join(", ")}.` : "";
}

function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? "" : "s"}`;
}
