import type { LinkDecision } from "../links/decision.ts";
import type { Mapping } from "../mapping/mapping.ts";
import { addressText } from "../value/address.ts";
import { canonicalJson } from "../value/canonical-json.ts";
import { digest } from "../value/digest.ts";
import type { ConnectionConfiguration } from "./project.ts";

interface DigestedProject {
  readonly connections: readonly ConnectionConfiguration[];
  readonly mappings: readonly Mapping[];
  readonly phoneCountry: string;
}

/** Who decided, and why, changes nothing that is planned. */
function decisionData({ name }: Mapping, decision: LinkDecision): readonly string[] {
  const { kind, rule, source } = decision;
  const target = "target" in decision ? [addressText(decision.target)] : [];
  return [name, kind, rule, addressText(source), ...target];
}

/**
 * Over everything that decides what a plan does. `auth` is left out: a new secret for the same account changes nothing
 * that is planned. So is the place of the state, which a plan may outlive.
 */
export function projectDigest({ connections, mappings, phoneCountry }: DigestedProject): string {
  const data = {
    phoneCountry,
    connections: Object.fromEntries(
      connections.map(({ name, connector, configuration }) => [
        name,
        { connector, configuration: { ...configuration, auth: undefined } },
      ]),
    ),
    decisions: mappings.flatMap((mapping) =>
      mapping.decisions.map((one) => decisionData(mapping, one)),
    ),
    mappings: Object.fromEntries(mappings.map((mapping) => [mapping.name, mapping.digest])),
  };
  return digest(canonicalJson(data));
}
