import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { State } from "../../engine/state/state.ts";
import type { StateStore } from "../../engine/state/store.ts";
import { describeBindings } from "./store-bindings.ts";
import type { StoreHome } from "./store-homes.ts";
import { describeLeases } from "./store-leases.ts";
import { describeLinks } from "./store-links.ts";
import { describeRuns } from "./store-runs.ts";
import {
  binding,
  contents,
  intent,
  link,
  morning,
  plainSettlement,
  run,
  settlement,
} from "./store-samples.ts";
import { describeSettling } from "./store-settling.ts";
import { describeText } from "./store-text.ts";
import { describeWorkspaces } from "./store-workspaces.ts";

/*
 * Everything that `engine/state/store.ts` promises, for every home of the state. A home joins by telling how to get an
 * empty store, how to let time pass, and, if it outlives a process, how to open what is there.
 */

/** What the tests of one topic get. */
export interface StoreBench {
  /** Empty at the beginning of each test. */
  readonly state: () => State;
  /** That of the workspace without a name. */
  readonly store: () => StateStore;
  readonly pass: (milliseconds: number) => Promise<void>;
}

export function describeStore(name: string, start: () => Promise<StoreHome>): void {
  describe(name, () => {
    let home: StoreHome | undefined;
    let state: State | undefined;
    let store: StateStore | undefined;

    beforeAll(async () => {
      home = await start();
    });
    beforeEach(async () => {
      state = await home?.empty();
      store = state?.workspace("");
    });
    afterAll(async () => {
      await home?.stop();
    });

    const opened = () => {
      if (!state || !store) throw new Error("The state is open within tests only.");
      return { state, store };
    };
    const bench: StoreBench = {
      state: () => opened().state,
      store: () => opened().store,
      pass: async (milliseconds) => home?.pass(milliseconds),
    };
    describeLinks(bench);
    describeSettling(bench);
    describeRuns(bench);
    describeLeases(bench);
    describeBindings(bench);
    describeText(bench);
    describeWorkspaces(bench);
    describe("keeping", () => {
      test("what was stored is there after closing and opening", async () => {
        const first = bench.store();
        await first.startRun(run("run-1"));
        await first.addLink(link("1"));
        await first.begin([], [intent("2"), intent("3")]);
        await first.settle([], "run-1", [settlement("2", 0), plainSettlement("3", 1, false)]);
        await first.finishRun("run-1", { status: "partial", finishedAt: morning });
        await first.recordReadings([
          { connection: "wfp", stream: "people", records: 3, at: morning },
        ]);
        await first.bind([], binding("people", { procore: "4242", wfp: "77" }));
        const before = await everything(first);

        const reopened = (await home?.reopen?.(bench.state()))?.workspace("") ?? first;

        expect(await everything(reopened)).toEqual(before);
        expect(await contents(reopened)).toEqual({
          links: ["1 -> t-1", "2 -> t-2"],
          intents: ["change-3"],
        });
        expect(await reopened.startRun(run("run-2", { planId: "plan-of-run-1" }))).toBe(false);
      });
    });
  });
}

async function everything(store: StateStore): Promise<unknown> {
  const { links, intents } = await store.load("people");
  return {
    links: links.toSorted((a, b) => (a.source.id < b.source.id ? -1 : 1)),
    intents,
    readings: await store.pastReadings(),
    bindings: await store.bindings(),
    runs: await store.runs(10),
    entries: await store.entries("run-1", { from: 0, limit: 10 }),
  };
}
