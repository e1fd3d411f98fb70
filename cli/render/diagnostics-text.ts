import type { Diagnostic } from "../../engine/config/diagnostic.ts";
import { type Place, placeText } from "../../engine/config/place.ts";
import type { TextOptions } from "./paint.ts";
import { visible } from "./visible.ts";
import { count, listed } from "./words.ts";

/** A source line is shown up to this length around the place; the rest of a very long one helps nobody. */
const lineCharactersMax = 140;

/** The text of a line of a file of the project; undefined where there is none. */
export type LineOf = (place: Place) => string | undefined;

/** Every diagnostic with its place, the line of the file, what is wrong and what to do. */
export function diagnosticsText(
  diagnostics: readonly Diagnostic[],
  lineOf: LineOf,
  options: TextOptions,
): string {
  const texts = diagnostics.map((diagnostic) => diagnosticText(diagnostic, lineOf, options));
  return `${[...texts, summary(diagnostics)].join("\n")}\n`;
}

function diagnosticText(diagnostic: Diagnostic, lineOf: LineOf, { paint }: TextOptions): string {
  const { at, severity, code, message, help } = diagnostic;
  const place = at === undefined ? "" : `${paint("bold", visible(placeText(at)))}: `;
  const kind = paint(severity === "error" ? ["red", "bold"] : ["yellow", "bold"], severity);
  const line = at === undefined ? undefined : lineOf(at);
  return [
    `${place}${kind} ${code}: ${visible(message)}`,
    ...(at === undefined || line === undefined ? [] : pointedLine(line, at)),
    `  ${paint("cyan", "help")}: ${visible(help)}`,
    "",
  ].join("\n");
}

/** The line, and below it a caret under the place. Columns count UTF-16 units, screens count cells. */
function pointedLine(line: string, at: Place): readonly string[] {
  const offset = Math.min(at.column - 1, line.length);
  const from = Math.max(0, offset - lineCharactersMax / 2);
  const shown = line.slice(from, from + lineCharactersMax);
  const lead = from > 0 ? "…" : "";
  const number = String(at.line);
  const before = cells(`${lead}${visible(line.slice(from, offset))}`);
  return [
    `  ${number} | ${lead}${visible(shown)}${from + lineCharactersMax < line.length ? "…" : ""}`,
    `  ${" ".repeat(number.length)} | ${" ".repeat(before)}^`,
  ];
}

/** How many cells of a terminal the text takes: most characters one, wide ones two, combining ones none. */
function cells(text: string): number {
  const wide =
    /\p{Emoji_Presentation}|[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\uff00-\uff60]/u;
  return Array.from(text).reduce(
    (sum, character) => sum + (/\p{M}/u.test(character) ? 0 : wide.test(character) ? 2 : 1),
    0,
  );
}

function summary(diagnostics: readonly Diagnostic[]): string {
  const errors = diagnostics.filter((diagnostic) => diagnostic.severity === "error").length;
  const warnings = diagnostics.length - errors;
  return listed([
    ...(errors > 0 ? [count(errors, "error")] : []),
    ...(warnings > 0 ? [count(warnings, "warning")] : []),
  ]);
}
