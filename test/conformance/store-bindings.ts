import { describe, expect, test } from "vitest";
import { LeaseLostError } from "../../engine/state/store.ts";
import { binding, contents, intent, link, minutesAfter, morning, take } from "./store-samples.ts";
import type { StoreBench } from "./store-suite.ts";

export function describeBindings({ store, pass }: StoreBench): void {
  describe("bindings", () => {
    const people = binding("people", { procore: "4242", wfp: "77" });

    test("a mapping is bound to its accounts once, and its system of record may change", async () => {
      expect(await store().bindings()).toEqual([]);
      expect(await store().bind([], people)).toBeNull();
      const later = { ...people, systemOfRecord: "procore/users", at: minutesAfter(60) };
      expect(await store().bind([], later)).toBeNull();
      expect(await store().bindings()).toEqual([
        { ...people, systemOfRecord: "procore/users", at: morning },
      ]);
    });

    test("a mapping that is bound takes no other account", async () => {
      await store().bind([], people);
      const other = binding("people", { procore: "4242", wfp: "88" });
      expect(await store().bind([], other)).toEqual({ kind: "mapping", binding: people });
      expect(await store().bindings()).toEqual([people]);
    });

    test("another mapping may join the same two accounts, and neither of them with a third", async () => {
      await store().bind([], people);
      const projects = binding("projects", { procore: "4242", wfp: "77" });
      expect(await store().bind([], projects)).toBeNull();
      const secondOffice = binding("others", { procore: "4242", wfp2: "88" }, { wfp2: "wfp" });
      expect(await store().bind([], secondOffice)).toEqual({ kind: "pair", binding: people });
      const secondCompany = binding(
        "others",
        { procore2: "4343", wfp: "77" },
        { procore2: "procore" },
      );
      expect(await store().bind([], secondCompany)).toEqual({ kind: "pair", binding: people });
    });

    test("a connection stands for one account in one state", async () => {
      await store().bind([], people);
      const other = binding("others", { procore: "4343", wfp: "88" });
      expect(await store().bind([], other)).toEqual({ kind: "connection", binding: people });
    });

    test("two pairs that share no account stand side by side", async () => {
      await store().bind([], people);
      const systems = { procore2: "procore", wfp2: "wfp" };
      const other = binding("others", { procore2: "4343", wfp2: "88" }, systems);
      expect(await store().bind([], other)).toBeNull();
    });

    test("of two that bind one account with different ones at once, one is refused", async () => {
      const answers = await Promise.all(
        ["71", "72", "73", "74"].map((account) => {
          const connection = `wfp${account}`;
          const accounts = { procore: "4242", [connection]: account };
          return store().bind([], binding(`m${account}`, accounts, { [connection]: "wfp" }));
        }),
      );
      expect(answers.filter((conflict) => conflict === null)).toHaveLength(1);
      expect(await store().bindings()).toHaveLength(1);
    });

    test("a process that lost its lease binds nothing", async () => {
      const lost = await take(store());
      await pass(120_000);
      await store().acquireLease(lost.name, "another", 60_000);
      await expect(store().bind([lost], people)).rejects.toThrow(LeaseLostError);
      await expect(store().unbind([lost], "people")).rejects.toThrow(LeaseLostError);
      expect(await store().bindings()).toEqual([]);
    });

    test("who is unbound loses links and open intents, and nobody else does", async () => {
      await store().bind([], people);
      await store().addLink(link("1"));
      await store().addLink(link("1", { mapping: "projects" }));
      await store().begin([], [intent("2"), intent("3", { mapping: "projects" })]);
      expect(await store().unbind([], "people")).toEqual({ links: 1, intents: 1 });
      expect(await store().bindings()).toEqual([]);
      expect(await contents(store(), "people")).toEqual({ links: [], intents: [] });
      expect(await contents(store(), "projects")).toEqual({
        links: ["1 -> t-1"],
        intents: ["change-3"],
      });
      expect(await store().unbind([], "people")).toEqual({ links: 0, intents: 0 });
    });
  });
}
