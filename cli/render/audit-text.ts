import type {
  Audit,
  AuditCandidate,
  AuditFinding,
  AuditRecord,
  AuditValue,
  FieldCount,
} from "../../engine/audit/finding.ts";
import { codeEntry } from "../../engine/codes.ts";
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
import type { TextOptions } from "./paint.ts";
import { timeText } from "./time-text.ts";
import { labelText, valueText } from "./value-text.ts";
import { visible } from "./visible.ts";
import { count, figure } from "./words.ts";

/** On a terminal, so many findings of one group are shown; the rest is counted. */
const briefFindingsMax = 15;

/** And so many records of one finding. */
const briefRecordsMax = 8;

const severityStyle = { high: "red", medium: "yellow", low: "cyan" } as const;

/** The audit for a terminal or a pipe: the figures, then the work, the most harmful first. */
export function auditText(audit: Audit, options: TextOptions): string {
  const sections = [
    headText(audit, options),
    readingsText(audit, options),
    ...audit.rules.map((rule) =>
      [
        options.paint("bold", auditRuleTitle(rule)),
        `  ${ruleCountsText(rule)}`,
        `  ${targetCountsText(rule)}`,
      ].join("\n"),
    ),
    ...auditSections(audit).map((section) => sectionText(section, audit, options)),
    fieldsText(audit, options),
    `${options.paint("bold", "Audit:")} ${auditVerdict(audit)}`,
  ];
  return `${sections.filter((section) => section !== undefined).join("\n\n")}\n`;
}

function headText({ header }: Audit, { paint, timeZone }: TextOptions): string {
  const parts = [
    `made ${timeText(new Date(header.createdAt), timeZone)}`,
    ...(header.environment === undefined ? [] : [`environment ${header.environment}`]),
    `syncctl ${header.engineVersion}`,
  ];
  return `${paint("bold", "Audit")} ${paint("dim", parts.join(", "))}`;
}

function readingsText(audit: Audit, { paint }: TextOptions): string | undefined {
  if (audit.readings.length === 0) return undefined;
  const lines = audit.readings.map((reading) => {
    const line = `  ${streamText(reading)}  ${count(reading.records, "record")}`;
    if (reading.ended) return line;
    const why = visible(reading.problem ?? "no reason was given");
    return `${line}  ${paint("red", `not read to the end: ${why}`)}`;
  });
  return ["Read", ...lines].join("\n");
}

function sectionText(section: AuditSection, audit: Audit, options: TextOptions): string {
  const { severity, findings, groups } = section;
  const style = severityStyle[severity];
  const title = options.paint([style, "bold"], `${severityTitle[severity]}: ${figure(findings)}`);
  const parts = groups.map((group) => groupText(group, audit, options));
  return [`${title}  ${options.paint("dim", severityReason[severity])}`, ...parts].join("\n\n");
}

function groupText(
  { title, findings }: AuditSection["groups"][number],
  audit: Audit,
  options: TextOptions,
): string {
  const shown = options.brief ? findings.slice(0, briefFindingsMax) : findings;
  const more = findings.length - shown.length;
  const [first] = findings;
  const several = audit.rules.length > 1;
  const lines = isPlainGroup(findings)
    ? [
        ...(first ? [`      to do  ${codeEntry(first.code).remedy}`] : []),
        ...shown.map((finding) => plainLine(finding, several, options)),
      ]
    : shown.map((finding) => findingText(finding, several, options));
  return [
    `  ${options.paint("bold", `${title}: ${figure(findings.length)}`)}`,
    ...lines,
    ...(more > 0 ? [`  and ${figure(more)} more; --all shows every one`] : []),
  ].join("\n");
}

/** `Hugo Lindqvist  wfp/people/16  people / contacts` */
function plainLine(finding: AuditFinding, several: boolean, options: TextOptions): string {
  const records = finding.records.map((record) => recordText(record, options));
  const rule = several ? `  ${options.paint("dim", ruleName(finding))}` : "";
  return `    ${records.join(" = ")}${rule}`;
}

function findingText(finding: AuditFinding, several: boolean, options: TextOptions): string {
  const { paint } = options;
  const code = paint(severityStyle[finding.severity], finding.code);
  const rule = several ? `  ${paint("dim", ruleName(finding))}` : "";
  const [first] = finding.records;
  const one = finding.records.length === 1 && first ? `  ${recordText(first, options)}` : "";
  return [
    `    ${code}${one}${rule}`,
    `        ${visible(finding.message)}`,
    ...(one === "" ? recordLines(finding.records, options) : []),
    ...(finding.code === "first-change" ? finding.values.map((v) => changeLine(v, options)) : []),
    ...finding.candidates.flatMap((candidate) => candidateLines(finding, candidate, options)),
    `        to do  ${visible(finding.todo)}`,
  ].join("\n");
}

function recordText({ address, label }: AuditRecord, options: TextOptions): string {
  const where = options.paint("dim", visible(addressText(address)));
  return `${options.paint("bold", labelText(label, options))}  ${where}`;
}

function recordLines(records: readonly AuditRecord[], options: TextOptions): readonly string[] {
  const shown = options.brief ? records.slice(0, briefRecordsMax) : records;
  const more = records.length - shown.length;
  return [
    ...shown.map((record) => {
      const linked = record.linkedTo ? `, linked to ${visible(addressText(record.linkedTo))}` : "";
      return `          ${recordText(record, options)}${linked}`;
    }),
    ...(more > 0 ? [`          and ${figure(more)} more; --all shows every one`] : []),
  ];
}

function candidateLines(
  finding: AuditFinding,
  candidate: AuditCandidate,
  options: TextOptions,
): readonly string[] {
  const { address, label, linkedTo, score, speaksFor, speaksAgainst, values } = candidate;
  const where = options.paint("dim", visible(addressText(address)));
  const linked = linkedTo ? `, linked to ${visible(addressText(linkedTo))} already` : "";
  const points = score === undefined ? "" : `  ${score} of 100`;
  const told = (title: string, parts: readonly string[]) =>
    parts.length === 0 ? [] : [`            ${title}  ${visible(parts.join("; "))}`];
  return [
    `          ${visible(couldBe(finding, candidate))}  ${labelText(label, options)}  ${where}${linked}${points}`,
    ...told("for    ", speaksFor),
    ...told("against", speaksAgainst),
    ...(score === undefined ? values.map((value) => differenceLine(value, options)) : []),
  ];
}

function differenceLine({ field, source, target }: AuditValue, options: TextOptions): string {
  return `            ${field}: ${valueText(source, options)} in the source, ${valueText(target, options)} in the target`;
}

function changeLine({ field, source, target }: AuditValue, options: TextOptions): string {
  return `          ${field}  ${valueText(target, options)} -> ${valueText(source, options)}`;
}

function fieldsText(audit: Audit, options: TextOptions): string | undefined {
  if (audit.fields.length === 0) return undefined;
  const lines = audit.fields.flatMap((field) => fieldLines(field, audit, options));
  return [options.paint("bold", "Fields that the first sync writes"), ...lines].join("\n");
}

function fieldLines(field: FieldCount, { rules }: Audit, options: TextOptions): readonly string[] {
  const rule =
    rules.length > 1 ? `  ${options.paint("dim", `${field.mapping} / ${field.rule}`)}` : "";
  const untold =
    field.untold === 0
      ? ""
      : `, ${figure(field.untold)} of them where the target does not tell what it holds`;
  return [
    `  ${field.field}  ${count(field.records, "record")}${untold}${rule}`,
    ...field.examples.map(
      ({ label, before, after }) =>
        `      ${labelText(label, options)}: ${valueText(before, options)} -> ${valueText(after, options)}`,
    ),
  ];
}
