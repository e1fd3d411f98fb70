import { expect, test } from "vitest";
import type { FieldType } from "../../engine/connector/schema.ts";
import { canonicalJson } from "../../engine/value/canonical-json.ts";
import { digest, shortDigest } from "../../engine/value/digest.ts";
import { canonicalValue, equalValues, fitsType } from "../../engine/value/equal.ts";
import { shown } from "../../engine/value/shown.ts";
import type { Value } from "../../engine/value/value.ts";

const options = { phoneCountry: "US" };

const same: readonly (readonly [FieldType, Value, Value])[] = [
  ["text", "Café", "Cafe\u0301"],
  ["text", " Ilse ", "Ilse"],
  ["text", "", null],
  ["text", 42, "42"],
  ["email", "Ilse@Example.com", "ilse@example.com "],
  ["phone", "(206) 555-0142", "+12065550142"],
  ["phone", "206.555.0142 x12", "+1 206 555 0142 ext. 12"],
  ["phone", 2065550142, "206-555-0142"],
  ["phone", "555-0142", "5550142"],
  ["phone", "N/A", "n/a"],
  ["date", " 2026-01-31", "2026-01-31"],
  ["instant", "2026-01-31T09:00:00+01:00", "2026-01-31T08:00:00.000Z"],
  ["instant", "2026-01-31T08:00:00.123456Z", "2026-01-31T08:00:00.123Z"],
  ["integer", "42", 42],
  ["integer", "042", 42],
  ["decimal", "1.50", 1.5],
  ["decimal", 0, -0],
  ["reference", 42, "42"],
  ["timezone", "US/Pacific", "America/Los_Angeles"],
  ["timezone", "Etc/UTC", "UTC"],
  ["text", ["b", { x: 1, y: 2 }], ["b", { y: 2, x: 1 }]],
];

test.each(same)("%s: %j is %j", (type, a, b) => {
  expect(equalValues(type, a, b, options)).toBe(true);
});

const different: readonly (readonly [FieldType, Value, Value])[] = [
  ["text", "ilse", "Ilse"],
  ["text", true, "true"],
  ["phone", "+12065550142", "+12065550142 x1"],
  ["phone", "+12065550142", "+442065550142"],
  ["phone", "1-800-FLOWERS", "1-800-CONTACT"],
  ["date", "2026-01-31", "2026-01-31T00:00:00Z"],
  ["date", "2026-02-30", "2026-03-02"],
  ["instant", "2026-02-30T00:00:00Z", "2026-03-02T00:00:00Z"],
  ["instant", "2026-01-31T08:00:00", "2026-01-31T08:00:00Z"],
  ["integer", "9007199254740992", "9007199254740993"],
  ["integer", "forty", 40],
  ["boolean", true, "true"],
  ["boolean", false, null],
  ["choice", "active", "Active"],
  ["choice", " active", "active"],
  ["reference", "042", 42],
  ["text", ["a"], ["b"]],
  ["text", ["a"], "a"],
];

test.each(different)("%s: %j is not %j", (type, a, b) => {
  expect(equalValues(type, a, b, options)).toBe(false);
});

test("the country of a phone number without country code is the one that was configured", () => {
  expect(canonicalValue("phone", "020 7946 0958", { phoneCountry: "GB" })).toBe("+442079460958");
  expect(canonicalValue("phone", "020 7946 0958", { phoneCountry: "US" })).toBe("02079460958");
});

const misfits: readonly (readonly [FieldType, Value, string])[] = [
  ["text", true, "true is a yes or no, and the field takes text"],
  ["text", ["a"], "a list cannot be written to one field"],
  ["text", "a\u0000b", '"a\\u0000b" holds a control character'],
  [
    "text",
    "x".repeat(65_537),
    "the text has 65537 characters, and 65536 is the most that syncctl writes",
  ],
  ["integer", "forty", '"forty" is no number'],
  ["integer", 1.5, "1.5 is no whole number"],
  ["integer", "12345678901234567890", '"12345678901234567890" is no number'],
  ["decimal", true, "true is a yes or no, and the field takes a number"],
  ["boolean", "true", '"true" is neither true nor false'],
  ["boolean", 1, "1 is neither true nor false"],
  ["date", "2026-02-30", '"2026-02-30" is a day that does not exist'],
  ["date", "1/31/2026", '"1/31/2026" is no date such as 2026-01-31'],
  [
    "date",
    "2026-01-31T08:00:00Z",
    '"2026-01-31T08:00:00Z" is an instant, not a date; which day it is depends on the time zone: use $day',
  ],
  ["instant", "2026-01-31", '"2026-01-31" is no instant such as 2026-01-31T08:00:00Z'],
  ["email", "ilse.example.com", '"ilse.example.com" does not have the shape of an e-mail address'],
  ["email", `${"i".repeat(250)}@x.example`, "an e-mail address has at most 254 characters"],
  ["phone", "n/a", '"n/a" has no digits, so it is no phone number'],
  ["timezone", "Pacific", '"Pacific" is no time zone such as America/Los_Angeles'],
  ["choice", "Active", '"Active" is none of "active", "inactive"'],
];

test.each(misfits)("%s: %j does not fit", (type, value, why) => {
  const choices = type === "choice" ? { choices: ["active", "inactive"] } : {};
  expect(fitsType(type, value, choices)).toEqual({ ok: false, why });
});

const fitting: readonly (readonly [FieldType, Value, Value])[] = [
  ["text", 42, "42"],
  ["text", "two\nlines", "two\nlines"],
  ["text", "", null],
  ["integer", "42", 42],
  ["decimal", "1.50", 1.5],
  ["boolean", false, false],
  ["date", "2028-02-29", "2028-02-29"],
  ["instant", "2026-01-31T08:00:00-08:00", "2026-01-31T08:00:00-08:00"],
  ["email", "ilse+x@example.co.uk", "ilse+x@example.co.uk"],
  ["phone", "(206) 555-0142", "(206) 555-0142"],
  ["choice", "active", "active"],
  ["timezone", "US/Pacific", "US/Pacific"],
  ["reference", 42, "42"],
  ["date", null, null],
];

test.each(fitting)("%s: %j is written as %j", (type, value, written) => {
  const choices = type === "choice" ? { choices: ["active"] } : {};
  expect(fitsType(type, value, choices)).toEqual({ ok: true, value: written });
});

test("canonical JSON sorts keys, leaves out undefined and refuses what is no data", () => {
  expect(canonicalJson({ b: [1, "é"], a: undefined, A: null })).toBe('{"A":null,"b":[1,"é"]}');
  const nothings = [undefined, Number.NaN, () => 1, new Date(0), [undefined], 1n, new Map()];
  for (const nothing of nothings) expect(() => canonicalJson(nothing)).toThrow(TypeError);
  const polluted: unknown = JSON.parse('{"__proto__":{"x":1}}');
  expect(canonicalJson(polluted)).toBe('{"__proto__":{"x":1}}');
});

test("a digest is SHA-256 in hexadecimal, and its short form is its beginning", () => {
  const full = digest("abc");
  expect(full).toBe("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  expect(shortDigest(full)).toBe("ba7816bf8f01");
});

test("a value in a message is short and visible", () => {
  expect(shown(`${"x".repeat(59)}😀tail`)).toBe(`"${"x".repeat(59)}…"`);
  expect(shown("a\u202eb\ud800")).toBe('"a\\u202eb\\ud800"');
  expect(shown({ secret: "x" })).toBe("an object");
});
