import { placeText } from "../../engine/config/place.ts";
import { readText } from "../../engine/explain/condition-words.ts";
import type { FieldOutcome, FieldStep, RuleExplanation } from "../../engine/explain/explanation.ts";
import { streamText } from "../../engine/value/address.ts";
import type { Value } from "../../engine/value/value.ts";
import type { TextOptions } from "./paint.ts";
import { labelText, valueText } from "./value-text.ts";
import { visible } from "./visible.ts";

/** Step 5: what each field gets and why. One line a field, and a second where there is more to say. */
export function fieldLines(rule: RuleExplanation, options: TextOptions): readonly string[] {
  const { fields } = rule;
  if (fields.length === 0) return [];
  const width = Math.max(...fields.map(({ field }) => field.length));
  const leads = `${streamText(rule.source)} -> ${streamText(rule.target)}`;
  const common = commonWhys(fields);
  return [
    `  ${rule.rule}  ${options.paint("dim", leads)}`,
    ...[...common].map((why) => `      ${visible(why)}`),
    ...fields.map((field) => fieldText(field, { ...options, width, common })),
  ];
}

/** What is said of several fields is said once, before them. */
function commonWhys(fields: readonly FieldStep[]): ReadonlySet<string> {
  const whys = fields
    .filter(({ outcome }) => outcome === "waits" || outcome === "written")
    .map(({ why }) => why);
  return new Set(whys.filter((why, index) => whys.indexOf(why) !== index));
}

const words: Readonly<Record<FieldOutcome, string>> = {
  same: "same",
  untold: "not told",
  written: "written",
  kept: "kept",
  waits: "waits",
  "left-out": "left out",
};

const styles = {
  same: "dim",
  untold: "dim",
  written: "green",
  kept: "dim",
  waits: "yellow",
  "left-out": "dim",
} as const satisfies Record<FieldOutcome, string>;

const wordWidth = Math.max(...Object.values(words).map((word) => word.length));

function fieldText(
  step: FieldStep,
  options: TextOptions & { readonly width: number; readonly common: ReadonlySet<string> },
): string {
  const { paint, width } = options;
  const word = paint(styles[step.outcome], words[step.outcome].padEnd(wordWidth));
  const from = paint("dim", `${fromText(step, options)}  ${placeText(step.at)}`);
  const first = `      ${step.field.padEnd(width)}  ${word}  ${valuesText(step, options)}  ${from}`;
  const why = step.outcome === "same" || options.common.has(step.why) ? [] : [visible(step.why)];
  const more = [...why, ...agreedText(step, options)].join(" ");
  const through = step.through ? visible(step.through.why) : "";
  const indent = " ".repeat(6 + width + 2 + wordWidth + 2);
  return [
    first,
    ...[more, through].filter((line) => line !== "").map((line) => indent + line),
  ].join("\n");
}

/** What the target holds, and what it gets where that is something else. */
function valuesText(step: FieldStep, options: TextOptions): string {
  const { paint } = options;
  const wanted = wantedOf(step);
  const gets = getsText(step, options);
  switch (step.outcome) {
    case "same":
      return step.through && gets !== undefined ? gets : valueText(step.target ?? wanted, options);
    case "untold":
      return gets ?? valueText(step.baseline, options);
    case "written":
      return step.reason === "new"
        ? paint("green", gets ?? "")
        : `${paint("red", valueText(step.target, options))} -> ${paint("green", gets ?? "")}`;
    case "waits":
      return "target" in step
        ? `${valueText(step.target, options)}, not yet ${gets ?? "(unknown)"}`
        : (gets ?? "(unknown)");
    case "kept":
    case "left-out":
      return "target" in step ? valueText(step.target, options) : "(nothing)";
  }
}

/** What the target should hold. Of a reference, the id of the counterpart and not that of the record it was found by. */
function wantedOf({ given, value, through }: FieldStep): Value | undefined {
  return given ?? (through ? through.counterpart?.id : value);
}

function getsText(step: FieldStep, options: TextOptions): string | undefined {
  const { through } = step;
  if (through?.status === "awaited")
    return `${labelText(through.counterpartLabel ?? "", options)}, once created`;
  const wanted = wantedOf(step);
  if (wanted === undefined) return undefined;
  const name = through?.counterpartLabel;
  const value = valueText(wanted, options);
  return name === undefined ? value : `${value} (${labelText(name, options)})`;
}

/** What both sides agreed on last, where the line does not show it already. */
function agreedText(step: FieldStep, options: TextOptions): readonly string[] {
  if (step.outcome !== "written" && step.outcome !== "waits" && step.outcome !== "kept") return [];
  if (step.baseline === undefined) return [];
  return [`Agreed on last: ${valueText(step.baseline, options)}.`];
}

/** A constant of the mapping file. */
const constant = /^(true|false|-?[\d.]+)$/;

/** The expression, and what it read where the value does not say that already. */
function fromText({ from, reads, value }: FieldStep, options: TextOptions): string {
  const [only, ...others] = reads;
  const plain = only?.name === from && others.length === 0;
  const expression = constant.test(from) ? `always ${from}` : `from ${visible(from)}`;
  if (reads.length === 0) return expression;
  if (plain && "value" in only && value !== undefined && only.value === value) {
    return `${expression} = ${valueText(value, options)}`;
  }
  return `${expression}, where ${reads.map((read) => visible(readText(read))).join(" and ")}`;
}
