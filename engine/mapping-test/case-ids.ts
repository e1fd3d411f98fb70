import { errorAt } from "../config/diagnose.ts";
import type { Diagnostic } from "../config/diagnostic.ts";
import type { Place } from "../config/place.ts";
import { quote, suggestion } from "../config/wording.ts";
import type { Mapping, Rule } from "../mapping/mapping.ts";
import { streamText } from "../value/address.ts";
import { namedSources } from "./by-source.ts";
import type { CaseMappings } from "./case-mappings.ts";
import type { GivenLink, GivenRecord } from "./mapping-test.ts";

/** The records that a case gives, and those that only a link still names, by `connection/stream`. */
export interface CaseIds {
  readonly given: ReadonlyMap<string, ReadonlySet<string>>;
  readonly linked: ReadonlyMap<string, ReadonlySet<string>>;
}

export function idsOf(
  { planned, linked }: CaseMappings,
  given: ReadonlyMap<string, readonly GivenRecord[]>,
  links: readonly GivenLink[],
): CaseIds {
  const records = namedSources(planned).flatMap(({ key, source }) =>
    (given.get(key) ?? []).map(({ id }) => ({ stream: streamText(source.ref), id })),
  );
  const ends = links.flatMap((link) => {
    const rule = ruleOf(link, linked);
    if (!rule) return [];
    return [
      { stream: streamText(rule.source.ref), id: link.source },
      { stream: streamText(rule.target.ref), id: link.target },
    ];
  });
  return { given: grouped(records), linked: grouped(ends) };
}

export function ruleOf(
  link: Pick<GivenLink, "mapping" | "rule">,
  mappings: readonly Mapping[],
): Rule | undefined {
  const mapping = mappings.find(({ name }) => name === link.mapping);
  return mapping?.rules.find(({ name }) => name === link.rule);
}

function grouped(
  addresses: readonly { readonly stream: string; readonly id: string }[],
): ReadonlyMap<string, ReadonlySet<string>> {
  const groups = Map.groupBy(addresses, ({ stream }) => stream);
  return new Map([...groups].map(([stream, list]) => [stream, new Set(list.map(({ id }) => id))]));
}

/** Every id of these streams that the case knows. */
export function knownIds(ids: CaseIds, streams: readonly string[]): readonly string[] {
  return [
    ...new Set(
      streams.flatMap((stream) => [
        ...(ids.given.get(stream) ?? []),
        ...(ids.linked.get(stream) ?? []),
      ]),
    ),
  ];
}

/** Most likely a slip: what is said of a record that is not there can never be true. */
export function notGiven(
  { id, at }: { readonly id: string; readonly at: Place },
  known: readonly string[],
): Diagnostic {
  const help = suggestion(id, known, "Add the record under `given`, or correct its id.");
  return errorAt("record-not-given", at, `The case gives no record ${quote(id)}.`, help);
}
