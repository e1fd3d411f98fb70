import type { Place } from "../config/place.ts";
import type { Situation } from "../mapping/mapping.ts";
import type { PlanInput, RuleInput } from "../plan/input.ts";
import type { Candidate, Change, Plan } from "../plan/plan.ts";
import { streamText } from "../value/address.ts";
import type { Entry, EntryField } from "./mapping-test.ts";

/** What a plan says, one entry for each thing that a test can expect. */
export function entriesOf(input: PlanInput, plan: Plan): readonly Entry[] {
  const said = [...changeEntries(plan), ...heldEntries(plan), ...passedOverEntries(input, plan)];
  return [...said, ...inStepEntries(input, said), ...otherEntries(plan)];
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

function changeEntries(plan: Plan): readonly Entry[] {
  return plan.changes.map((change) => ({
    ...nothing,
    kind: change.kind,
    what: change.source.id,
    label: change.label,
    rule: change.rule,
    ...("id" in change.target && { target: change.target.id }),
    situation: change.situation,
    fields: changeFields(change, plan),
    reason: change.reason,
    ...ruleAt(plan, change.rule),
  }));
}

function ruleAt(plan: Plan, rule: string): { readonly at?: Place } {
  const at = plan.rules.find((one) => one.rule === rule)?.at;
  return at ? { at } : {};
}

function changeFields(change: Change, plan: Plan): readonly EntryField[] {
  if (!("fields" in change)) return [];
  const places = plan.rules.find((one) => one.rule === change.rule)?.fieldsAt ?? {};
  return change.fields.map(({ field, before, after, why }) => {
    const at = why === "retired" ? undefined : places[field];
    return { field, ...(before !== undefined && { before }), after, why, ...(at && { at }) };
  });
}

function heldEntries(plan: Plan): readonly Entry[] {
  return plan.held.map(({ code, rule, situation, source, label, reason, candidates, at }) => ({
    ...nothing,
    kind: "hold",
    what: source.id,
    label,
    rule,
    situation,
    code,
    candidates: idsOf(candidates),
    differs: [
      ...new Set(candidates.flatMap((one) => one.differences.map(({ field }) => field))),
    ].sort(),
    reason,
    at,
  }));
}

function idsOf(candidates: readonly Candidate[]): readonly string[] {
  return candidates.map(({ address }) => address.id).sort();
}

function passedOverEntries(input: PlanInput, plan: Plan): readonly Entry[] {
  return plan.passedOver.flatMap(({ code, rule, reason, at, records }) =>
    records.map(({ address, label }) => {
      const ruleInput = rulesOf(input).find((one) => one.rule.name === rule);
      const ignored = code === "ignored" && ruleInput;
      return {
        ...nothing,
        kind: "passOver" as const,
        what: address.id,
        label,
        ...(rule !== undefined && { rule }),
        ...(ignored && { situation: situationOf(input, ruleInput, address.id) }),
        code,
        reason,
        at,
      };
    }),
  );
}

function rulesOf(input: PlanInput): readonly RuleInput[] {
  return input.mappings.flatMap(({ rules }) => rules);
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
function inStepEntries(input: PlanInput, said: readonly Entry[]): readonly Entry[] {
  const living = rulesOf(input).filter((one) => one.living);
  return living.flatMap((one) => {
    const { rule, links } = one;
    const targets = input.readings.get(streamText(rule.target.ref))?.records;
    return [...links.values()].flatMap(({ source, target }): readonly Entry[] => {
      const situation = situationOf(input, one, source.id);
      const told = said.some(({ what, rule: name }) => what === source.id && name === rule.name);
      // A linking run has nothing to say of records that have left.
      const asked = input.settings.purpose === "sync" || situation === "linked";
      if (told || !asked || !targets?.has(target.id)) return [];
      return [inStep(one, source.id, target.id, situation)];
    });
  });
}

function inStep({ rule }: RuleInput, source: string, target: string, situation: Situation): Entry {
  return {
    ...nothing,
    kind: "inStep",
    what: source,
    label: source,
    rule: rule.name,
    target,
    situation,
    reason: "Nothing has to be written.",
    at: rule.at,
  };
}

/** What the plan says of rules and of the whole. */
function otherEntries(plan: Plan): readonly Entry[] {
  return [
    ...plan.nearMatches.map(
      ({ rule, source, label, candidates }): Entry => ({
        ...nothing,
        kind: "near",
        what: source.id,
        label,
        rule,
        candidates: idsOf(candidates),
        reason: "There is no counterpart, and these nearly match.",
        ...ruleAt(plan, rule),
      }),
    ),
    ...plan.findings.map(
      ({ code, rule, message, records }): Entry => ({
        ...nothing,
        kind: "finding",
        what: code,
        label: code,
        ...(rule !== undefined && { rule, ...ruleAt(plan, rule) }),
        code,
        records: records.map(({ address }) => address.id).sort(),
        reason: message,
      }),
    ),
    ...plan.guards.map(
      ({ code, message }): Entry => ({
        ...nothing,
        kind: "guard",
        what: code,
        label: code,
        code,
        reason: message,
      }),
    ),
  ];
}
