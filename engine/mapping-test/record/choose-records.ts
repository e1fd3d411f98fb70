import { decidedReferences } from "../../explain/decided-references.ts";
import type { Mapping } from "../../mapping/mapping.ts";
import type { LinkedMapping, MappingInput, PlanInput, RuleInput } from "../../plan/input.ts";
import { keyOf, keyOfTarget, keyText } from "../../plan/keys.ts";
import type { Link } from "../../state/store.ts";
import {
  addressText,
  type RecordAddress,
  type StreamRef,
  streamText,
} from "../../value/address.ts";
import type { CaseMappings } from "../case-mappings.ts";

/** Records of both sides, by `connection/stream`, and the links between them. */
export interface Chosen {
  readonly records: ReadonlyMap<string, ReadonlySet<string>>;
  readonly links: readonly Link[];
}

/**
 * The records that are named and everything that has a say in what becomes of them: what they are linked to, what their
 * keys find, who shares a key with them, whom that belongs to, and what they refer to.
 */
export function chooseRecords(
  input: PlanInput,
  { planned }: CaseMappings,
  named: readonly RecordAddress[],
): Chosen {
  const mappings = planned.map(({ name }) => {
    const mapping = input.mappings.find((one) => one.mapping.name === name);
    if (!mapping) throw new Error(`nothing was gathered of ${name}`);
    return mapping;
  });
  const references = referencesIn(input, mappings);
  const records = new Map<string, Set<string>>();
  const links = new Set<Link>();
  const queue = [...named];
  for (let next = queue.shift(); next; next = queue.shift()) {
    const ids = records.get(streamText(next)) ?? new Set();
    records.set(streamText(next), ids);
    if (ids.has(next.id)) continue;
    ids.add(next.id);
    const address = next;
    const all = [
      ...mappings.map((mapping) => neighbours(input, mapping, address)),
      references(address),
    ];
    for (const around of all) {
      for (const link of around.links) links.add(link);
      queue.push(...around.records);
    }
  }
  return { records, links: [...links] };
}

interface Around {
  readonly records: readonly RecordAddress[];
  readonly links: readonly Link[];
}

/**
 * What a record refers to through other mappings: the record itself where that mapping is planned as well, and the link
 * otherwise, if there is one that leads somewhere.
 */
function referencesIn(
  input: PlanInput,
  mappings: readonly MappingInput[],
): (record: RecordAddress) => Around {
  const { resolve } = decidedReferences(input);
  const planned = new Set(mappings.map(({ mapping }) => mapping.name));
  return (record) => {
    const found = mappings.flatMap(({ rules }) =>
      rules
        .filter(({ rule }) => streamText(rule.source.ref) === streamText(record))
        .flatMap((rule) => namedBy(rule, record.id))
        .map(({ through, to, id }): Around => {
          const linked = mappingNamed(input, through);
          const near = linked && nearEnd(linked.mapping, to);
          if (near && planned.has(through)) return { records: [{ ...near, id }], links: [] };
          const resolved = resolve(through, to, id);
          if (!linked || resolved.kind !== "known") return { records: [], links: [] };
          const ends = [
            `${streamText(to)}/${resolved.id}`,
            near ? addressText({ ...near, id }) : "",
          ];
          const isIt = (link: Link) =>
            [link.source, link.target].every((end) => ends.includes(addressText(end)));
          return { records: [], links: linked.links.filter(isIt) };
        }),
    );
    return {
      records: found.flatMap((one) => one.records),
      links: found.flatMap((one) => one.links),
    };
  };
}

/** The records that the fields of one source record name, with the mapping that each goes through. */
function namedBy({ rule, living, evaluations }: RuleInput, id: string) {
  const evaluation = evaluations.get(id);
  if (!living || !evaluation?.inScope || evaluation.trouble) return [];
  return rule.fields.flatMap(({ field, through, fallback }, index) => {
    const value = evaluation.fields[index];
    const named = value === null || value === "" ? fallback : value;
    if (through === undefined || named === undefined || named === null) return [];
    const stream = rule.target.schema.fields[field]?.references ?? "";
    return [{ through, to: { connection: rule.target.ref.connection, stream }, id: String(named) }];
  });
}

function mappingNamed(input: PlanInput, name: string): LinkedMapping | undefined {
  return input.mappings.find((one) => one.mapping.name === name) ?? input.others.get(name);
}

/** The other end than this one. */
function nearEnd({ rules }: Mapping, to: StreamRef): StreamRef | undefined {
  for (const { source, target } of rules) {
    if (streamText(target.ref) === streamText(to)) return source.ref;
    if (streamText(source.ref) === streamText(to)) return target.ref;
  }
  return undefined;
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
