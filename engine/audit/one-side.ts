import type { StreamRecord } from "../connector/connector.ts";
import { addressIn, type RuleContext } from "../plan/context.ts";
import { addressText, streamText } from "../value/address.ts";
import type { AuditFinding } from "./finding.ts";
import { type Ground, inScope, namesOf, sourceRecord, targetRecord } from "./ground.ts";
import { identityKeys, keyOfSource } from "./identity-keys.ts";
import type { NearMisses } from "./near-misses.ts";

/** Source records that will be created, and no finding says that they may be there already. */
export function onlyInSource(ground: Ground, near: NearMisses): readonly AuditFinding[] {
  return ground.rules.flatMap((context) => {
    const { rule } = namesOf(context);
    return ground.syncing.changes.flatMap((change): readonly AuditFinding[] => {
      if (change.kind !== "create" || change.rule !== rule) return [];
      const source = context.sources.records.get(change.source.id);
      if (!source || near.isTold(context, source.id)) return [];
      return [createFinding(context, source, change.reason)];
    });
  });
}

function createFinding(context: RuleContext, source: StreamRecord, message: string): AuditFinding {
  const record = sourceRecord(context, source);
  const { one } = context.targets.schema.noun;
  const address = addressText(record.address);
  return {
    severity: "low",
    code: "only-in-source",
    ...namesOf(context),
    records: [record],
    message,
    todo: `Nothing, if a new ${one} is right; otherwise say which ${one} it is with \`syncctl link add ${address} <${one}> --why "…"\`, or leave it out with \`--ignore\`.`,
    values: [],
    candidates: [],
  };
}

export interface TargetOnly {
  readonly findings: readonly AuditFinding[];
  /** By `connection/stream`. */
  readonly counts: ReadonlyMap<string, number>;
}

/** Target records that nothing in the source belongs to, each stream once, with the first rule that leads to it. */
export function onlyInTarget(ground: Ground, near: NearMisses): TargetOnly {
  const claimed = claimedTargets(ground);
  const counts = new Map<string, number>();
  const findings: AuditFinding[] = [];
  const complete = ground.rules.filter(({ sources, targets }) => sources.ended && targets.ended);
  const byStream = Map.groupBy(complete, ({ targets }) => streamText(targets.ref));
  for (const [stream, rules] of byStream) {
    const [context] = rules;
    if (!context) continue;
    const { targets, linkedTargets } = context;
    const alone = [...targets.records.values()].filter(({ id }) => {
      const text = addressText(addressIn(targets.ref, id));
      return !linkedTargets.has(id) && !claimed.has(text) && !near.targets.has(text);
    });
    counts.set(stream, alone.length);
    findings.push(...alone.map((target) => unmanagedFinding(context, target)));
  }
  return { findings, counts };
}

/** Targets that a plan links or shows as a candidate, or that a source has the key of, brought in or not. */
function claimedTargets(ground: Ground): ReadonlySet<string> {
  const claimed = new Set<string>();
  for (const part of [ground.linking, ground.syncing]) {
    for (const change of part.changes) {
      if (change.kind === "link") claimed.add(addressText(change.target));
    }
    for (const { candidates } of part.held) {
      for (const { address } of candidates) claimed.add(addressText(address));
    }
  }
  for (const context of ground.rules) {
    const own = identityKeys(context, ground.rules).filter(({ place }) => place !== null);
    for (const { source } of inScope(context)) {
      for (const key of own) {
        const found = key.place === null ? null : keyOfSource(context, key, source);
        if (found === null || key.place === null) continue;
        for (const id of context.index.candidates(key.place, found)) {
          claimed.add(addressText(addressIn(context.targets.ref, id)));
        }
      }
    }
  }
  return claimed;
}

function unmanagedFinding(context: RuleContext, target: StreamRecord): AuditFinding {
  const [wanted, here] = [context.sources.schema.noun.one, context.targets.schema.noun.one];
  const record = targetRecord(context, target);
  return {
    severity: "low",
    code: "unmanaged",
    ...namesOf(context),
    records: [record],
    message: `There is no ${wanted} for this ${here}; it is left alone.`,
    todo: `Nothing, if that is meant; otherwise enter the ${wanted} in ${streamText(context.sources.ref)}, or say which one it is with \`syncctl link add <${wanted}> ${addressText(record.address)} --why "…"\`.`,
    values: [],
    candidates: [],
  };
}
