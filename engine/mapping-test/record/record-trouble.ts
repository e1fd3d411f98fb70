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
  if (!missing) return null;
  const message = `There is no record ${addressText(missing)} for the mapping ${mapping.name}.`;
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
