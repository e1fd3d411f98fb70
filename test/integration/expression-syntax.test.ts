import { expect, test } from "vitest";
import { offsetOf, refusalOf } from "../support/expressions.ts";

/* Each case: the text with ‹ before the character that the diagnostic must point at, and what it must say. */

const mistakes: readonly (readonly [string, string])[] = [
  ["‹", "The expression is empty."],
  ["‹  ", "The expression is empty."],
  ['a & ‹"abc', "This text is not closed."],
  ['a & "it\'s" & ‹\'abc "def"', "This text is not closed."],
  ['"it\\"s" & ‹"abc', "This text is not closed."],
  ["a & ‹1e999", "The number 1e999 is too large."],
  ['"a‹\\q"', 'A backslash before "q" means nothing.'],
  ['"a‹\\u12"', "\\u is not followed by four hexadecimal digits."],
  ["a & ‹`b c", "This name is not closed."],
  ["a ‹/* b", "This comment is not closed."],
  ["a ‹b", '"b" cannot stand here.'],
  ["first_name ‹last_name & x", '"last_name" cannot stand here.'],
  ["(a‹", 'The expression ends where ")" is missing.'],
  ["a[b = 1‹", 'The expression ends where "]" is missing.'],
  ["(a‹, b)", 'Here ")" is missing: "," cannot stand here.'],
  ["a ? b :‹", "The expression ends too early: something must follow."],
  ["a & ‹& b", 'A value is missing before "&".'],
  ["‹a := 1", 'Before := stands "a", which is no variable.'],
  ["function(‹a){ 1 }", 'The parameter "a" has no $.'],
  ["a.‹1", "A number or true, false, null cannot follow a dot."],
  ["a.‹true", "A number or true, false, null cannot follow a dot."],
  ["a @ ‹b", 'Behind "@" a variable must stand.'],
  ['a{"x": 1}‹{"y": 2}', "This cannot follow the part before it."],
  ["a‹)", '")" cannot stand here.'],
  ["a ‹== b", "Two values are compared with a single =."],
  ["a ‹&& b", "&& is no operator here."],
  ["a ‹|| b", "|| is no operator here."],
  ["‹!a", "! is no operator here."],
  ["a ‹<> b", "<> is no operator here."],
  ["$contains(a, ‹//)", "The regular expression is empty."],
  ["$contains(a, ‹/b)", "This regular expression is not closed."],
  [
    "$contains(a, ‹/[z-a]/)",
    "The regular expression cannot be read: Range out of order in character class.",
  ],
  [
    "$contains(a, ‹/(?=b)/i)",
    "The regular expression cannot be used: it looks ahead or behind, with (?= (?! (?<= or (?<!.",
  ],
  [
    '$replace(a, /x/, "y") & $contains(a, ‹/(b)[/]\\1/)',
    "The regular expression cannot be used: it refers back to a group, as \\1 does.",
  ],
  [
    "$contains(a, ‹/b{2000}/)",
    "The regular expression cannot be used: invalid repeat count: `{2000}`.",
  ],
  ["function($a)<s‹<n>>{ 1 }", "The types of the function's parameters cannot be read."],
  ["‹$foo(a)", "There is no function $foo."],
  ["a & ‹$lowercas(b)", "There is no function $lowercas."],
  ["a & ‹lowercase(b)", '"lowercase" is called, and it is no function.'],
  ["a.‹titleCase()", '"titleCase" is called, and it is no function.'],
  ["$map(a, ‹$uppercas)", "There is no variable $uppercas."],
  ["a = ‹$vras.mode", "There is no variable $vras."],
  ["a & ‹$eval(b)", "$eval is switched off: what is not in the file cannot be checked."],
  ["a ~> ‹$eval", "$eval is switched off: what is not in the file cannot be checked."],
  ["a & ‹$find('s', 'code')", "$find lacks the value that is looked for."],
  ["'s' ~> ‹$find('code')", "$find lacks the value that is looked for."],
  ["‹$findAll('s', $)", "$findAll lacks the value that is looked for."],
  [
    "$find('s', ‹{ 'code': a }, 'x')",
    "$find takes an object in the place of field and value only.",
  ],
  ["$find(‹{ 'code': a }, 's')", "$find takes an object in the place of field and value only."],
  ["$find(?, ‹{ 'code': a })", "$find takes an object in the place of field and value only."],
  ["'s' ~> $find(‹{ 'code': a })", "$find takes an object in the place of field and value only."],
  ["$find('s', ‹{})", "The object names no field."],
  ["$find('s', { ‹code: a })", "The name of a field stands in quotes here."],
  ["$find('s', { 'a': b, ‹'co' & 'de': a })", "The name of a field stands in quotes here."],
];

test.each(mistakes)("%s: %s", (marked, message) => {
  const diagnostic = refusalOf(marked.replace("‹", ""));
  expect(diagnostic.message).toBe(message);
  expect(diagnostic.severity).toBe("error");
  expect(diagnostic.help).toMatch(/\.$|\?$|:=/);
  expect(offsetOf(diagnostic.at)).toBe(marked.indexOf("‹"));
});

test("the place counts UTF-16 units, as editors do, also behind emoji and text from right to left", () => {
  expect(offsetOf(refusalOf('"👷🏽‍♀️" & & a').at)).toBe('"👷🏽‍♀️" & '.length);
  expect(offsetOf(refusalOf('"مرحبا" & $lowrcase(a)').at)).toBe('"مرحبا" & '.length);
  expect(offsetOf(refusalOf("naïve_名前 名前").at)).toBe("naïve_名前 ".length);
});

test("help names what was probably meant", () => {
  expect(refusalOf("$lowercas(a)").help).toBe("Did you mean $lowercase?");
  expect(refusalOf("$titelCase(a)").help).toBe("Did you mean $titleCase?");
  expect(refusalOf("lowercase(a)").help).toBe("Did you mean $lowercase?");
  expect(refusalOf("$vras.mode").help).toBe("Did you mean $vars?");
  expect(refusalOf("($person := 1; $persn)").help).toBe("Did you mean $person?");
  expect(refusalOf("a == b").help).toBe("Write `a = b`.");
});

test("of several troubles with names the first is reported", () => {
  expect(offsetOf(refusalOf("$second(1) & $first(2)").at)).toBe(0);
  expect(refusalOf("$b(1) & $a(2)").message).toBe("There is no function $b.");
});

const codes: readonly (readonly [string, string])[] = [
  ["a b", "expression-syntax"],
  ["$contains(a, /(?=b)/)", "expression-pattern"],
  ["$contains(a, /[z-a]/)", "expression-pattern"],
  ["$foo(a)", "expression-unknown-function"],
  ["$map(a, $foo)", "expression-unknown-variable"],
  ["$eval(a)", "expression-forbidden"],
];

test.each(codes)("%s has the code %s", (text, code) => {
  expect(refusalOf(text).code).toBe(code);
});

const hostile: readonly (readonly [string, string, string])[] = [
  ["10,000 brackets", `${"(".repeat(10_000)}1${")".repeat(10_000)}`, "has 20001 characters"],
  ["4,000 brackets", `${"(".repeat(4_000)}1${")".repeat(4_000)}`, "more than 400 levels"],
  ["5,000 signs", `${"-".repeat(5_000)}1`, "more than 400 levels"],
  ["500 operators", Array.from({ length: 500 }, () => "a").join(" & "), "more than 400 levels"],
  ["defaults in each other", nestedDefaults(40), "too many defaults"],
  ["a long text", `"${"x".repeat(10_000)}"`, "has 10002 characters; our limit is 10000"],
];

function nestedDefaults(levels: number): string {
  let text = "a";
  for (let level = 0; level < levels; level += 1) text = `(${text} ?: b)`;
  return text;
}

test.each(hostile)("%s are refused", (_, text, message) => {
  const diagnostic = refusalOf(text);
  expect(diagnostic.code).toBe("expression-too-large");
  expect(diagnostic.message).toContain(message);
});

test("thousands of quotes are answered with a sentence", () => {
  expect(refusalOf(`'${'"'.repeat(9_000)}`).message).toBe("This text is not closed.");
  expect(refusalOf("/".repeat(9_000)).message).toBe("The regular expression is empty.");
});
