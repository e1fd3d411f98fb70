import type { Fields, Value } from "../../value/value.ts";
import type { ExpressionScope } from "../expression.ts";
import { isWritten, type WrittenFields } from "../find-calls.ts";
import { copyFields, isFlat } from "../flat.ts";
import { type Focus, type LibraryFunction, refuse, surroundings } from "./function.ts";

/* The records of other streams. */

export const recordFunctions: readonly LibraryFunction[] = [
  {
    name: "records",
    signature: "<s:a>",
    usage: "$records(source)",
    about:
      "All records of a source of the mapping. `$find` is faster where fields are compared with values.",
    call(this: Focus, source: string) {
      const { scope, writes } = surroundings(this);
      const stream = streamOf(scope, source);
      return handedOut(stream.records, { writes: writes || !stream.flat });
    },
  },
  {
    name: "find",
    signature: "<s(so)x?:o>",
    usage: "$find(source, field, value) or $find(source, { field: value, … })",
    about:
      "The first record of a source whose field is equal to the value, or whose fields are all equal to theirs; else nothing. A blank value finds nothing.",
    call(this: Focus, source: string, field: Field, value: Sought) {
      return found(this, { call: "$find", source, field, value })[0];
    },
  },
  {
    name: "findAll",
    signature: "<s(so)x?:a>",
    usage: "$findAll(source, field, value) or $findAll(source, { field: value, … })",
    about: "All records of a source that `$find` could give, in the order in which they were read.",
    call(this: Focus, source: string, field: Field, value: Sought) {
      return found(this, { call: "$findAll", source, field, value });
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

/** The name of a field, or fields with their values. */
type Field = string | Fields | undefined;

/** The value of the field, or the names of the fields. */
type Sought = Value | WrittenFields | undefined;

interface Stream {
  readonly records: readonly Fields[];
  /** No record holds a list or an object, so they can be handed out as they are. */
  readonly flat: boolean;
  /** By field, made when it is first asked for. */
  readonly byOne: Map<string, Index>;
  /** By the names of several fields. */
  readonly byAll: Map<string, Index>;
}

/** Records by the value of a field, or by the text of the values of several. */
type Index = ReadonlyMap<Value, readonly Fields[]>;

const streams = new WeakMap<ExpressionScope, Map<string, Stream>>();

function streamOf(scope: ExpressionScope, source: string): Stream {
  const ofScope = streams.get(scope) ?? new Map<string, Stream>();
  streams.set(scope, ofScope);
  const known = ofScope.get(source);
  if (known) return known;
  const records = scope.records(source);
  const flat = records.every(isFlat);
  const stream: Stream = { records, flat, byOne: new Map(), byAll: new Map() };
  ofScope.set(source, stream);
  return stream;
}

interface Search {
  /** For messages. */
  readonly call: string;
  readonly source: string;
  readonly field: Field;
  readonly value: Sought;
}

function found(focus: Focus, { call, source, field, value }: Search): readonly Fields[] {
  const { scope, writes } = surroundings(focus);
  const records =
    typeof field === "object"
      ? foundByAll(scope, source, writtenIn(call, value), field)
      : foundByOne(scope, source, field, isWritten(value) ? undefined : value);
  return handedOut(records, { writes: writes || !streamOf(scope, source).flat });
}

/** The interpreter leaves fields without a value out of the object, so their names come beside it. */
function writtenIn(call: string, value: Sought): WrittenFields {
  if (isWritten(value)) return value;
  return refuse(
    `${call} takes an object only where it is written out in the call, as its last value.`,
  );
}

/** The records themselves: whoever writes into them must copy them. */
export function foundByOne(
  scope: ExpressionScope,
  source: string,
  field: string | undefined,
  value: Value | undefined,
): readonly Fields[] {
  if (field === undefined || isNothing(value)) return [];
  const { records, byOne } = streamOf(scope, source);
  const index = byOne.get(field) ?? indexOf(records, (record) => valueIn(record, field));
  byOne.set(field, index);
  return index.get(value) ?? [];
}

/** Of the fields that `values` lacks, none is equal. */
export function foundByAll(
  scope: ExpressionScope,
  source: string,
  { names, text }: WrittenFields,
  values: Readonly<Record<string, Value | undefined>>,
): readonly Fields[] {
  const key = keyOf(values, names);
  if (key === undefined) return [];
  const { records, byAll } = streamOf(scope, source);
  const index = byAll.get(text) ?? indexOf(records, (record) => keyOf(record, names));
  byAll.set(text, index);
  return index.get(key) ?? [];
}

/** The list is always a new one, because lists are written into. */
function handedOut(
  records: readonly Fields[],
  { writes }: { readonly writes: boolean },
): readonly Fields[] {
  return writes ? records.map(copyFields) : records.slice();
}

function indexOf(records: readonly Fields[], keyed: (record: Fields) => Value | undefined): Index {
  const index = new Map<Value, Fields[]>();
  for (const record of records) {
    const key = keyed(record);
    if (isNothing(key)) continue;
    const same = index.get(key);
    if (same) same.push(record);
    else index.set(key, [record]);
  }
  return index;
}

function valueIn(
  record: Readonly<Record<string, Value | undefined>>,
  field: string,
): Value | undefined {
  return Object.hasOwn(record, field) ? record[field] : undefined;
}

function isNothing(value: Value | undefined): value is undefined | null | "" {
  return value === undefined || value === null || value === "";
}

/** Equal for equal values; undefined where one is nothing, or no single value. */
function keyOf(
  record: Readonly<Record<string, Value | undefined>>,
  names: readonly string[],
): string | undefined {
  const values: Value[] = [];
  for (const name of names) {
    const value = valueIn(record, name);
    if (isNothing(value) || typeof value === "object") return undefined;
    values.push(value);
  }
  return JSON.stringify(values);
}
