import { placeText } from "../../engine/config/place.ts";
import type { Candidate, Held, NearMatch, Plan } from "../../engine/plan/plan.ts";
import { addressText } from "../../engine/value/address.ts";
import type { TextOptions } from "./paint.ts";
import { labelText, valueText } from "./value-text.ts";
import { visible } from "./visible.ts";
import { count, figure } from "./words.ts";

/** On a terminal, so many held records of one code are shown in full; the rest is counted. */
const briefHeldMax = 20;

/** The records that are not written, each with its reason and what a person can do. */
export function heldText(plan: Plan, options: TextOptions): string | undefined {
  if (plan.held.length === 0) return undefined;
  const title = options.paint("bold", `Held: ${count(plan.held.length, "record")} not written`);
  const groups = [...Map.groupBy(plan.held, (held) => held.code).values()];
  return [title, ...groups.map((group) => groupText(group, options))].join("\n");
}

function groupText(group: readonly Held[], options: TextOptions): string {
  const shown = options.brief ? group.slice(0, briefHeldMax) : group;
  const more = group.length - shown.length;
  return [
    ...shown.map((held) => heldRecordText(held, options)),
    ...(more > 0 ? [`  and ${figure(more)} more; --all shows every one`] : []),
  ].join("\n");
}

function heldRecordText(held: Held, options: TextOptions): string {
  const { paint } = options;
  const code = paint("yellow", held.code);
  const label = paint("bold", labelText(held.label, options));
  const place = paint("dim", `${visible(addressText(held.source))}  ${placeText(held.at)}`);
  return [
    `  ${code}  ${label}  ${place}`,
    `      why    ${visible(held.reason)}`,
    `      to do  ${visible(held.todo)}`,
    ...held.candidates.flatMap((candidate) => candidateLines(candidate, options)),
  ].join("\n");
}

/** In linking plans: pairs that nearly match, with the fields that speak against them. */
export function nearMatchesText(plan: Plan, options: TextOptions): string | undefined {
  if (plan.nearMatches.length === 0) return undefined;
  const title = options.paint(
    "bold",
    `Nearly matching: ${count(plan.nearMatches.length, "record")}`,
  );
  const lines = plan.nearMatches.map((near) => nearMatchText(near, options));
  const how = "  If two are one, correct the fields, or say so with `syncctl link add`.";
  return [title, ...lines, how].join("\n");
}

function nearMatchText(near: NearMatch, options: TextOptions): string {
  const label = options.paint("bold", labelText(near.label, options));
  return [
    `  ${label}  ${options.paint("dim", visible(addressText(near.source)))}`,
    ...near.candidates.flatMap((candidate) => candidateLines(candidate, options)),
  ].join("\n");
}

function candidateLines(candidate: Candidate, options: TextOptions): readonly string[] {
  const address = options.paint("dim", visible(addressText(candidate.address)));
  const linked =
    candidate.linkedTo === undefined
      ? ""
      : `, linked to ${visible(addressText(candidate.linkedTo))} already`;
  return [
    `      could be  ${labelText(candidate.label, options)}  ${address}${linked}`,
    ...candidate.differences.map(
      ({ field, source, target }) =>
        `          ${field}: ${valueText(source, options)} in the source, ${valueText(target, options)} in the target`,
    ),
  ];
}
