import { expect, test } from "vitest";
import { constantExpression } from "../../engine/expression/compile.ts";
import type { ExpressionScope } from "../../engine/expression/expression.ts";
import type { Fields } from "../../engine/value/value.ts";
import {
  compiled,
  evaluated,
  offsetOf,
  place,
  resultOf,
  scopeOf,
  troubleOf,
} from "../support/expressions.ts";

const person: Fields = {
  id: "7",
  first_name: "Ilse",
  nickname: null,
  hours: 40,
  tags: [],
  crew: { name: "North" },
};

test("a field that is not there, and one that is null, give null", async () => {
  expect(await resultOf("missing", { fields: person })).toBeNull();
  expect(await resultOf("nickname", { fields: person })).toBeNull();
  expect(await resultOf("missing.deeper[0]", { fields: person })).toBeNull();
});

test("results are plain data of their own", async () => {
  const value = await resultOf("[1..3].{ 'n': $, 'none': missing }");
  expect(value).toEqual([{ n: 1 }, { n: 2 }, { n: 3 }]);
  expect(Array.isArray(value) && Object.keys(value)).toEqual(["0", "1", "2"]);
  expect(JSON.stringify(value)).toBe('[{"n":1},{"n":2},{"n":3}]');
  const fields = { list: ["a"] };
  expect(await resultOf("list", { fields })).not.toBe(fields.list);
});

const noValues: readonly (readonly [string, string])[] = [
  ["$sum", "The result is a function, not a value: perhaps its brackets are missing."],
  [
    "function($x){ $x }",
    "The result is a function, not a value: perhaps its brackets are missing.",
  ],
  ["/a/", "The result is a function, not a value: perhaps its brackets are missing."],
  [
    "{ 'deep': [$sum] }",
    "The result is a function, not a value: perhaps its brackets are missing.",
  ],
  ["1 / 0", "The result is Infinity, and no field can hold that."],
  ["0 / 0", "The result is NaN, and no field can hold that."],
  ["[1..20000]", "The result has more than 10000 values, which is our limit."],
  [
    "$join([1..9].$pad('', 200000))",
    "The result is longer than 1000000 characters, which is our limit.",
  ],
  [
    "$reduce([1..40], function($a, $i){ { 'x': $a, 'y': $a } }, {})",
    "The result has more than 32 levels, which is our limit.",
  ],
  [
    "$reduce([1..20], function($a, $i){ { 'x': $a, 'y': $a } }, {})",
    "The result has more than 10000 values, which is our limit.",
  ],
];

test.each(noValues)("%s is trouble", async (text, message) => {
  expect(await troubleOf(text)).toEqual({ message, offset: 0 });
});

/* The text with ‹ before the character that the trouble must point at. */
const failures: readonly (readonly [string, string])[] = [
  ["hours & ‹$number(first_name)", '"Ilse" is no number.'],
  [
    "hours ‹+ first_name",
    'The right side of + is the text "Ilse", not a number. Texts are joined with &.',
  ],
  ["nickname ‹< 'x'", "< compares texts or numbers, not empty (null)."],
  ["first_name ‹>= hours", '>= cannot compare the text "Ilse" with the number 40.'],
  ["'👷' & ‹$lowercase(hours)", "Value 1 of $lowercase cannot be the number 40."],
  ["1 + ‹$sum(['a'])", "Value 1 of $sum is a list that holds something else than it takes."],
  ["‹-first_name", '- cannot be put before the text "Ilse".'],
  ["($f := 1; ‹$f(2))", "$f is called, and it is no function."],
  ["‹{ hours: 1 }", "The key of an object must be a text, not the number 40."],
  ["tags ‹~> 1", "Behind ~> a function must stand, and that is the number 1."],
  ["‹$error('Not from the north: ' & first_name)", "Not from the north: Ilse"],
  ["‹$assert(hours > 60, 'Too few hours')", "Too few hours"],
  ["‹$single([1, 2])", "$single found more than one."],
  ["‹$single([1], function($v){ $v = 2 })", "$single found none."],
  ["‹$toMillis('soon')", '"soon" is no time such as 2026-01-31T08:00:00Z.'],
  ["‹$sqrt(-1)", "There is no square root of -1."],
  ["[1‹..9999999]", "The list became too long: our limit is 100000 members."],
  ["‹$append([1..60000], [1..60000])", "The list became too long: our limit is 100000 members."],
  ["‹$pad('x', 100000000)", "$pad was asked for 100000000 characters; our limit is 1000000."],
  [
    "‹$length($reduce([1..25], function($a, $i){ $a & $a }, 'x'))",
    "$length was given a text of 33554432 characters; our limit is 1000000.",
  ],
  ["‹$reduce([1..40], function($a, $i){ $a & $a }, 'x')", "A text became too long for the memory."],
  [
    "($f := function($n){ 1 + ‹$f($n) }; $f(1))",
    "The expression calls itself too deeply: our limit is 500 levels.",
  ],
];

test.each(failures)("%s: %s", async (marked, message) => {
  const trouble = await troubleOf(marked.replace("‹", ""), { fields: person });
  expect(trouble.message).toBe(message);
  expect(trouble.offset).toBe(marked.indexOf("‹"));
});

test("an expression that never ends is stopped, and given up for the run after three records", async () => {
  const endless = compiled("(a; $f := function($n){ $f($n + 1) }; $f(1))");
  const scope = scopeOf();
  for (let record = 0; record < 3; record += 1) {
    const result = await evaluated(endless, {}, scope);
    if (result.ok) throw new Error("it ended");
    expect(result.trouble.message).toBe(
      "The expression took too long: our limit is 500 ms for a record.",
    );
  }
  const fourth = await evaluated(endless, {}, scope);
  if (fourth.ok) throw new Error("it ended");
  expect(fourth.trouble.message).toBe(
    "The expression took more than 500 ms on 3 records of this run, so it was not tried on this one.",
  );
});

test("a pattern that takes other engines for ever takes this one no time", async () => {
  const fields = { text: `${"a".repeat(50_000)}b` };
  expect(await resultOf("$contains(text, /^(a+)+$/)", { fields })).toBe(false);
  expect(await resultOf("$contains(text, /(x+x+)+y/)", { fields })).toBe(false);
});

test("trouble shows at most 60 characters of a value, and nothing of an object", async () => {
  const fields = { long: "x".repeat(500), secret: { pin: "1234" } };
  const { message } = await troubleOf("$number(long)", { fields });
  expect(message).toBe(`"${"x".repeat(60)}…" is no number.`);
  expect((await troubleOf("1 + secret", { fields })).message).toBe(
    "The right side of + is an object, not a number. Texts are joined with &.",
  );
  expect((await troubleOf("$lowercase(secret)", { fields })).message).toBe(
    "Value 1 of $lowercase cannot be an object.",
  );
});

test("neither the record nor the variables nor the records of streams are ever changed", async () => {
  const world = {
    fields: { id: "1", tags: [], crew: { names: [] } },
    vars: { modes: [] },
    streams: { groups: [{ id: "g", tags: [] }], flat: [{ id: "f" }] },
  };
  const before = structuredClone(world);
  const tries = [
    "tags{ 'a': 1 }",
    "tags[]",
    "crew.names{ 'a': 1 }",
    "$vars.modes{ 'a': 1 }",
    "$records('groups').tags{ 'a': 1 }",
    "$findAll('groups', 'id', 'g').tags{ 'a': 1 }",
    "$find('groups', 'id', 'g').tags[]",
    "$ ~> |$|{ 'id': 'changed', 'new': 1 }, 'tags'|",
    "$records('groups') ~> |$|{ 'id': 'changed' }|",
    "$sort(tags) ~> $append(1)",
    "$ ~> |$$|{ 'id': 'changed' }|",
    "$ ~> |$vars|{ 'id': 'changed' }|",
    "$ ~> |$records('flat')|{ 'id': 'changed' }|",
    "$ ~> |$find('flat', 'id', 'f')|{ 'id': 'changed' }|",
    "($clone := function($o){ $o }; $ ~> |$|{ 'id': 'changed' }|)",
    "[function($o){ $o }]@$clone.($$ ~> |$|{ 'id': 'changed' }|)",
  ];
  for (const text of tries) await resultOf(text, world);
  const flat = { ...world, fields: { id: "1" }, vars: { mode: "x" } };
  for (const text of tries.slice(-6)) await resultOf(text, flat);
  expect(world).toStrictEqual(before);
  expect(flat).toStrictEqual({ ...before, fields: { id: "1" }, vars: { mode: "x" } });
});

test("a transform gives a changed copy", async () => {
  expect(await resultOf("$ ~> |$|{ 'hours': 8 }, ['tags', 'crew']|", { fields: person })).toEqual({
    id: "7",
    first_name: "Ilse",
    nickname: null,
    hours: 8,
  });
});

test("names of JavaScript's own are names like any other", async () => {
  for (const text of [
    "__proto__",
    "constructor",
    "toString",
    "$lookup($, '__proto__')",
    "constructor.constructor",
  ]) {
    expect(await resultOf(text)).toBeNull();
  }
  const made = await resultOf(
    "$merge([{ '__proto__': { 'polluted': true } }, { 'constructor': 1 }])",
  );
  expect(JSON.stringify(made)).toBe('{"__proto__":{"polluted":true},"constructor":1}');
  expect(await resultOf("{ '__proto__': { 'polluted': true } }.polluted")).toBeNull();
  expect(Reflect.get({}, "polluted")).toBeUndefined();
  const fields: Fields = JSON.parse('{ "__proto__": { "polluted": true }, "id": "1" }');
  expect(await resultOf("$keys($)", { fields })).toEqual(["__proto__", "id"]);
});

test("patterns and typed functions on the left of a default work", async () => {
  const fields = { text: "abcb" };
  expect(await resultOf("$match(text, /b/).match ?: 'none'", { fields })).toEqual(["b", "b"]);
  expect(await resultOf("$replace(text, /b/, '-') ?? 'none'", { fields })).toBe("a-c-");
  expect(await resultOf("(function($x)<s:s>{ $x })(text) ?: 'none'", { fields })).toBe("abcb");
});

test("what does not look at the record is worked out once in a run", async () => {
  const asked: string[] = [];
  const scope: ExpressionScope = {
    ...scopeOf({ vars: { wanted: "Standard" } }),
    records(source) {
      asked.push(source);
      return [{ id: "1", name: "Standard" }];
    },
  };
  const expression = compiled("$records('templates')[name = $vars.wanted].id");
  for (const id of ["1", "2", "3"]) {
    expect(await evaluated(expression, { fields: { id, name: "x" } }, scope)).toEqual({
      ok: true,
      value: "1",
    });
  }
  expect(asked).toEqual(["templates"]);
  expect(await evaluated(expression, {}, scopeOf())).toEqual({ ok: true, value: null });
});

const perRecord = [
  ...["$$.id", "$.id", "$map([1], function(){ id })", "**", "*", "$lookup($, 'id')"],
  ...[
    "$records('s')[x = $$.id]",
    "$keys()",
    "$random()",
    "($f := $random; $f())",
    "$linked('users') & id",
  ],
  ...["$ ~> |$|{}|", "($x := $; $x.id)", "$vars.(1 + $number($$.id))", "$string()", "id in ['1']"],
] as const;

test.each(perRecord)("%s is worked out for each record", async (text) => {
  const expression = compiled(`(1; ${text})`);
  const scope = scopeOf({ vars: { a: 1 }, streams: { s: [{ id: "x", x: "1" }] } });
  const one = await evaluated(expression, { fields: { id: "1", one: 1 }, address: "a/b/1" }, scope);
  const other = await evaluated(
    expression,
    { fields: { id: "2", two: 2 }, address: "a/b/2" },
    scope,
  );
  expect(one.ok && other.ok).toBe(true);
  expect(one).not.toEqual(other);
});

test("evaluations that are asked for at once do not count against each other's time", async () => {
  const expression = compiled("$sum([1..200].($ * $$.hours))");
  const scope = scopeOf();
  const results = await Promise.all(
    Array.from({ length: 300 }, (_, hours) => evaluated(expression, { fields: { hours } }, scope)),
  );
  expect(results.map((result) => result.ok && result.value)).toEqual(
    Array.from({ length: 300 }, (_, hours) => 20_100 * hours),
  );
});

test("of failures at the same time, each has the place in its own expression", async () => {
  const [one, other] = [
    compiled("$map(list, function($v){ $number($v) })"),
    compiled("'a long way ahead' & $map(list, $number)"),
  ];
  const world = { fields: { list: ["x", "y"] } };
  const results = await Promise.all(
    [one, other, one].map((expression) => evaluated(expression, world)),
  );
  const offsets = results.map((result) => (result.ok ? -1 : offsetOf(result.trouble.at)));
  expect(offsets).toEqual([0, 21, 0]);
});

test("a long row of evaluations lets the process do other things", async () => {
  const expression = compiled("(0; id)");
  let others = 0;
  const timer = setInterval(() => (others += 1), 0);
  const scope = scopeOf();
  for (let id = 0; id < 3_000; id += 1) await evaluated(expression, { fields: { id } }, scope);
  clearInterval(timer);
  expect(others).toBeGreaterThan(0);
});

test("a constant of the file is itself for every record", async () => {
  const expression = constantExpression(["a", { b: true }], place(4));
  expect(expression.source).toBe('["a",{"b":true}]');
  expect(expression.at).toEqual(place(4));
  expect(expression.constant).toEqual(["a", { b: true }]);
  expect(expression.sync?.({})).toEqual(["a", { b: true }]);
  expect(await evaluated(expression)).toEqual({ ok: true, value: ["a", { b: true }] });
});
