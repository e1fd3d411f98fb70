import { placeText } from "../../engine/config/place.ts";
import type { Change, Held, Plan, RuleSummary } from "../../engine/plan/plan.ts";
import { addressText, streamText } from "../../engine/value/address.ts";
import { code, prose } from "./markdown.ts";
import { indexPlan, neededBy, type PlanIndex, waitsFor } from "./plan-index.ts";
import {
  changeFields,
  changesByRule,
  estimateText,
  fieldPlace,
  outsideTexts,
  ruleTitle,
  selectionText,
  summaryText,
  verdictText,
  windowText,
} from "./plan-view.ts";
import { afterText } from "./reference-text.ts";
import { labelText, valueText } from "./value-text.ts";
import { fieldReasonText, figure, kindSign } from "./words.ts";

/** GitHub takes 65,536 characters in a comment; what the workflow adds around the plan must fit as well. */
export const markdownCharactersMax = 60_000;

/** Kept free for the last lines, which say what was cut. */
const endCharacters = 400;

/** Records that a finding names; the rest of them is counted, so that one finding cannot use up the comment. */
const findingNamesMax = 20;

/** Values and names are cut, so that one record cannot use up the comment. */
const brief = { brief: true };

interface Line {
  /** Asked only while there is room: a plan can have a thousand times as many lines as fit. */
  readonly text: () => string;
  /** How many changes or held records the line shows. */
  readonly records: number;
}

/** The plan for a comment on a pull request. What does not fit is counted, never left out silently. */
export function planMarkdown(plan: Plan): string {
  const index = indexPlan(plan);
  const lines = [
    ...headLines(plan),
    ...changesByRule(plan).flatMap(({ rule, changes }) => ruleLines(rule, changes, index)),
    ...heldLines(plan),
    ...passedOverLines(plan),
    ...findingLines(plan),
  ];
  const kept: string[] = [];
  let length = 0;
  for (const line of lines) {
    const text = line.text();
    length += text.length + 1;
    if (length > markdownCharactersMax - endCharacters) break;
    kept.push(text);
  }
  const cut = lines.slice(kept.length);
  if (cut.length > 0) kept.push("", cutText(cut));
  return `${kept.join("\n")}\n`;
}

function cutText(cut: readonly Line[]): string {
  const records = cut.reduce((sum, line) => sum + line.records, 0);
  const what = records > 0 ? `${figure(records)} more changes and held records` : "The rest";
  return `**${what} did not fit into this comment.** See the whole plan with \`syncctl show\` or \`syncctl plan --html\`.`;
}

function headLines(plan: Plan): readonly Line[] {
  const title = plan.header.purpose === "link" ? "Linking plan" : "Plan";
  const environment = plan.header.environment;
  const stopped = plan.readings.filter((reading) => !reading.ended);
  return [
    `### ${title}: ${prose(summaryText(plan))}`,
    "",
    prose(verdictText(plan)),
    ...plan.guards.map(
      (guard) =>
        `- ${guard.allowed ? "Let through" : "**Refused**"}: ${prose(guard.mapping)}: ${prose(guard.message)}`,
    ),
    ...stopped.map(
      (reading) =>
        `- **Not read to the end**: ${code(streamText(reading))}: ${prose(reading.problem ?? "no reason was given")}`,
    ),
    ...daysLines(plan),
    ...[selectionText(plan), estimateText(plan)].flatMap((text) => (text ? ["", prose(text)] : [])),
    "",
    `<sub>${code(plan.id.slice(0, 12))} made ${plan.header.createdAt}${environment === undefined ? "" : `, environment ${prose(environment)}`}</sub>`,
  ].map(noRecord);
}

/** Which days were read, and what lies outside of them. */
function daysLines(plan: Plan): readonly string[] {
  const read = plan.readings.flatMap((reading) => {
    const days = windowText(reading);
    return days === undefined ? [] : [`- Read: ${code(streamText(reading))}, days ${days}`];
  });
  return [...read, ...outsideTexts(plan).map((text) => `- ${prose(text)}`)];
}

function ruleLines(
  rule: RuleSummary,
  changes: readonly Change[],
  index: PlanIndex,
): readonly Line[] {
  return [
    ...[
      "",
      `#### ${prose(ruleTitle(rule))}`,
      "",
      "| | record | fields |",
      "| --- | --- | --- |",
    ].map(noRecord),
    ...changes.map((change) => ({ text: () => changeRow(change, rule, index), records: 1 })),
  ];
}

function changeRow(change: Change, rule: RuleSummary, index: PlanIndex): string {
  const needed = neededBy(change, index);
  const after = [
    ...(needed === undefined ? [] : [`needed by ${prose(needed)}`]),
    ...waitsFor(change, index).map(
      ({ what, label }) => `after ${prose(what)} ${code(labelText(label, brief))}`,
    ),
  ];
  const about = [code(labelText(change.label, brief)), code(addressText(change.source))];
  const target = "id" in change.target ? [`→ ${code(addressText(change.target))}`] : [];
  const fields = changeFields(change).map((field) => {
    const before = change.kind === "create" ? "" : `${code(valueText(field.before, brief))} → `;
    const why = field.why === "new" ? "" : `${fieldReasonText[field.why]}, `;
    return `${code(field.field)}: ${before}${code(afterText(field, { ...brief, index }))} <sub>${why}${prose(fieldPlace(rule, field.field))}</sub>`;
  });
  const record = [...about, ...target, prose(change.reason), ...after].join("<br>");
  return `| \`${kindSign[change.kind]}\` ${change.kind} | ${record} | ${fields.join("<br>")} |`;
}

function heldLines(plan: Plan): readonly Line[] {
  if (plan.held.length === 0) return [];
  const head = [
    "",
    `#### Held: ${figure(plan.held.length)}`,
    "",
    "| | record | why, and what to do |",
    "| --- | --- | --- |",
  ];
  return [
    ...head.map(noRecord),
    ...plan.held.map((held) => ({ text: () => heldRow(held), records: 1 })),
  ];
}

function heldRow(held: Held): string {
  const candidates = held.candidates.map((candidate) => {
    const differences = candidate.differences.map(
      ({ field, source, target }) =>
        `${code(field)} ${code(valueText(source, brief))} / ${code(valueText(target, brief))}`,
    );
    const linked = candidate.linkedTo ? `, linked to ${code(addressText(candidate.linkedTo))}` : "";
    return `could be ${code(labelText(candidate.label, brief))} ${code(addressText(candidate.address))}${linked} ${differences.join(", ")}`;
  });
  const record = [code(labelText(held.label, brief)), code(addressText(held.source))];
  const why = [
    prose(held.reason),
    prose(held.todo),
    ...candidates,
    `<sub>${prose(placeText(held.at))}</sub>`,
  ];
  return `| ${code(held.code)} | ${record.join("<br>")} | ${why.join("<br>")} |`;
}

function passedOverLines(plan: Plan): readonly Line[] {
  if (plan.passedOver.length === 0) return [];
  const lines = plan.passedOver.map(
    (group) =>
      `- ${figure(group.records.length)}: ${prose(group.reason)} <sub>${prose(placeText(group.at))}</sub>`,
  );
  return ["", "#### Passed over", "", ...lines].map(noRecord);
}

function findingLines(plan: Plan): readonly Line[] {
  const near = plan.nearMatches.map(
    (each) =>
      `- ${code(labelText(each.label, brief))} nearly matches ${each.candidates.map((candidate) => code(labelText(candidate.label, brief))).join(", ")}`,
  );
  const findings = plan.findings.map(
    ({ code: name, message, records }) =>
      `- ${code(name)} ${prose(message)}${namesText(records.map(({ label }) => label))}`,
  );
  const lines = [...near, ...findings];
  return lines.length === 0 ? [] : ["", "#### Findings", "", ...lines].map(noRecord);
}

function namesText(labels: readonly string[]): string {
  if (labels.length === 0) return "";
  const shown = labels.slice(0, findingNamesMax).map((label) => code(labelText(label, brief)));
  const more = labels.length - shown.length;
  return `<br>${shown.join(", ")}${more > 0 ? ` and ${figure(more)} more` : ""}`;
}

function noRecord(text: string): Line {
  return { text: () => text, records: 0 };
}
