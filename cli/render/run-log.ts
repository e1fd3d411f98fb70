import type { RunEntry, RunSummary } from "../../engine/state/store.ts";
import { addressText } from "../../engine/value/address.ts";
import { csvRow } from "./csv.ts";
import type { TextOptions } from "./paint.ts";
import { timeText } from "./time-text.ts";
import { labelText, valueText } from "./value-text.ts";
import { visible } from "./visible.ts";
import { figure } from "./words.ts";

/* The log of a run, one line a record, in three forms. Each is written line by line, because runs can be long. */

export type RunLogFormat = "txt" | "csv" | "ndjson";

export interface RunLog {
  readonly head: string;
  line(entry: RunEntry): string;
}

export function runLog(format: RunLogFormat, run: RunSummary, options: TextOptions): RunLog {
  switch (format) {
    case "txt":
      return { head: runHead(run, options), line: (entry) => textLine(entry, options) };
    case "csv":
      return { head: csvRow(Object.keys(csvColumns)), line: csvLine };
    case "ndjson":
      return { head: "", line: (entry) => `${JSON.stringify({ run: run.runId, ...entry })}\n` };
  }
}

/** `4f1e  21 Nov 2026, 20:12:05 UTC  partial  sync people  cli  5 applied, 1 failed` */
export function runLine(run: RunSummary, { paint, timeZone }: TextOptions): string {
  const status = paint(run.status === "applied" ? "green" : "yellow", run.status);
  const what = `${run.purpose} ${visible(run.mappings.join(", "))}`;
  const started = timeText(run.startedAt, timeZone);
  return `${paint("bold", run.runId)}  ${started}  ${status}  ${what}  by ${visible(run.startedBy)}  ${countsText(run)}`;
}

function runHead(run: RunSummary, options: TextOptions): string {
  const finished =
    run.finishedAt === undefined
      ? "It has not finished: it is still going on, or its process was killed."
      : `Finished ${timeText(run.finishedAt, options.timeZone)}, plan ${run.planId.slice(0, 12)}.`;
  const note = run.note === undefined ? "" : `${visible(run.note)}\n`;
  return `${runLine(run, options)}\n${finished}\n${note}\n`;
}

function countsText(run: RunSummary): string {
  const parts = Object.entries(run.counts)
    .filter(([, number]) => number > 0)
    .map(([status, number]) => `${figure(number)} ${status}`);
  return parts.length > 0 ? parts.join(", ") : "no records";
}

function textLine(entry: RunEntry, options: TextOptions): string {
  const { paint } = options;
  const good = entry.status === "applied" || entry.status === "passed-over";
  const status = paint(good ? "green" : "yellow", entry.status.padEnd(11));
  const action = entry.action === "none" ? "" : `${entry.action} `;
  const target = entry.target === undefined ? "" : ` -> ${addressText(entry.target)}`;
  const addresses = paint("dim", visible(`${addressText(entry.source)}${target}`));
  const why = entry.reason === "" ? "" : `  ${visible(entry.reason)}`;
  const code = entry.code === undefined ? "" : ` (${entry.code})`;
  const fields = entry.fields.map(
    ({ field, before, after }) =>
      `      ${field}: ${before === undefined ? "" : `${valueText(before, options)} -> `}${valueText(after, options)}\n`,
  );
  return `${status}  ${action}${labelText(entry.label, options)}  ${addresses}${why}${code}\n${fields.join("")}`;
}

const csvColumns: Readonly<Record<string, (entry: RunEntry) => string>> = {
  sequence: (entry) => String(entry.sequence),
  mapping: (entry) => entry.mapping,
  rule: (entry) => entry.rule,
  name: (entry) => entry.label,
  source: (entry) => addressText(entry.source),
  target: (entry) => (entry.target === undefined ? "" : addressText(entry.target)),
  action: (entry) => entry.action,
  status: (entry) => entry.status,
  code: (entry) => entry.code ?? "",
  reason: (entry) => entry.reason,
  fields: (entry) =>
    entry.fields.length === 0
      ? ""
      : entry.fields
          .map(({ field, before, after }) =>
            before === undefined
              ? `${field}: ${JSON.stringify(after)}`
              : `${field}: ${JSON.stringify(before)} -> ${JSON.stringify(after)}`,
          )
          .join("; "),
};

function csvLine(entry: RunEntry): string {
  return csvRow(Object.values(csvColumns).map((column) => column(entry)));
}
