import type { LibraryFunction } from "./function.ts";

/* Text that people typed: blanks, digits, names. */

export const textFunctions: readonly LibraryFunction[] = [
  {
    name: "blank",
    signature: "<x-:x>",
    usage: "$blank(value)",
    about: "The value, or null where it is a text without any characters but white space.",
    call(value: unknown) {
      return isBlank(value) ? null : value;
    },
  },
  {
    name: "isBlank",
    signature: "<x-:b>",
    usage: "$isBlank(value)",
    about: "Whether there is no value: none at all, null, or a text of white space.",
    call(value: unknown) {
      return isBlank(value);
    },
  },
  {
    name: "digits",
    signature: "<(snl)-:s>",
    usage: "$digits(text)",
    about: "The digits 0 to 9 of the text, in their order; null where it has none.",
    call(text: string | number | null | undefined) {
      return String(text ?? "").replace(/[^0-9]/g, "") || null;
    },
  },
  {
    name: "titleCase",
    signature: "<(sl)-:s>",
    usage: "$titleCase(text)",
    about:
      "The text in lower case with a capital at the beginning of each word and of each part of a name: O'Neil-Smith.",
    call(text: string | null | undefined) {
      return text?.toLowerCase().replace(wordStart, (start) => start.toUpperCase()) ?? null;
    },
  },
  {
    name: "firstName",
    signature: "<(sl)-:s>",
    usage: "$firstName(fullName)",
    about: "Of `Ana Maria Lopez` the first word, of `Lopez, Ana Maria` what is behind the comma.",
    call(fullName: string | null | undefined) {
      return splitName(fullName).first;
    },
  },
  {
    name: "lastName",
    signature: "<(sl)-:s>",
    usage: "$lastName(fullName)",
    about:
      "Of `Ana Maria Lopez` all but the first word, of `Lopez, Ana Maria` what is before the comma.",
    call(fullName: string | null | undefined) {
      return splitName(fullName).last;
    },
  },
  {
    name: "fullName",
    signature: "<(sl)(sl)(sl)?:s>",
    usage: "$fullName(first, last) or $fullName(first, middle, last)",
    about: "The parts that are not blank, with a space between them; null where all are.",
    call(one: string | null, two: string | null, three: string | null) {
      return words([one, two, three].join(" ")).join(" ") || null;
    },
  },
];

/** A letter after an apostrophe begins a part of a name only if another letter follows: Joe's. */
const wordStart = /(?<![\p{L}\p{N}'’])\p{L}|(?<=['’])\p{L}(?=\p{L})/gu;

function isBlank(value: unknown): boolean {
  return (
    value === undefined || value === null || (typeof value === "string" && value.trim() === "")
  );
}

function words(text: string): readonly string[] {
  return text.split(/\s+/).filter((word) => word !== "");
}

interface SplitName {
  readonly first: string | null;
  readonly last: string | null;
}

function splitName(fullName: string | null | undefined): SplitName {
  const text = fullName ?? "";
  const comma = text.indexOf(",");
  if (comma >= 0)
    return { first: joined(text.slice(comma + 1)), last: joined(text.slice(0, comma)) };
  const [first = "", ...rest] = words(text);
  return { first: joined(first), last: joined(rest.join(" ")) };
}

function joined(text: string): string | null {
  return words(text).join(" ") || null;
}
