import { type RecordAddress, streamText } from "../../value/address.ts";
import { namedSources } from "../by-source.ts";
import type { GivenRecord, TestCase } from "../mapping-test.ts";
import type { ChosenCase } from "./choose-case.ts";
import type { Chosen } from "./choose-records.ts";
import { liveCase } from "./live-case.ts";
import { minimise } from "./minimise.ts";
import type { RecordOptions } from "./recording.ts";

/** So many records are tried as having a say in what becomes of others; more would take minutes. */
const extraRecordsMax = 2_000;

/**
 * The records around those that are named, and of all the others only those without which something else would happen:
 * of lookups, and where that is not enough of every stream, because expressions can read any.
 */
export async function smallestCase(
  core: TestCase,
  { input, name }: RecordOptions,
  { mappings, focus }: ChosenCase,
  holds: (testCase: TestCase) => Promise<boolean>,
): Promise<TestCase | null> {
  for (const uses of [["lookup"], ["lookup", "records"]] as const) {
    const extra = namedSources(mappings.planned)
      .filter(({ source }) => uses.some((one) => one === source.use))
      .flatMap(({ source: { ref } }) =>
        [...(input.readings.get(streamText(ref))?.records.keys() ?? [])]
          .filter((id) => !focus.records.get(streamText(ref))?.has(id))
          .map((id) => ({ ...ref, id })),
      );
    const caseWith = (more: readonly RecordAddress[]) =>
      withRecords(core, liveCase(input, mappings, chosenWith(focus, more), name));
    if (uses.length > 1 && extra.length > extraRecordsMax) return null;
    if (!(await holds(caseWith(extra)))) continue;
    return caseWith(await minimise(extra, (more) => holds(caseWith(more))));
  }
  return null;
}

function chosenWith({ records, links }: Chosen, more: readonly RecordAddress[]): Chosen {
  const all = new Map([...records].map(([stream, ids]) => [stream, new Set(ids)]));
  for (const record of more) {
    const ids = all.get(streamText(record)) ?? new Set();
    all.set(streamText(record), ids.add(record.id));
  }
  return { records: all, links };
}

/** Whatever else is given, what is decided about the records stays that of the core. */
function withRecords(core: TestCase, { given, grounds }: TestCase): TestCase {
  return { ...core, given: new Map<string, readonly GivenRecord[]>(given), grounds };
}
