import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import jsonata from "jsonata";
import { expect, test } from "vitest";
import { signatures } from "../../engine/expression/library/library.ts";
import { standardFunctions } from "../../engine/expression/library/standard.ts";
import { wordsByCode } from "../../engine/expression/run-time-errors.ts";
import { offsetOf, refusalOf, resultOf, troubleOf } from "../support/expressions.ts";

/*
 * What we rely on in JSONata without its being documented. When the pinned version is raised, this says what changed.
 */

const source = readFileSync(createRequire(import.meta.url).resolve("jsonata"), "utf8");

test("the version is the one that was looked at", () => {
  const require = createRequire(import.meta.url);
  expect(require("jsonata/package.json").version).toBe("2.2.2");
});

test("every function of JSONata is known, and no other", () => {
  const bound = [...source.matchAll(/(?:staticFrame|environment)\.bind\('(\w+)', defineFunction/g)];
  const names = new Set(bound.map(([, name]) => name));
  expect(new Set(standardFunctions.keys())).toEqual(names);
  expect(signatures.has("eval")).toBe(false);
});

test("no message of JSONata that holds a value reaches a person", () => {
  const templates = [...source.matchAll(/^ {8}"([TD]\d{4})": "(.*)",?/gm)];
  expect(templates.length).toBeGreaterThan(60);
  const withValues = templates
    .filter(([, , words = ""]) => words.includes("{{"))
    .map(([, code = ""]) => code);
  /* Not to be met here: $eval is off. `D2005` is not thrown any more. */
  const elsewhere = ["D3120", "D3121", "D2005"];
  for (const code of withValues.filter((one) => !elsewhere.includes(one))) {
    expect(wordsByCode.has(code), code).toBe(true);
  }
});

/** The name of this member alone would make a shape look like a promise. */
const thenBranch = "then";

/** Members of each node, by its path in the tree: what `node.ts`, `reads.ts` and `sync.ts` look for. */
const shapes: readonly (readonly [string, unknown])[] = [
  ["a", { type: "path", steps: [{ type: "name", value: "a", position: 1 }] }],
  ["'x'", { type: "string", value: "x", position: 3 }],
  ["-1", { type: "number", value: -1, position: 2 }],
  ["true", { type: "value", value: true, position: 4 }],
  [
    "a & 'x'",
    { type: "binary", value: "&", position: 3, lhs: { type: "path" }, rhs: { type: "string" } },
  ],
  [
    "a in ['x']",
    {
      type: "binary",
      value: "in",
      rhs: { type: "unary", value: "[", expressions: [{ type: "string" }] },
    },
  ],
  ["-a", { type: "unary", value: "-", expression: { type: "path" } }],
  ["{'k': a}", { type: "unary", value: "{", lhs: [[{ type: "string" }, { type: "path" }]] }],
  [
    "a ? b : c",
    {
      type: "condition",
      condition: { type: "path" },
      [thenBranch]: { type: "path" },
      else: { type: "path" },
    },
  ],
  [
    "a ?? b",
    {
      type: "condition",
      condition: {
        type: "function",
        procedure: { type: "variable", value: "exists" },
        arguments: [{ type: "path" }],
      },
      [thenBranch]: { type: "path" },
    },
  ],
  [
    "a ?: b",
    {
      type: "condition",
      condition: { type: "path" },
      [thenBranch]: { type: "path" },
      else: { type: "path" },
    },
  ],
  ["(a; b)", { type: "block", expressions: [{ type: "path" }, { type: "path" }] }],
  [
    "$not(a)",
    {
      type: "function",
      value: "(",
      position: 5,
      procedure: { type: "variable", value: "not", position: 4 },
      arguments: [{}],
    },
  ],
  [
    "f(1)",
    { type: "function", procedure: { type: "path", steps: [{ type: "name", value: "f" }] } },
  ],
  ["$f(?)", { type: "partial", arguments: [{ type: "operator", value: "?" }] }],
  ["$x := 1", { type: "bind", lhs: { type: "variable", value: "x" }, rhs: { type: "number" } }],
  [
    "function($v){ a }",
    { type: "lambda", arguments: [{ type: "variable", value: "v" }], body: { type: "path" } },
  ],
  [
    "function(){ $f() }",
    { type: "lambda", body: { type: "lambda", thunk: true, body: { type: "function" } } },
  ],
  ["a ~> $f", { type: "apply", lhs: { type: "path" }, rhs: { type: "variable" } }],
  [
    "a[b]",
    {
      type: "path",
      steps: [{ type: "name", stages: [{ type: "filter", expr: { type: "path" } }] }],
    },
  ],
  ["$f()[b]", { type: "function", predicate: [{ type: "filter", expr: { type: "path" } }] }],
  [
    "$f()[b].c",
    {
      type: "path",
      steps: [{ type: "function", predicate: [{ type: "filter" }] }, { type: "name" }],
    },
  ],
  ["a{'k': b}", { type: "path", group: { lhs: [[{ type: "string" }, { type: "path" }]] } }],
  ["a[]", { type: "path", keepSingletonArray: true }],
  [
    "a^(b)",
    {
      type: "path",
      steps: [{}, { type: "sort", terms: [{ descending: false, expression: { type: "path" } }] }],
    },
  ],
  ["a@$x.b", { type: "path", steps: [{ type: "name", focus: "x" }, { type: "name" }] }],
  ["a#$i.b", { type: "path", steps: [{ type: "name", index: "i" }, { type: "name" }] }],
  [
    "a[0]#$i.b",
    { type: "path", steps: [{ stages: [{ type: "filter" }, { type: "index", value: "i" }] }, {}] },
  ],
  ["*", { type: "wildcard" }],
  ["**", { type: "descendant" }],
  ["a.%", { type: "path", steps: [{}, { type: "parent" }] }],
  ["$", { type: "variable", value: "" }],
  ["$$", { type: "variable", value: "$" }],
  ["|a|{}|", { type: "transform", pattern: { type: "path" }, update: { type: "unary" } }],
  ["/x/i", { type: "regex", value: /x/gi, position: 4 }],
  ["and", { type: "path", steps: [{ type: "name", value: "and" }] }],
];

test.each(shapes)("%s has its shape", (text, shape) => {
  expect(jsonata(text).ast()).toMatchObject(Object(shape));
});

test("the left side of a default is copied, and its patterns and types are lost there", () => {
  expect(jsonata("$match(a, /b/) ?: 1").ast()).toMatchObject({
    condition: { arguments: [{}, { type: "regex", value: {} }] },
    [thenBranch]: { arguments: [{}, { type: "regex", value: /b/g }] },
  });
});

test("names that an expression gives itself are known", async () => {
  expect(await resultOf("($f := function($n){ $n < 1 ? 0 : $f($n - 1) }; $f(3))")).toBe(0);
  expect(await resultOf("list@$one.($one.a)", { fields: { list: [{ a: 1 }] } })).toBe(1);
  expect(await resultOf("list#$at.($at)", { fields: { list: ["x"] } })).toBe(0);
  expect(await resultOf("list[$ > 4]#$at.($at)", { fields: { list: [5, 6] } })).toEqual([0, 1]);
  expect(await resultOf("($o := { 'twice': function($n){ $n * 2 } }; $o.twice(4))")).toBe(8);
});

test("names are called by the right name, and their calls found where they stand", async () => {
  expect(offsetOf(refusalOf("a[$nope(b)]").at)).toBe(2);
  expect(offsetOf(refusalOf("{ 'k': $nope() }").at)).toBe(7);
  expect(offsetOf(refusalOf("a^($nope(b))").at)).toBe(3);
  expect(offsetOf(refusalOf("a ~> $nope").at)).toBe(5);
  expect(offsetOf(refusalOf("|a|{'k': $nope()}|").at)).toBe(9);
  expect(offsetOf(refusalOf("function(){ $nope() }").at)).toBe(12);
  expect(offsetOf(refusalOf("$nope(?)").at)).toBe(0);
  expect((await troubleOf("($o := { 'f': 1 , 'g': function(){ 1 } }; $o.f(1))")).message).toBe(
    "$f is called, and it is no function.",
  );
});
