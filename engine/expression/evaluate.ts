import type jsonata from "jsonata";
import type { ExpressionText } from "./analysis.ts";
import type {
  Expression,
  ExpressionResult,
  ExpressionScope,
  ExpressionSubject,
} from "./expression.ts";
import { safeFields } from "./flat.ts";
import { type Surroundings, surroundingsName } from "./library/function.ts";
import { randomFrom } from "./library/run.ts";
import { evaluationMsMax, timeoutsMax } from "./limits.ts";
import { plainResult } from "./result.ts";
import { runTimeTrouble } from "./run-time-errors.ts";
import { inTurn } from "./turn.ts";

export interface Interpreted {
  readonly interpreter: jsonata.Expression;
  readonly sync: Expression["sync"];
  /** False only if the result is certainly the same for every record of a run: then it is worked out once. */
  readonly dependsOnRecord: boolean;
  /** It holds a transformation `|…|…|`, which can write into whatever the expression can reach. */
  readonly writes: boolean;
}

/** An expression that the interpreter evaluates, except where `sync` can answer. */
export function interpreted(
  { text, place }: ExpressionText,
  { interpreter, sync, dependsOnRecord, writes }: Interpreted,
): Expression {
  const results = new WeakMap<ExpressionScope, Promise<ExpressionResult>>();
  /** How often the time ran out, by run. */
  const timeouts = new WeakMap<ExpressionScope, number>();
  /** Runs in which a record was given a second try. */
  const retried = new WeakSet<ExpressionScope>();

  function trouble(message: string, offset: number, isAuthors = false): ExpressionResult {
    const told = { message, at: place(offset), source: text };
    return { ok: false, trouble: isAuthors ? { ...told, isAuthors } : told };
  }

  async function interpret(
    subject: ExpressionSubject,
    scope: ExpressionScope,
  ): Promise<ExpressionResult> {
    const timedOut = timeouts.get(scope) ?? 0;
    if (timedOut >= timeoutsMax) return trouble(givenUp, 0);
    try {
      const around: Surroundings = { subject, scope, writes, random: randomFrom(subject.address) };
      const raw: unknown = await interpreter.evaluate(safeFields(subject.fields, around), {
        vars: safeFields(scope.vars, around),
        [surroundingsName]: around,
      });
      const result = plainResult(raw);
      return result.ok ? result : trouble(result.why, 0);
    } catch (error) {
      const failure = runTimeTrouble(text, error);
      // The first evaluation of a run may spend its time on indexes of other streams, which the next one finds made.
      if (failure.timedOut && !retried.has(scope)) {
        retried.add(scope);
        return interpret(subject, scope);
      }
      if (failure.timedOut) timeouts.set(scope, timedOut + 1);
      return trouble(failure.message, failure.offset, failure.isAuthors);
    }
  }

  return {
    source: text,
    at: place(0),
    ...(sync ? { sync } : {}),
    evaluate(subject, scope) {
      const value = sync?.(subject.fields, scope);
      if (value !== undefined) return Promise.resolve({ ok: true, value });
      const evaluated = () => inTurn(() => interpret(subject, scope));
      if (dependsOnRecord) return evaluated();
      const result = results.get(scope) ?? evaluated();
      results.set(scope, result);
      return result;
    },
  };
}

const givenUp =
  `The expression took more than ${evaluationMsMax} ms on ${timeoutsMax} records of this run, ` +
  "so it was not tried on this one.";
