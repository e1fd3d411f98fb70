import { describe, expect, test } from "vitest";
import { LeaseLostError, type StateStore } from "../../engine/state/store.ts";
import {
  binding,
  contents,
  entry,
  intent,
  link,
  minutesAfter,
  morning,
  run,
  settlement,
  source,
  take,
  target,
} from "./store-samples.ts";
import type { StoreBench } from "./store-suite.ts";

/* Two companies that call everything by the same names. */
export function describeWorkspaces({ state, store, pass }: StoreBench): void {
  const both = () => [state().workspace("harbour"), state().workspace("quarry")] as const;

  describe("workspaces", () => {
    test("have links of their own, for the same source and the same target", async () => {
      const [harbour, quarry] = both();
      expect(await harbour.addLink(link("1"))).toBe(true);
      expect(await quarry.addLink(link("2", { target: target("t-1") }))).toBe(true);
      expect(await store().addLink(link("1", { target: target("other") }))).toBe(true);
      expect(await quarry.addLinks([link("1")])).toHaveLength(1);
      expect((await contents(harbour)).links).toEqual(["1 -> t-1"]);
      expect((await contents(quarry)).links).toEqual(["2 -> t-1"]);
      expect((await contents(store())).links).toEqual(["1 -> other"]);

      const key = { mapping: "people", rule: "users", sourceId: "1" };
      expect(await quarry.removeLink(key)).toBe(false);
      await quarry.refresh([], [link("1", { baseline: { changed: true } })]);
      expect((await harbour.load("people")).links).toEqual([link("1")]);
      expect(await harbour.removeLink(key)).toBe(true);
      expect((await contents(store())).links).toEqual(["1 -> other"]);
    });

    test("have intents of their own, with the same ids", async () => {
      const [harbour, quarry] = both();
      await harbour.begin([], [intent("1", { fields: { first_name: "Ilse" } })]);
      await quarry.begin([], [intent("1", { fields: { first_name: "Ida" } }), intent("2")]);
      expect((await harbour.load("people")).intents).toEqual([
        intent("1", { fields: { first_name: "Ilse" } }),
      ]);
      await harbour.addLink(link("1"));
      expect(await harbour.closeIntent("change-2")).toBe(false);
      expect((await contents(harbour)).intents).toEqual([]);
      expect((await contents(quarry)).intents).toEqual(["change-1", "change-2"]);
    });

    test("settle changes with the same ids of runs with the same ids", async () => {
      const [harbour, quarry] = both();
      for (const one of [harbour, quarry]) {
        expect(await one.startRun(run("run-1"))).toBe(true);
        await one.begin([], [intent("1")]);
      }
      await harbour.settle([], "run-1", [settlement("1", 0)]);
      expect(await contents(quarry)).toEqual({ links: [], intents: ["change-1"] });
      await quarry.settle([], "run-1", [
        settlement("1", 0, { entry: entry(0, { label: "Of the quarry" }) }),
      ]);
      await quarry.addEntries("run-1", [entry(1, { status: "held" })]);
      await harbour.finishRun("run-1", { status: "applied", finishedAt: minutesAfter(1) });

      expect(await harbour.run("run-1")).toMatchObject({
        status: "applied",
        counts: { applied: 1 },
      });
      expect(await quarry.runs(10)).toMatchObject([
        { status: "running", counts: { applied: 1, held: 1 } },
      ]);
      const labels = async (one: StateStore) =>
        (await one.entries("run-1", { from: 0, limit: 10 })).map(({ label }) => label);
      expect(await labels(harbour)).toEqual(["Person 0"]);
      expect(await labels(quarry)).toEqual(["Of the quarry", "Person 1"]);
      const histories = [harbour, quarry].map((one) => one.history(source("1"), 10));
      expect((await Promise.all(histories)).flat().map(({ label }) => label)).toEqual([
        "Person 0",
        "Person 1",
      ]);
      expect(await store().runs(10)).toEqual([]);
    });

    test("remember readings of streams with the same name", async () => {
      const [harbour, quarry] = both();
      const reading = { connection: "wfp", stream: "people", records: 10, at: morning };
      await harbour.recordReadings([reading]);
      await quarry.recordReadings([{ ...reading, records: 20 }]);
      expect(await harbour.pastReadings()).toEqual([reading]);
      expect(await store().pastReadings()).toEqual([]);
    });

    test("bind mappings of one name to accounts of their own, and unbind their own", async () => {
      const [harbour, quarry] = both();
      const here = binding("people", { procore: "4242", wfp: "77" });
      const there = binding("people", { procore: "4343", wfp: "77" });
      expect(await harbour.bind([], here)).toBeNull();
      expect(await quarry.bind([], there)).toBeNull();
      await harbour.addLink(link("1"));
      expect(await quarry.unbind([], "people")).toEqual({ links: 0, intents: 0 });
      expect(await harbour.bindings()).toEqual([here]);
      expect(await quarry.bindings()).toEqual([]);
    });

    test("lease mappings of one name to a process each", async () => {
      const [harbour, quarry] = both();
      const lost = await take(harbour, "people", "first");
      const lease = await take(quarry, "people", "second");
      await harbour.begin([lost], [intent("1")]);
      await expect(harbour.begin([lease], [intent("2")])).rejects.toThrow(LeaseLostError);
      await quarry.releaseLease(lost);
      await harbour.begin([lost], [intent("3")]);

      await pass(120_000);
      await take(harbour, "people", "third");
      await expect(harbour.begin([lost], [intent("4")])).rejects.toThrow(LeaseLostError);
      await quarry.begin([lease], [intent("5")]);
      expect((await contents(harbour)).intents).toEqual(["change-1", "change-3"]);
      expect((await contents(quarry)).intents).toEqual(["change-5"]);
    });

    test("go on when the store of one is closed", async () => {
      const [harbour, quarry] = both();
      await harbour.close();
      expect(await quarry.addLink(link("1"))).toBe(true);
      expect(await state().workspace("harbour").addLink(link("1"))).toBe(true);
    });

    test("are asked for by the same name again", async () => {
      await state().workspace("quarry").addLink(link("1"));
      expect((await contents(state().workspace("quarry"))).links).toEqual(["1 -> t-1"]);
    });

    test.each([["a/b"], ["with space"], ["x".repeat(65)], ["ä"]])("%j names none", (name) => {
      expect(() => state().workspace(name)).toThrow("is not the name of a workspace");
    });

    test.each([["4242"], ["North_2-b"], ["x".repeat(64)]])("%j names one", async (name) => {
      expect((await contents(state().workspace(name))).links).toEqual([]);
    });
  });
}
