import { calledName, childOf, childrenOf, type Node, pairsOf, textOf, visit } from "./node.ts";
import { startOf } from "./offsets.ts";

/*
 * `$find('codes', { 'code': code, 'project_id': project })`: the object is written out in the call, so that its fields can
 * be checked before there are records, and because the interpreter leaves out of an object what has no value: what is
 * left would find a record of any project.
 */

const finders = ["find", "findAll"];

/** A field of the records that are looked up, and the value that it shall have. */
export interface SoughtField {
  readonly name: string;
  /** Where the name stands. */
  readonly node: Node;
  readonly value: Node;
}

/** The fields of a call with an object; undefined of any other node. Keys that are not written out are left out. */
export function soughtFields(node: Node): readonly SoughtField[] | undefined {
  const object = objectOf(node);
  return (
    object &&
    pairsOf(object["lhs"]).flatMap(([key, value]) => {
      const name = key.type === "string" ? textOf(key) : undefined;
      return name === undefined ? [] : [{ name, node: key, value }];
    })
  );
}

function objectOf(node: Node): Node | undefined {
  if (node.type !== "function" || !isFinder(node)) return undefined;
  const [, object, ...more] = childrenOf(node, "arguments");
  return object && more.length === 0 && isObject(object) ? object : undefined;
}

function isFinder(node: Node): boolean {
  return finders.includes(calledName(node) ?? "");
}

function isObject(node: Node): boolean {
  return node.type === "unary" && node["value"] === "{";
}

export interface FindTrouble {
  readonly code: "expression-syntax";
  readonly offset: number;
  readonly message: string;
  readonly help: string;
}

/** What is wrong with the calls that look records up, in the order of the tree. */
export function findTroubles(text: string, tree: Node): readonly FindTrouble[] {
  const chained = new Set<Node>();
  const troubles: FindTrouble[] = [];
  for (const { node } of visit(tree)) {
    const behind = node.type === "apply" ? childOf(node, "rhs") : undefined;
    if (behind) chained.add(behind);
    if (!isFinder(node)) continue;
    const [at, message, help] = troubleOf(node, { chained: chained.has(node) }) ?? [];
    if (!at || !message || !help) continue;
    troubles.push({ code: "expression-syntax", offset: startOf(text, at), message, help });
  }
  return troubles;
}

type Trouble = readonly [at: Node, message: string, help: string];

function troubleOf(node: Node, { chained }: { readonly chained: boolean }): Trouble | undefined {
  const call = `$${calledName(node)}`;
  const values = childrenOf(node, "arguments");
  const form = `Write ${call}('source', { 'field': value }).`;
  const object = values.find(isObject);
  if (!object) {
    const given = values.length + (chained ? 1 : 0);
    if (node.type === "partial" || given !== 2) return undefined;
    return [
      node,
      `${call} lacks the value that is looked for.`,
      `Write ${call}('source', 'field', value).`,
    ];
  }
  if (chained || objectOf(node) !== object) {
    return [object, `${call} takes an object in the place of field and value only.`, form];
  }
  const keys = pairsOf(object["lhs"]).map(([key]) => key);
  if (keys.length === 0) return [object, "The object names no field.", form];
  const odd = keys.find((key) => key.type !== "string");
  return odd && [odd, "The name of a field stands in quotes here.", form];
}

/** Fields that a call was written with, whether they have a value or not. */
export interface WrittenFields {
  /** In alphabetical order, each once. */
  readonly names: readonly string[];
  /** The names as one text. */
  readonly text: string;
}

const written = new WeakSet<object>();

export function isWritten(value: unknown): value is WrittenFields {
  return typeof value === "object" && value !== null && written.has(value);
}

/** Puts the names into the calls, as a last value that no expression can write itself. */
export function completeFinds(tree: Node): void {
  for (const { node } of visit(tree)) {
    const fields = soughtFields(node);
    if (!fields) continue;
    const value = writtenFields(fields);
    written.add(value);
    Object.assign(node, {
      arguments: [...childrenOf(node, "arguments"), { type: "value", value }],
    });
  }
}

export function writtenFields(fields: readonly SoughtField[]): WrittenFields {
  const names = [...new Set(fields.map(({ name }) => name))].sort();
  return { names, text: JSON.stringify(names) };
}
