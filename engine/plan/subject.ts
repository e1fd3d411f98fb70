import type { StreamRecord } from "../connector/connector.ts";
import type { Rule, Situation } from "../mapping/mapping.ts";
import { addressIn, labelOf, type RuleContext } from "./context.ts";
import { type Decision, passOver } from "./decision.ts";

/** The source record that a change or a held record is about. */
export function subjectOf(context: RuleContext, source: StreamRecord, situation: Situation) {
  return {
    source: addressIn(context.sources.ref, source.id),
    label: labelOf(source, context.sources),
    situation,
  };
}

/** Records without a link that `create.when` or `link.when` keeps out. */
export function notBroughtIn(context: RuleContext, source: StreamRecord, decision: Decision): void {
  const { rule } = context.input;
  passOver(
    decision,
    {
      code: "not-brought-in",
      mapping: context.mapping.mapping.name,
      rule: rule.name,
      reason: reasonNotBroughtIn(rule),
      at: (rule.createWhen ?? rule.linkWhen)?.at ?? rule.at,
    },
    {
      address: addressIn(context.sources.ref, source.id),
      label: labelOf(source, context.sources),
    },
  );
}

function reasonNotBroughtIn(rule: Rule): string {
  const condition = (rule.createWhen ?? rule.linkWhen)?.source ?? "";
  return `No link yet, and new ones are brought in only if ${condition}`;
}

/** Whether the rule creates the record now: always, or only while something that is written refers to it. */
export function isWanted(context: RuleContext, source: StreamRecord): boolean {
  return !context.input.rule.whenReferenced || context.references.isWanted(source.id);
}

/** Records that are created when they are needed, and are not needed yet. */
export function notReferenced(
  context: RuleContext,
  source: StreamRecord,
  decision: Decision,
): void {
  const { rule } = context.input;
  const { one } = context.nouns.target;
  passOver(
    decision,
    {
      code: "not-referenced",
      mapping: context.mapping.mapping.name,
      rule: rule.name,
      reason: `The ${one} is created when a record of another mapping needs it, and none does yet.`,
      at: rule.at,
    },
    {
      address: addressIn(context.sources.ref, source.id),
      label: labelOf(source, context.sources),
    },
  );
}
