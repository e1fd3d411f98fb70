import { shown } from "../value/shown.ts";
import type { Condition, ReadValue } from "./explanation.ts";

/* Conditions in words: not what they say, but what they found. */

/** `is_user is false and status is "inactive"`: what the clauses that are not true have read. */
export function notTrueBecause({ clauses, source }: Condition): string {
  const told = clauses
    .filter(({ holds }) => holds !== true)
    .map(({ reads, source: clause, trouble }) =>
      trouble === undefined ? readsText(reads, clause) : trouble,
    );
  return told.length > 0 ? told.join(", and ") : `${source} is not true`;
}

function readsText(reads: readonly ReadValue[], source: string): string {
  return reads.length > 0 ? reads.map(readText).join(" and ") : `${source} is not true`;
}

export function readText({ name, value }: ReadValue): string {
  const rule = /^\$linked\('(.*)'\)$/.exec(name)?.[1];
  if (rule !== undefined)
    return value === true ? `it has a link by ${rule}` : `it has no link by ${rule}`;
  if (value === undefined) return `${name} is not told`;
  return `${name} is ${value === null || value === "" ? "empty" : shown(value)}`;
}
