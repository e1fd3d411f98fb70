import type { StreamRecord } from "../../engine/connector/connector.ts";
import { card, onePerson, shift, worker } from "./timeclock.ts";
import {
  change,
  dayFrom,
  linkedTargets,
  pick,
  recordsOf,
  type SiteScene,
} from "./timeclock-story.ts";
import type { Deed, SiteStory } from "./timeclock-worlds.ts";

/* What people do by hand on a random building site. */

export async function doDeed(scene: SiteScene, deed: Deed): Promise<void> {
  switch (deed.what) {
    case "add-worker":
    case "copy-worker":
    case "edit-worker":
    case "remove-worker":
      return doWithWorkers(scene, deed);
    case "add-person":
    case "edit-person":
    case "activate-person":
    case "remove-person":
    case "replace-person":
      return doWithPeople(scene, deed);
    case "add-shift":
    case "edit-shift":
    case "move-shift":
    case "mark-shift":
    case "remove-shift":
      return doWithShifts(scene, deed);
    case "edit-card":
    case "move-card":
    case "remove-card":
    case "add-card":
      return doWithCards(scene, deed);
  }
}

type Of<Name extends string> = Extract<Deed, { readonly what: Name }>;

function doWithWorkers(
  scene: SiteScene,
  deed: Of<"add-worker" | "copy-worker" | "edit-worker" | "remove-worker">,
): void {
  const { world, touched } = scene;
  if (deed.what === "add-worker") {
    world.stream("workers").put(worker(newId(scene, "w-new"), deed.values));
    return;
  }
  const record = pick(scene, "workers", deed.which);
  if (!record) return;
  switch (deed.what) {
    case "remove-worker":
      world.stream("workers").remove(record.id);
      return;
    case "edit-worker":
      touched.add(`workers/${record.id}`);
      change(scene, "workers", record, deed.values);
      return;
    case "copy-worker": {
      const { name = null, number = null } = record.fields;
      if (recordsOf(scene, "people").some(({ fields }) => fields["number"] === number)) return;
      world.stream("people").put(onePerson(newId(scene, "p-new"), { name, number }));
    }
  }
}

function doWithPeople(
  scene: SiteScene,
  deed: Of<"add-person" | "edit-person" | "activate-person" | "remove-person" | "replace-person">,
): void {
  const people = scene.world.stream("people");
  if (deed.what === "add-person") {
    people.put(onePerson(newId(scene, "p-new"), deed.values));
    return;
  }
  const record = pick(scene, "people", deed.which);
  if (!record) return;
  switch (deed.what) {
    case "edit-person":
      scene.touched.add(`people/${record.id}`);
      change(scene, "people", record, deed.values);
      return;
    case "activate-person":
      change(scene, "people", record, { active: deed.active });
      return;
    case "remove-person":
      people.remove(record.id);
      return;
    case "replace-person":
      change(scene, "people", record, { active: false });
      people.put({ id: newId(scene, "p-new"), fields: { ...record.fields, active: true } });
  }
}

function doWithShifts(
  scene: SiteScene,
  deed: Of<"add-shift" | "edit-shift" | "move-shift" | "mark-shift" | "remove-shift">,
): void {
  const shifts = scene.world.stream("shifts");
  if (deed.what === "add-shift") {
    shifts.put(shift(newId(scene, "s-new"), shiftFields(scene, deed.values)));
    return;
  }
  const record = pick(scene, "shifts", deed.which);
  if (!record) return;
  switch (deed.what) {
    case "edit-shift":
      change(scene, "shifts", record, shiftFields(scene, deed.values));
      return;
    case "move-shift":
      change(scene, "shifts", record, { date: dayFrom(scene.clock, deed.day) });
      return;
    case "mark-shift":
      change(scene, "shifts", record, { state: deed.state });
      return;
    case "remove-shift":
      shifts.remove(record.id);
  }
}

function shiftFields(scene: SiteScene, values: SiteStory["shifts"][number]) {
  const { day, hours, project } = values;
  const who = pick(scene, "workers", values.worker)?.id ?? null;
  return { worker: who, date: dayFrom(scene.clock, day), hours, project };
}

async function doWithCards(
  scene: SiteScene,
  deed: Of<"edit-card" | "move-card" | "remove-card" | "add-card">,
): Promise<void> {
  if (deed.what === "add-card") {
    makeCard(scene, deed);
    return;
  }
  const record = pick(scene, "cards", deed.which);
  if (!record) return;
  switch (deed.what) {
    case "edit-card": {
      const person = pick(scene, "people", deed.person)?.id ?? record.fields["person"] ?? null;
      change(scene, "cards", record, { person, hours: deed.hours, project: deed.project });
      return;
    }
    case "move-card":
      await moveCard(scene, record, deed.day);
      return;
    case "remove-card":
      scene.removed.add(String(record.fields["mark"]));
      scene.world.stream("cards").remove(record.id);
  }
}

/** Nobody moves a card of which nobody knows yet whether it was made: it would be found on none of the days that are read. */
async function moveCard(scene: SiteScene, record: StreamRecord, day: number): Promise<void> {
  if (!(await linkedTargets(scene, "cards")).has(record.id)) return;
  change(scene, "cards", record, { date: dayFrom(scene.clock, day) });
}

/** Somebody writes the card of a shift by hand, if it has none. */
function makeCard(scene: SiteScene, deed: Of<"add-card">): void {
  const record = pick(scene, "shifts", deed.which);
  const person = pick(scene, "people", deed.person);
  if (!record || !person) return;
  if (recordsOf(scene, "cards").some(({ fields }) => fields["mark"] === record.id)) return;
  const { date = null, hours = null } = record.fields;
  const fields = { person: person.id, date, hours, mark: record.id };
  scene.world.stream("cards").put(card(newId(scene, "c-new"), fields));
  scene.handMade.add(record.id);
}

/** Whoever is there has worked today. */
export function everybodyWorks(scene: SiteScene): void {
  for (const { id } of recordsOf(scene, "workers")) {
    const fields = { worker: id, date: dayFrom(scene.clock, 0), hours: 8, project: "north" };
    scene.world.stream("shifts").put(shift(newId(scene, "s-last"), fields));
  }
}

function newId(scene: SiteScene, text: string): string {
  scene.added += 1;
  return `${text}-${scene.added}`;
}

export function addFault(
  { world }: SiteScene,
  fault: SiteStory["rounds"][number]["faults"][number],
): void {
  const { kind, ...target } = fault;
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
