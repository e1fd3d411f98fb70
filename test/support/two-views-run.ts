import { randomUUID } from "node:crypto";
import { memoryConnector } from "../../connectors/memory/connector.ts";
import type { ApplyResult } from "../../engine/apply/outcome.ts";
import type { ConnectorDefinition, Stream, WriteResult } from "../../engine/connector/connector.ts";
import type { LinkDecision } from "../../engine/links/decision.ts";
import type { Plan } from "../../engine/plan/plan.ts";
import type { Engine, PlanOptions } from "../../engine/run/engine.ts";
import type { EngineEvent } from "../../engine/run/events.ts";
import { openEngine } from "../../engine/run/open-engine.ts";
import { memoryStore } from "../../engine/state/memory-store.ts";
import type { StateStore } from "../../engine/state/store.ts";
import type { RecordAddress } from "../../engine/value/address.ts";
import type { Fields } from "../../engine/value/value.ts";
import { type HandClock, handClock } from "./office.ts";
import { type TwoViewsOptions, type TwoViewsWorld, twoViewsWorld } from "./two-views.ts";
import { cards, staffContacts, twoViewsProject, workerPeople } from "./two-views-project.ts";

/* The company of two views with its engine, for tests that plan and apply by hand. */

const { signal } = new AbortController();

export interface TwoViewsRun {
  readonly world: TwoViewsWorld;
  readonly store: StateStore;
  readonly clock: HandClock;
  plan(options?: Partial<PlanOptions>): Promise<Plan>;
  apply(plan: Plan): Promise<ApplyResult>;
  /** Plans and applies. */
  sync(options?: Partial<PlanOptions>): Promise<Plan>;
  /** Changes fields of somebody of the staff, or of a worker. */
  edit(stream: "staff" | "workers", id: string, fields: Fields): void;
  /** Everybody in the directory, as "7 Olav Berg", in the order in which they were made. */
  people(): readonly string[];
}

interface Listening {
  /** Is told of everything that the engine reports. */
  readonly listen?: (event: EngineEvent) => void;
}

export interface TwoViewsStart extends TwoViewsOptions, Listening {
  /** Default: who keeps contacts, who makes people for cards, and the cards. */
  readonly mappings?: readonly string[];
  readonly decisions?: readonly LinkDecision[];
}

/** Sends the create, sooner or later or never, and gives what came of it. */
export type Creating = (send: () => Promise<WriteResult>) => Promise<WriteResult>;

export interface TwoViewsGround extends Listening {
  readonly world: TwoViewsWorld;
  /** The company behind the connection `branch`; the same as `office` if there is none. */
  readonly branch?: TwoViewsWorld;
  readonly store: StateStore;
  readonly clock: HandClock;
  readonly mappings?: readonly string[];
  readonly decisions?: readonly LinkDecision[];
  /** Stands between the engine and every create. */
  readonly creating?: Creating;
}

export function startTwoViews(start: TwoViewsStart = {}): Promise<TwoViewsRun> {
  const clock = handClock();
  const world = twoViewsWorld({ ...start, now: clock.millis });
  return twoViewsOver({ world, clock, store: memoryStore(clock), ...start });
}

/** A process of its own over a world and a state that others may use as well. */
export async function twoViewsOver(on: TwoViewsGround): Promise<TwoViewsRun> {
  const { world, store, clock } = on;
  const engine = await engineOver(on);
  const defaults = { purpose: "sync", allow: [], only: [], exclude: [], signal } as const;
  const run: TwoViewsRun = {
    world,
    store,
    clock,
    plan: (more) => engine.plan({ ...defaults, ...more }),
    apply: (plan) => engine.apply(plan, { startedBy: "test", signal }),
    async sync(more) {
      const plan = await run.plan(more);
      await run.apply(plan);
      return plan;
    },
    edit(stream, id, fields) {
      const known = world.stream(stream);
      const before = known.records().find((one) => one.id === id)?.fields;
      known.put({ id, fields: { ...before, ...fields } });
    },
    people: () =>
      world.directory
        .records()
        .map(({ fields: { number = null, name = null } }) => `${number} ${name}`),
  };
  return run;
}

async function engineOver(on: TwoViewsGround): Promise<Engine> {
  const { world, branch = world, store, clock } = on;
  const project = await twoViewsProject(on.mappings ?? [staffContacts, workerPeople, cards]);
  const worlds: Readonly<Record<string, TwoViewsWorld>> = { office: world, branch };
  const one = memoryConnector(world);
  const connector: ConnectorDefinition = {
    ...one,
    connect: (configuration, deps) =>
      memoryConnector(worlds[deps.connection] ?? world).connect(configuration, deps),
  };
  const decided = (name: string) =>
    (on.decisions ?? []).filter(({ rule }) => name.endsWith(`-${rule}`));
  const mappings = project.mappings.map((mapping) => ({
    ...mapping,
    decisions: decided(mapping.name),
  }));
  return openEngine(
    { ...project, mappings },
    {
      connectors: [on.creating ? slowed(connector, on.creating) : connector],
      store,
      clock,
      random: () => 0.5,
      newId: randomUUID,
      observe: on.listen ?? (() => {}),
      version: "0.0.0-test",
    },
  );
}

function slowed(definition: ConnectorDefinition, creating: Creating): ConnectorDefinition {
  const slow = (stream: Stream): Stream => {
    const { create } = stream;
    return create
      ? { ...stream, create: (item, call) => creating(() => create(item, call)) }
      : stream;
  };
  return {
    ...definition,
    connect(configuration, deps) {
      const connector = definition.connect(configuration, deps);
      const streams = Object.entries(connector.streams).map(([name, one]) => [name, slow(one)]);
      return { ...connector, streams: Object.fromEntries(streams) };
    },
  };
}

/** Something that is waited for until it is opened. */
export function gate(): { readonly opened: Promise<void>; open(): void } {
  const { promise, resolve } = Promise.withResolvers<void>();
  return { opened: promise, open: resolve };
}

/** As if a links file had said that a source, as `stream/id`, and a target are two. */
export function apart(rule: string, source: string, target: string): LinkDecision {
  const at = { file: "links/people.yaml", line: 1, column: 5 };
  return { kind: "apart", rule, source: address(source), target: address(target), at };
}

function address(text: string): RecordAddress {
  const [stream = "", id = ""] = text.split("/");
  return { connection: "office", stream, id };
}

/** "create contacts s1", in the order of the plan. */
export function steps(plan: Plan): readonly string[] {
  return plan.changes.map((change) => `${change.kind} ${change.target.stream} ${change.source.id}`);
}

/** "made-elsewhere w1", in the order of the plan. */
export function heldOf(plan: Plan): readonly string[] {
  return plan.held.map(({ code, source }) => `${code} ${source.id}`);
}

/** "w1 stale made-elsewhere": what became of each change, by its source. */
export function outcomesOf(plan: Plan, { outcomes }: ApplyResult): readonly string[] {
  return plan.changes.map(({ id, source }) => {
    const outcome = outcomes.find(({ changeId }) => changeId === id);
    return [source.id, outcome?.status, outcome?.code].filter(Boolean).join(" ");
  });
}
