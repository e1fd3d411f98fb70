import type { Expression } from "../expression/expression.ts";
import { mayMove } from "../plan/preferred.ts";
import { addressText } from "../value/address.ts";
import { outsideText } from "./days.ts";
import type { Bringing, Scope } from "./explanation.ts";
import { type Conditions, conditionsKey, wholeCondition } from "./ground.ts";
import { type MappingView, type RuleView, readGround, sourceOf } from "./view.ts";

/* Step 3: whether the rule is for the record, and which part of which condition says so. */

export function scopeOf(view: MappingView, rule: RuleView, id: string): Scope {
  const { input } = rule;
  if (!input.living) return offScope(view, rule, id);
  if (view.unreadable.length > 0) {
    const why = `${view.unreadable.join(", ")} could not be read to its end, and the expressions look things up there.`;
    return { kind: "unreadable", why };
  }
  if (!sourceOf(rule, id)) return { kind: "absent", why: absentWhy(rule, id) };
  const evaluation = input.evaluations.get(id);
  if (!evaluation) return { kind: "absent", why: "The reading was stopped before this record." };
  if (evaluation.trouble) {
    const { message, at, source } = evaluation.trouble;
    return { kind: "failed", why: message, at, source };
  }
  const { when } = input.rule;
  if (!when) return { kind: "in" };
  const condition =
    conditionsOf(view, rule, id).when ??
    wholeCondition(when, evaluation.inScope, readGround(view, rule, id));
  return { kind: evaluation.inScope ? "in" : "out", condition };
}

function absentWhy({ context, input, standings }: RuleView, id: string): string {
  const noun = context.nouns.source;
  const address = addressText({ ...context.sources.ref, id });
  if (standings.get(id)?.kind === "outside")
    return `The ${noun.one} ${address} was not read: ${outsideText(context, input.links.get(id))}.`;
  return context.sources.ended
    ? `The ${noun.one} ${address} is not among the ${noun.many} any more.`
    : `The ${noun.one} ${address} was not among those that were read, and the reading did not reach its end.`;
}

function offScope(view: MappingView, rule: RuleView, id: string): Scope {
  const { rule: own, enabledTrouble } = rule.input;
  if (enabledTrouble) {
    const { at, message } = enabledTrouble;
    const why = `The rule is taken for switched off, because its \`enabled\` failed: ${message}`;
    return { kind: "off", why, at };
  }
  if (own.role === "dormant") {
    const why = `The rule writes to ${own.target.name}, which is the system of record: it is the other direction of a choice.`;
    return { kind: "off", why, at: own.at };
  }
  const why = "The rule is switched off by its `enabled`.";
  if (!own.enabled) return { kind: "off", why, at: own.at };
  const condition =
    conditionsOf(view, rule, id).enabled ??
    wholeCondition(own.enabled, false, readGround(view, rule, id));
  return { kind: "off", why, at: own.enabled.at, condition };
}

/** `create.when` and `link.when`, where they have a say: for a record in scope that is not brought in yet. */
export function bringingOf(view: MappingView, rule: RuleView, id: string): readonly Bringing[] {
  const { input } = rule;
  const evaluation = input.evaluations.get(id);
  if (!evaluation?.inScope || evaluation.trouble || !isLookedFor(rule, id)) return [];
  const moves = input.links.has(id) && rule.standings.get(id)?.kind !== "lost";
  const known = conditionsOf(view, rule, id);
  const ground = readGround(view, rule, id);
  const bringing = (
    what: Bringing["what"],
    expression: Expression | undefined,
    holds: boolean,
  ): readonly Bringing[] =>
    expression
      ? [{ what, condition: known[what] ?? wholeCondition(expression, holds, ground) }]
      : [];
  return [
    ...(moves ? [] : bringing("create", input.rule.createWhen, evaluation.mayCreate)),
    ...bringing("link", input.rule.linkWhen, evaluation.mayLink),
  ];
}

/** Whether the match keys and the conditions for bringing in are asked: without a link, or where it is to be made anew. */
export function isLookedFor({ context, input, standings }: RuleView, id: string): boolean {
  if (input.rule.role === "feedback") return false;
  const standing = standings.get(id);
  switch (standing?.kind) {
    case "candidate":
      return standing.decided === undefined;
    case "absent":
    case "keyless":
    case "ambiguous":
      return true;
    case "lost":
      return input.rule.on.lost === "create";
    case "linked":
      return mayMove(context, standing);
    default:
      return false;
  }
}

function conditionsOf(view: MappingView, rule: RuleView, id: string): Conditions {
  const key = conditionsKey(view.mapping.mapping.name, rule.input.rule.name, id);
  return view.ground.conditions?.get(key) ?? {};
}
