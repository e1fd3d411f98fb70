import type { WantedPair } from "../../engine/links/check-pairs.ts";
import { linkingRules, rulesBetween } from "../../engine/links/rules-between.ts";
import { labelOf } from "../../engine/plan/context.ts";
import type { Reading } from "../../engine/plan/input.ts";
import { addressText, type RecordAddress, streamText } from "../../engine/value/address.ts";
import { trouble } from "../plan-options.ts";
import type { Session } from "../session.ts";
import type { Trouble } from "../trouble.ts";

/** Up to so many pairs, two calls each cost less than reading the streams. */
const askedOneByOneMax = 10;

/** The records behind addresses. */
export interface Records {
  isThere(address: RecordAddress): boolean;
  /** What a record is called. */
  nameOf(address: RecordAddress): string | undefined;
}

/** Looks every record of the pairs up: a few one by one, many by reading their streams once. */
export async function lookUp(
  session: Session,
  pairs: readonly WantedPair[],
): Promise<Records | Trouble> {
  const mappings = concerned(session, pairs);
  if (pairs.length <= askedOneByOneMax) return askEach(session, pairs);
  return readStreams(session, mappings);
}

/** The mappings that a pair can be about. */
function concerned({ project }: Session, pairs: readonly WantedPair[]): readonly string[] {
  const rules = project.mappings.map((mapping) => [mapping.name, linkingRules(mapping)] as const);
  const names = pairs.flatMap(({ records: [one, other], mapping }) =>
    rules
      .filter(([name]) => mapping === undefined || mapping === name)
      .filter(([, own]) => rulesBetween(own, one, other).length > 0)
      .map(([name]) => name),
  );
  return [...new Set(names)];
}

async function askEach(
  { engine, signal, project }: Session,
  pairs: readonly WantedPair[],
): Promise<Records | Trouble> {
  const names = new Map<string, string>();
  for (const address of pairs.flatMap(({ records }) => records)) {
    if (names.has(addressText(address))) continue;
    const result = await engine.find(address, signal);
    if (result.status === "failed") return trouble(result.problem.code, result.problem.message);
    if (result.status === "missing") continue;
    const schema = project.mappings
      .flatMap(({ sources }) => sources)
      .find(({ ref }) => streamText(ref) === streamText(address))?.schema;
    names.set(addressText(address), schema ? labelOf(result.record, { schema }) : address.id);
  }
  return {
    isThere: (address) => names.has(addressText(address)),
    nameOf: (address) => names.get(addressText(address)),
  };
}

/** The records of the streams of some mappings. Absence needs a reading that reached its end. */
export async function readStreams(
  { engine, signal }: Pick<Session, "engine" | "signal">,
  mappings: readonly string[],
): Promise<Records | Trouble> {
  if (mappings.length === 0) return { isThere: () => false, nameOf: () => undefined };
  const options = { purpose: "link", mappings, allow: [], only: [], exclude: [], signal } as const;
  const input = await engine.gather(options);
  if (signal.aborted) return trouble("interrupted", "Stopped while reading; nothing was stored.");
  const barrier = input.mappings.find((one) => one.barrier)?.barrier;
  if (barrier) return trouble(barrier.code, barrier.message);
  // What is only looked things up in is no record of a pair.
  const streams = input.mappings
    .flatMap(({ mapping }) => mapping.sources.filter(({ use }) => use === "records"))
    .map(({ ref }) => input.readings.get(streamText(ref)));
  const stopped = streams.find((reading) => reading?.ended === false);
  if (stopped) {
    const why = stopped.problem?.message ?? "It could not be read to its end.";
    return trouble("reading-stopped", `${streamText(stopped.ref)}: ${why} Nothing was stored.`);
  }
  const readingOf = (address: RecordAddress): Reading | undefined =>
    input.readings.get(streamText(address));
  return {
    isThere: (address) => readingOf(address)?.records.has(address.id) ?? false,
    nameOf: (address) => {
      const reading = readingOf(address);
      const record = reading?.records.get(address.id);
      return reading && record ? labelOf(record, reading) : undefined;
    },
  };
}
