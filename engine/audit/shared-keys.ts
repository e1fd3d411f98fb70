import type { StreamRecord } from "../connector/connector.ts";
import { type RuleContext, sameInTarget } from "../plan/context.ts";
import { keyText } from "../plan/keys.ts";
import { streamText } from "../value/address.ts";
import { canonicalJson } from "../value/canonical-json.ts";
import type { Fields } from "../value/value.ts";
import type { AuditValue } from "./finding.ts";
import { evaluationInScope, type Ground, takesPart } from "./ground.ts";
import {
  type IdentityKey,
  identityKeys,
  keyOfSource,
  keyOfTargetRecord,
  sourceName,
  valuesOfSource,
} from "./identity-keys.ts";

/** A record with the rule that it was met in first. */
export interface Member {
  readonly context: RuleContext;
  readonly record: StreamRecord;
}

/** Records of one side that have the same key. */
export interface Shared {
  readonly members: readonly Member[];
  readonly values: readonly AuditValue[];
  /** The key finds counterparts for one of them; otherwise it does so in another rule only. */
  readonly matches: boolean;
  /** On the target side: a source record has the key, or one of them is linked. */
  readonly wanted: boolean;
}

export interface SharedKeys {
  readonly sources: readonly Shared[];
  readonly targets: readonly Shared[];
}

export function sharedKeys(ground: Ground): SharedKeys {
  const sources = new Map<string, Gathered>();
  const targets = new Map<string, Gathered>();
  const wanted = new Set<string>();
  const rules = ground.rules.map((context) => ({
    context,
    keys: identityKeys(context, ground.rules),
  }));
  const bySource = Map.groupBy(rules, ({ context }) => streamText(context.sources.ref));
  for (const list of bySource.values()) gatherSources(list, sources, wanted);
  for (const rule of rules) gatherTargets(rule, targets);
  return {
    sources: merged("source", [...sources.values()].filter(isShared), () => true),
    targets: merged(
      "target",
      [...targets.values()].filter(isShared).map(withoutRetired).filter(isShared),
      (one) => wanted.has(one.text) || one.members.some(isLinkedTarget),
    ),
  };
}

/** Everybody with one key. Mostly that is one record, of which there are many: what only several need is worked out later. */
interface Gathered {
  readonly text: string;
  readonly members: Member[];
  readonly key: IdentityKey;
  matches: boolean;
}

interface KeyedRule {
  readonly context: RuleContext;
  readonly keys: readonly IdentityKey[];
}

/** Of all rules from one stream together, in the order in which its records were read. */
function gatherSources(
  rules: readonly KeyedRule[],
  into: Map<string, Gathered>,
  wanted: Set<string>,
): void {
  const [first] = rules;
  for (const source of first?.context.sources.records.values() ?? []) {
    for (const { context, keys } of rules) {
      const evaluation = evaluationInScope(context, source.id);
      if (!evaluation || !takesPart(context, { source, evaluation })) continue;
      for (const key of keys) {
        const found = keyOfSource(context, key, source);
        if (found === null) continue;
        wanted.add(targetText(context, found));
        // By the expressions, so that two rules that take one field of the source see the same key.
        put(into, sourceText(context, key, found), key, { context, record: source });
      }
    }
  }
}

function gatherTargets({ context, keys }: KeyedRule, into: Map<string, Gathered>): void {
  for (const target of context.targets.records.values()) {
    for (const key of keys) {
      const found = keyOfTargetRecord(context, key, target);
      if (found === null) continue;
      put(into, targetText(context, found), key, { context, record: target });
    }
  }
}

function put(into: Map<string, Gathered>, text: string, key: IdentityKey, member: Member): void {
  const known = into.get(text);
  const matches = key.place !== null;
  if (!known) {
    into.set(text, { text, members: [member], key, matches });
    return;
  }
  known.matches ||= matches;
  // Two rules can take one record, and two rules can lead to one stream.
  if (!known.members.some(({ record }) => record.id === member.record.id)) {
    known.members.push(member);
  }
}

function sourceText(context: RuleContext, { key }: IdentityKey, found: Fields): string {
  const parts = key.parts.map(
    ({ field, from }) => `${from.source} = ${canonicalJson(found[field] ?? null)}`,
  );
  return `${streamText(context.sources.ref)} ${parts.sort().join(" and ")}`;
}

/** As the first of them has it. */
function valuesOf(side: "source" | "target", gathered: Gathered): readonly AuditValue[] {
  const [first] = gathered.members;
  if (!first) return [];
  const { key, place } = gathered.key;
  if (side === "target") {
    return key.parts.map(({ field }) => ({ field, target: first.record.fields[field] ?? null }));
  }
  const values = valuesOfSource(first.context, key, place, first.record);
  return key.parts.map((part, at) => ({ field: sourceName(part), source: values[at] ?? null }));
}

function targetText(context: RuleContext, found: Fields): string {
  return `${streamText(context.targets.ref)} ${keyText(found)}`;
}

function isShared({ members }: Gathered): boolean {
  return members.length > 1;
}

/** Whoever left and came back has an old record beside the new one; only where the key matches is it in the way. */
function withoutRetired(gathered: Gathered): Gathered {
  if (gathered.matches || !isShared(gathered)) return gathered;
  return { ...gathered, members: gathered.members.filter((member) => !isRetired(member)) };
}

function isRetired({ context, record }: Member): boolean {
  const retire = Object.entries(context.input.rule.retire ?? {});
  return (
    retire.length > 0 &&
    retire.every(([field, value]) => {
      const actual = record.fields[field];
      return actual !== undefined && sameInTarget(context, field, value, actual);
    })
  );
}

function isLinkedTarget({ context, record }: Member): boolean {
  return context.linkedTargets.has(record.id);
}

/** The same records with two keys in common are told once. */
function merged(
  side: "source" | "target",
  list: readonly Gathered[],
  wanted: (one: Gathered) => boolean,
): readonly Shared[] {
  const byRecords = Map.groupBy(list, ({ text, members }) =>
    canonicalJson([
      text.slice(0, text.indexOf(" ")),
      members.map(({ record }) => record.id).sort(),
    ]),
  );
  return [...byRecords.values()].flatMap((group): readonly Shared[] => {
    const [first] = group;
    if (!first) return [];
    return [
      {
        members: first.members,
        values: group.flatMap((one) => valuesOf(side, one)),
        matches: group.some(({ matches }) => matches),
        wanted: group.some(wanted),
      },
    ];
  });
}
