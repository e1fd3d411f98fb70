import { expect, test } from "vitest";
import type { NamedPlace } from "../../engine/expression/analysis.ts";
import { analysisOf, offsetOf } from "../support/expressions.ts";

function written(names: readonly NamedPlace[]): string {
  return names.map(({ name, at }) => `${name}@${offsetOf(at)}`).join(" ");
}

function streamsOf(text: string): string {
  return analysisOf(text)
    .streams.map((stream) => `${stream.name}@${offsetOf(stream.at)}[${written(stream.fields)}]`)
    .join(" ");
}

const fields: readonly (readonly [string, string])[] = [
  ["email", "email@0"],
  ["`odd name` & email", "odd name@0 email@13"],
  ["'👷' & email", "email@7"],
  ["status = 'active' and $not(is_user)", "status@0 is_user@27"],
  ["a ? b : c", "a@0 b@4 c@8"],
  ["a ?: b", "a@0 b@5"],
  ["a ?? b", "a@0 b@5"],
  ["{ 'x': a, 'y': [b, -c] }", "a@7 b@16 c@20"],
  ["(a; b)", "a@1 b@4"],
  ["a.deeper.still", "a@0"],
  ["$.a & $$.b", "a@2 b@9"],
  ["a[b = $$.c].d", "a@0 c@9"],
  ["$map(a, function($v){ b })", "a@5"],
  ["a ~> $replace(b, 'x')", "a@0 b@14"],
  ["$records('s')[id = $$.a].b", "a@22"],
  ["$find('s', 'code', a).b", "a@19"],
  ["$find('s', { 'code': a, 'id': b }).c", "a@21 b@30"],
  ["$ ~> |$|{ 'x': a }|", ""],
  ["($x := a; $x & b)", "a@7 b@15"],
  ["**.a", ""],
];

test.each(fields)("%s reads %s", (text, expected) => {
  expect(written(analysisOf(text).fields)).toBe(expected);
});

test("variables of the mapping are found with their places", () => {
  expect(written(analysisOf("$vars.people = 'everyone' or a = $vars.`odd one`").vars)).toBe(
    "people@6 odd one@39",
  );
  expect(written(analysisOf("$records('s')[name = $vars.wanted]").vars)).toBe("wanted@27");
  expect(written(analysisOf("($vars := 1; $vars.x)").vars)).toBe("");
});

const streams: readonly (readonly [string, string])[] = [
  ["$records('templates')[name = $vars.wanted].id", "templates@9[name@22 id@43]"],
  ["$find('groups', 'code', group).id", "groups@6[code@16 id@31]"],
  ["$findAll(\"groups\", 'code', group)[active].id", "groups@9[code@19 active@34 id@42]"],
  ["$find('groups', { 'code': group, 'region': area }).id", "groups@6[code@18 region@33 id@51]"],
  ["$findAll('groups', { \"code\": group })[active].id", "groups@9[code@21 active@38 id@46]"],
  ["$records('s')^(>age, name)[0].id", "s@9[age@16 name@21 id@30]"],
  ["($x := $records('s'); $x[a = 1].b)", "s@16[a@25 b@32]"],
  ["$filter($records('s'), function($r){ $r.z }).q", "s@17[q@45]"],
  ["$records('a').x & $records('b').y", "a@9[x@14] b@27[y@32]"],
  ["$records(name)[x = 1]", ""],
  ["$records('s').a.b", "s@9[a@14]"],
  ["$count($records('s'))", "s@16[]"],
];

test.each(streams)("%s reads of streams %s", (text, expected) => {
  expect(streamsOf(text)).toBe(expected);
});

test("rules are found in $linked", () => {
  expect(written(analysisOf("$linked('users') and $not($linked('contacts'))").linked)).toBe(
    "users@8 contacts@34",
  );
});

const kinds: readonly (readonly [string, string])[] = [
  ["email", "field email"],
  ["(a; email)", "field email"],
  ["email[0]", "unknown"],
  ["email.deeper", "unknown"],
  ["'x'", "text"],
  ["a & b", "text"],
  ["$lowercase(a)", "text"],
  ["$phone(a)", "text"],
  ["1", "number"],
  ["-a", "number"],
  ["a + b", "number"],
  ["$count(a)", "number"],
  ["true", "boolean"],
  ["a = b", "boolean"],
  ["a in ['x']", "boolean"],
  ["$not(a)", "boolean"],
  ["$linked('users')", "boolean"],
  ["a = 1 ? 'x' : 'y'", "text"],
  ["a = 1 ? 'x' : 2", "unknown"],
  ["a ? b : b", "unknown"],
  ["a = 1 ? 'x'", "unknown"],
  ["null", "unknown"],
  ["[a]", "unknown"],
  ["{}", "unknown"],
  ["$vars.x", "unknown"],
  ["$find('s', 'a', b)", "unknown"],
  ["$sum", "unknown"],
  ["a ~> $trim", "unknown"],
];

test.each(kinds)("%s gives %s", (text, expected) => {
  const { result } = analysisOf(text);
  expect(result.kind === "field" ? `field ${result.name}` : result.kind).toBe(expected);
});

const surprises: readonly (readonly [string, string])[] = [
  ["‹first & ' ' & 'x'", 'Where first is empty (null), & makes it the text "null".'],
  ["'x' & ‹last", 'Where last is empty (null), & makes it the text "null".'],
  ["$string(‹hours)", 'Where hours is empty (null), $string makes it the text "null".'],
  ["$exists(‹email)", "$exists(email) is true where email is empty: null is a value to it."],
  ["‹email ?? 'none'", "?? does not replace email where it is empty: null is a value to it."],
  ["is_user = ‹'true'", 'is_user is compared with the text "true".'],
  ['‹"false" != is_user', 'is_user is compared with the text "false".'],
  ["‹$records('s')[code = $$.group].id", 'For every record, all of $records("s") are compared.'],
  [
    "‹$records('s')[code = $$.group and $$.area = region].id",
    'For every record, all of $records("s") are compared.',
  ],
];

test.each(surprises)("%s is pointed out: %s", (marked, message) => {
  const { warnings } = analysisOf(marked.replace("‹", ""));
  expect(warnings.map((warning) => warning.message)).toEqual([message]);
  expect(warnings.map((warning) => offsetOf(warning.at))).toEqual([marked.indexOf("‹")]);
  expect(warnings.every(({ severity, help }) => severity === "warning" && help !== "")).toBe(true);
});

test("what is slow is answered with what is quick", () => {
  const help = (text: string) => analysisOf(text).warnings.map((warning) => warning.help);
  expect(help("$records('s')[code = $$.group].id")).toEqual([
    'Write $find("s", "code", …), which looks the value up; inside it $ is still the record.',
  ]);
  expect(help("$records('s')[code = $$.group and $$.area = region].id")).toEqual([
    'Write $find("s", { "code": …, "region": … }), which looks the values up; inside it $ is still the record.',
  ]);
});

test("each kind of surprise has its code", () => {
  const codes = ["a & 'x'", "a = 'true'", "$records('s')[code = $$.a]"].flatMap((text) => {
    return analysisOf(text).warnings.map((warning) => warning.code);
  });
  expect(codes).toEqual(["expression-null", "expression-yes-no", "expression-slow"]);
});

const unsurprising = [
  ...["(first ?: '') & 'x'", "$fullName(first, last)", "email ?: 'none'", "$not($isBlank(email))"],
  ...[
    "status = 'active'",
    "is_user = true",
    "$vars.mode = 'true'",
    "$exists($vars.x)",
    "$find('s', 'a', b) ?? 'x'",
  ],
  ...["$records('s')[code = $$.a and rank > 1]", "$records('s')[code = $$.a or rank = $$.b]"],
  ...["$records('s')[code = $vars.x].id", "$lowercase(email) & 'x'", "a and b", "email = null"],
] as const;

test.each(unsurprising)("%s is not", (text) => {
  expect(analysisOf(text).warnings).toEqual([]);
});

test("a field is pointed out once, at its first place", () => {
  const { warnings } = analysisOf("first & ' ' & first & ' ' & last");
  expect(warnings.map((warning) => offsetOf(warning.at))).toEqual([0, 28]);
});
