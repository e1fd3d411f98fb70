import { afterEach, expect, test } from "vitest";
import { openService } from "../../server/service/open-service.ts";
import { recordsMax } from "../../server/service.ts";
import { contact, person } from "../support/office.ts";
import {
  answered,
  type House,
  openHouse,
  operator,
  refusedAs,
  viewer,
} from "../support/service-house.ts";

/* Records as they are now, what was done to them, and why; asked of systems that may be slow. */

let house: House;
afterEach(() => house.close());

const people = "north-office/people";
const key = { workspace: "north", mapping: "people" };

async function open(): Promise<void> {
  house = await openHouse({
    north: {
      people: [
        person("p1", { name: "Ann Lee", number: "1", is_user: false }),
        person("p2", { name: "Ann Berg", number: "2", is_user: false }),
      ],
      contacts: [contact("c2", { name: "Anna Berg", number: "2" })],
    },
  });
}

test("records are read as they are now, and one that is not there says so", async () => {
  await open();
  const addresses = [`${people}/p1`, `${people}/p9`, "elsewhere/people/p1"];
  const found = answered(await house.service.records(viewer, "north", addresses));
  expect(found).toMatchObject([
    { address: { id: "p1" }, fields: { name: "Ann Lee", number: "1" } },
    { address: { id: "p9" }, problem: "There is no record north-office/people/p9." },
    { address: { connection: "elsewhere" }, problem: expect.stringContaining("no record") },
  ]);
  expect(answered(await house.service.records(viewer, "north", []))).toEqual([]);
});

test("records-too-many, address-unreadable: what cannot be read is not asked for", async () => {
  await open();
  const many = Array.from({ length: recordsMax + 1 }, (_nothing, at) => `${people}/p${at}`);
  expect(refusedAs(await house.service.records(viewer, "north", many))).toBe(
    "422 records-too-many",
  );
  for (const word of ["", "p1", "a/b"]) {
    expect(refusedAs(await house.service.records(viewer, "north", [word]))).toBe(
      "422 address-unreadable",
    );
    expect(refusedAs(await house.service.history(viewer, "north", word))).toBe(
      "422 address-unreadable",
    );
  }
  expect(house.opened()).toBe(0);
});

test("the history of a record has what runs did to it, newest first", async () => {
  await open();
  const first = await house.run("north");
  house.pass(60_000);
  house
    .world("north")
    .stream("people")
    .put(person("p1", { name: "Ann Lee", number: "1", is_user: false, title: "Welder" }));
  const second = await house.run("north");
  const history = answered(await house.service.history(viewer, "north", `${people}/p1`));
  const told = history.map(({ action, status, runId }) => [action, status, runId].join(" "));
  expect(told).toEqual([`update applied ${second.runIds[0]}`, `create applied ${first.runIds[0]}`]);
  expect(history[0]?.at.getTime()).toBeGreaterThan(history[1]?.at.getTime() ?? 0);
  const target = history[0]?.target?.id;
  const other = await house.service.history(viewer, "north", `north-office/contacts/${target}`);
  expect(answered(other)).toHaveLength(2);
  expect(answered(await house.service.history(viewer, "north", `${people}/p9`))).toEqual([]);
});

test("the connections of a workspace are checked, each with its account", async () => {
  await open();
  const checks = answered(await house.service.checkConnections(operator, "north"));
  expect(checks).toMatchObject([
    { connection: "north-office", connector: "memory", account: house.world("north").account },
  ]);
  expect(checks[0]?.results.every(({ status }) => status === "ok")).toBe(true);
});

test("a record is explained as the command line does it", async () => {
  await open();
  const explained = answered(await house.service.explain(viewer, key, "p2"));
  if (explained.kind !== "explained") throw new Error("several fit");
  expect(explained.address).toEqual({ connection: "north-office", stream: "people", id: "p2" });
  expect(explained.text).toMatch(/^Ann Berg {2}north-office\/people\/p2\n/);
  expect(explained.text).toContain("4 Matched");
});

test("record-unknown: several records that fit are offered, and none is said to be none", async () => {
  await open();
  const several = answered(await house.service.explain(viewer, key, "Ann"));
  expect(several).toMatchObject({ kind: "several", hits: expect.any(Array) });
  expect(JSON.stringify(several)).toContain("Ann Lee");
  expect(refusedAs(await house.service.explain(viewer, key, "Zoe"))).toBe("404 record-unknown");
  for (const word of ["", "x".repeat(501)]) {
    expect(refusedAs(await house.service.explain(viewer, key, word))).toBe("422 record-unknown");
  }
  const other = { ...key, mapping: "none" };
  expect(refusedAs(await house.service.explain(viewer, other, "p1"))).toBe("404 mapping-unknown");
});

test("accounts-bound: what the state has against the mapping is told in place of an explanation", async () => {
  await open();
  await house.run("north");
  const binding = (await house.state.workspace("north").bindings())[0];
  if (!binding) throw new Error("the mapping is not bound");
  const store = house.state.workspace("north");
  await store.unbind([], "people");
  const accounts = binding.accounts.map((one) => ({ ...one, account: "another company" }));
  await store.bind([], { ...binding, accounts });
  expect(refusedAs(await house.service.explain(viewer, key, "p1"))).toBe("409 accounts-bound");
});

/** Everything that is asked of a system waits until it is let go. */
function slow(): { readonly service: House["service"]; readonly letGo: () => void } {
  let letGo = () => {};
  const gate = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  const service = openService({
    ...house.deps,
    timing: { checkMs: 100, recordsMs: 100, explainMs: 100 },
    openEngine: (workspace, observe) => {
      const engine = house.deps.openEngine(workspace, observe);
      return {
        ...engine,
        find: async (address, signal) => {
          await gate;
          return engine.find(address, signal);
        },
        check: async (connection, signal) => {
          await gate;
          return engine.check(connection, signal);
        },
        gather: async (options) => {
          await gate;
          return engine.gather(options);
        },
      };
    },
  });
  return { service, letGo };
}

test("answer-late: whoever asks a slow system hears so in time", async () => {
  await open();
  const { service, letGo } = slow();
  const late = await Promise.all([
    service.checkConnections(operator, "north"),
    service.records(viewer, "north", [`${people}/p1`]),
    service.explain(viewer, key, "p1"),
  ]);
  expect(late.map(refusedAs)).toEqual(["503 answer-late", "503 answer-late", "503 answer-late"]);
  letGo();
});

test("workspace-busy: only so many questions to the systems of a workspace go on at one time", async () => {
  await open();
  const { service, letGo } = slow();
  const asked = Array.from({ length: 6 }, () => service.records(viewer, "north", [`${people}/p1`]));
  const answers = await Promise.all(asked);
  expect(answers.at(-1)).toHaveProperty("trouble.code", "workspace-busy");
  const told = answers.map(refusedAs).sort();
  expect(told).toEqual([
    ...["503 answer-late", "503 answer-late", "503 answer-late", "503 answer-late"],
    ...["503 workspace-busy", "503 workspace-busy"],
  ]);
  letGo();
  // What was given up makes room once it has ended.
  await expect
    .poll(async () => (await service.records(viewer, "north", [])).ok, { timeout: 20_000 })
    .toBe(true);
});
