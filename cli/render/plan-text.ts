import type { Plan } from "../../engine/plan/plan.ts";
import { addressText, streamText } from "../../engine/value/address.ts";
import type { TextOptions } from "./paint.ts";
import { changesText } from "./plan-text-changes.ts";
import { heldText, nearMatchesText } from "./plan-text-held.ts";
import {
  estimateText,
  outsideTexts,
  selectionText,
  summaryText,
  verdictText,
  windowText,
} from "./plan-view.ts";
import { timeText } from "./time-text.ts";
import { labelText } from "./value-text.ts";
import { visible } from "./visible.ts";
import { count, figure } from "./words.ts";

/** Names of records that are passed over, on a terminal; they are many and need no action. */
const briefNamesMax = 5;

/** The plan for a terminal or a pipe: what stands against it first, then every change, then what is not written. */
export function planText(plan: Plan, options: TextOptions): string {
  const sections = [
    headerText(plan, options),
    guardsText(plan, options),
    readingsText(plan, options),
    ...changesText(plan, options),
    heldText(plan, options),
    nearMatchesText(plan, options),
    passedOverText(plan, options),
    findingsText(plan, options),
    endText(plan, options),
  ];
  return `${sections.filter((section) => section !== undefined).join("\n\n")}\n`;
}

function headerText({ id, header }: Plan, { paint, timeZone }: TextOptions): string {
  const parts = [
    `made ${timeText(new Date(header.createdAt), timeZone)}`,
    ...(header.environment === undefined ? [] : [`environment ${header.environment}`]),
    `syncctl ${header.engineVersion}`,
  ];
  const title = header.purpose === "link" ? "Linking plan" : "Plan";
  return `${paint("bold", `${title} ${id.slice(0, 12)}`)} ${paint("dim", parts.join(", "))}`;
}

function readingsText(plan: Plan, { paint }: TextOptions): string | undefined {
  if (plan.readings.length === 0) return undefined;
  const lines = plan.readings.map((reading) => {
    const days = windowText(reading);
    const limited = days === undefined ? "" : `, days ${days}`;
    const line = `  ${streamText(reading)}  ${count(reading.records, "record")}${limited}`;
    if (reading.ended) return line;
    const why = visible(reading.problem ?? "no reason was given");
    return `${line}  ${paint("red", `not read to the end: ${why}`)}`;
  });
  return ["Read", ...lines, ...outsideTexts(plan).map((text) => `  ${text}`)].join("\n");
}

function guardsText(plan: Plan, { paint }: TextOptions): string | undefined {
  if (plan.guards.length === 0) return undefined;
  const lines = plan.guards.map((guard) => {
    const sign = guard.allowed ? "let through" : paint(["red", "bold"], "refused");
    return `  ${sign}  ${guard.mapping}: ${visible(guard.message)}`;
  });
  return ["Guards", ...lines].join("\n");
}

function passedOverText(plan: Plan, options: TextOptions): string | undefined {
  if (plan.passedOver.length === 0) return undefined;
  const lines = plan.passedOver.flatMap((group) => {
    const names = group.records.map(({ address, label }) =>
      options.brief
        ? labelText(label, options)
        : `${labelText(label, options)} (${visible(address.id)})`,
    );
    const shown = options.brief ? names.slice(0, briefNamesMax) : names;
    const more = names.length - shown.length;
    const place = options.paint("dim", `${group.at.file}:${group.at.line}`);
    return [
      `  ${figure(names.length)}  ${visible(group.reason)}  ${place}`,
      `     ${shown.join(", ")}${more > 0 ? ` and ${figure(more)} more` : ""}`,
    ];
  });
  return ["Passed over", ...lines].join("\n");
}

function findingsText(plan: Plan, options: TextOptions): string | undefined {
  if (plan.findings.length === 0) return undefined;
  const lines = plan.findings.flatMap((finding) => {
    const names = finding.records.map(({ address, label }) =>
      options.brief
        ? labelText(label, options)
        : `${labelText(label, options)} (${visible(addressText(address))})`,
    );
    const shown = options.brief ? names.slice(0, briefNamesMax) : names;
    const more = names.length - shown.length;
    const list = `     ${shown.join(", ")}${more > 0 ? ` and ${figure(more)} more` : ""}`;
    return [`  ${finding.code}  ${visible(finding.message)}`, ...(names.length > 0 ? [list] : [])];
  });
  return ["Findings", ...lines].join("\n");
}

function endText(plan: Plan, { paint }: TextOptions): string {
  const answered = plan.answered.map((each) => `Answered: ${visible(each.answer)}`);
  return [
    selectionText(plan),
    `${paint("bold", "Plan:")} ${summaryText(plan)}.`,
    estimateText(plan),
    ...answered,
    verdictText(plan),
  ]
    .filter((line) => line !== undefined)
    .join("\n");
}
