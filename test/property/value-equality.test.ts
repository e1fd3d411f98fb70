import fc from "fast-check";
import { expect, test } from "vitest";
import type { FieldType } from "../../engine/connector/schema.ts";
import { canonicalJson } from "../../engine/value/canonical-json.ts";
import { canonicalValue, equalValues, fitsType } from "../../engine/value/equal.ts";
import type { Value } from "../../engine/value/value.ts";

const options = { phoneCountry: "US" };

const types: readonly FieldType[] = [
  "text",
  "email",
  "phone",
  "date",
  "instant",
  "integer",
  "decimal",
  "boolean",
  "choice",
  "timezone",
  "reference",
];

const telling = fc.constantFrom<Value>(
  ...[null, "", " ", true, false, 0, -0, 42, 1.5, "42", "42.0", "+7", "0", "true"],
  ...[
    "(206) 555-0142",
    "+1 206 555 0142 x12",
    "1x2065550142",
    "911",
    "n/a",
    "٠١٢",
    "1-800-FLOWERS",
  ],
  ...["2026-02-30", "2026-02-28", "2026-02-28T10:00:00Z", "2026-02-28T11:00:00.000+01:00"],
  ...["US/Pacific", "utc", "Café", "Cafe\u0301", "ΑΣ", "İ", "\ufb01", "A@B.example "],
);

const anyValue: fc.Arbitrary<Value> = fc.oneof(
  telling,
  fc.string({ unit: "binary" }),
  fc.stringMatching(/^[-+() .x\d]{0,20}$/),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.integer(),
  fc.array(fc.string(), { maxLength: 3 }),
  fc.dictionary(fc.string(), fc.integer(), { maxKeys: 3 }),
);

const anyType = fc.constantFrom(...types);

test("canonical values are canonical already", () => {
  fc.assert(
    fc.property(anyType, anyValue, (type, value) => {
      const once = canonicalValue(type, value, options);
      expect(canonicalValue(type, once, options)).toEqual(once);
    }),
    { numRuns: 3_000 },
  );
});

test("every value equals itself and its canonical form", () => {
  fc.assert(
    fc.property(anyType, anyValue, (type, value) => {
      expect(equalValues(type, value, value, options)).toBe(true);
      expect(equalValues(type, value, canonicalValue(type, value, options), options)).toBe(true);
    }),
    { numRuns: 2_000 },
  );
});

test("equality does not depend on the side, and is equality of canonical values", () => {
  fc.assert(
    fc.property(anyType, anyValue, anyValue, (type, a, b) => {
      const equal = equalValues(type, a, b, options);
      expect(equalValues(type, b, a, options)).toBe(equal);
      const [one, other] = [canonicalValue(type, a, options), canonicalValue(type, b, options)];
      expect(canonicalJson(one) === canonicalJson(other)).toBe(equal);
    }),
    { numRuns: 3_000 },
  );
});

test("one phone number is equal to itself in every spelling", () => {
  const number = fc.tuple(
    fc.integer({ min: 2, max: 9 }),
    fc.stringMatching(/^\d{2}$/),
    fc.integer({ min: 2, max: 9 }),
    fc.stringMatching(/^\d{2}$/),
    fc.stringMatching(/^\d{4}$/),
  );
  fc.assert(
    fc.property(number, ([a, b, c, d, line]) => {
      const [area, exchange] = [`${a}${b}`, `${c}${d}`];
      const spellings = [
        `${area}${exchange}${line}`,
        `(${area}) ${exchange}-${line}`,
        `${area}.${exchange}.${line}`,
        `+1 ${area} ${exchange} ${line}`,
        `1-${area}-${exchange}-${line}`,
        `tel:+1${area}${exchange}${line}`,
        ` +1(${area})${exchange}-${line} `,
      ];
      for (const spelling of spellings) {
        expect(canonicalValue("phone", spelling, options)).toBe(`+1${area}${exchange}${line}`);
      }
    }),
    { numRuns: 300 },
  );
});

test("what fits is written in a form that is equal to what was given, and fits again", () => {
  fc.assert(
    fc.property(anyType, anyValue, (type, value) => {
      const fit = fitsType(type, value, {});
      if (!fit.ok) return;
      expect(equalValues(type, fit.value, value, options)).toBe(true);
      expect(fitsType(type, fit.value, {})).toEqual(fit);
    }),
    { numRuns: 3_000 },
  );
});

test("canonical JSON is one text for equal data and reads back as that data", () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const text = canonicalJson(value);
      expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
      expect(canonicalJson(JSON.parse(text))).toBe(text);
    }),
    { numRuns: 1_000 },
  );
});
