import type { Mapping } from "../../mapping/mapping.ts";
import type { MappingInput, PlanInput, RuleInput } from "../../plan/input.ts";
import { keyOf, keyOfTarget, keyText } from "../../plan/keys.ts";
import type { Link } from "../../state/store.ts";
import { addressText, type RecordAddress, streamText } from "../../value/address.ts";

/** Records of both sides, by `connection/stream`, and the links between them. */
export interface Chosen {
  readonly records: ReadonlyMap<string, ReadonlySet<string>>;
  readonly links: readonly Link[];
}

/**
 * The records that are named and everything that has a say in what becomes of them: what they are linked to, what their
 * keys find, who shares a key with them, and whom that belongs to.
 */
export function chooseRecords(input: PlanInput, named: readonly RecordAddress[]): Chosen {
  const [mapping] = input.mappings;
  if (!mapping) throw new Error("a recording needs a mapping");
  const records = new Map<string, Set<string>>();
  const links = new Set<Link>();
  const queue = [...named];
  for (let next = queue.shift(); next; next = queue.shift()) {
    const ids = records.get(streamText(next)) ?? new Set();
    records.set(streamText(next), ids);
    if (ids.has(next.id)) continue;
    ids.add(next.id);
    const around = neighbours(input, mapping, next);
    for (const link of around.links) links.add(link);
    queue.push(...around.records);
  }
  return { records, links: [...links] };
}

interface Around {
  readonly records: readonly RecordAddress[];
  readonly links: readonly Link[];
}

function neighbours(input: PlanInput, mapping: MappingInput, record: RecordAddress): Around {
  const name = addressText(record);
  const links = mapping.links.filter((link) =>
    [link.source, link.target].some((end) => addressText(end) === name),
  );
  const keyed = mapping.rules.flatMap((rule) => byKey(input, rule, record));
  return {
    links,
    records: [
      ...links.flatMap(({ source, target }) => [source, target]),
      ...keyed,
      ...decided(mapping.mapping, name),
    ],
  };
}

/** What the match keys of a rule find: for a source, its candidates and those with the same key; for a target, its sources. */
function byKey(input: PlanInput, rule: RuleInput, record: RecordAddress): readonly RecordAddress[] {
  const { source, target } = rule.rule;
  const isSource = streamText(record) === streamText(source.ref);
  const isTarget = streamText(record) === streamText(target.ref);
  if (!rule.living || (!isSource && !isTarget)) return [];
  const own = isSource ? sourceKeys(input, rule, record.id) : targetKeys(input, rule, record.id);
  if (own.size === 0) return [];
  const shares = (keys: ReadonlySet<string>) => !keys.isDisjointFrom(own);
  const sources = [...rule.evaluations.keys()].filter((id) => shares(sourceKeys(input, rule, id)));
  const targets = [...(input.readings.get(streamText(target.ref))?.records.keys() ?? [])].filter(
    (id) => shares(targetKeys(input, rule, id)),
  );
  return [
    ...sources.map((id) => ({ ...source.ref, id })),
    ...targets.map((id) => ({ ...target.ref, id })),
  ];
}

function sourceKeys(input: PlanInput, { rule, evaluations }: RuleInput, id: string): Set<string> {
  const values = evaluations.get(id)?.keys ?? [];
  const keys = rule.match.flatMap((key, index) => {
    const found = keyOf(key, values[index] ?? [], rule.target.schema, input.settings.phoneCountry);
    return found ? [`${index} ${keyText(found)}`] : [];
  });
  return new Set(keys);
}

function targetKeys(input: PlanInput, { rule }: RuleInput, id: string): Set<string> {
  const fields = input.readings.get(streamText(rule.target.ref))?.records.get(id)?.fields;
  if (!fields) return new Set();
  const keys = rule.match.flatMap((key, index) => {
    const found = keyOfTarget(key, fields, rule.target.schema, input.settings.phoneCountry);
    return found ? [`${index} ${keyText(found)}`] : [];
  });
  return new Set(keys);
}

/** The other ends of what people have decided about a record. */
function decided({ decisions }: Mapping, name: string): readonly RecordAddress[] {
  return decisions.flatMap((decision) => {
    if (decision.kind === "ignore") return [];
    const ends = [decision.source, decision.target];
    return ends.some((end) => addressText(end) === name) ? ends : [];
  });
}
