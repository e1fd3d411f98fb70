import jsonata from "jsonata";
import { expect, test } from "vitest";
import { ownFunctions } from "../../engine/expression/library/library.ts";
import type { Value } from "../../engine/value/value.ts";
import { compiled, evaluated, resultOf, troubleOf } from "../support/expressions.ts";

const fields = {
  email: "Ilse@Example.com",
  none: null,
  blank: "  ",
  phone: "(206) 555-0142 x12",
  hired: "2026-01-01T05:00:00Z",
};

const world = {
  fields,
  streams: {
    groups: [
      { id: "1", code: "N", name: "North" },
      { id: "2", code: "S", name: "South" },
      { id: "3", code: "N", name: "North again" },
      { id: "4", code: 7, name: "Number" },
      { id: "5", code: null, name: "Nobody" },
    ],
  },
};

const cases: readonly (readonly [string, Value])[] = [
  ["$phone(phone)", "+12065550142"],
  ["$phone('020 7946 0958', 'gb')", "+442079460958"],
  ["$phone(2065550142)", "+12065550142"],
  ["$phone('n/a')", null],
  ["$phone(none)", null],
  ["$map(['n/a', '020 7946 0958'], $phone(?, 'GB'))", [null, "+442079460958"]],
  ["$digits(phone)", "206555014212"],
  ["$digits(none)", null],
  ["$digits('none')", null],
  ["$blank(blank)", null],
  ["$blank(email)", "Ilse@Example.com"],
  ["$blank(0)", 0],
  ["$isBlank(blank)", true],
  ["$isBlank(none)", true],
  ["$isBlank(missing)", true],
  ["$isBlank(false)", false],
  ['$titleCase("MARY-ANN O\'NEIL (jr)")', "Mary-Ann O'Neil (Jr)"],
  ['$titleCase("joe\'s crew")', "Joe's Crew"],
  ["$titleCase('ÉMILE ødegård')", "Émile Ødegård"],
  ["$titleCase(none)", null],
  ["$firstName('Ana Maria Lopez')", "Ana"],
  ["$lastName('Ana Maria Lopez')", "Maria Lopez"],
  ["$firstName('Lopez Vega,  Ana Maria')", "Ana Maria"],
  ["$lastName('Lopez Vega,  Ana Maria')", "Lopez Vega"],
  ["$firstName('Ilse')", "Ilse"],
  ["$lastName('Ilse')", null],
  ["$firstName(none)", null],
  ["$fullName('Ana', none)", "Ana"],
  ["$fullName('Ana', ' Maria ', 'Lopez')", "Ana Maria Lopez"],
  ["$fullName(none, missing)", null],
  ["$date('2026-01-31')", "2026-01-31"],
  ["$date('1/31/2026', 'MDY')", "2026-01-31"],
  ["$date('31.1.2026', 'DMY')", "2026-01-31"],
  ["$date('2026/1/31')", "2026-01-31"],
  ["$date(blank)", null],
  ["$date(none)", null],
  ["$day(hired, 'America/Los_Angeles')", "2025-12-31"],
  ["$day(hired, 'US/Pacific')", "2025-12-31"],
  ["$day(hired, 'Asia/Tokyo')", "2026-01-01"],
  ["$day(1767243600000, 'UTC')", "2026-01-01"],
  ["$day(none, 'UTC')", null],
  ["$find('groups', 'code', 'S').name", "South"],
  ["$find('groups', 'code', 'N').name", "North"],
  ["$findAll('groups', 'code', 'N').id", ["1", "3"]],
  ["$find('groups', 'code', 7).name", "Number"],
  ["$find('groups', 'code', '7').name", null],
  ["$find('groups', 'code', none).name", null],
  ["$find('groups', 'code', missing)", null],
  ["$find('groups', 'code', '') ?: 'nothing'", "nothing"],
  ["$exists($find('groups', 'code', 'X'))", false],
  ["$find('groups', { 'code': 'N', 'name': 'North again' }).id", "3"],
  ["$find('groups', { 'name': 'North again', 'code': 'N' }).id", "3"],
  ["$find('groups', { 'code': 'N' }).name", "North"],
  ["$findAll('groups', { 'code': 'N' }).id", ["1", "3"]],
  ["$findAll('groups', { 'code': 'N', 'name': 'South' })", []],
  ["$find('groups', { 'code': 7, 'name': 'Number' }).id", "4"],
  ["$find('groups', { 'code': '7', 'name': 'Number' }).id", null],
  ["$find('groups', { 'code': none, 'name': 'Nobody' }).id", null],
  ["$find('groups', { 'code': missing, 'name': 'South' }).id", null],
  ["$find('groups', { 'code': '', 'name': 'South' }).id", null],
  ["$find('groups', { 'code': ['S'], 'name': 'South' }).id", null],
  ["$find('groups', { 'code': 'S', 'colour': 'blue' }).id", null],
  [
    "($find('groups', { 'code': missing, 'name': 'South' }) ?: $find('groups', { 'code': 'S' })).id",
    "2",
  ],
  ["['N', 'S'].$find('groups', { 'code': $ }).name", ["North", "South"]],
  [
    "$map(['N', 'S'], function($code) { $find('groups', { 'code': $code, 'id': '2' }).name })",
    "South",
  ],
  ["$findAll('groups', 'code', 'X')", []],
  ["$count($records('groups'))", 5],
  ["$records('groups')[code = 'N'].name", ["North", "North again"]],
  ["$linked('users')", true],
  ["$linked('contacts')", false],
  ["$now()", "2026-03-01T12:00:00.000Z"],
  ["$now('[Y]-[M01]')", "2026-03"],
  ["$now('[H01]:[m01]', '+0530')", "17:30"],
  ["$millis()", Date.parse("2026-03-01T12:00:00Z")],
  ["$fromMillis($toMillis('07-04', '[M01]-[D01]'))", "2026-07-04T00:00:00.000Z"],
  ["$toMillis('2026-01-01T00:00:00')", Date.parse("2026-01-01T00:00:00Z")],
  ["$join(['a', none, missing, 'b'], '-')", "a-b"],
  ["email.$lowercase()", "ilse@example.com"],
  ["none.$lowercase()", null],
];

test.each(cases)("%s is %j", async (text, value) => {
  expect(await resultOf(text, world)).toEqual(value);
});

const refusals: readonly (readonly [string, string])[] = [
  [
    "$date('03/04/2026')",
    '$date was given "03/04/2026": say its order, as in $date(text, "MDY") or $date(text, "DMY").',
  ],
  ["$date('2/30/2026', 'MDY')", '$date was given "2/30/2026", which is a day that does not exist.'],
  ["$date('3/4/26', 'MDY')", '$date was given "3/4/26": a year has four digits.'],
  ["$date('soon')", '$date was given "soon", which is no date.'],
  [
    "$date(hired)",
    '$date was given the instant "2026-01-01T05:00:00Z": which day it is depends on the time zone; use $day.',
  ],
  [
    "$day('2026-01-01', 'UTC')",
    '$day was given "2026-01-01", which is no instant such as 2026-01-31T08:00:00Z.',
  ],
  [
    "$day(hired, none)",
    '$day was given the time zone "", which is none such as America/Los_Angeles.',
  ],
  ["$join(['a', 1])", "$join was given a list that does not hold texts alone."],
  ["$phone(true)", "Value 1 of $phone cannot be the yes-or-no value true."],
  ["$find('groups', 7, 'N')", "Value 2 of $find cannot be the number 7."],
  ["$find('groups')", "Value 2 of $find cannot be nothing."],
  [
    "$find('groups', $, 'N')",
    "$find takes an object only where it is written out in the call, as its last value.",
  ],
  [
    "($look := $findAll; $look('groups', { 'code': 'N' }))",
    "$findAll takes an object only where it is written out in the call, as its last value.",
  ],
  [
    "$find('groups', { 'code': 'N', 'code': 'S' })",
    'The object gets the key "code" from two places.',
  ],
];

test.each(refusals)("%s holds the record: %s", async (text, message) => {
  expect((await troubleOf(text, world)).message).toBe(message);
});

const tolerant = [
  ...[
    "abs(none)",
    "ceil(none)",
    "contains(none, 'x')",
    "floor(none)",
    "formatBase(none)",
    "length(none)",
  ],
  ...[
    "formatNumber(none, '0')",
    "fromMillis(none)",
    "lowercase(none)",
    "match(none, /x/)",
    "number(none)",
  ],
  ...[
    "pad(none, 3)",
    "power(none, 2)",
    "replace(none, 'x', 'y')",
    "round(none, 1)",
    "split(none, ',')",
  ],
  ...[
    "substring(none, 1)",
    "substringAfter(none, 'x')",
    "substringBefore(none, 'x')",
    "toMillis(none)",
  ],
  ...["trim(none)", "uppercase(none)", "encodeUrl(none)", "base64encode(none)", "sqrt(none)"],
] as const;

test.each(tolerant)("$%s is null where JSONata itself fails", async (call) => {
  expect(await resultOf(`$${call}`, world)).toBeNull();
  await expect(jsonata(`$${call}`).evaluate(fields)).rejects.toHaveProperty("code");
});

test("chance is the same for one record in every run, and another for the next", async () => {
  const text = "[$random(), $random(), $shuffle([1..20])]";
  const one = await resultOf(text, { address: "wfp/people/1" });
  expect(await resultOf(text, { address: "wfp/people/1" })).toEqual(one);
  expect(await resultOf(text, { address: "wfp/people/2" })).not.toEqual(one);
  const [first, second, ...shuffled] = Array.isArray(one) ? one.flat() : [];
  expect(first).not.toBe(second);
  expect([...shuffled].sort((a, b) => Number(a) - Number(b))).toEqual(
    Array.from({ length: 20 }, (_, i) => i + 1),
  );
});

test("numbers of chance lie between 0 and 1, evenly", async () => {
  const numbers = await resultOf("[1..2000].$random()");
  if (!Array.isArray(numbers)) throw new Error("no list");
  expect(Math.min(...numbers)).toBeGreaterThanOrEqual(0);
  expect(Math.max(...numbers)).toBeLessThan(1);
  const mean = numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
  expect(Math.abs(mean - 0.5)).toBeLessThan(0.05);
});

test.each([
  "$find('people', 'code', wanted).id",
  "$find('people', { 'code': wanted, 'id': $substring(wanted, 1) }).id",
])("the index of %s is made once for a run", async (text) => {
  let reads = 0;
  const people = Array.from({ length: 500 }, (_, number) => ({
    id: String(number),
    get code() {
      reads += 1;
      return `c${number}`;
    },
  }));
  const scope = { vars: {}, records: () => people, now: new Date(0), phoneCountry: "US" };
  const expression = compiled(text);
  await evaluated(expression, { fields: { wanted: "c1" } }, scope);
  const forTheIndex = reads;
  for (let number = 0; number < 50; number += 1) {
    const result = await evaluated(expression, { fields: { wanted: `c${number}` } }, scope);
    expect(result).toEqual({ ok: true, value: String(number) });
  }
  expect(reads - forTheIndex).toBeLessThan(500);
});

test("every function of ours is described", () => {
  for (const { name, usage, about } of ownFunctions) {
    expect(usage).toContain(`$${name}(`);
    expect(about).toMatch(/\.$/);
  }
});
