import type { StreamRecord } from "../connector/connector.ts";
import type { Link } from "../state/store.ts";
import type { RuleContext } from "./context.ts";
import type { DecidedPair } from "./decided.ts";
import type { Unlinked } from "./pair.ts";
import type { Standing } from "./situate.ts";

/* Where a record stands that a person has decided about. Its match keys are not looked at. */

/** A linked record, unless a links file says otherwise by now. */
export function redecided(context: RuleContext, standing: Standing): Standing {
  if (standing.kind !== "linked" && standing.kind !== "lost") return standing;
  const { source, link } = standing;
  const pair = context.decided.pairs.get(source.id);
  // A decision about a target that is gone is over; what the record is linked to since counts.
  const isThere = pair !== undefined && context.targets.records.has(pair.targetId);
  if (isThere && pair.by === "file" && pair.targetId !== link.target.id) {
    return standingOfPair(context, source, pair, { lost: standing.kind === "lost" }) ?? standing;
  }
  const because = context.decided.apart.get(source.id)?.get(link.target.id);
  return because === undefined ? standing : { kind: "parted", source, link, because };
}

/** Takes those that are decided out of those that are waiting for a match. */
export function standingsOfDecided(
  context: RuleContext,
  waiting: readonly Unlinked[],
  lost: ReadonlyMap<string, Link>,
): { readonly standings: readonly Standing[]; readonly rest: readonly Unlinked[] } {
  const standings: Standing[] = [];
  const rest: Unlinked[] = [];
  for (const one of waiting) {
    const standing = standingOf(context, one.source, lost.get(one.source.id));
    if (standing) standings.push(standing);
    else rest.push(one);
  }
  return { standings, rest };
}

function standingOf(
  context: RuleContext,
  source: StreamRecord,
  lost: Link | undefined,
): Standing | null {
  const pair = context.decided.pairs.get(source.id);
  // A decision that was carried out is over when its target is gone: what follows then is for the rule to say.
  const isOver = lost !== undefined && lost.target.id === pair?.targetId;
  const standing =
    pair && !isOver ? standingOfPair(context, source, pair, { lost: lost !== undefined }) : null;
  if (standing) return standing;
  const because = context.decided.ignored.get(source.id);
  return because === undefined || lost ? null : { kind: "ignored", source, because };
}

/** Null where a link of the other direction leads to nothing that can be linked: then the keys decide. */
function standingOfPair(
  context: RuleContext,
  source: StreamRecord,
  pair: DecidedPair,
  { lost }: { readonly lost: boolean },
): Standing | null {
  const target = context.targets.records.get(pair.targetId);
  const holder = context.linkedTargets.get(pair.targetId);
  if (target && !holder) return { kind: "candidate", source, target, lost, decided: pair };
  if (pair.by === "turned") return null;
  const noun = context.nouns.target.one;
  const trouble = target
    ? `the ${noun} is linked to another record`
    : `there is no ${noun} ${pair.targetId}`;
  return {
    kind: "undecided",
    source,
    because: `${pair.because} But ${trouble}.`,
    candidates: target ? [target] : [],
  };
}
