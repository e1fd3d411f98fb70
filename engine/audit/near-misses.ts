import { codeEntry } from "../codes.ts";
import type { StreamRecord } from "../connector/connector.ts";
import { addressIn, labelOf, type RuleContext, sameInTarget } from "../plan/context.ts";
import { addressText, streamText } from "../value/address.ts";
import { shown } from "../value/shown.ts";
import type { Value } from "../value/value.ts";
import type { AuditCandidate, AuditFinding, AuditRecord, AuditValue } from "./finding.ts";
import { type Ground, namesOf, sourceRecord } from "./ground.ts";
import { identityKeys, keyNames, keyOfSource, valuesOfSource } from "./identity-keys.ts";
import { tell } from "./near/likeness.ts";
import type { Near } from "./near/search.ts";
import { type Searched, type SourceSide, searchRules, type TargetSide } from "./near-sides.ts";
import { cutFindings } from "./search-cuts.ts";
import { inWords } from "./sentence.ts";

/*
 * Records without a counterpart that nearly match one. All rules from one source stream are searched together, because
 * a person who is in the wrong list of the target (a user, where a contact is looked for) is missed otherwise.
 */

export interface NearMisses {
  readonly findings: readonly AuditFinding[];
  /** Candidates by rule and source id, for records that are told elsewhere. */
  candidatesOf(context: RuleContext, sourceId: string): readonly AuditCandidate[];
  /** Whether the record has a finding of its own here. */
  isTold(context: RuleContext, sourceId: string): boolean;
  /** Texts of the addresses of the targets that nearly match something. */
  readonly targets: ReadonlySet<string>;
}

export function nearMisses(ground: Ground): NearMisses {
  const complete = ground.rules.filter(({ sources, targets }) => sources.ended && targets.ended);
  const bySource = Map.groupBy(complete, ({ sources }) => streamText(sources.ref));
  const searched = [...bySource.values()].map((rules) => searchRules(ground, rules));
  const elsewhere = toldByKey(ground);
  const candidates = new Map<string, readonly AuditCandidate[]>();
  const findings: AuditFinding[] = [];
  const told = new Set<string>();
  const near = new Set<string>();
  for (const one of searched) {
    const lists = candidateLists(one);
    for (const [at, side] of one.sources.entries()) {
      const list = lists[at] ?? [];
      if (list.length === 0) continue;
      const { context } = side.near;
      candidates.set(sourceText(context, side.source.id), list);
      for (const { address } of list) near.add(addressText(address));
      if (elsewhere.has(sourceText(context, side.source.id))) continue;
      told.add(sourceText(context, side.source.id));
      findings.push(findingOf(context, side.source, list));
    }
    findings.push(...cutFindings(one));
  }
  return {
    findings: findings.toSorted((a, b) => scoreOf(b) - scoreOf(a)),
    candidatesOf: (context, id) => candidates.get(sourceText(context, id)) ?? [],
    isTold: (context, id) => told.has(sourceText(context, id)),
    targets: near,
  };
}

function sourceText(context: RuleContext, id: string): string {
  return `${context.input.rule.name} ${id}`;
}

function scoreOf({ candidates }: AuditFinding): number {
  return candidates[0]?.score ?? 0;
}

/** Told where the key has found something, with the near ones beside it. */
function toldByKey(ground: Ground): ReadonlySet<string> {
  return new Set(
    ground.linking.held
      .filter(({ situation }) => situation === "disagrees" || situation === "ambiguous")
      .map(({ rule, source }) => `${rule} ${source.id}`),
  );
}

function candidateLists(searched: Searched): readonly (readonly AuditCandidate[])[] {
  return searched.result.matches.map((list, at) => {
    const side = searched.sources[at];
    return side ? list.flatMap((near) => candidateOf(searched, side, at, near)) : [];
  });
}

function candidateOf(
  searched: Searched,
  side: SourceSide,
  at: number,
  near: Near,
): readonly AuditCandidate[] {
  const other = searched.targets[near.target];
  const [a, b] = [searched.sourceProfiles[at], searched.targetProfiles[near.target]];
  if (!other || !a || !b) return [];
  const told = tell(a, b, searched.result.nameCount);
  const values = differencesOf(side, other);
  const better = near.better === null ? undefined : searched.sources[near.better];
  const against = [
    ...told.speaksAgainst,
    ...otherDifferences(side, values),
    ...otherStream(side.near.context, other.near.context),
    ...(better ? [betterText(better)] : []),
  ];
  return [
    {
      address: addressIn(other.near.context.targets.ref, other.target.id),
      label: labelOf(other.target, other.near.context.targets),
      by: "likeness",
      score: Math.min(scoreShownMax, near.score),
      speaksFor: told.speaksFor,
      speaksAgainst: against,
      values,
    },
  ];
}

function betterText({ near, source }: SourceSide): string {
  const { context } = near;
  const address = addressText(addressIn(context.sources.ref, source.id));
  return `${labelOf(source, context.sources)} (${address}) is nearer to it`;
}

function otherStream(own: RuleContext, other: RuleContext): readonly string[] {
  if (own === other) return [];
  const [wanted, found] = [own.targets.schema.noun.one, other.targets.schema.noun.one];
  return [`it is a ${found}, and the rule ${own.input.rule.name} looks for a ${wanted}`];
}

/** Who has more points is surely found; how many more says nothing to a person. */
const scoreShownMax = 100;

/** What has to be made equal for a linking run to link the pair: keys, and the fields that must agree. */
function differencesOf({ near, source }: SourceSide, other: TargetSide): readonly AuditValue[] {
  const { context } = near;
  const there = other.near.context.targets.schema.fields;
  const evaluation = context.input.evaluations.get(source.id);
  const wanted = new Map<string, Value>();
  for (const [place, key] of context.input.rule.match.entries()) {
    const values = valuesOfSource(context, key, place, source);
    for (const [at, { field }] of key.parts.entries()) wanted.set(field, values[at] ?? null);
  }
  for (const field of context.input.rule.agree) {
    const at = context.input.rule.fields.findIndex((one) => one.field === field);
    const value = evaluation?.fields[at];
    if (value !== undefined) wanted.set(field, value);
  }
  return [...wanted].flatMap(([field, value]): readonly AuditValue[] => {
    const actual = other.target.fields[field];
    if (there[field] === undefined || actual === undefined) return [];
    return sameInTarget(context, field, value, actual)
      ? []
      : [{ field, source: value, target: actual }];
  });
}

/** Fields that the search does not look at, such as whether somebody is active. */
function otherDifferences({ near }: SourceSide, values: readonly AuditValue[]): readonly string[] {
  const { fields } = near.context.targets.schema;
  return values
    .filter(({ field }) => ["boolean", "choice", "date"].includes(fields[field]?.type ?? ""))
    .map(({ field, source, target }) => `${field} is ${shown(source)} and ${shown(target)}`);
}

function findingOf(
  context: RuleContext,
  source: StreamRecord,
  candidates: readonly AuditCandidate[],
): AuditFinding {
  const record = sourceRecord(context, source);
  const { one } = context.targets.schema.noun;
  const keys = inWords([
    ...new Set(context.input.rule.match.flatMap((key) => key.parts.map(({ field }) => field))),
  ]);
  const found =
    candidates.length === 1 ? "one nearly matches" : `${candidates.length} nearly match`;
  const message = hasKey(context, source)
    ? `No ${one} has the same ${keys}, but ${found}.`
    : `${keyNames(context)} is empty, so that no ${one} can be matched, but ${found}.`;
  return {
    severity: "high",
    code: "near-miss",
    ...namesOf(context),
    records: [record],
    message,
    todo: todoOf(context, record, candidates[0]),
    values: [],
    candidates,
  };
}

function hasKey(context: RuleContext, source: StreamRecord): boolean {
  return identityKeys(context, []).some((key) => keyOfSource(context, key, source) !== null);
}

function todoOf(
  context: RuleContext,
  record: AuditRecord,
  best: AuditCandidate | undefined,
): string {
  if (best === undefined) return codeEntry("near-miss").remedy;
  const pair = `${addressText(record.address)} ${addressText(best.address)}`;
  const apart = `if they are two, run \`syncctl link add ${pair} --apart --why "…"\`.`;
  if (streamText(best.address) !== streamText(context.targets.ref)) {
    const streams = `${streamText(context.targets.ref)} or ${streamText(best.address)}`;
    return `If they are one, decide which is right, ${streams}, and correct the other side; ${apart}`;
  }
  const fields = inWords(best.values.map(({ field }) => field));
  return `If they are one, make ${fields} the same on both sides, or run \`syncctl link add ${pair} --why "…"\`; ${apart}`;
}
