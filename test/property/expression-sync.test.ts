import fc from "fast-check";
import { expect, test } from "vitest";
import { compiled, evaluated } from "../support/expressions.ts";
import {
  agree,
  anyValue,
  bothWays,
  records,
  scalar,
  scope,
  texts,
  world,
} from "../support/plain-expressions.ts";

/* What needs no interpreter gives what the interpreter gives. */

test("what has no interpreter gives what the interpreter gives", async () => {
  const seen = { compared: 0, beyond: 0 };
  const property = fc.asyncProperty(texts, records(anyValue), async (text, fields) => {
    seen[(await agree(bothWays(text), fields)) ? "compared" : "beyond"] += 1;
  });
  await fc.assert(property, {
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
  "$string(a)",
  ...["$exists(a)", "$blank(a)", "$isBlank(a)", "$lowercase(a)", "$uppercase(a)", "$trim(a)"],
] as const;

test.each(kinds)("%s alone", async (text) => {
  const both = bothWays(text);
  const property = fc.asyncProperty(records(anyValue), async (fields) => {
    await agree(both, fields);
  });
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
    "$vars",
    "$vars.x.y",
    "$vars.x[0]",
    "$now()",
    "$length(a)",
    "$lowercase()",
    "a in b",
    "a in [b]",
    "($x := a)",
    "(a; $x := b; $x)",
    "($x := $length(a); $x)",
    "($x := a; $x.b)",
    "($f := $trim; $f(a))",
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
    "$vars.x.z = 'y'",
    "b + 1 = 2",
  );
  const sides = fc.tuple(texts, fc.constantFrom("and", "or"), right);
  const decided = { alone: 0, not: 0 };
  const property = fc.asyncProperty(sides, records(scalar), async ([a, operator, b], fields) => {
    const text = `(${a} ${operator} ${b})`;
    const plain = compiled(text).sync?.(fields, scope);
    if (plain === undefined) {
      decided.not += 1;
      return;
    }
    decided.alone += 1;
    expect(await evaluated(compiled(`(0; ${text})`), { ...world, fields })).toEqual({
      ok: true,
      value: plain,
    });
  });
  await fc.assert(property, { numRuns: 500 });
  expect(decided.alone).toBeGreaterThan(100);
  expect(decided.not).toBeGreaterThan(50);
});
