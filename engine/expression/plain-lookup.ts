import type { Fields } from "../value/value.ts";
import { soughtFields, writtenFields } from "./find-calls.ts";
import { foundByAll, foundByOne } from "./library/records.ts";
import { calledName, childOf, childrenOf, hasOnly, type Node, textOf } from "./node.ts";
import {
  type Around,
  beyond,
  type Given,
  isTrue,
  type Names,
  type Plain,
  type ReadPlain,
} from "./plain.ts";

/** What the interpreter has: one record, or a list of all that were found. */
export type Lookup =
  | { readonly kind: "record"; readonly of: (around: Around) => Fields | undefined | typeof beyond }
  | { readonly kind: "list"; readonly of: FoundRecords };

type FoundRecords = (around: Around) => readonly Fields[] | typeof beyond;

/** The interpreter has a limit of time, and a list that is searched anew for every record may need it. */
const comparedMax = 1_000;

const members = ["type", "name", "value", "position", "arguments", "procedure"];

/**
 * `$find('codes', 'code', code)`, `$find('codes', { 'code': code, 'project_id': project })`, and the same of `$findAll`,
 * perhaps with a condition: `$findAll('codes', 'code', code)[active]`.
 */
export function plainLookup(node: Node, names: Names, read: ReadPlain): Lookup | undefined {
  if (node.type !== "function") return undefined;
  const name = calledName(node);
  if (name === "find") {
    const found = hasOnly(node, members) ? foundBy(node, names, read) : undefined;
    return found && { kind: "record", of: firstOf(found) };
  }
  if (name !== "findAll" || !hasOnly(node, [...members, "predicate"])) return undefined;
  const found = foundBy(node, names, read);
  const filtered = found && ("predicate" in node ? chosen(node, found, names, read) : found);
  return filtered && { kind: "list", of: filtered };
}

function firstOf(found: FoundRecords): (around: Around) => Fields | undefined | typeof beyond {
  return (around) => {
    const records = found(around);
    return records === beyond ? beyond : records[0];
  };
}

/** The records for which a condition is true. A number would be a place in the list. */
function chosen(
  node: Node,
  found: FoundRecords,
  names: Names,
  read: ReadPlain,
): FoundRecords | undefined {
  const [stage, ...more] = childrenOf(node, "predicate");
  const expression = stage?.type === "filter" ? childOf(stage, "expr") : undefined;
  const condition = expression && more.length === 0 ? read(expression, names) : undefined;
  if (!condition) return undefined;
  return (around) => {
    const records = found(around);
    if (records === beyond || records.length > comparedMax) return beyond;
    const kept: Fields[] = [];
    for (const fields of records) {
      const cell = condition({ ...around, fields });
      if (cell === beyond || typeof cell === "number") return beyond;
      if (isTrue(cell) === true) kept.push(fields);
    }
    return kept;
  };
}

function foundBy(node: Node, names: Names, read: ReadPlain): FoundRecords | undefined {
  const [source, ...rest] = childrenOf(node, "arguments");
  const stream = source && constantText(source);
  if (stream === undefined) return undefined;
  const readValue = (value: Node): Plain | undefined => read(value, names);
  return byAll(node, stream, readValue) ?? byOne(rest, stream, readValue);
}

function byOne(
  [name, content, ...more]: readonly Node[],
  stream: string,
  read: (value: Node) => Plain | undefined,
): FoundRecords | undefined {
  const field = name && constantText(name);
  const value = content && read(content);
  if (field === undefined || !value || more.length > 0) return undefined;
  return (around) => {
    const sought = value(around);
    if (!around.scope || sought === beyond) return beyond;
    return foundByOne(around.scope, stream, field, sought);
  };
}

function byAll(
  node: Node,
  stream: string,
  read: (value: Node) => Plain | undefined,
): FoundRecords | undefined {
  const fields = soughtFields(node) ?? [];
  const written = writtenFields(fields);
  const values = fields.flatMap(({ name, value }) => {
    const plain = read(value);
    return plain ? [{ name, plain }] : [];
  });
  if (fields.length === 0 || values.length < fields.length) return undefined;
  // A name that stands twice is an error, which the interpreter has to say.
  if (written.names.length < fields.length) return undefined;
  return (around) => {
    const sought: Record<string, Given> = {};
    for (const { name, plain } of values) {
      const value = plain(around);
      if (value === beyond) return beyond;
      sought[name] = value;
    }
    return around.scope ? foundByAll(around.scope, stream, written, sought) : beyond;
  };
}

function constantText(node: Node): string | undefined {
  if (node.type !== "string" || !hasOnly(node, ["type", "value", "position"])) return undefined;
  return textOf(node);
}
