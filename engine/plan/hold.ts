import type { Code } from "../codes.ts";
import { codeEntry } from "../codes.ts";
import type { Place } from "../config/place.ts";
import type { StreamRecord } from "../connector/connector.ts";
import type { FieldRule, Situation } from "../mapping/mapping.ts";
import type { RecordAddress } from "../value/address.ts";
import type { Value } from "../value/value.ts";
import { addressIn, labelOf, type RuleContext, sameInTarget } from "./context.ts";
import type { Obstacle } from "./desire.ts";
import type { Candidate, Held } from "./plan.ts";

/* What is written down about a record that is not written: the reason, and what a person can do about it. */

export interface HoldSubject {
  readonly source: RecordAddress;
  readonly label: string;
  readonly situation: Situation;
}

export function hold(
  context: RuleContext,
  subject: HoldSubject,
  why: {
    readonly code: Code;
    readonly reason: string;
    /** Default: the remedy of the code. */
    readonly todo?: string;
    /** Default: the rule. */
    readonly at?: Place;
    readonly candidates?: readonly Candidate[];
  },
): Held {
  return {
    code: why.code,
    mapping: context.mapping.mapping.name,
    rule: context.input.rule.name,
    ...subject,
    reason: why.reason,
    todo: why.todo ?? codeEntry(why.code).remedy,
    candidates: why.candidates ?? [],
    at: why.at ?? context.input.rule.at,
  };
}

/** One held record for all the values that are missing or do not fit. */
export function holdForObstacles(
  context: RuleContext,
  subject: HoldSubject,
  obstacles: readonly Obstacle[],
): Held {
  const [first] = obstacles;
  if (!first) throw new Error("a record is held for no reason");
  const reason = `${obstacles.map((obstacle) => obstacle.why).join("; ")}.`;
  return hold(context, subject, { code: first.code, reason, at: first.rule.at });
}

/** A target record as a candidate, with the fields in which the source speaks against it. */
export function candidate(
  context: RuleContext,
  source: StreamRecord | null,
  target: StreamRecord,
): Candidate {
  const linked = context.linkedTargets.get(target.id);
  return {
    address: addressIn(context.targets.ref, target.id),
    label: labelOf(target, context.targets),
    differences: source ? differences(context, source, target) : [],
    ...(linked ? { linkedTo: linked.source } : {}),
  };
}

/** The `agree` fields in which the two records differ, as far as the target tells. */
export function differences(
  context: RuleContext,
  source: StreamRecord,
  target: StreamRecord,
): Candidate["differences"] {
  const { rule } = context.input;
  const values = context.input.evaluations.get(source.id)?.fields ?? [];
  const found: { field: string; source: Value; target: Value }[] = [];
  for (const field of rule.agree) {
    const index = rule.fields.findIndex((one) => one.field === field);
    const given = values[index] ?? rule.fields[index]?.fallback ?? null;
    const desired = counterpartOf(context, rule.fields[index], given);
    const actual = target.fields[field];
    if (index < 0 || actual === undefined) continue;
    if (!sameInTarget(context, field, desired, actual)) {
      found.push({ field, source: desired, target: actual });
    }
  }
  return found;
}

/** A reference is compared by what it leads to. One that leads nowhere yet differs from whatever the target holds. */
function counterpartOf(context: RuleContext, rule: FieldRule | undefined, given: Value): Value {
  if (rule?.through === undefined || given === null) return given;
  const { connection } = context.targets.ref;
  const stream = context.targets.schema.fields[rule.field]?.references ?? "";
  const found = context.references.resolve(rule.through, { connection, stream }, String(given));
  return found.kind === "known" ? found.id : null;
}
