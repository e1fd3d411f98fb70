import type { FieldChange } from "../../engine/plan/plan.ts";
import type { RunEntry, RunSummary } from "../../engine/state/store.ts";
import { addressText } from "../../engine/value/address.ts";
import { csvRow } from "./csv.ts";
import type { TextOptions } from "./paint.ts";
import { afterText } from "./reference-text.ts";
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

/** What a person who opens the file must know before the first record: when, who started it, what for, how it ended. */
function runHead(run: RunSummary, options: TextOptions): string {
  const { paint, timeZone } = options;
  const finished =
    run.finishedAt === undefined
      ? "It has not finished: it is still going on, or its process was killed."
      : timeText(run.finishedAt, timeZone);
  const lines = [
    ["Run", paint("bold", run.runId)],
    ["Started", `${timeText(run.startedAt, timeZone)} by ${visible(run.startedBy)}`],
    ["Finished", finished],
    [
      "What",
      `${run.purpose === "link" ? "linking run of" : "sync of"} ${visible(run.mappings.join(", "))}`,
    ],
    ["Plan", run.planId.slice(0, 12)],
    ["Result", paint(run.status === "applied" ? "green" : "yellow", run.status)],
    ["Records", countsText(run)],
    ...(run.note === undefined ? [] : [["Note", visible(run.note)]]),
  ];
  return `${lines.map(([what = "", text = ""]) => `${what.padEnd(headWidth)}${text}`).join("\n")}\n\n`;
}

const headWidth = 10;

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
    (change) =>
      `      ${change.field}: ${change.before === undefined ? "" : `${valueText(change.before, options)} -> `}${afterText(change, options)}\n`,
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
  fields: (entry) => entry.fields.map(csvField).join("; "),
};

function csvField(change: FieldChange): string {
  const { field, before, after, awaits, label } = change;
  const unknown = after === null && awaits !== undefined;
  const name = label === undefined ? "" : ` (${label})`;
  const gets = unknown ? afterText(change, { brief: false }) : `${JSON.stringify(after)}${name}`;
  return `${field}: ${before === undefined ? "" : `${JSON.stringify(before)} -> `}${gets}`;
}

function csvLine(entry: RunEntry): string {
  return csvRow(Object.values(csvColumns).map((column) => column(entry)));
}
