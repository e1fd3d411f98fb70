import { errorAt } from "../config/diagnose.ts";
import type { Diagnostic } from "../config/diagnostic.ts";
import {
  childOf,
  entriesOf,
  itemsOf,
  type Node,
  type Entry as NodeEntry,
  textOf,
} from "../config/node.ts";
import { allOf, quote } from "../config/wording.ts";
import type { Mapping, Rule, Situation } from "../mapping/mapping.ts";
import { defaultReactions } from "../mapping/mapping.ts";
import { streamText } from "../value/address.ts";
import { ruleNamed } from "./by-source.ts";
import { type CaseIds, knownIds, notGiven } from "./case-ids.ts";
import { type CaseMappings, mappingNamed } from "./case-mappings.ts";
import { entryKinds, isEntryKind } from "./expectation-words.ts";
import type { EntryKind, Expectation, Round } from "./mapping-test.ts";
import { readFields } from "./read-fields.ts";

export interface ExpectationContext {
  readonly mappings: CaseMappings;
  readonly ids: CaseIds;
  readonly diagnostics: Diagnostic[];
}

export function readExpectations(
  node: Node | undefined,
  round: Round,
  context: ExpectationContext,
): readonly Expectation[] {
  return itemsOf(node).flatMap((item) => readExpectation(item, round, context));
}

function readExpectation(
  node: Node,
  round: Round,
  context: ExpectationContext,
): readonly Expectation[] {
  const first = kindOf(node, context.diagnostics);
  if (!first) return [];
  const { kind, entry } = first;
  const unfit = entriesOf(node).filter(
    ({ key }) => key !== kind && key !== "mapping" && !isDetail(kind, key),
  );
  for (const { key, keyAt } of unfit) {
    const { details } = entryKinds[kind];
    const help = details.length > 0 ? `Use ${allOf(details)}, or leave it out.` : "Leave it out.";
    const message = `${quote(key)} says nothing of ${quote(kind)}.`;
    context.diagnostics.push(errorAt("expectation-unclear", keyAt, message, help));
  }
  const mapping = mappingOf(node, context);
  if (!mapping) return [];
  const rule = ruleOf(node, mapping, context);
  const what = textOf(entry.value) ?? "";
  const { names } = entryKinds[kind];
  if (names === "record")
    checkRecord({ id: what, at: entry.value.at }, rulesOf(rule, mapping), context);
  if (round === "expect") checkTargets(node, rulesOf(rule, mapping), context);
  const code = textOf(childOf(node, "code"));
  const target = textOf(childOf(node, "target"));
  const situation = situationOf(node);
  return [
    {
      kind,
      what,
      at: node.at,
      mapping: mapping.name,
      ...(rule && { rule: rule.name }),
      ...(target !== undefined && { target }),
      ...(situation && { situation }),
      ...(code !== undefined && { code }),
      ...fieldsOf(node, rule, context),
      ...listsOf(node),
    },
  ];
}

/** The one word that says what is expected. */
function kindOf(
  node: Node,
  diagnostics: Diagnostic[],
): { readonly kind: EntryKind; readonly entry: NodeEntry } | undefined {
  const found = entriesOf(node).flatMap((entry) =>
    isEntryKind(entry.key) ? [{ kind: entry.key, entry }] : [],
  );
  const [first, second] = found;
  if (first && !second) return first;
  const message = second
    ? `${allOf(found.map(({ kind }) => quote(kind)))} stand in one expectation.`
    : "The expectation does not say what is expected.";
  const help = second ? "Write one expectation for each." : undefined;
  diagnostics.push(errorAt("expectation-unclear", second?.entry.keyAt ?? node.at, message, help));
  return undefined;
}

function isDetail(kind: EntryKind, key: string): boolean {
  return entryKinds[kind].details.some((detail) => detail === key);
}

/** The tested mapping, unless another that is planned with it is named. */
function mappingOf(
  node: Node,
  { mappings: { tested, planned }, diagnostics }: ExpectationContext,
): Mapping | undefined {
  const named = childOf(node, "mapping");
  return named ? mappingNamed(named, planned, diagnostics) : tested;
}

function rulesOf(rule: Rule | undefined, { rules }: Mapping): readonly Rule[] {
  return rule ? [rule] : rules;
}

function ruleOf(
  node: Node,
  mapping: Mapping,
  { diagnostics }: ExpectationContext,
): Rule | undefined {
  const named = childOf(node, "rule");
  // A record that no rule takes is passed over by none of them.
  const isOfNoRule = textOf(childOf(node, "code")) === "out-of-scope";
  if (!named) return mapping.rules.length === 1 && !isOfNoRule ? mapping.rules[0] : undefined;
  return ruleNamed({ name: textOf(named) ?? "", at: named.at }, mapping, diagnostics);
}

function checkRecord(
  record: { readonly id: string; readonly at: Node["at"] },
  rules: readonly Rule[],
  { ids, diagnostics }: ExpectationContext,
): void {
  const known = knownIds(
    ids,
    rules.map(({ source }) => streamText(source.ref)),
  );
  if (!known.includes(record.id)) diagnostics.push(notGiven(record, known));
}

/** Targets are looked for in the plan of what is given; later on there are new ones. */
function checkTargets(
  node: Node,
  rules: readonly Rule[],
  { ids, diagnostics }: ExpectationContext,
): void {
  const known = knownIds(
    ids,
    rules.map(({ target }) => streamText(target.ref)),
  );
  const target = childOf(node, "target");
  for (const named of [...(target ? [target] : []), ...itemsOf(childOf(node, "candidates"))]) {
    const id = textOf(named) ?? "";
    if (!known.includes(id)) diagnostics.push(notGiven({ id, at: named.at }, known));
  }
}

function situationOf(node: Node): Situation | undefined {
  const text = textOf(childOf(node, "situation"));
  const names = Object.keys(defaultReactions) as readonly Situation[];
  return names.find((name) => name === text);
}

/** Which field is meant can only be told of a rule. */
function fieldsOf(
  node: Node,
  rule: Rule | undefined,
  { diagnostics }: ExpectationContext,
): Pick<Expectation, "fields" | "has"> {
  const [fields, has] = [childOf(node, "fields"), childOf(node, "has")];
  if ((fields || has) && !rule && !childOf(node, "rule")) {
    const message = "Fields can be expected only where the rule is named.";
    const help = "Add `rule`, because the mapping has several.";
    diagnostics.push(errorAt("expectation-unclear", (fields ?? has ?? node).at, message, help));
  }
  if (!rule) return {};
  const read = (part: Node) => readFields(part, rule.target.schema, diagnostics);
  return { ...(fields && { fields: read(fields) }), ...(has && { has: read(has) }) };
}

function listsOf(node: Node): Pick<Expectation, "candidates" | "differs" | "records"> {
  const list = (key: string) => {
    const part = childOf(node, key);
    return part && itemsOf(part).flatMap((item) => textOf(item) ?? []);
  };
  const [candidates, differs, records] = [list("candidates"), list("differs"), list("records")];
  return {
    ...(candidates && { candidates }),
    ...(differs && { differs }),
    ...(records && { records }),
  };
}
