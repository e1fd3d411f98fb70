import { placeText } from "../../engine/config/place.ts";
import { readText } from "../../engine/explain/condition-words.ts";
import type {
  Clause,
  Condition,
  Referenced,
  RuleExplanation,
} from "../../engine/explain/explanation.ts";
import { addressText } from "../../engine/value/address.ts";
import type { TextOptions } from "./paint.ts";
import { labelText } from "./value-text.ts";
import { visible } from "./visible.ts";
import { figure } from "./words.ts";

/** Step 3: whether the rule is for the record, and by which part of its condition. Short where it is not. */
export function scopeLines(rule: RuleExplanation, options: TextOptions): readonly string[] {
  const { scope } = rule;
  const { paint } = options;
  switch (scope.kind) {
    case "in":
      return [
        `  ${rule.rule}  ${paint("green", "yes")}${scope.condition ? "" : `: the rule takes every ${rule.nouns.source.one}  ${paint("dim", placeText(rule.at))}`}`,
        ...(scope.condition ? clauseLines(scope.condition, options) : []),
        ...rule.bringing.flatMap(({ what, condition }) => [
          `      new ones are ${what === "create" ? "created" : "linked"} only if`,
          ...clauseLines(condition, options).map((line) => `  ${line}`),
        ]),
        ...(rule.referenced ? referencedLines(rule.referenced, options) : []),
      ];
    case "out":
      return [
        `  ${rule.rule}  ${paint("yellow", "no")}`,
        ...clauseLines(scope.condition, { ...options, onlyUntrue: true }),
      ];
    case "off":
      return [
        `  ${rule.rule}  ${paint("yellow", "no")}: ${visible(scope.why)}  ${paint("dim", placeText(scope.at))}`,
        ...(scope.condition ? clauseLines(scope.condition, { ...options, onlyUntrue: true }) : []),
      ];
    case "failed":
      return [
        `  ${rule.rule}  ${paint("red", "failed")}: ${visible(scope.why)}  ${paint("dim", placeText(scope.at))}`,
        `      in: ${visible(scope.source)}`,
      ];
    case "absent":
    case "unreadable":
      return [`  ${rule.rule}  ${paint("yellow", "no")}: ${visible(scope.why)}`];
  }
}

/** Who needs a record that is created only when it is needed. */
function referencedLines(
  { needed, by, more }: Referenced,
  options: TextOptions,
): readonly string[] {
  const { paint } = options;
  const told = needed
    ? paint("green", "this one is")
    : by.length > 0
      ? paint("yellow", "none of these is written")
      : paint("yellow", "none refers to this one");
  return [
    `      new ones are created only when a record of another mapping needs them: ${told}`,
    ...by.map(({ mapping, address, label, written }) => {
      const place = paint("dim", visible(addressText(address)));
      const state = written ? "needs it" : "refers to it, and is not written";
      return `        ${mapping}  ${labelText(label, options)}  ${place}  ${state}`;
    }),
    ...(more > 0 ? [`        and ${figure(more)} more`] : []),
  ];
}

function clauseLines(
  { clauses }: Condition,
  options: TextOptions & { readonly onlyUntrue?: boolean },
): readonly string[] {
  const shown =
    options.onlyUntrue === true ? clauses.filter(({ holds }) => holds !== true) : clauses;
  return shown.map((clause) => clauseLine(clause, options));
}

function clauseLine({ source, at, holds, reads, trouble }: Clause, { paint }: TextOptions): string {
  const truth =
    holds === true
      ? paint("green", "true  ")
      : paint("yellow", holds === null ? "failed" : "false ");
  const found = trouble ?? reads.map(readText).join(", ");
  const told = found === "" ? "" : `  (${visible(found)})`;
  return `      ${truth}  ${visible(source)}${told}  ${paint("dim", placeText(at))}`;
}
