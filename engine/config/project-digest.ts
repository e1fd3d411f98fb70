import type { Mapping } from "../mapping/mapping.ts";
import { canonicalJson } from "../value/canonical-json.ts";
import { digest } from "../value/digest.ts";
import type { ConnectionConfiguration } from "./project.ts";

interface DigestedProject {
  readonly connections: readonly ConnectionConfiguration[];
  readonly mappings: readonly Mapping[];
  readonly phoneCountry: string;
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
    mappings: Object.fromEntries(mappings.map((mapping) => [mapping.name, mapping.digest])),
  };
  return digest(canonicalJson(data));
}
