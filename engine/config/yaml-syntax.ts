import { type Document, visit, type YAMLError } from "yaml";
import type { Code } from "../codes.ts";
import { errorAt } from "./diagnose.ts";
import type { Diagnostic } from "./diagnostic.ts";
import type { Place } from "./place.ts";
import { quote, visible } from "./wording.ts";

/** What the YAML library found wrong, as diagnostics of our own. */
export function syntaxDiagnostics(
  document: Document.Parsed,
  text: string,
  placeOf: (offset: number) => Place,
): readonly Diagnostic[] {
  const errors = [...document.errors, ...document.warnings];
  const ordered = errors.toSorted((one, other) => one.pos[0] - other.pos[0]);
  const unquoted = ordered.filter((error) => isUnquotedReference(error, text));
  // One slip makes the rest of a file unreadable: only the first error of that kind tells the author something.
  const first = ordered.find((error) => !isIsolated(error));
  const structural = unquoted.length > 0 ? unquoted : ordered.filter((error) => error === first);
  return [...ordered.filter(isIsolated), ...structural].map((error) =>
    diagnosticOf(error, { document, text, placeOf }),
  );
}

interface Parsing {
  readonly document: Document.Parsed;
  readonly text: string;
  readonly placeOf: (offset: number) => Place;
}

/** Whether the rest of the file still reads as it was meant. */
export function isHarmless(error: YAMLError): boolean {
  return error.code === "DUPLICATE_KEY" || error.code === "TAG_RESOLVE_FAILED";
}

/** Whether the error makes no other errors after it. */
function isIsolated(error: YAMLError): boolean {
  return isHarmless(error) || error.code === "BAD_DQ_ESCAPE" || error.code === "NON_STRING_KEY";
}

/** Within `{ }` and `[ ]` YAML takes the brace of `${NAME}` for the beginning of a map. */
function isUnquotedReference({ pos: [start] }: YAMLError, text: string): boolean {
  return text.slice(start - 1, start + 1) === "${";
}

function diagnosticOf(error: YAMLError, { document, text, placeOf }: Parsing): Diagnostic {
  const [start] = error.pos;
  if (isUnquotedReference(error, text)) {
    const written = /^\$\{[^}\n]*\}?/.exec(text.slice(start - 1))?.[0] ?? "";
    return errorAt(
      "environment-unquoted",
      placeOf(start - 1),
      `${quote(written)} is not in quotes, and inside { } and [ ] YAML takes its brace for a map.`,
      `Put the text into quotes: "${written}".`,
    );
  }
  if (error.message.startsWith("Missing closing")) {
    const message = "The quote that begins here is never closed.";
    return errorAt("yaml-invalid", placeOf(openingOf(document, start)), message, "Close it.");
  }
  const [code, message, help] = wordingOf(error, text.slice(start));
  return errorAt(code, placeOf(start), message, help);
}

/** The library reports an open quote where the file ends; people look for where it begins. */
function openingOf(document: Document.Parsed, end: number): number {
  let opening = end;
  visit(document, {
    Scalar(_key, { range }) {
      if (range && range[1] >= end && range[0] < end) opening = range[0];
    },
  });
  return opening;
}

type Wording = readonly [code: Code, message: string, help?: string];

function wordingOf(error: YAMLError, rest: string): Wording {
  switch (error.code) {
    case "DUPLICATE_KEY": {
      const key = /^(?:"[^"\n]*"|'[^'\n]*'|[^:,}\n]*)/.exec(rest)?.[0] ?? "";
      return ["yaml-duplicate-key", `The key ${quote(key.trim())} stands here a second time.`];
    }
    case "TAB_AS_INDENT":
      return ["yaml-tab", "A tab stands where only spaces may stand."];
    case "MULTIPLE_DOCS":
      return ["yaml-several-documents", "A second document begins here."];
    case "NON_STRING_KEY":
      return ["yaml-invalid", "A key must be a simple text.", "Write the key as plain text."];
    case "BAD_DQ_ESCAPE":
      return [
        "yaml-invalid",
        `${quote(rest.slice(0, 2))} is not an escape that YAML knows.`,
        "Use single quotes, in which a backslash is just a backslash, or write it twice.",
      ];
    case "BAD_SCALAR_START":
      return [
        "yaml-invalid",
        `A text that begins with ${quote(rest.slice(0, 1))} must stand in quotes.`,
        "Put the text into quotes.",
      ];
    case "BLOCK_AS_IMPLICIT_KEY":
      return [
        "yaml-invalid",
        "A second `: ` on one line makes this unreadable.",
        "Put a text that holds `: ` into quotes, or write it as a block after `|`.",
      ];
    case "TAG_RESOLVE_FAILED":
      return [
        "yaml-invalid",
        `The tag ${quote(/^\S*/.exec(rest)?.[0] ?? "")} is not supported.`,
        "Remove the tag; put a text that begins with `!` into quotes.",
      ];
    default:
      return ["yaml-invalid", `YAML cannot read this: ${visible(error.message)}.`];
  }
}
