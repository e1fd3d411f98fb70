import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

/*
 * The vendors' help articles make numbered promises about people (W set-up, L linking, P recurring sync, Y types, T change
 * of type, Q permissions, H timing). Each is named by the scenario that proves it.
 */

const promised = { W: 11, L: 19, P: 28, Y: 4, T: 5, Q: 11, H: 3 };

/** Not proved here, with the reason. */
const elsewhere: Readonly<Record<string, string>> = {
  "W-011": "about projects",
  "L-017": "about projects",
  "P-027": "what other tools of the product do with synced people",
  "Q-008": "a duty of a person",
  "Q-009": "a mail of the product",
  "Q-010": "a screen of the product",
  "Q-011": "a duty of an administrator",
};

const texts = readdirSync(import.meta.dirname)
  .filter((name) => name.startsWith("people-"))
  .map((name) => readFileSync(join(import.meta.dirname, name), "utf8"));

const all = Object.entries(promised).flatMap(([letter, last]) =>
  Array.from(
    { length: last },
    (_nothing, index) => `${letter}-${String(index + 1).padStart(3, "0")}`,
  ),
);

test.each(all.filter((id) => !Object.hasOwn(elsewhere, id)))("%s is named by a scenario", (id) => {
  expect(texts.some((text) => text.includes(id))).toBe(true);
});

test("what is not proved here is really promised", () => {
  expect(Object.keys(elsewhere).filter((id) => !all.includes(id))).toEqual([]);
});
