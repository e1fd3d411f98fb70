import fc from "fast-check";
import { expect, test } from "vitest";
import { dayOfInstant } from "../../connectors/workforce-planning/days.ts";
import { type DayStorage, storedDay } from "../../connectors/workforce-planning/simulator/days.ts";
import { call, openOffice, readAll, recordIn } from "../support/workforce-planning-office.ts";

/*
 * A date of a project is a day, and travels as an instant. Whatever the zone and the day, and whichever of the two
 * instants that make sense the product keeps, the day that is read is the day that was written.
 */

const msPerDay = 86_400_000;
const [from, until] = [Date.UTC(1990, 0, 1), Date.UTC(2060, 11, 31)];
const storages: readonly DayStorage[] = ["zone", "utc"];

/** Shorter than any time for which a zone has changed its clocks and then changed them back. */
const stepMs = 15 * msPerDay;

const zones = [...Intl.supportedValuesOf("timeZone"), "UTC", "US/Pacific", "Asia/Kathmandu"];
/** Zones of the Pacific have left out these when they changed sides of the date line. */
const daysLeftOut = ["1993-08-21", "1994-12-31", "2011-12-30"];

const everyZone = fc.constantFrom(...zones);
const everyDay = fc
  .integer({ min: from / msPerDay, max: until / msPerDay })
  .map((day) => dayAt(day * msPerDay))
  .filter((day) => !daysLeftOut.includes(day));

function dayAt(ms: number): string {
  return new Date(ms).toISOString().slice(0, "YYYY-MM-DD".length);
}

/** By how much the clocks of a zone are ahead of UTC: asked for in another way than the code under test does it. */
function offsets(zone: string): (ms: number) => number {
  const format = new Intl.DateTimeFormat("en-US", { timeZone: zone, timeZoneName: "longOffset" });
  return (ms) => {
    const [, sign, hours = 0, minutes = 0, seconds = 0] =
      /GMT(?:([+-])(\d\d):(\d\d)(?::(\d\d))?)?$/.exec(format.format(ms)) ?? [];
    const total = (Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds);
    return (sign === "-" ? -total : total) * 1_000;
  };
}

/** All years of the past and the near future; after that the clocks change by the same rules year after year. */
const years = [...Array.from({ length: 41 }, (_, at) => 1990 + at), 2040, 2050, 2060];

/** The days on which the clocks of a zone change, and their neighbours. */
function daysOfChange(offsetAt: (ms: number) => number): ReadonlySet<string> {
  const days = new Set<string>();
  for (const year of years) {
    for (let ms = Date.UTC(year); ms < Date.UTC(year + 1); ms += stepMs) {
      const [before, after] = [offsetAt(ms), offsetAt(ms + stepMs)];
      if (after === before) continue;
      let [low, high] = [ms, ms + stepMs];
      while (high - low > msPerDay / 24) {
        const middle = (low + high) / 2;
        if (offsetAt(middle) === before) low = middle;
        else high = middle;
      }
      for (const neighbour of [-1, 0, 1]) days.add(dayAt(low + before + neighbour * msPerDay));
      for (const neighbour of [-1, 0, 1]) days.add(dayAt(high + after + neighbour * msPerDay));
    }
  }
  return days;
}

function readAgain(day: string, zone: string, storage: DayStorage): string | null {
  return dayOfInstant(storedDay({ day }, zone, storage), zone);
}

test("in every zone the days around every change of the clocks are read as they were written", () => {
  const wrong: unknown[] = [];
  const leftOut = new Set<string>();
  for (const zone of zones) {
    const offsetAt = offsets(zone);
    const clockDay = (ms: number) => dayAt(ms + offsetAt(ms));
    for (const day of daysOfChange(offsetAt)) {
      const start = storedDay({ day }, zone, "zone");
      const [first, last] = [clockDay(start), clockDay(start - 1)];
      if (first > day && last < day) {
        // It is read as the next day, but where it is kept in UTC it is read right.
        leftOut.add(day);
      } else if (first !== day || last >= day) wrong.push({ zone, day, start, first, last });
      const again = [dayOfInstant(start, zone), readAgain(day, zone, "utc")];
      if (again[0] !== first || again[1] !== day) wrong.push({ zone, day, again });
    }
  }
  expect(wrong).toEqual([]);
  expect([...leftOut].sort()).toEqual(daysLeftOut);
});

test("any day in any zone is read as it was written", () => {
  fc.assert(
    fc.property(everyZone, everyDay, fc.constantFrom(...storages), (zone, day, storage) => {
      expect(readAgain(day, zone, storage)).toBe(day);
    }),
    { numRuns: 5_000 },
  );
});

test("any instant is read as the day on which it falls, in its zone or at 00:00 UTC in UTC", () => {
  const instant = fc.oneof(
    fc.integer({ min: from, max: until }),
    everyDay.map((day) => Date.parse(day)),
  );
  fc.assert(
    fc.property(everyZone, instant, (zone, ms) => {
      const days = [dayAt(ms + offsets(zone)(ms)), ...(ms % msPerDay === 0 ? [dayAt(ms)] : [])];
      expect(days).toContain(dayOfInstant(ms, zone));
    }),
    { numRuns: 2_000 },
  );
});

/** Far from UTC on both sides, off the hour, and with days that have no midnight or two of them. */
const tellingZones = fc.constantFrom(
  ...["Pacific/Kiritimati", "Pacific/Pago_Pago", "Asia/Kathmandu", "Australia/Lord_Howe"],
  ...["America/Santiago", "Asia/Beirut", "Africa/Cairo", "America/Havana", "America/St_Johns"],
  ...["Atlantic/Azores", "America/Los_Angeles", "Europe/London", "UTC"],
);

/** A day that has no midnight in some of these zones, or two. */
const oddDays = ["2024-09-08", "2025-03-30", "2025-04-25", "2026-03-08", "2008-11-02"];

const tellingDays = fc.oneof(fc.constantFrom(...oddDays), everyDay);

test.each(storages)("a project keeps its days over the wire, kept in %s", async (projectDays) => {
  const data = { groups: [{ id: "north", name: "North", timezone: "America/Santiago" }] };
  const { projects } = await openOffice({ data, projectDays, strictProjectUpdates: true });
  const written = new Map<string, object>();
  await fc.assert(
    fc.asyncProperty(
      fc.option(tellingZones),
      fc.option(tellingZones),
      fc.tuple(tellingDays, fc.option(tellingDays), fc.option(tellingDays)),
      async (timezone, moved, [start_date, est_end_date, closed_date]) => {
        const days = { start_date, est_end_date, closed_date };
        const fields = { name: "Depot", status: "active", group_ids: "north", timezone, ...days };
        const { id } = recordIn(await projects.create?.({ fields, originId: "" }, call));
        const record = recordIn(await projects.get?.(id, call));
        expect(record.fields).toMatchObject(days);
        const patch = { timezone: moved };
        const updated = recordIn(await projects.update?.({ record, patch }, call));
        expect(updated.fields).toMatchObject({ ...days, timezone: moved });
        written.set(id, updated);
      },
    ),
    { numRuns: 60 },
  );
  const { records, problem } = await readAll(projects);
  expect(problem).toBeNull();
  expect(new Map(records.map((record) => [record.id, record]))).toEqual(written);
});
