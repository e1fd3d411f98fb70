import { placeText } from "../config/place.ts";
import type { Intent } from "../state/store.ts";
import { streamText } from "../value/address.ts";
import { labelOf, showsWritesOf } from "./context.ts";
import type { MappingInput, PlanInput, RuleInput } from "./input.ts";
import type { Answered, Change, Finding, PassedOver } from "./plan.ts";

/* What a plan says besides its changes and held records. */

/** Records that a finding about links files names. */
const idleShownMax = 20;

/** Source records that no living rule takes and that have no link: listed once a mapping, not once a rule. */
export function outOfScope(input: PlanInput, mapping: MappingInput): readonly PassedOver[] {
  const living = mapping.rules.filter((rule) => rule.living && rule.rule.role === "authoritative");
  const bySource = Map.groupBy(living, (rule) => rule.rule.source.name);
  return [...bySource.values()].flatMap((rules): readonly PassedOver[] => {
    const [first] = rules;
    if (!first) return [];
    const reading = input.readings.get(streamText(first.rule.source.ref));
    const records = [...(reading?.records.values() ?? [])]
      .filter((record) => !rules.some((rule) => takes(rule, record.id)))
      .map((record) => ({
        address: { ...first.rule.source.ref, id: record.id },
        label: labelOf(record, reading ?? first.rule.source),
      }));
    if (records.length === 0) return [];
    const reason = `No rule takes the ${first.rule.source.schema.noun.one}: see \`when\` of ${rules.map((rule) => rule.rule.name).join(", ")}.`;
    return [
      { code: "out-of-scope", mapping: mapping.mapping.name, reason, at: first.rule.at, records },
    ];
  });
}

function takes(rule: RuleInput, id: string): boolean {
  const evaluation = rule.evaluations.get(id);
  return evaluation?.inScope === true || evaluation?.trouble !== undefined || rule.links.has(id);
}

/** Decisions about records that a whole reading did not have: most likely an address with a typing error. */
export function idleDecisions(input: PlanInput, mapping: MappingInput): readonly Finding[] {
  return mapping.rules.flatMap((rule): readonly Finding[] => {
    const reading = input.readings.get(streamText(rule.rule.source.ref));
    if (!rule.living || !reading?.ended) return [];
    const idle = mapping.mapping.decisions.filter(
      ({ rule: name, source }) =>
        name === rule.rule.name && !reading.records.has(source.id) && !rule.links.has(source.id),
    );
    const [first] = idle;
    if (!first) return [];
    const message = `${idle.length === 1 ? "One entry" : `${idle.length} entries`} of the links files, the first at ${placeText(first.at)}, ${idle.length === 1 ? "speaks" : "speak"} of ${reading.schema.noun.many} that are not there.`;
    const records = idle
      .slice(0, idleShownMax)
      .map(({ source, name }) => ({ address: source, label: name ?? source.id }));
    return [
      {
        code: "decision-idle",
        mapping: mapping.mapping.name,
        rule: rule.rule.name,
        message,
        records,
      },
    ];
  });
}

/** A rule that is switched off leaves what it has made alone, and the plan says so. */
export function dormantFindings(mapping: MappingInput): readonly Finding[] {
  return mapping.rules.flatMap((rule): readonly Finding[] => {
    if (rule.living) return [];
    const links = rule.links.size;
    const kept =
      links > 0 ? ` Its ${links} linked records stay as they are and are no longer synced.` : "";
    const why = dormantReason(rule);
    return [
      {
        code: rule.enabledTrouble ? "expression-failed" : "rule-dormant",
        mapping: mapping.mapping.name,
        rule: rule.rule.name,
        message: `The rule ${rule.rule.name} of ${mapping.mapping.name} plans nothing: ${why}.${kept}`,
        records: [],
      },
    ];
  });
}

function dormantReason({ rule, enabledTrouble }: RuleInput): string {
  if (enabledTrouble) return `${placeText(enabledTrouble.at)}: ${enabledTrouble.message}`;
  if (rule.role === "dormant")
    return `it writes to ${rule.target.name}, which is the system of record`;
  return `enabled is false: ${rule.enabled?.source ?? ""}`;
}

/** Streams that were not read to their end, for each mapping that uses them. */
export function readingFindings(input: PlanInput): readonly Finding[] {
  return input.mappings.flatMap(({ mapping }) =>
    mapping.sources.flatMap((source): readonly Finding[] => {
      const reading = input.readings.get(streamText(source.ref));
      if (!reading || reading.ended) return [];
      const consequence =
        source.use === "lookup"
          ? "Nothing is planned for this mapping, because its expressions need it."
          : "Only records that were read on both sides are planned; nothing is created, linked or taken as gone.";
      const why = reading.problem?.message ?? "no reason was given";
      return [
        {
          code: "reading-stopped",
          mapping: mapping.name,
          message: `${streamText(source.ref)} could not be read to its end: ${why} ${consequence}`,
          records: [],
        },
      ];
    }),
  );
}

/**
 * Open intents other than creates are answered by any reading that shows the time after them: the target is as it is,
 * and what is still to be done is planned anew. Those that are planned anew are closed by their own outcome.
 */
export function answeredIntents(input: PlanInput, changes: readonly Change[]): readonly Answered[] {
  const planned = new Set(changes.map((change) => change.id));
  return input.mappings.flatMap((mapping) =>
    mapping.rules.flatMap((rule) =>
      rule.intents
        .filter((intent) => intent.kind !== "create" && !planned.has(intent.changeId))
        .filter((intent) => isShown(input, intent))
        .map((intent) => ({
          changeId: intent.changeId,
          answer: "The record was read after the lost answer, and nothing is left to do.",
        })),
    ),
  );
}

function isShown(input: PlanInput, intent: Intent): boolean {
  const reading = input.readings.get(streamText(intent.stream));
  return reading?.ended === true && showsWritesOf(reading, intent.at);
}
