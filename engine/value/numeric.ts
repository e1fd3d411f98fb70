const numericPattern = /^[+-]?(\d+)(?:\.(\d+))?(?:[eE][+-]?\d+)?$/;

/** Numbers written with more digits than this are not told apart by arithmetic with 64-bit floats. */
const exactDigitsMax = 15;

/**
 * A number, or a text that writes one. Null for anything else, and for a text with more digits than a number can hold:
 * two long account numbers must never become equal by rounding.
 */
export function numberOf(value: unknown): number | null {
  if (typeof value === "number") return value === 0 ? 0 : value;
  if (typeof value !== "string") return null;
  const match = numericPattern.exec(value.trim());
  if (!match) return null;
  const [, whole = "", fraction = ""] = match;
  if (`${whole}${fraction}`.replace(/^0+/, "").length > exactDigitsMax) return null;
  const number = Number(value);
  if (!Number.isFinite(number)) return null;
  return number === 0 ? 0 : number;
}
