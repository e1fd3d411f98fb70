import { placeText } from "../../engine/config/place.ts";
import type { Explanation, RuleExplanation } from "../../engine/explain/explanation.ts";
import type { Change } from "../../engine/plan/plan.ts";
import type { TextOptions } from "./paint.ts";
import { changeAddresses } from "./plan-view.ts";
import { labelText } from "./value-text.ts";
import { visible } from "./visible.ts";
import { kindSign, kindStyle } from "./words.ts";

/** What the plan writes, or why nothing. */
export function endLines(explanation: Explanation, options: TextOptions): readonly string[] {
  const { rules, passedOver, stoppedBy } = explanation;
  const told = rules.flatMap((rule) => ruleEndLines(rule, options));
  const { paint } = options;
  const out = passedOver
    ? [
        `  ${paint("yellow", passedOver.code)}  ${visible(passedOver.reason)}  ${paint("dim", placeText(passedOver.at))}`,
      ]
    : [];
  const stopped = stoppedBy.map(
    ({ code, message }) => `  ${paint(["red", "bold"], "stopped")}  ${code}: ${visible(message)}`,
  );
  const written = rules.some(({ end }) => end.kind === "change");
  return [...(written ? [] : ["  Nothing is written."]), ...told, ...out, ...stopped];
}

function ruleEndLines(rule: RuleExplanation, options: TextOptions): readonly string[] {
  const { end } = rule;
  const { paint } = options;
  switch (end.kind) {
    case "change":
      return end.changes.flatMap((change) => changeLines(change, end.first, options));
    case "held":
      return [
        `  ${paint("yellow", "held")}  ${end.held.code}  ${paint("dim", `${rule.rule}  ${placeText(end.held.at)}`)}`,
        `      why    ${visible(end.held.reason)}`,
        `      to do  ${visible(end.held.todo)}`,
      ];
    case "passed-over":
      return [
        `  ${paint("yellow", end.code)}  ${visible(end.reason)}  ${paint("dim", placeText(end.at))}`,
      ];
    case "in-step":
      return [
        `  ${paint("green", "in step")}  ${rule.rule}${end.refreshed ? ": what both sides agree on is noted anew" : ""}`,
      ];
    case "reported":
      return [
        `  ${paint("yellow", end.code)}  ${rule.rule}: the pair is listed, and left as it is`,
      ];
    case "outside":
      return [`  ${paint("dim", "outside")}  ${rule.rule}: ${visible(end.why)}`];
    case "unsettled":
      return [`  ${paint("yellow", "unsettled")}  ${rule.rule}: ${visible(end.why)}`];
    case "nothing":
      return [];
  }
}

type First = Extract<RuleExplanation["end"], { kind: "change" }>["first"];

function changeLines(
  change: Change,
  others: First,
  { paint, brief }: TextOptions,
): readonly string[] {
  const sign = paint(kindStyle[change.kind], `${kindSign[change.kind]} ${change.kind}`);
  const about = paint("dim", `change ${change.id}`);
  const first = change.after.map((id) => {
    const other = others.find((one) => one.id === id);
    return other
      ? `      after change ${id}: ${other.kind} ${other.mapping} ${labelText(other.label, { brief })}`
      : `      after change ${id}`;
  });
  return [
    `  ${sign}  ${visible(changeAddresses(change))}  ${about}`,
    `      ${visible(change.reason)}`,
    ...first,
  ];
}
