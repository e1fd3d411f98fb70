import {
  childOf,
  type Entry,
  entriesOf,
  entryOf,
  itemsOf,
  type Node,
  scalarOf,
  textOf,
} from "../config/node.ts";
import type { Place } from "../config/place.ts";
import { type Compiling, compileNode } from "./compile-node.ts";
import type { DirectionDraft, MatchDraft, RuleDraft, SourceDraft } from "./draft.ts";
import { driftOf } from "./drift.ts";
import { defaultReactions, type Reactions, type Rule } from "./mapping.ts";
import { readConstants, readField } from "./read-field.ts";

export interface RuleContext extends Compiling {
  readonly sources: readonly SourceDraft[];
  readonly systemOfRecord: string | undefined;
}

export function readRule({ key, keyAt, value: node }: Entry, context: RuleContext): RuleDraft {
  const direction = readDirection(childOf(node, "direction"), context.sources);
  const role = roleOf(
    direction,
    context.systemOfRecord,
    itemsOf(childOf(node, "match")).length > 0,
  );
  const enabled = compileNode(childOf(node, "enabled"), context);
  const when = compileNode(childOf(node, "when"), context);
  const createWhen = compileNode(childOf(childOf(node, "create"), "when"), context);
  const linkWhen = compileNode(childOf(childOf(node, "link"), "when"), context);
  const drift = driftOf(childOf(node, "drift")) ?? "revert";
  return {
    name: key,
    at: keyAt,
    ...(direction && { direction }),
    role,
    ...(enabled && { enabled }),
    ...(when && { when }),
    match: itemsOf(childOf(node, "match")).map((item) => readMatch(item, context)),
    agree: itemsOf(childOf(node, "agree")).flatMap((item) => {
      const scalar = scalarOf(item);
      return typeof scalar?.value === "string" ? [{ name: scalar.value, at: scalar.at }] : [];
    }),
    fields: entriesOf(childOf(node, "fields")).map((entry) =>
      readField(entry, { ...context, drift }),
    ),
    ...(createWhen && { createWhen }),
    ...whenReferenced(childOf(node, "create")),
    prefer: readConstants(childOf(node, "prefer")),
    ...(linkWhen && { linkWhen }),
    retire: readConstants(childOf(node, "retire")),
    on: readReactions(childOf(node, "on"), role),
    written: writtenKeys(node),
  };
}

function whenReferenced(node: Node | undefined): Pick<RuleDraft, "whenReferenced"> {
  const written = childOf(node, "whenReferenced");
  return written && scalarOf(written)?.value === true ? { whenReferenced: written.at } : {};
}

function readDirection(
  node: Node | undefined,
  sources: readonly SourceDraft[],
): DirectionDraft | undefined {
  const scalar = scalarOf(node);
  const names = /^\s*(\S+?)\s*->\s*(\S+)\s*$/.exec(textOf(scalar) ?? "");
  if (!scalar || !names) return undefined;
  const [, from = "", to = ""] = names;
  const source = sources.find((candidate) => candidate.name === from);
  const target = sources.find((candidate) => candidate.name === to);
  return { at: scalar.at, from, to, ...(source && { source }), ...(target && { target }) };
}

/**
 * A rule that leads to the system of record and has match keys is the other direction of a choice of the system of
 * record: it sleeps. One without match keys follows the links of other rules: it is feedback.
 */
function roleOf(
  direction: DirectionDraft | undefined,
  systemOfRecord: string | undefined,
  hasMatch: boolean,
): Rule["role"] {
  if (direction === undefined || systemOfRecord === undefined) return "authoritative";
  if (direction.from === systemOfRecord) return "authoritative";
  return direction.to === systemOfRecord && hasMatch ? "dormant" : "feedback";
}

function readMatch(item: Node, context: Compiling): MatchDraft {
  return {
    at: item.at,
    parts: entriesOf(item).map((entry) => {
      const from = compileNode(entry.value, context);
      return { field: entry.key, at: entry.keyAt, ...(from && { from }) };
    }),
  };
}

/** Feedback brings nothing in, so that its records without a link are left alone. */
function readReactions(node: Node | undefined, role: Rule["role"]): Reactions {
  const defaults =
    role === "feedback" ? { ...defaultReactions, absent: "ignore" } : defaultReactions;
  const written = entriesOf(node).flatMap(({ key, value }) => {
    const reaction = textOf(value);
    return reaction !== undefined && Object.hasOwn(defaultReactions, key) ? [[key, reaction]] : [];
  });
  // The schema has let only the reactions of each situation through.
  return { ...defaults, ...Object.fromEntries(written) } as Reactions;
}

function writtenKeys(node: Node): ReadonlyMap<string, Place> {
  const keys = entriesOf(node).map((entry) => [entry.key, entry.keyAt] as const);
  const reactions = entriesOf(entryOf(node, "on")?.value).map(
    (entry) => [`on.${entry.key}`, entry.keyAt] as const,
  );
  return new Map([...keys, ...reactions]);
}
