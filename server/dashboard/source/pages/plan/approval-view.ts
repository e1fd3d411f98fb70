import { count, figure, listed } from "../../../../../cli/render/words.ts";
import type { Change, ChangeKind } from "../../../../../engine/plan/plan.ts";
import { kindWords } from "./change-view.ts";

/* What an approval would write, summed up for the dialog in which a person confirms it. */

export interface ApprovalPart {
  /** `procore/users`, or what stands for the state. */
  readonly where: string;
  /** `3 created, 2 updated` */
  readonly what: string;
  /** Something is taken away for good, or out of use. */
  readonly isGrave: boolean;
}

const statePart = "links (no system is written to)";

const inState: readonly ChangeKind[] = ["link", "unlink"];

const grave: readonly ChangeKind[] = ["delete", "retire"];

/** By where something is written, in the order in which it first comes up. */
export function approvalParts(changes: Iterable<Change>): readonly ApprovalPart[] {
  const parts = new Map<string, Map<ChangeKind, number>>();
  for (const change of changes) {
    const where = inState.includes(change.kind)
      ? statePart
      : `${change.target.connection}/${change.target.stream}`;
    const kinds = parts.get(where) ?? new Map<ChangeKind, number>();
    kinds.set(change.kind, (kinds.get(change.kind) ?? 0) + 1);
    parts.set(where, kinds);
  }
  return [...parts].map(([where, kinds]) => ({
    where,
    what: listed([...kinds].map(([kind, number]) => `${figure(number)} ${kindWords[kind].past}`)),
    isGrave: [...kinds.keys()].some((kind) => grave.includes(kind)),
  }));
}

export interface Choice {
  /** All changes of the plan. */
  readonly total: number;
  readonly chosen: number;
}

export function approvalTitle({ total, chosen }: Choice): string {
  return chosen === total
    ? `Approve all ${count(total, "change")}?`
    : `Approve ${figure(chosen)} of ${count(total, "change")}?`;
}

/** What becomes of the rest. */
export function restText({ total, chosen }: Choice): string | undefined {
  if (chosen === total) return undefined;
  const rest = total - chosen;
  return `${rest === 1 ? "One other is" : `The other ${figure(rest)} are`} not written now. The next run plans ${rest === 1 ? "it" : "them"} again.`;
}
