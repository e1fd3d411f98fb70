import { describe, expect, test } from "vitest";
import {
  contents,
  intent,
  link,
  minutesAfter,
  morning,
  source,
  take,
  target,
} from "./store-samples.ts";
import type { StoreBench } from "./store-suite.ts";

export function describeLinks({ store }: StoreBench): void {
  describe("links", () => {
    test("an empty state has nothing", async () => {
      expect(await store().load("people")).toEqual({ links: [], intents: [] });
      expect(await store().pastReadings()).toEqual([]);
      expect(await store().runs(10)).toEqual([]);
      expect(await store().run("run-1")).toBeNull();
      expect(await store().entries("run-1", { from: 0, limit: 10 })).toEqual([]);
    });

    test("a link comes back as it was stored", async () => {
      const stored = link("1", {
        origin: "manual",
        baseline: {
          name: "Ilse",
          tags: ["a", { b: [null, 1.5, false] }],
          count: 1e21,
          none: null,
          empty: {},
        },
        writtenAt: new Date("2026-03-02T06:00:00.123Z"),
      });
      expect(await store().addLink(stored)).toBe(true);
      expect((await store().load("people")).links).toEqual([stored]);
    });

    test("every mapping sees its own", async () => {
      await store().addLink(link("1"));
      await store().addLink(link("1", { mapping: "projects" }));
      await store().begin([], [intent("2"), intent("3", { mapping: "projects" })]);
      expect(await contents(store(), "people")).toEqual({
        links: ["1 -> t-1"],
        intents: ["change-2"],
      });
      expect(await contents(store(), "projects")).toEqual({
        links: ["1 -> t-1"],
        intents: ["change-3"],
      });
    });

    test("a source has one link by a rule: a new one takes the place of the old one", async () => {
      await store().addLink(link("1"));
      expect(await store().addLink(link("1", { target: target("other") }))).toBe(true);
      expect(await store().addLink(link("1", { rule: "contacts", target: target("t-1") }))).toBe(
        true,
      );
      expect((await contents(store())).links).toEqual(["1 -> other", "1 -> t-1"]);
    });

    test("a target has one link within a mapping", async () => {
      await store().addLink(link("1"));
      expect(await store().addLink(link("2", { target: target("t-1") }))).toBe(false);
      expect(await store().addLink(link("1", { rule: "contacts" }))).toBe(false);
      expect((await contents(store())).links).toEqual(["1 -> t-1"]);
      expect(await store().addLink(link("2", { target: target("t-1"), mapping: "other" }))).toBe(
        true,
      );
      const elsewhere = { connection: "procore", stream: "contacts", id: "t-1" };
      expect(await store().addLink(link("3", { target: elsewhere }))).toBe(true);
    });

    test("a link that cannot be added changes nothing", async () => {
      await store().addLink(link("1"));
      await store().addLink(link("2"));
      await store().begin([], [intent("2")]);
      expect(await store().addLink(link("2", { target: target("t-1") }))).toBe(false);
      expect(await contents(store())).toEqual({
        links: ["1 -> t-1", "2 -> t-2"],
        intents: ["change-2"],
      });
    });

    test("of two people who link one target at once, one is told that it is taken", async () => {
      const answers = await Promise.all(
        ["1", "2", "3", "4"].map((id) => store().addLink(link(id, { target: target("wanted") }))),
      );
      expect(answers.filter((added) => added)).toHaveLength(1);
      expect((await contents(store())).links).toHaveLength(1);
    });

    test("many links are added at once, as one after the other", async () => {
      await store().addLink(link("1"));
      await store().addLink(link("2"));
      await store().begin([], [intent("3"), intent("4")]);
      const refused = await store().addLinks([
        link("3"),
        link("4", { target: target("t-1") }),
        link("1", { target: target("other") }),
        link("5", { target: target("t-1") }),
        link("6", { target: target("t-5"), mapping: "projects" }),
        link("7", { target: target("t-3") }),
      ]);
      expect(refused.map(({ source }) => source.id)).toEqual(["4", "7"]);
      expect(await contents(store())).toEqual({
        links: ["1 -> other", "2 -> t-2", "3 -> t-3", "5 -> t-1"],
        intents: ["change-4"],
      });
      expect((await contents(store(), "projects")).links).toEqual(["6 -> t-5"]);
      expect(await store().addLinks([])).toEqual([]);
    });

    test("adding a link answers the open creates of its source, and those alone", async () => {
      await store().begin(
        [],
        [
          intent("1"),
          intent("1", { changeId: "again" }),
          intent("1", { changeId: "update", kind: "update", target: target("t-1") }),
          intent("1", { changeId: "contact", rule: "contacts" }),
          intent("2"),
        ],
      );
      await store().addLink(link("1"));
      expect((await contents(store())).intents).toEqual(["change-2", "contact", "update"]);
    });

    test("a link can be removed once", async () => {
      await store().addLink(link("1"));
      const key = { mapping: "people", rule: "users", sourceId: "1" };
      expect(await store().removeLink({ ...key, rule: "contacts" })).toBe(false);
      expect(await store().removeLink({ ...key, mapping: "projects" })).toBe(false);
      expect(await store().removeLink(key)).toBe(true);
      expect(await store().removeLink(key)).toBe(false);
      expect((await store().load("people")).links).toEqual([]);
      expect(await store().addLink(link("9", { target: target("t-1") }))).toBe(true);
    });

    test("refreshing moves the baseline and leaves what made the link", async () => {
      await store().addLink(link("1", { origin: "manual" }));
      await store().addLink(link("2"));
      const agreed = link("1", {
        origin: "matched",
        baseline: { first_name: "Ilse Marie" },
        ruleDigest: "digest-2",
        writtenAt: minutesAfter(5),
      });
      await store().refresh([await take(store())], [agreed]);
      const { links } = await store().load("people");
      expect(links.find((one) => one.source.id === "1")).toEqual({ ...agreed, origin: "manual" });
      expect(links.find((one) => one.source.id === "2")).toEqual(link("2"));
    });

    test("refreshing a link that is gone, or that has another target by now, does nothing", async () => {
      await store().addLink(link("2", { target: target("new") }));
      await store().refresh([], [link("1", { baseline: {} }), link("2", { baseline: {} })]);
      expect((await store().load("people")).links).toEqual([link("2", { target: target("new") })]);
    });

    test("nobody holds a part of the state", async () => {
      const baseline: Record<string, string> = { name: "Ilse" };
      const given = link("1", { baseline, writtenAt: new Date(morning) });
      await store().addLink(given);
      baseline["name"] = "changed by the caller";
      given.writtenAt.setFullYear(1999);
      const {
        links: [read],
      } = await store().load("people");
      expect(read).toEqual(link("1", { baseline: { name: "Ilse" } }));
      if (read) Object.assign(read.baseline, { name: "changed by a reader" });
      expect((await store().load("people")).links).toEqual([
        link("1", { baseline: { name: "Ilse" } }),
      ]);
    });
  });

  describe("intents", () => {
    test("an intent comes back as it was stored", async () => {
      const create = intent("1");
      const update = intent("2", {
        kind: "update",
        target: target("t-2"),
        fields: { a: null, b: [1] },
      });
      await store().begin([], [create, update]);
      const { intents } = await store().load("people");
      expect(intents.toSorted((a, b) => (a.changeId < b.changeId ? -1 : 1))).toEqual([
        create,
        update,
      ]);
    });

    test("one with the id of an open one takes its place", async () => {
      await store().begin([], [intent("1")]);
      const second = intent("1", {
        runId: "run-2",
        fields: { first_name: "Ida" },
        at: minutesAfter(1),
      });
      await store().begin([], [intent("1", { runId: "run-3" }), second]);
      expect((await store().load("people")).intents).toEqual([second]);
    });

    test("a person can close one, once", async () => {
      await store().begin([], [intent("1"), intent("2", { source: source("2") })]);
      expect(await store().closeIntent("change-1")).toBe(true);
      expect(await store().closeIntent("change-1")).toBe(false);
      expect((await contents(store())).intents).toEqual(["change-2"]);
    });
  });

  describe("readings", () => {
    test("the last one of each stream is kept", async () => {
      const people = { connection: "wfp", stream: "people", records: 10, at: morning };
      const users = { connection: "procore", stream: "users", records: 20, at: morning };
      await store().recordReadings([people, users]);
      const later = { ...people, records: 11, at: minutesAfter(60) };
      await store().recordReadings([later]);
      await store().recordReadings([]);
      const readings = await store().pastReadings();
      expect(readings.toSorted((a, b) => a.records - b.records)).toEqual([later, users]);
    });
  });
}
