import type { Rule } from "../mapping/mapping.ts";
import type { Link } from "../state/store.ts";
import { streamText } from "../value/address.ts";

/** The links of one rule by source id, in the order of the ids. */
export function linksOfRule(rule: Rule, links: readonly Link[]): ReadonlyMap<string, Link> {
  return new Map([...unorderedLinks(rule, links)].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/**
 * A feedback rule makes no links: it follows those that the mapping's other rules
 * made between the same two streams, seen from the other end, with a baseline of its own once it has written.
 */
function unorderedLinks(rule: Rule, links: readonly Link[]): ReadonlyMap<string, Link> {
  const own = new Map<string, Link>();
  for (const link of links) if (link.rule === rule.name) own.set(link.source.id, link);
  if (rule.role !== "feedback") return own;
  const followed = new Map<string, Link>();
  for (const link of links) {
    if (link.rule === rule.name || !isReverse(rule, link)) continue;
    const kept = own.get(link.target.id);
    const seen = kept?.target.id === link.source.id ? kept : reversed(rule, link);
    followed.set(link.target.id, seen);
  }
  return followed;
}

function isReverse(rule: Rule, link: Link): boolean {
  return (
    streamText(link.source) === streamText(rule.target.ref) &&
    streamText(link.target) === streamText(rule.source.ref)
  );
}

function reversed(rule: Rule, link: Link): Link {
  return {
    ...link,
    rule: rule.name,
    source: link.target,
    target: link.source,
    baseline: {},
    ruleDigest: "",
  };
}
