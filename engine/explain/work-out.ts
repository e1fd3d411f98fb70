import type { Node } from "../config/node.ts";
import type { Expression, ExpressionSubject } from "../expression/expression.ts";
import { addressIn } from "../plan/context.ts";
import { isTrue } from "../run/evaluate.ts";
import { expressionScope } from "../run/expression-scope.ts";
import { addressText } from "../value/address.ts";
import type { Clause, Condition } from "./explanation.ts";
import type { Conditions } from "./ground.ts";
import { readValues } from "./reads.ts";
import { takeApart } from "./take-apart.ts";
import { type MappingView, type RuleView, readGround } from "./view.ts";

/*
 * Works out the parts of the conditions of one rule for one record, each on its own. That the parts agree with what the
 * plan was made from is checked; where they do not, the condition is shown as a whole.
 */

/** `root` is the mapping file, for the places of the parts. */
export async function conditionsFor(
  view: MappingView,
  rule: RuleView,
  id: string,
  root: Node | undefined,
): Promise<Conditions> {
  const { enabled, when, createWhen, linkWhen } = rule.input.rule;
  const evaluation = rule.input.evaluations.get(id);
  const work = (condition: Expression | undefined, holds: boolean) =>
    condition ? conditionOf(view, { rule, id, condition, holds, root }) : Promise.resolve(null);
  const worked = {
    enabled: await work(enabled, rule.input.living),
    // What failed has no truth to hold the parts against, and is told by its trouble.
    when: evaluation && !evaluation.trouble ? await work(when, evaluation.inScope) : null,
    create: evaluation?.inScope ? await work(createWhen, evaluation.mayCreate) : null,
    link: evaluation?.inScope ? await work(linkWhen, evaluation.mayLink) : null,
  };
  return Object.fromEntries(Object.entries(worked).filter(([, condition]) => condition !== null));
}

/** Null where the parts would not tell what the whole did: then the whole is shown. */
async function conditionOf(
  view: MappingView,
  at: {
    readonly rule: RuleView;
    readonly id: string;
    readonly condition: Expression;
    readonly holds: boolean;
    readonly root: Node | undefined;
  },
): Promise<Condition | null> {
  const { rule, id, condition, holds, root } = at;
  const parts = takeApart(condition, root);
  if (!parts) return null;
  const ground = readGround(view, rule, id);
  const address = addressText(addressIn(rule.context.sources.ref, id));
  const subject: ExpressionSubject = { ...ground, address };
  const { readings, now, settings } = view.input;
  const { phoneCountry } = settings;
  const scope = expressionScope(view.mapping.mapping, { readings, now, phoneCountry });
  const clauses: Clause[] = [];
  for (const { text, expression } of parts) {
    const result = await expression.evaluate(subject, scope);
    const told = { source: text, at: expression.at, reads: readValues(expression, ground) };
    clauses.push(
      result.ok
        ? { ...told, holds: isTrue(result.value) }
        : { ...told, holds: null, trouble: result.trouble.message },
    );
  }
  const agrees = clauses.every((clause) => clause.holds === true) === holds;
  return agrees ? { source: condition.source, at: condition.at, holds, clauses } : null;
}
