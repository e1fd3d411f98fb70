import { changeKinds } from "../../../../../cli/render/words.ts";
import type { Change, ChangeKind, RuleSummary } from "../../../../../engine/plan/plan.ts";
import { streamText } from "../../../../../engine/value/address.ts";
import { searched } from "./change-view.ts";

/** The changes of one rule that do the same: "people / users: create". */
export interface ChangeGroup {
  readonly key: string;
  readonly mapping: string;
  readonly rule: string;
  readonly kind: ChangeKind;
  /** `wfp/people to procore/users` */
  readonly way: string;
  readonly changes: readonly Change[];
}

/**
 * In the order in which the mapping files name the rules, and the kinds as everywhere. The order in which a plan is
 * applied is another one, and is told where a change waits for another.
 */
export function groupChanges(
  changes: readonly Change[],
  rules: readonly Pick<RuleSummary, "mapping" | "rule" | "source" | "target">[],
): readonly ChangeGroup[] {
  const byKey = Map.groupBy(changes, groupKey);
  const named = rules.flatMap((rule) =>
    changeKinds.map((kind) => groupKey({ mapping: rule.mapping, rule: rule.rule, kind })),
  );
  return [...new Set([...named, ...byKey.keys()])].flatMap((key): readonly ChangeGroup[] => {
    const own = byKey.get(key);
    const first = own?.[0];
    if (own === undefined || first === undefined) return [];
    const { mapping, rule, kind } = first;
    const way = `${streamText(first.source)} to ${streamText(first.target)}`;
    return [{ key, mapping, rule, kind, way, changes: own }];
  });
}

function groupKey(of: {
  readonly mapping: string;
  readonly rule: string;
  readonly kind: ChangeKind;
}): string {
  return JSON.stringify([of.mapping, of.rule, of.kind]);
}

/** What a person looks for among the changes. */
export interface ChangeFilter {
  readonly kind?: ChangeKind | undefined;
  readonly search: string;
}

/** Capitals do not matter; every word must be somewhere in the change. */
export function filterChanges(
  changes: readonly Change[],
  { kind, search }: ChangeFilter,
): readonly Change[] {
  const words = search
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== "");
  if (kind === undefined && words.length === 0) return changes;
  return changes.filter((change) => {
    if (kind !== undefined && change.kind !== kind) return false;
    if (words.length === 0) return true;
    const text = searched(change);
    return words.every((word) => text.includes(word));
  });
}
