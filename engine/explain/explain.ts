import { labelOf } from "../plan/context.ts";
import type { MappingInput, PlanInput } from "../plan/input.ts";
import { keyOfTarget } from "../plan/keys.ts";
import type { Plan } from "../plan/plan.ts";
import { addressText, type RecordAddress, type StreamRef, streamText } from "../value/address.ts";
import { answerOf } from "./answer.ts";
import { connectionSteps, readStep } from "./connected.ts";
import { endOf } from "./end.ts";
import type { Explanation, RuleExplanation, Unmanaged } from "./explanation.ts";
import { fieldsOf } from "./fields.ts";
import type { ExplainGround } from "./ground.ts";
import { matchOf } from "./match.ts";
import { referencedOf } from "./referenced.ts";
import { bringingOf, scopeOf } from "./scope.ts";
import { type MappingView, mappingView, type RuleView, subjectLabel, targetIdsOf } from "./view.ts";

/**
 * Says of one record what the plan does with it and why. Pure; it asks the same functions that made the plan.
 * `plan` is the whole plan of `input`, without `--only` and `--exclude`. Never fails: a record that is nowhere gives an
 * explanation of kind `none`, which says where it was looked for.
 */
export function explainRecord(
  input: PlanInput,
  plan: Plan,
  address: RecordAddress,
  ground: ExplainGround = {},
): Explanation {
  return explainIn(
    mappingView(input, plan, chosenMapping(input, address, ground), ground),
    address,
  );
}

function chosenMapping(
  { mappings }: PlanInput,
  address: RecordAddress,
  { mapping }: ExplainGround,
): MappingInput {
  const chosen =
    mapping === undefined
      ? (mappings.find((one) => sourceNames(one).includes(streamText(address))) ?? mappings[0])
      : mappings.find((one) => one.mapping.name === mapping);
  if (!chosen) throw new Error(`the mapping ${mapping ?? ""} was not gathered`);
  return chosen;
}

function sourceNames({ mapping }: MappingInput): readonly string[] {
  return mapping.sources.map(({ ref }) => streamText(ref));
}

/** The same for many records of one mapping. */
export function explainIn(view: MappingView, address: RecordAddress): Explanation {
  const subjects = subjectsOf(view, address);
  const rules = subjects.map(({ rule, id }) => explainRule(view, rule, id));
  const own = view.rules.filter(({ input }) => isOf(input.rule.source.ref, address));
  const leading = view.rules
    .filter(({ input }) => isOf(input.rule.target.ref, address) && input.rule.role !== "feedback")
    // The other direction of a choice has nothing to say to a record that lives in this one.
    .filter(({ input }) => input.rule.role !== "dormant" || own.length === 0);
  const known = isKnown(view, address);
  const belongs = subjects.some(({ rule }) => leading.includes(rule));
  const base = {
    format: 1,
    mapping: view.mapping.mapping.name,
    record: address,
    label: labelIn(view, address),
    kind: kindOf(view, address, { known, own, leading }),
    at: view.input.now.toISOString(),
    connected: connectionSteps(view),
    read: readStep(view, address),
    rules: known ? rules : [],
    // What the state alone knows, from a link that was replaced, is no record that could belong to somebody.
    unmanaged: isRead(view, address) && !belongs ? unmanagedBy(view, leading, address) : [],
    ...passedOverOf(view, address),
    stoppedBy: stoppedBy(view, rules),
  } as const;
  return { ...base, answer: answerOf(base) };
}

interface Subject {
  readonly rule: RuleView;
  /** Id of the source record. */
  readonly id: string;
}

/** The rules that have to do with a record, each with its source record: the record itself, or what it belongs to. */
export function subjectsOf(view: MappingView, address: RecordAddress): readonly Subject[] {
  return view.rules.flatMap((rule): readonly Subject[] => {
    const own = isOf(rule.input.rule.source.ref, address) ? [{ rule, id: address.id }] : [];
    const ids = isOf(rule.input.rule.target.ref, address) ? ownersOf(rule, address.id) : [];
    return [...own, ...ids.map((id) => ({ rule, id }))];
  });
}

/** The source records that are linked to a target record, or that it could belong to. */
function ownersOf(rule: RuleView, targetId: string): readonly string[] {
  const linked = [...rule.input.links].flatMap(([id, { target }]) =>
    target.id === targetId ? [id] : [],
  );
  const found = [...rule.standings].flatMap(([id, standing]) =>
    targetIdsOf(standing).includes(targetId) ? [id] : [],
  );
  return [...new Set([...linked, ...found])];
}

function explainRule(view: MappingView, rule: RuleView, id: string): RuleExplanation {
  const { rule: own } = rule.input;
  const match = matchOf(view, rule, id);
  const referenced = referencedOf(view, rule, id);
  const end = endOf(view, rule, id);
  return {
    rule: own.name,
    role: own.role,
    at: own.at,
    source: own.source.ref,
    target: own.target.ref,
    nouns: rule.context.nouns,
    subject: { ...own.source.ref, id },
    subjectLabel: subjectLabel(rule, id),
    scope: scopeOf(view, rule, id),
    bringing: bringingOf(view, rule, id),
    ...(referenced ? { referenced } : {}),
    ...(match ? { match } : {}),
    fields: fieldsOf(view, rule, id, end),
    end,
  };
}

function isOf(ref: StreamRef, address: RecordAddress): boolean {
  return streamText(ref) === streamText(address);
}

/** Whether a reading or the state knows the record. */
export function isKnown(view: MappingView, address: RecordAddress): boolean {
  const name = addressText(address);
  if (isRead(view, address)) return sourceNames(view.mapping).includes(streamText(address));
  const linked = view.mapping.links.some(({ source, target }) =>
    [source, target].some((end) => addressText(end) === name),
  );
  return (
    linked ||
    view.rules.some(({ input }) => input.intents.some(({ source }) => addressText(source) === name))
  );
}

function isRead(view: MappingView, address: RecordAddress): boolean {
  return view.input.readings.get(streamText(address))?.records.has(address.id) ?? false;
}

function kindOf(
  view: MappingView,
  address: RecordAddress,
  at: {
    readonly known: boolean;
    readonly own: readonly RuleView[];
    readonly leading: readonly RuleView[];
  },
): Explanation["kind"] {
  if (!at.known) return "none";
  if (at.own.some(({ input }) => input.rule.role === "authoritative")) return "source";
  if (at.leading.length > 0) return "target";
  if (at.own.length > 0) return "source";
  const used = view.rules.some(({ input }) => isOf(input.rule.target.ref, address));
  return used ? "target" : "lookup";
}

/** What a person calls a record; of one that is gone, the name of its target. */
export function labelIn(view: MappingView, address: RecordAddress): string {
  const reading = view.input.readings.get(streamText(address));
  const record = reading?.records.get(address.id);
  if (reading && record) return labelOf(record, reading);
  const rule = view.rules.find(
    ({ input }) => isOf(input.rule.source.ref, address) && input.links.has(address.id),
  );
  return rule ? subjectLabel(rule, address.id) : address.id;
}

function passedOverOf(view: MappingView, address: RecordAddress): Pick<Explanation, "passedOver"> {
  const group = view.planned.passedOver.get(` ${addressText(address)}`);
  if (!group) return {};
  const { code, reason, at } = group;
  return { passedOver: { code, reason, at } };
}

/** Of a target record that nothing belongs to: the keys by which each rule would have found it. */
function unmanagedBy(
  view: MappingView,
  leading: readonly RuleView[],
  address: RecordAddress,
): readonly Unmanaged[] {
  return leading.map(({ input, context }) => {
    const { rule } = input;
    const record = context.targets.records.get(address.id);
    const { one } = context.nouns.source;
    const sure = input.living && context.sources.ended && context.targets.ended;
    return {
      rule: rule.name,
      at: rule.at,
      source: rule.source.ref,
      noun: context.nouns.source,
      why: sure
        ? `No ${one} that the rule takes has one of its keys.`
        : input.living
          ? `Whether a ${one} has one of its keys cannot be told: not everything could be read.`
          : "The rule is switched off.",
      keys: rule.match.map((key) => ({
        at: key.at,
        fields: keyOfTarget(
          key,
          record?.fields ?? {},
          rule.target.schema,
          view.input.settings.phoneCountry,
        ),
      })),
      reported: rule.on.unmanaged === "report",
    };
  });
}

function stoppedBy(view: MappingView, rules: readonly RuleExplanation[]): Explanation["stoppedBy"] {
  const { barrier } = view.mapping;
  if (barrier) return [{ code: barrier.code, message: barrier.message }];
  if (!rules.some(({ end }) => end.kind === "change")) return [];
  return view.plan.guards
    .filter(({ allowed, mapping }) => !allowed && mapping === view.mapping.mapping.name)
    .map(({ code, message }) => ({ code, message }));
}
