import { describe, expect, test } from "vitest";
import { childOf, scalarOf } from "../../engine/config/node.ts";
import { placeText } from "../../engine/config/place.ts";
import { parseYaml } from "../../engine/config/read-yaml.ts";
import { clausesOf } from "../../engine/explain/clauses.ts";
import { takeApart } from "../../engine/explain/take-apart.ts";
import { compileExpression } from "../../engine/expression/compile.ts";
import type { Expression } from "../../engine/expression/expression.ts";

/* A condition is taken apart at its outermost `and`s, and every part has its place in the file. */

describe("the parts of a condition", () => {
  test.each([
    ["is_user", ["is_user"]],
    ["is_user and active", ["is_user", "active"]],
    ["a and b and c", ["a", "b", "c"]],
    ["a and (b and c)", ["a", "(b and c)"]],
    ["(a and b) and c", ["(a and b)", "c"]],
    ["(a and b)", ["(a and b)"]],
    ["a or b and c", ["a or b and c"]],
    ["a and b or c", ["a and b or c"]],
    ["a = 'x and y' and b", ["a = 'x and y'", "b"]],
    ["and and and", ["and", "and"]],
    ["`a and b` and c", ["`a and b`", "c"]],
    ["a /* and */ and b", ["a /* and */", "b"]],
    ["x[a and b] and $not(c and d)", ["x[a and b]", "$not(c and d)"]],
    ["a and b ? c : d", ["a and b ? c : d"]],
    ["($x := a; $x and b)", ["($x := a; $x and b)"]],
  ])("%s", (source, parts) => {
    expect(clausesOf(source).map(({ text }) => text)).toEqual(parts);
    for (const { text, offset } of clausesOf(source))
      expect(source.slice(offset, offset + text.length)).toBe(text);
  });
});

function conditionIn(file: string): { readonly condition: Expression; readonly text: string } {
  const node = scalarOf(childOf(parseYaml(file, "people.yaml").root, "when"));
  if (!node) throw new Error("no condition");
  const text = String(node.value);
  const compiled = compileExpression({ text, place: node.place });
  if (!compiled.ok) throw new Error(compiled.diagnostic.message);
  return { condition: compiled.expression, text };
}

function placesIn(file: string, now: string = file): readonly string[] {
  const { condition } = conditionIn(file);
  const parts = takeApart(condition, parseYaml(now, "people.yaml").root) ?? [];
  return parts.map(({ text, expression }) => `${text} ${placeText(expression.at)}`);
}

describe("the place of each part", () => {
  test("in plain text", () => {
    expect(placesIn("when: active and $not(is_user)\n")).toEqual([
      "active people.yaml:1:7",
      "$not(is_user) people.yaml:1:18",
    ]);
  });

  test("in text that is folded over lines", () => {
    expect(placesIn("when: >-\n  active and\n  is_user\n  and title = 'x'\n")).toEqual([
      "active people.yaml:2:3",
      "is_user people.yaml:3:3",
      "title = 'x' people.yaml:4:7",
    ]);
  });

  test("in quotes, where one character can be written as two", () => {
    expect(placesIn("when: 'title = ''x'' and is_user'\n")).toEqual([
      "title = 'x' people.yaml:1:8",
      "is_user people.yaml:1:26",
    ]);
    expect(placesIn('when: "title = \\"x\\" and is_user"\n')).toEqual([
      'title = "x" people.yaml:1:8',
      "is_user people.yaml:1:26",
    ]);
  });

  test("is that of the whole when the file was edited since it was loaded", () => {
    expect(placesIn("when: active and is_user\n", "# new\nwhen: active and is_user\n")).toEqual([
      "active people.yaml:1:7",
      "is_user people.yaml:1:7",
    ]);
    expect(placesIn("when: active and is_user\n", "when: active and is_usel\n")).toEqual([
      "active people.yaml:1:7",
      "is_user people.yaml:1:7",
    ]);
  });
});

test("what has one part is not taken apart", () => {
  for (const file of ["when: is_user\n", "when: (active and is_user)\n"])
    expect(takeApart(conditionIn(file).condition, undefined)).toBeNull();
});
