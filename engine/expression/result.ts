import type { Value } from "../value/value.ts";
import { resultCharactersMax, resultDepthMax, resultValuesMax } from "./limits.ts";

export type PlainResult =
  | { readonly ok: true; readonly value: Value }
  /** `why` is a sentence. `limit`: it is a value, and larger than we take. */
  | { readonly ok: false; readonly why: string; readonly limit: boolean };

/**
 * What the interpreter gave, as plain data of our own: its lists carry marks and methods, its objects have no
 * prototype, and both may be shared with the record. Nothing at all is `null`.
 */
export function plainResult(result: unknown): PlainResult {
  const budget = { values: resultValuesMax, characters: resultCharactersMax };
  try {
    return { ok: true, value: plain(result, resultDepthMax, budget) };
  } catch (error) {
    if (error instanceof NoValue) return { ok: false, why: error.message, limit: error.limit };
    throw error;
  }
}

class NoValue extends Error {
  readonly limit: boolean;

  constructor(message: string, { limit }: { readonly limit: boolean }) {
    super(message);
    this.limit = limit;
  }
}

function functionTrouble(): NoValue {
  const message = "The result is a function, not a value: perhaps its brackets are missing.";
  return new NoValue(message, { limit: false });
}

function limitTrouble(message: string): NoValue {
  return new NoValue(`${message}, which is our limit.`, { limit: true });
}

interface Budget {
  values: number;
  characters: number;
}

function plain(value: unknown, depth: number, budget: Budget): Value {
  budget.values -= 1;
  if (budget.values < 0) throw limitTrouble(`The result has more than ${resultValuesMax} values`);
  switch (typeof value) {
    case "undefined":
      return null;
    case "boolean":
      return value;
    case "string":
      return plainText(value, budget);
    case "number":
      if (Number.isFinite(value)) return value;
      throw new NoValue(`The result is ${value}, and no field can hold that.`, { limit: false });
    case "object":
      return value === null ? null : plainObject(value, depth, budget);
    default:
      throw functionTrouble();
  }
}

function plainText(text: string, budget: Budget): string {
  budget.characters -= text.length;
  if (budget.characters >= 0) return text;
  throw limitTrouble(`The result is longer than ${resultCharactersMax} characters`);
}

function plainObject(value: object, depth: number, budget: Budget): Value {
  if (isFunction(value)) throw functionTrouble();
  if (depth <= 0) throw limitTrouble(`The result has more than ${resultDepthMax} levels`);
  if (Array.isArray(value)) return Array.from(value, (member) => plain(member, depth - 1, budget));
  const members: [string, Value][] = [];
  for (const [key, member] of Object.entries(value)) {
    if (member !== undefined)
      members.push([plainText(key, budget), plain(member, depth - 1, budget)]);
  }
  return Object.fromEntries(members);
}

/** Functions of the interpreter are objects with a mark. */
export function isFunction(value: unknown): boolean {
  if (typeof value === "function") return true;
  if (typeof value !== "object" || value === null) return false;
  return (
    Reflect.get(value, "_jsonata_function") === true ||
    Reflect.get(value, "_jsonata_lambda") === true
  );
}
