import type { StreamRecord } from "../connector/connector.ts";
import type { StreamSchema } from "../connector/schema.ts";
import type { Link } from "../state/store.ts";
import { type RecordAddress, type StreamRef, streamText } from "../value/address.ts";
import { equalValues } from "../value/equal.ts";
import type { Value } from "../value/value.ts";
import { type Decided, decidedOf } from "./decided.ts";
import type { FindMade } from "./elsewhere.ts";
import type { MappingInput, PlanInput, PlanSettings, Reading, RuleInput } from "./input.ts";
import { indexTargets, type TargetIndex } from "./keys.ts";
import { type Resolve, resolver } from "./through.ts";

/** One rule with both its readings, and what several stages look up. Nothing in it is decided yet. */
export interface RuleContext {
  readonly settings: PlanSettings;
  readonly mapping: MappingInput;
  readonly input: RuleInput;
  readonly sources: Reading;
  readonly targets: Reading;
  readonly index: TargetIndex;
  /** Links of the whole mapping to records of the target stream, by target id. */
  readonly linkedTargets: ReadonlyMap<string, Link>;
  /** What is known of pairs before any key is looked at. */
  readonly decided: Decided;
  /** What references go through. */
  readonly references: References;
  /** What a record of each side is called: "user", or "project in wfp" where both sides call it the same. */
  readonly nouns: { readonly source: Noun; readonly target: Noun };
}

type Noun = StreamSchema["noun"];

export interface References {
  readonly resolve: Resolve;
  /** Whether a record that is to be written refers to the source record with this id. */
  readonly isWanted: (sourceId: string) => boolean;
  /** What another mapping makes in the same list. */
  readonly findMade: FindMade;
}

/** What is linked already, for views that look at one rule alone. */
function linkedReferences(plan: PlanInput): References {
  return { resolve: resolver(plan, new Map()), isWanted: () => true, findMade: () => null };
}

export function ruleContext(
  plan: PlanInput,
  mapping: MappingInput,
  input: RuleInput,
  references: References = linkedReferences(plan),
): RuleContext {
  const sources = readingOf(plan, input.rule.source.ref);
  const targets = readingOf(plan, input.rule.target.ref);
  const targetStream = streamText(input.rule.target.ref);
  const linkedTargets = new Map<string, Link>();
  for (const link of mapping.links) {
    if (streamText(link.target) === targetStream) linkedTargets.set(link.target.id, link);
  }
  return {
    settings: plan.settings,
    mapping,
    input,
    sources,
    targets,
    index: indexTargets(input.rule, targets.records.values(), plan.settings.phoneCountry),
    linkedTargets,
    decided: decidedOf(mapping, input.rule),
    references,
    nouns: nounsOf(sources, targets),
  };
}

function nounsOf(source: Reading, target: Reading): RuleContext["nouns"] {
  const alike = source.schema.noun.one === target.schema.noun.one;
  const noun = ({ schema: { noun }, ref }: Reading): Noun =>
    alike
      ? { one: `${noun.one} in ${ref.connection}`, many: `${noun.many} in ${ref.connection}` }
      : noun;
  return { source: noun(source), target: noun(target) };
}

function readingOf(plan: PlanInput, ref: StreamRef): Reading {
  const reading = plan.readings.get(streamText(ref));
  if (!reading) throw new Error(`no reading of ${streamText(ref)} was gathered`);
  return reading;
}

/** Whether this reading shows every write that was made by this time. */
export function showsWritesOf(reading: Reading, writtenAt: Date): boolean {
  return reading.startedAt.getTime() >= writtenAt.getTime() + reading.readLagMs;
}

export function addressIn(ref: StreamRef, id: string): RecordAddress {
  return { connection: ref.connection, stream: ref.stream, id };
}

const labelLengthMax = 120;

/** What is needed to name a record: its schema, and the names of the records that its label refers to. */
export type Named = Pick<Reading, "schema" | "nameOf">;

/**
 * What a person calls a record: its label fields, or its id where they are empty. A reference is told by the name of the
 * record that it refers to, where that was read.
 */
export function labelOf(record: StreamRecord, { schema, nameOf }: Named): string {
  const parts = schema.label.flatMap((field) => {
    const value = record.fields[field];
    if (value === null || value === undefined || value === "") return [];
    const stream = schema.fields[field]?.references;
    return [(stream && nameOf?.(stream, String(value))) ?? String(value)];
  });
  const text = parts.length > 0 ? parts.join(" ") : record.id;
  return text.length > labelLengthMax ? `${text.slice(0, labelLengthMax - 1)}…` : text;
}

/** Readings that can name what their labels refer to in other streams of the same connection. */
export function withNames(readings: ReadonlyMap<string, Reading>): ReadonlyMap<string, Reading> {
  return new Map(
    [...readings].map(([name, reading]) => {
      const { label, fields } = reading.schema;
      if (!label.some((field) => fields[field]?.references !== undefined)) return [name, reading];
      const { connection } = reading.ref;
      const nameOf = (stream: string, id: string): string | undefined => {
        const other = readings.get(streamText({ connection, stream }));
        const record = other?.records.get(id);
        return other && record ? labelOf(record, { schema: other.schema }) : undefined;
      };
      return [name, { ...reading, nameOf }];
    }),
  );
}

/** Whether two values are the same to the target: equality follows the type of its field. */
export function sameInTarget(context: RuleContext, field: string, a: Value, b: Value): boolean {
  const { type = "text", ignoresCapitals = false } = context.targets.schema.fields[field] ?? {};
  const { phoneCountry } = context.settings;
  return equalValues(type, a, b, { phoneCountry, ignoresCapitals });
}
