import type { ApplyResult, Outcome, OutcomeStatus } from "../../engine/apply/outcome.ts";
import { codeEntry } from "../../engine/codes.ts";
import type { Change, Plan } from "../../engine/plan/plan.ts";
import { addressText } from "../../engine/value/address.ts";
import type { TextOptions } from "./paint.ts";
import { labelText } from "./value-text.ts";
import { visible } from "./visible.ts";
import { count, figure, kindSign, kindStyle } from "./words.ts";

/** On a terminal, so many applied changes are listed; the plan has just been shown, and the run keeps every one. */
const briefAppliedMax = 20;

const outcomeWords: Readonly<Record<OutcomeStatus, string>> = {
  applied: "applied",
  failed: "failed",
  "in-doubt": "in doubt",
  stale: "stale",
  skipped: "skipped",
};

/** What became of every change: who was synced, who was not and why, and what to do about it. */
export function outcomeText(plan: Plan, result: ApplyResult, options: TextOptions): string {
  if (result.refusal) {
    const { code, message } = result.refusal;
    return [
      `${options.paint(["red", "bold"], "Refused")}  ${code}: ${visible(message)}`,
      `      to do  ${codeEntry(code).remedy}`,
      "Nothing was written.\n",
    ].join("\n");
  }
  const outcomes = new Map(result.outcomes.map((outcome) => [outcome.changeId, outcome]));
  const pairs = plan.changes.flatMap((change): [Change, Outcome][] => {
    const outcome = outcomes.get(change.id);
    return outcome === undefined ? [] : [[change, outcome]];
  });
  const applied = pairs.filter(([, outcome]) => outcome.status === "applied");
  const not = pairs.filter(([, outcome]) => outcome.status !== "applied");
  return [
    ...appliedLines(applied, options),
    ...notAppliedLines(not, options),
    `${options.paint("bold", `Run ${result.runId}:`)} ${outcomeSummary(plan, result)}.`,
    `See every record of it with: syncctl runs show ${result.runId}${options.inFolder ?? ""}\n`,
  ].join("\n");
}

/** `5 applied, 1 failed; 3 held` */
function outcomeSummary(plan: Plan, result: ApplyResult): string {
  const counts = Object.entries(Object.groupBy(result.outcomes, (outcome) => outcome.status));
  const parts = counts.map(
    ([status, list]) => `${figure(list.length)} ${outcomeWords[status as OutcomeStatus]}`,
  );
  const held = plan.held.length > 0 ? `; ${figure(plan.held.length)} held` : "";
  return `${parts.length > 0 ? parts.join(", ") : "no changes"}${held}`;
}

function appliedLines(
  pairs: readonly (readonly [Change, Outcome])[],
  options: TextOptions,
): readonly string[] {
  if (pairs.length === 0) return [];
  const shown = options.brief ? pairs.slice(0, briefAppliedMax) : pairs;
  const more = pairs.length - shown.length;
  return [
    options.paint("bold", `Applied: ${count(pairs.length, "change")}`),
    ...shown.map(([change, outcome]) => `  ${changeText(change, outcome, options)}`),
    ...(more > 0 ? [`  and ${figure(more)} more`] : []),
    "",
  ];
}

function notAppliedLines(
  pairs: readonly (readonly [Change, Outcome])[],
  options: TextOptions,
): readonly string[] {
  if (pairs.length === 0) return [];
  return [
    options.paint(["bold", "red"], `Not applied: ${count(pairs.length, "change")}`),
    ...pairs.flatMap(([change, outcome]) => [
      `  ${options.paint("red", outcomeWords[outcome.status])}  ${changeText(change, outcome, options)}`,
      ...(outcome.reason === undefined ? [] : [`      why    ${visible(outcome.reason)}`]),
      ...(outcome.code === undefined
        ? []
        : [`      to do  ${codeEntry(outcome.code).remedy} (${outcome.code})`]),
    ]),
    "",
  ];
}

function changeText(change: Change, outcome: Outcome, options: TextOptions): string {
  const { paint } = options;
  const sign = paint(kindStyle[change.kind], kindSign[change.kind]);
  const target = outcome.target ?? ("id" in change.target ? change.target : undefined);
  const to = target === undefined ? "" : ` -> ${addressText(target)}`;
  const addresses = paint("dim", visible(`${addressText(change.source)}${to}`));
  return `${sign} ${change.kind} ${paint("bold", labelText(change.label, options))}  ${addresses}`;
}
