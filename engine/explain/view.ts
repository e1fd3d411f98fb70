import type { StreamRecord } from "../connector/connector.ts";
import { labelOf, type RuleContext, ruleContext } from "../plan/context.ts";
import type { MappingInput, PlanInput, RuleInput } from "../plan/input.ts";
import { unreadLookups } from "../plan/lookups.ts";
import type { Change, Held, PassedOver, Plan } from "../plan/plan.ts";
import { type Standing, situate } from "../plan/situate.ts";
import { addressText, type RecordAddress, streamText } from "../value/address.ts";
import type { Fields } from "../value/value.ts";
import { decidedReferences } from "./decided-references.ts";
import type { ExplainGround } from "./ground.ts";
import type { ReadGround } from "./reads.ts";

/*
 * One mapping with its plan, made ready for looking up single records: each rule with where every record of it stands,
 * and what the plan says about each address. Made once, however many records are explained.
 */

export interface MappingView {
  readonly input: PlanInput;
  readonly plan: Plan;
  readonly mapping: MappingInput;
  readonly ground: ExplainGround;
  readonly rules: readonly RuleView[];
  readonly planned: Planned;
  /** What expressions look up could be read. Otherwise nothing is decided for the whole mapping. */
  readonly unreadable: readonly string[];
}

export interface RuleView {
  readonly input: RuleInput;
  readonly context: RuleContext;
  /** By source id. Empty for a rule that plans nothing. */
  readonly standings: ReadonlyMap<string, Standing>;
}

/** What the plan says, by rule and source, as `plannedKey` writes them. */
interface Planned {
  readonly changes: ReadonlyMap<string, readonly Change[]>;
  /** Of all mappings, by id. */
  readonly byId: ReadonlyMap<string, Change>;
  readonly held: ReadonlyMap<string, Held>;
  readonly passedOver: ReadonlyMap<string, PassedOver>;
  readonly refreshed: ReadonlySet<string>;
}

export function mappingView(
  input: PlanInput,
  plan: Plan,
  mapping: MappingInput,
  ground: ExplainGround,
): MappingView {
  const unreadable = unreadLookups(input, mapping).map(streamText);
  const references = decidedReferences(input);
  const rules = mapping.rules.map((rule): RuleView => {
    const context = ruleContext(input, mapping, rule, references);
    const decided = rule.living && unreadable.length === 0;
    const standings = decided ? situate(context).standings : [];
    const bySource = new Map(standings.map((standing) => [sourceIdOf(standing), standing]));
    return { input: rule, context, standings: bySource };
  });
  const planned = plannedOf(plan, mapping.mapping.name);
  return { input, plan, mapping, ground, rules, planned, unreadable };
}

/** The rule is the empty text for what no rule takes. */
export function plannedKey(rule: string, source: RecordAddress): string {
  return `${rule} ${addressText(source)}`;
}

function plannedOf(plan: Plan, mapping: string): Planned {
  const own = <T extends { readonly mapping: string }>(list: readonly T[]) =>
    list.filter((one) => one.mapping === mapping);
  const key = (one: { readonly rule: string; readonly source: RecordAddress }) =>
    plannedKey(one.rule, one.source);
  const passedOver = own(plan.passedOver).flatMap((group) =>
    group.records.map(({ address }) => [plannedKey(group.rule ?? "", address), group] as const),
  );
  return {
    changes: Map.groupBy(own(plan.changes), key),
    byId: new Map(plan.changes.map((change) => [change.id, change])),
    held: new Map(own(plan.held).map((held) => [key(held), held])),
    passedOver: new Map(passedOver),
    refreshed: new Set(own(plan.refreshes).map(key)),
  };
}

export function sourceIdOf(standing: Standing): string {
  switch (standing.kind) {
    case "gone":
    case "outside":
      return standing.link.source.id;
    case "answered":
    case "in-doubt":
      return standing.intent.source.id;
    case "linked":
    case "left":
    case "lost":
    case "candidate":
    case "absent":
    case "keyless":
    case "ambiguous":
    case "parted":
    case "ignored":
    case "undecided":
    case "trouble":
    case "unsettled":
      return standing.source.id;
  }
}

/** The target records that the standing is about. */
export function targetIdsOf(standing: Standing): readonly string[] {
  switch (standing.kind) {
    case "ambiguous":
    case "in-doubt":
    case "undecided":
      return standing.candidates.map(({ id }) => id);
    case "linked":
    case "left":
    case "gone":
    case "lost":
    case "parted":
    case "outside":
      return [standing.link.target.id];
    case "candidate":
    case "answered":
      return [standing.target.id];
    case "absent":
    case "keyless":
    case "ignored":
    case "trouble":
    case "unsettled":
      return [];
  }
}

export function sourceOf(view: RuleView, id: string): StreamRecord | undefined {
  return view.context.sources.records.get(id);
}

/** What a person calls the source record; the name of its target where it is not there any more. */
export function subjectLabel(view: RuleView, id: string): string {
  const { sources, targets } = view.context;
  const source = sources.records.get(id);
  if (source) return labelOf(source, sources);
  const target = targets.records.get(view.input.links.get(id)?.target.id ?? "");
  return target ? labelOf(target, targets) : id;
}

/** What the expressions of the mapping see of a source record. */
export function readGround(view: MappingView, rule: RuleView, id: string): ReadGround {
  const { name, vars } = view.mapping.mapping;
  const fields: Fields = sourceOf(rule, id)?.fields ?? {};
  return {
    fields: { ...fields, id },
    vars: view.ground.vars?.get(name) ?? vars,
    linked: (other) =>
      view.rules.find((one) => one.input.rule.name === other)?.input.links.has(id) ?? false,
  };
}
