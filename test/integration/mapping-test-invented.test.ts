import fc from "fast-check";
import { expect, test } from "vitest";
import type { FieldType } from "../../engine/connector/schema.ts";
import { inventValues } from "../../engine/mapping-test/record/invented-values.ts";
import { inventWords } from "../../engine/mapping-test/record/invented-words.ts";
import { equalValues } from "../../engine/value/equal.ts";
import { fitsType } from "../../engine/value/fit.ts";
import type { Value } from "../../engine/value/value.ts";

/* Invented values say nothing of the real ones, and do for a mapping what those do. */

const phoneCountry = "US";
const options = { keep: new Set<string>(), avoid: [], phoneCountry };

function invented(type: FieldType, values: readonly Value[], keep: readonly string[] = []) {
  const real = values.map((value) => ({ type, value }));
  const made = inventValues(real, { ...options, keep: new Set(keep) });
  return values.map((value) => made.value(type, value));
}

test("a name keeps its length, its capitals, its accents and what stands between its words", () => {
  const [name] = invented("text", ["  Muñoz-O'BRIEN  de la Cruz Jr. "]);
  const bare = String(name).normalize("NFD").replace(/\p{M}/gu, "");
  expect(bare).toMatch(
    /^ {2}[A-Z][a-z]{4}-[A-Z]'[A-Z]{5} {2}[a-z]{2} [a-z]{2} [A-Z][a-z]{3} [A-Z][a-z]\. $/,
  );
  expect(String(name).normalize("NFD")).toContain("\u0303");
});

test("the same word is the same everywhere, in an e-mail address too, also without a dot between", () => {
  const made = inventValues(
    ["Ana", "Souza", "ANA SOUZA", "Aná"]
      .map((value) => ({ type: "text", value }))
      .concat(
        ["ana.souza@north.example", "anasouza@north.example"].map((value) => ({
          type: "email",
          value,
        })),
      ) as never,
    options,
  );
  const [first, last] = ["Ana", "Souza"].map((value) => String(made.value("text", value)));
  expect(made.value("text", "ANA SOUZA")).toBe(`${first} ${last}`.toUpperCase());
  const plain = `${first}.${last}`.toLowerCase();
  expect(made.value("email", "ana.souza@north.example")).toMatch(
    new RegExp(`^${plain}@\\w+\\.\\w+\\.example$`),
  );
  expect(made.value("email", "anasouza@north.example")).toMatch(
    new RegExp(`^${plain.replace(".", "")}@`),
  );
});

test("words that differ by one letter differ by one letter", () => {
  for (const [one = "", other = ""] of [
    ["Lund", "Lundt"],
    ["Fischer", "Fisher"],
    ["Weber", "Veber"],
    ["Okafor", "Okafo"],
  ]) {
    const [a = "", b = ""] = invented("text", [one, other]).map(String);
    expect(a.length - b.length).toBe(one.length - other.length);
    const same = [...a].filter((letter, at) => letter === b[at]).length;
    expect(
      Math.max(same, [...b].filter((letter) => a.includes(letter)).length),
    ).toBeGreaterThanOrEqual(Math.min(a.length, b.length) - 1);
  }
});

test("a number keeps its length and its noughts, and is the same with other signs around it", () => {
  const [plain, signed, short] = invented("text", ["NR2041", "NR-2041", "007"]).map(String);
  expect(plain).toMatch(/^[A-Z]{2}[1-9]\d{3}$/);
  expect(signed?.replace("-", "")).toBe(plain);
  expect(plain).not.toContain("2041");
  expect(short).toMatch(/^00[1-9]$/);
});

test("a phone number is one of nobody's, in the spelling of the real one", () => {
  const [one, same, extension, abroad, none] = invented("phone", [
    "(503) 555-0142",
    "+1 503.555.0142",
    "503-555-0142 x12",
    "+49 30 901820",
    "555-01",
  ]).map(String);
  expect(one).toBe("(202) 555-0100");
  expect(same).toBe("+1 202.555.0100");
  expect(extension).toMatch(/^202-555-0100 x\d\d$/);
  expect(abroad).toMatch(/^\+49 \d\d \d{6}$/);
  expect(abroad).not.toContain("901820");
  expect(none).toMatch(/^\d{3}-\d\d$/);
});

test("a phone number is the same in a field of text", () => {
  const made = inventValues(
    [
      { type: "phone", value: "(503) 555-0142" },
      { type: "text", value: "+15035550142" },
    ],
    options,
  );
  expect(made.value("text", "+15035550142")).toBe("+12025550100");
});

test("what the mapping names itself stays, and so does what says nothing of a person", () => {
  expect(invented("text", ["Crew", "crew", "--", "", null, true], ["Crew"])).toEqual([
    "Crew",
    expect.not.stringMatching(/crew/i),
    "--",
    "",
    null,
    true,
  ]);
  for (const type of [
    "date",
    "instant",
    "choice",
    "timezone",
    "boolean",
    "integer",
    "decimal",
  ] as const) {
    expect(invented(type, ["2026-03-02", 42])).toEqual(["2026-03-02", 42]);
  }
});

test("lists and maps are replaced inside", () => {
  const [value] = invented("text", [{ names: ["Ana Souza"], on: true }]);
  expect(JSON.stringify(value)).toMatch(
    /^\{"names":\["[A-Z][a-z]{2} [A-Z][a-z]{4}"\],"on":true\}$/,
  );
  expect(JSON.stringify(value)).not.toMatch(/Ana|Souza/);
});

test("however many words there are, each has one of its own, and none is a real one", () => {
  const real = [..."abcdefghijklmnopqrstuvwxyz"].flatMap((a) => [a, `${a}${a}`, `b${a}b${a}`]);
  const made = inventWords(new Set([...real, "bade", "kibane"]));
  const words = real.map(made.wordFor);
  expect(new Set(words).size).toBe(new Set(real).size);
  expect(words.filter((word) => real.includes(word) || word.includes("bade"))).toEqual([]);
  const numbers = Array.from({ length: 50 }, (_, n) => made.digitsFor(String(n + 1)));
  expect(new Set(numbers).size).toBe(50);
});

const letters = [..."abcdenorstABNÑñéÖß"];
const word = fc.string({ unit: fc.constantFrom(...letters), minLength: 1, maxLength: 6 });
const digits = fc.string({ unit: fc.constantFrom(..."0123456789"), minLength: 1, maxLength: 5 });
const gap = fc.constantFrom(" ", "-", ".", "'", "  ", ", ");
const name = fc
  .array(fc.oneof(word, digits, gap), { minLength: 1, maxLength: 5 })
  .map((parts) => parts.join(""));
const email = fc
  .tuple(word, gap, word, fc.constantFrom("@x.example", "@X.example", "@x", "@north.example", ""))
  .map((p) => p.join(""));
const local = fc.integer({ min: 5_035_550_100, max: 5_035_550_110 }).map(String);
const phone = fc.oneof(
  local,
  local.map((n) => `+1${n}`),
  local.map((n) => `(${n.slice(0, 3)}) ${n.slice(3, 6)}-${n.slice(6)}`),
  local.map((n) => `${n} x12`),
  digits,
  name,
);

test.each([
  ["text", name],
  ["email", email],
  ["phone", phone],
] as const)(
  "what is equal to a field of %s stays equal, what is not does not, and what fits fits",
  (type, values) => {
    fc.assert(
      fc.property(fc.array(values, { minLength: 2, maxLength: 6 }), (real) => {
        const made = invented(type, real);
        for (const [i, one] of real.entries()) {
          const [here, other] = [made[i] ?? null, made[(i + 1) % real.length] ?? null];
          expect(equalValues(type, here, other, options)).toBe(
            equalValues(type, one, real[(i + 1) % real.length] ?? null, options),
          );
          expect(fitsType(type, here, {}).ok).toBe(fitsType(type, one, {}).ok);
        }
      }),
      { numRuns: 300 },
    );
  },
);
