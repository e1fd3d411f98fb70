import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

/*
 * The vendors' help articles make numbered promises about people and projects (W set-up, L linking, P recurring sync of
 * people, Y types, T change of type, Q permissions, J projects, X records made elsewhere, A accounts, H timing). Each is
 * named by the scenario that proves it.
 */

/** First and last number of each run of numbers. */
const promised = {
  W: [[1, 11]],
  L: [[1, 19]],
  P: [[1, 28]],
  Y: [[1, 4]],
  T: [[1, 5]],
  Q: [[1, 11]],
  J: [
    [1, 15],
    [20, 25],
    [30, 33],
  ],
  X: [[1, 8]],
  A: [[1, 5]],
  H: [[1, 3]],
} as const;

/** Not proved here, with the reason. */
const elsewhere: Readonly<Record<string, string>> = {
  "P-027": "what other tools of the product do with synced people",
  "Q-008": "a duty of a person",
  "Q-009": "a mail of the product",
  "Q-010": "a screen of the product",
  "Q-011": "a duty of an administrator",
  "J-025": "a duty of an administrator",
  "J-033": "a duty of an administrator",
};

const texts = readdirSync(import.meta.dirname)
  .filter((name) => name.endsWith(".test.ts") && name !== "promises.test.ts")
  .map((name) => readFileSync(join(import.meta.dirname, name), "utf8"));

const all = Object.entries(promised).flatMap(([letter, runs]) =>
  runs.flatMap(([first, last]) =>
    Array.from(
      { length: last - first + 1 },
      (_nothing, index) => `${letter}-${String(first + index).padStart(3, "0")}`,
    ),
  ),
);

test.each(all.filter((id) => !Object.hasOwn(elsewhere, id)))("%s is named by a scenario", (id) => {
  expect(texts.some((text) => text.includes(id))).toBe(true);
});

test("what is not proved here is really promised", () => {
  expect(Object.keys(elsewhere).filter((id) => !all.includes(id))).toEqual([]);
});
