import type { StreamRecord } from "../../engine/connector/connector.ts";
import type { LinkDecision } from "../../engine/links/decision.ts";
import type { Plan } from "../../engine/plan/plan.ts";
import { memoryStore } from "../../engine/state/memory-store.ts";
import type { StateStore } from "../../engine/state/store.ts";
import type { Fields, Value } from "../../engine/value/value.ts";
import { type HandClock, handClock } from "./office.ts";
import {
  entry,
  type ListWrite,
  shift,
  staff,
  type TwoViewsWorld,
  twoViewsWorld,
  worker,
} from "./two-views.ts";
import {
  cards,
  eagerWorkerPeople,
  staffContacts,
  staffUsers,
  workerPeople,
} from "./two-views-project.ts";
import { apart, type Creating, type TwoViewsRun, twoViewsOver } from "./two-views-run.ts";
import type { ViewName } from "./two-views-schemas.ts";
import type { CompanyStory, Deed } from "./two-views-worlds.ts";

/* A random company whose directory several streams show, and what is remembered of it beside what the engine does. */

export interface CompanyScene {
  readonly story: CompanyStory;
  readonly world: TwoViewsWorld;
  readonly clock: HandClock;
  readonly store: StateStore;
  readonly mappings: readonly string[];
  readonly decisions: LinkDecision[];
  /** Plans that wait to be applied. */
  readonly saved: Plan[];
  /** Who gave each record of the directory the number that it has, where the engine did. */
  readonly givers: Map<string, Giver>;
  /** Creates that made somebody a second time, as sentences. There must be none. */
  readonly faults: string[];
  /** Numbers of people whom somebody has edited or removed by hand: for them there is no telling how many there are. */
  readonly touched: Set<Value>;
  /** Numbers the rounds. */
  round: number;
  /** Two processes are writing. */
  isRace: boolean;
  added: number;
}

interface Giver {
  readonly view: ViewName;
  readonly kind: ListWrite["kind"];
  readonly round: number;
  /** Whom it was made for, as far as that is known. */
  readonly originId: string | undefined;
}

export function openCompany(story: CompanyStory): CompanyScene {
  const clock = handClock();
  const scene: CompanyScene = {
    story,
    world: twoViewsWorld({
      staff: story.staff.map((one, index) => staff(`s${index}`, one)),
      workers: story.workers.map((one, index) => worker(`w${index}`, one)),
      shifts: story.workers.map((_one, index) => shift(`h${index}`, { worker: `w${index}` })),
      directory: story.directory.map((one, index) => entry(`d${index}`, one)),
      lagMs: story.lags,
      origin: story.origin,
      now: clock.millis,
      observe: (write) => note(scene, write),
    }),
    clock,
    store: memoryStore(clock),
    mappings: mappingsOf(story),
    decisions: [],
    saved: [],
    givers: new Map(),
    faults: [],
    touched: new Set(),
    round: 0,
    isRace: false,
    added: 0,
  };
  return scene;
}

/** Names and numbers have one owner: of two mappings that keep people, the second sets them once. */
function mappingsOf({ keepers, lazy, workersFirst, lost }: CompanyStory): readonly string[] {
  const again = (text: string) =>
    text.replace("on: { found: link }", `on: { found: link, lost: ${lost}, gone: unlink }`);
  const once = (text: string) =>
    text.replace(/^ {6}(\w+): (name|number)$/gm, "      $1: { from: $2, set: on-create }");
  const kept = keepers.map((view, index) => {
    const text = again(view === "users" ? staffUsers : staffContacts);
    return index > 0 ? once(text) : text;
  });
  const work = [again(lazy ? workerPeople : eagerWorkerPeople), cards];
  return workersFirst ? [...work, ...kept] : [...kept, ...work];
}

/** A process of its own, with what the links files say now. */
export function processOf(scene: CompanyScene, creating?: Creating): Promise<TwoViewsRun> {
  return twoViewsOver({ ...scene, ...(creating ? { creating } : {}) });
}

/** The law: nobody is created with a number that another mapping has given to a record that has it. */
function note(scene: CompanyScene, { kind, view, originId, before, after }: ListWrite): void {
  const number = after.fields["number"] ?? null;
  if (kind === "create") {
    for (const other of scene.world.directory.records()) {
      const giver = scene.givers.get(other.id);
      const isSame = other.id !== after.id && number !== null && other.fields["number"] === number;
      // Two sources of one mapping with one number are a matter of that mapping.
      const isOther = giver?.view !== view || giver.originId === originId;
      if (!isSame || !giver || !isOther) continue;
      // An update of a process that writes at the same time could as well have come a moment later.
      const isMeanwhile = scene.isRace && giver.round === scene.round && giver.kind === "update";
      if (isMeanwhile || isApart(scene, view, originId, other.id)) continue;
      scene.faults.push(`${view} made ${number} (${originId}), whom ${giver.view} had made`);
    }
  }
  if (kind === "create" || before?.fields["number"] !== number) {
    const from = originId ?? scene.givers.get(after.id)?.originId;
    scene.givers.set(after.id, { view, kind, round: scene.round, originId: from });
  }
}

function isApart(
  { decisions }: CompanyScene,
  view: ViewName,
  originId: string | undefined,
  id: string,
): boolean {
  return decisions.some(
    (one) =>
      one.kind === "apart" &&
      one.target.stream === view &&
      one.target.id === id &&
      originId === `office/${one.source.stream}/${one.source.id}`,
  );
}

function pick(records: readonly StreamRecord[], which: number): StreamRecord | undefined {
  return records[which % Math.max(records.length, 1)];
}

export function doDeed(scene: CompanyScene, deed: Deed): void {
  const { world, touched } = scene;
  const { directory } = world;
  switch (deed.what) {
    case "add":
      addSource(scene, deed.to, deed.values);
      return;
    case "add-both":
      addSource(scene, "staff", deed.values);
      addSource(scene, "workers", deed.values);
      return;
    case "edit":
    case "leave":
      changeSource(scene, deed);
      return;
    case "title": {
      const record = pick(world.stream("staff").records(), deed.which);
      if (record) {
        const fields = { ...record.fields, title: deed.title };
        world.stream("staff").put({ id: record.id, fields });
      }
      return;
    }
    case "work": {
      const record = pick(world.stream("workers").records(), deed.which);
      if (record) world.stream("shifts").put(shift(newId(scene, "h"), { worker: record.id }));
      return;
    }
    case "hand-add":
      touched.add(deed.values.number);
      directory.put(entry(newId(scene, "d"), deed.values));
      return;
    case "hand-edit":
    case "hand-remove": {
      const record = pick(directory.records(), deed.which);
      if (!record) return;
      touched.add(record.fields["number"] ?? null);
      scene.givers.delete(record.id);
      if (deed.what === "hand-remove") {
        directory.remove(record.id);
        return;
      }
      touched.add(deed.values.number);
      directory.put({ id: record.id, fields: { ...record.fields, ...deed.values } });
      return;
    }
    case "apart":
      tellApart(scene, deed);
  }
}

function addSource(scene: CompanyScene, stream: "staff" | "workers", values: Fields): void {
  const make = stream === "staff" ? staff : worker;
  const record = make(newId(scene, stream === "staff" ? "s" : "w"), values);
  // Two of one source with one number are a matter of their own mapping.
  const { world } = scene;
  if (
    world
      .stream(stream)
      .records()
      .some(({ fields }) => fields["number"] === values.number)
  )
    return;
  world.stream(stream).put(record);
  if (stream === "workers")
    world.stream("shifts").put(shift(newId(scene, "h"), { worker: record.id }));
}

function changeSource(
  scene: CompanyScene,
  deed: Extract<Deed, { readonly what: "edit" | "leave" }>,
): void {
  const stream = scene.world.stream(deed.of);
  const record = pick(stream.records(), deed.which);
  if (!record) return;
  scene.touched.add(record.fields["number"] ?? null);
  if (deed.what === "leave") {
    stream.remove(record.id);
    return;
  }
  scene.touched.add(deed.values.number);
  stream.put({ id: record.id, fields: { ...record.fields, ...deed.values } });
}

/** Somebody says of a worker and somebody of the directory that they are two, unless that was said of one of them before. */
function tellApart(
  scene: CompanyScene,
  { which, target }: Extract<Deed, { readonly what: "apart" }>,
): void {
  const one = pick(scene.world.stream("workers").records(), which);
  const other = pick(scene.world.directory.records(), target);
  const isKnown = scene.decisions.some(
    (decision) =>
      decision.source.id === one?.id && "target" in decision && decision.target.id === other?.id,
  );
  if (!one || !other || isKnown) return;
  scene.touched.add(one.fields["number"] ?? null).add(other.fields["number"] ?? null);
  scene.decisions.push(apart("people", `workers/${one.id}`, `people/${other.id}`));
}

function newId(scene: CompanyScene, text: string): string {
  scene.added += 1;
  return `${text}-${scene.added}`;
}

export function addFault(
  { world }: CompanyScene,
  { kind, ...target }: CompanyStory["rounds"][number]["faults"][number],
): void {
  if (kind !== "refuse") {
    world.fail({ ...target, kind });
    return;
  }
  const problem = {
    code: "unreachable",
    message: "Out of order.",
    retry: "later",
    applied: "no",
  } as const;
  world.fail({ ...target, kind, problem });
}
