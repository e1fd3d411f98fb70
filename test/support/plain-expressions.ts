import fc from "fast-check";
import { expect } from "vitest";
import type { Expression } from "../../engine/expression/expression.ts";
import type { Fields, Value } from "../../engine/value/value.ts";
import { compiled, evaluated, scopeOf } from "./expressions.ts";

/*
 * Where an expression has `sync`, it gives what the interpreter gives. The interpreter is asked through `(0; …)`, a
 * block of two expressions, which has no `sync`.
 */

/** What an expression can see besides its record. */
export const world = {
  vars: { on: true, off: false, word: "a", nothing: null, odd: 0.1 + 0.2 },
  streams: {
    s: [
      { a: "a", b: "A", c: 1 },
      { a: "a", b: true, c: null },
      { a: "", b: "a", c: "blank" },
      { a: null, b: "a", c: "null" },
      { a: true, b: "a", c: "yes" },
      { a: 0, b: 1, c: "zero" },
      { a: 0.1 + 0.2, b: "a", c: "odd" },
      { a: "true", b: "true" },
      { b: "A", c: "no a" },
    ],
  },
};

export const scope = scopeOf(world);

const names = ["a", "b", "odd name", "constructor", "and"] as const;

export const scalar: fc.Arbitrary<Value> = fc.oneof(
  fc.constantFrom<Value>(
    null,
    "",
    " ",
    "a",
    "A",
    "true",
    "null",
    "0",
    "Ǆ",
    "İ",
    "\u00a0x ",
    " a\t\n b ",
  ),
  fc.constantFrom<Value>(
    true,
    false,
    0,
    -0,
    1,
    -1,
    0.1 + 0.2,
    1e21,
    1e-7,
    123456789.12345679,
    2 ** 53,
  ),
  fc.string({ unit: "binary", maxLength: 6 }),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
);

export const anyValue: fc.Arbitrary<Value> = fc.oneof(
  { weight: 9, arbitrary: scalar },
  { weight: 1, arbitrary: fc.constantFrom<Value>([], ["x"], ["x", "y"], {}, { x: 1 }, [null]) },
);

export function records(value: fc.Arbitrary<Value>): fc.Arbitrary<Fields> {
  const entries = fc.array(fc.tuple(fc.constantFrom(...names), value), { maxLength: 6 });
  return entries.map((pairs) => Object.fromEntries(pairs));
}

const field = fc.constantFrom(
  "a",
  "b",
  "missing",
  "`odd name`",
  "constructor",
  "toString",
  "`and`",
);

const literal = fc.constantFrom(
  ...[
    "'a'",
    "''",
    '"A"',
    "'null'",
    "'\\u0041\\n'",
    "0",
    "-1",
    "1.5",
    "1e21",
    "true",
    "false",
    "null",
  ],
);

/** `$x` is a value and `$y` a record, where an expression has given these names. */
const named = fc.constantFrom("$x", "$y.a", "$y.b", "$y.c", "$y.missing", "$y.constructor");
const variable = fc.constantFrom("$vars.on", "$vars.word", "$vars.nothing", "$vars.missing");

export const texts = expressions(fc.oneof(field, literal, variable));

export const withNames = fc
  .tuple(texts, lookups(texts), expressions(fc.oneof(field, literal, named, named)))
  .map(([x, y, last]) => `($x := ${x}; $y := ${y}; ${last})`);

function expressions(leaf: fc.Arbitrary<string>): fc.Arbitrary<string> {
  return fc.letrec<{ expression: string }>((tie) => ({
    expression: fc.oneof(
      { maxDepth: 4, withCrossShrink: true },
      leaf,
      leaf,
      fc
        .tuple(lookups(tie("expression")), fc.constantFrom("a", "b", "c", "missing", "toString"))
        .map(([lookup, name]) => `${lookup}.${name}`),
      two(tie("expression"), ["&", "=", "!=", "and", "or"]),
      fc
        .tuple(tie("expression"), tie("expression"), tie("expression"))
        .map(([a, b, c]) => `(${a} ? ${b} : ${c})`),
      fc.tuple(tie("expression"), tie("expression")).map(([a, b]) => `(${a} ? ${b})`),
      two(tie("expression"), ["?:", "??"]),
      fc
        .tuple(tie("expression"), fc.array(literal, { maxLength: 3 }))
        .map(([a, list]) => `(${a} in [${list.join(", ")}])`),
      call(tie("expression"), [
        "not",
        "boolean",
        "exists",
        "lowercase",
        "uppercase",
        "trim",
        "blank",
        "isBlank",
        "string",
      ]),
    ),
  })).expression;
}

function lookups(part: fc.Arbitrary<string>): fc.Arbitrary<string> {
  const sought = fc.constantFrom("a", "b", "c");
  return fc.oneof(
    fc.tuple(sought, part).map(([name, value]) => `$find('s', '${name}', ${value})`),
    fc.tuple(sought, part).map(([name, value]) => `$find('s', { '${name}': ${value} })`),
    fc.tuple(part, part).map(([a, b]) => `$find('s', { 'b': ${b}, 'a': ${a} })`),
  );
}

function two(part: fc.Arbitrary<string>, operators: readonly string[]): fc.Arbitrary<string> {
  const operator = fc.constantFrom(...operators);
  return fc.tuple(part, operator, part).map(([a, between, b]) => `(${a} ${between} ${b})`);
}

function call(part: fc.Arbitrary<string>, functions: readonly string[]): fc.Arbitrary<string> {
  return fc.tuple(fc.constantFrom(...functions), part).map(([name, a]) => `$${name}(${a})`);
}

/** An expression, and the same for the interpreter alone. */
export function bothWays(text: string): readonly [plainest: Expression, other: Expression] {
  return [compiled(text), compiled(`(0; ${text})`)];
}

/**
 * Compares the two for one record. False: it was left to the interpreter, which on a record of single values is for
 * errors only, and for lists where there are some.
 */
export async function agree(
  [plainest, other]: readonly [Expression, Expression],
  fields: Fields,
  { lists = false } = {},
): Promise<boolean> {
  const { sync } = plainest;
  if (!sync) throw new Error(`${plainest.source} has no sync`);
  const plain = sync(fields, scope);
  const interpreted = await evaluated(other, { ...world, fields });
  if (plain === undefined) {
    const flat = Object.values(fields).every(
      (value) => typeof value !== "object" || value === null,
    );
    if (flat && !lists) expect(interpreted.ok).toBe(false);
    return false;
  }
  expect(interpreted).toEqual({ ok: true, value: plain });
  return true;
}
