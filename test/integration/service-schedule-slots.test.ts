import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { jitterMs } from "../../server/schedule/jitter.ts";
import { nextRunAt } from "../../server/schedule/next-run.ts";
import { latestSlot, nextSlot, openSlotBook, scheduleOf } from "../../server/schedule/slots.ts";
import { mappingOf, projectOf } from "../support/service-upkeep.ts";

/* The moments at which a mapping is due, and when it is started for them. */

const date = (text: string) => new Date(text);

describe("slots", () => {
  test("a mapping that says nothing runs every hour", () => {
    expect(scheduleOf(mappingOf("people"))).toBe("0 * * * *");
    expect(scheduleOf(mappingOf("people", "5 4 * * *"))).toBe("5 4 * * *");
    expect(scheduleOf(mappingOf("people", "never"))).toBe(null);
  });

  test("the moment of a slot is in it", () => {
    expect(latestSlot("0 * * * *", "UTC", date("2026-03-02T10:00:00Z"))).toEqual(
      date("2026-03-02T10:00:00Z"),
    );
    expect(latestSlot("0 * * * *", "UTC", date("2026-03-02T09:59:59.999Z"))).toEqual(
      date("2026-03-02T09:00:00Z"),
    );
    expect(nextSlot("0 * * * *", "UTC", date("2026-03-02T10:00:00Z"))).toEqual(
      date("2026-03-02T11:00:00Z"),
    );
  });

  test("an hour that the clocks show twice has two slots", () => {
    const slots = ["2026-11-01T07:59:00Z", "2026-11-01T08:59:00Z"].map((at) =>
      latestSlot("0 * * * *", "America/Denver", date(at))?.toISOString(),
    );
    expect(slots).toEqual(["2026-11-01T07:00:00.000Z", "2026-11-01T08:00:00.000Z"]);
  });

  test("the book knows what is worked out anew", () => {
    const moments = fc.date({
      min: date("2026-01-01"),
      max: date("2027-01-01"),
      noInvalidDate: true,
    });
    const schedules = fc.constantFrom("0 * * * *", "*/7 3-5 * * *", "30 2 * * mon", "0 0 29 2 *");
    const zones = fc.constantFrom("UTC", "America/Denver", "Australia/Lord_Howe");
    fc.assert(
      fc.property(
        fc.array(fc.tuple(schedules, zones, moments), { minLength: 1, maxLength: 8 }),
        (questions) => {
          const book = openSlotBook();
          for (const [schedule, zone, at] of [...questions, ...questions]) {
            expect(book.latest(schedule, zone, at)).toEqual(latestSlot(schedule, zone, at));
            expect(book.next(schedule, zone, at)).toEqual(nextSlot(schedule, zone, at));
          }
        },
      ),
      { numRuns: 40 },
    );
  });
});

describe("putting off", () => {
  const companies = Array.from({ length: 300 }, (_, index) => `company-${index}`);
  const waits = companies.map((company) => jitterMs(company, "people", 600));

  test("a mapping is always put off by the same time, which is within the limit", () => {
    expect(companies.map((company) => jitterMs(company, "people", 600))).toEqual(waits);
    expect(Math.min(...waits)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...waits)).toBeLessThan(600_000);
    expect(jitterMs("company-1", "people", 0)).toBe(0);
  });

  test("companies start evenly, and the mappings of one do not start together", () => {
    const minutes = Map.groupBy(waits, (wait) => Math.floor(wait / 60_000));
    expect(minutes.size).toBe(10);
    expect(Math.max(...[...minutes.values()].map((some) => some.length))).toBeLessThan(60);
    expect(jitterMs("company-1", "people", 600)).not.toBe(jitterMs("company-1", "projects", 600));
  });
});

describe("when a mapping starts next, for people", () => {
  const next = (
    at: string,
    {
      schedule,
      jitterSeconds = 0,
      quiet = [],
    }: Partial<Parameters<typeof nextRunAt>[0]> & {
      readonly schedule?: string;
      readonly quiet?: Parameters<typeof nextRunAt>[0]["project"]["quiet"];
    } = {},
  ) =>
    nextRunAt({
      workspace: "northridge",
      project: projectOf([], { quiet }),
      mapping: mappingOf("people", schedule),
      jitterSeconds,
      slots: openSlotBook(),
      at: date(at),
    })?.toISOString();

  test("by its schedule", () => {
    expect(next("2026-03-02T10:00:00Z")).toBe("2026-03-02T11:00:00.000Z");
    expect(next("2026-03-02T10:00:00Z", { schedule: "never" })).toBe(undefined);
    expect(next("2026-03-02T10:00:00Z", { schedule: "0 0 30 2 *" })).toBe(undefined);
  });

  test("with the time by which it is put off", () => {
    const wait = jitterMs("northridge", "people", 600);
    const start = date("2026-03-02T10:00:00Z").getTime() + wait;
    expect(next("2026-03-02T10:00:00Z", { jitterSeconds: 600 })).toBe(
      new Date(start).toISOString(),
    );
    expect(next(new Date(start).toISOString(), { jitterSeconds: 600 })).toBe(
      new Date(start + 3_600_000).toISOString(),
    );
  });

  test("after the window in which nothing is written", () => {
    const quiet = [{ days: [1], from: 10 * 60 + 30, until: 14 * 60 + 15 }];
    expect(next("2026-03-02T10:00:00Z", { quiet })).toBe("2026-03-02T14:15:00.000Z");
  });
});
