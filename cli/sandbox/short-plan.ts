import type { Change, ChangeKind, Plan } from "../../engine/plan/plan.ts";
import type { TextOptions } from "../render/paint.ts";
import { changesText } from "../render/plan-text-changes.ts";
import { changeFields, changesByRule, ruleTitle } from "../render/plan-view.ts";
import { labelText } from "../render/value-text.ts";
import { visible } from "../render/visible.ts";
import { changeKinds, figure, kindSign, kindStyle, listed } from "../render/words.ts";

/*
 * The plans of the demo, short enough to be read while they pass: everything by name, and a few changes in full.
 */

/** Names of one kind and one rule that are told; the rest is counted. */
const namesMax = 6;

/** One line for each kind of change of each rule. */
export function namesOfChanges(plan: Plan, options: TextOptions): string {
  return changesByRule(plan)
    .map(({ rule, changes }) =>
      [
        options.paint("bold", ruleTitle(rule)),
        ...changeKinds.flatMap((kind) => kindLine(kind, changes, options)),
      ].join("\n"),
    )
    .join("\n");
}

function kindLine(
  kind: ChangeKind,
  changes: readonly Change[],
  options: TextOptions,
): readonly string[] {
  const names = changes
    .filter((change) => change.kind === kind)
    .map((change) => labelText(nameOf(change), options));
  if (names.length === 0) return [];
  const more = names.length - namesMax;
  const told = more > 0 ? [...names.slice(0, namesMax), `${figure(more)} more`] : names;
  return [`  ${options.paint(kindStyle[kind], kindSign[kind])} ${kind} ${listed(told)}`];
}

/** What belongs to a day is told by its day and whom it is for; ids of workers and hours tell nobody anything. */
function nameOf(change: Change): string {
  const person = changeFields(change).find(({ label }) => label !== undefined)?.label;
  return change.day === undefined || person === undefined
    ? change.label
    : `${person} ${change.day}`;
}

/** Which change is shown in full. */
export interface Pick {
  readonly mapping: string;
  readonly kind: ChangeKind;
  /** A part of what it is called. */
  readonly name?: string;
}

/** Each pick, and whatever it waits for, as every plan shows it: field by field, with the reason and the line. */
export function picksInFull(plan: Plan, picks: readonly Pick[], options: TextOptions): string {
  const chosen = picks.flatMap(({ mapping, kind, name = "" }) => {
    const fitting = plan.changes.find(
      (change) =>
        change.mapping === mapping && change.kind === kind && nameOf(change).includes(name),
    );
    return fitting === undefined ? [] : [fitting.id, ...fitting.after];
  });
  const changes = plan.changes.filter(({ id }) => chosen.includes(id));
  return changesText({ ...plan, changes }, options).join("\n");
}

/** One line for each record that is held. The text of an expression that failed is left out. */
export function heldShort({ held }: Plan, options: TextOptions): string {
  const lines = held.map(({ code, label, reason }) => {
    const [why = ""] = visible(reason).split(" (in: ");
    return `  ${options.paint("yellow", code)}  ${labelText(label, options)}: ${why}`;
  });
  return [options.paint("bold", "Held"), ...lines].join("\n");
}
