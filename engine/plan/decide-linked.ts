import type { StreamRecord } from "../connector/connector.ts";
import { createChange, unlinkChange, updateChange } from "./changes.ts";
import { type Comparison, compare } from "./compare.ts";
import type { RuleContext } from "./context.ts";
import { allKeys } from "./decide-absent.ts";
import type { Decision } from "./decision.ts";
import { desire } from "./desire.ts";
import { madeReason } from "./elsewhere.ts";
import { candidate, type HoldSubject, hold, holdForObstacles } from "./hold.ts";
import type { FieldChange, Held } from "./plan.ts";
import type { Standing } from "./situate.ts";
import { isWanted, notBroughtIn, notReferenced, subjectOf } from "./subject.ts";

/** Both sides are there and linked: write what differs. */
export function decideLinked(
  context: RuleContext,
  standing: Standing & { kind: "linked" },
  decision: Decision,
): void {
  const { source, target, link } = standing;
  if (context.settings.purpose === "link" || context.input.rule.on.linked === "ignore") {
    decision.inStep += 1;
    return;
  }
  const subject = subjectOf(context, source, "linked");
  const desired = desire(context, source, "update");
  if (!desired.ok) {
    decision.held.push(holdForObstacles(context, subject, desired.obstacles));
    return;
  }
  const comparison = compare(context, desired.fields, target, link);
  if (comparison.heldDrift.length > 0) {
    const fields = comparison.heldDrift.join(", ");
    const reason = `Somebody changed ${fields} in the target, and the rule says to wait.`;
    const candidates = [candidate(context, source, target)];
    decision.held.push(hold(context, subject, { code: "drift-held", reason, candidates }));
    return;
  }
  if (comparison.heldCreation.length > 0) {
    decision.held.push(heldForCreation(context, { subject, source, target }, comparison));
    return;
  }
  if (comparison.changes.length > 0) {
    const reason = updateReason(comparison.changes);
    decision.changes.push(
      updateChange(context, "update", { ...subject, reason }, target, comparison),
    );
    return;
  }
  decision.inStep += 1;
  const moved =
    Object.keys(comparison.agreed).length > 0 || link.ruleDigest !== context.input.digest;
  if (moved) {
    decision.refreshes.push({
      mapping: link.mapping,
      rule: link.rule,
      source: subject.source,
      agreed: comparison.agreed,
    });
  }
}

function heldForCreation(
  context: RuleContext,
  at: {
    readonly subject: HoldSubject;
    readonly source: StreamRecord;
    readonly target: StreamRecord;
  },
  { heldCreation }: Comparison,
): Held {
  const { one } = context.nouns.target;
  const reason = `${heldCreation.join(", ")} should be another one by now, and can be set only when the ${one} is created.`;
  const candidates = [candidate(context, at.source, at.target)];
  return hold(context, at.subject, { code: "creation-differs", reason, candidates });
}

const reasonTexts = {
  new: "new",
  "first-agreement": "the two sides never agreed",
  "source-changed": "the source changed",
  drift: "the target was changed and is set back",
  "source-changed-and-drift": "both sides changed, and the source is right",
  "mapping-changed": "the mapping was changed",
  retired: "retired",
} as const satisfies Record<FieldChange["why"], string>;

/** "The source changed: job_title; the target was changed and is set back: mobile_phone." */
export function updateReason(changes: readonly FieldChange[]): string {
  const byReason = new Map<string, string[]>();
  for (const change of changes) {
    const text = reasonTexts[change.why];
    const fields = byReason.get(text);
    if (fields) fields.push(change.field);
    else byReason.set(text, [change.field]);
  }
  const sentence = [...byReason].map(([why, fields]) => `${why}: ${fields.join(", ")}`).join("; ");
  return `${sentence.charAt(0).toUpperCase()}${sentence.slice(1)}.`;
}

/** Linked, and the target is proved gone. */
export function decideLost(
  context: RuleContext,
  standing: Standing & { kind: "lost" },
  decision: Decision,
): void {
  const { source, link } = standing;
  if (context.settings.purpose === "link") return;
  const noun = context.nouns.target.one;
  const subject = subjectOf(context, source, "lost");
  const evaluation = context.input.evaluations.get(source.id);
  switch (context.input.rule.on.lost) {
    case "hold": {
      const reason = `The linked ${noun} (${link.target.id}) is no longer there.`;
      decision.held.push(hold(context, subject, { code: "lost", reason }));
      return;
    }
    case "unlink": {
      const reason = `The linked ${noun} is no longer there.`;
      decision.changes.push(unlinkChange(context, { ...subject, reason }, link));
      return;
    }
    case "create": {
      if (!evaluation?.mayCreate) {
        notBroughtIn(context, source, decision);
        return;
      }
      if (!isWanted(context, source)) {
        notReferenced(context, source, decision);
        return;
      }
      const desired = desire(context, source, "create");
      if (!desired.ok) {
        decision.held.push(holdForObstacles(context, subject, desired.obstacles));
        return;
      }
      const keys = allKeys(context, source);
      const made = context.references.findMade(keys, context.decided.apart.get(source.id));
      if (made) {
        const why = madeReason(context.nouns.target.one, made);
        decision.held.push(hold(context, subject, { code: "made-elsewhere", reason: why }));
        return;
      }
      const reason = `The linked ${noun} is no longer there, and the rule says to create it again.`;
      decision.changes.push(createChange(context, { ...subject, reason }, desired.fields, keys));
    }
  }
}
