import type {
  Audit,
  AuditCandidate,
  AuditFinding,
  AuditRecord,
  AuditValue,
} from "../../engine/audit/finding.ts";
import { addressText, type RecordAddress } from "../../engine/value/address.ts";
import { csvRow } from "./csv.ts";

/*
 * The audit for a spreadsheet. A line tells one thing to look at: a finding with several records, candidates or fields
 * has one line for each, all with the same code.
 */

interface Line {
  readonly finding: AuditFinding;
  readonly source?: Named | undefined;
  readonly target?: Named | undefined;
  readonly value?: AuditValue | undefined;
  readonly why: string;
}

interface Named {
  readonly address: RecordAddress;
  readonly label: string;
}

const columns: Readonly<Record<string, (line: Line) => string>> = {
  severity: ({ finding }) => finding.severity,
  code: ({ finding }) => finding.code,
  mapping: ({ finding }) => finding.mapping,
  rule: ({ finding }) => finding.rule ?? "",
  source: ({ source }) => (source ? addressText(source.address) : ""),
  source_name: ({ source }) => source?.label ?? "",
  target: ({ target }) => (target ? addressText(target.address) : ""),
  target_name: ({ target }) => target?.label ?? "",
  field: ({ value }) => value?.field ?? "",
  source_value: ({ value }) => cellOf(value?.source),
  target_value: ({ value }) => cellOf(value?.target),
  why: ({ why }) => why,
  to_do: ({ finding }) => finding.todo,
};

/** RFC 4180: quoted where needed, lines end with CR LF. */
export function auditCsv(audit: Audit): string {
  const lines = audit.findings.flatMap(linesOf);
  const rows = lines.map((line) => Object.values(columns).map((column) => column(line)));
  return [Object.keys(columns), ...rows].map(csvRow).join("");
}

function linesOf(finding: AuditFinding): readonly Line[] {
  const candidates = finding.candidates.flatMap((one) => candidateLines(finding, one));
  if (candidates.length > 0 && finding.records.length === 1) return candidates;
  const source = finding.records.find(({ side }) => side === "source");
  const target = finding.records.find(({ side }) => side === "target");
  const why = finding.message;
  if (finding.code === "first-change") {
    const values = orNone(finding.values);
    return values.map((value): Line => ({ finding, source, target, value, why }));
  }
  const records = orNone(finding.records).flatMap((record) =>
    orNone(valuesOf(finding, record)).map(
      (value): Line => ({ finding, ...sided(record), value, why }),
    ),
  );
  return [...records, ...candidates];
}

function candidateLines(finding: AuditFinding, candidate: AuditCandidate): readonly Line[] {
  const { of } = candidate;
  const isMeant = ({ side, address }: AuditRecord) =>
    side === "source" && (of === undefined || address.id === of.id);
  const source = finding.records.find(isMeant);
  const why = whyCandidate(finding, candidate);
  return orNone(candidate.values).map(
    (value): Line => ({ finding, source, target: candidate, value, why }),
  );
}

function whyCandidate(finding: AuditFinding, candidate: AuditCandidate): string {
  if (candidate.score === undefined) return finding.message;
  const { score, speaksFor, speaksAgainst } = candidate;
  const against = speaksAgainst.length === 0 ? [] : [`against: ${speaksAgainst.join("; ")}`];
  return `${score} of 100: ${[...speaksFor, ...against].join("; ")}`;
}

/** The values that the record itself has. */
function valuesOf({ values }: AuditFinding, record: AuditRecord | undefined) {
  return record === undefined ? values : values.filter((value) => value[record.side] !== undefined);
}

function sided(record: AuditRecord | undefined): Pick<Line, "source" | "target"> {
  if (record === undefined) return {};
  return record.side === "source" ? { source: record } : { target: record };
}

function orNone<T>(list: readonly T[]): readonly (T | undefined)[] {
  return list.length === 0 ? [undefined] : list;
}

function cellOf(value: AuditValue["source"]): string {
  if (value === undefined || value === null) return "";
  return typeof value === "string" ? value : JSON.stringify(value);
}
