import { operandCharactersMax } from "../limits.ts";
import { type Focus, type LibraryFunction, refuse } from "./function.ts";
import { type StandardFunction, standard } from "./standard.ts";

/*
 * JSONata's own functions on a text or a number, with two differences. An empty field of a record is `null`, which they
 * do not take: here null gives null, instead of holding every record that has no phone. And a text of many megabytes
 * is refused, because splitting one into characters would exhaust the memory.
 */

const texts = [
  ...["base64decode", "base64encode", "contains", "decodeUrl", "decodeUrlComponent", "encodeUrl"],
  ...[
    "encodeUrlComponent",
    "length",
    "lowercase",
    "match",
    "pad",
    "parseInteger",
    "replace",
    "split",
  ],
  ...["substring", "substringAfter", "substringBefore", "toMillis", "trim", "uppercase"],
];

const numbers = [
  ...[
    "abs",
    "ceil",
    "floor",
    "formatBase",
    "formatInteger",
    "formatNumber",
    "fromMillis",
    "number",
  ],
  ...["power", "round", "sqrt"],
];

/** Those that are as JSONata has them otherwise; `toMillis` and `pad` have more to them. */
export const nullTolerant: readonly LibraryFunction[] = [...texts, ...numbers]
  .filter((name) => name !== "toMillis" && name !== "pad")
  .map((name) => tolerant(standard(name)));

function tolerant(original: StandardFunction): LibraryFunction {
  return {
    name: original.name,
    signature: tolerantSignature(original.name),
    usage: `$${original.name}(…)`,
    about: `As in JSONata; null gives null.`,
    call: tolerantCall(original),
  };
}

/** `<s-:s>` becomes `<(sl)-:s>`. */
export function tolerantSignature(name: string): string {
  return standard(name)
    .signature.replace(/^<([sn])/, "<($1l)")
    .replace(/^<\(nsb\)/, "<(nsbl)");
}

/** One form for each number of parameters, because the interpreter counts them. */
function tolerantCall(original: StandardFunction): LibraryFunction["call"] {
  const { implementation } = original;
  const apply = (focus: Focus, values: unknown[]): unknown => {
    return values[0] === null ? null : implementation.apply(focus, checked(original.name, values));
  };
  switch (implementation.length) {
    case 1:
      return function (this: Focus, a: unknown) {
        return apply(this, [a]);
      };
    case 2:
      return function (this: Focus, a: unknown, b: unknown) {
        return apply(this, [a, b]);
      };
    case 3:
      return function (this: Focus, a: unknown, b: unknown, c: unknown) {
        return apply(this, [a, b, c]);
      };
    case 4:
      return function (this: Focus, a: unknown, b: unknown, c: unknown, d: unknown) {
        return apply(this, [a, b, c, d]);
      };
    default:
      throw new Error(`$${original.name} of JSONata has another number of parameters than it had`);
  }
}

export function checked(name: string, values: unknown[]): unknown[] {
  for (const value of values) {
    if (typeof value === "string" && value.length > operandCharactersMax) {
      refuse(
        `$${name} was given a text of ${value.length} characters; our limit is ${operandCharactersMax}.`,
      );
    }
  }
  return values;
}
