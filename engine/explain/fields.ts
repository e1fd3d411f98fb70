import type { StreamRecord } from "../connector/connector.ts";
import type { FieldRule } from "../mapping/mapping.ts";
import { type Comparison, compare } from "../plan/compare.ts";
import { sameInTarget } from "../plan/context.ts";
import { type Desire, desire } from "../plan/desire.ts";
import type { FieldChange } from "../plan/plan.ts";
import type { Standing } from "../plan/situate.ts";
import type { Link } from "../state/store.ts";
import type { Value } from "../value/value.ts";
import type { End, FieldOutcome, FieldStep, ThroughStep } from "./explanation.ts";
import { writtenWhy } from "./field-words.ts";
import { readValues } from "./reads.ts";
import { retiredFields } from "./retired-fields.ts";
import { throughOf } from "./through.ts";
import { type MappingView, type RuleView, readGround, sourceOf } from "./view.ts";

/*
 * Step 5: what each field gets. What is written and what waits is taken from the same functions that made the plan;
 * here it is only told apart why the other fields are left as they are.
 */

export function fieldsOf(
  view: MappingView,
  rule: RuleView,
  id: string,
  end: End,
): readonly FieldStep[] {
  const standing = rule.standings.get(id);
  if (!standing) return [];
  if (standing.kind === "left" || standing.kind === "gone")
    return retiredFields(rule, standing, plannedFields(end));
  const at = groundOf(view, rule, id, standing, end);
  return at ? rule.input.rule.fields.map((field, index) => stepOf(at, field, index)) : [];
}

/** All that the fields of one record are held against. */
interface FieldGround {
  readonly view: MappingView;
  readonly rule: RuleView;
  readonly id: string;
  readonly aim: "create" | "update";
  readonly target: StreamRecord | null;
  readonly link: Link | null;
  readonly wish: Desire;
  readonly comparison: Comparison;
  /** What the plan writes. */
  readonly planned: ReadonlyMap<string, FieldChange>;
  readonly end: End;
}

function groundOf(
  view: MappingView,
  rule: RuleView,
  id: string,
  standing: Standing,
  end: End,
): FieldGround | null {
  const { context, input } = rule;
  const source = sourceOf(rule, id);
  const evaluation = input.evaluations.get(id);
  if (!source || !evaluation?.inScope || evaluation.trouble) return null;
  const target = targetOf(rule, standing);
  const link =
    standing.kind === "linked" || standing.kind === "unsettled" ? linkOf(rule, id) : null;
  const aim = target || standing.kind === "unsettled" ? "update" : "create";
  const wish = desire(context, source, aim);
  const comparison: Comparison =
    wish.ok && target
      ? compare(context, wish.fields, target, link)
      : { changes: [], agreed: {}, heldDrift: [], heldCreation: [], waitsFor: [] };
  return { view, rule, id, aim, target, link, wish, comparison, planned: plannedFields(end), end };
}

function linkOf(rule: RuleView, id: string): Link | null {
  return rule.input.links.get(id) ?? null;
}

/** The target that the values are held against. A candidate is one, also while it waits for a person. */
function targetOf(rule: RuleView, standing: Standing): StreamRecord | null {
  switch (standing.kind) {
    case "linked":
    case "candidate":
    case "answered":
      return standing.target;
    case "unsettled": {
      const link = rule.input.links.get(standing.source.id);
      return (link && rule.context.targets.records.get(link.target.id)) ?? null;
    }
    default:
      return null;
  }
}

function plannedFields(end: End): ReadonlyMap<string, FieldChange> {
  if (end.kind !== "change") return new Map();
  const fields = end.changes.flatMap((change) => ("fields" in change ? change.fields : []));
  return new Map(fields.map((field) => [field.field, field]));
}

function stepOf(at: FieldGround, field: FieldRule, index: number): FieldStep {
  const { view, rule, id, target, link, wish } = at;
  const value = rule.input.evaluations.get(id)?.fields[index];
  const wanted = wish.ok ? wish.fields.find((one) => one.rule === field) : undefined;
  const actual = target?.fields[field.field];
  const baseline = link?.baseline[field.field];
  const through = throughOf(view, rule, field, value);
  return {
    field: field.field,
    at: field.at,
    from: field.from.source,
    reads: readValues(field.from, readGround(view, rule, id)),
    ...(value === undefined ? {} : { value }),
    ...(wanted ? { given: wanted.value } : {}),
    ...(actual === undefined ? {} : { target: actual }),
    ...(baseline === undefined ? {} : { baseline }),
    ...(through ? { through } : {}),
    ...outcomeOf(at, field, { value, wanted: wanted?.value, through }),
  };
}

type Outcome = Pick<FieldStep, "outcome" | "why" | "reason">;

function told(outcome: FieldOutcome, why: string): Outcome {
  return { outcome, why };
}

interface Given {
  /** What the expression gave. */
  readonly value: Value | undefined;
  /** The same as the target should have it. */
  readonly wanted: Value | undefined;
  readonly through: ThroughStep | undefined;
}

function outcomeOf(at: FieldGround, field: FieldRule, { value, wanted, through }: Given): Outcome {
  const planned = at.planned.get(field.field);
  if (planned) return { outcome: "written", reason: planned.why, why: writtenWhy[planned.why] };
  if (value === undefined) return told("left-out", leftOutWhy(at, field));
  if (at.aim === "update" && field.set === "on-create" && field.drift !== "hold")
    return told("left-out", "It is set when the record is created, and never after that.");
  const obstacle = at.wish.ok ? undefined : at.wish.obstacles.find(({ rule }) => rule === field);
  if (obstacle?.code === "reference-missing")
    return told("waits", "The record cannot be written without it.");
  if (obstacle) return told("waits", `The record cannot be written: ${obstacle.why}.`);
  if (wanted === undefined && at.wish.ok)
    return through?.status === "missing"
      ? told("waits", "A linking run writes to no system; the next plan looks again.")
      : told("kept", keptWhy(at));
  if (wanted === undefined) return heldBack(at, field, through?.counterpart?.id ?? value);
  if (!at.target)
    return wanted === null && at.end.kind === "change"
      ? told("same", "It is empty, and stays so.")
      : told("waits", waitingWhy(at.end));
  if (at.comparison.heldDrift.includes(field.field))
    return told("waits", "Somebody changed it in the target, and the rule waits for a person.");
  if (at.comparison.heldCreation.includes(field.field))
    return told(
      "waits",
      "It can be set only when the record is created, and should differ by now.",
    );
  const differs = at.comparison.changes.find((change) => change.field === field.field);
  if (differs && at.end.kind === "in-step" && at.view.plan.header.purpose === "sync")
    return told("kept", "It differs, and the rule leaves records that are linked as they are.");
  if (differs) return { ...told("waits", waitingWhy(at.end)), reason: differs.why };
  return unchanged(at, field, wanted);
}

function keptWhy({ aim }: FieldGround): string {
  return aim === "create"
    ? "The source is empty, and the field is then not set."
    : "The source is empty, and the rule then leaves the target as it is.";
}

function leftOutWhy(at: FieldGround, field: FieldRule): string {
  if (field.set === "on-create" && at.aim === "update")
    return "It is set when the record is created, and never after that.";
  return field.when
    ? `The rule sets it only if ${field.when.source}, and that is not true.`
    : "It was not worked out.";
}

/** Another field stands in the way of the whole record. */
function heldBack(at: FieldGround, field: FieldRule, value: Value): Outcome {
  const actual = at.target?.fields[field.field];
  const same = actual !== undefined && sameInTarget(at.rule.context, field.field, actual, value);
  return same
    ? told("same", "Both sides hold it.")
    : told("waits", "The record is held because of another field.");
}

/** The comparison leaves it alone: told apart in the order in which it looks. */
function unchanged(at: FieldGround, field: FieldRule, wanted: Value): Outcome {
  const actual = at.target?.fields[field.field];
  const believed = actual === undefined ? at.link?.baseline[field.field] : actual;
  const same =
    believed !== undefined && sameInTarget(at.rule.context, field.field, believed, wanted);
  if (same && actual === undefined)
    return told(
      "untold",
      "The target does not tell this field. It is believed to hold what both sides agreed on last.",
    );
  if (same) return told("same", "Both sides hold it.");
  if (field.set === "on-create")
    return told("untold", "It can be set only when the record is created, and is not told.");
  if (field.set === "if-empty" && actual === undefined)
    return told("untold", "It is filled in only if it is empty, and the target does not tell.");
  if (field.set === "if-empty")
    return told("kept", "It is filled in only if it is empty, and it has a value.");
  return told("kept", "Somebody changed it in the target, and the rule leaves that as it is.");
}

/** Why a value that differs is not written by this plan. */
function waitingWhy(end: End): string {
  switch (end.kind) {
    case "held":
      return "The record is held: nothing of it is written until that is settled.";
    case "passed-over":
      return "The record is not brought in.";
    case "unsettled":
      return "Nothing is written until the readings can tell how things stand.";
    case "change":
      return "It is not part of this plan; a later one looks again.";
    case "in-step":
      return "A linking run writes to no system; the next plan looks again.";
    case "reported":
    case "outside":
    case "nothing":
      return "The rule writes nothing to this record.";
  }
}
