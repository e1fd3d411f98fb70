import { warningAt } from "../../config/diagnose.ts";
import type { Diagnostic } from "../../config/diagnostic.ts";
import { quote, suggestion } from "../../config/wording.ts";
import type { FieldSchema } from "../../connector/schema.ts";
import { childOf, childrenOf, fieldName, type Node, textOf } from "../../expression/node.ts";
import { startOf } from "../../expression/offsets.ts";
import { type Compiled, type MappingDraft, usesOf } from "../draft.ts";
import { syntaxTree } from "../syntax-tree.ts";

/** A choice that is compared with a text that it never holds: the comparison has always the same answer. */
export function checkChoices(mapping: MappingDraft): readonly Diagnostic[] {
  return mapping.rules.flatMap((rule) => {
    const fields = rule.direction?.source?.schema?.fields ?? {};
    return usesOf(rule)
      .filter(({ purpose }) => purpose !== "enabled")
      .flatMap(({ compiled }) => comparisons(compiled))
      .flatMap((comparison) => unknownChoice(comparison, fields));
  });
}

interface Comparison {
  readonly field: string;
  readonly text: string;
  readonly at: Compiled["expression"]["at"];
}

function unknownChoice(
  { field, text, at }: Comparison,
  fields: Readonly<Record<string, FieldSchema>>,
): readonly Diagnostic[] {
  const choices = Object.hasOwn(fields, field) ? fields[field]?.choices : undefined;
  if (!choices || choices.includes(text)) return [];
  const message = `${quote(field)} is never ${quote(text)}.`;
  const help = suggestion(text, choices, `It is one of ${choices.map(quote).join(", ")}.`);
  return [warningAt("choice-unknown", at, message, help)];
}

/** Comparisons of a field of the record itself with a text, where both are plain to see. */
function comparisons(compiled: Compiled): readonly Comparison[] {
  const tree = syntaxTree(compiled);
  const written = compiled.text;
  if (!tree || !written) return [];
  return nodesOfRecord(tree).flatMap((node) => {
    const [left, right] = [childOf(node, "lhs"), childOf(node, "rhs")];
    if (node.type !== "binary" || !left || !right) return [];
    return compared(node["value"], left, right).map(({ field, value }) => ({
      field,
      text: textOf(value) ?? "",
      at: written.place(startOf(written.text, value)),
    }));
  });
}

/** The field, and each text that it is compared with. */
function compared(
  operator: unknown,
  left: Node,
  right: Node,
): readonly { readonly field: string; readonly value: Node }[] {
  const equality = operator === "=" || operator === "!=";
  const [field, other] = equality && fieldName(right) !== undefined ? [right, left] : [left, right];
  const name = fieldName(field);
  if (name === undefined || !(equality || operator === "in")) return [];
  const values = operator === "in" ? childrenOf(other, "expressions") : [other];
  return values
    .filter((value) => value.type === "string" && textOf(value) !== undefined)
    .map((value) => ({ field: name, value }));
}

/** Members whose nodes are evaluated on the record itself, and not on what a path or a function makes of it. */
const membersOfRecord = ["lhs", "rhs", "condition", "then", "else"];

function nodesOfRecord(node: Node): readonly Node[] {
  const inside = ["path", "lambda", "transform", "apply", "bind"].includes(node.type)
    ? []
    : [
        ...membersOfRecord.flatMap((member) => childOf(node, member) ?? []),
        ...childrenOf(node, "arguments"),
        ...childrenOf(node, "expressions"),
      ];
  return [node, ...inside.flatMap(nodesOfRecord)];
}
