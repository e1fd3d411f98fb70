import {
  childOf,
  type Entry,
  entriesOf,
  type Node,
  plainValue,
  scalarOf,
  textOf,
} from "../config/node.ts";
import { type Compiling, compileNode } from "./compile-node.ts";
import type { ConstantDraft, FieldDraft } from "./draft.ts";
import { driftOf } from "./drift.ts";
import type { DriftPolicy, FieldRule } from "./mapping.ts";

interface FieldContext extends Compiling {
  /** What the rule says for all its fields. */
  readonly drift: DriftPolicy;
}

/** A field rule: the expression alone, or the long form. */
export function readField({ key, keyAt, value }: Entry, context: FieldContext): FieldDraft {
  const long = value.kind === "map";
  const from = compileNode(long ? childOf(value, "from") : value, context);
  const when = compileNode(childOf(value, "when"), context);
  const fallback = childOf(value, "default");
  return {
    field: key,
    at: keyAt,
    ...(from && { from }),
    set: setOf(childOf(value, "set")) ?? "always",
    whenNull: whenNullOf(childOf(value, "whenNull")) ?? "clear",
    ...(fallback && { fallback: constantOf(key, keyAt, fallback) }),
    required: scalarOf(childOf(value, "required"))?.value === true,
    ...(when && { when }),
    ...throughOf(childOf(value, "through")),
    drift: driftOf(childOf(value, "drift")) ?? context.drift,
  };
}

/** Plain values by target field, as under `retire`. */
export function readConstants(node: Node | undefined): readonly ConstantDraft[] {
  return entriesOf(node).map((entry) => constantOf(entry.key, entry.keyAt, entry.value));
}

function constantOf(field: string, at: ConstantDraft["at"], node: Node): ConstantDraft {
  return { field, at, value: plainValue(node), valueAt: node.at };
}

function throughOf(node: Node | undefined): Pick<FieldDraft, "through"> {
  const name = textOf(node);
  return node && name ? { through: { name, at: node.at } } : {};
}

function setOf(node: Node | undefined): FieldRule["set"] | undefined {
  const written = textOf(node);
  return written === "always" || written === "on-create" || written === "if-empty"
    ? written
    : undefined;
}

function whenNullOf(node: Node | undefined): FieldRule["whenNull"] | undefined {
  const written = textOf(node);
  return written === "clear" || written === "keep" || written === "hold" ? written : undefined;
}
