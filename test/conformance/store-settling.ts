import { describe, expect, test } from "vitest";
import {
  contents,
  entry,
  intent,
  link,
  plainSettlement,
  run,
  settlement,
  source,
  target,
} from "./store-samples.ts";
import type { StoreBench } from "./store-suite.ts";

export function describeSettling({ store }: StoreBench): void {
  describe("settling", () => {
    test("an applied create stores its link, closes its intent and is logged", async () => {
      await store().startRun(run("run-1"));
      await store().begin([], [intent("1")]);
      await store().settle([], "run-1", [settlement("1", 0)]);
      expect(await store().load("people")).toEqual({
        links: [link("1", { origin: "created" })],
        intents: [],
      });
      expect(await store().entries("run-1", { from: 0, limit: 10 })).toEqual([
        entry(0, { source: source("1") }),
      ]);
    });

    test("a change in doubt leaves its intent open", async () => {
      await store().startRun(run("run-1"));
      await store().begin([], [intent("1"), intent("2")]);
      await store().settle([], "run-1", [
        plainSettlement("1", 0, false),
        plainSettlement("2", 1, true),
      ]);
      expect(await contents(store())).toEqual({ links: [], intents: ["change-1"] });
    });

    test("a link answers every open create of its source and rule, and no other question", async () => {
      await store().startRun(run("run-1"));
      await store().begin(
        [],
        [
          intent("1", { changeId: "doubt-of-last-week" }),
          intent("1", { changeId: "doubt-of-contact", rule: "contacts" }),
          intent("1", { changeId: "update", kind: "update", target: target("t-1") }),
          intent("2"),
        ],
      );
      await store().settle([], "run-1", [settlement("1", 0, { changeId: "link-1" })]);
      expect((await contents(store())).intents).toEqual(["change-2", "doubt-of-contact", "update"]);
    });

    test("an unlink removes the link of that source and rule", async () => {
      await store().startRun(run("run-1"));
      await store().addLink(link("1"));
      await store().addLink(link("1", { rule: "contacts", target: target("contact") }));
      await store().settle([], "run-1", [
        {
          ...plainSettlement("1", 0, true),
          unlink: { mapping: "people", rule: "users", source: source("1") },
        },
      ]);
      expect((await contents(store())).links).toEqual(["1 -> contact"]);
    });

    test("a link takes the place of the one that its source has by that rule", async () => {
      await store().startRun(run("run-1"));
      await store().addLink(link("1"));
      await store().settle([], "run-1", [
        settlement("1", 0, { link: link("1", { target: target("again") }) }),
      ]);
      expect((await contents(store())).links).toEqual(["1 -> again"]);
    });

    test("the last of several settlements of one source counts", async () => {
      await store().startRun(run("run-1"));
      const unlink = { mapping: "people", rule: "users", source: source("1") };
      await store().settle([], "run-1", [
        settlement("1", 0),
        { ...plainSettlement("1", 1, true), unlink },
        settlement("2", 2),
        settlement("2", 3, { link: link("2", { target: target("second") }) }),
        { ...plainSettlement("3", 4, true), unlink: { ...unlink, source: source("3") } },
        settlement("3", 5),
      ]);
      expect((await contents(store())).links).toEqual(["2 -> second", "3 -> t-3"]);
    });

    test("two sources may exchange their targets", async () => {
      await store().startRun(run("run-1"));
      await store().addLink(link("1"));
      await store().addLink(link("2"));
      await store().settle([], "run-1", [
        settlement("1", 0, { link: link("1", { target: target("t-2") }) }),
        settlement("2", 1, { link: link("2", { target: target("t-1") }) }),
      ]);
      expect((await contents(store())).links).toEqual(["1 -> t-2", "2 -> t-1"]);
    });

    test("a second link of a target is refused, and nothing of the batch is stored", async () => {
      await store().startRun(run("run-1"));
      await store().addLink(link("9", { target: target("taken") }));
      await store().begin([], [intent("1"), intent("2")]);
      await expect(
        store().settle([], "run-1", [
          settlement("1", 0),
          settlement("2", 1, { link: link("2", { target: target("taken") }) }),
        ]),
      ).rejects.toThrow();
      expect(await contents(store())).toEqual({
        links: ["9 -> taken"],
        intents: ["change-1", "change-2"],
      });
      expect(await store().entries("run-1", { from: 0, limit: 10 })).toEqual([]);
    });

    test("an entry that is there already undoes the batch, links and intents included", async () => {
      await store().startRun(run("run-1"));
      await store().addEntries("run-1", [entry(1, { status: "held", action: "none" })]);
      await store().begin([], [intent("1"), intent("2")]);
      await expect(
        store().settle([], "run-1", [settlement("1", 0), settlement("2", 1)]),
      ).rejects.toThrow();
      expect(await contents(store())).toEqual({ links: [], intents: ["change-1", "change-2"] });
      expect(await store().run("run-1")).toMatchObject({ counts: { held: 1 } });
    });

    test("nothing is settled for a run that was not started", async () => {
      await store().begin([], [intent("1")]);
      await expect(store().settle([], "run-1", [settlement("1", 0)])).rejects.toThrow();
      expect(await contents(store())).toEqual({ links: [], intents: ["change-1"] });
    });

    test("ten thousand in one go", async () => {
      const ids = Array.from({ length: 10_000 }, (_, number) => String(number));
      await store().startRun(run("run-1"));
      await store().begin(
        [],
        ids.map((id) => intent(id)),
      );
      expect((await store().load("people")).intents).toHaveLength(10_000);
      await store().settle(
        [],
        "run-1",
        ids.map((id, sequence) => settlement(id, sequence)),
      );
      const { links, intents } = await store().load("people");
      expect(links.length).toBe(10_000);
      expect(new Set(links.map((one) => `${one.source.id} -> ${one.target.id}`)).size).toBe(10_000);
      expect(intents).toEqual([]);
      expect(await store().run("run-1")).toMatchObject({ counts: { applied: 10_000 } });
      expect(await store().entries("run-1", { from: 9_998, limit: 10 })).toHaveLength(2);
    });

    test("a batch of thousands that breaks at its end leaves nothing", async () => {
      await store().startRun(run("run-1"));
      const batch = Array.from({ length: 2_500 }, (_, number) =>
        settlement(String(number), number),
      );
      await expect(
        store().settle([], "run-1", [...batch, settlement("last", 0)]),
      ).rejects.toThrow();
      expect((await store().load("people")).links).toEqual([]);
      expect(await store().run("run-1")).toMatchObject({ counts: {} });
    });
  });
}
