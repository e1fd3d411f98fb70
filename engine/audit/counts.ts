import type { RuleContext } from "../plan/context.ts";
import { streamText } from "../value/address.ts";
import type { AuditFinding, RuleCounts } from "./finding.ts";
import { type Ground, inScope, namesOf } from "./ground.ts";
import type { TargetOnly } from "./one-side.ts";

/** What becomes of the records of each rule. Each record is counted once, and a person's work comes first. */
export function countRules(
  ground: Ground,
  findings: readonly AuditFinding[],
  targetOnly: TargetOnly,
): readonly RuleCounts[] {
  const needing = new Map<string, Set<string>>();
  for (const { severity, records } of findings) {
    if (severity === "low") continue;
    for (const { side, address } of records) {
      if (side === "source") setOf(needing, streamText(address)).add(address.id);
    }
  }
  return ground.rules.map((context) =>
    countRule(ground, context, {
      needing: needing.get(streamText(context.sources.ref)) ?? new Set(),
      targetOnly: targetOnly.counts.get(streamText(context.targets.ref)) ?? 0,
    }),
  );
}

function setOf(sets: Map<string, Set<string>>, key: string): Set<string> {
  const known = sets.get(key) ?? new Set();
  sets.set(key, known);
  return known;
}

function countRule(
  ground: Ground,
  context: RuleContext,
  known: { readonly needing: ReadonlySet<string>; readonly targetOnly: number },
): RuleCounts {
  const { rule } = namesOf(context);
  const linkIds = idsOf(ground.linking.changes, rule, "link");
  const createIds = idsOf(ground.syncing.changes, rule, "create");
  const leftIds = new Set(
    [...ground.linking.passedOver, ...ground.syncing.passedOver]
      .filter((group) => group.rule === rule)
      .flatMap(({ records }) => records.map(({ address }) => address.id)),
  );
  const counts = { needPerson: 0, linked: 0, willLink: 0, willCreate: 0, leftOut: 0, unsettled: 0 };
  const ids = takenBy(context);
  for (const id of ids) {
    if (known.needing.has(id)) counts.needPerson += 1;
    else if (linkIds.has(id)) counts.willLink += 1;
    else if (context.input.links.has(id)) counts.linked += 1;
    else if (createIds.has(id)) counts.willCreate += 1;
    else if (leftIds.has(id)) counts.leftOut += 1;
    else counts.unsettled += 1;
  }
  return {
    ...namesOf(context),
    source: context.sources.ref,
    target: context.targets.ref,
    sourceNoun: context.sources.schema.noun,
    targetNoun: context.targets.schema.noun,
    records: ids.length,
    ...counts,
    targetRecords: context.targets.records.size,
    targetOnly: known.targetOnly,
  };
}

/** In scope, or perhaps so: an expression failed. */
function takenBy(context: RuleContext): readonly string[] {
  const troubled = [...context.input.evaluations].flatMap(([id, { trouble }]) =>
    trouble && context.sources.records.has(id) ? [id] : [],
  );
  return [...inScope(context).map(({ source }) => source.id), ...troubled];
}

function idsOf(
  changes: Ground["linking"]["changes"],
  rule: string,
  kind: "link" | "create",
): ReadonlySet<string> {
  return new Set(
    changes
      .filter((change) => change.kind === kind && change.rule === rule)
      .map(({ source }) => source.id),
  );
}
