import type { StreamRecord } from "../connector/connector.ts";
import type { FieldRule } from "../mapping/mapping.ts";
import { type Fit, fitsType } from "../value/equal.ts";
import type { Value } from "../value/value.ts";
import type { RuleContext } from "./context.ts";

/** What a target field should hold, with the rule that says so. */
export interface Desired {
  readonly rule: FieldRule;
  readonly value: Value;
}

/** Why a record cannot be written: a value that must be there is missing, or one that does not fit. */
export interface Obstacle {
  readonly code: "value-missing" | "value-unfit";
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
    if (aim === "update" && rule.set === "on-create") continue;
    const fit = fitOf(context, rule, isBlank(evaluated) ? (rule.fallback ?? null) : evaluated);
    const obstacle = fit.ok ? null : unfit(rule, fit.why);
    const value = fit.ok ? fit.value : null;
    const reason = obstacle ?? (value === null ? missing(context, rule) : null);
    if (reason) obstacles.push(reason);
    else if (value !== null || rule.whenNull === "clear") fields.push({ rule, value });
  }
  return obstacles.length > 0 ? { ok: false, obstacles } : { ok: true, fields };
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
