import { placeText } from "../../engine/config/place.ts";
import type { Change, FieldChange, Plan, RuleSummary } from "../../engine/plan/plan.ts";
import type { TextOptions } from "./paint.ts";
import { indexPlan, neededBy, type PlanIndex, waitsFor } from "./plan-index.ts";
import {
  changeAddresses,
  changeFields,
  changesByRule,
  fieldPlace,
  type RuleGroup,
  ruleTitle,
} from "./plan-view.ts";
import { afterText } from "./reference-text.ts";
import { labelText, valueText } from "./value-text.ts";
import { visible } from "./visible.ts";
import { fieldReasonText, figure, kindSign, kindStyle } from "./words.ts";

/** On a terminal, so many changes of the same kind to the same fields are shown in full; the rest is counted. */
const briefSimilarMax = 8;

/** One section a rule, with every change of it. */
export function changesText(plan: Plan, options: TextOptions): readonly string[] {
  const index = indexPlan(plan);
  return changesByRule(plan).map((group) => ruleText(group, { ...options, index }));
}

type ChangeOptions = TextOptions & { readonly index: PlanIndex };

function ruleText({ rule, changes }: RuleGroup, options: ChangeOptions): string {
  const { paint } = options;
  const title = `${paint("bold", ruleTitle(rule))}  ${paint("dim", placeText(rule.at))}`;
  const alike = Map.groupBy(changes, likeness);
  const shown = new Map<string, number>();
  const lines = changes.flatMap((change): string[] => {
    const key = likeness(change);
    const similar = alike.get(key)?.length ?? 0;
    const before = shown.get(key) ?? 0;
    shown.set(key, before + 1);
    if (!options.brief || similar <= briefSimilarMax || before < briefSimilarMax) {
      return [changeText(change, rule, options)];
    }
    if (before > briefSimilarMax) return [];
    const more = `and ${figure(similar - briefSimilarMax)} more like these; --all shows every one`;
    return [`  ${paint(kindStyle[change.kind], kindSign[change.kind])} ${paint("dim", more)}`];
  });
  return [title, ...lines].join("\n");
}

/** Changes are alike when they do the same to the same fields. */
function likeness(change: Change): string {
  return JSON.stringify([change.kind, changeFields(change).map(({ field }) => field)]);
}

function changeText(change: Change, rule: RuleSummary, options: ChangeOptions): string {
  const { paint, index } = options;
  const needed = neededBy(change, index);
  const sign = paint(kindStyle[change.kind], kindSign[change.kind]);
  const fields = changeFields(change);
  const width = Math.max(0, ...fields.map(({ field }) => field.length));
  const targetLabel = change.kind === "link" ? labelText(change.targetLabel, options) : undefined;
  const label = labelText(change.label, options);
  const called = targetLabel === undefined || targetLabel === label ? "" : ` = ${targetLabel}`;
  return [
    `  ${sign} ${change.kind} ${paint("bold", label)}${called}  ${paint("dim", visible(changeAddresses(change)))}`,
    `      ${visible(change.reason)}`,
    ...(needed === undefined ? [] : [`      needed by: ${visible(needed)}`]),
    ...waitsFor(change, index).map(
      ({ what, label }) => `      after: ${what} ${labelText(label, options)}`,
    ),
    ...fields.map((field) => fieldText(field, change, rule, { ...options, width })),
  ].join("\n");
}

function fieldText(
  field: FieldChange,
  change: Change,
  rule: RuleSummary,
  options: ChangeOptions & { readonly width: number },
): string {
  const { paint, width } = options;
  const after = afterText(field, options);
  const values =
    change.kind === "create"
      ? paint("green", after)
      : `${paint("red", valueText(field.before, options))} -> ${paint("green", after)}`;
  // That a new record's fields are new says nothing.
  const why =
    field.why === "new" ? "" : `${fieldReasonText[field.why]}${agreedText(field, options)}, `;
  const note = paint("dim", `# ${why}${fieldPlace(rule, field.field)}`);
  return `      ${field.field.padEnd(width)}  ${values}  ${note}`;
}

/** For drift, the value that the two sides agreed on is the one that a person looks for. */
function agreedText(field: FieldChange, options: TextOptions): string {
  const drifted = field.why === "drift" || field.why === "source-changed-and-drift";
  return drifted && field.baseline !== undefined
    ? ` (agreed: ${valueText(field.baseline, options)})`
    : "";
}
