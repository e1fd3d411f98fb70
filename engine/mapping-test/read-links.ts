import { errorAt } from "../config/diagnose.ts";
import type { Diagnostic } from "../config/diagnostic.ts";
import { childOf, entriesOf, type Node, textOf } from "../config/node.ts";
import { anyOf, quote } from "../config/wording.ts";
import type { LinkDecision } from "../links/decision.ts";
import type { Mapping, Rule } from "../mapping/mapping.ts";
import { streamText } from "../value/address.ts";
import { ruleNamed } from "./by-source.ts";
import { type CaseIds, knownIds, notGiven, ruleOf } from "./case-ids.ts";
import { type CaseMappings, mappingNamed } from "./case-mappings.ts";
import type { GivenLink } from "./mapping-test.ts";
import { readFields } from "./read-fields.ts";

export function readLink(
  node: Node,
  { tested, linked }: CaseMappings,
  diagnostics: Diagnostic[],
): readonly GivenLink[] {
  const text = (key: string) => textOf(childOf(node, key)) ?? "";
  const named = childOf(node, "mapping");
  const mapping = named ? mappingNamed(named, linked, diagnostics) : tested;
  const rule = mapping && linkingRule(node, mapping, diagnostics);
  if (!rule) return [];
  const baseline = childOf(node, "baseline");
  return [
    {
      mapping: mapping.name,
      rule: rule.name,
      source: text("source"),
      target: text("target"),
      was: readFields(childOf(node, "was"), rule.source.schema, diagnostics),
      ...(baseline && { baseline: readFields(baseline, rule.target.schema, diagnostics) }),
    },
  ];
}

/** A mapping with one rule needs no other word for it. */
function linkingRule(node: Node, mapping: Mapping, diagnostics: Diagnostic[]): Rule | undefined {
  const named = childOf(node, "rule");
  if (named) {
    return ruleNamed({ name: textOf(named) ?? "", at: named.at }, mapping, diagnostics);
  }
  const [rule, ...others] = mapping.rules;
  if (rule && others.length === 0) return rule;
  const message = `The link does not say by which rule of ${mapping.name} it is.`;
  const help = `Add \`rule\`: ${anyOf(mapping.rules.map(({ name }) => name))}.`;
  diagnostics.push(errorAt("rule-unclear", node.at, message, help));
  return undefined;
}

/** Links as they were read, each with its place in the file. */
export interface PlacedLink {
  readonly node: Node;
  readonly link: GivenLink;
}

/** What no state could hold, and what is most likely a slip. */
export function linkTroubles(
  links: readonly PlacedLink[],
  mappings: CaseMappings,
  ids: CaseIds,
): readonly Diagnostic[] {
  return [...endsMissing(links, mappings, ids), ...endsTaken(links, mappings)];
}

/** A source has one link by a rule, and within a mapping a target has one link. */
function endsTaken(links: readonly PlacedLink[], { linked }: CaseMappings): readonly Diagnostic[] {
  const taken = new Set<string>();
  return links.flatMap(({ node, link }) => {
    const rule = ruleOf(link, linked);
    const ends = [
      { end: childOf(node, "source"), by: link.rule },
      { end: childOf(node, "target"), by: rule ? streamText(rule.target.ref) : "" },
    ];
    return ends.flatMap(({ end, by }, index): readonly Diagnostic[] => {
      const key = JSON.stringify([link.mapping, index, by, textOf(end)]);
      if (!taken.has(key)) {
        taken.add(key);
        return [];
      }
      const message = `The record ${quote(textOf(end) ?? "")} has a link already in this case.`;
      const help = "A source has at most one link by a rule, and a target has at most one link.";
      return [errorAt("link-taken", end?.at ?? node.at, message, help)];
    });
  });
}

/**
 * One end may be gone or lost; a link of which neither end is there is a slip. Of a mapping that is only gone through
 * nothing but its links is looked at.
 */
function endsMissing(
  links: readonly PlacedLink[],
  { planned }: CaseMappings,
  ids: CaseIds,
): readonly Diagnostic[] {
  return links.flatMap(({ node, link }) => {
    const rule = ruleOf(link, planned);
    if (!rule) return [];
    const ends = [
      { end: childOf(node, "source"), stream: streamText(rule.source.ref) },
      { end: childOf(node, "target"), stream: streamText(rule.target.ref) },
    ].map(({ end, stream }) => ({ end, known: [...(ids.given.get(stream) ?? [])] }));
    if (ends.some(({ end, known }) => known.includes(textOf(end) ?? ""))) return [];
    const [source] = ends;
    return source?.end
      ? [notGiven({ id: textOf(source.end) ?? "", at: source.end.at }, source.known)]
      : [];
  });
}

const kinds = ["link", "apart", "ignore"] as const;

export function readDecision(
  node: Node,
  context: {
    readonly mappings: CaseMappings;
    readonly ids: CaseIds;
    readonly diagnostics: Diagnostic[];
  },
): readonly LinkDecision[] {
  const { mappings, ids, diagnostics } = context;
  const { tested: mapping } = mappings;
  const named = entriesOf(node).filter(({ key }) => kinds.some((kind) => kind === key));
  const [entry] = named;
  const target = childOf(node, "target");
  const needsTarget = entry?.key !== "ignore";
  if (!entry || named.length > 1 || (target !== undefined) !== needsTarget) {
    const message =
      "A decision says link, apart or ignore of one record, and names no other thing.";
    const help = "Write { rule, link, target }, { rule, apart, target } or { rule, ignore }.";
    diagnostics.push(errorAt("expectation-unclear", node.at, message, help));
    return [];
  }
  const ruleNode = childOf(node, "rule") ?? node;
  const rule = ruleNamed({ name: textOf(ruleNode) ?? "", at: ruleNode.at }, mapping, diagnostics);
  if (!rule) return [];
  const source = { ...rule.source.ref, id: textOf(entry.value) ?? "" };
  const known = knownIds(ids, [streamText(rule.source.ref)]);
  if (!known.includes(source.id)) {
    diagnostics.push(notGiven({ id: source.id, at: entry.value.at }, known));
  }
  const base = { rule: rule.name, source, at: node.at };
  if (entry.key === "ignore") return [{ ...base, kind: "ignore" }];
  const kind = entry.key === "link" ? "link" : "apart";
  return [{ ...base, kind, target: { ...rule.target.ref, id: textOf(target) ?? "" } }];
}
