import type { StreamRecord } from "../connector/connector.ts";
import type { Link } from "../state/store.ts";
import type { Fields, Value } from "../value/value.ts";
import { type RuleContext, sameInTarget } from "./context.ts";
import type { Desired } from "./desire.ts";
import type { FieldChange, FieldReason } from "./plan.ts";

export interface Comparison {
  readonly changes: readonly FieldChange[];
  /** Values that both sides hold although the baseline says otherwise or nothing. */
  readonly agreed: Fields;
  /** Fields that somebody changed in the target and whose rule says to wait for a person. */
  readonly heldDrift: readonly string[];
  /** Fields that can be set on creation only, hold another value since, and whose rule says to wait for a person. */
  readonly heldCreation: readonly string[];
  /** Changes that tie the records which the changed fields refer to. */
  readonly waitsFor: readonly string[];
}

/** Desired, actual and baseline of each field: a change, a newer baseline, or nothing. */
export function compare(
  context: RuleContext,
  desired: readonly Desired[],
  target: StreamRecord,
  link: Link | null,
): Comparison {
  const changes: FieldChange[] = [];
  const agreed: Record<string, Value> = {};
  const heldDrift: string[] = [];
  const heldCreation: string[] = [];
  const waitsFor = new Set<string>();
  for (const one of desired) {
    const { field } = one.rule;
    const actual = target.fields[field];
    const baseline = link?.baseline[field];
    if (inStep(context, one, actual, baseline)) {
      if (baseline === undefined || !sameInTarget(context, field, baseline, one.value)) {
        agreed[field] = one.value;
      }
      continue;
    }
    // A field that is filled in only if it is empty may be untold or filled: both are left alone.
    if (one.rule.set === "if-empty" && actual !== null) continue;
    if (one.rule.set === "on-create") {
      if (actual !== undefined) heldCreation.push(field);
      continue;
    }
    const change = changeOf(context, one, actual, baseline, link);
    const drifted = change.why === "drift" || change.why === "source-changed-and-drift";
    if (drifted && one.rule.drift === "hold") heldDrift.push(field);
    else if (change.why === "drift" && one.rule.drift === "keep") continue;
    else {
      changes.push(change);
      if (one.change !== undefined) waitsFor.add(one.change);
    }
  }
  return { changes, agreed, heldDrift, heldCreation, waitsFor: [...waitsFor] };
}

/** A field that the target does not tell is believed to hold what both sides agreed on last. */
function inStep(
  context: RuleContext,
  one: Desired,
  actual: Value | undefined,
  baseline: Value | undefined,
): boolean {
  if (one.isAwaited) return false;
  const believed = actual === undefined ? baseline : actual;
  return believed !== undefined && sameInTarget(context, one.rule.field, believed, one.value);
}

function changeOf(
  context: RuleContext,
  one: Desired,
  actual: Value | undefined,
  baseline: Value | undefined,
  link: Link | null,
): FieldChange {
  const { field } = one.rule;
  const why = one.isAwaited
    ? reasonAwaited(baseline)
    : reasonOf(context, field, { desired: one.value, actual, baseline, link });
  return {
    field,
    ...(actual === undefined ? {} : { before: actual }),
    after: one.value,
    ...(baseline === undefined ? {} : { baseline }),
    why,
    ...referenceTo(one),
  };
}

/** A record that is only now created cannot be what the two sides agreed on. */
function reasonAwaited(baseline: Value | undefined): FieldReason {
  return baseline === undefined ? "first-agreement" : "source-changed";
}

/** What a change of a field tells about the record that it refers to. */
export function referenceTo({ label, change, isAwaited }: Desired): {
  readonly label?: string;
  readonly awaits?: string;
} {
  return {
    ...(label === undefined ? {} : { label }),
    ...(isAwaited && change !== undefined ? { awaits: change } : {}),
  };
}

function reasonOf(
  context: RuleContext,
  field: string,
  at: {
    readonly desired: Value;
    readonly actual: Value | undefined;
    readonly baseline: Value | undefined;
    readonly link: Link | null;
  },
): FieldReason {
  if (at.baseline === undefined) return "first-agreement";
  const moved = !sameInTarget(context, field, at.desired, at.baseline);
  const drifted = at.actual !== undefined && !sameInTarget(context, field, at.actual, at.baseline);
  if (!moved) return "drift";
  if (drifted) return "source-changed-and-drift";
  return at.link && at.link.ruleDigest !== context.input.digest
    ? "mapping-changed"
    : "source-changed";
}
