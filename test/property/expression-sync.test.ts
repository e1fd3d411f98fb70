import fc from "fast-check";
import { expect, test } from "vitest";
import type { Expression } from "../../engine/expression/expression.ts";
import type { Fields, Value } from "../../engine/value/value.ts";
import { compiled, evaluated } from "../support/expressions.ts";

/*
 * Where an expression has `sync`, it gives what the interpreter gives. The interpreter is asked through `(0; …)`, a
 * block of two expressions, which has no `sync`.
 */

const names = ["a", "b", "odd name", "constructor", "and"] as const;

const scalar: fc.Arbitrary<Value> = fc.oneof(
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

const anyValue: fc.Arbitrary<Value> = fc.oneof(
  { weight: 9, arbitrary: scalar },
  { weight: 1, arbitrary: fc.constantFrom<Value>([], ["x"], ["x", "y"], {}, { x: 1 }, [null]) },
);

function records(value: fc.Arbitrary<Value>): fc.Arbitrary<Fields> {
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

const texts = fc.letrec<{ expression: string }>((tie) => ({
  expression: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    field,
    literal,
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
    ]),
  ),
})).expression;

function two(part: fc.Arbitrary<string>, operators: readonly string[]): fc.Arbitrary<string> {
  const operator = fc.constantFrom(...operators);
  return fc.tuple(part, operator, part).map(([a, between, b]) => `(${a} ${between} ${b})`);
}

function call(part: fc.Arbitrary<string>, functions: readonly string[]): fc.Arbitrary<string> {
  return fc.tuple(fc.constantFrom(...functions), part).map(([name, a]) => `$${name}(${a})`);
}

const seen = { compared: 0, beyond: 0 };

async function compare(text: string, fields: Fields): Promise<void> {
  await compareOn(compiled(text), compiled(`(0; ${text})`), fields);
}

async function compareOn(plainest: Expression, other: Expression, fields: Fields): Promise<void> {
  const { sync } = plainest;
  if (!sync) throw new Error(`${plainest.source} has no sync`);
  const plain = sync(fields);
  const interpreted = await evaluated(other, { fields });
  if (plain === undefined) {
    seen.beyond += 1;
    const flat = Object.values(fields).every(
      (value) => typeof value !== "object" || value === null,
    );
    if (flat) expect(interpreted.ok).toBe(false);
    return;
  }
  seen.compared += 1;
  expect(interpreted).toEqual({ ok: true, value: plain });
}

test("what has no interpreter gives what the interpreter gives", async () => {
  await fc.assert(fc.asyncProperty(texts, records(anyValue), compare), {
    numRuns: 1_000,
    examples: [["(a & b)", { a: 0.1 + 0.2, b: null }]],
  });
  expect(seen.compared).toBeGreaterThan(600);
  expect(seen.beyond).toBeGreaterThan(10);
});

const kinds = [
  ...[
    "a",
    "'x'",
    "1.5",
    "-1",
    "true",
    "null",
    "(a)",
    "a & b",
    "a = b",
    "a != b",
    "a and b",
    "a or b",
  ],
  ...[
    "a ? b : 'x'",
    "a ? b",
    "a ?: b",
    "a ?? b",
    "a in ['a', 0, true, null]",
    "$not(a)",
    "$boolean(a)",
  ],
  ...["$exists(a)", "$blank(a)", "$isBlank(a)", "$lowercase(a)", "$uppercase(a)", "$trim(a)"],
] as const;

test.each(kinds)("%s alone", async (text) => {
  const [plainest, other] = [compiled(text), compiled(`(0; ${text})`)];
  const property = fc.asyncProperty(records(anyValue), (fields) =>
    compareOn(plainest, other, fields),
  );
  await fc.assert(property, { numRuns: 150 });
});

const beyondPlain = [
  ...[
    "a.b",
    "a[0]",
    "a[]",
    "a{b: 1}",
    "$.a",
    "$$",
    "*",
    "a + 1",
    "a < 1",
    "-a",
    "[a]",
    "{'x': a}",
    "(a; b)",
  ],
  ...[
    "$vars.x",
    "$now()",
    "$length(a)",
    "$lowercase()",
    "a in b",
    "a in [b]",
    "($x := a; $x)",
    "a ~> $trim",
  ],
  ...[
    "a^(b)",
    "a.$uppercase()",
    "$not",
    "$trim(?)",
    "a@$x",
    "a#$i",
    "$replace(a, 'x', 'y')",
    "(a & b)[0]",
  ],
] as const;

test.each(beyondPlain)("%s is left to the interpreter", (text) => {
  expect(compiled(text).sync).toBeUndefined();
});

test("constants have no need of either", async () => {
  for (const [text, value] of [
    ["'x'", "x"],
    ["-1", -1],
    ["true", true],
    ["null", null],
  ] as const) {
    const expression = compiled(text);
    expect(expression.constant).toBe(value);
    expect(expression.sync?.({})).toBe(value);
    expect(await evaluated(expression)).toEqual({ ok: true, value });
  }
  expect(compiled("a").constant).toBeUndefined();
});

test("the left side of `and` and `or` often decides alone, and then the right side is not looked at", async () => {
  const right = fc.constantFrom(
    "$length(`odd name`) > 1",
    "$linked('users')",
    "$vars.x = 'y'",
    "b + 1 = 2",
  );
  const sides = fc.tuple(texts, fc.constantFrom("and", "or"), right);
  const decided = { alone: 0, not: 0 };
  const property = fc.asyncProperty(sides, records(scalar), async ([a, operator, b], fields) => {
    const text = `(${a} ${operator} ${b})`;
    const plain = compiled(text).sync?.(fields);
    if (plain === undefined) {
      decided.not += 1;
      return;
    }
    decided.alone += 1;
    expect(await evaluated(compiled(`(0; ${text})`), { fields })).toEqual({
      ok: true,
      value: plain,
    });
  });
  await fc.assert(property, { numRuns: 500 });
  expect(decided.alone).toBeGreaterThan(100);
  expect(decided.not).toBeGreaterThan(50);
});
