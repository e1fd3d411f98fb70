import { describe, expect, it } from "vitest";
import { fakeClock, fakeDeps } from "../support/http-clock.ts";
import { describeBatches } from "./batches.ts";
import type { ConformanceHarness } from "./harness.ts";
import { describeReading } from "./reading.ts";
import { inSession, unstopped } from "./session.ts";
import { describeSchema } from "./stream-schema.ts";
import { describeWindows } from "./windows.ts";
import { describeWriting } from "./writing.ts";

export type * from "./harness.ts";

/**
 * Hello, and welcome. You are writing a connector, and this suite is how the engine knows that it can trust it. Write
 * a harness for it (`harness.ts` says what is wanted, `memory.test.ts` is an example), call this function, and go
 * through the sections from top to bottom: they go from easy to hard, and each begins with the reason why it is there.
 * What your system cannot do is skipped, and the report says so by name.
 */
export function describeConnector(name: string, harness: ConformanceHarness): void {
  describe(name, () => {
    describeConnection(harness);
    for (const [stream, schema] of Object.entries(harness.definition.streams)) {
      describe(stream, () => {
        describeSchema(harness, schema);
        describeReading(harness, stream);
        describeWindows(harness, schema);
        describeWriting(harness, stream);
        describeBatches(harness, stream);
      });
    }
  });
}

/** Whoever configures a connection wants to know that it works, and to whom it leads, before anything is synced. */
function describeConnection(harness: ConformanceHarness): void {
  const streams = Object.keys(harness.definition.streams);
  const [first = ""] = streams;

  it("has the streams that its definition lists, with the same schemas", (context) =>
    inSession(harness, first, context, async ({ connector }) => {
      const schemas = Object.entries(connector.streams).map(([name, { schema }]) => [name, schema]);
      expect(Object.fromEntries(schemas)).toEqual(harness.definition.streams);
    }));

  it("names its account, and the same one every time", (context) =>
    inSession(harness, first, context, async ({ connector, world }) => {
      const again = world.connect(fakeDeps({ clock: fakeClock() }));
      expect(connector.account).not.toBe("");
      expect(again.account).toBe(connector.account);
      await again.close();
    }));

  it("finds everything in order when it is", (context) =>
    inSession(harness, first, context, async ({ connector, keep }) => {
      const lines = keep(await connector.check(unstopped));
      expect(lines.length).toBeGreaterThan(0);
      expect(lines.filter(({ status }) => status === "failed")).toEqual([]);
    }));

  it("says so when the credentials are refused", (context) =>
    inSession(harness, first, context, async ({ connector, world, keep }) => {
      world.refuseCredentials();
      const lines = keep(await connector.check(unstopped));
      const failed = lines.filter(({ status }) => status === "failed");
      expect(failed.length).toBeGreaterThan(0);
      expect(failed.every(({ message }) => message !== "")).toBe(true);
    }));
}
