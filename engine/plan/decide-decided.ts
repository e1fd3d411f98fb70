import { unlinkChange } from "./changes.ts";
import type { RuleContext } from "./context.ts";
import type { Decision } from "./decision.ts";
import { candidate, hold } from "./hold.ts";
import type { PassedOver } from "./plan.ts";
import type { Standing } from "./situate.ts";
import { subjectOf } from "./subject.ts";

/** The link goes; the next plan looks at the two as at any other records. */
export function decideParted(
  context: RuleContext,
  standing: Standing & { kind: "parted" },
  decision: Decision,
): void {
  const { source, link, because } = standing;
  const subject = { ...subjectOf(context, source, "linked"), reason: because };
  decision.changes.push(unlinkChange(context, subject, link));
}

export function decideUndecided(
  context: RuleContext,
  standing: Standing & { kind: "undecided" },
  decision: Decision,
): void {
  const { source, because, candidates } = standing;
  const held = hold(context, subjectOf(context, source, "ambiguous"), {
    code: "decision-stale",
    reason: because,
    candidates: candidates.map((target) => candidate(context, source, target)),
  });
  decision.held.push(held);
}

export function ignoredGroup(context: RuleContext, reason: string): Omit<PassedOver, "records"> {
  return {
    code: "decided-ignore",
    mapping: context.mapping.mapping.name,
    rule: context.input.rule.name,
    reason,
    at: context.input.rule.at,
  };
}
