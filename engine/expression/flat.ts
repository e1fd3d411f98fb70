import type { Fields, Value } from "../value/value.ts";

/*
 * The interpreter writes into what it is given, in places: `tags{…}` appends to an empty list of the record, `tags[]`
 * marks it, and `|$$|…|` changes the record itself. An object whose values are all single is touched by the last alone.
 */

export function isFlat(fields: Fields): boolean {
  for (const name in fields) {
    if (typeof fields[name] === "object" && fields[name] !== null) return false;
  }
  return true;
}

/** The fields themselves if they are safe with the expression, else a copy. `writes`: it holds `|…|…|`. */
export function safeFields(fields: Fields, { writes }: { readonly writes: boolean }): Fields {
  return isFlat(fields) && !writes ? fields : copyFields(fields);
}

export function copyFields(fields: Fields): Fields {
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, copy(value)]));
}

function copy(value: Value): Value {
  if (typeof value !== "object" || value === null) return value;
  return isList(value) ? value.map(copy) : copyFields(value);
}

function isList(value: Value): value is readonly Value[] {
  return Array.isArray(value);
}
