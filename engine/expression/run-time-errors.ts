import { shown, shownText } from "../value/shown.ts";
import type { Value } from "../value/value.ts";
import { refusedCode } from "./library/function.ts";
import { evaluationMsMax, sequenceMax, stackMax } from "./limits.ts";
import { startOfFailure } from "./offsets.ts";
import { isFunction } from "./result.ts";

/*
 * The interpreter's errors in our words. Its own messages hold whole values, so only those without any are used: a
 * message goes into logs and pull requests, and a record of a person does not.
 */

export interface RunTimeTrouble {
  readonly offset: number;
  /** A sentence. */
  readonly message: string;
  /** The time limit was reached. */
  readonly timedOut: boolean;
  /** The message is the author's own, given to `$error` or `$assert`. */
  readonly isAuthors: boolean;
}

interface Thrown {
  readonly code?: unknown;
  readonly position?: unknown;
  readonly token?: unknown;
  readonly value?: unknown;
  readonly value2?: unknown;
  readonly index?: unknown;
  readonly message?: unknown;
}

/** UTF-16 units of a message that an author gave to `$error` or `$assert`, or that a program gave to its error. */
const foreignMessageMax = 300;

export function runTimeTrouble(text: string, error: unknown): RunTimeTrouble {
  const thrown: Thrown = typeof error === "object" && error !== null ? error : {};
  const position = typeof thrown.position === "number" ? thrown.position : undefined;
  return {
    offset: startOfFailure(text, position, thrown.token),
    message: messageOf(thrown),
    timedOut: thrown.code === "D1012",
    isAuthors: thrown.code === "D3137" || thrown.code === "D3141",
  };
}

function messageOf(thrown: Thrown): string {
  const words = typeof thrown.code === "string" ? wordsByCode.get(thrown.code) : undefined;
  if (words) return words(thrown);
  const { code, message } = thrown;
  if (code === refusedCode && typeof message === "string") return message;
  if (message === "Invalid string length") return "A text became too long for the memory.";
  if (typeof code === "string" && typeof message === "string") {
    return `${shownText(message, foreignMessageMax)} (JSONata ${code})`;
  }
  return `The expression failed: ${shownText(String(message ?? thrown), foreignMessageMax)}.`;
}

const limits: readonly (readonly [string, (thrown: Thrown) => string])[] = [
  ["D1011", () => `The expression calls itself too deeply: our limit is ${stackMax} levels.`],
  ["D1012", () => `The expression took too long: our limit is ${evaluationMsMax} ms for a record.`],
  ["D2014", () => `The list became too long: our limit is ${sequenceMax} members.`],
  ["D2015", () => `The list became too long: our limit is ${sequenceMax} members.`],
];

const calls: readonly (readonly [string, (thrown: Thrown) => string])[] = [
  [
    "T0410",
    ({ index, token, value }) => `${ordinal(index)} of ${call(token)} cannot be ${kindOf(value)}.`,
  ],
  [
    "T0411",
    ({ token, value }) =>
      `${call(token)} takes what it stands behind, and that is ${kindOf(value)}.`,
  ],
  [
    "T0412",
    ({ index, token }) =>
      `${ordinal(index)} of ${call(token)} is a list that holds something else than it takes.`,
  ],
  [
    "T1005",
    ({ token }) => `${name(token)} is called, and it is no function: did you mean ${call(token)}?`,
  ],
  ["T1006", ({ token }) => `${call(token)} is called, and it is no function.`],
  [
    "T1007",
    ({ token }) => `${name(token)} is called, and it is no function: did you mean ${call(token)}?`,
  ],
  ["T1008", ({ token }) => `${call(token)} is called, and it is no function.`],
  [
    "T1010",
    ({ token }) =>
      `The function that ${call(token)} looks with does not give what a pattern gives.`,
  ],
  ["T2006", ({ value }) => `Behind ~> a function must stand, and that is ${kindOf(value)}.`],
  ["D3030", ({ value }) => `${safe(value)} is no number.`],
  ["D3012", ({ value }) => `The function given to $replace gave ${kindOf(value)}, not a text.`],
  ["D3060", ({ value }) => `There is no square root of ${safe(value)}.`],
  ["D3061", () => "The power is too large for a number."],
  [
    "D3100",
    ({ value }) => `$formatBase writes numbers to a base from 2 to 36, not ${safe(value)}.`,
  ],
  ["D3110", ({ value }) => `${safe(value)} is no time such as 2026-01-31T08:00:00Z.`],
  ["D3130", ({ value }) => `Numbers cannot be written or read in the form ${safe(value)}.`],
  ["D3132", ({ value }) => `${safe(value)} means nothing in the picture of a date or time.`],
  ["D3133", ({ value }) => `Only months and days have names, not ${safe(value)}.`],
  ["D3140", ({ value }) => `${safe(value)} is no encoded address.`],
  ["D3137", ({ message }) => shownText(String(message), foreignMessageMax)],
  ["D3141", ({ message }) => shownText(String(message), foreignMessageMax)],
  ["D3138", () => "$single found more than one."],
  ["D3139", () => "$single found none."],
];

const operators: readonly (readonly [string, (thrown: Thrown) => string])[] = [
  ["D1001", () => "A number became too large."],
  ["D1002", ({ value }) => `- cannot be put before ${kindOf(value)}.`],
  [
    "T2001",
    ({ token, value }) =>
      `The left side of ${name(token)} is ${kindOf(value)}, not a number.${joinHint(token)}`,
  ],
  [
    "T2002",
    ({ token, value }) =>
      `The right side of ${name(token)} is ${kindOf(value)}, not a number.${joinHint(token)}`,
  ],
  [
    "T2007",
    ({ value, value2 }) =>
      `The order cannot be told between ${kindOf(value)} and ${kindOf(value2)}.`,
  ],
  ["T2008", ({ value }) => `Only texts and numbers have an order, not ${kindOf(value)}.`],
  [
    "T2009",
    ({ token, value, value2 }) =>
      `${name(token)} cannot compare ${kindOf(value)} with ${kindOf(value2)}.`,
  ],
  [
    "T2010",
    ({ token, value }) => `${name(token)} compares texts or numbers, not ${kindOf(value)}.`,
  ],
  ["T1003", ({ value }) => `The key of an object must be a text, not ${kindOf(value)}.`],
  ["D1009", ({ value }) => `The object gets the key ${safe(value)} from two places.`],
  ["D1013", ({ value }) => `${safe(value)} is a key that the language keeps for itself.`],
  ["T2011", ({ value }) => `What | … | … | writes must be an object, not ${kindOf(value)}.`],
  ["T2012", ({ value }) => `What | … | … | removes must be texts, not ${kindOf(value)}.`],
];

/** Exported for the test that every code whose own message holds a value has words here. */
export const wordsByCode: ReadonlyMap<string, (thrown: Thrown) => string> = new Map([
  ...limits,
  ...calls,
  ...operators,
]);

function ordinal(index: unknown): string {
  return `Value ${String(index)}`;
}

function name(token: unknown): string {
  return typeof token === "string" ? shownText(token) : "this";
}

function call(token: unknown): string {
  return typeof token === "string" ? `$${shownText(token)}` : "the function";
}

function joinHint(token: unknown): string {
  return token === "+" ? " Texts are joined with &." : "";
}

function kindOf(value: unknown): string {
  if (value === undefined) return "nothing";
  if (value === null) return "empty (null)";
  if (isFunction(value)) return "a function";
  if (typeof value === "string") return `the text ${shown(value)}`;
  if (typeof value === "number") return `the number ${value}`;
  if (typeof value === "boolean") return `the yes-or-no value ${value}`;
  return Array.isArray(value) ? "a list" : "an object";
}

function safe(value: unknown): string {
  if (isFunction(value)) return "a function";
  const kind = typeof value;
  return kind === "string" || kind === "number" || kind === "boolean"
    ? shown(value as Value)
    : kindOf(value);
}
