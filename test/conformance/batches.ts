import { describe, expect, it } from "vitest";
import type { CreateItem, WriteResult } from "../../engine/connector/connector.ts";
import type { StreamSchema } from "../../engine/connector/schema.ts";
import type { ConformanceHarness } from "./harness.ts";
import {
  expectApplied,
  expectCarriedOutOrInDoubt,
  expectFailed,
  expectLost,
  expectRefused,
  inSession,
  item,
  readOne,
  stopped,
  unstopped,
} from "./session.ts";
import { expectHolds } from "./values.ts";

/** In a batch, one bad record must not stop the others, and every record learns what became of it. */
export function describeBatches(harness: ConformanceHarness, name: string): void {
  describe("creating many", () => {
    it("makes the good ones and refuses the bad one, with results in order", (context) =>
      inSession(harness, name, context, async (session) => {
        const stream = session.needs("createMany");
        const { fields, invalid } = session.needsSample("create");
        const before = session.world.ids(name);
        const items = [fields[0], invalid, fields[1]].map(item);
        expectAlike(stream.schema, items);
        const results = session.keep(await stream.createMany(items, unstopped));
        expect(results).toHaveLength(3);
        const first = expectApplied(session, results[0]);
        expectRefused(session, results[1]);
        const last = expectApplied(session, results[2]);
        expectHolds(stream.schema, first, fields[0]);
        expectHolds(stream.schema, last, fields[1]);
        const made = session.world.ids(name).filter((id) => !before.includes(id));
        expect(made.toSorted()).toEqual([first.id, last.id].sort());
      }));

    it("of nothing does nothing", (context) =>
      inSession(harness, name, context, async (session) => {
        const stream = session.needs("createMany");
        expect(await stream.createMany([], unstopped)).toEqual([]);
        expect(session.deps.events).toEqual([]);
      }));

    it("whose answer is lost is in doubt, every one of them, and is not sent again", (context) =>
      inSession(harness, name, context, async (session) => {
        const stream = session.needs("createMany");
        const { fields } = session.needsSample("create");
        const before = session.world.ids(name);
        session.world.loseAnswer(name, "createMany");
        const results = await stream.createMany(fields.map(item), unstopped);
        expect(results).toHaveLength(2);
        for (const result of results) expectLost(session, result);
        expect(session.world.ids(name)).toHaveLength(before.length + 2);
      }));

    it("does nothing when the run is stopped or the credentials are refused", (context) =>
      inSession(harness, name, context, async (session) => {
        const stream = session.needs("createMany");
        const items = session.needsSample("create").fields.map(item);
        const before = session.world.ids(name);
        expectAllFailed(await stream.createMany(items, stopped), "cancelled");
        session.world.refuseCredentials();
        const refused = session.keep(await stream.createMany(items, unstopped));
        expectAllFailed(refused, "credentials-refused");
        expect(session.world.ids(name)).toEqual(before);
      }));
  });

  describe("updating many", () => {
    it("changes the records that are there, with results in order", (context) =>
      inSession(harness, name, context, async (session) => {
        const stream = session.needs("updateMany");
        const { id, patch } = session.needsSample("update");
        const record = await readOne(session, id);
        const missing = { ...record, id: session.needsSample("missingId") };
        const items = [
          { record: missing, patch },
          { record, patch },
        ];
        const results = session.keep(await stream.updateMany(items, unstopped));
        expect(results).toHaveLength(2);
        expect(expectFailed(session, results[0])).toMatchObject({ applied: "no" });
        const changed = expectApplied(session, results[1]);
        expect(changed.id).toBe(id);
        session.deps.clock.advance(stream.readLagMs);
        expectHolds(stream.schema, await readOne(session, id), patch);
      }));

    it("whose answer is lost is repeated, or in doubt", (context) =>
      inSession(harness, name, context, async (session) => {
        const stream = session.needs("updateMany");
        const { id, patch } = session.needsSample("update");
        const record = await readOne(session, id);
        session.world.loseAnswer(name, "updateMany");
        const [result] = await stream.updateMany([{ record, patch }], unstopped);
        expectCarriedOutOrInDoubt(session, result);
        session.deps.clock.advance(stream.readLagMs);
        expectHolds(stream.schema, await readOne(session, id), patch);
      }));

    it("does nothing when the run is stopped or the credentials are refused", (context) =>
      inSession(harness, name, context, async (session) => {
        const stream = session.needs("updateMany");
        const { id, patch } = session.needsSample("update");
        const record = await readOne(session, id);
        expectAllFailed(await stream.updateMany([{ record, patch }], stopped), "cancelled");
        session.world.refuseCredentials();
        const refused = session.keep(await stream.updateMany([{ record, patch }], unstopped));
        expectAllFailed(refused, "credentials-refused");
      }));
  });
}

/** Nobody asks a stream to make together what its schema wants apart; so neither may the samples. */
function expectAlike({ batchMax }: StreamSchema, items: readonly CreateItem[]): void {
  const { alike } = batchMax ?? {};
  const values = items.map(({ fields }) => alike !== undefined && fields[alike]);
  expect(new Set(values).size).toBe(1);
}

function expectAllFailed(results: readonly WriteResult[], code: string): void {
  expect(results.length).toBeGreaterThan(0);
  for (const result of results)
    expect(result).toMatchObject({ status: "failed", problem: { code, applied: "no" } });
}
