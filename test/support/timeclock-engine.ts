import { randomUUID } from "node:crypto";
import { memoryConnector } from "../../connectors/memory/connector.ts";
import type { MemoryWorld } from "../../connectors/memory/world.ts";
import type { Engine } from "../../engine/run/engine.ts";
import { openEngine } from "../../engine/run/open-engine.ts";
import { memoryStore } from "../../engine/state/memory-store.ts";
import { type HandClock, handClock } from "./office.ts";
import { type TimeclockOptions, timeclockWorld } from "./timeclock.ts";
import { type TimeclockProject, timeclockProject } from "./timeclock-project.ts";

/** The engine of a building site, for tests of what looks at plans. */
export interface Site {
  readonly engine: Engine;
  readonly world: MemoryWorld;
  readonly clock: HandClock;
  /** Plans and applies once. */
  sync(): Promise<void>;
}

const { signal } = new AbortController();

export async function openSite(start: TimeclockOptions & TimeclockProject = {}): Promise<Site> {
  const clock = handClock();
  const world = timeclockWorld({ ...start, now: clock.millis });
  const engine = openEngine(await timeclockProject(start), {
    connectors: [memoryConnector(world)],
    store: memoryStore(clock),
    clock,
    random: () => 0.5,
    newId: randomUUID,
    observe: () => {},
    version: "0.0.0-test",
  });
  return {
    engine,
    world,
    clock,
    async sync() {
      const options = { purpose: "sync", allow: [], only: [], exclude: [], signal } as const;
      await engine.apply(await engine.plan(options), { startedBy: "test", signal });
    },
  };
}
