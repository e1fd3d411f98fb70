import { writeFile } from "node:fs/promises";
import { audit } from "../engine/audit/audit.ts";
import type { Audit, Severity } from "../engine/audit/finding.ts";
import { severities } from "../engine/audit/order.ts";
import { buildPlan } from "../engine/plan/build-plan.ts";
import { type ExitCode, exitCode } from "./exit-code.ts";
import { planOptions, trouble } from "./plan-options.ts";
import { auditCsv } from "./render/audit-csv.ts";
import { auditHtml } from "./render/audit-html.ts";
import { auditMarkdown } from "./render/audit-markdown.ts";
import { auditText } from "./render/audit-text.ts";
import { auditVerdict } from "./render/audit-view.ts";
import { plainPaint } from "./render/paint.ts";
import { jsonText } from "./render/visible.ts";
import type { Session } from "./session.ts";
import { outText, terminal } from "./terminal.ts";
import { report } from "./trouble.ts";

export interface AuditFlags {
  readonly mapping?: readonly string[] | undefined;
  readonly format?: string | undefined;
  readonly json: boolean;
  readonly output?: string | undefined;
  readonly all: boolean;
  readonly "fail-on": string;
}

/** Reads everything once, makes both plans of it, and prints what a person has to do. */
export async function runAudit(session: Session, flags: AuditFlags): Promise<ExitCode> {
  const { engine, signal } = session;
  const { mapping } = flags;
  const input = await engine.gather(planOptions({ mapping }, { purpose: "link", signal }));
  if (signal.aborted) {
    return report(trouble("interrupted", "Stopped while reading; nothing was written."), flags);
  }
  const syncing = { ...input, settings: { ...input.settings, purpose: "sync" } } as const;
  const made = audit(input, buildPlan(input), buildPlan(syncing));
  session.clearProgress();
  const { output } = flags;
  if (output === undefined) terminal.out(viewOf(made, flags, outText(flags)));
  else {
    const failed = await save(output, viewOf(made, flags, { paint: plainPaint, brief: false }));
    if (failed !== undefined) return report(failed, flags);
    terminal.err(`${auditVerdict(made)} Written to ${output}.\n`);
  }
  return codeOf(made, flags["fail-on"] as Severity);
}

function viewOf(made: Audit, flags: AuditFlags, options: ReturnType<typeof outText>): string {
  if (flags.json) return `${jsonText(made)}\n`;
  switch (flags.format) {
    case "csv":
      return auditCsv(made);
    case "markdown":
      return auditMarkdown(made);
    case "html":
      return auditHtml(made);
    default:
      return auditText(made, options);
  }
}

async function save(file: string, text: string) {
  try {
    await writeFile(file, text);
    return undefined;
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return trouble("file-unwritable", `The audit cannot be written to ${file}: ${why}.`);
  }
}

function codeOf(made: Audit, failOn: Severity): ExitCode {
  if (!made.complete) return exitCode.error;
  const counting = severities.slice(0, severities.indexOf(failOn) + 1);
  return made.findings.some(({ severity }) => counting.includes(severity))
    ? exitCode.changes
    : exitCode.ok;
}
