import type { Place } from "../config/place.ts";
import type { Situation } from "../mapping/mapping.ts";
import type { PlanInput, RuleInput } from "../plan/input.ts";
import type { Candidate, Change, Plan, RuleSummary } from "../plan/plan.ts";
import { streamText } from "../value/address.ts";
import type { Entry, EntryField } from "./mapping-test.ts";

/** What a plan says, one entry for each thing that a test can expect. */
export function entriesOf(input: PlanInput, plan: Plan): readonly Entry[] {
  const summaries = new Map(plan.rules.map((one) => [ruleKey(one.mapping, one.rule), one]));
  const rules = new Map(
    input.mappings.flatMap(({ mapping, rules: own }) =>
      own.map((one) => [ruleKey(mapping.name, one.rule.name), one] as const),
    ),
  );
  const said = [
    ...changeEntries(plan, summaries),
    ...heldEntries(plan),
    ...passedOverEntries(input, plan, rules),
  ];
  return [...said, ...inStepEntries(input, said, plan), ...otherEntries(plan, summaries)];
}

type Summaries = ReadonlyMap<string, RuleSummary>;

function ruleKey(mapping: string, rule: string | undefined): string {
  return `${mapping}/${rule}`;
}

export function isChange({ kind }: Entry): boolean {
  switch (kind) {
    case "create":
    case "link":
    case "update":
    case "retire":
    case "unlink":
    case "delete":
      return true;
    case "hold":
    case "passOver":
    case "inStep":
    case "near":
    case "finding":
    case "guard":
      return false;
  }
}

const nothing = { fields: [], candidates: [], differs: [], records: [] } as const;

function changeEntries({ changes }: Plan, summaries: Summaries): readonly Entry[] {
  const sources = new Map(changes.map(({ id, source }) => [id, source.id]));
  return changes.map((change) => ({
    ...nothing,
    kind: change.kind,
    what: change.source.id,
    label: change.label,
    mapping: change.mapping,
    rule: change.rule,
    ...("id" in change.target && { target: change.target.id }),
    situation: change.situation,
    fields: changeFields(change, sources, summaries),
    reason: change.reason,
    ...ruleAt(summaries, change),
  }));
}

function ruleAt(
  summaries: Summaries,
  of: { readonly mapping: string; readonly rule?: string },
): { readonly at?: Place } {
  const at = summaries.get(ruleKey(of.mapping, of.rule))?.at;
  return at ? { at } : {};
}

/** An id that is not known yet is told by the source record that its record is created for. */
function changeFields(
  change: Change,
  sources: ReadonlyMap<string, string>,
  summaries: Summaries,
): readonly EntryField[] {
  if (!("fields" in change)) return [];
  const places = summaries.get(ruleKey(change.mapping, change.rule))?.fieldsAt ?? {};
  return change.fields.map(({ field, before, after, why, awaits }) => {
    const at = why === "retired" ? undefined : places[field];
    const source = awaits === undefined ? undefined : sources.get(awaits);
    const told = after === null && source !== undefined ? { awaits: source } : after;
    return { field, ...(before !== undefined && { before }), after: told, why, ...(at && { at }) };
  });
}

function heldEntries(plan: Plan): readonly Entry[] {
  return plan.held.map(
    ({ code, mapping, rule, situation, source, label, reason, candidates, at }) => ({
      ...nothing,
      kind: "hold",
      what: source.id,
      label,
      mapping,
      rule,
      situation,
      code,
      candidates: idsOf(candidates),
      differs: [
        ...new Set(candidates.flatMap((one) => one.differences.map(({ field }) => field))),
      ].sort(),
      reason,
      at,
    }),
  );
}

function idsOf(candidates: readonly Candidate[]): readonly string[] {
  return candidates.map(({ address }) => address.id).sort();
}

function passedOverEntries(
  input: PlanInput,
  plan: Plan,
  rules: ReadonlyMap<string, RuleInput>,
): readonly Entry[] {
  return plan.passedOver.flatMap(({ code, mapping, rule, reason, at, records }) =>
    records.map(({ address, label }) => {
      const ruleInput = rules.get(ruleKey(mapping, rule));
      const ignored = code === "ignored" && ruleInput;
      return {
        ...nothing,
        kind: "passOver" as const,
        what: address.id,
        label,
        mapping,
        ...(rule !== undefined && { rule }),
        ...(ignored && { situation: situationOf(input, ruleInput, address.id) }),
        code,
        reason,
        at,
      };
    }),
  );
}

/** The situation of a record that the plan leaves alone, as far as it is told by its link. */
function situationOf(
  input: PlanInput,
  { rule, links, evaluations }: RuleInput,
  id: string,
): Situation {
  if (!links.has(id)) return "absent";
  const there = input.readings.get(streamText(rule.source.ref))?.records.has(id);
  if (!there) return "gone";
  return evaluations.get(id)?.inScope ? "linked" : "left";
}

/** A link of a living rule with both ends there, of which the plan says nothing else. */
function inStepEntries(
  input: PlanInput,
  said: readonly Entry[],
  { findings }: Plan,
): readonly Entry[] {
  const key = (mapping: string, rule: string | undefined, id: string) =>
    JSON.stringify([mapping, rule, id]);
  const told = new Set([
    ...said.map(({ mapping, rule, what }) => key(mapping, rule, what)),
    ...findings
      .filter(({ code }) => code === "source-left" || code === "source-gone")
      .flatMap(({ mapping, rule, records }) =>
        records.map(({ address }) => key(mapping, rule, address.id)),
      ),
  ]);
  return input.mappings.flatMap(({ mapping: { name }, rules }) =>
    rules
      .filter((one) => one.living)
      .flatMap((one) => {
        const { rule, links } = one;
        const targets = input.readings.get(streamText(rule.target.ref))?.records;
        return [...links.values()].flatMap(({ source, target }): readonly Entry[] => {
          const situation = situationOf(input, one, source.id);
          // A linking run has nothing to say of records that have left.
          const asked = input.settings.purpose === "sync" || situation === "linked";
          if (told.has(key(name, rule.name, source.id)) || !asked || !targets?.has(target.id))
            return [];
          return [inStep(name, one, { source: source.id, target: target.id, situation })];
        });
      }),
  );
}

function inStep(
  mapping: string,
  { rule }: RuleInput,
  {
    source,
    target,
    situation,
  }: { readonly source: string; readonly target: string; readonly situation: Situation },
): Entry {
  return {
    ...nothing,
    kind: "inStep",
    what: source,
    label: source,
    mapping,
    rule: rule.name,
    target,
    situation,
    reason: "Nothing has to be written.",
    at: rule.at,
  };
}

/** What the plan says of rules and of the whole. */
function otherEntries(plan: Plan, summaries: Summaries): readonly Entry[] {
  return [
    ...plan.nearMatches.map(
      ({ mapping, rule, source, label, candidates }): Entry => ({
        ...nothing,
        kind: "near",
        what: source.id,
        label,
        mapping,
        rule,
        candidates: idsOf(candidates),
        reason: "There is no counterpart, and these nearly match.",
        ...ruleAt(summaries, { mapping, rule }),
      }),
    ),
    ...plan.findings.map(
      ({ code, mapping, rule, message, records }): Entry => ({
        ...nothing,
        kind: "finding",
        what: code,
        label: code,
        mapping,
        ...(rule !== undefined && { rule, ...ruleAt(summaries, { mapping, rule }) }),
        code,
        records: records.map(({ address }) => address.id).sort(),
        reason: message,
      }),
    ),
    ...plan.guards.map(
      ({ code, mapping, message }): Entry => ({
        ...nothing,
        kind: "guard",
        what: code,
        label: code,
        mapping,
        code,
        reason: message,
      }),
    ),
  ];
}
