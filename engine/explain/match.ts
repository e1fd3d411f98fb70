import { addressIn, labelOf, type RuleContext, showsWritesOf } from "../plan/context.ts";
import { candidate } from "../plan/hold.ts";
import { keyOf, keyText } from "../plan/keys.ts";
import type { Candidate } from "../plan/plan.ts";
import { isPreferred, mayMove, preferredOf } from "../plan/preferred.ts";
import type { Standing } from "../plan/situate.ts";
import { addressText, streamText } from "../value/address.ts";
import { shown } from "../value/shown.ts";
import type { Fields } from "../value/value.ts";
import { outsideText } from "./days.ts";
import { candidatesMax, type Doubt, type KeyStep, type MatchStep } from "./explanation.ts";
import { isLookedFor } from "./scope.ts";
import { type MappingView, type RuleView, sourceIdOf, sourceOf } from "./view.ts";

/* Step 4: which target record belongs to the source record, and how that is known. */

/** Undefined where the rule does not take the record, and nothing is known about it from before. */
export function matchOf(view: MappingView, rule: RuleView, id: string): MatchStep | undefined {
  const standing = rule.standings.get(id);
  const link = linkFacts(rule, id);
  const decisions = view.mapping.mapping.decisions.filter(
    (one) =>
      one.rule === rule.input.rule.name &&
      addressText(one.source) === addressText(addressIn(rule.context.sources.ref, id)),
  );
  const doubts = doubtsOf(view, rule, id);
  if (!standing && !link && decisions.length === 0 && doubts.length === 0) return undefined;
  const candidates = standing ? candidatesOf(rule, standing) : [];
  return {
    standing: standing?.kind ?? "not-looked-at",
    why: standing ? whyOf(rule, standing) : restingWhy(rule, id),
    ...(link ? { link } : {}),
    keys: isLookedFor(rule, id) ? keySteps(rule, id) : [],
    candidates: candidates.slice(0, candidatesMax),
    moreCandidates: Math.max(0, candidates.length - candidatesMax),
    decisions,
    doubts,
  };
}

function linkFacts({ input, context }: RuleView, id: string): MatchStep["link"] {
  const link = input.links.get(id);
  if (!link) return undefined;
  const target = context.targets.records.get(link.target.id);
  const written = link.writtenAt.getTime() > 0;
  return {
    target: link.target,
    ...(target ? { targetLabel: labelOf(target, context.targets) } : {}),
    origin: link.origin,
    writtenAt: written ? link.writtenAt.toISOString() : null,
  };
}

function doubtsOf({ plan }: MappingView, { input }: RuleView, id: string): readonly Doubt[] {
  return input.intents
    .filter(({ source }) => source.id === id)
    .map(({ changeId, kind, at, runId, fields }) => {
      const answered = plan.answered.find((one) => one.changeId === changeId);
      return {
        changeId,
        kind,
        at: at.toISOString(),
        runId,
        sent: fields,
        ...(answered ? { answer: answered.answer } : {}),
      };
    });
}

function candidatesOf({ context }: RuleView, standing: Standing): readonly Candidate[] {
  switch (standing.kind) {
    case "candidate":
      return [candidate(context, standing.source, standing.target)];
    case "ambiguous":
    case "in-doubt":
    case "undecided":
      return standing.candidates.map((target) => candidate(context, standing.source, target));
    default:
      return [];
  }
}

/** A link that no rule of this plan works with. */
function restingWhy({ input }: RuleView, id: string): string {
  if (!input.living)
    return input.links.has(id)
      ? "There is a link from before. The rule is switched off, so the record stays as it is."
      : "The rule is switched off, so nothing is looked up.";
  return input.rule.role === "feedback" && input.links.has(id)
    ? "There is a link, and one of the two records is gone or out of scope: this rule then writes nothing."
    : "Nothing was looked up.";
}

function whyOf(rule: RuleView, standing: Standing): string {
  const { context, input } = rule;
  const { one } = context.nouns.target;
  const { source } = context.nouns;
  switch (standing.kind) {
    case "linked":
      return mayMove(context, standing)
        ? `There is a link to a ${one} that does not have ${preference(rule)}, and no other ${one} that has is found by a key.`
        : `There is a link to a ${one}, and both records are there.`;
    case "left":
      return `There is a link to a ${one}, and the rule is no longer for this ${source.one}.`;
    case "gone":
      return standing.target
        ? `There is a link to a ${one}, and the ${source.one} is no longer among the ${source.many}.`
        : `There is a link, and both records are gone.`;
    case "lost":
      return input.rule.on.lost === "create"
        ? `There is a link, the ${one} is gone, and no other ${one} has the same key.`
        : `There is a link, and the ${one} is gone.`;
    case "candidate":
      if (standing.decided) return standing.decided.because;
      if (standing.moves)
        return `There is a link to a ${one} that no longer has ${preference(rule)}, and exactly one ${one} that has it has the same ${keyNames(rule, standing.source.id)}: the link moves there.`;
      return standing.lost
        ? `The linked ${one} is gone, and exactly one other ${one} has the same ${keyNames(rule, standing.source.id)}.`
        : `There is no link, and exactly one ${one} has the same ${keyNames(rule, standing.source.id)}.`;
    case "absent":
      return `There is no link, and no ${one} has one of the keys.`;
    case "keyless":
      return "There is no link, and none of the match keys has a value.";
    case "ambiguous":
      return input.links.has(standing.source.id)
        ? `There is a link to a ${one} that no longer has ${preference(rule)}, and the keys do not tell which other it is: ${standing.because}.`
        : `There is no link, and the keys do not tell: ${standing.because}.`;
    case "answered":
      return `A ${one} was being created when the answer was lost, and this is that ${one}.`;
    case "in-doubt":
      return `A ${one} was being created when the answer was lost, and nothing tells yet whether it exists.`;
    case "parted":
    case "ignored":
    case "undecided":
      return standing.because;
    case "trouble":
      return input.links.has(standing.source.id)
        ? `There is a link to a ${one}.`
        : "Nothing was looked up, because an expression failed.";
    case "unsettled":
      return unsettledWhy(context, standing.source.id);
    case "outside":
      return `There is a link, and ${outsideText(context, standing.link)}.`;
  }
}

/** "is_active: true" */
function preference({ input }: RuleView): string {
  const values = Object.entries(input.rule.prefer ?? {});
  return values.map(([field, value]) => `${field}: ${shown(value)}`).join(", ");
}

/** Why nothing can be told about a record now. */
export function unsettledWhy(context: RuleContext, id: string): string {
  const { sources, targets, input } = context;
  const stopped = [sources, targets]
    .filter(({ ended }) => !ended)
    .map(({ ref }) => streamText(ref));
  if (stopped.length > 0)
    return `${stopped.join(" and ")} could not be read to the end, so that what is missing may be there all the same.`;
  const link = input.links.get(id);
  return link && !showsWritesOf(targets, link.writtenAt)
    ? `${streamText(targets.ref)} may not show yet what was written last.`
    : "The readings do not tell.";
}

/** The fields of the key that found something. */
function keyNames(rule: RuleView, id: string): string {
  const found = keySteps(rule, id).find((key) => key.found > 0);
  return (found?.parts ?? []).map(({ field }) => field).join(" and ");
}

/** Each match key with its value, and what it found. The first that finds anything decides. */
function keySteps(rule: RuleView, id: string): readonly KeyStep[] {
  const { context, input } = rule;
  const values = input.evaluations.get(id)?.keys ?? [];
  let decided = false;
  return input.rule.match.map((key, index): KeyStep => {
    const parts = key.parts.map(({ field, from }, part) => ({
      field,
      from: from.source,
      value: values[index]?.[part] ?? null,
    }));
    const fields = keyFields(rule, id, index);
    if (fields === null) return { at: key.at, parts, status: "empty", found: 0, sharedWith: [] };
    if (decided) return { at: key.at, parts, status: "not-reached", found: 0, sharedWith: [] };
    const candidates = context.index
      .candidates(index, fields)
      .flatMap((candidateId) => context.targets.records.get(candidateId) ?? []);
    const preferred = candidates.filter((target) => isPreferred(context, target)).length;
    const counted = preferredOf(context, candidates, { only: moves(rule, id) }).length;
    const sharedWith = sharers(rule, id, index, fields);
    decided = counted > 0 || sharedWith.length > 0;
    return {
      at: key.at,
      parts,
      status: "looked-up",
      found: candidates.length,
      ...(input.rule.prefer ? { preferred } : {}),
      sharedWith,
    };
  });
}

/** The record has a link, and is looked for among preferred records alone. */
function moves({ input, standings }: RuleView, id: string): boolean {
  return input.links.has(id) && standings.get(id)?.kind !== "lost";
}

function keyFields({ context, input }: RuleView, id: string, index: number): Fields | null {
  const key = input.rule.match[index];
  const values = input.evaluations.get(id)?.keys[index] ?? [];
  if (!key) return null;
  return keyOf(key, values, input.rule.target.schema, context.settings.phoneCountry);
}

/** Other source records that make it unclear, because they have the same key and no link either. */
function sharers(rule: RuleView, id: string, index: number, fields: Fields): KeyStep["sharedWith"] {
  if (rule.standings.get(id)?.kind !== "ambiguous") return [];
  const wanted = keyText(fields);
  return [...rule.standings.values()]
    .filter(({ kind }) => kind === "ambiguous" || kind === "in-doubt")
    .map(sourceIdOf)
    .filter((other) => other !== id)
    .flatMap((other) => {
      const theirs = keyFields(rule, other, index);
      const source = sourceOf(rule, other);
      if (!source || theirs === null || keyText(theirs) !== wanted) return [];
      const { sources } = rule.context;
      return [{ address: addressIn(sources.ref, other), label: labelOf(source, sources) }];
    })
    .slice(0, candidatesMax);
}
