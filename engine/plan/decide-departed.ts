import type { StreamRecord } from "../connector/connector.ts";
import type { Link } from "../state/store.ts";
import type { RecordAddress } from "../value/address.ts";
import type { Fields } from "../value/value.ts";
import { deleteChange, unlinkChange, updateChange } from "./changes.ts";
import { labelOf, type RuleContext, sameInTarget, showsWritesOf } from "./context.ts";
import { type Decision, passOver } from "./decision.ts";
import type { FieldChange } from "./plan.ts";
import type { Standing } from "./situate.ts";

/** Linked, and the source record is no longer in the rule's scope or is proved gone. */
export function decideDeparted(
  context: RuleContext,
  standing: Standing & { kind: "left" | "gone" },
  decision: Decision,
): void {
  if (context.settings.purpose === "link") return;
  const { link, target } = standing;
  const subject = {
    source: link.source,
    label: departedLabel(context, standing),
    situation: standing.kind,
    reason: departedReason(context, standing.kind),
  } as const;
  if (target === null) {
    const { one } = context.nouns.target;
    const reason = `${subject.reason.slice(0, -1)}, and the ${one} is no longer there either.`;
    decision.changes.push(unlinkChange(context, { ...subject, reason }, link));
    return;
  }
  switch (context.input.rule.on[standing.kind]) {
    case "ignore": {
      const { rule } = context.input;
      const reason = `${subject.reason.slice(0, -1)}, and the rule leaves the ${context.nouns.target.one} alone.`;
      const group = {
        code: "ignored",
        mapping: link.mapping,
        rule: rule.name,
        reason,
        at: rule.at,
      } as const;
      passOver(decision, group, { address: link.source, label: subject.label });
      return;
    }
    case "report":
      report(context, standing, subject, decision);
      return;
    case "unlink":
      // Until every reading shows what was written, the link alone tells others that the record is there.
      if (showsWritesOf(context.targets, link.writtenAt))
        decision.changes.push(unlinkChange(context, subject, link));
      else decision.unsettled += 1;
      return;
    case "delete":
      decision.changes.push(deleteChange(context, subject, target));
      return;
    case "retire": {
      const changes = retireChanges(context, target, link, context.input.rule.retire ?? {});
      if (changes.length === 0) decision.inStep += 1;
      else
        decision.changes.push(
          updateChange(context, "retire", subject, target, { changes, agreed: {} }),
        );
    }
  }
}

/** Nothing is done, and the pair is named: the target stays although its source is no longer there. */
function report(
  context: RuleContext,
  { kind }: Standing & { kind: "left" | "gone" },
  { source, label }: { readonly source: RecordAddress; readonly label: string },
  decision: Decision,
): void {
  const code = kind === "left" ? "source-left" : "source-gone";
  const reported = decision.reported.get(code) ?? [];
  reported.push({ address: source, label });
  decision.reported.set(code, reported);
  if (reported.length > 1) return;
  const { one, many } = context.nouns.source;
  const why = kind === "left" ? `no longer belong to the rule` : `are no longer there`;
  decision.findings.push({
    code,
    mapping: context.mapping.mapping.name,
    rule: context.input.rule.name,
    message: `These ${many} ${why}, and the ${context.nouns.target.one} of each ${one} stays as it is: nothing is taken back by itself.`,
    records: reported,
  });
}

function departedLabel(
  context: RuleContext,
  standing: Standing & { kind: "left" | "gone" },
): string {
  if (standing.kind === "left") return labelOf(standing.source, context.sources);
  return standing.target ? labelOf(standing.target, context.targets) : standing.link.source.id;
}

function departedReason(context: RuleContext, kind: "left" | "gone"): string {
  const { one, many } = context.nouns.source;
  return kind === "left"
    ? `The ${one} no longer belongs to this rule: ${context.input.rule.when?.source ?? ""} is not true.`
    : `The ${one} is no longer among the ${many}.`;
}

/** The retired state is kept up: a retired record that somebody revives is retired again while its source stays away. */
function retireChanges(
  context: RuleContext,
  target: StreamRecord,
  link: Link,
  retired: Fields,
): readonly FieldChange[] {
  return Object.entries(retired).flatMap(([field, after]): FieldChange[] => {
    const actual = target.fields[field];
    const baseline = link.baseline[field];
    const believed = actual === undefined ? baseline : actual;
    if (believed !== undefined && sameInTarget(context, field, believed, after)) return [];
    return [
      {
        field,
        ...(actual === undefined ? {} : { before: actual }),
        after,
        ...(baseline === undefined ? {} : { baseline }),
        why: "retired",
      },
    ];
  });
}
