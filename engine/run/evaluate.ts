import type { StreamRecord } from "../connector/connector.ts";
import type {
  Expression,
  ExpressionScope,
  ExpressionSubject,
  ExpressionTrouble,
} from "../expression/expression.ts";
import type { FieldRule, Rule } from "../mapping/mapping.ts";
import type { Evaluation } from "../plan/input.ts";
import { addressText } from "../value/address.ts";
import type { Value } from "../value/value.ts";

/*
 * Works out the expressions of a rule for every source record. JSONata answers asynchronously, so this happens while
 * gathering, and the pure stages work on the results. Only what a record can need is worked out: match keys and the
 * conditions for bringing records in matter to records without a link, fields only to records in scope.
 */

const untouched: Evaluation = {
  inScope: false,
  mayCreate: false,
  mayLink: false,
  keys: [],
  fields: [],
};

/** Records between two progress events. */
const progressEvery = 2_000;

export async function evaluateRule(
  rule: Rule,
  records: ReadonlyMap<string, StreamRecord>,
  options: {
    readonly scope: ExpressionScope;
    /** Whether the source record has a link by the rule of that name. */
    readonly linked: (sourceId: string, rule: string) => boolean;
    readonly signal: AbortSignal;
    readonly progress: (done: number) => void;
  },
): Promise<ReadonlyMap<string, Evaluation>> {
  const evaluations = new Map<string, Evaluation>();
  let done = 0;
  for (const record of records.values()) {
    if (options.signal.aborted) break;
    const subject = subjectOf(rule, record, options.linked);
    const evaluation = await evaluateRecord(
      rule,
      subject,
      options.scope,
      options.linked(record.id, rule.name),
    );
    evaluations.set(record.id, evaluation);
    done += 1;
    if (done % progressEvery === 0) options.progress(done);
  }
  return evaluations;
}

function subjectOf(
  rule: Rule,
  record: StreamRecord,
  linked: (sourceId: string, rule: string) => boolean,
): ExpressionSubject {
  return {
    fields: { ...record.fields, id: record.id },
    address: addressText({ ...rule.source.ref, id: record.id }),
    linked: (name) => linked(record.id, name),
  };
}

interface Work {
  readonly subject: ExpressionSubject;
  readonly scope: ExpressionScope;
  /** The first expression that failed. */
  trouble?: ExpressionTrouble;
}

async function evaluateRecord(
  rule: Rule,
  subject: ExpressionSubject,
  scope: ExpressionScope,
  hasLink: boolean,
): Promise<Evaluation> {
  const work: Work = { subject, scope };
  const inScope = isTrue(await workOut(rule.when, work, true));
  if (work.trouble) return { ...untouched, trouble: work.trouble };
  if (!inScope) return untouched;
  // A linked record is brought in already, unless its target may turn out to be lost and is then to be made again, or
  // may have to make way for a preferred one.
  const inAlready = hasLink && rule.on.lost !== "create" && !rule.prefer;
  const mayCreate = inAlready || isTrue(await workOut(rule.createWhen, work, true));
  const mayLink = inAlready || isTrue(await workOut(rule.linkWhen, work, true));
  const keys = inAlready ? [] : await keysOf(rule, work);
  const fields: (Value | undefined)[] = [];
  for (const field of rule.fields) {
    const skipped = field.set === "on-create" && field.drift !== "hold" && inAlready;
    fields.push(skipped ? undefined : await fieldOf(field, work));
  }
  if (work.trouble) return { ...untouched, trouble: work.trouble };
  return { inScope, mayCreate, mayLink, keys, fields };
}

async function keysOf(rule: Rule, work: Work): Promise<readonly (readonly Value[])[]> {
  const keys: Value[][] = [];
  for (const key of rule.match) {
    const parts: Value[] = [];
    for (const part of key.parts) parts.push(await workOut(part.from, work, null));
    keys.push(parts);
  }
  return keys;
}

function fieldOf(field: FieldRule, work: Work): Value | undefined | Promise<Value | undefined> {
  if (!field.when) return workOut(field.from, work, null);
  return conditional(field, work);
}

async function conditional(field: FieldRule, work: Work): Promise<Value | undefined> {
  return isTrue(await workOut(field.when, work, true))
    ? workOut(field.from, work, null)
    : undefined;
}

/** The value at once where the expression needs no interpreter; `absent` where there is no expression. */
function workOut(
  expression: Expression | undefined,
  work: Work,
  absent: Value,
): Value | Promise<Value> {
  if (!expression) return absent;
  if (expression.constant !== undefined) return expression.constant;
  const quick = expression.sync?.(work.subject.fields, work.scope);
  return quick === undefined ? interpreted(expression, work) : quick;
}

async function interpreted(expression: Expression, work: Work): Promise<Value> {
  const result = await expression.evaluate(work.subject, work.scope);
  if (result.ok) return result.value;
  work.trouble ??= result.trouble;
  return null;
}

/** The truth of a value as JSONata sees it: empty text, zero, null and empty lists are false. */
export function isTrue(value: Value): boolean {
  if (Array.isArray(value)) return value.some(isTrue);
  if (typeof value === "object" && value !== null) return Object.keys(value).length > 0;
  return Boolean(value);
}
