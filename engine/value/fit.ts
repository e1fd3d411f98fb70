import type { FieldSchema, FieldType } from "../connector/schema.ts";
import { instantMs, isDay } from "./calendar.ts";
import { numberOf } from "./numeric.ts";
import { shown } from "./shown.ts";
import { timezoneName } from "./timezone.ts";
import type { Value } from "./value.ts";

/** `value`: what to write, in the form that the type has (42 for the text "42" into an integer). */
export type Fit =
  | { readonly ok: true; readonly value: Value }
  /** `why`: a sentence without its subject's name and without its full stop. */
  | { readonly ok: false; readonly why: string };

/** UTF-16 units. No field of a business record is longer; a service that is sent more cuts it or answers with an error page. */
const textCharactersMax = 65_536;

/** Characters of an e-mail address, by RFC 5321. */
const emailCharactersMax = 254;

/** Digits with extension; the longest numbers have 15 without one. */
const phoneDigitsMax = 30;

/** Choices named in a message; a longer list hides the sentence. */
const choicesShownMax = 12;

const controlCharacters = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/;

/**
 * Whether a value can be written to a field of this type. Services differ in what they do with one that cannot (some
 * store a malformed date as null and say that all is well), so it is found out before. Blank text fits as `null`.
 */
export function fitsType(
  type: FieldType,
  value: Value,
  schema: Pick<FieldSchema, "choices" | "accepts">,
): Fit {
  const fit = fitOfType(type, value, schema.choices);
  return fit.ok && fit.value !== null && schema.accepts ? schema.accepts(fit.value) : fit;
}

function fitOfType(type: FieldType, value: Value, choices: readonly string[] | undefined): Fit {
  if (value === null) return fits(null);
  if (typeof value === "object") return unfit(`${shown(value)} cannot be written to one field`);
  if (type === "boolean") return fitBoolean(value);
  if (typeof value === "boolean")
    return unfit(`${value} is a yes or no, and the field takes ${takes(type)}`);
  if (typeof value === "string" && value.trim() === "") return fits(null);
  if (type === "integer" || type === "decimal") return fitNumber(type, value);
  return fitText(type, String(value), choices);
}

function fitBoolean(value: string | number | boolean): Fit {
  if (typeof value === "boolean") return fits(value);
  if (typeof value === "string" && value.trim() === "") return fits(null);
  return unfit(`${shown(value)} is neither true nor false`);
}

function fitNumber(type: "integer" | "decimal", value: string | number): Fit {
  const number = numberOf(value);
  if (number === null) return unfit(`${shown(value)} is no number`);
  if (type === "integer" && !Number.isSafeInteger(number)) {
    return unfit(`${shown(value)} is no whole number`);
  }
  return fits(number);
}

type TextType = Exclude<FieldType, "boolean" | "integer" | "decimal">;

function fitText(type: TextType, text: string, choices: readonly string[] | undefined): Fit {
  if (text.length > textCharactersMax) {
    return unfit(
      `the text has ${text.length} characters, and ${textCharactersMax} is the most that syncctl writes`,
    );
  }
  if (controlCharacters.test(text)) return unfit(`${shown(text)} holds a control character`);
  switch (type) {
    case "text":
    case "reference":
      return fits(text);
    case "email":
      return fitEmail(text.trim());
    case "phone":
      return fitPhone(text.trim());
    case "date":
      return fitDate(text.trim());
    case "instant":
      return instantMs(text.trim()) === null
        ? unfit(`${shown(text)} is no instant such as 2026-01-31T08:00:00Z`)
        : fits(text.trim());
    case "choice":
      return fitChoice(text, choices);
    case "timezone":
      return timezoneName(text.trim()) === null
        ? unfit(`${shown(text)} is no time zone such as America/Los_Angeles`)
        : fits(text.trim());
  }
}

function fitEmail(text: string): Fit {
  const shaped = /^[^\s@<>,;:"()[\]]+@[^\s@<>,;:"()[\].]+(?:\.[^\s@<>,;:"()[\].]+)+$/u.test(text);
  if (!shaped) return unfit(`${shown(text)} does not have the shape of an e-mail address`);
  if (text.length > emailCharactersMax)
    return unfit(`an e-mail address has at most ${emailCharactersMax} characters`);
  return fits(text);
}

function fitPhone(text: string): Fit {
  const digits = text.replace(/\P{Nd}/gu, "").length;
  if (digits === 0) return unfit(`${shown(text)} has no digits, so it is no phone number`);
  if (digits > phoneDigitsMax)
    return unfit(`${shown(text)} has ${digits} digits, more than a phone number has`);
  return fits(text);
}

function fitDate(text: string): Fit {
  if (isDay(text)) return fits(text);
  if (instantMs(text) !== null) {
    return unfit(
      `${shown(text)} is an instant, not a date; which day it is depends on the time zone: use $day`,
    );
  }
  return /^\d{4}-\d{2}-\d{2}$/.test(text)
    ? unfit(`${shown(text)} is a day that does not exist`)
    : unfit(`${shown(text)} is no date such as 2026-01-31`);
}

function fitChoice(text: string, choices: readonly string[] | undefined): Fit {
  if (!choices || choices.includes(text)) return fits(text);
  if (choices.length > choicesShownMax)
    return unfit(`${shown(text)} is none of its ${choices.length} choices`);
  return unfit(`${shown(text)} is none of ${choices.map((choice) => shown(choice)).join(", ")}`);
}

function takes(type: FieldType): string {
  if (type === "integer" || type === "decimal") return "a number";
  return type === "text" ? "text" : `a ${type}`.replace(/^a (?=[aei])/, "an ");
}

function fits(value: Value): Fit {
  return { ok: true, value };
}

function unfit(why: string): Fit {
  return { ok: false, why };
}
