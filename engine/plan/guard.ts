import type { Code } from "../codes.ts";
import type { Limits } from "../mapping/mapping.ts";
import { streamText } from "../value/address.ts";
import type { MappingInput, PlanInput } from "./input.ts";
import type { Change, ChangeKind, GuardResult } from "./plan.ts";
import { isOutside } from "./window.ts";

/*
 * Guards refuse a plan that is larger than anyone meant. They speak in shares of the records that the mapping has
 * linked, and only where enough records are concerned for a share to mean anything.
 */

/** One field that changes on this share of the linked records is an edit of the mapping, not of the records. */
const oneFieldShare = 0.9;

export function guardPlan(input: PlanInput, changes: readonly Change[]): readonly GuardResult[] {
  const results: GuardResult[] = [];
  for (const whole of input.mappings) {
    const mapping = insideWindow(input, whole);
    const { barrier } = mapping;
    if (barrier) results.push({ ...barrier, mapping: mapping.mapping.name, allowed: false });
    const own = changes.filter((change) => change.mapping === mapping.mapping.name);
    results.push(...shareGuards(mapping, own), ...oneFieldGuards(mapping, own));
  }
  results.push(...shrinkGuards(input));
  return results.map((result) => ({
    ...result,
    allowed: result.allow !== undefined && input.settings.allow.includes(result.allow),
  }));
}

/** Shares are counted against the linked records that this plan could see at all. */
function insideWindow(input: PlanInput, mapping: MappingInput): MappingInput {
  if (!mapping.mapping.sources.some(({ window }) => window)) return mapping;
  const rules = new Map(mapping.mapping.rules.map((rule) => [rule.name, rule]));
  const links = mapping.links.filter((link) => {
    const rule = rules.get(link.rule);
    const source = rule && input.readings.get(streamText(rule.source.ref));
    const target = rule && input.readings.get(streamText(rule.target.ref));
    return !source || !target || !isOutside(link, { source, target });
  });
  return { ...mapping, links };
}

const kinds = [
  { code: "too-many-creates", limit: "create", verb: "creates", kinds: ["create"] },
  { code: "too-many-updates", limit: "update", verb: "updates", kinds: ["update"] },
  { code: "too-many-retires", limit: "retire", verb: "retires", kinds: ["retire"] },
  { code: "too-many-deletes", limit: "delete", verb: "deletes", kinds: ["delete"] },
] as const satisfies readonly {
  readonly code: Code;
  readonly limit: keyof Limits;
  readonly verb: string;
  readonly kinds: readonly ChangeKind[];
}[];

function shareGuards(input: MappingInput, changes: readonly Change[]): readonly GuardResult[] {
  const { name, limits } = input.mapping;
  const linked = input.links.length;
  if (linked === 0) return [];
  // Before anything was written, bringing everything in is what is meant, also after a linking run.
  const started = input.links.some((link) => link.writtenAt.getTime() > 0);
  return kinds.flatMap(({ code, limit, verb, kinds: counted }) => {
    const count = changes.filter((change) =>
      (counted as readonly string[]).includes(change.kind),
    ).length;
    if (count < limits.minimum || count <= limits[limit] * linked) return [];
    if (limit === "create" && !started) return [];
    const share = `${percent(count / linked)} of ${linked} linked records; the limit is ${percent(limits[limit])}`;
    const message = `The plan ${verb} ${count} records, ${share}.`;
    return [guard(code, name, message)];
  });
}

function oneFieldGuards(input: MappingInput, changes: readonly Change[]): readonly GuardResult[] {
  const { name, limits } = input.mapping;
  const linked = input.links.length;
  const counts = new Map<string, number>();
  for (const change of changes) {
    if (change.kind !== "update") continue;
    for (const { field } of change.fields) {
      counts.set(field, (counts.get(field) ?? 0) + 1);
    }
  }
  return [...counts].flatMap(([field, count]) => {
    if (count < limits.minimum || count < oneFieldShare * linked) return [];
    const message = `The field ${field} changes on ${count} of ${linked} linked records.`;
    return [guard("one-field-everywhere", name, message)];
  });
}

function shrinkGuards(input: PlanInput): readonly GuardResult[] {
  return input.mappings.flatMap(({ mapping }) =>
    mapping.sources.flatMap(({ ref, use }) => {
      const reading = input.readings.get(streamText(ref));
      const past = input.pastReadings.get(streamText(ref));
      // Other days have other numbers of records: a holiday is no loss of permissions.
      if (use === "lookup" || !reading?.ended || reading.window) return [];
      if (!past || past.records < mapping.limits.minimum) return [];
      const now = reading.records.size;
      if (now >= mapping.limits.shrink * past.records) return [];
      const message = `${streamText(ref)} had ${past.records} records last time and has ${now} now.`;
      return [guard("stream-shrunk", mapping.name, message)];
    }),
  );
}

function guard(code: Code, mapping: string, message: string): GuardResult {
  const allow = `${mapping}:${code}`;
  return {
    code,
    mapping,
    message: `${message} If that is right, add --allow ${allow}`,
    allow,
    allowed: false,
  };
}

function percent(share: number): string {
  return `${Math.round(share * 1000) / 10}%`;
}
