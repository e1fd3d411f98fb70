import { createInterface } from "node:readline";
import {
  procoreRateWindows,
  startProcoreSimulator,
} from "../../connectors/procore/simulator/simulator.ts";
import {
  assumedRateWindows,
  startSmartbarrelSimulator,
} from "../../connectors/smartbarrel/simulator/simulator.ts";
import {
  companyOf,
  dayBefore,
  entriesOf,
  projectOf,
  type Sizes,
  shiftFields,
  windowDays,
} from "./timesheets-company.ts";
import { sharedTimes } from "./timesheets-time.ts";

/*
 * The systems of the benchmark of timesheets, in a process of their own, so that what is measured shares neither its
 * processor nor its memory with them. With the limits of calls that the services have.
 *
 *   node timesheets-world.ts <workers> <folder of clocks>
 *
 * Prints a line of JSON when it is there, and one for each `work <number>` that it reads: an hour of office work, so many
 * entries of which two fifths are new.
 */

const workers = Number(process.argv[2]);
const times = sharedTimes(process.argv[3] ?? "");
const company = companyOf(workers, times.smartbarrel.now());
const smartbarrel = await startSmartbarrelSimulator({
  data: company.smartbarrel,
  now: times.smartbarrel.now,
  rateWindows: assumedRateWindows,
});
const procore = await startProcoreSimulator({
  data: company.procore,
  now: times.procore.now,
  rateWindows: procoreRateWindows,
});
let { sizes } = company;

/** What became of an hour of work, and the number of records since. */
export interface Worked {
  readonly sizes: Sizes;
  /** New timecards by project. */
  readonly created: readonly number[];
  readonly updated: number;
}

function work(entries: number): Worked {
  const created = sizes.timecards.map(() => 0);
  const shifts = Math.round((entries * 0.4) / 2);
  for (let each = 0; each < shifts; each += 1) {
    const worker = (each * 37) % workers;
    const fields = shiftFields(worker, workers, dayBefore(times.smartbarrel.now(), 0));
    smartbarrel.shifts.add(fields, entriesOf(worker, workers, each));
    const project = projectOf(worker, workers);
    created[project] = (created[project] ?? 0) + 2;
  }
  const updated = entries - shifts * 2;
  for (let each = 0; each < updated; each += 1) correct(each);
  const timecards = sizes.timecards.map((count, project) => count + (created[project] ?? 0));
  sizes = { ...sizes, shifts: sizes.shifts + shifts, timecards };
  return { sizes, created, updated };
}

/** Half of the corrections are about yesterday, the others about any day. Who has an even number is not yet approved. */
function correct(each: number): void {
  const worker = (each * 2) % workers;
  const day = each % 2 === 0 ? 1 : 1 + (each % windowDays);
  const shift = day * workers + worker;
  const entries = entriesOf(worker, workers, shift).map((entry, index) => ({
    id: `ent_${shift * 2 + index}`,
    ...entry,
    ...(index === 0 && { hours: 4 }),
  }));
  smartbarrel.shifts.edit(`shf_${shift}`, {}, entries);
}

function tell(what: unknown): void {
  process.stdout.write(`${JSON.stringify(what)}\n`);
}

tell({ smartbarrel: smartbarrel.url, procore: procore.url, sizes });
for await (const line of createInterface({ input: process.stdin })) {
  const [, entries] = /^work (\d+)$/.exec(line) ?? [];
  if (entries !== undefined) tell(work(Number(entries)));
}
await Promise.all([smartbarrel.close(), procore.close()]);
