import { describe, expect, it } from "vitest";
import type { ConformanceHarness } from "./harness.ts";
import {
  expectApplied,
  expectCarriedOutOrInDoubt,
  expectFailed,
  expectLost,
  expectNotSent,
  expectRefused,
  inSession,
  item,
  readAll,
  readOne,
  unstopped,
} from "./session.ts";
import { expectHolds, expectUntouched } from "./values.ts";

/** A write must tell the truth: applied, surely not applied, or nobody knows. Duplicates come from getting this wrong. */
export function describeWriting(harness: ConformanceHarness, name: string): void {
  describe("creating", () => {
    it("makes one record with the values that were sent", (context) =>
      inSession(harness, name, context, async (session) => {
        const stream = session.needs("create");
        const { fields } = session.needsSample("create");
        const before = session.world.ids(name);
        const made = expectApplied(session, await stream.create(item(fields[0]), unstopped));
        expect(session.world.ids(name).filter((id) => !before.includes(id))).toEqual([made.id]);
        expectHolds(stream.schema, made, fields[0]);
        session.deps.clock.advance(stream.readLagMs);
        expectHolds(stream.schema, await readOne(session, made.id), fields[0]);
      }));

    it("refused by the system makes none, and gives the reason", (context) =>
      inSession(harness, name, context, async (session) => {
        const stream = session.needs("create");
        const { invalid } = session.needsSample("create");
        const before = session.world.ids(name);
        expectRefused(session, await stream.create(item(invalid), unstopped));
        expect(session.world.ids(name)).toEqual(before);
      }));

    it("whose answer is lost is in doubt, and is not sent again", (context) =>
      inSession(harness, name, context, async (session) => {
        const stream = session.needs("create");
        const { fields } = session.needsSample("create");
        const before = session.world.ids(name);
        session.world.loseAnswer(name, "create");
        expectLost(session, await stream.create(item(fields[0]), unstopped));
        expect(session.world.ids(name)).toHaveLength(before.length + 1);
      }));

    it("whose answer was lost is found again by its origin", (context) =>
      inSession(harness, name, context, async (session) => {
        const finding = session.needs("findByOrigin");
        const stream = session.needs("create");
        const { fields } = session.needsSample("create");
        const before = session.world.ids(name);
        session.world.loseAnswer(name, "create");
        expectLost(session, await stream.create(item(fields[0]), unstopped));
        session.deps.clock.advance(stream.readLagMs);
        const found = session.keep(await finding.findByOrigin("origin/1", unstopped));
        if (found.status !== "found") throw new Error(`Not found: ${JSON.stringify(found)}`);
        expect(session.world.ids(name).filter((id) => !before.includes(id))).toEqual([
          found.record.id,
        ]);
        expectHolds(stream.schema, found.record, fields[0]);
        expect(await finding.findByOrigin("origin/2", unstopped)).toEqual({ status: "missing" });
      }));

    it("does nothing when the run is stopped or the credentials are refused", (context) =>
      inSession(harness, name, context, async (session) => {
        const stream = session.needs("create");
        const { fields } = session.needsSample("create");
        const before = session.world.ids(name);
        await expectNotSent(session, (call) => stream.create(item(fields[0]), call));
        expect(session.world.ids(name)).toEqual(before);
      }));
  });

  describe("updating", () => {
    it("changes the fields of the patch and no others", (context) =>
      inSession(harness, name, context, async (session) => {
        const stream = session.needs("update");
        const { id, patch } = session.needsSample("update");
        const before = await readOne(session, id);
        const result = await stream.update({ record: before, patch }, unstopped);
        const record = expectApplied(session, result);
        expect(record.id).toBe(id);
        expectHolds(stream.schema, record, patch);
        session.deps.clock.advance(stream.readLagMs);
        const after = await readOne(session, id);
        expectHolds(stream.schema, after, patch);
        expectUntouched(stream.schema, before, after, patch);
      }));

    it("is harmless a second time", (context) =>
      inSession(harness, name, context, async (session) => {
        const stream = session.needs("update");
        const { id, patch } = session.needsSample("update");
        const record = await readOne(session, id);
        expectApplied(session, await stream.update({ record, patch }, unstopped));
        const again = await stream.update({ record, patch }, unstopped);
        expectHolds(stream.schema, expectApplied(session, again), patch);
      }));

    it("empties a field with null", (context) =>
      inSession(harness, name, context, async (session) => {
        const stream = session.needs("update");
        const { id, emptied } = session.needsSample("update");
        if (emptied === undefined) return context.skip(`no field of ${name} can be emptied`);
        const record = await readOne(session, id);
        expect(record.fields[emptied] ?? null).not.toBeNull();
        const patch = { [emptied]: null };
        expectApplied(session, await stream.update({ record, patch }, unstopped));
        session.deps.clock.advance(stream.readLagMs);
        expect((await readOne(session, id)).fields[emptied] ?? null).toBeNull();
      }));

    it("refused by the system changes nothing, and gives the reason", (context) =>
      inSession(harness, name, context, async (session) => {
        const stream = session.needs("update");
        const { id, invalid } = session.needsSample("update");
        if (invalid === undefined) return context.skip(`${name} takes any value in an update`);
        const record = await readOne(session, id);
        expectRefused(session, await stream.update({ record, patch: invalid }, unstopped));
        expect(await readOne(session, id)).toEqual(record);
      }));

    it("of a record that is not there says so", (context) =>
      inSession(harness, name, context, async (session) => {
        const stream = session.needs("update");
        const { id, patch } = session.needsSample("update");
        const record = { ...(await readOne(session, id)), id: session.needsSample("missingId") };
        const problem = expectFailed(session, await stream.update({ record, patch }, unstopped));
        expect(problem).toMatchObject({ code: "not-found", applied: "no" });
      }));

    it("whose answer is lost is repeated, or in doubt", (context) =>
      inSession(harness, name, context, async (session) => {
        const stream = session.needs("update");
        const { id, patch } = session.needsSample("update");
        const record = await readOne(session, id);
        session.world.loseAnswer(name, "update");
        expectCarriedOutOrInDoubt(session, await stream.update({ record, patch }, unstopped));
        session.deps.clock.advance(stream.readLagMs);
        expectHolds(stream.schema, await readOne(session, id), patch);
      }));

    it("does nothing when the run is stopped or the credentials are refused", (context) =>
      inSession(harness, name, context, async (session) => {
        const stream = session.needs("update");
        const { id, patch } = session.needsSample("update");
        const record = await readOne(session, id);
        await expectNotSent(session, (call) => stream.update({ record, patch }, call));
      }));
  });

  describe("removing", () => {
    it("deletes the record, and has nothing against doing it twice", (context) =>
      inSession(harness, name, context, async (session) => {
        const stream = session.needs("remove");
        const { id } = session.needsSample("remove");
        const record = await readOne(session, id);
        expectApplied(session, await stream.remove(record, unstopped));
        expect(session.world.ids(name)).not.toContain(id);
        expectApplied(session, await stream.remove(record, unstopped));
        session.deps.clock.advance(stream.readLagMs);
        const { records, result } = await readAll(session);
        expect(result).toBe("end");
        expect(records.map((left) => left.id)).not.toContain(id);
      }));

    it("whose answer is lost is repeated, or in doubt", (context) =>
      inSession(harness, name, context, async (session) => {
        const stream = session.needs("remove");
        const { id } = session.needsSample("remove");
        const record = await readOne(session, id);
        session.world.loseAnswer(name, "remove");
        expectCarriedOutOrInDoubt(session, await stream.remove(record, unstopped));
        expect(session.world.ids(name)).not.toContain(id);
      }));

    it("does nothing when the run is stopped or the credentials are refused", (context) =>
      inSession(harness, name, context, async (session) => {
        const stream = session.needs("remove");
        const { id } = session.needsSample("remove");
        const record = await readOne(session, id);
        await expectNotSent(session, (call) => stream.remove(record, call));
        expect(session.world.ids(name)).toContain(id);
      }));
  });
}
