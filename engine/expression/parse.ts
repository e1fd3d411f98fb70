import jsonata from "jsonata";
import {
  doublingsMax,
  evaluationMsMax,
  expressionCharactersMax,
  nestingMax,
  sequenceMax,
  stackMax,
} from "./limits.ts";
import { isNode, type Node, visit } from "./node.ts";
import { LinearRegex, patternTrouble } from "./regex.ts";
import { type ErrorCodeOf, openingOf, type ParseError, syntaxTrouble } from "./syntax-errors.ts";

export type Parsed =
  | { readonly ok: true; readonly interpreter: jsonata.Expression; readonly tree: Node }
  | NotParsed;

export interface NotParsed {
  readonly ok: false;
  readonly code: "expression-syntax" | "expression-too-large" | "expression-pattern";
  readonly offset: number;
  readonly message: string;
  /** What to do, where there is more to say than the code does. */
  readonly help?: string;
}

const options: jsonata.JsonataOptions = {
  timeout: evaluationMsMax,
  stack: stackMax,
  sequence: sequenceMax,
  RegexEngine: LinearRegex as unknown as RegExpConstructor,
};

export function parse(text: string): Parsed {
  if (text.length > expressionCharactersMax) {
    return tooLarge(
      `The expression has ${text.length} characters; our limit is ${expressionCharactersMax}.`,
    );
  }
  if (doublings(text) > doublingsMax) return tooDeep();
  try {
    const interpreter = jsonata(text, options);
    const tree = treeOf(interpreter);
    for (const { depth } of visit(tree)) if (depth > nestingMax) return tooDeep();
    repairCopies(tree);
    return unusablePattern(text, tree) ?? { ok: true, interpreter, tree };
  } catch (error) {
    return failed(text, error);
  }
}

function treeOf(interpreter: jsonata.Expression): Node {
  const tree: unknown = interpreter.ast();
  if (!isNode(tree)) throw new Error("the syntax tree of JSONata has another shape than it had");
  return tree;
}

function tooLarge(message: string): NotParsed {
  return { ok: false, code: "expression-too-large", offset: 0, message };
}

function tooDeep(): NotParsed {
  return tooLarge(
    `The expression has more than ${nestingMax} levels of brackets and operators, or too many defaults (?:) in each other.`,
  );
}

/** How often brackets around a default can stand in each other, at most. */
function doublings(text: string): number {
  const defaults = text.match(/\?:|\?\?/g)?.length ?? 0;
  let depth = 0;
  let deepest = 0;
  for (const character of text) {
    if ("([{".includes(character)) depth += 1;
    if (")]}".includes(character)) depth -= 1;
    deepest = Math.max(deepest, depth);
  }
  return Math.min(defaults, deepest);
}

function failed(text: string, error: unknown): NotParsed {
  if (error instanceof RangeError) return tooDeep();
  if (error instanceof SyntaxError) return invalidPattern(text, error);
  if (!isParseError(error)) throw error;
  return { ok: false, code: "expression-syntax", ...syntaxTrouble(text, error, errorCodeOf) };
}

function isParseError(error: unknown): error is ParseError {
  return (
    typeof error === "object" && error !== null && "code" in error && typeof error.code === "string"
  );
}

const errorCodeOf: ErrorCodeOf = (text) => {
  try {
    jsonata(text);
    return undefined;
  } catch (error) {
    return isParseError(error) ? error.code : undefined;
  }
};

/** The parser lets JavaScript read patterns, which names the pattern and why, and no place. */
function invalidPattern(text: string, error: SyntaxError): NotParsed {
  const [, pattern = "", why = ""] =
    /^Invalid regular expression: \/(.*)\/\w*: (.*)$/s.exec(error.message) ?? [];
  return {
    ok: false,
    code: "expression-pattern",
    offset: Math.max(0, text.indexOf(`/${pattern}/`)),
    message: `The regular expression cannot be read: ${why || "it is malformed"}.`,
  };
}

function unusablePattern(text: string, tree: Node): NotParsed | undefined {
  for (const { node } of visit(tree)) {
    const pattern = node["value"];
    if (node.type !== "regex" || !(pattern instanceof RegExp)) continue;
    const why = patternTrouble(pattern);
    if (why === null) continue;
    const end = typeof node["position"] === "number" ? node["position"] : text.length;
    const closing = text.lastIndexOf("/", end - 1);
    return {
      ok: false,
      code: "expression-pattern",
      offset: openingOf(text.slice(0, closing), ["/"], "S0302", errorCodeOf),
      message: `The regular expression cannot be used: ${why}.`,
    };
  }
  return undefined;
}

/**
 * The parser copies the left side of `?:` and `??` through JSON, which turns a pattern into an empty object, whose
 * matching never ends, and takes the type checks from a function. The original stands beside the copy.
 */
function repairCopies(tree: Node): void {
  const originals = new Map<string, unknown>();
  for (const { node } of visit(tree)) {
    for (const member of ["value", "signature"]) {
      if (isWhole(node, member)) originals.set(placeKey(node, member), node[member]);
    }
  }
  for (const { node } of visit(tree)) {
    for (const member of ["value", "signature"]) {
      const original = originals.get(placeKey(node, member));
      if (original !== undefined && typeof node[member] === "object")
        Object.assign(node, { [member]: original });
    }
  }
}

function isWhole(node: Node, member: string): boolean {
  const value = node[member];
  if (node.type === "regex") return member === "value" && value instanceof RegExp;
  return (
    node.type === "lambda" &&
    member === "signature" &&
    typeof value === "object" &&
    value !== null &&
    "validate" in value
  );
}

function placeKey(node: Node, member: string): string {
  return `${node.type} ${member} ${String(node["position"])}`;
}
