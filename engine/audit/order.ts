import type { Code } from "../codes.ts";
import type { AuditFinding, Severity } from "./finding.ts";

/*
 * The order of the work. What could become a second record of one person, or a link between two people, comes first:
 * it is written down in two systems and is hard to undo. Then what keeps a record from being synced: nothing wrong
 * happens, and it waits. Then what is merely different, which the first sync brings in line by itself.
 */

export const severities: readonly Severity[] = ["high", "medium", "low"];

export interface AuditGroup {
  readonly title: string;
  readonly codes: readonly Code[];
}

/** In this order within a severity. The last but two takes the codes of all other held records. */
export const auditGroups: readonly AuditGroup[] = [
  {
    title: "Not everything could be looked at",
    codes: ["reading-stopped", "expression-failed", "accounts-bound", "system-of-record-changed"],
  },
  {
    title: "Duplicate keys: one thing twice, or a key given to two",
    codes: ["duplicate-key", "duplicate-identifier"],
  },
  { title: "Not clear which record belongs to which", codes: ["ambiguous", "decision-stale"] },
  { title: "Match by key, but disagree", codes: ["disagrees"] },
  { title: "Nearly match: perhaps one and the same", codes: ["near-miss"] },
  { title: "Near misses that were not searched", codes: ["search-cut"] },
  { title: "Without any match key", codes: ["keyless"] },
  { title: "Held for another reason", codes: [] },
  { title: "In the source only: will be created", codes: ["only-in-source"] },
  { title: "In the target only: left alone", codes: ["unmanaged"] },
  { title: "Changed by the first sync", codes: ["first-change"] },
];

const otherHeld = auditGroups.findIndex(({ codes }) => codes.length === 0);

export function groupOf(code: Code): number {
  const found = auditGroups.findIndex(({ codes }) => codes.includes(code));
  return found < 0 ? otherHeld : found;
}

/** Sorted by severity and group; what is equal in both stays in the order of mapping, rule and reading. */
export function inOrderOfHarm(findings: readonly AuditFinding[]): readonly AuditFinding[] {
  const rank = (finding: AuditFinding) =>
    severities.indexOf(finding.severity) * auditGroups.length + groupOf(finding.code);
  return findings.toSorted((a, b) => rank(a) - rank(b));
}
