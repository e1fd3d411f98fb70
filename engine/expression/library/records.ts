import type { Fields, Value } from "../../value/value.ts";
import type { ExpressionScope } from "../expression.ts";
import { copyFields, isFlat } from "../flat.ts";
import { type Focus, type LibraryFunction, surroundings } from "./function.ts";

/* The records of other streams. */

export const recordFunctions: readonly LibraryFunction[] = [
  {
    name: "records",
    signature: "<s:a>",
    usage: "$records(source)",
    about:
      "All records of a source of the mapping. `$find` is faster where one field is compared with one value.",
    call(this: Focus, source: string) {
      const { scope, writes } = surroundings(this);
      const stream = streamOf(scope, source);
      return handedOut(stream.records, { writes: writes || !stream.flat });
    },
  },
  {
    name: "find",
    signature: "<ssx:o>",
    usage: "$find(source, field, value)",
    about:
      "The first record of a source whose field is equal to the value, or nothing. A blank value finds nothing.",
    call(this: Focus, source: string, field: string, value: Value | undefined) {
      return found(this, source, field, value)[0];
    },
  },
  {
    name: "findAll",
    signature: "<ssx:a>",
    usage: "$findAll(source, field, value)",
    about:
      "All records of a source whose field is equal to the value, in the order in which they were read.",
    call(this: Focus, source: string, field: string, value: Value | undefined) {
      return found(this, source, field, value);
    },
  },
  {
    name: "linked",
    signature: "<s:b>",
    usage: "$linked(rule)",
    about: "Whether the record has a link by that rule of the mapping.",
    call(this: Focus, rule: string) {
      return surroundings(this).subject.linked(rule);
    },
  },
];

interface Stream {
  readonly records: readonly Fields[];
  /** No record holds a list or an object, so they can be handed out as they are. */
  readonly flat: boolean;
  /** By field, made when it is first asked for. */
  readonly indexes: Map<string, ReadonlyMap<Value, readonly Fields[]>>;
}

const streams = new WeakMap<ExpressionScope, Map<string, Stream>>();

function streamOf(scope: ExpressionScope, source: string): Stream {
  const ofScope = streams.get(scope) ?? new Map<string, Stream>();
  streams.set(scope, ofScope);
  const known = ofScope.get(source);
  if (known) return known;
  const records = scope.records(source);
  const stream: Stream = { records, flat: records.every(isFlat), indexes: new Map() };
  ofScope.set(source, stream);
  return stream;
}

function found(
  focus: Focus,
  source: string,
  field: string,
  value: Value | undefined,
): readonly Fields[] {
  if (value === undefined || value === null || value === "") return [];
  const { scope, writes } = surroundings(focus);
  const stream = streamOf(scope, source);
  const index = stream.indexes.get(field) ?? indexOf(stream.records, field);
  stream.indexes.set(field, index);
  return handedOut(index.get(value) ?? [], { writes: writes || !stream.flat });
}

/** The list is always a new one, because lists are written into. */
function handedOut(
  records: readonly Fields[],
  { writes }: { readonly writes: boolean },
): readonly Fields[] {
  return writes ? records.map(copyFields) : records.slice();
}

function indexOf(records: readonly Fields[], field: string): ReadonlyMap<Value, readonly Fields[]> {
  const index = new Map<Value, Fields[]>();
  for (const record of records) {
    const value = Object.hasOwn(record, field) ? record[field] : undefined;
    if (value === undefined || value === null || value === "") continue;
    const same = index.get(value);
    if (same) same.push(record);
    else index.set(value, [record]);
  }
  return index;
}
