import type { StreamRecord } from "../connector/connector.ts";
import type { FieldRule } from "../mapping/mapping.ts";
import { type Fit, fitsType } from "../value/equal.ts";
import type { Value } from "../value/value.ts";
import type { RuleContext } from "./context.ts";

/** What a target field should hold, with the rule that says so. */
export interface Desired {
  readonly rule: FieldRule;
  /** Null as well where the id is not known yet. */
  readonly value: Value;
  /** For a reference through another mapping: what a person calls the record. */
  readonly label?: string;
  /** The change of this plan that ties that record, and has to come first. */
  readonly change?: string;
  /** That change creates it, so that its id is not known yet. */
  readonly isAwaited?: true;
}

/** Why a record cannot be written: a value that must be there is missing, or one that does not fit. */
export interface Obstacle {
  readonly code: "value-missing" | "value-unfit" | "reference-missing";
  readonly rule: FieldRule;
  readonly why: string;
}

export type Desire =
  | { readonly ok: true; readonly fields: readonly Desired[] }
  | { readonly ok: false; readonly obstacles: readonly Obstacle[] };

/** Every field that the rule wants to have a say in, for a new target or for one that exists. */
export function desire(
  context: RuleContext,
  source: StreamRecord,
  aim: "create" | "update",
): Desire {
  const values = context.input.evaluations.get(source.id)?.fields ?? [];
  const fields: Desired[] = [];
  const obstacles: Obstacle[] = [];
  for (const [index, rule] of context.input.rule.fields.entries()) {
    const evaluated = values[index];
    if (evaluated === undefined) continue;
    if (aim === "update" && rule.set === "on-create" && rule.drift !== "hold") continue;
    const given = givenOf(rule, evaluated);
    const result =
      rule.through === undefined || given === null
        ? plainOf(context, rule, given)
        : referenceOf(context, rule, rule.through, given);
    if (result === null) continue;
    if ("code" in result) obstacles.push(result);
    else fields.push(result);
  }
  return obstacles.length > 0 ? { ok: false, obstacles } : { ok: true, fields };
}

/** What the expression of a field gave, or what takes its place. */
export function givenOf(rule: FieldRule, evaluated: Value): Value {
  return isBlank(evaluated) ? (rule.fallback ?? null) : evaluated;
}

/** Null: the field takes no part. */
function plainOf(context: RuleContext, rule: FieldRule, given: Value): Desired | Obstacle | null {
  const fit = fitOf(context, rule, given);
  if (!fit.ok) return unfit(rule, fit.why);
  if (fit.value !== null) return { rule, value: fit.value };
  const obstacle = missing(context, rule);
  if (obstacle) return obstacle;
  return rule.whenNull === "clear" ? { rule, value: null } : null;
}

/** A linking run ties records and writes nothing, so that a reference without a counterpart is not in its way. */
function referenceOf(
  context: RuleContext,
  rule: FieldRule,
  through: string,
  given: Value,
): Desired | Obstacle | null {
  const { connection } = context.targets.ref;
  const stream = context.targets.schema.fields[rule.field]?.references ?? "";
  const found = context.references.resolve(through, { connection, stream }, String(given));
  switch (found.kind) {
    case "known": {
      const { id, label, change } = found;
      return { rule, value: id, ...(label ? { label } : {}), ...(change ? { change } : {}) };
    }
    case "awaited":
      return { rule, value: null, label: found.label, change: found.change, isAwaited: true };
    case "missing": {
      if (context.settings.purpose === "link") return null;
      const why = `${rule.field} refers to ${found.who}, which has no counterpart by the mapping ${through} yet: ${lowered(found.why)}`;
      return { code: "reference-missing", rule, why };
    }
  }
}

/** A sentence as the end of another: without its full stop. */
function lowered(sentence: string): string {
  return sentence.replace(/\.$/, "");
}

function missing(context: RuleContext, rule: FieldRule): Obstacle | null {
  const schema = context.targets.schema.fields[rule.field];
  const needed = rule.required || schema?.required === true;
  if (!needed && rule.whenNull !== "hold") return null;
  const who = needed
    ? `the ${context.nouns.target.one} needs it`
    : "the rule says to hold the record";
  return { code: "value-missing", rule, why: `${rule.field} would be empty, and ${who}` };
}

/** The value in the form that the target field has. Blank text is empty. */
function fitOf(context: RuleContext, rule: FieldRule, value: Value): Fit {
  const schema = context.targets.schema.fields[rule.field];
  return schema ? fitsType(schema.type, value, schema) : { ok: true, value };
}

function unfit(rule: FieldRule, why: string): Obstacle {
  return { code: "value-unfit", rule, why: `${rule.field}: ${why}` };
}

function isBlank(value: Value): boolean {
  return value === null || (typeof value === "string" && value.trim() === "");
}
