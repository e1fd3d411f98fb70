import type { FieldType } from "../connector/schema.ts";

/** Types that hold any text: what they hold may well be a number or a date. */
const general: readonly FieldType[] = ["text", "reference"];

/** Pairs of particular types whose values can be the same all the same. */
const kindred: readonly (readonly FieldType[])[] = [
  ["integer", "decimal"],
  ["integer", "choice"],
  ["integer", "phone"],
];

/** False only where no value of one type can be a value of the other. */
export function typesCanMeet(one: FieldType, other: FieldType): boolean {
  if (one === other) return true;
  if (one === "boolean" || other === "boolean") return false;
  if (general.includes(one) || general.includes(other)) return true;
  return kindred.some((pair) => pair.includes(one) && pair.includes(other));
}
