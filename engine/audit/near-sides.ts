import type { StreamRecord } from "../connector/connector.ts";
import { addressIn, type RuleContext } from "../plan/context.ts";
import { addressText, streamText } from "../value/address.ts";
import { type Ground, namesOf } from "./ground.ts";
import { type Profile, profileOf } from "./near/profile.ts";
import { type SearchResult, searchNear } from "./near/search.ts";
import { newLexicon } from "./near/token.ts";
import {
  identityOfSource,
  identityOfTarget,
  type NearFields,
  nearFields,
} from "./near-profiles.ts";

/* Who is looked for among whom. Linked records take no part, and neither do those that will be linked by themselves. */

export interface SourceSide {
  readonly near: NearFields;
  readonly source: StreamRecord;
}

export interface TargetSide {
  readonly near: NearFields;
  readonly target: StreamRecord;
}

/** The two lists that were searched, with what was found. */
export interface Searched {
  readonly sources: readonly SourceSide[];
  readonly targets: readonly TargetSide[];
  readonly sourceProfiles: readonly Profile[];
  readonly targetProfiles: readonly Profile[];
  readonly result: SearchResult;
}

/** Of the rules from one source stream together. */
export function searchRules(ground: Ground, rules: readonly RuleContext[]): Searched {
  const lexicon = newLexicon();
  const fields = rules.map((context) => nearFields(context, ground.rules));
  const sources = fields.flatMap((near) => searchedSources(ground, near));
  const targets = searchedTargets(ground, fields);
  const sourceProfiles = sources.map(({ near, source }) =>
    profileOf(identityOfSource(near, source), lexicon),
  );
  const targetProfiles = targets.map(({ near, target }) =>
    profileOf(identityOfTarget(near, target), lexicon),
  );
  const known = knownPairs(ground);
  const apart = (at: number, other: number) => {
    const [side, target] = [sources[at], targets[other]];
    return !side || !target || known.has(pairText(side, target)) || isApart(side, target);
  };
  const result = searchNear(sourceProfiles, targetProfiles, { apart });
  return { sources, targets, sourceProfiles, targetProfiles, result };
}

/** Those without a counterpart, and those whose counterpart disagrees or is not clear: perhaps the key is wrong. */
function searchedSources(ground: Ground, near: NearFields): readonly SourceSide[] {
  const { context } = near;
  const { rule } = namesOf(context);
  const ids = new Set<string>();
  for (const change of ground.syncing.changes) {
    if (change.kind === "create" && change.rule === rule) ids.add(change.source.id);
  }
  for (const held of [...ground.syncing.held, ...ground.linking.held]) {
    if (held.rule !== rule || held.code === "in-doubt" || held.code === "expression-failed")
      continue;
    if (["absent", "keyless", "disagrees", "ambiguous"].includes(held.situation))
      ids.add(held.source.id);
  }
  for (const group of ground.syncing.passedOver) {
    if (group.code !== "ignored" || group.rule !== rule) continue;
    for (const { address } of group.records) ids.add(address.id);
  }
  return [...context.sources.records.values()]
    .filter(({ id }) => ids.has(id))
    .map((source) => ({ near, source }));
}

/** Every target record that is not linked and will not be linked by itself, each stream once. */
function searchedTargets(ground: Ground, fields: readonly NearFields[]): readonly TargetSide[] {
  const willLink = new Set<string>();
  for (const change of ground.linking.changes) {
    if (change.kind === "link") willLink.add(addressText(change.target));
  }
  const byStream = new Map(fields.map((near) => [streamText(near.context.targets.ref), near]));
  return [...byStream.values()].flatMap((near) => {
    const { targets, linkedTargets } = near.context;
    return [...targets.records.values()]
      .filter(({ id }) => !linkedTargets.has(id))
      .filter(({ id }) => !willLink.has(addressText(addressIn(targets.ref, id))))
      .map((target) => ({ near, target }));
  });
}

/** Pairs that a key has found already: they are told with their own reason. */
function knownPairs(ground: Ground): ReadonlySet<string> {
  return new Set(
    ground.linking.held.flatMap((held) =>
      held.candidates.map(({ address }) => `${addressText(held.source)} ${addressText(address)}`),
    ),
  );
}

function pairText({ near, source }: SourceSide, other: TargetSide): string {
  const target = addressIn(other.near.context.targets.ref, other.target.id);
  return `${addressText(addressIn(near.context.sources.ref, source.id))} ${addressText(target)}`;
}

/** A person has said that the two are different things. */
function isApart({ source }: SourceSide, { near, target }: TargetSide): boolean {
  return near.context.decided.apart.get(source.id)?.has(target.id) ?? false;
}
