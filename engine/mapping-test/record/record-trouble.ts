import type { PlanInput } from "../../plan/input.ts";
import { isOutside } from "../../plan/window.ts";
import { addressText, type RecordAddress, streamText } from "../../value/address.ts";
import type { Chosen } from "./choose-records.ts";
import { type Recording, type RecordOptions, refused } from "./recording.ts";

/** What makes a recording impossible from the beginning. */
export function troubleOf({ input, mapping, records }: RecordOptions): Recording | null {
  const barrier = input.mappings.find((one) => one.barrier)?.barrier;
  if (barrier) return refused("recording-incomplete", barrier.message);
  const unread = [...input.readings.values()].find(({ ended }) => !ended);
  if (unread) {
    const why = unread.problem?.message ?? "no reason was given";
    const message = `${streamText(unread.ref)} could not be read to its end: ${why}`;
    return refused("recording-incomplete", message);
  }
  const links = input.mappings.flatMap((one) => one.links);
  const linked = new Set(links.flatMap(({ source, target }) => [source, target].map(addressText)));
  const isThere = (record: RecordAddress) =>
    input.readings.get(streamText(record))?.records.has(record.id) ||
    linked.has(addressText(record));
  const missing = records.find((record) => !isThere(record));
  if (!missing) return outsideTrouble(input, records);
  const message = `There is no record ${addressText(missing)} for the mapping ${mapping.name}.`;
  return refused("recording-unclear", message);
}

/** A linked record of another day is left as it is, whatever it is. */
function outsideTrouble(
  { mappings, readings }: PlanInput,
  records: readonly RecordAddress[],
): Recording | null {
  const isRead = (record: RecordAddress) =>
    readings.get(streamText(record))?.records.has(record.id) ?? false;
  const outside = records
    .filter((record) => !isRead(record))
    .find((record) =>
      mappings.some(({ rules }) =>
        rules.some(({ rule, links }) => {
          const source = readings.get(streamText(rule.source.ref));
          const target = readings.get(streamText(rule.target.ref));
          if (!source || !target) return false;
          return [...links.values()].some(
            (link) =>
              isOutside(link, { source, target }) &&
              [link.source, link.target].some((end) => addressText(end) === addressText(record)),
          );
        }),
      ),
    );
  if (!outside) return null;
  const message = `Only some days are read, and ${addressText(outside)} belongs to another one.`;
  return refused("recording-unclear", message);
}

/** What becomes of a record that is in doubt depends on what happened to a call, and not on records alone. */
export function doubtAbout({ input }: RecordOptions, { records }: Chosen): Recording | null {
  const doubt = input.mappings
    .flatMap(({ rules }) => rules.flatMap(({ intents }) => intents))
    .find(({ source }) => records.get(streamText(source))?.has(source.id));
  if (!doubt) return null;
  const message = `The answer to a change of ${addressText(doubt.source)} was lost, and it is not known what became of it.`;
  return refused("recording-incomplete", message);
}
