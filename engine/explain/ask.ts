import { join } from "node:path";
import { readYaml } from "../config/read-yaml.ts";
import { redactText } from "../config/secrets.ts";
import type { Mapping } from "../mapping/mapping.ts";
import { buildPlan } from "../plan/build-plan.ts";
import type { MappingInput } from "../plan/input.ts";
import type { Engine } from "../run/engine.ts";
import { parseAddress, streamText } from "../value/address.ts";
import type { Fields } from "../value/value.ts";
import { explainIn, subjectsOf } from "./explain.ts";
import type { Explanation } from "./explanation.ts";
import { type Found, findRecords } from "./find-records.ts";
import { type Conditions, conditionsKey, type ExplainGround } from "./ground.ts";
import { relatedMappings } from "./related-mappings.ts";
import { type MappingView, mappingView } from "./view.ts";
import { conditionsFor } from "./work-out.ts";

/*
 * Everything that has to be asked for an explanation: reads what a plan needs, and finds the record that is meant. Writes nothing anywhere.
 */

export type Asked =
  | { readonly kind: "explained"; readonly explanation: Explanation }
  /** Several records fit; one of them has to be chosen. */
  | { readonly kind: "several"; readonly found: Found }
  /** `where`: what was looked at, one sentence each. */
  | { readonly kind: "none"; readonly where: readonly string[] }
  /** Nothing is read for the mapping, because the state stands against it. */
  | { readonly kind: "barred"; readonly barrier: NonNullable<MappingInput["barrier"]> }
  /** Stopped from outside. */
  | { readonly kind: "stopped" };

/** Explains the record of a mapping that a word means: an address, an id, a value, a name or a part of one. */
export async function askAbout(
  engine: Engine,
  mapping: string,
  word: string,
  signal: AbortSignal,
): Promise<Asked> {
  const options = { purpose: "sync", allow: [], only: [], exclude: [], signal } as const;
  // What becomes of a record can depend on other mappings, so that they are planned together, as a run does.
  const mappings = relatedMappings(mapping, engine.project.mappings);
  const input = await engine.gather({ ...options, mappings });
  if (signal.aborted) return { kind: "stopped" };
  const gathered = input.mappings.find((one) => one.mapping.name === mapping);
  if (!gathered) throw new Error(`the mapping ${mapping} was not gathered`);
  const { barrier } = gathered;
  if (barrier) return { kind: "barred", barrier };
  const vars = new Map([[mapping, shownVars(gathered.mapping, engine.project.secrets)]]);
  const connections = [...engine.accounts.values()].map(({ connection, system, account }) => ({
    connection,
    connector: system,
    account,
  }));
  const ground: ExplainGround = { mapping, connections, vars };
  const view = mappingView(input, buildPlan(input), gathered, ground);
  const found = findRecords(view, word);
  const [hit, ...others] = found.hits;
  if (!hit) return { kind: "none", where: await lookedAt(engine, view, word, signal) };
  if (others.length > 0) return { kind: "several", found };
  const file = await readYaml(
    join(engine.project.directory, gathered.mapping.file),
    gathered.mapping.file,
  );
  const conditions = new Map<string, Conditions>();
  for (const { rule, id } of subjectsOf(view, hit.address)) {
    const key = conditionsKey(mapping, rule.input.rule.name, id);
    conditions.set(key, await conditionsFor(view, rule, id, file.root));
  }
  const whole = { ...view, ground: { ...ground, conditions } };
  return { kind: "explained", explanation: explainIn(whole, hit.address) };
}

/** Variables can be filled in from the environment, and may then be secrets. */
function shownVars({ vars }: Mapping, secrets: readonly string[]): Fields {
  return Object.fromEntries(
    Object.entries(vars).map(([name, value]) => [
      name,
      typeof value === "string" ? redactText(value, secrets) : value,
    ]),
  );
}

/** Where a record was looked for that nothing fits. A system is asked about an address that its list does not have. */
async function lookedAt(
  engine: Engine,
  view: MappingView,
  word: string,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const { mapping } = view.mapping;
  const read = mapping.sources.flatMap(({ ref, use }) => {
    const reading = view.input.readings.get(streamText(ref));
    if (!reading || use === "lookup") return [];
    const { window } = reading;
    const end = reading.ended
      ? `read to the end${window ? `, the days ${window.from} to ${window.to} alone` : ""}`
      : `not read to the end: ${reading.problem?.message ?? "no reason was given"}`;
    return [`${streamText(ref)} (${reading.records.size} records, ${end})`];
  });
  const looked = `Looked through ${read.join(", ")}, and through the links of ${mapping.name}.`;
  const address = parseAddress(word.trim());
  if (!address) return [looked];
  const stream = streamText(address);
  if (!mapping.sources.some(({ ref }) => streamText(ref) === stream))
    return [`The mapping ${mapping.name} does not use ${stream}.`, looked];
  const asked = await engine.find(address, signal);
  const answer = {
    found: `${address.connection} has the record when it is asked for it by its id, and its list does not have it: it may be new, or hidden from lists.`,
    missing: `${address.connection} was asked for the record by its id as well, and does not have it.`,
    failed: `${address.connection} was asked for the record by its id as well, and gave no answer.`,
  }[asked.status];
  return [looked, answer];
}
