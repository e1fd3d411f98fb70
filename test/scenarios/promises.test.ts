import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

/*
 * The vendors' help articles make numbered promises about people, projects and workers (W set-up, L linking, P recurring
 * sync of people, Y types, T change of type, Q permissions, J projects, X records made elsewhere, A accounts, H timing, S
 * sync of users to SmartBarrel, C classifications and positions, K contacts). Each is named by the scenario that proves it.
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
  S: [[1, 24]],
  C: [[1, 7]],
  K: [[1, 7]],
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
  "S-010": "where a screen is reached from",
  "S-011": "what a screen shows first",
  "S-017": "a box on a screen; what it switches is proved by C-001 and C-003",
  "S-018":
    "a switch on a screen; that runs are started by hand or by a schedule is proved by S-012, S-019 and S-020",
  "S-022": "what a screen shows during a long run",
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
