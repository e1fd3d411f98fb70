import type { Expression } from "../expression/expression.ts";
import type { Fields } from "../value/value.ts";
import type { Condition } from "./explanation.ts";
import { type ReadGround, readValues } from "./reads.ts";

/* What an explanation can be told besides the plan and what it was made from. All of it may be missing. */

export interface ExplainGround {
  /** Name of the mapping. Default: the first that has the record's stream. */
  readonly mapping?: string;
  readonly connections?: readonly ConnectionFacts[];
  /** The variables as they may be shown, by mapping. Default: as they are. */
  readonly vars?: ReadonlyMap<string, Fields>;
  /** Conditions taken apart, by `conditionsKey`. Default: each is one clause. */
  readonly conditions?: ReadonlyMap<string, Conditions>;
}

interface ConnectionFacts {
  readonly connection: string;
  readonly connector: string;
  readonly account: string;
}

/** The conditions of one rule for one source record. */
export interface Conditions {
  readonly enabled?: Condition;
  readonly when?: Condition;
  readonly create?: Condition;
  readonly link?: Condition;
}

export function conditionsKey(mapping: string, rule: string, sourceId: string): string {
  return JSON.stringify([mapping, rule, sourceId]);
}

/** A condition that nobody took apart. */
export function wholeCondition(
  expression: Expression,
  holds: boolean,
  ground: ReadGround,
): Condition {
  const { source, at } = expression;
  const clause = { source, at, holds, reads: readValues(expression, ground) };
  return { source, at, holds, clauses: [clause] };
}
