import type { Expression } from "../expression/expression.ts";
import { parse } from "../expression/parse.ts";
import { readsOf } from "../expression/reads.ts";
import type { Fields, Value } from "../value/value.ts";
import type { ReadValue } from "./explanation.ts";

/* What an expression looks at, with the values that it found there. */

/** What an expression can look at besides the fields of its record. */
export interface ReadGround {
  /** With `id`. */
  readonly fields: Fields;
  /** The variables of the mapping, as far as they may be shown. */
  readonly vars: Fields;
  readonly linked: (rule: string) => boolean;
}

interface Names {
  readonly fields: readonly string[];
  readonly vars: readonly string[];
  readonly linked: readonly string[];
}

const nothing: Names = { fields: [], vars: [], linked: [] };

const known = new WeakMap<Expression, Names>();

/** Each thing once, in the order in which the expression names it; fields first. */
export function readValues(expression: Expression, ground: ReadGround): readonly ReadValue[] {
  const names = known.get(expression) ?? namesOf(expression);
  known.set(expression, names);
  return [
    ...names.fields.map((name) => valued(name, ground.fields[name])),
    ...names.vars.map((name) => valued(`$vars.${name}`, ground.vars[name])),
    ...names.linked.map((name) => ({ name: `$linked('${name}')`, value: ground.linked(name) })),
  ];
}

function namesOf({ constant, source }: Expression): Names {
  if (constant !== undefined) return nothing;
  const parsed = parse(source);
  // An expression of a mapping that was loaded can be parsed.
  if (!parsed.ok) throw new Error(`the expression cannot be parsed: ${source}`);
  const { fields, vars, linked } = readsOf(parsed.tree);
  const once = (reads: readonly { readonly name: string }[]) => [
    ...new Set(reads.map(({ name }) => name)),
  ];
  return { fields: once(fields), vars: once(vars), linked: once(linked) };
}

function valued(name: string, value: Value | undefined): ReadValue {
  return value === undefined ? { name } : { name, value };
}
