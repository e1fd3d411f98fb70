import type { StreamRecord } from "../connector/connector.ts";
import type { ExpressionTrouble } from "../expression/expression.ts";
import type { Intent, Link } from "../state/store.ts";
import type { RecordAddress } from "../value/address.ts";
import type { Fields } from "../value/value.ts";
import { type RuleContext, showsWritesOf } from "./context.ts";
import { answerCreate } from "./doubt.ts";
import type { Evaluation } from "./input.ts";
import { type Match, pairByKey } from "./pair.ts";

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
  | { readonly kind: "candidate"; readonly source: StreamRecord; readonly target: StreamRecord }
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
  | { readonly kind: "unsettled"; readonly source: RecordAddress };

export interface Standings {
  readonly standings: readonly Standing[];
  /** Open creates that surely did not happen. */
  readonly notCreated: readonly Intent[];
}

/** Puts every record that concerns the rule into exactly one standing. */
export function situate(context: RuleContext): Standings {
  if (context.input.rule.role === "feedback") return situateFeedback(context);
  const standings: Standing[] = [];
  const notCreated: Intent[] = [];
  const asked = new Set<string>();
  for (const intent of context.input.intents) {
    if (intent.kind !== "create" || context.input.links.has(intent.source.id)) continue;
    const answer = answerCreate(context, intent);
    const source = context.sources.records.get(intent.source.id) ?? null;
    if (answer.kind === "not-created") {
      notCreated.push(intent);
      continue;
    }
    asked.add(intent.source.id);
    if (answer.kind === "created")
      standings.push({ kind: "answered", source, target: answer.target, intent });
    else
      standings.push({
        kind: "in-doubt",
        source,
        intent,
        candidates: answer.kind === "unclear" ? answer.candidates : [],
      });
  }
  for (const link of context.input.links.values()) standings.push(standingOfLinked(context, link));
  standings.push(...standingsOfUnlinked(context, asked));
  return { standings, notCreated };
}

/** Feedback follows links that other rules look after: it only writes where both sides are there. */
function situateFeedback(context: RuleContext): Standings {
  const standings = [...context.input.links.values()]
    .map((link) => standingOfLinked(context, link))
    .filter((one) => one.kind === "linked" || one.kind === "trouble" || one.kind === "unsettled");
  return { standings, notCreated: [] };
}

function standingOfLinked(context: RuleContext, link: Link): Standing {
  const source = context.sources.records.get(link.source.id);
  const target = context.targets.records.get(link.target.id);
  const settled = showsWritesOf(context.targets, link.writtenAt);
  if (!source) {
    if (!context.sources.ended) return { kind: "unsettled", source: link.source };
    if (target) return { kind: "gone", target, link };
    return context.targets.ended && settled
      ? { kind: "gone", target: null, link }
      : { kind: "unsettled", source: link.source };
  }
  const evaluation = context.input.evaluations.get(source.id);
  if (evaluation?.trouble) return { kind: "trouble", source, trouble: evaluation.trouble };
  if (!settled || (!target && !context.targets.ended)) {
    return { kind: "unsettled", source: link.source };
  }
  if (!evaluation?.inScope) return { kind: "left", source, target: target ?? null, link };
  return target ? { kind: "linked", source, target, link } : { kind: "lost", source, link };
}

function standingsOfUnlinked(
  context: RuleContext,
  asked: ReadonlySet<string>,
): readonly Standing[] {
  const standings: Standing[] = [];
  const waiting: { source: StreamRecord; evaluation: Evaluation }[] = [];
  const complete = context.sources.ended && context.targets.ended;
  for (const [id, evaluation] of context.input.evaluations) {
    const source = context.sources.records.get(id);
    if (!source || asked.has(id) || context.input.links.has(id)) continue;
    if (evaluation.trouble)
      standings.push({ kind: "trouble", source, trouble: evaluation.trouble });
    else if (!evaluation.inScope) continue;
    else if (!complete) standings.push({ kind: "unsettled", source: addressOf(context, id) });
    else waiting.push({ source, evaluation });
  }
  for (const match of pairByKey(context, waiting)) standings.push(standingOfMatch(match));
  return standings;
}

function addressOf(context: RuleContext, id: string): RecordAddress {
  return { ...context.sources.ref, id };
}

function standingOfMatch(match: Match): Standing {
  const { source } = match;
  switch (match.kind) {
    case "none":
      return { kind: "absent", source, keys: match.keys };
    case "one":
      return { kind: "candidate", source, target: match.target };
    case "keyless":
      return { kind: "keyless", source };
    case "unclear":
      return { kind: "ambiguous", source, because: match.because, candidates: match.candidates };
  }
}
