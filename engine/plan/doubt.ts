import type { StreamRecord } from "../connector/connector.ts";
import type { Intent } from "../state/store.ts";
import { type RuleContext, sameInTarget, showsWritesOf } from "./context.ts";
import { keyOfTarget } from "./keys.ts";
import { covers } from "./window.ts";

/*
 * A create whose answer was lost is a question: does the record exist? It is asked with what was *sent*, because the
 * source may have changed since. Nothing is created for its source record until the question is answered.
 */

export type Answer =
  | { readonly kind: "created"; readonly target: StreamRecord }
  | { readonly kind: "not-created" }
  /** The reading began too early, or did not reach its end: ask again later. */
  | { readonly kind: "open" }
  /** Several records could be it, or one that does not agree. A person must say. */
  | { readonly kind: "unclear"; readonly candidates: readonly StreamRecord[] };

/** Answers one open create from the readings. */
export function answerCreate(context: RuleContext, intent: Intent): Answer {
  const origin = context.input.origins.get(intent.changeId);
  // A system that knows our origin id and could not be asked may know of a record that nothing else can tell.
  if (origin?.status === "failed") return { kind: "open" };
  if (origin?.status === "found" && isFree(context, intent, origin.record)) {
    return { kind: "created", target: origin.record };
  }
  const candidates = candidatesOf(context, intent).filter((record) =>
    isFree(context, intent, record),
  );
  const [first, ...others] = candidates;
  if (first) {
    const clear = others.length === 0 && agreesWithSent(context, intent, first);
    return clear ? { kind: "created", target: first } : { kind: "unclear", candidates };
  }
  const { ended, window, schema } = context.targets;
  const isRead = ended && covers(window, intent.fields[schema.window?.field ?? ""]);
  const proved = isRead && showsWritesOf(context.targets, intent.at);
  if (!proved) return { kind: "open" };
  // Somebody may have corrected the key of the new record since. Without an origin id only its name can tell.
  const namesakes = origin?.status === "missing" ? [] : namesakesOf(context, intent);
  return namesakes.length > 0
    ? { kind: "unclear", candidates: namesakes }
    : { kind: "not-created" };
}

/** Not linked, and not decided to be somebody else's, or somebody else than this source. */
function isFree(context: RuleContext, intent: Intent, record: StreamRecord): boolean {
  const { sources, apart } = context.decided;
  const source = sources.get(record.id) ?? intent.source.id;
  const isOther = apart.get(intent.source.id)?.has(record.id) ?? false;
  return !context.linkedTargets.has(record.id) && source === intent.source.id && !isOther;
}

function namesakesOf(context: RuleContext, intent: Intent): readonly StreamRecord[] {
  const label = context.targets.schema.label.filter((field) => field in intent.fields);
  if (label.length === 0) return [];
  return [...context.targets.records.values()].filter(
    (record) => isFree(context, intent, record) && holds(context, record, label, intent),
  );
}

/** The records that the first match key with a value finds; without such a key, those that hold all that was sent. */
function candidatesOf(context: RuleContext, intent: Intent): readonly StreamRecord[] {
  const { rule } = context.input;
  const { phoneCountry } = context.settings;
  let keyed = false;
  for (const [index, key] of rule.match.entries()) {
    const sent = keyOfTarget(key, intent.fields, rule.target.schema, phoneCountry);
    if (sent === null) continue;
    keyed = true;
    const ids = context.index.candidates(index, sent);
    if (ids.length > 0) return recordsOf(context, ids);
  }
  if (keyed) return [];
  return [...context.targets.records.values()].filter((record) =>
    holds(context, record, Object.keys(intent.fields), intent),
  );
}

function recordsOf(context: RuleContext, ids: readonly string[]): readonly StreamRecord[] {
  return ids.flatMap((id) => context.targets.records.get(id) ?? []);
}

function agreesWithSent(context: RuleContext, intent: Intent, record: StreamRecord): boolean {
  const fields = context.input.rule.agree.filter((field) => field in intent.fields);
  return holds(context, record, fields, intent);
}

/** Whether the record holds what was sent in these fields, as far as the system tells. */
function holds(
  context: RuleContext,
  record: StreamRecord,
  fields: readonly string[],
  intent: Intent,
): boolean {
  return fields.every((field) => {
    const actual = record.fields[field];
    return (
      actual === undefined || sameInTarget(context, field, actual, intent.fields[field] ?? null)
    );
  });
}
