import { placeText } from "../config/place.ts";
import { addressIn, labelOf, type RuleContext } from "./context.ts";
import { decideAbsent } from "./decide-absent.ts";
import { decideAnswered, decideCandidate } from "./decide-candidate.ts";
import { decideParted, decideUndecided, ignoredGroup } from "./decide-decided.ts";
import { decideDeparted } from "./decide-departed.ts";
import { decideLinked, decideLost } from "./decide-linked.ts";
import { type Decision, emptyDecision, passOver } from "./decision.ts";
import { candidate, hold } from "./hold.ts";
import { type Standing, situate } from "./situate.ts";
import { notBroughtIn, subjectOf } from "./subject.ts";

/** Decides for every record of one rule what happens to it. */
export function decideRule(context: RuleContext): Decision {
  const decision = emptyDecision();
  const { standings, notCreated } = situate(context);
  for (const standing of standings) decideStanding(context, standing, decision);
  if (context.input.rule.on.unmanaged === "report") reportUnmanaged(context, standings, decision);
  for (const intent of notCreated) {
    const answer = `The ${context.nouns.target.many} were read after the lost answer, and the record is not there.`;
    decision.answered.push({ changeId: intent.changeId, answer });
  }
  return decision;
}

/** Target records without a link that no source record could belong to. Only whole readings can tell. */
function reportUnmanaged(
  context: RuleContext,
  standings: readonly Standing[],
  decision: Decision,
): void {
  const { sources, targets } = context;
  if (!sources.ended || !targets.ended || context.settings.purpose === "link") return;
  const claimed = new Set(standings.flatMap(candidateIds));
  const records = [...targets.records.values()]
    .filter(({ id }) => !context.linkedTargets.has(id) && !claimed.has(id))
    .map((record) => ({
      address: addressIn(targets.ref, record.id),
      label: labelOf(record, targets),
    }));
  if (records.length === 0) return;
  const { one, many } = context.nouns.target;
  const message =
    records.length === 1
      ? `One ${one} has no ${context.nouns.source.one}.`
      : `${records.length} ${many} have no ${context.nouns.source.one}.`;
  decision.findings.push({
    code: "unmanaged",
    mapping: context.mapping.mapping.name,
    rule: context.input.rule.name,
    message,
    records,
  });
}

function candidateIds(standing: Standing): readonly string[] {
  if (
    standing.kind === "ambiguous" ||
    standing.kind === "in-doubt" ||
    standing.kind === "undecided"
  ) {
    return standing.candidates.map(({ id }) => id);
  }
  return "target" in standing && standing.target ? [standing.target.id] : [];
}

function decideStanding(context: RuleContext, standing: Standing, decision: Decision): void {
  switch (standing.kind) {
    case "linked":
      decideLinked(context, standing, decision);
      return;
    case "lost":
      decideLost(context, standing, decision);
      return;
    case "left":
    case "gone":
      decideDeparted(context, standing, decision);
      return;
    case "candidate":
      decideCandidate(context, standing, decision);
      return;
    case "answered":
      decideAnswered(context, standing, decision);
      return;
    case "parted":
      decideParted(context, standing, decision);
      return;
    case "ignored":
      passOver(decision, ignoredGroup(context, standing.because), {
        address: addressIn(context.sources.ref, standing.source.id),
        label: labelOf(standing.source, context.sources),
      });
      return;
    case "undecided":
      decideUndecided(context, standing, decision);
      return;
    case "absent":
    case "keyless":
      decideAbsent(context, standing, decision);
      return;
    case "ambiguous":
      decideAmbiguous(context, standing, decision);
      return;
    case "in-doubt":
      decideInDoubt(context, standing, decision);
      return;
    case "trouble":
      decideTrouble(context, standing, decision);
      return;
    case "unsettled":
      decision.unsettled += 1;
      return;
    case "outside":
      decision.outside += 1;
  }
}

function decideAmbiguous(
  context: RuleContext,
  standing: Standing & { kind: "ambiguous" },
  decision: Decision,
): void {
  const { source } = standing;
  const evaluation = context.input.evaluations.get(source.id);
  if (!evaluation?.mayCreate && !evaluation?.mayLink) {
    notBroughtIn(context, source, decision);
    return;
  }
  const held = hold(context, subjectOf(context, source, "ambiguous"), {
    code: "ambiguous",
    reason: `Not clear: ${standing.because}.`,
    candidates: standing.candidates.map((target) => candidate(context, source, target)),
  });
  decision.held.push(held);
}

function decideInDoubt(
  context: RuleContext,
  standing: Standing & { kind: "in-doubt" },
  decision: Decision,
): void {
  const { source, intent, candidates } = standing;
  const label = source ? labelOf(source, context.sources) : intent.source.id;
  const noun = context.nouns.target.one;
  const reason =
    candidates.length > 0
      ? `The answer to creating this ${noun} was lost, and it is not clear which record it made.`
      : `The answer to creating this ${noun} was lost, and no reading since can tell whether it exists.`;
  decision.held.push(
    hold(
      context,
      { source: intent.source, label, situation: "absent" },
      {
        code: "in-doubt",
        reason,
        candidates: candidates.map((target) => candidate(context, source, target)),
      },
    ),
  );
}

function decideTrouble(
  context: RuleContext,
  standing: Standing & { kind: "trouble" },
  decision: Decision,
): void {
  const { source, trouble } = standing;
  const situation = context.input.links.has(source.id) ? "linked" : "absent";
  const { at, message } = trouble;
  const why = trouble.isAuthors
    ? ({ code: "held-by-expression", reason: message } as const)
    : ({
        code: "expression-failed",
        reason: `${placeText(at)}: ${message} (in: ${trouble.source})`,
      } as const);
  decision.held.push(hold(context, subjectOf(context, source, situation), { ...why, at }));
}
