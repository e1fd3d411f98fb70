import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import type { ServiceStore } from "../../engine/state/service-store.ts";
import type { State } from "../../engine/state/state.ts";
import { openService } from "../../server/service/open-service.ts";
import type { MappingView, WorkspaceView } from "../../server/service.ts";
import type { Workspace, Workspaces } from "../../server/workspaces/workspace.ts";
import { contact, person } from "../support/office.ts";
import {
  answered,
  type House,
  type HouseOffice,
  openHouse,
  operator,
  refusedAs,
  viewer,
  writeOffice,
} from "../support/service-house.ts";

/* Workspaces and mappings as people see them, and what people set for them. */

let house: House | undefined;
afterEach(async () => {
  await house?.close();
  house = undefined;
});

const ann = person("p1", { name: "Ann Lee", number: "1", is_user: false });

async function open(office: HouseOffice = {}): Promise<House> {
  house = await openHouse({ north: { people: [ann], ...office } });
  return house;
}

const key = { workspace: "north", mapping: "people" };

async function viewOf(one: House): Promise<WorkspaceView> {
  return answered(await one.service.workspace(viewer, "north"));
}

async function mappingOf(one: House): Promise<MappingView> {
  const [mapping] = (await viewOf(one)).mappings;
  if (!mapping) throw new Error("there is no mapping");
  return mapping;
}

const withVariables = [
  "limits: { minimum: 3 }",
  `limits: { minimum: 3 }
vars: { template: "'standard'", secret: "\${ANN_SECRET}", days: 14, kinds: [a, b], isOn: true }`,
] as const;
const usesVariables = [
  "template: { from: \"'standard'\", set: on-create }",
  'template: { from: "$vars.template & $vars.secret & $string($vars.days) & $vars.kinds[0] & $string($vars.isOn)", set: on-create }',
] as const;

test("a workspace tells what it is made of, and a mapping that was never run waits for a person", async () => {
  const one = await open({ more: "title: Northridge Builders\n" });
  expect(await viewOf(one)).toEqual({
    name: "north",
    title: "Northridge Builders",
    configuration: {
      digest: one.workspaces.get("north")?.project?.digest,
      loadedAt: expect.any(Date),
      broken: [],
      isWritable: true,
    },
    connections: [
      { name: "north-office", connector: "memory", account: one.world("north").account },
    ],
    mappings: [
      {
        name: "people",
        description: "",
        file: "people.yaml",
        rules: [
          {
            name: "contacts",
            from: "north-office/people",
            to: "north-office/contacts",
            role: "authoritative",
          },
          {
            name: "users",
            from: "north-office/people",
            to: "north-office/users",
            role: "authoritative",
          },
        ],
        systemOfRecord: "north-office",
        goesThrough: [],
        schedule: "0 * * * *",
        autosync: { isOn: true, awaitsFirstRun: true },
        policy: "automatic",
        variables: [],
        held: 0,
      },
    ],
  });
  expect(refusedAs(await one.service.workspace(viewer, "west"))).toBe("404 workspace-unknown");
});

test("a mapping tells its last run, the one under way and the one that waits, and how many records are held", async () => {
  const namesake = contact("c1", { name: "Ann Other", number: "1" });
  const one = await open({
    contacts: [namesake],
    people: [ann, person("p2", { name: "Bo", number: "2", is_user: false })],
    replace: [["limits: { minimum: 3 }", "limits: { minimum: 3 }\napply: approve"]],
  });
  const first = await one.run("north");
  expect(first).toMatchObject({ status: "waiting", counts: { create: 1, held: 1 } });
  expect(await mappingOf(one)).toMatchObject({
    policy: "approve",
    waiting: { id: first.id },
    held: 1,
    autosync: { awaitsFirstRun: true },
  });
  answered(await one.service.approve(operator, first.id, { allow: [] }));
  expect(await mappingOf(one)).toMatchObject({ current: { id: first.id, status: "queued" } });
  await one.work();
  const asked = answered(
    await one.service.startRun(operator, { ...key, purpose: "sync", allow: [], trigger: "api" }),
  );
  const view = await mappingOf(one);
  expect(view).toMatchObject({
    last: { id: first.id, status: "done" },
    current: { id: asked.id, status: "queued" },
    held: 1,
    autosync: { isOn: true, awaitsFirstRun: false },
    nextRunAt: new Date("2026-11-21T21:00:00Z"),
  });
  expect(view).not.toHaveProperty("waiting");
});

test("the one under way comes before the one that is queued behind it", async () => {
  const one = await open();
  const request = await one.run("north");
  const { runIds: _runIds, finishedAt: _finishedAt, ...rest } = request;
  const { service } = one.state;
  await service.addRequest({ ...rest, id: "b", status: "applying" });
  await service.addRequest({ ...rest, id: "c", status: "queued", requestedAt: new Date() });
  expect((await mappingOf(one)).current?.id).toBe("b");
});

test("workspace-broken: files that have never been right are told, and nothing can be run", async () => {
  const one = await open();
  await writeFile(join(one.folderOf("north"), "people.yaml"), "mapping: people\nrulez: {}\n");
  await one.workspaces.refresh("north");
  // What was right goes on.
  const view = await viewOf(one);
  expect(view.configuration.broken.length).toBeGreaterThan(0);
  expect(view.mappings).toHaveLength(1);

  await writeOffice(join(one.folderOf("north"), "..", "west"), "west", {});
  await writeFile(join(one.folderOf("west"), "people.yaml"), "mapping: people\nrulez: {}\n");
  await one.workspaces.refresh();
  const west = answered(await one.service.workspace(viewer, "west"));
  expect(west).toMatchObject({ name: "west", connections: [], mappings: [] });
  expect(west.configuration).not.toHaveProperty("digest");
  const what = { workspace: "west", mapping: "people", purpose: "sync", allow: [] } as const;
  const asked = await one.service.startRun(operator, { ...what, trigger: "manual" });
  expect(refusedAs(asked)).toBe("409 workspace-broken");
});

test("S-018: autosync is switched by hand, and the switch tells who and when", async () => {
  const one = await open();
  const off = answered(await one.service.setAutosync(operator, key, false));
  expect(off.autosync).toEqual({
    isOn: false,
    by: "Olga",
    at: expect.any(Date),
    awaitsFirstRun: false,
  });
  const on = answered(await one.service.setAutosync(operator, key, true));
  expect(on.autosync).toMatchObject({ isOn: true, awaitsFirstRun: true });
  const other = { ...key, mapping: "none" };
  expect(refusedAs(await one.service.setAutosync(operator, other, true))).toBe(
    "404 mapping-unknown",
  );
});

test("a mapping that is never scheduled starts nothing by itself", async () => {
  const one = await open({
    replace: [["limits: { minimum: 3 }", "limits: { minimum: 3 }\nschedule: never"]],
  });
  const view = await mappingOf(one);
  expect(view.autosync).toEqual({ isOn: false, awaitsFirstRun: false });
  expect(view).not.toHaveProperty("schedule");
  expect(view).not.toHaveProperty("nextRunAt");
});

test("a variable that is set counts at once, tells who set it, and goes back to what git says", async () => {
  const one = await open({ replace: [withVariables, usesVariables] });
  await writeFile(join(one.folderOf("north"), ".env"), "ANN_SECRET=hunter2-hunter2\n");
  await one.workspaces.refresh("north");
  const before = one.workspaces.get("north")?.project?.digest;
  const variable = { ...key, variable: "days" };
  const view = answered(await one.service.setVariable(operator, variable, 7));
  expect(view.variables).toEqual([
    { name: "template", value: "'standard'", fromGit: "'standard'" },
    { name: "secret", value: "[redacted]", fromGit: "[redacted]" },
    { name: "days", value: 7, fromGit: 14, override: { by: "Olga", at: expect.any(Date) } },
    { name: "kinds", value: ["a", "b"], fromGit: ["a", "b"] },
    { name: "isOn", value: true, fromGit: true },
  ]);
  expect(one.workspaces.get("north")?.project?.digest).not.toBe(before);
  expect(await one.state.service.overrides("north")).toMatchObject([
    { variable: "days", value: 7, by: "Olga" },
  ]);
  const back = answered(await one.service.setVariable(operator, variable, undefined));
  expect(back.variables[2]).toEqual({ name: "days", value: 14, fromGit: 14 });
  expect(one.workspaces.get("north")?.project?.digest).toBe(before);
});

test("variable-unfit, variable-unknown: a value has the type of the file's, and a variable must be there", async () => {
  const one = await open({ replace: [withVariables, usesVariables] });
  await writeFile(join(one.folderOf("north"), ".env"), "ANN_SECRET=hunter2-hunter2\n");
  await one.workspaces.refresh("north");
  const set = async (variable: string, value: string | number | null | boolean | string[]) =>
    refusedAs(await one.service.setVariable(operator, { ...key, variable }, value));
  for (const value of ["7", null, true, ["7"]]) {
    expect(await set("days", value)).toBe("422 variable-unfit");
  }
  expect(await set("kinds", "a")).toBe("422 variable-unfit");
  const isOn = await one.service.setVariable(operator, { ...key, variable: "isOn" }, "true");
  expect(isOn).toHaveProperty("trouble.code", "variable-unfit");
  expect(await set("template", "x".repeat(10_000))).toBe("422 variable-unfit");
  expect(await set("colour", "red")).toBe("404 variable-unknown");
  expect(await set("toString", "red")).toBe("404 variable-unknown");
  expect(await one.state.service.overrides()).toEqual([]);
});

/** Counts the questions that a store is asked. */
function counting(state: State): { readonly state: State; readonly asked: string[] } {
  const asked: string[] = [];
  const service = new Proxy(state.service, {
    get(store, name) {
      const member: unknown = Reflect.get(store, name);
      if (typeof member !== "function") return member;
      return (...parameters: unknown[]) => {
        asked.push(String(name));
        return Reflect.apply(member, store, parameters);
      };
    },
  }) as ServiceStore;
  return {
    state: { ...state, service, workspace: () => neverAsked },
    asked,
  };
}

const neverAsked = new Proxy({} as ReturnType<State["workspace"]>, {
  get(_store, name) {
    throw new Error(`the store of a workspace was asked for ${String(name)}`);
  },
});

test("a page over hundreds of workspaces asks the store four times, and opens each engine once", async () => {
  const one = await open();
  const north = one.workspaces.get("north");
  if (!north?.project) throw new Error("there is no project");
  const { project } = north;
  const all: readonly Workspace[] = Array.from({ length: 300 }, (_nothing, at) => {
    const copy = (name: string) => project.mappings.map((mapping) => ({ ...mapping, name }));
    const mappings = ["a", "b", "c"].flatMap(copy);
    return { ...north, name: `w${at}`, project: { ...project, mappings } };
  });
  const workspaces: Workspaces = {
    ...one.workspaces,
    all: () => all,
    get: (name) => all.find((workspace) => workspace.name === name),
  };
  const { state, asked } = counting(one.state);
  const service = openService({ ...one.deps, state, workspaces });
  const views = await service.workspaces(viewer);
  expect(views.flatMap(({ mappings }) => mappings)).toHaveLength(900);
  expect(asked.sort()).toEqual(["boundMappings", "latest", "overrides", "switches"]);
  expect(one.opened()).toBe(300);
  await service.workspaces(viewer);
  expect(asked).toHaveLength(8);
  expect(one.opened()).toBe(300);
});

test("readiness names what is not in order: what throws, and what does not answer", async () => {
  const one = await open();
  const check = (what: string, answer: () => Promise<{ isOk: boolean; message: string }>) => ({
    what,
    check: answer,
  });
  const service = openService({
    ...one.deps,
    readinessChecks: [
      check("queue", async () => ({ isOk: true, message: "The queue answers." })),
      check("disk", async () => {
        throw new Error("postgres://user:password@host");
      }),
      check("clock", () => new Promise(() => {})),
    ],
    timing: { readinessMs: 50 },
  });
  const readiness = await service.readiness();
  expect(readiness.isReady).toBe(false);
  expect(readiness.checks.map(({ what, isOk }) => `${what} ${isOk}`)).toEqual([
    "state true",
    "queue true",
    "disk false",
    "clock false",
  ]);
  expect(JSON.stringify(readiness)).not.toContain("password");
  expect((await one.service.readiness()).isReady).toBe(true);
});
