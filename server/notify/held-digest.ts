import { createHash } from "node:crypto";
import type { Held } from "../../engine/plan/plan.ts";
import { addressText } from "../../engine/value/address.ts";

/*
 * What was told about held records, short enough to keep: eight characters for each record and its code, so that records
 * which have come up since can be counted. Two among ten thousand are alike by chance once in five million times.
 */

const keyChars = 8;

/** Of more records only the number and one digest over all of them are kept. */
const keysMax = 2_000;

const manyPattern = /^many:(\d+):/;

/** One for each held record of the mapping, in order and without repetition. */
export function heldKeys(held: readonly Held[], mapping: string): readonly string[] {
  const keys = held
    .filter((one) => one.mapping === mapping)
    .map(({ rule, source, code }) =>
      createHash("sha256")
        .update([rule, addressText(source), code].join("\u0000"))
        .digest("base64url")
        .slice(0, keyChars),
    );
  return [...new Set(keys)].sort();
}

export function heldDigest(keys: readonly string[]): string {
  if (keys.length <= keysMax) return keys.join("");
  const digest = createHash("sha256").update(keys.join("")).digest("base64url");
  return `many:${keys.length}:${digest}`;
}

/** How many of the records are not among those that a digest stands for. Of very many, how many more there are now. */
export function newlyHeld(told: string, keys: readonly string[]): number {
  const many = manyPattern.exec(told);
  if (many) return Math.max(0, keys.length - Number(many[1]));
  const known = new Set(keysOf(told));
  return keys.filter((key) => !known.has(key)).length;
}

/** For a plan that did not see everything: what was told stays told. */
export function withTold(told: string, keys: readonly string[]): string {
  const many = manyPattern.exec(told);
  if (many) return keys.length > Number(many[1]) ? heldDigest(keys) : told;
  return heldDigest([...new Set([...keysOf(told), ...keys])].sort());
}

function keysOf(told: string): readonly string[] {
  return told.match(new RegExp(`.{${keyChars}}`, "g")) ?? [];
}
