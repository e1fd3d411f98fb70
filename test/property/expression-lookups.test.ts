import fc from "fast-check";
import { expect, test } from "vitest";
import type { Fields } from "../../engine/value/value.ts";
import { compiled, evaluated, scopeOf } from "../support/expressions.ts";
import {
  agree,
  anyValue,
  bothWays,
  records,
  scope,
  withNames,
  world,
} from "../support/plain-expressions.ts";

/* Records that are looked up, and names for values on the way, without the interpreter: the same as with it. */

test("what gives names to values and to records that it looks up gives what the interpreter gives", async () => {
  const property = fc.asyncProperty(withNames, records(anyValue), async (text, fields) => {
    await agree(bothWays(text), fields);
  });
  await fc.assert(property, { numRuns: 200 });
});

const kinds = [
  ...["$vars.on", "$vars.nothing", "$vars.missing", "$vars.toString", "a = $vars.word"],
  ...[
    "$find('s', 'a', a).b",
    "$find('s', 'a', a).constructor",
    "$find('s', { 'a': a }).c",
    "$find('s', { 'a': a, 'b': b }).c",
    "$find('s', 'b', $find('s', 'a', a).b).c",
    "$isBlank($find('s', 'c', a).b)",
    "$count($findAll('s', 'a', a))",
    "$count($findAll('s', 'b', b)[a = 'a']) = 1",
    "($y := $findAll('s', 'b', b); $count($y))",
  ],
  ...[
    "($x := a; $x)",
    "($x := a; $x := $x & b; $y := 'y'; $x & $y)",
    "($x := a; ($x := b; $y := $x; $x) & $x)",
    "($y := $find('s', 'a', a); $y.b & $y.c)",
    "($y := $find('s', 'a', a); $y := $find('s', 'b', $y.b); $y.c)",
    "($vars := $find('s', 'a', a); $vars.on)",
    "($vars := $find('s', 'a', a); $vars.b)",
  ],
  "$string($vars.on) = 'true'",
] as const;

test.each(kinds)("%s alone", async (text) => {
  const both = bothWays(text);
  const property = fc.asyncProperty(records(anyValue), async (fields) => {
    await agree(both, fields);
  });
  await fc.assert(property, { numRuns: 150 });
});

/** Where several records are found, what they give is a list, which is left to the interpreter. */
const listKinds = [
  "$findAll('s', 'a', a).c",
  "$findAll('s', { 'b': b }).c",
  "$findAll('s', 'b', b)[a = 'a'].c",
  "$findAll('s', 'b', b)[a].c",
  "$findAll('s', 'b', b)[$isBlank(a) or a = true].c",
  "$findAll('s', 'b', b)[a = $vars.word].c",
  "($y := $findAll('s', 'a', a); $y.b)",
  "($y := $findAll('s', 'a', a); $count($y) = 1 ? $y.b : null)",
  "($y := $findAll('s', 'b', b); $isBlank(a) ? $y.c : b)",
  "($x := 'a'; $y := $findAll('s', 'b', b)[a = $x]; $y.c)",
] as const;

test.each(listKinds)("%s alone, where one record is found or none", async (text) => {
  const both = bothWays(text);
  const found = { one: 0, none: 0, several: 0 };
  const property = fc.asyncProperty(records(anyValue), async (fields) => {
    await agree(both, fields, { lists: true });
    const value = both[0].sync?.(fields, scope);
    found[value === undefined ? "several" : value === null ? "none" : "one"] += 1;
  });
  const examples: [Fields][] = [[{ a: true, b: "A" }], [{ a: 0, b: 1 }], [{ a: "a", b: "a" }]];
  await fc.assert(property, { numRuns: 100, examples });
  expect(found.none).toBeGreaterThan(0);
  expect(found.one).toBeGreaterThan(0);
});

const beyondPlain = [
  ...[
    "$find('s', 'a', a)",
    "$find('s', 'a', a)[0].b",
    "$find('s', 'a', a).b.c",
    "$find('s', 'a', a).b[0]",
    "$find('s', 'a', a).*",
    "$findAll('s', 'a', a)",
    "$findAll('s', 'a', a)[0][b].c",
    "$findAll('s', 'a', a)[$length(b) = 1].c",
    "($y := $findAll('s', 'a', a); $y)",
    "($y := $find('s', 'a', a); $count($y))",
    "$count($find('s', 'a', a))",
    "$count(a)",
    "($y := $findAll('s', 'a', a); $exists($y))",
    "($y := $findAll('s', 'a', a); $y[0].b)",
    "$find(a, 'a', a).b",
    "$find('s', b, a).b",
    "$find('s', 'a', $length(a)).b",
    "$find('s', { 'a': a, 'b': $length(b) }).b",
    "$find('s', { 'a': a, 'a': b }).b",
    "$find('s', 'a', a).$uppercase(b)",
    "a.$find('s', 'a', a).b",
    "'s' ~> $find('a', a)",
  ],
] as const;

test.each(beyondPlain)("%s is left to the interpreter", (text) => {
  expect(compiled(text).sync).toBeUndefined();
});

test("without a scope, whatever looks further than at the record is left to the interpreter", () => {
  const fields = { a: "a", b: "b" };
  for (const text of ["$vars.on", "$find('s', 'a', a).b", "$find('s', { 'a': a }).b"]) {
    expect(compiled(text).sync?.(fields)).toBeUndefined();
    expect(compiled(text).sync?.(fields, scope)).toBeDefined();
  }
  expect(compiled("a = 'a' ? b : $vars.on").sync?.(fields)).toBe("b");
});

test("a record itself is left to the interpreter, and so is a branch that is not plain", async () => {
  const given = [
    ["($y := $find('s', 'a', a); $y)", { a: "a" }, { a: "a", b: "A", c: 1 }],
    ["($y := $find('s', 'a', a); $y)", { a: "none" }, null],
    ["($y := $find('s', 'a', a); $exists($y))", { a: "a" }, true],
    ["($y := $find('s', 'a', a); $exists($y))", { a: "none" }, false],
    ["a = 'a' ? b : $length(b)", { a: "c", b: "four" }, 4],
    ["a = 'a' ? $length(b) : b", { a: "a", b: "four" }, 4],
    ["a = 'a' ? b : $length(b)", { a: "a", b: "four" }, "four"],
    ["b ?: $error('none')", { b: "four" }, "four"],
  ] as const;
  for (const [text, fields, value] of given) {
    const expression = compiled(text);
    const plain = expression.sync?.(fields, scope);
    const isPlain = value === null || value === false || value === "four";
    expect(plain, text).toEqual(isPlain ? value : undefined);
    expect(await evaluated(expression, { ...world, fields })).toEqual({ ok: true, value });
  }
  const failing = await evaluated(compiled("b ?: $error('none')"), { fields: { b: null } });
  expect(failing).toMatchObject({ ok: false, trouble: { message: "none" } });
});

test("a condition on thousands of records is left to the interpreter, which has a limit of time", async () => {
  const expression = compiled("$findAll('s', 'a', a)[b = $vars.word].b");
  const many = (count: number) => {
    const list = Array.from({ length: count }, (_, index) => ({
      a: "a",
      b: index === 7 ? "x" : "y",
    }));
    return { vars: { word: "x" }, streams: { s: list } };
  };
  for (const [count, plain] of [
    [1_000, "x"],
    [1_001, undefined],
  ] as const) {
    const large = scopeOf(many(count));
    expect(expression.sync?.({ a: "a" }, large)).toBe(plain);
    const result = await evaluated(expression, { fields: { a: "a" } }, large);
    expect(result).toEqual({ ok: true, value: "x" });
  }
});
