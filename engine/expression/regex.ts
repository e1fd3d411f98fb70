import { RE2JS, RE2JSException } from "re2js";

/*
 * Regular expressions run on an engine whose time is linear in the text: on JavaScript's own, `(a+)+$` against 28
 * characters takes nine seconds that no time limit can interrupt.
 */

const compiled = new WeakMap<RegExp, RE2JS>();

function linear(pattern: RegExp): RE2JS {
  const known = compiled.get(pattern);
  if (known) return known;
  const made = RE2JS.compile(RE2JS.translateRegExp(pattern));
  compiled.set(pattern, made);
  return made;
}

/** Why the engine cannot run a pattern; null when it can. */
export function patternTrouble(pattern: RegExp): string | null {
  try {
    linear(pattern);
    return null;
  } catch (error) {
    if (error instanceof RE2JSException) return reasonOf(error.message);
    throw error;
  }
}

function reasonOf(message: string): string {
  if (/\(\?<?[=!]/.test(message)) return "it looks ahead or behind, with (?= (?! (?<= or (?<!";
  if (/escape sequence: `\\[1-9k]/.test(message)) return "it refers back to a group, as \\1 does";
  return message.replace(/^error parsing regexp: /, "");
}

/** The part of `RegExp` that the interpreter uses: patterns come with flag `g`, and are asked from `lastIndex` on. */
export class LinearRegex {
  lastIndex = 0;
  readonly #pattern: RE2JS;

  constructor(pattern: RegExp) {
    this.#pattern = linear(pattern);
  }

  exec(text: string): RegExpExecArray | null {
    const matcher = this.#pattern.matcher(text);
    if (this.lastIndex > text.length || !matcher.find(this.lastIndex)) {
      this.lastIndex = 0;
      return null;
    }
    this.lastIndex = matcher.end();
    const groups = Array.from({ length: matcher.groupCount() + 1 }, (_, index) => {
      return matcher.group(index) ?? undefined;
    });
    return Object.assign(groups, { index: matcher.start(), input: text }) as RegExpExecArray;
  }
}
