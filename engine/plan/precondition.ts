import type { StreamRecord } from "../connector/connector.ts";
import type { Rule } from "../mapping/mapping.ts";
import { canonicalJson } from "../value/canonical-json.ts";
import { digest } from "../value/digest.ts";
import type { Value } from "../value/value.ts";

/**
 * The fields of the target that a rule looks at once the record exists: those it keeps in step, matches by, compares,
 * or retires with. What it sets on creation only, such as permissions, may be changed by others at any time.
 */
export function watchedFields(rule: Rule): readonly string[] {
  const names = new Set<string>([
    ...rule.fields.filter(({ set }) => set !== "on-create").map(({ field }) => field),
    ...rule.match.flatMap((key) => key.parts.map((part) => part.field)),
    ...rule.agree,
    ...Object.keys(rule.retire ?? {}),
    ...Object.keys(rule.prefer ?? {}),
  ]);
  return [...names].sort();
}

/** Digest of what the watched fields hold. Others, such as the time of the last login, may move freely. */
export function watchedDigest(watched: readonly string[], record: StreamRecord): string {
  const held: Record<string, Value> = {};
  for (const field of watched) {
    const value = record.fields[field];
    if (value !== undefined) held[field] = value;
  }
  return digest(canonicalJson(held));
}
