import { isEscaped, startOfToken } from "./offsets.ts";

/*
 * The parser's errors in our words, each with its place and with what to do. Codes by JSONata 2.2.2.
 */

export interface ParseError {
  readonly code: string;
  readonly position?: number;
  readonly token?: unknown;
  readonly value?: unknown;
}

export interface SyntaxTrouble {
  readonly offset: number;
  readonly message: string;
  readonly help: string;
}

/** Gives the code of the error that a text has, if it has one. */
export type ErrorCodeOf = (text: string) => string | undefined;

export function syntaxTrouble(text: string, error: ParseError, codeOf: ErrorCodeOf): SyntaxTrouble {
  if (text.trim() === "") {
    return {
      offset: 0,
      message: "The expression is empty.",
      help: "Write an expression, such as the name of a field.",
    };
  }
  const habit = habitTrouble(text, error);
  if (habit) return habit;
  const words = wordsOf(error);
  return { offset: offsetOf(text, error, codeOf), ...words };
}

/** Operators of other languages, at the place where the parser gave up. */
const habits: readonly (readonly [pattern: RegExp, message: string, help: string])[] = [
  [/===?$/, "Two values are compared with a single =.", "Write `a = b`."],
  [/&&$/, "&& is no operator here.", "Write `a and b`."],
  [/\|\|$/, "|| is no operator here.", "Write `a or b`, or `a ?: b` for a default."],
  [/!$/, "! is no operator here.", "Write `$not(a)`, or `a != b`."],
  [/<>$/, "<> is no operator here.", "Write `a != b`."],
];

function habitTrouble(text: string, error: ParseError): SyntaxTrouble | undefined {
  if (!["S0201", "S0204", "S0211"].includes(error.code) || error.position === undefined)
    return undefined;
  for (const end of [error.position, error.position + 1]) {
    for (const [pattern, message, help] of habits) {
      const found = pattern.exec(text.slice(0, end));
      if (found && found.index + found[0].length >= error.position)
        return { offset: found.index, message, help };
    }
  }
  return undefined;
}

function offsetOf(text: string, error: ParseError, codeOf: ErrorCodeOf): number {
  const position = error.position ?? 0;
  switch (error.code) {
    case "S0101":
      return openingOf(text, ['"', "'"], error.code, codeOf);
    case "S0105":
      return Math.max(0, text.lastIndexOf("`"));
    case "S0302":
      return openingOf(text, ["/"], error.code, codeOf);
    case "S0103":
    case "S0104":
    case "S0301":
    case "S0401":
    case "S0402":
      return Math.max(0, position - 1);
    case "S0102":
    case "S0106":
      return position;
    case "S0203":
    case "S0207":
      return text.trimEnd().length;
    default:
      return startOfToken(text, Math.min(position, text.length), error.token ?? error.value);
  }
}

/** Candidates tried for the beginning of what is not closed; each costs one parse. */
const openingsTriedMax = 50;

/** The beginning of a text or pattern that is not closed: before it, the text does not have that error. */
export function openingOf(
  text: string,
  marks: readonly string[],
  code: string,
  codeOf: ErrorCodeOf,
): number {
  let tried = 0;
  for (let at = text.length - 1; at >= 0 && tried < openingsTriedMax; at -= 1) {
    if (!marks.includes(text.charAt(at)) || isEscaped(text, at)) continue;
    tried += 1;
    if (codeOf(text.slice(0, at)) !== code) return at;
  }
  return 0;
}

type Words = Omit<SyntaxTrouble, "offset">;

function wordsOf({ code, token, value }: ParseError): Words {
  const found = quoted(token);
  switch (code) {
    case "S0101":
      return {
        message: "This text is not closed.",
        help: "Close it with the kind of quote that it begins with.",
      };
    case "S0102":
      return {
        message: `The number ${String(token)} is too large.`,
        help: "Write a smaller number.",
      };
    case "S0103":
      return {
        message: `A backslash before ${found} means nothing.`,
        help: 'Write \\\\ for a backslash; the others are \\" \\/ \\b \\f \\n \\r \\t and \\u with four digits.',
      };
    case "S0104":
      return {
        message: "\\u is not followed by four hexadecimal digits.",
        help: "Write it as in \\u00e9.",
      };
    case "S0105":
      return { message: "This name is not closed.", help: "Close it with a backquote." };
    case "S0106":
      return { message: "This comment is not closed.", help: "Close it with */." };
    case "S0202":
      return {
        message: `Here ${quoted(value)} is missing: ${found} cannot stand here.`,
        help: bracketsHelp,
      };
    case "S0203":
      return {
        message: `The expression ends where ${quoted(value)} is missing.`,
        help: bracketsHelp,
      };
    case "S0204":
      return { message: `${found} is no operator.`, help: operatorsHelp };
    case "S0207":
      return {
        message: "The expression ends too early: something must follow.",
        help: "Complete it.",
      };
    case "S0208":
      return {
        message: `The parameter ${found} has no $.`,
        help: "Write it as in function($value) { … }.",
      };
    default:
      return structureWords(code, found, token);
  }
}

const bracketsHelp =
  "Look whether every bracket is closed, and whether an operator or a comma is missing.";
const operatorsHelp = "The operators are & + - * / % = != < <= > >= and or in ? : ?: ?? ~> :=";

function structureWords(code: string, found: string, token: unknown): Words {
  switch (code) {
    case "S0211":
      return {
        message: `A value is missing before ${found}.`,
        help: "Write what it works on, or remove it.",
      };
    case "S0212":
      return {
        message: `Before := stands ${found}, which is no variable.`,
        help: "Write it as in $name := …",
      };
    case "S0213":
      return {
        message: "A number or true, false, null cannot follow a dot.",
        help: "Write a name; in backquotes if it begins with a digit.",
      };
    case "S0214":
      return { message: `Behind ${found} a variable must stand.`, help: "Write it as in $name." };
    case "S0217":
      return {
        message: "% has no parent here.",
        help: "Use it in a path behind a name, as in a.b.%.c.",
      };
    case "S0209":
    case "S0210":
    case "S0215":
    case "S0216":
      return {
        message: "This cannot follow the part before it.",
        help: "Put that part in round brackets.",
      };
    case "S0301":
      return {
        message: "The regular expression is empty.",
        help: "Write a pattern between the slashes.",
      };
    case "S0302":
      return {
        message: "This regular expression is not closed.",
        help: "Close it with /; brackets in it must be closed, or have a \\ before them.",
      };
    case "S0401":
    case "S0402":
      return {
        message: "The types of the function's parameters cannot be read.",
        help: "Write them as in function($a)<s:s> { … }, or leave them out.",
      };
    default:
      return {
        message:
          token === undefined || token === "(end)"
            ? "The expression is not complete."
            : `${found} cannot stand here.`,
        help: bracketsHelp,
      };
  }
}

function quoted(token: unknown): string {
  return token === "(end)" || token === undefined ? "the end" : `"${String(token).slice(0, 60)}"`;
}
