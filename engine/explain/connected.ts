import { addressText, type RecordAddress, streamText } from "../value/address.ts";
import { dayOf } from "./days.ts";
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
        ...(reading.window ? { window: reading.window } : {}),
        startedAt: reading.startedAt.toISOString(),
      },
    ];
  });
  return { ...statusOf(view, address), readings };
}

function statusOf(view: MappingView, address: RecordAddress): Omit<ReadStep, "readings"> {
  const reading = view.input.readings.get(streamText(address));
  if (reading?.records.has(address.id)) return { status: "read" };
  const outside = outsideLink(view, address);
  if (outside) return { status: "outside", ...outside };
  return { status: reading?.ended === false ? "unknown" : "missing" };
}

/** The day of a linked record that was not read because of it. */
function outsideLink(
  { rules }: MappingView,
  address: RecordAddress,
): { readonly day?: string } | undefined {
  const name = addressText(address);
  for (const { context, standings } of rules) {
    for (const standing of standings.values()) {
      if (standing.kind !== "outside") continue;
      const { link } = standing;
      const day = dayOf(context, link);
      if (addressText(link.source) === name || addressText(link.target) === name)
        return day === undefined ? {} : { day };
    }
  }
  return undefined;
}
