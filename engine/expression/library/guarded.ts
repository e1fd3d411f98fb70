import { canonicalJson } from "../../value/canonical-json.ts";
import { operandCharactersMax } from "../limits.ts";
import { plainResult } from "../result.ts";
import { checked, tolerantSignature } from "./empty-fields.ts";
import { type Focus, type LibraryFunction, refuse } from "./function.ts";
import { standard } from "./standard.ts";

/*
 * Functions of JSONata whose own form has no limit, or takes the square of the time that is needed. What they give is
 * the same.
 */

/** The size of what becomes a text is not seen from outside: an object can hold another one twice, and so on. */
function affordable(name: string, value: unknown): void {
  if (typeof value !== "object" || value === null) return;
  const plain = plainResult(value);
  if (!plain.ok && plain.limit) refuse(`What $${name} was given is too large. ${plain.why}`);
}

/** Equal values have equal keys. Functions are equal to nothing, so they have none. */
function identity(value: unknown): unknown {
  if (typeof value === "string") return `text ${value}`;
  if (typeof value !== "object" || value === null) return value;
  const plain = plainResult(value);
  return plain.ok ? canonicalJson(plain.value) : undefined;
}

export const guarded: readonly LibraryFunction[] = [
  {
    name: "string",
    signature: standard("string").signature,
    usage: "$string(value[, prettify])",
    about: "As in JSONata: the value as text, null as the text null.",
    call(this: Focus, value: unknown, prettify: unknown) {
      affordable("string", value);
      return standard("string").implementation.call(this, value, prettify);
    },
  },
  {
    name: "clone",
    signature: standard("clone").signature,
    usage: "$clone(object)",
    about: "As in JSONata: a copy.",
    call(this: Focus, value: unknown) {
      affordable("clone", value);
      return standard("clone").implementation.call(this, value);
    },
  },
  {
    name: "pad",
    signature: tolerantSignature("pad"),
    usage: "$pad(text, width[, character])",
    about: "As in JSONata; null gives null.",
    call(this: Focus, text: unknown, width: unknown, character: unknown) {
      if (text === null) return null;
      if (typeof width === "number" && Math.abs(width) > operandCharactersMax) {
        refuse(
          `$pad was asked for ${Math.abs(width)} characters; our limit is ${operandCharactersMax}.`,
        );
      }
      return standard("pad").implementation.apply(this, checked("pad", [text, width, character]));
    },
  },
  {
    name: "join",
    signature: "<as?:s>",
    usage: "$join(texts[, separator])",
    about: "As in JSONata; members that are null are left out.",
    call(this: Focus, texts: readonly unknown[] | undefined, separator: unknown) {
      const present = texts?.filter((text) => text !== null && text !== undefined);
      if (present?.some((text) => typeof text !== "string")) {
        refuse("$join was given a list that does not hold texts alone.");
      }
      return standard("join").implementation.call(this, present, separator);
    },
  },
  {
    name: "distinct",
    signature: standard("distinct").signature,
    usage: "$distinct(list)",
    about: "As in JSONata: the list, each value once.",
    call(this: Focus, list: unknown) {
      if (!Array.isArray(list) || list.length <= 1) return list;
      const seen = new Set<unknown>();
      const once = list.filter((value: unknown) => {
        const key = identity(value);
        return key === undefined || seen.size < seen.add(key).size;
      });
      return Object.assign(once, "sequence" in list ? { sequence: list.sequence } : {});
    },
  },
  {
    name: "sort",
    signature: standard("sort").signature,
    usage: "$sort(list[, function])",
    about: "As in JSONata: the list in order.",
    call(this: Focus, list: unknown, comparator: unknown) {
      if (comparator === undefined && Array.isArray(list) && list.length > 1) {
        if (list.every((value) => typeof value === "string")) return list.toSorted(ascending);
        if (list.every((value) => typeof value === "number")) return list.toSorted(ascending);
      }
      return standard("sort").implementation.call(this, list, comparator);
    },
  },
];

function ascending<T extends string | number>(a: T, b: T): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
