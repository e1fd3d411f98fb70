import type { StreamRecord } from "../connector/connector.ts";
import { addressIn, labelOf, type RuleContext, ruleContext } from "../plan/context.ts";
import type { Evaluation, MappingInput, PlanInput } from "../plan/input.ts";
import type { Change, Held, PassedOver, Plan } from "../plan/plan.ts";
import { streamText } from "../value/address.ts";
import type { AuditRecord } from "./finding.ts";

/** What one plan says of one mapping. */
interface PlanPart {
  readonly changes: readonly Change[];
  readonly held: readonly Held[];
  readonly passedOver: readonly PassedOver[];
}

/** One mapping with all that its audit looks at. */
export interface Ground {
  readonly mapping: MappingInput;
  /** The rules that bring records in, as far as they live, in the order of the file. */
  readonly rules: readonly RuleContext[];
  readonly linking: PlanPart;
  readonly syncing: PlanPart;
}

/** Null where nothing can be said of the mapping: it is barred, or a stream that its expressions need was not read. */
export function groundOf(
  input: PlanInput,
  mapping: MappingInput,
  plans: { readonly linking: Plan; readonly syncing: Plan },
): Ground | null {
  if (mapping.barrier) return null;
  const lookups = mapping.mapping.sources.filter((source) => source.use === "lookup");
  if (lookups.some(({ ref }) => !input.readings.get(streamText(ref))?.ended)) return null;
  const { name } = mapping.mapping;
  return {
    mapping,
    rules: mapping.rules
      .filter(({ living, rule }) => living && rule.role === "authoritative")
      .map((rule) => ruleContext(input, mapping, rule)),
    linking: partOf(plans.linking, name),
    syncing: partOf(plans.syncing, name),
  };
}

function partOf(plan: Plan, mapping: string): PlanPart {
  const own = <T extends { readonly mapping: string }>(list: readonly T[]) =>
    list.filter((one) => one.mapping === mapping);
  return { changes: own(plan.changes), held: own(plan.held), passedOver: own(plan.passedOver) };
}

export interface InScope {
  readonly source: StreamRecord;
  readonly evaluation: Evaluation;
}

/** The source records that a rule takes and whose expressions could be worked out. */
export function inScope(context: RuleContext): readonly InScope[] {
  const found: InScope[] = [];
  for (const source of context.sources.records.values()) {
    const evaluation = evaluationInScope(context, source.id);
    if (evaluation) found.push({ source, evaluation });
  }
  return found;
}

export function evaluationInScope(context: RuleContext, sourceId: string): Evaluation | null {
  const evaluation = context.input.evaluations.get(sourceId);
  return evaluation?.inScope && !evaluation.trouble ? evaluation : null;
}

/** Whether a record is linked or may become so: others do not stand in anybody's way. */
export function takesPart(context: RuleContext, { source, evaluation }: InScope): boolean {
  if (context.decided.ignored.has(source.id)) return false;
  return context.input.links.has(source.id) || evaluation.mayCreate || evaluation.mayLink;
}

export function sourceRecord(context: RuleContext, source: StreamRecord): AuditRecord {
  const link = context.input.links.get(source.id);
  return {
    side: "source",
    address: addressIn(context.sources.ref, source.id),
    label: labelOf(source, context.sources),
    ...(link ? { linkedTo: link.target } : {}),
  };
}

export function targetRecord(context: RuleContext, target: StreamRecord): AuditRecord {
  const link = context.linkedTargets.get(target.id);
  return {
    side: "target",
    address: addressIn(context.targets.ref, target.id),
    label: labelOf(target, context.targets),
    ...(link ? { linkedTo: link.source } : {}),
  };
}

/** The two names of a rule, as every finding carries them. */
export function namesOf(context: RuleContext) {
  return { mapping: context.mapping.mapping.name, rule: context.input.rule.name };
}
