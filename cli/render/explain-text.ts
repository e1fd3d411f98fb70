import type { ConnectionStep, Explanation, ReadingStep } from "../../engine/explain/explanation.ts";
import { addressText, streamText } from "../../engine/value/address.ts";
import { endLines } from "./explain-end.ts";
import { fieldLines } from "./explain-fields.ts";
import { matchLines, unmanagedLines } from "./explain-match.ts";
import { scopeLines } from "./explain-scope.ts";
import type { TextOptions } from "./paint.ts";
import { timeText } from "./time-text.ts";
import { labelText } from "./value-text.ts";
import { visible } from "./visible.ts";
import { count } from "./words.ts";

/** One record for a terminal or a pipe: the answer first, then the five steps that prove it, then what is written. */
export function explanationText(explanation: Explanation, options: TextOptions): string {
  const { paint } = options;
  const { rules, unmanaged } = explanation;
  const head = [
    `${paint("bold", labelText(explanation.label, options))}  ${paint("dim", visible(addressText(explanation.record)))}`,
    visible(explanation.answer),
  ];
  const matched = [
    ...rules.flatMap((rule) => matchLines(rule, explanation, options)),
    ...unmanaged.flatMap((one) => unmanagedLines(one, options)),
  ];
  const sections = [
    head,
    step("1", "Connected", connectedLines(explanation.connected, options), options),
    step("2", "Read", readLines(explanation, options), options),
    step(
      "3",
      "In scope",
      rules.flatMap((rule) => scopeLines(rule, options)),
      options,
    ),
    step("4", "Matched", matched, options),
    step(
      "5",
      "Fields",
      rules.flatMap((rule) => fieldLines(rule, options)),
      options,
    ),
    [paint("bold", "What happens"), ...endLines(explanation, options)],
  ];
  return `${sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join("\n"))
    .join("\n\n")}\n`;
}

/** A step that there is nothing to say about is left out; the numbers stay. */
function step(
  number: string,
  title: string,
  lines: readonly string[],
  { paint }: TextOptions,
): readonly string[] {
  return lines.length === 0 ? [] : [`${paint("cyan", number)} ${paint("bold", title)}`, ...lines];
}

function connectedLines(
  connections: readonly ConnectionStep[],
  { paint }: TextOptions,
): readonly string[] {
  const width = Math.max(...connections.map(({ connection }) => connection.length));
  return connections.map(({ connection, connector, account, answers, problem }) => {
    const answer = answers ? paint("green", "answers") : paint("red", "does not answer");
    const who = [connector, account].filter((text) => text !== undefined).join(", ");
    const why = problem === undefined ? "" : `\n      ${visible(problem)}`;
    return `  ${connection.padEnd(width)}  ${answer}  ${visible(who)}${why}`.trimEnd();
  });
}

function readLines({ read, record }: Explanation, options: TextOptions): readonly string[] {
  const width = Math.max(0, ...read.readings.map(({ stream }) => streamText(stream).length));
  const told = {
    read: "The record was read.",
    missing: `The record is not in ${streamText(record)}.`,
    unknown: `The record was not read; ${streamText(record)} was not read to its end, so it may be there all the same.`,
    outside: `The record was not read: it belongs to ${read.day ?? "another day"}, and only some days are read.`,
  }[read.status];
  return [
    `  ${told}`,
    ...read.readings.map((reading) => readingLine(reading, { ...options, width })),
  ];
}

function readingLine(
  { stream, use, records, ended, problem, window, startedAt }: ReadingStep,
  { paint, timeZone, width }: TextOptions & { readonly width: number },
): string {
  const end = ended ? "read to the end" : paint("red", "not read to the end");
  const lookup = use === "lookup" ? ", for look-ups" : "";
  const days = window ? `, days ${window.from} to ${window.to}` : "";
  const why = problem === undefined ? "" : `\n      ${visible(problem)}`;
  const at = paint("dim", timeText(new Date(startedAt), timeZone));
  return `  ${streamText(stream).padEnd(width)}  ${count(records, "record")}${days}, ${end}${lookup}  ${at}${why}`;
}
