import { randomUUID } from "node:crypto";
import { memoryConnector } from "../../connectors/memory/connector.ts";
import type { MemoryWorld } from "../../connectors/memory/world.ts";
import type { Project } from "../../engine/config/project.ts";
import type { ConnectorDefinition, StreamRecord } from "../../engine/connector/connector.ts";
import type { LinkDecision } from "../../engine/links/decision.ts";
import type { Engine } from "../../engine/run/engine.ts";
import { openEngine } from "../../engine/run/open-engine.ts";
import { memoryStore } from "../../engine/state/memory-store.ts";
import type { StateStore } from "../../engine/state/store.ts";
import type { Fields } from "../../engine/value/value.ts";
import { type HandClock, handClock } from "./office.ts";
import { onePerson, shift, timeclockWorld, worker } from "./timeclock.ts";
import { crewTeams, timeclockProject, withTeams } from "./timeclock-project.ts";
import { lagMs, type SiteStory } from "./timeclock-worlds.ts";

/* A random building site with its engine, and what is remembered of it beside what the engine remembers. */

export interface SiteScene {
  readonly story: SiteStory;
  readonly world: MemoryWorld;
  readonly clock: HandClock;
  readonly store: StateStore;
  readonly project: Project;
  /** With what the links files say now. */
  engine: Engine;
  readonly decisions: LinkDecision[];
  /** Who was made for whom: the source of every record that the engine has created, by its stream and id. */
  readonly makers: Map<string, string>;
  /** Records whose name or number somebody has changed by hand, or has decided about, as `stream/id`. */
  readonly touched: Set<string>;
  /** Marks of cards that somebody has made by hand, and of those that somebody has removed. */
  readonly handMade: Set<string>;
  readonly removed: Set<string>;
  /** Marks of which two cards are no fault: one was made by hand where nobody could see it. */
  readonly excused: Set<string>;
  /** Numbers new records. */
  added: number;
  /** Changes that this run may still carry out before somebody stops it, and how they do. */
  readonly stopping: { left: number; stop: () => void };
}

export async function openSite(
  story: SiteStory,
  order: "listed" | "turned" = "listed",
): Promise<SiteScene> {
  const clock = handClock();
  const world = worldOf(story, clock, order);
  const store = memoryStore(clock);
  const project = await timeclockProject({
    replace: [
      ...(story.lost === "create"
        ? [["on: { found: link, left", "on: { found: link, lost: create, left"] as const]
        : []),
      ...(story.teams ? [withTeams] : []),
      ...(story.follow
        ? [
            ["name: { from: name, set: on-create }", "name: name"] as const,
            ["number: { from: number, set: on-create }", "number: number"] as const,
          ]
        : []),
    ],
    more: story.teams ? [crewTeams] : [],
  });
  const makers = new Map<string, string>();
  const stopping = { left: Number.POSITIVE_INFINITY, stop: () => {} };
  const engine = engineOf(project, { world, clock, store, makers, stopping });
  return {
    story,
    world,
    clock,
    store,
    project,
    engine,
    decisions: [],
    makers,
    touched: new Set(),
    handMade: new Set(),
    removed: new Set(),
    excused: new Set(),
    added: 0,
    stopping,
  };
}

function worldOf(story: SiteStory, clock: HandClock, order: "listed" | "turned"): MemoryWorld {
  const inOrder = (records: readonly StreamRecord[]) =>
    order === "listed" ? records : records.toReversed();
  const workers: readonly Fields[] = story.workers;
  const people: readonly Fields[] = story.people;
  return timeclockWorld({
    crews: [
      { id: "k1", fields: { name: "Steel" } },
      { id: "k2", fields: { name: "Wood" } },
    ],
    teams: [{ id: "t2", fields: { name: "Wood" } }],
    workers: inOrder(workers.map((fields, index) => worker(`w${index}`, fields))),
    people: inOrder(people.map((fields, index) => onePerson(`p${index}`, fields))),
    shifts: inOrder(
      story.shifts.map((wanted, index) => {
        const { day, ...fields } = wanted;
        const who = `w${wanted.worker % story.workers.length}`;
        return shift(`s${index}`, { ...fields, worker: who, date: dayFrom(clock, day) });
      }),
    ),
    withoutGet: story.withoutGet,
    origin: story.origin,
    lagMs: story.lag ? lagMs : 0,
    now: clock.millis,
  });
}

export function dayFrom(clock: HandClock, days: number): string {
  return new Date(clock.millis() + days * 86_400_000).toISOString().slice(0, 10);
}

function engineOf(
  project: Project,
  on: Pick<SiteScene, "world" | "clock" | "store" | "makers" | "stopping">,
): Engine {
  const { stopping } = on;
  return openEngine(project, {
    connectors: [remembering(memoryConnector(on.world), on)],
    store: on.store,
    clock: on.clock,
    random: () => 0.5,
    newId: randomUUID,
    observe: ({ kind }) => {
      if (kind === "settled") stopping.left -= 1;
      if (stopping.left <= 0) stopping.stop();
    },
    version: "0.0.0-test",
  });
}

/** Notes which source every created record was made for, also where the answer is lost on its way. */
function remembering(
  definition: ConnectorDefinition,
  { world, makers }: Pick<SiteScene, "world" | "makers">,
): ConnectorDefinition {
  return {
    ...definition,
    connect(configuration, deps) {
      const connector = definition.connect(configuration, deps);
      const streams = Object.entries(connector.streams).map(([name, stream]) => {
        const { create } = stream;
        if (!create) return [name, stream] as const;
        const remembered: typeof create = (item, call) => {
          const before = world.writes.length;
          // The world carries a write out before it gives the answer away.
          const result = create(item, call);
          for (const { id } of world.writes.slice(before))
            makers.set(`${name}/${id}`, item.originId);
          return result;
        };
        return [name, { ...stream, create: remembered }] as const;
      });
      return { ...connector, streams: Object.fromEntries(streams) };
    },
  };
}

export function recordsOf(scene: SiteScene, stream: string): readonly StreamRecord[] {
  return scene.world.stream(stream).records();
}

export function pick(scene: SiteScene, stream: string, which: number): StreamRecord | undefined {
  const records = recordsOf(scene, stream);
  return records[which % Math.max(records.length, 1)];
}

export function change(
  scene: SiteScene,
  stream: string,
  record: StreamRecord,
  fields: Fields,
): void {
  scene.world.stream(stream).put({ ...record, fields: { ...record.fields, ...fields } });
}

/** Writes a line into a links file, unless it would contradict one that stands there: that is refused on loading. */
export function decide(
  scene: SiteScene,
  { kind, source: from, target: to }: SiteStory["rounds"][number]["decisions"][number],
): boolean {
  const worker = pick(scene, "workers", from);
  const person = pick(scene, "people", to);
  const isTaken = scene.decisions.some(
    (one) => one.source.id === worker?.id || ("target" in one && one.target.id === person?.id),
  );
  if (!worker || !person || isTaken) return false;
  const at = { file: "links/people.yaml", line: scene.decisions.length + 1, column: 5 };
  const source = { connection: "site", stream: "workers", id: worker.id };
  const target = { connection: "site", stream: "people", id: person.id };
  scene.touched.add(`workers/${worker.id}`).add(`people/${person.id}`);
  scene.decisions.push(
    kind === "ignore"
      ? { kind, rule: "people", source, at }
      : { kind, rule: "people", source, target, at },
  );
  const mappings = scene.project.mappings.map((mapping) =>
    mapping.name === "worker-people" ? { ...mapping, decisions: scene.decisions } : mapping,
  );
  scene.engine = engineOf({ ...scene.project, mappings }, scene);
  return true;
}

/** Ids of the records of a stream that are linked now. */
export async function linkedTargets(
  scene: SiteScene,
  mapping: string,
): Promise<ReadonlySet<string>> {
  const { links } = await scene.store.load(mapping);
  return new Set(links.map(({ target }) => target.id));
}
