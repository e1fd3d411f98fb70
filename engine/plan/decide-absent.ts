import type { StreamRecord } from "../connector/connector.ts";
import type { Fields } from "../value/value.ts";
import { createChange } from "./changes.ts";
import type { RuleContext } from "./context.ts";
import { type Decision, passOver } from "./decision.ts";
import { desire } from "./desire.ts";
import { madeReason } from "./elsewhere.ts";
import { hold, holdForObstacles } from "./hold.ts";
import { keyOf } from "./keys.ts";
import { nearMatchOf } from "./near.ts";
import type { Standing } from "./situate.ts";
import { isWanted, notBroughtIn, notReferenced, subjectOf } from "./subject.ts";

/** No link and no candidate, or no key to find one by. */
export function decideAbsent(
  context: RuleContext,
  standing: Standing & { kind: "absent" | "keyless" },
  decision: Decision,
): void {
  const { source } = standing;
  const evaluation = context.input.evaluations.get(source.id);
  if (!evaluation?.mayCreate) {
    notBroughtIn(context, source, decision);
    return;
  }
  if (context.settings.purpose === "sync" && !isWanted(context, source)) {
    notReferenced(context, source, decision);
    return;
  }
  const subject = subjectOf(context, source, standing.kind);
  const reaction = context.input.rule.on[standing.kind];
  if (standing.kind === "keyless" && reaction === "hold") {
    const reason = `None of the match keys has a value: ${keyFields(context)}.`;
    decision.held.push(hold(context, subject, { code: "keyless", reason }));
    return;
  }
  if (context.settings.purpose === "link") {
    const near = nearMatchOf(context, source);
    if (near) decision.nearMatches.push(near);
    return;
  }
  switch (reaction) {
    case "ignore": {
      const { rule } = context.input;
      const reason = "The rule leaves records without a counterpart alone.";
      const group = {
        code: "ignored",
        mapping: context.mapping.mapping.name,
        rule: rule.name,
        reason,
        at: rule.at,
      } as const;
      passOver(decision, group, { address: subject.source, label: subject.label });
      return;
    }
    case "hold": {
      const reason = "There is no counterpart, and the rule says to hold such records.";
      decision.held.push(hold(context, subject, { code: "held-by-rule", reason }));
      return;
    }
    case "create": {
      const desired = desire(context, source, "create");
      if (!desired.ok) {
        decision.held.push(holdForObstacles(context, subject, desired.obstacles));
        return;
      }
      const keys = standing.kind === "absent" ? standing.keys : [];
      const made = context.references.findMade(keys, context.decided.apart.get(source.id));
      if (made) {
        const why = madeReason(context.nouns.target.one, made);
        decision.held.push(hold(context, subject, { code: "made-elsewhere", reason: why }));
        return;
      }
      const reason = `There is no ${context.nouns.target.one} for this ${context.nouns.source.one} yet.`;
      decision.changes.push(createChange(context, { ...subject, reason }, desired.fields, keys));
    }
  }
}

function keyFields(context: RuleContext): string {
  return context.input.rule.match
    .map((key) => key.parts.map((part) => part.from.source).join(" with "))
    .join(", ");
}

/** Every match key of a source record that has a value. */
export function allKeys(context: RuleContext, source: StreamRecord): readonly Fields[] {
  const { rule, evaluations } = context.input;
  const values = evaluations.get(source.id)?.keys ?? [];
  return rule.match.flatMap((key, index) => {
    const found = keyOf(
      key,
      values[index] ?? [],
      rule.target.schema,
      context.settings.phoneCountry,
    );
    return found === null ? [] : [found];
  });
}
