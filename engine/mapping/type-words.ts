import type { FieldType } from "../connector/schema.ts";

const words: Readonly<Record<FieldType, string>> = {
  text: "a text",
  email: "an e-mail address",
  phone: "a phone number",
  date: "a date",
  instant: "an instant",
  integer: "a whole number",
  decimal: "a number",
  boolean: "true or false",
  choice: "one of a list of choices",
  timezone: "a time zone",
  reference: "the id of a record",
};

/** What a value of the type is called in a sentence. */
export function typeWords(type: FieldType): string {
  return words[type];
}
