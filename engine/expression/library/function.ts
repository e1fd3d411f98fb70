import type { ExpressionScope, ExpressionSubject } from "../expression.ts";

/** What the interpreter passes to a function as `this`. */
export interface Focus {
  readonly environment: { lookup(name: string): unknown };
}

/**
 * A function that expressions can call.
 *
 * `call` must name each of its parameters, without default and without `...`: the interpreter reads their names from
 * the source text for `$name(?, "x")`, and their number to know what `$map` passes.
 */
export interface LibraryFunction {
  /** Without `$`. */
  readonly name: string;
  /** In JSONata's notation: types of the parameters and of the result; `l` is null, `?` optional, `-` the context. */
  readonly signature: string;
  /** For people: `$phone(text[, country])`. */
  readonly usage: string;
  /** What it gives, in one sentence. */
  readonly about: string;
  readonly call: (this: Focus, ...values: never[]) => unknown;
}

/** What the functions know of the record and of the run. A new one for every evaluation. */
export interface Surroundings {
  readonly subject: ExpressionSubject;
  readonly scope: ExpressionScope;
  /** The expression writes into what it is given, so it must be given copies. */
  readonly writes: boolean;
  /** Numbers from 0 to 1, the same sequence for the same record in every run. */
  readonly random: () => number;
}

/** No expression can name this binding: names end at a space. */
export const surroundingsName = "the surroundings";

export function surroundings(focus: Focus): Surroundings {
  return focus.environment.lookup(surroundingsName) as Surroundings;
}

/** The code of an error that a function of ours throws, beside the interpreter's own codes. */
export const refusedCode = "refused";

/** Stops the evaluation; the message, a sentence, is what the record is held with. */
export function refuse(message: string): never {
  throw Object.assign(new Error(message), { code: refusedCode });
}
