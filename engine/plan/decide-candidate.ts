import type { StreamRecord } from "../connector/connector.ts";
import type { Intent } from "../state/store.ts";
import type { Fields } from "../value/value.ts";
import { type ChangeSubject, linkChange, updateChange } from "./changes.ts";
import { type Comparison, compare } from "./compare.ts";
import { labelOf, type RuleContext, sameInTarget } from "./context.ts";
import { updateReason } from "./decide-linked.ts";
import type { DecidedPair } from "./decided.ts";
import type { Decision } from "./decision.ts";
import { desire } from "./desire.ts";
import { candidate, differences, hold, holdForObstacles } from "./hold.ts";
import type { Standing } from "./situate.ts";
import { notBroughtIn, subjectOf } from "./subject.ts";

/** No link, exactly one candidate. Linking is a deliberate act: only a linking run, or a rule that says so, links. */
export function decideCandidate(
  context: RuleContext,
  standing: Standing & { kind: "candidate" },
  decision: Decision,
): void {
  const { source, target } = standing;
  if (standing.decided) {
    decideDecided(context, { ...standing, decided: standing.decided }, decision);
    return;
  }
  if (!context.input.evaluations.get(source.id)?.mayLink) {
    notBroughtIn(context, source, decision);
    return;
  }
  const differing = differences(context, source, target);
  const situation = differing.length > 0 ? "disagrees" : "found";
  const subject = subjectOf(context, source, standing.lost ? "lost" : situation);
  const noun = context.nouns.target.one;
  if (situation === "disagrees" && context.input.rule.on.disagrees === "hold") {
    const fields = differing.map((one) => one.field).join(", ");
    const reason = `The ${noun} with the same key differs in ${fields}.`;
    const candidates = [candidate(context, source, target)];
    decision.held.push(hold(context, subject, { code: "disagrees", reason, candidates }));
    return;
  }
  if (
    situation === "found" &&
    context.input.rule.on.found === "hold" &&
    context.settings.purpose === "sync"
  ) {
    const reason = `A ${noun} matches and agrees; it is not linked until a person says so.`;
    const candidates = [candidate(context, source, target)];
    decision.held.push(hold(context, subject, { code: "found", reason, candidates }));
    return;
  }
  const desired = desire(context, source, "update");
  if (!desired.ok) {
    decision.held.push(holdForObstacles(context, subject, desired.obstacles));
    return;
  }
  const comparison = compare(context, desired.fields, target, null);
  const key = `The ${noun} has the same key${context.input.rule.agree.length > 0 ? " and agrees" : ""}`;
  const reason = standing.moves ? `${key}, and ${movedFrom(context)}.` : `${key}.`;
  linkAndUpdate(context, { ...subject, reason }, target, comparison, decision);
}

/** "the person that was linked is not is_active: true any more". */
function movedFrom(context: RuleContext): string {
  const values = Object.entries(context.input.rule.prefer ?? {});
  const text = values.map(([field, value]) => `${field}: ${String(value)}`).join(", ");
  return `the ${context.nouns.target.one} that was linked no longer has ${text}`;
}

/** A person, or a link of the other direction, has said that the two are one. */
function decideDecided(
  context: RuleContext,
  standing: Standing & { kind: "candidate"; readonly decided: DecidedPair },
  decision: Decision,
): void {
  const { source, target, decided, lost } = standing;
  const subject = subjectOf(context, source, lost ? "lost" : "found");
  const desired = desire(context, source, "update");
  if (!desired.ok) {
    decision.held.push(holdForObstacles(context, subject, desired.obstacles));
    return;
  }
  const comparison = compare(context, desired.fields, target, null);
  const told = { ...subject, reason: decided.because };
  linkAndUpdate(context, told, target, { ...comparison, decided }, decision);
}

/** The link first, as a change of its own: whatever becomes of the update, nothing is written to a record without one. */
function linkAndUpdate(
  context: RuleContext,
  subject: ChangeSubject,
  target: StreamRecord,
  comparison: Comparison & { readonly decided?: DecidedPair },
  decision: Decision,
): void {
  const link = linkChange(context, subject, target, comparison);
  decision.changes.push(link);
  if (context.settings.purpose === "link" || comparison.changes.length === 0) return;
  const reason = updateReason(comparison.changes);
  const { changes, waitsFor } = comparison;
  const update = updateChange(context, "update", { ...subject, reason }, target, {
    changes,
    agreed: {},
    waitsFor: [link.id, ...waitsFor],
  });
  decision.changes.push(update);
}

/**
 * The create whose answer was lost did happen: the record is linked, whatever has become of its source since. What
 * follows from that (an update, a retirement) is for the next plan if the source has left or is gone.
 */
export function decideAnswered(
  context: RuleContext,
  standing: Standing & { kind: "answered" },
  decision: Decision,
): void {
  const { source, target, intent } = standing;
  const reason = `This is the ${context.nouns.target.one} that was created when the answer was lost.`;
  const subject = {
    source: intent.source,
    label: source ? labelOf(source, context.sources) : labelOf(target, context.targets),
    situation: context.input.links.has(intent.source.id) ? "lost" : "found",
    reason,
  } as const;
  const evaluation = source ? context.input.evaluations.get(source.id) : undefined;
  const inScope = source !== null && evaluation?.inScope === true && !evaluation.trouble;
  const desired = inScope ? desire(context, source, "update") : null;
  const comparison = desired?.ok
    ? compare(context, desired.fields, target, null)
    : { changes: [], agreed: {}, heldDrift: [], heldCreation: [], waitsFor: [] };
  const agreed = { ...stillHeld(context, intent, target), ...comparison.agreed };
  linkAndUpdate(context, subject, target, { ...comparison, agreed }, decision);
}

/** What was sent and is still there: both sides agreed on it once, and its day tells when to look for the pair. */
function stillHeld(context: RuleContext, { fields }: Intent, target: StreamRecord): Fields {
  const held = Object.entries(fields).filter(([field, sent]) => {
    const actual = target.fields[field];
    return actual !== undefined && sameInTarget(context, field, actual, sent);
  });
  return Object.fromEntries(held);
}
