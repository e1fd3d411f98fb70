import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { QuietWindow } from "../../engine/config/quiet.ts";
import { nextQuietStart, quietUntil } from "../../server/schedule/quiet.ts";

/* When nothing is written, by the clocks of the company. */

const everyDay = [0, 1, 2, 3, 4, 5, 6];
const [sunday, monday, tuesday, friday] = [0, 1, 2, 5];

const clock = (text: string) => {
  const [hours = 0, minutes = 0] = text.split(":").map(Number);
  return hours * 60 + minutes;
};

const window = (from: string, until: string, days: readonly number[] = everyDay): QuietWindow => ({
  days,
  from: clock(from),
  until: clock(until),
});

const until = (windows: readonly QuietWindow[], at: string, timezone = "UTC") =>
  quietUntil(windows, timezone, new Date(at))?.toISOString() ?? null;

const begins = (windows: readonly QuietWindow[], at: string, timezone = "UTC") =>
  nextQuietStart(windows, timezone, new Date(at))?.toISOString() ?? null;

describe("inside and outside", () => {
  // 2026-03-02 is a Monday.
  const morning = [window("06:00", "09:00", [monday, tuesday])];

  test.each([
    ["2026-03-02T05:59:59.999Z", null],
    ["2026-03-02T06:00:00Z", "2026-03-02T09:00:00.000Z"],
    ["2026-03-02T08:59:59.999Z", "2026-03-02T09:00:00.000Z"],
    ["2026-03-02T09:00:00Z", null],
    ["2026-03-03T07:13:20Z", "2026-03-03T09:00:00.000Z"],
    ["2026-03-04T07:00:00Z", null],
  ])("at %s", (at, end) => {
    expect(until(morning, at)).toBe(end);
  });

  test.each([
    ["2026-03-02T05:00:00Z", "2026-03-02T06:00:00.000Z"],
    // From inside of one, and at the moment at which it begins, the one after it.
    ["2026-03-02T06:00:00Z", "2026-03-03T06:00:00.000Z"],
    ["2026-03-02T07:00:30Z", "2026-03-03T06:00:00.000Z"],
    ["2026-03-03T09:00:00Z", "2026-03-09T06:00:00.000Z"],
  ])("the one after %s begins", (at, start) => {
    expect(begins(morning, at)).toBe(start);
  });

  test("a window of one day a week is found from its own day", () => {
    const weekly = [window("06:00", "09:00", [monday])];
    expect(begins(weekly, "2026-03-02T06:30:00Z")).toBe("2026-03-09T06:00:00.000Z");
  });

  test("a project without windows is never quiet", () => {
    expect(until([], "2026-03-02T06:00:00Z")).toBe(null);
    expect(begins([], "2026-03-02T06:00:00Z")).toBe(null);
  });
});

describe("over midnight", () => {
  const nights = [window("22:00", "05:00", [friday])];

  test("the days are those on which it begins", () => {
    expect(until(nights, "2026-03-06T23:00:00Z")).toBe("2026-03-07T05:00:00.000Z");
    expect(until(nights, "2026-03-07T04:59:00Z")).toBe("2026-03-07T05:00:00.000Z");
    expect(until(nights, "2026-03-06T04:59:00Z")).toBe(null);
    expect(until(nights, "2026-03-07T23:00:00Z")).toBe(null);
  });

  test("until and from at one minute are a whole day", () => {
    expect(until([window("06:00", "06:00", [friday])], "2026-03-06T06:00:00Z")).toBe(
      "2026-03-07T06:00:00.000Z",
    );
  });
});

describe("several windows", () => {
  test("those that adjoin or overlap are one", () => {
    const windows = [window("06:00", "09:00"), window("09:00", "10:00"), window("08:00", "09:30")];
    expect(until(windows, "2026-03-02T06:30:00Z")).toBe("2026-03-02T10:00:00.000Z");
    expect(begins(windows, "2026-03-02T06:30:00Z")).toBe("2026-03-03T06:00:00.000Z");
  });

  test("they adjoin over midnight and over days", () => {
    const windows = [window("20:00", "24:00", [sunday]), window("00:00", "04:00", [monday])];
    expect(until(windows, "2026-03-01T21:00:00Z")).toBe("2026-03-02T04:00:00.000Z");
  });

  test("windows without a gap end later than anybody waits", () => {
    const at = new Date("2026-03-02T06:00:00Z");
    const end = quietUntil([window("00:00", "00:00")], "UTC", at);
    expect((end?.getTime() ?? 0) - at.getTime()).toBeGreaterThan(7 * 24 * 3_600_000);
    expect(nextQuietStart([window("00:00", "00:00")], "UTC", at)).toBe(null);
  });
});

describe("zones", () => {
  test("the days and hours are those of the company", () => {
    const windows = [window("06:00", "09:00", [monday])];
    // Monday 07:00 in Auckland is Sunday evening in UTC.
    expect(until(windows, "2026-03-01T18:00:00Z", "Pacific/Auckland")).toBe(
      "2026-03-01T20:00:00.000Z",
    );
    expect(until(windows, "2026-03-02T07:00:00Z", "Pacific/Auckland")).toBe(null);
  });

  test("offsets that are no whole hours", () => {
    expect(until([window("06:00", "09:00")], "2026-03-02T01:00:00Z", "Asia/Kathmandu")).toBe(
      "2026-03-02T03:15:00.000Z",
    );
  });
});

describe("clocks that are changed", () => {
  // 2026-03-08, 2:00 becomes 3:00. 2026-11-01, 2:00 becomes 1:00.
  const denver = "America/Denver";

  test("forward: a window over the change is an hour shorter", () => {
    const windows = [window("01:00", "04:00")];
    expect(until(windows, "2026-03-08T08:30:00Z", denver)).toBe("2026-03-08T10:00:00.000Z");
    expect(begins(windows, "2026-03-08T07:30:00Z", denver)).toBe("2026-03-08T08:00:00.000Z");
  });

  test("forward: a window that ends in the hour that is skipped ends with the change", () => {
    expect(until([window("01:00", "02:30")], "2026-03-08T08:30:00Z", denver)).toBe(
      "2026-03-08T09:00:00.000Z",
    );
  });

  test("forward: a window in the hour that is skipped is left out", () => {
    expect(begins([window("02:10", "02:40")], "2026-03-08T07:00:00Z", denver)).toBe(
      "2026-03-09T08:10:00.000Z",
    );
  });

  test("back: a window over the change is an hour longer", () => {
    expect(until([window("00:30", "03:00")], "2026-11-01T07:00:00Z", denver)).toBe(
      "2026-11-01T10:00:00.000Z",
    );
  });

  test("back: an hour that is shown twice is kept twice", () => {
    const windows = [window("01:15", "01:45")];
    expect(until(windows, "2026-11-01T07:30:00Z", denver)).toBe("2026-11-01T07:45:00.000Z");
    expect(until(windows, "2026-11-01T08:00:00Z", denver)).toBe(null);
    expect(begins(windows, "2026-11-01T07:30:00Z", denver)).toBe("2026-11-01T08:15:00.000Z");
    expect(until(windows, "2026-11-01T08:30:00Z", denver)).toBe("2026-11-01T08:45:00.000Z");
  });

  test("back: a window that begins at the end of the repeated hour goes on when the hour comes again", () => {
    const windows = [window("01:00", "02:00")];
    expect(until(windows, "2026-11-01T07:30:00Z", denver)).toBe("2026-11-01T09:00:00.000Z");
  });

  test("at midnight, and by half an hour", () => {
    // Santiago skips 0:00 to 1:00 on 2026-09-06; Lord Howe goes back from 2:00 to 1:30 on 2026-04-05.
    expect(until([window("22:00", "01:00")], "2026-09-06T02:30:00Z", "America/Santiago")).toBe(
      "2026-09-06T04:00:00.000Z",
    );
    expect(until([window("01:00", "02:00")], "2026-04-04T14:30:00Z", "Australia/Lord_Howe")).toBe(
      "2026-04-04T15:30:00.000Z",
    );
  });
});

test("each end and start is the first minute at which the clocks say so", () => {
  const minutes = fc.integer({ min: 0, max: 1_440 / 15 - 1 }).map((quarter) => quarter * 15);
  const windows = fc.array(
    fc.record({
      days: fc.uniqueArray(fc.integer({ min: 0, max: 6 }), { minLength: 1, maxLength: 3 }),
      from: minutes,
      until: minutes,
    }),
    { minLength: 1, maxLength: 3 },
  );
  const zones = fc.constantFrom("UTC", "America/Denver", "Australia/Lord_Howe", "Asia/Kathmandu");
  // Around the days on which clocks are changed.
  const days = fc.constantFrom("2026-03-07", "2026-10-31", "2026-04-04", "2026-10-03");
  const at = fc
    .tuple(days, fc.integer({ min: 0, max: 2 * 96 }))
    .map(([day, quarter]) => new Date(Date.parse(day) + quarter * 15 * 60_000));
  fc.assert(
    fc.property(windows, zones, at, (some, zone, moment) => {
      const shown = new Intl.DateTimeFormat("en-GB", {
        timeZone: zone,
        weekday: "short",
        hour: "2-digit",
        minute: "2-digit",
      });
      const names = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
      const quiet = (time: number) => {
        const [, day = "", rest = ""] = /^(\w+) (\d\d:\d\d)$/.exec(shown.format(time)) ?? [];
        const today = names.indexOf(day);
        return some.some((one) => {
          const isLong = one.until <= one.from;
          const began = (which: number) => one.days.includes(which);
          const now = clock(rest);
          if (!isLong) return began(today) && now >= one.from && now < one.until;
          return (began(today) && now >= one.from) || (began((today + 6) % 7) && now < one.until);
        });
      };
      const step = 15 * 60_000;
      const most = moment.getTime() + 7 * 96 * step;
      const first = (isIt: (time: number) => boolean) => {
        for (let time = moment.getTime() + step; time < most; time += step) {
          if (isIt(time)) return time;
        }
        return undefined;
      };
      const end = quiet(moment.getTime()) ? first((time) => !quiet(time)) : undefined;
      if (!quiet(moment.getTime())) expect(quietUntil(some, zone, moment)).toBe(null);
      else if (end !== undefined) expect(quietUntil(some, zone, moment)?.getTime()).toBe(end);
      const start = first((time) => quiet(time) && !quiet(time - step));
      if (start !== undefined) {
        expect(nextQuietStart(some, zone, moment)?.getTime()).toBe(start);
      }
    }),
    { numRuns: 60 },
  );
});
