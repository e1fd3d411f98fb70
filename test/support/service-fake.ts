import type { Service } from "../../server/service.ts";
import { type FakeAccess, fakeAccess } from "./service-fake-access.ts";
import { fakeDecisions } from "./service-fake-decisions.ts";
import { fakeRunsService } from "./service-fake-runs.ts";
import { type FakeState, fakeState, moveOn } from "./service-fake-state.ts";
import { fakeTokensService } from "./service-fake-tokens.ts";

/*
 * The whole service of an invented company, in memory: the same every time, and everything that a person does to it takes
 * effect. For tests of routes, and for working on the dashboard (`service-fake-server.ts`).
 */

export { fakeTokens } from "./service-fake-access.ts";
export { fakeIds } from "./service-fake-history.ts";

export interface FakeOptions {
  /** Default: a fixed moment. */
  readonly now?: () => Date;
  /** Nobody needs a token. Default: false. */
  readonly isOpen?: boolean;
}

export interface FakeService {
  readonly service: Service;
  readonly access: FakeAccess;
  readonly state: FakeState;
  /** Requests that are under way move on: queued -> planning -> applying -> done. */
  step(): void;
}

export const fakeNow = new Date("2026-11-21T20:12:05.000Z");

export function fakeService(options: FakeOptions = {}): FakeService {
  const { now = () => fakeNow, isOpen = false } = options;
  const state = fakeState(now);
  const access = fakeAccess(now, isOpen);
  return {
    service: {
      ...fakeRunsService(state),
      ...fakeDecisions(state),
      ...fakeTokensService(state, access),
      async readiness() {
        return {
          isReady: true,
          checks: [
            { what: "state", isOk: true, message: "The state answers." },
            { what: "queue", isOk: true, message: "The queue answers." },
          ],
        };
      },
      watch(actor, listener) {
        state.listeners.set(listener, actor);
        return () => state.listeners.delete(listener);
      },
    },
    access,
    state,
    step: () => moveOn(state),
  };
}
