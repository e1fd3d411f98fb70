import type { Change, Plan } from "../plan/plan.ts";
import type { Intent, Link, MappingState, Settlement } from "../state/store.ts";
import { addressText, type RecordAddress } from "../value/address.ts";

/** Links and open intents while a plan is applied, by mapping, rule and source. */
export interface StateView {
  link(change: Change): Link | null;
  /** The create of the source by the rule whose answer was lost before this run. */
  doubt(change: Change): Intent | null;
  /** Why the state no longer allows the change; null when it does. */
  objection(change: Change): string | null;
  /** The source that this target is linked to, if that is another one than the change's. */
  holder(change: Change, target: RecordAddress): RecordAddress | null;
  /** What this run has stored since. */
  note(settlement: Settlement): void;
}

export function stateView(plan: Plan, states: ReadonlyMap<string, MappingState>): StateView {
  const links = new Map<string, Link>();
  const held = new Map<string, Link>();
  const creates = new Map<string, Intent>();
  for (const state of states.values()) {
    for (const link of state.links) {
      links.set(keyOf(link), link);
      held.set(targetKey(link.mapping, link.target), link);
    }
    for (const intent of state.intents)
      if (intent.kind === "create") creates.set(keyOf(intent), intent);
  }
  const plannedAt = new Date(plan.header.createdAt).getTime();
  const view: StateView = {
    link: (change) => links.get(keyOf(change)) ?? null,
    doubt: (change) => creates.get(keyOf(change)) ?? null,
    objection(change) {
      const link = view.link(change);
      if (change.kind === "create" || change.kind === "link") {
        if (link && !isSame(link.target, change.replaces)) {
          return "The record has been linked since the plan was made.";
        }
        if (change.kind === "link" && view.holder(change, change.target)) {
          return "Its counterpart has been linked to another record since the plan was made.";
        }
        // A create that was begun after the plan was made is a question that the plan did not ask.
        const begun = change.kind === "create" ? creates.get(keyOf(change)) : undefined;
        if (begun && begun.at.getTime() >= plannedAt) {
          return "Another run has begun to create the record since the plan was made.";
        }
        return null;
      }
      if (!link)
        return isFollowed(change) ? null : "The link has been removed since the plan was made.";
      return addressText(link.target) === addressText(change.target)
        ? null
        : "The record has been linked to another one since the plan was made.";
    },
    holder(change, target) {
      const link = held.get(targetKey(change.mapping, target));
      return link && link.source.id !== change.source.id ? link.source : null;
    },
    note({ link, unlink }) {
      const gone = unlink && links.get(keyOf(unlink));
      if (gone) held.delete(targetKey(gone.mapping, gone.target));
      if (unlink) links.delete(keyOf(unlink));
      if (link) links.set(keyOf(link), link);
      if (link) held.set(targetKey(link.mapping, link.target), link);
    },
  };
  return view;

  /** A feedback rule follows the links of other rules and may not have one of its own yet. */
  function isFollowed(change: Change): boolean {
    const rule = plan.rules.find(
      (one) => one.mapping === change.mapping && one.rule === change.rule,
    );
    if (rule?.role !== "feedback" || !("id" in change.target)) return false;
    const { target } = change;
    return [...links.values()].some(
      (link) =>
        link.mapping === change.mapping &&
        addressText(link.source) === addressText(target) &&
        addressText(link.target) === addressText(change.source),
    );
  }
}

function keyOf(of: {
  readonly mapping: string;
  readonly rule: string;
  readonly source: { readonly id: string };
}): string {
  return `${of.mapping} ${of.rule} ${of.source.id}`;
}

function isSame(target: RecordAddress, other: RecordAddress | undefined): boolean {
  return other !== undefined && addressText(target) === addressText(other);
}

function targetKey(mapping: string, target: RecordAddress): string {
  return `${mapping} ${addressText(target)}`;
}
