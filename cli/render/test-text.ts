import { type Place, placeText } from "../../engine/config/place.ts";
import type { CaseResult, Unreached } from "../../engine/mapping-test/mapping-test.ts";
import type { TextOptions } from "./paint.ts";
import { failuresText } from "./test-failure-text.ts";
import { visible } from "./visible.ts";
import { count, figure, listed } from "./words.ts";

/** What came of mapping tests: every file, what failed and why, what no case reaches, and a last line with the figures. */
export function testText(
  results: readonly CaseResult[],
  unreached: readonly Unreached[] | undefined,
  options: TextOptions,
): string {
  const files = [...Map.groupBy(results, ({ file }) => file)];
  const failed = results.filter(({ failures }) => failures.length > 0);
  return `${[
    ...files.map(([file, cases]) => fileText(file, cases, options)),
    ...failed.map((result) => caseText(result, options)),
    ...(unreached && unreached.length > 0 ? [unreachedText(unreached, options)] : []),
    summaryText(results.length, failed.length, unreached, options),
  ].join("\n")}\n`;
}

function fileText(file: string, cases: readonly CaseResult[], { paint }: TextOptions): string {
  const failed = cases.filter(({ failures }) => failures.length > 0).length;
  const state = failed === 0 ? paint("green", "passed") : paint("red", `${figure(failed)} failed`);
  return `${visible(file)}  ${count(cases.length, "case")}  ${state}`;
}

function caseText({ mapping, name, at, failures }: CaseResult, options: TextOptions): string {
  const { paint } = options;
  const title = `${paint(["red", "bold"], "failed")} ${paint("bold", visible(name))}`;
  return `\n${title}  ${place(at, options)}\n${failuresText(failures, mapping, options)}`;
}

function unreachedText(unreached: readonly Unreached[], options: TextOptions): string {
  const lines = unreached.map(({ mapping, rule, part, name, at }) => {
    const what = { rule: "", field: ` field ${name}`, reaction: ` on.${name}` }[part];
    return `  ${visible(`${mapping}/${rule}${what}`)}  ${place(at, options)}`;
  });
  return ["", "No case reaches:", ...lines, ""].join("\n");
}

function place(at: Place, { paint }: TextOptions): string {
  return paint("dim", visible(placeText(at)));
}

function summaryText(
  cases: number,
  failed: number,
  unreached: readonly Unreached[] | undefined,
  { paint }: TextOptions,
): string {
  const parts = [
    ...(cases > failed ? [paint("green", `${figure(cases - failed)} passed`)] : []),
    ...(failed > 0 ? [paint("red", `${figure(failed)} failed`)] : []),
  ];
  const whole = unreached?.length === 0 ? " Every rule, field and reaction is reached." : "";
  return `${count(cases, "case")}: ${listed(parts)}.${whole}`;
}
