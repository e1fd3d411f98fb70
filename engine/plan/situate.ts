import type { StreamRecord } from "../connector/connector.ts";
import type { ExpressionTrouble } from "../expression/expression.ts";
import type { Intent, Link } from "../state/store.ts";
import type { RecordAddress } from "../value/address.ts";
import type { Fields } from "../value/value.ts";
import { addressIn, type RuleContext, showsWritesOf } from "./context.ts";
import type { DecidedPair } from "./decided.ts";
import { type Answer, answerCreate } from "./doubt.ts";
import { type Match, pairByKey, type Unlinked } from "./pair.ts";
import { mayMove } from "./preferred.ts";
import { redecided, standingsOfDecided } from "./situate-decided.ts";
import { isOutside, provesAbsence } from "./window.ts";

/** Where one record of a rule stands. Which reaction follows is decided later. */
export type Standing =
  | {
      readonly kind: "linked";
      readonly source: StreamRecord;
      readonly target: StreamRecord;
      readonly link: Link;
    }
  | {
      readonly kind: "left";
      readonly source: StreamRecord;
      /** Null when it is proved gone. */
      readonly target: StreamRecord | null;
      readonly link: Link;
    }
  /** `target` is null when it is proved gone as well. */
  | { readonly kind: "gone"; readonly target: StreamRecord | null; readonly link: Link }
  | { readonly kind: "lost"; readonly source: StreamRecord; readonly link: Link }
  /** One candidate; whether the `agree` fields agree is not looked at yet. */
  | {
      readonly kind: "candidate";
      readonly source: StreamRecord;
      readonly target: StreamRecord;
      /** The source has a link, whose target is gone. */
      readonly lost: boolean;
      /** The source has a link to a target that the rule no longer prefers. */
      readonly moves?: boolean;
      /** Present when no key has found it. */
      readonly decided?: DecidedPair;
    }
  /** A links file says that the two of a link are different. */
  | {
      readonly kind: "parted";
      readonly source: StreamRecord;
      readonly link: Link;
      readonly because: string;
    }
  /** A links file leaves the record out. */
  | { readonly kind: "ignored"; readonly source: StreamRecord; readonly because: string }
  /** What a links file says cannot be carried out. */
  | {
      readonly kind: "undecided";
      readonly source: StreamRecord;
      readonly because: string;
      readonly candidates: readonly StreamRecord[];
    }
  | { readonly kind: "absent"; readonly source: StreamRecord; readonly keys: readonly Fields[] }
  | { readonly kind: "keyless"; readonly source: StreamRecord }
  | {
      readonly kind: "ambiguous";
      readonly source: StreamRecord;
      readonly because: string;
      readonly candidates: readonly StreamRecord[];
    }
  /** The create whose answer was lost did happen. The source may have left or be gone since. */
  | {
      readonly kind: "answered";
      readonly source: StreamRecord | null;
      readonly target: StreamRecord;
      readonly intent: Intent;
    }
  | {
      readonly kind: "in-doubt";
      readonly source: StreamRecord | null;
      readonly intent: Intent;
      readonly candidates: readonly StreamRecord[];
    }
  | { readonly kind: "trouble"; readonly source: StreamRecord; readonly trouble: ExpressionTrouble }
  /** Nothing can be told yet: a reading did not reach its end, or may not show our last write. */
  | { readonly kind: "unsettled"; readonly source: RecordAddress }
  /** It belongs to a day that was not read. */
  | { readonly kind: "outside"; readonly link: Link };

export interface Standings {
  readonly standings: readonly Standing[];
  /** Open creates that surely did not happen. */
  readonly notCreated: readonly Intent[];
}

/** Puts every record that concerns the rule into exactly one standing. */
export function situate(context: RuleContext): Standings {
  if (context.input.rule.role === "feedback") return situateFeedback(context);
  const doubts = standingsInDoubt(context);
  const linked = [...context.input.links.values()]
    .filter((link) => !doubts.asked.has(link.source.id))
    .map((link) => redecided(context, standingOfLinked(context, link)));
  // Who is to be created again is looked for first, as somebody new is: a person may have been faster.
  const again = linked.filter(
    (one) => one.kind === "lost" && context.input.rule.on.lost === "create",
  );
  const moving = linked.filter((one) => mayMove(context, one));
  const kept = new Set([...again, ...moving]);
  const settled = linked.filter((one) => !kept.has(one));
  const lost = again.flatMap((one) => (one.kind === "lost" ? [one] : []));
  return {
    standings: [
      ...doubts.standings,
      ...settled,
      ...standingsByKey(context, { lost, moving }, doubts),
    ],
    notCreated: doubts.notCreated,
  };
}

/** The records whose creation is a question, and what the readings answer. */
function standingsInDoubt(context: RuleContext): Doubts {
  const open = context.input.intents
    .filter((intent) => intent.kind === "create" && !isAnswered(context, intent.source.id))
    .map((intent) => ({ intent, answer: answerCreate(context, intent) }));
  const claims = new Map<string, number>();
  for (const { answer } of open) {
    if (answer.kind !== "created") continue;
    claims.set(answer.target.id, (claims.get(answer.target.id) ?? 0) + 1);
  }
  const standings = open.flatMap(({ intent, answer }): Standing[] => {
    if (answer.kind === "not-created") return [];
    const source = context.sources.records.get(intent.source.id) ?? null;
    if (answer.kind === "created" && claims.get(answer.target.id) === 1) {
      return [{ kind: "answered", source, target: answer.target, intent }];
    }
    return [{ kind: "in-doubt", source, intent, candidates: candidatesOf(answer) }];
  });
  const asked = open.filter(({ answer }) => answer.kind !== "not-created");
  return {
    standings,
    notCreated: open
      .filter(({ answer }) => answer.kind === "not-created")
      .map(({ intent }) => intent),
    asked: new Set(asked.map(({ intent }) => intent.source.id)),
    claimed: new Set(claims.keys()),
  };
}

interface Doubts extends Standings {
  /** Source ids that have a standing already. */
  readonly asked: ReadonlySet<string>;
  /** Target ids that answer a doubt, or may. */
  readonly claimed: ReadonlySet<string>;
}

/** Two creates that one record could answer are both unclear. */
function candidatesOf(answer: Answer): readonly StreamRecord[] {
  if (answer.kind === "created") return [answer.target];
  return answer.kind === "unclear" ? answer.candidates : [];
}

/** A link, or a person's decision, says which record it is. */
function isAnswered(context: RuleContext, sourceId: string): boolean {
  const link = context.input.links.get(sourceId);
  const decided = context.decided.pairs.get(sourceId);
  const targets = [link?.target.id, decided?.by === "file" ? decided.targetId : undefined];
  return targets.some((id) => id !== undefined && context.targets.records.has(id));
}

/** Feedback follows links that other rules look after: it only writes where both sides are there. */
function situateFeedback(context: RuleContext): Standings {
  const standings = [...context.input.links.values()]
    .map((link) => standingOfLinked(context, link))
    .filter((one) => followed.includes(one.kind));
  return { standings, notCreated: [] };
}

const followed: readonly Standing["kind"][] = ["linked", "trouble", "unsettled", "outside"];

function standingOfLinked(context: RuleContext, link: Link): Standing {
  const source = context.sources.records.get(link.source.id);
  const target = context.targets.records.get(link.target.id);
  const settled = showsWritesOf(context.targets, link.writtenAt);
  if (!source && isOutside(link, { source: context.sources, target: context.targets })) {
    return { kind: "outside", link };
  }
  if (!source) {
    if (!provesAbsence(context.sources)) return { kind: "unsettled", source: link.source };
    if (target) return { kind: "gone", target, link };
    return provesAbsence(context.targets) && settled
      ? { kind: "gone", target: null, link }
      : { kind: "unsettled", source: link.source };
  }
  const evaluation = context.input.evaluations.get(source.id);
  if (evaluation?.trouble) return { kind: "trouble", source, trouble: evaluation.trouble };
  if (!settled || (!target && !provesAbsence(context.targets))) {
    return { kind: "unsettled", source: link.source };
  }
  if (!evaluation?.inScope) return { kind: "left", source, target: target ?? null, link };
  return target ? { kind: "linked", source, target, link } : { kind: "lost", source, link };
}

/** Linked records for which the keys are asked all the same. */
interface Again {
  /** The target is lost and is to be created again. */
  readonly lost: readonly (Standing & { kind: "lost" })[];
  /** The target is not preferred. */
  readonly moving: readonly (Standing & { kind: "linked" })[];
}

/** Records without a link, and those that look for another target. */
function standingsByKey(
  context: RuleContext,
  { lost, moving }: Again,
  doubts: Doubts,
): readonly Standing[] {
  const standings: Standing[] = [];
  const waiting: Unlinked[] = [];
  const complete = context.sources.ended && context.targets.ended;
  for (const [id, evaluation] of context.input.evaluations) {
    const source = context.sources.records.get(id);
    if (!source || doubts.asked.has(id) || context.input.links.has(id)) continue;
    if (evaluation.trouble) {
      standings.push({ kind: "trouble", source, trouble: evaluation.trouble });
    } else if (evaluation.inScope && complete) {
      waiting.push({ source, evaluation });
    } else if (evaluation.inScope) {
      standings.push({ kind: "unsettled", source: addressIn(context.sources.ref, id) });
    }
  }
  const links = new Map(lost.map((one) => [one.source.id, one.link]));
  for (const { source } of lost) {
    const evaluation = context.input.evaluations.get(source.id);
    if (evaluation) waiting.push({ source, evaluation });
  }
  const staying = new Map(moving.map((one) => [one.source.id, one]));
  for (const one of moving) {
    const evaluation = context.input.evaluations.get(one.source.id);
    if (evaluation && complete) waiting.push({ source: one.source, evaluation, moves: true });
    else standings.push(one);
  }
  const records = [...doubts.asked].flatMap((id) => unlinkedOf(context, id));
  const decided = standingsOfDecided(context, waiting, links);
  const claimed = new Set([...doubts.claimed, ...claimedTargets(context)]);
  const matches = pairByKey(context, decided.rest, { claimed, records });
  return [
    ...standings,
    ...decided.standings,
    ...matches.map((match) => {
      const stays = staying.get(match.source.id);
      return stays
        ? standingOfMove(match, stays)
        : standingOfMatch(match, links.get(match.source.id));
    }),
  ];
}

/** Nothing found, or nothing to choose from: the link stays where it is. */
function standingOfMove(match: Match, stays: Standing & { kind: "linked" }): Standing {
  const { source } = match;
  if (match.kind === "one") {
    return { kind: "candidate", source, target: match.target, lost: false, moves: true };
  }
  if (match.kind === "unclear" && match.candidates.length > 0) {
    return { kind: "ambiguous", source, because: match.because, candidates: match.candidates };
  }
  return stays;
}

/** No key finds what is decided to be somebody else's, as long as that somebody is there. */
function claimedTargets({ decided, sources }: RuleContext): readonly string[] {
  return [...decided.pairs].flatMap(([id, { targetId }]) =>
    sources.records.has(id) ? [targetId] : [],
  );
}

function unlinkedOf(context: RuleContext, id: string): readonly Unlinked[] {
  const source = context.sources.records.get(id);
  const evaluation = context.input.evaluations.get(id);
  return source && evaluation?.inScope ? [{ source, evaluation }] : [];
}

function standingOfMatch(match: Match, lostLink: Link | undefined): Standing {
  const { source } = match;
  switch (match.kind) {
    case "none":
      return lostLink
        ? { kind: "lost", source, link: lostLink }
        : { kind: "absent", source, keys: match.keys };
    case "one":
      return { kind: "candidate", source, target: match.target, lost: lostLink !== undefined };
    case "keyless":
      return { kind: "keyless", source };
    case "unclear":
      return { kind: "ambiguous", source, because: match.because, candidates: match.candidates };
  }
}
