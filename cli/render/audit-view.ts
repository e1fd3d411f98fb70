import type {
  Audit,
  AuditCandidate,
  AuditFinding,
  RuleCounts,
  Severity,
} from "../../engine/audit/finding.ts";
import { auditGroups, groupOf, severities } from "../../engine/audit/order.ts";
import { streamText } from "../../engine/value/address.ts";
import { count, figure, listed } from "./words.ts";

/* What all views of an audit have in common: how it is grouped, and the sentences about the whole of it. */

export interface AuditSection {
  readonly severity: Severity;
  readonly findings: number;
  readonly groups: readonly {
    readonly title: string;
    readonly findings: readonly AuditFinding[];
  }[];
}

/** By severity and group, both in the order of the audit; what is empty is left out. */
export function auditSections(audit: Audit): readonly AuditSection[] {
  return severities.flatMap((severity) => {
    const findings = audit.findings.filter((finding) => finding.severity === severity);
    if (findings.length === 0) return [];
    const byGroup = Map.groupBy(findings, ({ code }) => groupOf(code));
    const groups = [...byGroup].map(([group, list]) => ({
      title: auditGroups[group]?.title ?? "",
      findings: list,
    }));
    return [{ severity, findings: findings.length, groups }];
  });
}

export const severityTitle: Readonly<Record<Severity, string>> = {
  high: "Clean first",
  medium: "Waits for a person",
  low: "To know",
};

/** Why it stands where it stands. */
export const severityReason: Readonly<Record<Severity, string>> = {
  high: "could become a second record of one thing, or a link between two",
  medium: "is not written until somebody has done something; nothing goes wrong",
  low: "nothing is in the way; look at it before the first sync",
};

/** Groups of which one line a record is enough: the sentence is the same for all of them. */
export function isPlainGroup(findings: readonly AuditFinding[]): boolean {
  return findings.every(({ code }) => code === "only-in-source" || code === "unmanaged");
}

/** `could be`, or `Lena Fisher could be` where the finding is about several records. */
export function couldBe({ records }: AuditFinding, { of }: AuditCandidate): string {
  const meant = of && records.find(({ address }) => address.id === of.id);
  return meant ? `${meant.label} could be` : "could be";
}

export function auditRuleTitle(rule: RuleCounts): string {
  return `${rule.mapping} / ${rule.rule}: ${streamText(rule.source)} -> ${streamText(rule.target)}`;
}

export function ruleName({ mapping, rule }: AuditFinding): string {
  return rule === undefined ? mapping : `${mapping} / ${rule}`;
}

/** `214 people: 198 link by themselves, 9 need a person, 7 will be created` */
export function ruleCountsText(rule: RuleCounts): string {
  const { one, many } = rule.sourceNoun;
  const parts = [
    verbCount(rule.linked, "is linked already", "are linked already"),
    verbCount(rule.willLink, "links by itself", "link by themselves"),
    verbCount(rule.needPerson, "needs a person", "need a person"),
    verbCount(rule.willCreate, "will be created", "will be created"),
    verbCount(rule.leftOut, "is left out by the rule", "are left out by the rule"),
    verbCount(rule.unsettled, "cannot be told yet", "cannot be told yet"),
  ].flat();
  const all = count(rule.records, one, many);
  return parts.length === 0 ? all : `${all}: ${parts.join(", ")}`;
}

/** `120 users: 14 have no person` */
export function targetCountsText(rule: RuleCounts): string {
  const { one, many } = rule.targetNoun;
  const all = count(rule.targetRecords, one, many);
  const alone = verbCount(rule.targetOnly, "has", "have").map(
    (text) => `${text} no ${rule.sourceNoun.one}`,
  );
  return [all, ...alone].join(": ");
}

function verbCount(number: number, one: string, many: string): readonly string[] {
  return number === 0 ? [] : [`${figure(number)} ${number === 1 ? one : many}`];
}

/** What the audit amounts to, in one sentence. */
export function auditVerdict(audit: Audit): string {
  if (!audit.complete) return "Incomplete: not everything could be read, so there may be more.";
  const sums = severities.flatMap((severity) => {
    const number = audit.findings.filter((finding) => finding.severity === severity).length;
    return number === 0 ? [] : [`${figure(number)} ${severityWords[severity]}`];
  });
  if (sums.length === 0) return "Clean: nothing was found.";
  const clean = audit.findings.every(({ severity }) => severity === "low");
  return `${clean ? "Nothing has to be cleaned" : "There is work to do"}: ${listed(sums)}.`;
}

const severityWords: Readonly<Record<Severity, string>> = {
  high: "to clean first",
  medium: "waiting for a person",
  low: "to know",
};
