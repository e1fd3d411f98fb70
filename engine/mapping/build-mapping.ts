import type { Value } from "../value/value.ts";
import type {
  Compiled,
  ConstantDraft,
  FieldDraft,
  MappingDraft,
  RuleDraft,
  SourceDraft,
} from "./draft.ts";
import { lookedUp } from "./looked-up.ts";
import type { FieldRule, Mapping, MatchKey, Rule, Source } from "./mapping.ts";
import { mappingDigest } from "./mapping-digest.ts";

/** The mapping that the engine works with, made of a draft in which nothing was found wrong. */
export function buildMapping(draft: MappingDraft): Mapping {
  const sources = draft.sources.map(buildSource);
  const mapping = {
    name: draft.name,
    description: draft.description,
    file: draft.file,
    sources,
    systemOfRecord: whole(draft.systemOfRecord).name,
    ...(draft.schedule && { schedule: draft.schedule.name }),
    policy: draft.policy,
    vars: draft.vars,
    varsInFile: draft.varsInFile,
    rules: draft.rules.map((rule) => buildRule(rule, sources)),
    limits: draft.limits,
    decisions: [],
  };
  return { ...mapping, digest: mappingDigest(mapping) };
}

/** A hole in a draft without errors is a bug: something was left out and not reported. */
function whole<T>(part: T | undefined): T {
  if (part === undefined) throw new Error("A mapping without errors has a hole.");
  return part;
}

function buildSource({ name, use, connection, stream, schema, window }: SourceDraft): Source {
  const ref = { connection: whole(connection).name, stream: whole(stream).name };
  return {
    name,
    ref,
    schema: whole(schema),
    use,
    ...(window && { window: { days: whole(window.days) } }),
  };
}

function buildRule(draft: RuleDraft, sources: readonly Source[]): Rule {
  const { name, at, role, on, agree, enabled, when, createWhen, linkWhen } = draft;
  const direction = whole(draft.direction);
  const end = (named: string): Source => whole(sources.find((source) => source.name === named));
  return {
    name,
    at,
    source: end(direction.from),
    target: end(direction.to),
    role,
    ...(enabled && { enabled: enabled.expression }),
    ...(when && { when: when.expression }),
    match: draft.match.map(buildMatchKey),
    agree: agree.map((field) => field.name),
    fields: draft.fields.map(buildField),
    ...(createWhen && { createWhen: createWhen.expression }),
    whenReferenced: draft.whenReferenced !== undefined,
    ...(draft.prefer.length > 0 && { prefer: Object.fromEntries(draft.prefer.map(pair)) }),
    ...(linkWhen && { linkWhen: linkWhen.expression }),
    looksInto: lookedUp(draft),
    ...(draft.retire.length > 0 && { retire: Object.fromEntries(draft.retire.map(pair)) }),
    on,
  };
}

function pair({ field, value }: ConstantDraft): readonly [string, Value] {
  return [field, value];
}

function buildMatchKey({ at, parts }: RuleDraft["match"][number]): MatchKey {
  return { at, parts: parts.map(({ field, from }) => ({ field, from: expressionOf(from) })) };
}

function buildField(draft: FieldDraft): FieldRule {
  const { field, at, set, whenNull, fallback, required, when, through, drift } = draft;
  return {
    field,
    from: expressionOf(draft.from),
    set,
    whenNull,
    ...(fallback && { fallback: fallback.value }),
    required,
    ...(when && { when: when.expression }),
    ...(through && { through: through.name }),
    drift,
    at,
  };
}

function expressionOf(compiled: Compiled | undefined): Compiled["expression"] {
  return whole(compiled).expression;
}
