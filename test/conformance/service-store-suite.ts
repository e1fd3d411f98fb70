import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { ServiceStore } from "../../engine/state/service-store.ts";
import type { State } from "../../engine/state/state.ts";
import { describeAccess } from "./service-store-access.ts";
import { describeLatest } from "./service-store-latest.ts";
import { describePlans } from "./service-store-plans.ts";
import { describePurge } from "./service-store-purge.ts";
import { describeRequests } from "./service-store-requests.ts";
import { request, session, storedPlan, token } from "./service-store-samples.ts";
import { describeSettings } from "./service-store-settings.ts";
import type { StoreHome } from "./store-homes.ts";
import { minutesAfter, morning, run } from "./store-samples.ts";

/* Everything that `engine/state/service-store.ts` promises, for every home of the state. */

/** What the tests of one topic get, with nothing in it at the beginning of each test. */
export interface ServiceBench {
  readonly state: () => State;
  readonly service: () => ServiceStore;
}

export function describeServiceStore(name: string, start: () => Promise<StoreHome>): void {
  describe(name, () => {
    let home: StoreHome | undefined;
    let state: State | undefined;

    beforeAll(async () => {
      home = await start();
    });
    beforeEach(async () => {
      state = await home?.empty();
    });
    afterAll(async () => {
      await home?.stop();
    });

    const opened = () => {
      if (!state) throw new Error("The state is open within tests only.");
      return state;
    };
    const bench: ServiceBench = { state: opened, service: () => opened().service };
    describeRequests(bench);
    describeLatest(bench);
    describePlans(bench);
    describeSettings(bench);
    describeAccess(bench);
    describePurge(bench);
    describe("keeping", () => {
      test("what was stored is there after closing and opening", async () => {
        await fill(opened());
        const before = await everything(opened().service);
        const reopened = (await home?.reopen?.(opened())) ?? opened();
        expect(await everything(reopened.service)).toEqual(before);
        expect(await reopened.service.addRequest(request("request-2"))).toBe(false);
      });
    });
  });
}

async function fill(state: State): Promise<void> {
  const { service } = state;
  await service.addRequest(request("request-1", { note: "Said." }));
  await state.workspace("harbour").startRun(run("run-1", { request: "request-1" }));
  await service.storePlan(storedPlan("plan-1"));
  await service.setOverride({ ...key, variable: "day", value: 5, by: "ilse", at: morning });
  await service.setSwitch({ ...key, isOn: false, by: "ilse", at: morning });
  await service.setNotified({ ...key, condition: "ok", heldDigest: "h", at: morning });
  await service.addToken(token("token-1"), "hash-1");
  await service.addSession(session("session-1", { expiresAt: minutesAfter(5) }), "hash-2");
}

async function everything(service: ServiceStore): Promise<unknown> {
  return {
    requests: await service.requests({ limit: 10 }),
    plan: await service.plan({ workspace: "harbour", planId: "plan-1" }),
    overrides: await service.overrides(),
    switches: await service.switches(),
    notified: await service.notified("harbour", "people"),
    tokens: await service.tokens(),
    session: await service.sessionByHash("hash-2"),
  };
}

const key = { workspace: "harbour", mapping: "people" };
