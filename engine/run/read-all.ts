import type { Clock, Connector, DayWindow, Stream } from "../connector/connector.ts";
import type { Mapping, Rule, Source } from "../mapping/mapping.ts";
import type { Reading } from "../plan/input.ts";
import { neededLookups } from "../plan/lookups.ts";
import { lastDays, together, widened } from "../plan/window.ts";
import type { Intent, MappingState } from "../state/store.ts";
import { type StreamRef, streamText } from "../value/address.ts";
import { confirmMissing, missingIds } from "./confirm.ts";
import type { EngineEvent } from "./events.ts";
import { readStream } from "./read-stream.ts";

/* What is read for a plan: every stream once, and then, one by one, linked records that did not come. */

export interface ReadDeps {
  readonly connectors: ReadonlyMap<string, Connector>;
  readonly clock: Clock;
  readonly observe: (event: EngineEvent) => void;
}

/** A mapping with its rules that live in this run. */
export interface LivingMapping {
  readonly mapping: Mapping;
  readonly living: readonly Rule[];
}

/** Every stream that any of the mappings uses, once, all at the same time. The order is that of the mappings. */
export async function readAll(
  mappings: readonly LivingMapping[],
  ground: { readonly states: ReadonlyMap<string, MappingState>; readonly now: Date },
  deps: ReadDeps,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, Reading>> {
  const asked = new Map<string, { readonly ref: StreamRef; readonly window?: DayWindow }>();
  for (const { mapping, living } of mappings) {
    const { intents } = ground.states.get(mapping.name) ?? { intents: [] };
    const records = mapping.sources.filter(({ use }) => use === "records");
    for (const source of [...records, ...neededLookups(mapping, living)]) {
      const name = streamText(source.ref);
      const own = windowOf(source, { intents, now: ground.now });
      const before = asked.get(name);
      const window = before ? together(before.window, own) : own;
      asked.set(name, { ref: source.ref, ...(window ? { window } : {}) });
    }
  }
  const readings = await Promise.all(
    [...asked.values()].map(({ ref, window }) =>
      readStream(ref, streamOf(deps, ref), deps, signal, window),
    ),
  );
  return new Map(readings.map((reading) => [streamText(reading.ref), reading]));
}

/** The days of one source, with those of its own creates in doubt. */
function windowOf(
  source: Source,
  { intents, now }: { readonly intents: readonly Intent[]; readonly now: Date },
): DayWindow | undefined {
  const field = source.schema.window?.field;
  if (!source.window || field === undefined) return undefined;
  const doubts = intents.filter(({ stream }) => streamText(stream) === streamText(source.ref));
  return widened(lastDays(source.window.days, now), field, { intents: doubts, now });
}

/** Asks for linked records that the readings did not deliver, before anything follows from their absence. */
export async function confirmAll(
  mappings: readonly Mapping[],
  states: ReadonlyMap<string, MappingState>,
  readings: ReadonlyMap<string, Reading>,
  deps: ReadDeps,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, Reading>> {
  const missing = new Map<string, Set<string>>();
  const note = (ref: StreamRef, ids: readonly string[]) => {
    const known = missing.get(streamText(ref)) ?? new Set();
    missing.set(streamText(ref), new Set([...known, ...ids]));
  };
  for (const mapping of mappings) {
    const { links } = states.get(mapping.name) ?? { links: [] };
    for (const rule of mapping.rules) {
      const own = links.filter((link) => link.rule === rule.name);
      const source = readings.get(streamText(rule.source.ref));
      const target = readings.get(streamText(rule.target.ref));
      if (!source || !target) continue;
      const ids = missingIds(rule, own, { source, target });
      note(rule.source.ref, ids.sources);
      note(rule.target.ref, ids.targets);
    }
  }
  const confirmed = new Map<string, Reading>();
  for (const [name, reading] of readings) {
    const stream = streamOf(deps, reading.ref);
    confirmed.set(
      name,
      await confirmMissing(reading, missing.get(name) ?? new Set(), stream, signal),
    );
  }
  return confirmed;
}

export function streamOf(deps: ReadDeps, ref: StreamRef): Stream {
  const stream = deps.connectors.get(ref.connection)?.streams[ref.stream];
  if (!stream) throw new Error(`no stream ${streamText(ref)}: the mapping was not checked`);
  return stream;
}
