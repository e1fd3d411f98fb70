import type { MemoryWorld } from "../../connectors/memory/world.ts";
import type { ApplyResult } from "../../engine/apply/outcome.ts";
import type { Project } from "../../engine/config/project.ts";
import type { LinkDecision } from "../../engine/links/decision.ts";
import type { Plan } from "../../engine/plan/plan.ts";
import type { PlanOptions } from "../../engine/run/engine.ts";
import { memoryStore } from "../../engine/state/memory-store.ts";
import type { StateStore } from "../../engine/state/store.ts";
import {
  type HandClock,
  handClock,
  type OfficeOptions,
  officeProject,
  officeWorld,
  openOffice,
} from "./office.ts";

/* An office with its engine, for tests that plan and apply by hand. */

export interface OfficeRun {
  readonly world: MemoryWorld;
  readonly store: StateStore;
  readonly clock: HandClock;
  plan(options?: Partial<PlanOptions>): Promise<Plan>;
  apply(plan: Plan, signal?: AbortSignal): Promise<ApplyResult>;
  /** Plans and applies with every guard let through. */
  sync(): Promise<Plan>;
}

type Replace = readonly (readonly [text: string, by: string])[];

export async function startOffice(
  options: OfficeOptions & {
    readonly replace?: Replace;
    readonly store?: StateStore;
    readonly decisions?: readonly LinkDecision[];
  } = {},
): Promise<OfficeRun> {
  const clock = handClock();
  const world = officeWorld({ ...options, now: clock.millis });
  const store = options.store ?? memoryStore(clock);
  return officeOver(world, { clock, store, ...options });
}

/** The same world and the same state under another mapping, as after an edit of the file. */
export async function officeOver(
  world: MemoryWorld,
  on: {
    readonly clock: HandClock;
    readonly store: StateStore;
    readonly batch?: boolean;
    readonly replace?: Replace;
    readonly decisions?: readonly LinkDecision[];
  },
): Promise<OfficeRun> {
  const { clock, store } = on;
  const loaded = await officeProject({ batch: on.batch ?? false, replace: on.replace ?? [] });
  const project = withDecisions(loaded, on.decisions ?? []);
  const engine = openOffice(project, world, clock, { store });
  const never = new AbortController().signal;
  const defaults = { purpose: "sync", allow: [], only: [], exclude: [], signal: never } as const;
  const run: OfficeRun = {
    world,
    store,
    clock,
    plan: (more) => engine.plan({ ...defaults, ...more }),
    apply: (plan, signal = never) => engine.apply(plan, { startedBy: "test", signal }),
    async sync() {
      const asked = await run.plan();
      const plan = await run.plan({ allow: asked.guards.flatMap((guard) => guard.allow ?? []) });
      await run.apply(plan);
      return plan;
    },
  };
  return run;
}

/** As if a links file had said so. */
function withDecisions(project: Project, decisions: readonly LinkDecision[]): Project {
  if (decisions.length === 0) return project;
  return { ...project, mappings: project.mappings.map((mapping) => ({ ...mapping, decisions })) };
}

export function summary(plan: Plan): readonly string[] {
  return plan.changes.map((change) => `${change.kind} ${change.rule} ${change.label}`);
}
