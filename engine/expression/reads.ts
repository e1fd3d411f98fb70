import { soughtFields } from "./find-calls.ts";
import { signatures } from "./library/library.ts";
import {
  calledName,
  childOf,
  childrenOf,
  groupOf,
  isNode,
  type Node,
  pairsOf,
  predicatesOf,
  textOf,
} from "./node.ts";

/*
 * What an expression reads: fields of its record, variables of the mapping, records of other streams. A walk along the
 * syntax tree that knows, at each place, what names stand for there; where it does not know, nothing is noted.
 */

export interface Read {
  readonly name: string;
  readonly node: Node;
}

interface StreamRead extends Read {
  readonly fields: readonly Read[];
}

export interface Reads {
  readonly fields: readonly Read[];
  readonly vars: readonly Read[];
  readonly streams: readonly StreamRead[];
  readonly linked: readonly Read[];
  /** False only if the result is certainly the same for every record of a run. */
  readonly dependsOnRecord: boolean;
}

/**
 * What names stand for: members of the record, of the variables, of a stream's records, or of something else.
 * `hidden` is the record inside a function: used, though not plainly.
 */
type Context =
  | { readonly kind: "record" | "hidden" | "vars" | "other" }
  | { readonly kind: "stream"; readonly fields: Read[] };

const record: Context = { kind: "record" };
const hidden: Context = { kind: "hidden" };
const vars: Context = { kind: "vars" };
const other: Context = { kind: "other" };

/** What has been found so far. */
interface Walk {
  readonly fields: Read[];
  readonly vars: Read[];
  readonly streams: StreamRead[];
  readonly linked: Read[];
  readonly variables: Map<string, Context>;
  dependsOnRecord: boolean;
}

/** Functions that give what they are given, or some of it. */
const passingOn = ["distinct", "filter", "reverse", "shuffle", "single", "sort"];

/** Functions that look at the record without being given it. */
const perRecord = ["linked", "random", "shuffle"];

export function readsOf(tree: Node): Reads {
  const found: Walk = {
    fields: [],
    vars: [],
    streams: [],
    linked: [],
    variables: new Map(),
    dependsOnRecord: false,
  };
  walk(tree, record, found);
  return found;
}

/** Notes what a node reads, and answers what its result is. */
function walk(node: Node, context: Context, found: Walk): Context {
  const result = walkKind(node, context, found);
  for (const predicate of predicatesOf(node)) walk(predicate, result, found);
  const group = groupOf(node);
  for (const part of group.flat()) walk(part, result, found);
  return group.length > 0 ? other : result;
}

function walkAll(nodes: readonly Node[], context: Context, found: Walk): Context {
  let result = other;
  for (const node of nodes) result = walk(node, context, found);
  return result;
}

function walkKind(node: Node, context: Context, found: Walk): Context {
  switch (node.type) {
    case "path":
      return walkPath(node, context, found);
    case "name":
      note({ name: textOf(node) ?? "", node }, context, found);
      return other;
    case "variable":
      return meaningOf(textOf(node) ?? "", context, found);
    case "function":
    case "partial":
      return walkCall(node, context, found);
    case "block":
      return walkAll(childrenOf(node, "expressions"), context, found);
    case "bind":
      return walkBind(node, context, found);
    case "sort":
      walkAll(termsOf(node), context, found);
      return context;
    case "lambda":
    case "transform":
      walkAll(partsOf(node), isRecord(context) ? hidden : other, found);
      return other;
    case "wildcard":
    case "descendant":
    case "parent":
      if (isRecord(context)) found.dependsOnRecord = true;
      return other;
    default:
      walkAll(partsOf(node), context, found);
      return other;
  }
}

function isRecord({ kind }: Context): boolean {
  return kind === "record" || kind === "hidden";
}

function walkPath(node: Node, context: Context, found: Walk): Context {
  let at = context;
  for (const step of childrenOf(node, "steps")) {
    const result = walk(step, at, found);
    at = step["focus"] === undefined ? result : other;
  }
  return at;
}

function note(read: Read, context: Context, found: Walk): void {
  if (isRecord(context)) found.dependsOnRecord = true;
  if (context.kind === "record") found.fields.push(read);
  if (context.kind === "vars") found.vars.push(read);
  if (context.kind === "stream") context.fields.push(read);
}

function meaningOf(variable: string, context: Context, found: Walk): Context {
  if (variable === "$" || perRecord.includes(variable)) found.dependsOnRecord = true;
  if (variable === "$") return record;
  if (variable === "") {
    if (isRecord(context)) found.dependsOnRecord = true;
    return context;
  }
  return found.variables.get(variable) ?? (variable === "vars" ? vars : other);
}

/** A name with two meanings has none here. */
function walkBind(node: Node, context: Context, found: Walk): Context {
  const value = childOf(node, "rhs");
  const result = value ? walk(value, context, found) : other;
  const target = childOf(node, "lhs");
  const name = target ? textOf(target) : undefined;
  if (name !== undefined) found.variables.set(name, found.variables.has(name) ? other : result);
  return result;
}

function walkCall(node: Node, context: Context, found: Walk): Context {
  const procedure = childOf(node, "procedure");
  if (procedure) walk(procedure, procedure.type === "path" ? other : context, found);
  const parameters = childrenOf(node, "arguments");
  const contexts = parameters.map((parameter) => walk(parameter, context, found));
  const name = calledName(node) ?? "";
  if (isRecord(context) && takesContext(name, parameters.length)) found.dependsOnRecord = true;
  if (passingOn.includes(name)) return contexts[0] ?? other;
  const [first, second] = parameters;
  if (first?.type !== "string") return other;
  const read = { name: textOf(first) ?? "", node: first };
  if (name === "linked") found.linked.push(read);
  if (!["records", "find", "findAll"].includes(name)) return other;
  const fields: Read[] = [...(soughtFields(node) ?? [])];
  if (name !== "records" && second?.type === "string") {
    fields.push({ name: textOf(second) ?? "", node: second });
  }
  found.streams.push({ ...read, fields });
  return { kind: "stream", fields };
}

/** Whether a function that is given so few values takes the record in the place of the one that is missing. */
function takesContext(name: string, given: number): boolean {
  const parameters = /^<([^:>]*)/.exec(signatures.get(name) ?? "")?.[1] ?? "";
  if (!parameters.includes("-")) return false;
  const count = parameters.replace(/\([^)]*\)/g, "x").replace(/[^a-z]/g, "").length;
  return given < count;
}

function termsOf(node: Node): readonly Node[] {
  const terms = node["terms"];
  if (!Array.isArray(terms)) return [];
  return terms.flatMap((term: unknown) => {
    if (typeof term !== "object" || term === null || !("expression" in term)) return [];
    return isNode(term.expression) ? [term.expression] : [];
  });
}

const singleParts = [
  ...["lhs", "condition", "then", "else", "expression", "pattern", "update", "delete", "rhs"],
  ...["procedure", "body"],
];

/** The parts of a node of any other kind. */
function partsOf(node: Node): readonly Node[] {
  return [
    ...singleParts.flatMap((key) => childOf(node, key) ?? []),
    ...childrenOf(node, "expressions"),
    ...pairsOf(node["lhs"]).flat(),
  ];
}
