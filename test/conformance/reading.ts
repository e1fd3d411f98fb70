import { describe, expect, it } from "vitest";
import type { ConformanceHarness } from "./harness.ts";
import { inSession, readAll, stopped, unstopped } from "./session.ts";
import { misfits } from "./values.ts";

/** A record counts as gone only if a complete reading does not show it. So a reading must show all, or say that it does not. */
export function describeReading(harness: ConformanceHarness, name: string): void {
  describe("reading", () => {
    it("delivers every record, active or not, each of them once", (context) =>
      inSession(harness, name, context, async (session) => {
        const { records, result } = await readAll(session);
        expect(result).toBe("end");
        const ids = records.map(({ id }) => id);
        expect(new Set(ids).size).toBe(ids.length);
        expect(ids.toSorted()).toEqual([...session.world.ids(name)].sort());
        expect(ids.length).toBeGreaterThan(0);
      }));

    it("goes over more than one page", (context) =>
      inSession(harness, name, context, async (session) => {
        if (harness.samples[name]?.onePage) context.skip(`${name} comes as one page`);
        const { events } = await readAll(session);
        expect(events.filter(({ kind }) => kind === "records").length).toBeGreaterThan(1);
      }));

    it("delivers declared fields only, with values of their types", (context) =>
      inSession(harness, name, context, async (session) => {
        const { records } = await readAll(session);
        expect(records.flatMap((record) => misfits(session.stream.schema, record))).toEqual([]);
      }));

    it("delivers the same again", (context) =>
      inSession(harness, name, context, async (session) => {
        const first = await readAll(session);
        expect((await readAll(session)).records).toEqual(first.records);
      }));

    it("that is cut off says so, and never that it reached its end", (context) =>
      inSession(harness, name, context, async (session) => {
        session.world.cutReading(name);
        const { result, records } = await readAll(session);
        expect(result).toMatchObject({ applied: "no", retry: "later" });
        expect(records.length).toBeLessThan(session.world.ids(name).length);
      }));

    it("that is stopped before it begins delivers nothing", (context) =>
      inSession(harness, name, context, async (session) => {
        const { result, records } = await readAll(session, stopped);
        expect(result).toMatchObject({ code: "cancelled", applied: "no" });
        expect(records).toEqual([]);
        expect(session.deps.events).toEqual([]);
      }));

    it("that is stopped half way says so", (context) =>
      inSession(harness, name, context, async (session) => {
        if (harness.samples[name]?.onePage) context.skip(`${name} comes as one page`);
        const stop = new AbortController();
        const kinds: string[] = [];
        for await (const event of session.stream.read({ signal: stop.signal })) {
          kinds.push(event.kind);
          if (event.kind === "stopped") expect(event.problem.code).toBe("cancelled");
          stop.abort();
        }
        expect(kinds).toEqual(["records", "stopped"]);
      }));

    it("stops when the credentials are refused", (context) =>
      inSession(harness, name, context, async (session) => {
        session.world.refuseCredentials();
        const { result } = await readAll(session);
        expect(result).toMatchObject({ code: "credentials-refused", retry: "never" });
      }));

    it("of one record finds it, as the whole reading shows it", (context) =>
      inSession(harness, name, context, async (session) => {
        const stream = session.needs("get");
        const [record] = (await readAll(session)).records;
        const result = session.keep(await stream.get(record?.id ?? "", unstopped));
        expect(result).toEqual({ status: "found", record });
      }));

    it("of one record that is not there says so", (context) =>
      inSession(harness, name, context, async (session) => {
        const stream = session.needs("get");
        const missingId = session.needsSample("missingId");
        expect(session.keep(await stream.get(missingId, unstopped))).toEqual({ status: "missing" });
      }));

    it("of one record that cannot be asked for does not say that it is missing", (context) =>
      inSession(harness, name, context, async (session) => {
        const stream = session.needs("get");
        const missingId = session.needsSample("missingId");
        session.world.refuseCredentials();
        const result = session.keep(await stream.get(missingId, unstopped));
        expect(result).toMatchObject({
          status: "failed",
          problem: { code: "credentials-refused", applied: "no" },
        });
      }));
  });
}
