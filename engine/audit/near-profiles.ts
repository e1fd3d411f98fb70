import type { StreamRecord } from "../connector/connector.ts";
import type { FieldType, StreamSchema } from "../connector/schema.ts";
import type { RuleContext } from "../plan/context.ts";
import type { Fields, Value } from "../value/value.ts";
import { type IdentityKey, identityKeys } from "./identity-keys.ts";
import type { Identity } from "./near/profile.ts";

/* Which values of a record the search for near misses looks at. */

/** What is looked at in one rule; worked out once. */
export interface NearFields {
  readonly context: RuleContext;
  readonly keys: readonly IdentityKey[];
  /** Target fields that tell records apart alone: whatever stands there is compared as a number. */
  readonly numbers: readonly string[];
  /** Fields of longer keys, and fields that must agree: compared where a number stands, and not a word. */
  readonly perhapsNumbers: readonly string[];
  /** Fields of addresses and phones. */
  readonly source: ContactFields;
  readonly target: ContactFields;
}

interface ContactFields {
  readonly emails: readonly string[];
  readonly phones: readonly string[];
}

/** A number that tells somebody apart has as many. */
const digitsMin = 3;

/** Fields whose values are numbers of employees and projects, as far as they hold digits or letters at all. */
const numberTypes: readonly FieldType[] = ["text", "integer", "decimal"];

export function nearFields(context: RuleContext, rules: readonly RuleContext[]): NearFields {
  const keys = identityKeys(context, rules);
  const { schema } = context.targets;
  const isNumber = (field: string) =>
    !schema.label.includes(field) && numberTypes.includes(schema.fields[field]?.type ?? "boolean");
  const fieldsOf = (list: readonly IdentityKey[]) =>
    list.flatMap(({ key }) => key.parts.map(({ field }) => field)).filter(isNumber);
  const numbers = new Set(fieldsOf(keys.filter(({ key }) => key.parts.length === 1)));
  const others = new Set([...fieldsOf(keys), ...context.input.rule.agree.filter(isNumber)]);
  return {
    context,
    keys,
    numbers: [...numbers],
    perhapsNumbers: [...others].filter((field) => !numbers.has(field)),
    source: contactFields(context.sources.schema),
    target: contactFields(schema),
  };
}

function contactFields({ fields }: StreamSchema): ContactFields {
  const ofType = (type: FieldType) =>
    Object.keys(fields).filter((name) => fields[name]?.type === type);
  return { emails: ofType("email"), phones: ofType("phone") };
}

/** By the names of the target's fields, with the values that the rule would write. */
export function identityOfSource(near: NearFields, source: StreamRecord): Identity {
  const { context } = near;
  const { schema } = context.targets;
  const written = writtenValues(near, source);
  const owned = schema.label.map((field) => textOf(written.get(field)));
  const name = owned.every((text) => text === "")
    ? ownLabel(context.sources.schema, source)
    : owned;
  const { source: own, target } = near;
  return {
    name: name.join(" "),
    emails: [...texts(target.emails, written), ...textsOf(own.emails, source.fields)],
    phones: [...texts(target.phones, written), ...textsOf(own.phones, source.fields)],
    numbers: numbersOf(near, (field) => written.get(field)),
  };
}

export function identityOfTarget(near: NearFields, target: StreamRecord): Identity {
  const { schema } = near.context.targets;
  return {
    name: ownLabel(schema, target).join(" "),
    emails: textsOf(near.target.emails, target.fields),
    phones: textsOf(near.target.phones, target.fields),
    numbers: numbersOf(near, (field) => target.fields[field]),
  };
}

function writtenValues(
  { context, keys }: NearFields,
  source: StreamRecord,
): ReadonlyMap<string, Value> {
  const evaluation = context.input.evaluations.get(source.id);
  const written = new Map<string, Value>();
  for (const { key, place } of keys) {
    if (place === null) continue;
    for (const [at, { field }] of key.parts.entries()) {
      written.set(field, evaluation?.keys[place]?.[at] ?? null);
    }
  }
  for (const [at, rule] of context.input.rule.fields.entries()) {
    const value = evaluation?.fields[at];
    if (value !== undefined) written.set(rule.field, value ?? rule.fallback ?? null);
  }
  return written;
}

function numbersOf(
  { numbers, perhapsNumbers }: NearFields,
  valueAt: (field: string) => Value | undefined,
): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const field of numbers) {
    const text = textOf(valueAt(field));
    if (text !== "") found.set(field, text);
  }
  for (const field of perhapsNumbers) {
    const text = textOf(valueAt(field));
    if (isMostlyDigits(text)) found.set(field, text);
  }
  return found;
}

/** "10482" and "E-10482" are, "Foreman" and "Crew 2" are not. */
function isMostlyDigits(text: string): boolean {
  const digits = text.replace(/\D+/g, "").length;
  return digits >= digitsMin && digits * 2 > text.replace(/[\s\p{P}]+/gu, "").length;
}

function ownLabel(schema: StreamSchema, record: StreamRecord): readonly string[] {
  return schema.label.map((field) => textOf(record.fields[field]));
}

function texts(fields: readonly string[], written: ReadonlyMap<string, Value>): readonly string[] {
  return fields.map((field) => textOf(written.get(field))).filter((text) => text !== "");
}

function textsOf(fields: readonly string[], values: Fields): readonly string[] {
  return fields.map((field) => textOf(values[field])).filter((text) => text !== "");
}

function textOf(value: Value | undefined): string {
  return typeof value === "string" || typeof value === "number" ? String(value).trim() : "";
}
