import type {
  Audit,
  AuditCandidate,
  AuditFinding,
  AuditValue,
} from "../../engine/audit/finding.ts";
import { addressText, streamText } from "../../engine/value/address.ts";
import {
  type AuditSection,
  auditRuleTitle,
  auditSections,
  auditVerdict,
  couldBe,
  isPlainGroup,
  ruleCountsText,
  ruleName,
  severityReason,
  severityTitle,
  targetCountsText,
} from "./audit-view.ts";
import { code, prose } from "./markdown.ts";
import { markdownCharactersMax } from "./plan-markdown.ts";
import { labelText, valueText } from "./value-text.ts";
import { count, figure } from "./words.ts";

/** Kept free for the last line, which says what was cut. */
const endCharacters = 400;

/** Values and names are cut, so that one record cannot use up the comment. */
const brief = { brief: true };

/** Records of one finding that are named. */
const recordsMax = 10;

interface Line {
  readonly text: string;
  readonly findings: number;
}

/** The audit for a ticket or a comment. What does not fit is counted, never left out silently. */
export function auditMarkdown(audit: Audit): string {
  const lines = [
    ...headLines(audit).map((text) => ({ text, findings: 0 })),
    ...auditSections(audit).flatMap(sectionLines),
    ...fieldLines(audit).map((text) => ({ text, findings: 0 })),
  ];
  const kept: string[] = [];
  let length = 0;
  for (const { text } of lines) {
    length += text.length + 1;
    if (length > markdownCharactersMax - endCharacters) break;
    kept.push(text);
  }
  const cut = lines.slice(kept.length).reduce((sum, line) => sum + line.findings, 0);
  if (cut > 0) {
    kept.push(
      "",
      `**${figure(cut)} more findings did not fit.** See all of them with \`syncctl audit --format html\` or \`--format csv\`.`,
    );
  }
  return `${kept.join("\n")}\n`;
}

function headLines(audit: Audit): readonly string[] {
  const { createdAt, environment } = audit.header;
  const stopped = audit.readings.filter((reading) => !reading.ended);
  return [
    `### Audit: ${prose(auditVerdict(audit))}`,
    "",
    ...audit.rules.flatMap((rule) => [
      `- ${prose(auditRuleTitle(rule))}: ${prose(ruleCountsText(rule))}; ${prose(targetCountsText(rule))}`,
    ]),
    ...stopped.map(
      (reading) =>
        `- **Not read to the end**: ${code(streamText(reading))}: ${prose(reading.problem ?? "no reason was given")}`,
    ),
    "",
    `<sub>made ${createdAt}${environment === undefined ? "" : `, environment ${prose(environment)}`}</sub>`,
  ];
}

function sectionLines({ severity, findings, groups }: AuditSection): readonly Line[] {
  const head = [
    "",
    `#### ${severityTitle[severity]}: ${figure(findings)} <sub>${severityReason[severity]}</sub>`,
  ];
  return [...head.map((text) => ({ text, findings: 0 })), ...groups.flatMap(groupLines)];
}

function groupLines({ title, findings }: AuditSection["groups"][number]): readonly Line[] {
  const head = ["", `**${prose(title)}: ${figure(findings.length)}**`, ""];
  const table = isPlainGroup(findings)
    ? ["| record | rule |", "| --- | --- |"]
    : ["| | records | what is the matter, and what to do |", "| --- | --- | --- |"];
  const row = isPlainGroup(findings) ? plainRow : findingRow;
  return [
    ...[...head, ...table].map((text) => ({ text, findings: 0 })),
    ...findings.map((finding) => ({ text: row(finding), findings: 1 })),
  ];
}

function plainRow(finding: AuditFinding): string {
  return `| ${recordsText(finding)} | ${prose(ruleName(finding))} |`;
}

function findingRow(finding: AuditFinding): string {
  const what = [
    prose(finding.message),
    ...(finding.code === "first-change" ? finding.values.map(changeText) : []),
    ...finding.candidates.map((one) => candidateText(finding, one)),
    `**To do:** ${prose(finding.todo)}`,
    `<sub>${prose(ruleName(finding))}</sub>`,
  ];
  return `| ${code(finding.code)} | ${recordsText(finding)} | ${what.join("<br>")} |`;
}

function recordsText({ records }: AuditFinding): string {
  const shown = records.slice(0, recordsMax).map(({ address, label, linkedTo }) => {
    const linked = linkedTo ? `, linked to ${code(addressText(linkedTo))}` : "";
    return `${code(labelText(label, brief))} ${code(addressText(address))}${linked}`;
  });
  const more = records.length - shown.length;
  return [...shown, ...(more > 0 ? [`and ${figure(more)} more`] : [])].join("<br>");
}

function candidateText(finding: AuditFinding, candidate: AuditCandidate): string {
  const { address, label, linkedTo, score, speaksFor, speaksAgainst, values } = candidate;
  const linked = linkedTo ? `, linked to ${code(addressText(linkedTo))}` : "";
  const could = `${prose(couldBe(finding, candidate))} ${code(labelText(label, brief))} ${code(addressText(address))}${linked}`;
  if (score === undefined) {
    return [could, ...values.map(differenceText)].join("<br>");
  }
  const against = speaksAgainst.length === 0 ? "" : `; against: ${prose(speaksAgainst.join("; "))}`;
  return `${could} (${score} of 100): ${prose(speaksFor.join("; "))}${against}`;
}

function differenceText({ field, source, target }: AuditValue): string {
  return `${code(field)}: ${code(valueText(source, brief))} in the source, ${code(valueText(target, brief))} in the target`;
}

function changeText({ field, source, target }: AuditValue): string {
  return `${code(field)}: ${code(valueText(target, brief))} → ${code(valueText(source, brief))}`;
}

function fieldLines(audit: Audit): readonly string[] {
  if (audit.fields.length === 0) return [];
  return [
    "",
    "#### Fields that the first sync writes",
    "",
    ...audit.fields.map(({ mapping, rule, field, records, untold }) => {
      const unknown = untold === 0 ? "" : `, ${figure(untold)} of them not told by the target`;
      return `- ${code(field)}: ${count(records, "record")}${unknown} <sub>${prose(`${mapping} / ${rule}`)}</sub>`;
    }),
  ];
}
