import type { Fields } from "../value/value.ts";
import { childOf, childrenOf, hasOnly, type Node, textOf } from "./node.ts";
import {
  type Around,
  beyond,
  cellOf,
  type Given,
  type Meaning,
  type Names,
  type Plain,
  type ReadPlain,
} from "./plain.ts";
import { type Lookup, plainLookup } from "./plain-lookup.ts";

/* Plain expressions with names: `($x := …; …)`, `$x`, `$vars.x`, `$find(…).id`. */

/** `($x := a; $y := b; c)`: a name for each value on the way. */
export function plainBlock(node: Node, names: Names, read: ReadPlain): Plain | undefined {
  if (!hasOnly(node, ["type", "position", "expressions"])) return undefined;
  const expressions = childrenOf(node, "expressions");
  const last = expressions.at(-1);
  const known = new Map(names);
  const binds: Bind[] = [];
  for (const expression of expressions.slice(0, -1)) {
    const bind = bindOf(expression, known, read);
    if (!bind) return undefined;
    known.set(bind.name, bind.meaning);
    binds.push(bind);
  }
  const result = last && read(last, known);
  if (!result || binds.length === 0) return result;
  return (around) => {
    for (const { meaning, value } of binds) {
      const given = value(around);
      if (given === beyond) return beyond;
      around.slots[meaning.slot] = given;
    }
    return result(around);
  };
}

interface Bind {
  readonly name: string;
  readonly meaning: Meaning;
  readonly value: Plain | Lookup["of"];
}

function bindOf(node: Node, names: Names, read: ReadPlain): Bind | undefined {
  if (node.type !== "bind" || !hasOnly(node, ["type", "value", "position", "lhs", "rhs"])) {
    return undefined;
  }
  const [target, content] = [childOf(node, "lhs"), childOf(node, "rhs")];
  const name = target?.type === "variable" ? textOf(target) : undefined;
  if (name === undefined || !content) return undefined;
  const slot = Math.max(-1, ...Array.from(names.values(), (meaning) => meaning.slot)) + 1;
  const lookup = plainLookup(content, names, read);
  if (lookup) return { name, meaning: { kind: lookup.kind, slot }, value: lookup.of };
  const value = read(content, names);
  return value && { name, meaning: { kind: "value", slot }, value };
}

/** `$x`, or a field of what a name or a call stands for. */
export function plainName(node: Node, names: Names, read: ReadPlain): Plain | undefined {
  if (node.type === "variable") return plainVariable(node, names);
  if (node.type !== "path" || !hasOnly(node, ["type", "steps"])) return undefined;
  const [first, step, ...more] = childrenOf(node, "steps");
  const field = step && stepName(step);
  if (!first || field === undefined || more.length > 0) return undefined;
  if (first.type === "function") {
    const lookup = plainLookup(first, names, read);
    return lookup && fieldOf(lookup.of, field);
  }
  const meaning = meaningOf(first, names);
  if (meaning === "vars") return ({ scope }) => (scope ? cellOf(scope.vars, field) : beyond);
  if (!meaning || meaning.kind === "value") return undefined;
  return fieldOf(({ slots }) => slots[meaning.slot], field);
}

/** `$count($found)`, `$count($findAll(…))`: how many records were found. */
export function plainCount(node: Node, names: Names, read: ReadPlain): Plain | undefined {
  const meaning = meaningOf(node, names);
  if (meaning !== undefined && meaning !== "vars" && meaning.kind === "list") {
    return ({ slots }) => {
      const records = slots[meaning.slot];
      return isList(records) ? records.length : beyond;
    };
  }
  const lookup = plainLookup(node, names, read);
  if (lookup?.kind !== "list") return undefined;
  return (around) => {
    const records = lookup.of(around);
    return records === beyond ? beyond : records.length;
  };
}

function plainVariable(node: Node, names: Names): Plain | undefined {
  const meaning = meaningOf(node, names);
  if (meaning === undefined || meaning === "vars" || meaning.kind === "list") return undefined;
  return ({ slots }) => {
    const value = slots[meaning.slot];
    return isSingle(value) ? value : beyond;
  };
}

function meaningOf(node: Node, names: Names): Meaning | "vars" | undefined {
  if (node.type !== "variable" || !hasOnly(node, ["type", "value", "position"])) return undefined;
  const name = textOf(node) ?? "";
  return names.get(name) ?? (name === "vars" ? "vars" : undefined);
}

function stepName(step: Node): string | undefined {
  if (step.type !== "name" || !hasOnly(step, ["type", "value", "position"])) return undefined;
  return textOf(step);
}

type Value = Around["slots"][number];

/** Of several records, the fields would be a list. */
function fieldOf(of: (around: Around) => Value | typeof beyond, field: string): Plain {
  return (around) => {
    const found = of(around);
    if (found === beyond) return beyond;
    const record = isList(found) ? found[0] : found;
    if (isList(found) && found.length > 1) return beyond;
    return typeof record === "object" && record !== null && !isList(record)
      ? cellOf(record, field)
      : undefined;
  };
}

function isList(value: Value): value is readonly Fields[] {
  return Array.isArray(value);
}

function isSingle(value: Value): value is Given {
  return value === null || typeof value !== "object";
}
