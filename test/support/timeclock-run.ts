import { randomUUID } from "node:crypto";
import { memoryConnector } from "../../connectors/memory/connector.ts";
import type { MemoryWorld } from "../../connectors/memory/world.ts";
import type { ApplyResult, Outcome } from "../../engine/apply/outcome.ts";
import type { Project } from "../../engine/config/project.ts";
import type { LinkDecision } from "../../engine/links/decision.ts";
import type { Change, Plan } from "../../engine/plan/plan.ts";
import type { PlanOptions } from "../../engine/run/engine.ts";
import { openEngine } from "../../engine/run/open-engine.ts";
import { memoryStore } from "../../engine/state/memory-store.ts";
import type { Link, StateStore } from "../../engine/state/store.ts";
import type { Fields } from "../../engine/value/value.ts";
import { type HandClock, handClock } from "./office.ts";
import { type TimeclockOptions, timeclockWorld } from "./timeclock.ts";
import { noted, type SiteCall } from "./timeclock-calls.ts";
import { type TimeclockProject, timeclockProject } from "./timeclock-project.ts";

/* A building site with its engine, for tests that plan and apply by hand. */

const dayMs = 86_400_000;

export interface TimeclockRun {
  readonly world: MemoryWorld;
  readonly store: StateStore;
  readonly clock: HandClock;
  /** Everything that the engine has asked so far. Tests empty it by setting its length. */
  readonly calls: SiteCall[];
  plan(options?: Partial<PlanOptions>): Promise<Plan>;
  apply(plan: Plan): Promise<ApplyResult>;
  /** Plans and applies with every guard let through. */
  sync(options?: Partial<PlanOptions>): Promise<Plan>;
  /** Lets so many days pass. */
  wait(days: number): void;
  /** Changes fields of a record by hand. */
  edit(stream: string, id: string, fields: Fields): void;
  fieldsOf(stream: string, id: string): Fields;
  records(stream: string): readonly Fields[];
  linkOf(mapping: string, sourceId: string): Promise<Link | undefined>;
}

export type TimeclockStart = TimeclockOptions &
  TimeclockProject & { readonly decisions?: readonly LinkDecision[] };

export async function startTimeclock(options: TimeclockStart = {}): Promise<TimeclockRun> {
  const clock = handClock();
  const world = timeclockWorld({ ...options, now: clock.millis });
  return timeclockOver(world, { clock, store: memoryStore(clock), ...options });
}

export interface TimeclockGround extends TimeclockProject {
  readonly clock: HandClock;
  readonly store: StateStore;
  readonly decisions?: readonly LinkDecision[];
}

/** The same world and the same state under other mappings, as after an edit of a file. */
export async function timeclockOver(
  world: MemoryWorld,
  on: TimeclockGround,
): Promise<TimeclockRun> {
  const { clock, store } = on;
  const calls: SiteCall[] = [];
  const project = withDecisions(await timeclockProject(on), on.decisions ?? []);
  const engine = openEngine(project, {
    connectors: [noted(memoryConnector(world), calls)],
    store,
    clock,
    random: () => 0.5,
    newId: randomUUID,
    observe: () => {},
    version: "0.0.0-test",
  });
  const { signal } = new AbortController();
  const defaults = { purpose: "sync", allow: [], only: [], exclude: [], signal } as const;
  const fieldsOf = (stream: string, id: string): Fields => {
    const record = world
      .stream(stream)
      .records()
      .find((one) => one.id === id);
    if (!record) throw new Error(`there is no ${stream}/${id}`);
    return record.fields;
  };
  const run: TimeclockRun = {
    world,
    store,
    clock,
    calls,
    plan: (more) => engine.plan({ ...defaults, ...more }),
    apply: (plan) => engine.apply(plan, { startedBy: "test", signal }),
    async sync(more) {
      const asked = await run.plan(more);
      const allow = asked.guards.flatMap((guard) => guard.allow ?? []);
      const plan = allow.length > 0 ? await run.plan({ ...more, allow }) : asked;
      await run.apply(plan);
      return plan;
    },
    wait: (days) => clock.advance(days * dayMs),
    edit(stream, id, fields) {
      world.stream(stream).put({ id, fields: { ...fieldsOf(stream, id), ...fields } });
    },
    fieldsOf,
    records: (stream) =>
      world
        .stream(stream)
        .records()
        .map(({ fields }) => fields),
    async linkOf(mapping, sourceId) {
      const { links } = await store.load(mapping);
      return links.find(({ source }) => source.id === sourceId);
    },
  };
  return run;
}

/** As if links files had said so. */
function withDecisions(project: Project, decisions: readonly LinkDecision[]): Project {
  if (decisions.length === 0) return project;
  const mappings = project.mappings.map((mapping) => ({
    ...mapping,
    decisions: decisions.filter(({ rule }) => mapping.rules.some(({ name }) => name === rule)),
  }));
  return { ...project, mappings };
}

/** "create person w1", in the order of the plan: the kind of each change, what it is done to, and its source. */
export function steps(plan: Plan): readonly string[] {
  return plan.changes.map((change) => `${change.kind} ${change.target.stream} ${change.source.id}`);
}

/** The change that concerns this source record and this stream; there must be one. */
export function changeOf(plan: Plan, stream: string, sourceId: string): Change {
  const [change] = plan.changes.filter(
    (one) => one.target.stream === stream && one.source.id === sourceId,
  );
  if (!change) throw new Error(`nothing is planned for ${sourceId} in ${stream}`);
  return change;
}

/** Codes and sources of what is held. */
export function heldOf(plan: Plan): readonly string[] {
  return plan.held.map(({ code, source }) => `${code} ${source.id}`);
}

/** Codes and sources of what is passed over. */
export function passedOverOf(plan: Plan): readonly string[] {
  return plan.passedOver.flatMap(({ code, records }) =>
    records.map(({ address }) => `${code} ${address.id}`),
  );
}

/** "w1 applied", "s1 skipped waits-for": what became of each change, by its source. */
export function outcomesOf(plan: Plan, result: ApplyResult): readonly string[] {
  const byId = new Map(result.outcomes.map((outcome) => [outcome.changeId, outcome]));
  return plan.changes.map((change) => `${change.source.id} ${wordsOf(byId.get(change.id))}`);
}

function wordsOf(outcome: Outcome | undefined): string {
  if (!outcome) return "has no outcome";
  return outcome.code ? `${outcome.status} ${outcome.code}` : outcome.status;
}
