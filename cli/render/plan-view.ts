import { placeText } from "../../engine/config/place.ts";
import {
  type Change,
  type ChangeKind,
  type FieldChange,
  type Plan,
  planStatus,
  type ReadingSummary,
  type RuleSummary,
} from "../../engine/plan/plan.ts";
import { addressText, streamText } from "../../engine/value/address.ts";
import { changeKinds, count, figure, listed } from "./words.ts";

/* What all views of a plan have in common: how it is grouped, and the sentences about the whole of it. */

export interface RuleGroup {
  readonly rule: RuleSummary;
  readonly changes: readonly Change[];
}

/** The changes by rule, in the order in which the mapping files name the rules. Rules without changes are left out. */
export function changesByRule(plan: Plan): readonly RuleGroup[] {
  const byRule = Map.groupBy(plan.changes, (change) => ruleKey(change));
  return plan.rules.flatMap((rule) => {
    const changes = byRule.get(ruleKey(rule));
    return changes === undefined ? [] : [{ rule, changes }];
  });
}

function ruleKey(of: { readonly mapping: string; readonly rule: string }): string {
  return JSON.stringify([of.mapping, of.rule]);
}

export function ruleTitle(rule: RuleSummary): string {
  return `${rule.mapping} / ${rule.rule}: ${streamText(rule.source)} -> ${streamText(rule.target)}`;
}

/** The line of the mapping that sets a field; that of the rule for fields written by retiring. */
export function fieldPlace(rule: RuleSummary, field: string): string {
  return placeText(rule.fieldsAt[field] ?? rule.at);
}

/** `wfp/people/9 -> procore/users/1203`; for a create, the stream in place of the target. */
export function changeAddresses(change: Change): string {
  const target = "id" in change.target ? addressText(change.target) : streamText(change.target);
  return `${addressText(change.source)} ${change.kind === "link" ? "=" : "->"} ${target}`;
}

export function changeFields(change: Change): readonly FieldChange[] {
  return "fields" in change ? change.fields : [];
}

/** `2026-11-08 to 2026-11-23`, for a stream of which only some days were read. */
export function windowText({ window }: ReadingSummary): string | undefined {
  return window && `${window.from} to ${window.to}`;
}

/** Linked records of other days than those that were read: one sentence a rule that has any. */
export function outsideTexts(plan: Plan): readonly string[] {
  return plan.rules
    .filter(({ outside }) => outside > 0)
    .map(
      ({ mapping, rule, outside }) =>
        `${count(outside, "linked record")} of ${mapping} / ${rule} ${outside === 1 ? "lies" : "lie"} outside of the days that were read, and ${outside === 1 ? "is" : "are"} left as ${outside === 1 ? "it is" : "they are"}.`,
    );
}

function countsByKind(plan: Plan): Readonly<Record<ChangeKind, number>> {
  const counts = { create: 0, link: 0, update: 0, retire: 0, unlink: 0, delete: 0 };
  for (const change of plan.changes) counts[change.kind] += 1;
  return counts;
}

/** `2 to create, 1 to update; 3 held, 5 passed over, 40 in step` */
export function summaryText(plan: Plan): string {
  const counts = countsByKind(plan);
  const changes = changeKinds
    .filter((kind) => counts[kind] > 0)
    .map((kind) => `${figure(counts[kind])} to ${kind}`);
  const passedOver = plan.passedOver.reduce((sum, group) => sum + group.records.length, 0);
  const rest = [
    plan.held.length > 0 && `${figure(plan.held.length)} held`,
    passedOver > 0 && `${figure(passedOver)} passed over`,
    `${figure(sumOf(plan, "inStep"))} in step`,
    sumOf(plan, "unsettled") > 0 && `${figure(sumOf(plan, "unsettled"))} unsettled`,
    sumOf(plan, "outside") > 0 && `${figure(sumOf(plan, "outside"))} of other days`,
  ].filter((part) => part !== false);
  return `${changes.length > 0 ? changes.join(", ") : "no changes"}; ${rest.join(", ")}`;
}

function sumOf(plan: Plan, key: "inStep" | "unsettled" | "outside"): number {
  return plan.rules.reduce((sum, rule) => sum + rule[key], 0);
}

/** What the plan amounts to, in one sentence. */
export function verdictText(plan: Plan): string {
  switch (planStatus(plan)) {
    case "refused":
      return plan.guards.some((guard) => !guard.allowed && guard.allow === undefined)
        ? "Refused, for the reason above. Nothing will be applied."
        : "Refused: this plan is larger than its limits allow. Nothing will be applied.";
    case "incomplete":
      return "Incomplete: not everything could be read. What is planned is right, but it may not be everything.";
    case "empty":
      return plan.held.length > 0
        ? "Nothing to do, apart from the records that are held."
        : "Nothing to do: everything is in step.";
    case "changes":
      return plan.header.purpose === "link"
        ? "A linking plan: it stores links and writes to no system."
        : "Nothing has been written yet.";
  }
}

/** `About 12 API calls: 3 wfp, 9 procore`; nothing when no call will be made. */
export function estimateText(plan: Plan): string | undefined {
  const calls = plan.estimate.filter((each) => each.calls > 0);
  const sum = calls.reduce((total, each) => total + each.calls, 0);
  if (sum === 0) return undefined;
  const each = calls.map(({ connection, calls }) => `${figure(calls)} to ${connection}`);
  return `Applying takes about ${count(sum, "API call")}: ${listed(each)}.`;
}

export function selectionText(plan: Plan): string | undefined {
  const { selection } = plan;
  if (selection === undefined) return undefined;
  const words = [
    ...selection.only.map((word) => `--only ${word}`),
    ...selection.exclude.map((word) => `--exclude ${word}`),
  ];
  const by = words.length > 0 ? ` (${words.join(" ")})` : "";
  return `A part of the plan${by}: ${count(selection.leftOut, "change")} left out.`;
}
