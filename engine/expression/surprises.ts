import {
  calledName,
  childOf,
  childrenOf,
  fieldName,
  type Node,
  predicatesOf,
  textOf,
  visit,
} from "./node.ts";
import { startOf } from "./offsets.ts";
import type { Reads } from "./reads.ts";

/* What is right by the language and rarely what its author meant. */

export interface Surprise {
  readonly code: "expression-null" | "expression-yes-no" | "expression-slow";
  readonly offset: number;
  readonly message: string;
  readonly help: string;
}

/** In the order of the text, each only once. */
export function surprisesOf(text: string, tree: Node, reads: Reads): readonly Surprise[] {
  const found: Surprise[] = [];
  for (const { node } of visit(tree)) {
    found.push(...surprisesAt(text, node));
    if (reads.dependsOnRecord) found.push(...slowSurprises(text, node));
  }
  const once = new Map<string, Surprise>();
  for (const surprise of found.toSorted((a, b) => a.offset - b.offset)) {
    if (!once.has(surprise.message)) once.set(surprise.message, surprise);
  }
  return [...once.values()];
}

function surprisesAt(text: string, node: Node): readonly Surprise[] {
  if (node.type === "binary" && node["value"] === "&") return joinSurprises(text, node);
  if (node.type === "binary" && (node["value"] === "=" || node["value"] === "!="))
    return yesNoSurprises(text, node);
  if (node.type === "condition") return defaultSurprises(text, node);
  if (node.type === "function") return callSurprises(text, node);
  return [];
}

function joinSurprises(text: string, node: Node): readonly Surprise[] {
  return operands(node).flatMap((operand) => {
    const field = fieldName(operand);
    if (field === undefined) return [];
    return {
      code: "expression-null",
      offset: startOf(text, operand),
      message: `Where ${field} is empty (null), & makes it the text "null".`,
      help: `Write (${field} ?: "") & …; for names there is $fullName(first, last).`,
    } as const;
  });
}

function yesNoSurprises(text: string, node: Node): readonly Surprise[] {
  const [one, other] = operands(node);
  if (!one || !other) return [];
  const word = [one, other].find(
    (operand) => operand.type === "string" && isYesNo(operand["value"]),
  );
  const field = [one, other].map(fieldName).find((name) => name !== undefined);
  if (!word || field === undefined) return [];
  return [
    {
      code: "expression-yes-no",
      offset: startOf(text, word),
      message: `${field} is compared with the text "${String(word["value"])}".`,
      help: `A yes-or-no field is compared without quotes: ${field} = ${String(word["value"])}.`,
    },
  ];
}

function isYesNo(value: unknown): boolean {
  return value === "true" || value === "false";
}

/** `a ?? b` is read as `$exists(a) ? a : b`, with a call that has no place. */
function defaultSurprises(text: string, node: Node): readonly Surprise[] {
  const [condition, then] = [childOf(node, "condition"), childOf(node, "then")];
  const field = then ? fieldName(then) : undefined;
  if (!condition || !then || field === undefined) return [];
  if (calledName(condition) !== "exists" || condition["position"] !== undefined) return [];
  return [
    {
      code: "expression-null",
      offset: startOf(text, then),
      message: `?? does not replace ${field} where it is empty: null is a value to it.`,
      help: `Write ${field} ?: …, which replaces null and blank text (and 0 and false).`,
    },
  ];
}

const callHelp: Readonly<Record<string, (field: string) => Omit<Surprise, "code" | "offset">>> = {
  exists: (field) => ({
    message: `$exists(${field}) is true where ${field} is empty: null is a value to it.`,
    help: `Write $not($isBlank(${field})).`,
  }),
  string: (field) => ({
    message: `Where ${field} is empty (null), $string makes it the text "null".`,
    help: `Write $string(${field} ?: '') in quotes, or $isBlank(${field}) ? null : ${field}.`,
  }),
};

function callSurprises(text: string, node: Node): readonly Surprise[] {
  const name = calledName(node);
  const [operand] = childrenOf(node, "arguments");
  const field = operand ? fieldName(operand) : undefined;
  const words = name === undefined || !Object.hasOwn(callHelp, name) ? undefined : callHelp[name];
  if (!operand || field === undefined || !words || node["position"] === undefined) return [];
  return [{ code: "expression-null", offset: startOf(text, operand), ...words(field) }];
}

/** One comparison takes the interpreter about 20 µs, and this is one for each record of one stream and of the other. */
function slowSurprises(text: string, node: Node): readonly Surprise[] {
  if (calledName(node) !== "records") return [];
  const [predicate, ...more] = predicatesOf(node);
  const [source] = childrenOf(node, "arguments");
  if (!predicate || more.length > 0 || source?.type !== "string") return [];
  const fields = comparedFields(predicate);
  const [field] = fields ?? [];
  if (!fields || field === undefined) return [];
  const sought = fields.map((name) => `"${name}": …`).join(", ");
  const rest = fields.length > 1 ? `{ ${sought} }` : `"${field}", …`;
  return [
    {
      code: "expression-slow",
      offset: startOf(text, node),
      message: `For every record, all of $records("${textOf(source)}") are compared.`,
      help: `Write $find("${textOf(source)}", ${rest}), which looks ${fields.length > 1 ? "the values" : "the value"} up; inside it $ is still the record.`,
    },
  ];
}

/** Of `a = x`, or of several such with `and` between them, the fields; nothing of any other condition. */
function comparedFields(condition: Node): readonly string[] | undefined {
  if (condition.type !== "binary") return undefined;
  if (condition["value"] === "and") {
    const [left, right] = operands(condition).map(comparedFields);
    return left && right && [...left, ...right];
  }
  const field = operands(condition)
    .map(fieldName)
    .find((name) => name !== undefined);
  return condition["value"] === "=" && field !== undefined ? [field] : undefined;
}

function operands(node: Node): readonly Node[] {
  return ["lhs", "rhs"].flatMap((key) => childOf(node, key) ?? []);
}
