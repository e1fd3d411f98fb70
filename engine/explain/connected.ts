import { type RecordAddress, streamText } from "../value/address.ts";
import type { ConnectionStep, ReadingStep, ReadStep } from "./explanation.ts";
import type { MappingView } from "./view.ts";

/* Steps 1 and 2: which connections were asked and whether they answer; what was read, and whether the record was in it. */

export function connectionSteps(view: MappingView): readonly ConnectionStep[] {
  const { sources } = view.mapping.mapping;
  const byConnection = Map.groupBy(sources, ({ ref }) => ref.connection);
  return [...byConnection].map(([connection, own]): ConnectionStep => {
    const facts = view.ground.connections?.find((one) => one.connection === connection);
    const stopped = own
      .map(({ ref }) => view.input.readings.get(streamText(ref)))
      .find((reading) => reading?.ended !== true);
    return {
      connection,
      ...(facts ? { connector: facts.connector, account: facts.account } : {}),
      answers: stopped === undefined,
      ...(stopped?.problem ? { problem: stopped.problem.message } : {}),
    };
  });
}

export function readStep(view: MappingView, address: RecordAddress): ReadStep {
  const name = streamText(address);
  const { sources } = view.mapping.mapping;
  const own = sources.filter(({ ref }) => streamText(ref) === name);
  const others = sources.filter(({ ref }) => streamText(ref) !== name);
  const readings = [...own, ...others].flatMap(({ ref, use }): readonly ReadingStep[] => {
    const reading = view.input.readings.get(streamText(ref));
    if (!reading) return [];
    return [
      {
        stream: ref,
        use,
        records: reading.records.size,
        ended: reading.ended,
        ...(reading.problem ? { problem: reading.problem.message } : {}),
        startedAt: reading.startedAt.toISOString(),
      },
    ];
  });
  return { status: statusOf(view, address), readings };
}

function statusOf(view: MappingView, address: RecordAddress): ReadStep["status"] {
  const reading = view.input.readings.get(streamText(address));
  if (reading?.records.has(address.id)) return "read";
  return reading?.ended === false ? "unknown" : "missing";
}
