import type { Mapping } from "../mapping/mapping.ts";
import { type StreamRef, streamText } from "../value/address.ts";
import { type References, type RuleContext, ruleContext } from "./context.ts";
import { decideRule } from "./decide.ts";
import { type Decision, emptyDecision } from "./decision.ts";
import { givenOf } from "./desire.ts";
import { type FindMade, finderOf, type Made, madeByCreates, madeByUpdates } from "./elsewhere.ts";
import type { MappingInput, PlanInput, RuleInput } from "./input.ts";
import { unreadLookups } from "./lookups.ts";
import type { Change } from "./plan.ts";
import { notReferenced } from "./subject.ts";
import { goesThrough, resolver } from "./through.ts";

/*
 * Decides for all rules of all mappings. A mapping that references go through is decided before those that refer to
 * it. What it creates only when it is referred to depends on them in turn: first everything that is mentioned counts as
 * wanted, and what nothing that is written waits for in the end is left out again. Nothing else changes by that: who
 * refers to it is held for a reason of their own.
 */

export interface DecidedRule {
  readonly mapping: MappingInput;
  readonly rule: RuleInput;
  readonly decision: Decision;
}

/** With what the decision was made from, where one was made. */
interface Decided extends DecidedRule {
  readonly context: RuleContext | null;
}

/** In the order in which they depend on each other, and of the files where they do not. */
export function decideAll(input: PlanInput): readonly DecidedRule[] {
  const wanted = mentioned(input);
  const decided = decideWanted(input, { wanted, made: input.made });
  const { made, isOther } = madeAfter(input, decided);
  const given = { wanted, made };
  return decideNeeded(input, given, isOther ? decideWanted(input, given) : decided);
}

/** What a decision takes for given. */
interface Given {
  /** Records that others mention, of mappings that create some records only when they are needed. */
  readonly wanted: ReadonlySet<string>;
  /** What every mapping that creates in a list with others has made. */
  readonly made: readonly Made[];
  /** Ids of creates that nothing waits for. */
  readonly idle?: ReadonlySet<string>;
}

/**
 * What is known of the records of others once everything was decided: updates can give a record the key of one that
 * another mapping creates, and creates in doubt are answered. Which mapping comes first says nothing about either, so that
 * everything is decided once more where that makes a difference.
 */
function madeAfter(
  input: PlanInput,
  decided: readonly Decided[],
): { readonly made: readonly Made[]; readonly isOther: boolean } {
  const answered = new Set(
    decided.flatMap(({ decision }) => decision.answered.map(({ changeId }) => changeId)),
  );
  const open = input.made.filter(({ intent }) => intent === undefined || !answered.has(intent));
  const updated = decided.flatMap(({ rule: { rule }, decision }) => {
    const { ref, schema } = rule.target;
    const reading = input.readings.get(streamText(ref));
    return schema.list ? madeByUpdates(rule, decision.changes, reading) : [];
  });
  const isMet = updated.length > 0 && meets(input, decided, updated);
  const isAnswered = open.length < input.made.length && isSomebodyWaiting(decided);
  return { made: [...open, ...updated], isOther: isMet || isAnswered };
}

/** Whether something is created that an update makes as well. */
function meets(input: PlanInput, decided: readonly Decided[], updated: readonly Made[]): boolean {
  return decided.some(({ mapping, rule, decision, context }) => {
    const find = findMadeFor(input, mapping, rule, updated);
    return decision.changes.some(
      (change) =>
        change.kind === "create" &&
        find(change.precondition.keys, context?.decided.apart.get(change.source.id)) !== null,
    );
  });
}

function isSomebodyWaiting(decided: readonly DecidedRule[]): boolean {
  return decided.some(({ decision }) =>
    decision.held.some(({ code }) => code === "made-elsewhere"),
  );
}

function findMadeFor(
  input: PlanInput,
  { mapping }: MappingInput,
  { rule }: RuleInput,
  made: readonly Made[],
): FindMade {
  const others = made.filter((one) => one.mapping !== mapping.name);
  const { phoneCountry } = input.settings;
  return finderOf(rule, others, {
    phoneCountry,
    reading: input.readings.get(streamText(rule.target.ref)),
  });
}

/**
 * Without what nothing that is written waits for. Where somebody else has made way for it, everything is decided once more
 * as if it were not created; should it be needed after all then, the first decision stands.
 */
function decideNeeded(
  input: PlanInput,
  given: Given,
  decided: readonly Decided[],
): readonly DecidedRule[] {
  const left = withoutIdle(decided);
  const idle = idsOf(decided).difference(idsOf(left));
  if (idle.size === 0 || !isSomebodyWaiting(left)) return left;
  const again = withoutIdle(decideWanted(input, { ...given, idle }));
  return idsOf(again).isDisjointFrom(idle) ? again : left;
}

function idsOf(decided: readonly DecidedRule[]): ReadonlySet<string> {
  return new Set(decided.flatMap(({ decision }) => decision.changes.map(({ id }) => id)));
}

function decideWanted(input: PlanInput, given: Given): readonly Decided[] {
  const byMapping = new Map<string, readonly Decision[]>();
  const resolve = resolver(input, byMapping);
  const all: Decided[] = [];
  let { made } = given;
  for (const mapping of inOrder(input.mappings)) {
    const { name } = mapping.mapping;
    const decided = mapping.rules.map((rule) => {
      const { ref } = rule.rule.target;
      const isWanted = (id: string) => given.wanted.has(wantedKey(name, ref, id));
      const findMade = findMadeFor(input, mapping, rule, made);
      return { mapping, rule, ...decide(input, mapping, rule, { resolve, isWanted, findMade }) };
    });
    const making = decided.flatMap(({ rule, decision }) =>
      madeByCreates(
        rule.rule,
        decision.changes.filter(({ id }) => !given.idle?.has(id)),
      ),
    );
    made = [...made, ...making];
    if (!mapping.barrier)
      byMapping.set(
        name,
        decided.map(({ decision }) => decision),
      );
    all.push(...decided);
  }
  return all;
}

function decide(
  input: PlanInput,
  mapping: MappingInput,
  rule: RuleInput,
  references: References,
): Pick<Decided, "decision" | "context"> {
  if (!rule.living || unreadLookups(input, mapping).length > 0) {
    return { decision: emptyDecision(), context: null };
  }
  const context = ruleContext(input, mapping, rule, references);
  return { decision: decideRule(context), context };
}

/**
 * Who creates records only when they are needed comes as late as possible: where two mappings would create the same
 * record, the one that keeps it creates it.
 */
function inOrder(mappings: readonly MappingInput[]): readonly MappingInput[] {
  const ordered = new Set<MappingInput>();
  const needsLazy = (one: MappingInput): boolean =>
    createsWhenReferenced(one) ||
    goesThrough(one.mapping).some((name) =>
      mappings.some((other) => other.mapping.name === name && needsLazy(other)),
    );
  const place = (one: MappingInput): void => {
    for (const name of goesThrough(one.mapping)) {
      const other = mappings.find(({ mapping }) => mapping.name === name);
      if (other && !ordered.has(other)) place(other);
    }
    ordered.add(one);
  };
  for (const one of mappings) if (!needsLazy(one)) place(one);
  for (const one of mappings) place(one);
  return [...ordered];
}

function wantedKey(mapping: string, to: StreamRef, id: string): string {
  return `${mapping} ${streamText(to)} ${id}`;
}

/** Every record that a record in scope refers to, of mappings that create some records only when they are needed. */
function mentioned(input: PlanInput): ReadonlySet<string> {
  const wanted = new Set<string>();
  const lazy = new Set(
    input.mappings.filter(createsWhenReferenced).map(({ mapping }) => mapping.name),
  );
  if (lazy.size === 0) return wanted;
  for (const { rules } of input.mappings) {
    for (const { rule, evaluations } of rules) {
      for (const [index, fieldRule] of rule.fields.entries()) {
        const { through, field } = fieldRule;
        if (through === undefined || !lazy.has(through)) continue;
        const stream = rule.target.schema.fields[field]?.references ?? "";
        const to = { connection: rule.target.ref.connection, stream };
        for (const { inScope, trouble, fields } of evaluations.values()) {
          const evaluated = inScope && !trouble ? fields[index] : undefined;
          const given = evaluated === undefined ? null : givenOf(fieldRule, evaluated);
          if (given !== null) wanted.add(wantedKey(through, to, String(given)));
        }
      }
    }
  }
  return wanted;
}

function createsWhenReferenced({ mapping }: { readonly mapping: Mapping }): boolean {
  return mapping.rules.some(({ whenReferenced }) => whenReferenced);
}

/** Without what would be created although nothing that is written waits for it. */
function withoutIdle(decided: readonly Decided[]): readonly Decided[] {
  const awaited = new Set(
    decided.flatMap(({ decision }) => decision.changes.flatMap(({ after }) => after)),
  );
  const isIdle = (change: Change): boolean =>
    change.kind === "create" && change.whenReferenced === true && !awaited.has(change.id);
  if (!decided.some(({ decision }) => decision.changes.some(isIdle))) return decided;
  return withoutIdle(decided.map((one) => without(one, isIdle)));
}

function without(one: Decided, isIdle: (change: Change) => boolean): Decided {
  const { context, decision } = one;
  for (const { source } of decision.changes.filter(isIdle)) {
    const record = context?.sources.records.get(source.id);
    if (context && record) notReferenced(context, record, decision);
  }
  const changes = decision.changes.filter((change) => !isIdle(change));
  return { ...one, decision: { ...decision, changes } };
}
