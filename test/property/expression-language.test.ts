import fc from "fast-check";
import jsonata from "jsonata";
import { expect, test } from "vitest";
import { compileExpression } from "../../engine/expression/compile.ts";
import { compiled, evaluated, place, resultOf } from "../support/expressions.ts";

/* The language is JSONata, whole: what is ours in it changes nothing that JSONata gives. */

const order = {
  id: "o1",
  Account: {
    Name: "Firefly",
    Order: [
      {
        OrderID: "order103",
        Product: [
          { Name: "Bowler Hat", Price: 34.45, Quantity: 2, Colour: "Purple" },
          { Name: "Trilby hat", Price: 21.67, Quantity: 1, Colour: "Orange" },
        ],
      },
      {
        OrderID: "order104",
        Product: [{ Name: "Cloak", Price: 107.99, Quantity: 1, Colour: "Black" }],
      },
    ],
  },
  Phone: [
    { type: "home", number: "0203 544 1234" },
    { type: "office", number: "01962 001234" },
  ],
  text: "Hello, World",
  empty: [],
  one: [1],
};

const corpus = [
  ...[
    "Account.Order.Product.Price",
    "Account.Order[0].Product[-1].Name",
    "Phone[type='home'].number",
    "Phone[]",
  ],
  ...[
    "$sum(Account.Order.Product.(Price * Quantity))",
    "Account.Order.Product^(>Price).Name",
    "one",
    "one[]",
  ],
  ...[
    "Account.Order.{ 'id': OrderID, 'n': $count(Product) }",
    "Account.Order.Product{ Colour: Price }",
  ],
  ...[
    "Account.Order.Product.{ 'p': %.OrderID, 'n': Name }",
    "Account.Order@$o.Product@$p.{ 'o': $o.OrderID, 'p': $p.Name }",
  ],
  ...[
    "Phone#$i[type='office'].$i",
    "**.Name",
    "Account.*.OrderID",
    "[1..5][$ % 2 = 1]",

    "Phone.type[0]",
  ],
  ...[
    "$map([1..3], function($v, $i){ $v * $i })",
    "$filter([1..9], function($v){ $v % 3 = 0 })",
    "empty",
    "$count(empty)",
  ],
  ...[
    "$reduce([1..5], function($a, $b){ $a + $b })",
    "$sift($$, function($v, $k){ $k = 'text' })",
    "$each({'a': 1}, function($v, $k){ $k & $v })",
  ],
  ...[
    "($fact := function($n){ $n <= 1 ? 1 : $n * $fact($n - 1) }; $fact(10))",
    "([1..4] ~> $map(function($v){ $v * $v }) ~> $sum())",
  ],
  ...[
    "$split(text, /,\\s*/)",
    "$match(text, /(l+)o/).groups",
    "$replace(text, /(\\w+), (\\w+)/, '$2 $1')",
    "$contains(text, /world/i)",
  ],
  ...[
    "$replace(text, /o/, function($m){ $uppercase($m.match) })",
    "text ~> $uppercase ~> $substringBefore(',')",
    "$split(text, ', ')",
  ],
  ...[
    "$substring(text, -5, 3)",
    "$pad('x', -3, '-')",
    "$formatNumber(1234.5, '#,##0.00')",
    "$formatBase(255, 16)",
    "$formatInteger(7, 'w')",
  ],
  ...[
    "$parseInteger('seven', 'w')",
    "$fromMillis(0, '[Y]-[M01]-[D01]')",
    "$toMillis('2026-01-31T00:00:00Z')",
    "$number('0x1f')",
    "$round(2.345, 2)",
  ],
  ...[
    "$merge([{ 'a': 1 }, { 'b': 2 }])",
    "$spread({ 'a': 1, 'b': 2 })",
    "$keys(Account)",
    "$lookup(Account, 'Name')",
    "$zip([1, 2], ['a', 'b'])",
  ],
  ...[
    "$sort(['b', 'a', 'B'])",
    "$sort([3, 1, 2])",
    "$sort(Phone, function($l, $r){ $l.number > $r.number }).type",
    "$reverse([1..3])",
  ],
  ...[
    "$distinct([1, 1, '1', [1], [1], { 'a': 1 }, { 'a': 1 }, null, null, true])",
    "$distinct(Phone.type)",
    "$distinct(one)",
    "$append([1], 2)",
  ],
  ...[
    "$join(Phone.type, ', ')",
    "$string({ 'a': [1, null, 0.1 + 0.2] })",
    "$string([1], true)",
    "$boolean([0, 0])",
    "$exists(nothing)",
    "$type(empty)",
  ],
  ...[
    "$base64decode($base64encode('Grüße'))",
    "$encodeUrlComponent('a b&c')",
    "$decodeUrl('a%20b')",
    "$max([1, 3, 2])",
    "$average([1, 2])",
    "$power(2, 10)",
  ],
  ...[
    "$ ~> |Account.Order|{ 'seen': true }, 'Product'|",
    "$clone(Phone)[0].type",
    "Account.Name in ['Firefly', 'x']",
    "text & 1 & true & null",
  ],
  ...[
    "nothing ?? 'x'",
    "empty ?: 'x'",
    "$single(Phone, function($p){ $p.type = 'home' }).number",
    "$assert(true, 'x')",
    "$length('👷🏽')",
    "$not(nothing)",
  ],
  ...[
    "$map(['a', 'b'], $uppercase)",
    "$trim('  a   b ')",
    "$lowercase('İ')",
    "$ceil(1.2) + $floor(1.8) + $abs(-1) + $sqrt(16)",
    "$eq := 1",
    "function($x){$x}(3)",
  ],
] as const;

test.each(corpus)("%s", async (text) => {
  const theirs: unknown = await jsonata(text).evaluate(structuredClone(order));
  const ours = await resultOf(text, { fields: order });
  expect(ours).toEqual(JSON.parse(JSON.stringify(theirs ?? null)));
});

test("sorting and removing doubles give what JSONata gives", async () => {
  const member = fc.oneof(
    fc.integer({ min: -3, max: 3 }),
    fc.constantFrom("a", "b", "1", null, true),
    fc.constantFrom([1], { a: 1 }, { a: 1, b: 2 }),
  );
  const [distinct, sort] = [compiled("$distinct(list)"), compiled("$sort(list)")];
  const original = { distinct: jsonata("$distinct(list)"), sort: jsonata("$sort(list)") };
  const property = fc.asyncProperty(fc.array(member, { maxLength: 8 }), async (list) => {
    const theirs: unknown = await original.distinct.evaluate({ list });
    expect(await evaluated(distinct, { fields: { list } })).toEqual({
      ok: true,
      value: JSON.parse(JSON.stringify(theirs ?? null)),
    });
    const plain = list.filter(
      (value) =>
        typeof value === typeof list[0] && typeof value !== "boolean" && typeof value !== "object",
    );
    const sorted: unknown = await original.sort.evaluate({ list: plain });
    expect(await evaluated(sort, { fields: { list: plain } })).toEqual({
      ok: true,
      value: JSON.parse(JSON.stringify(sorted ?? null)),
    });
  });
  await fc.assert(property, { numRuns: 300 });
});

const fragments = [
  ...[
    "a",
    "$",
    "$$",
    "$vars",
    "$sum",
    "'x'",
    '"',
    "'",
    "`",
    "1",
    "-",
    "1e999",
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    ":",
    ";",
  ],
  ...[
    ",",
    ".",
    "..",
    "?",
    "?:",
    "??",
    ":=",
    "=",
    "!",
    "~>",
    "&",
    "*",
    "**",
    "%",
    "|",
    "@",
    "#",
    "^",
    "/",
    "/x/",
    "/*",
    "*/",
  ],
  ...[
    "function",
    "and",
    "or",
    "in",
    "true",
    "null",
    "$eval(",
    "$f",
    "\\",
    "\u202e",
    "👷",
    " ",
    "\n",
    "<",
    ">",
  ],
];

test("whatever is written, the answer is an expression or a sentence with a place inside the text", async () => {
  const anyText = fc.oneof(
    fc.array(fc.constantFrom(...fragments), { maxLength: 14 }).map((parts) => parts.join("")),
    fc.string({ unit: "binary", maxLength: 30 }),
  );
  const seen = { good: 0, bad: 0 };
  await fc.assert(
    fc.asyncProperty(anyText, async (text) => {
      const result = compileExpression({ text, place });
      if (result.ok) {
        seen.good += 1;
        await evaluated(result.expression, { fields: { a: "x" } });
        return;
      }
      seen.bad += 1;
      const { message, help, at } = result.diagnostic;
      expect(message).toMatch(/[.?]$/);
      expect(help).not.toBe("");
      expect(message).not.toMatch(/undefined|\[object|\bat \w+ \(/);
      expect(at?.column).toBeGreaterThanOrEqual(1);
      expect(at?.column).toBeLessThanOrEqual(text.length + 1);
    }),
    { numRuns: 700 },
  );
  expect(seen.good).toBeGreaterThan(50);
  expect(seen.bad).toBeGreaterThan(200);
});
