import { describe, expect, it } from "vitest";
import type { DayWindow, StreamRecord } from "../../engine/connector/connector.ts";
import type { StreamSchema } from "../../engine/connector/schema.ts";
import type { ConformanceHarness } from "./harness.ts";
import { inSession, readAll, type Session, stopped, unstopped } from "./session.ts";

/**
 * Time is read by days, because nobody wants to read that of all years every hour. A record of these days that does not
 * come is made a second time; one of another day that comes is taken for one that nobody has asked about.
 */
export function describeWindows(harness: ConformanceHarness, schema: StreamSchema): void {
  const { stream: name, window } = schema;
  if (window === undefined) return;
  const dayOf = ({ fields }: StreamRecord) => String(fields[window.field]);

  /** Every record, and the days that have some, in their order. */
  async function everything(session: Session): Promise<{
    readonly records: readonly StreamRecord[];
    readonly days: readonly string[];
  }> {
    const { records, result } = await readAll(session);
    expect(result).toBe("end");
    return { records, days: [...new Set(records.map(dayOf))].sort() };
  }

  async function expectExactly(
    session: Session,
    days: DayWindow,
    records: readonly StreamRecord[],
  ): Promise<void> {
    const read = await readAll(session, unstopped, days);
    expect(read.result).toBe("end");
    const wanted = records.filter((one) => dayOf(one) >= days.from && dayOf(one) <= days.to);
    expect(byId(read.records)).toEqual(byId(wanted));
  }

  describe("reading by days", () => {
    it("has data of three days to show it with", (context) =>
      inSession(harness, name, context, async (session) => {
        expect((await everything(session)).days.length).toBeGreaterThanOrEqual(3);
      }));

    it("delivers exactly the records of these days, as the whole reading shows them", (context) =>
      inSession(harness, name, context, async (session) => {
        const { records, days } = await everything(session);
        for (const [index, from] of days.entries()) {
          for (const to of days.slice(index)) await expectExactly(session, { from, to }, records);
        }
      }));

    it("includes both ends, and no day before or after", (context) =>
      inSession(harness, name, context, async (session) => {
        const { records, days } = await everything(session);
        const [first = "", second = ""] = days;
        await expectExactly(session, { from: first, to: first }, records);
        await expectExactly(session, { from: second, to: second }, records);
        await expectExactly(session, { from: dayAfter(first, 1), to: second }, records);
        await expectExactly(session, { from: first, to: dayAfter(second, -1) }, records);
      }));

    it("of days without any record ends with none", (context) =>
      inSession(harness, name, context, async (session) => {
        const { days } = await everything(session);
        const before = dayAfter(days[0] ?? "", -1);
        const read = await readAll(session, unstopped, { from: "1990-01-01", to: before });
        expect(read).toEqual({ events: [{ kind: "end" }], records: [], result: "end" });
      }));

    it("goes over more than one page", (context) =>
      inSession(harness, name, context, async (session) => {
        if (harness.samples[name]?.onePage) context.skip(`${name} comes as one page`);
        const { records, days } = await everything(session);
        const all = { from: days[0] ?? "", to: days.at(-1) ?? "" };
        const read = await readAll(session, unstopped, all);
        expect(read.events.filter(({ kind }) => kind === "records").length).toBeGreaterThan(1);
        expect(new Set(read.records.map(({ id }) => id)).size).toBe(read.records.length);
        await expectExactly(session, all, records);
      }));

    it("that is cut off says so, and never that it reached its end", (context) =>
      inSession(harness, name, context, async (session) => {
        const { records, days } = await everything(session);
        session.world.cutReading(name);
        const all = { from: days[0] ?? "", to: days.at(-1) ?? "" };
        const read = await readAll(session, unstopped, all);
        expect(read.result).toMatchObject({ applied: "no", retry: "later" });
        expect(read.records.length).toBeLessThan(records.length);
      }));

    it("that is stopped before it begins delivers nothing", (context) =>
      inSession(harness, name, context, async (session) => {
        const days = { from: "2026-01-01", to: "2026-12-31" };
        const { result, records } = await readAll(session, stopped, days);
        expect(result).toMatchObject({ code: "cancelled", applied: "no" });
        expect(records).toEqual([]);
        expect(session.deps.events).toEqual([]);
      }));
  });
}

function byId(records: readonly StreamRecord[]): readonly StreamRecord[] {
  return records.toSorted((one, other) => (one.id < other.id ? -1 : 1));
}

function dayAfter(day: string, days: number): string {
  return new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10);
}
