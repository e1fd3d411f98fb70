import { afterEach, expect, test } from "vitest";
import type { NewRequest } from "../../engine/state/service-store.ts";
import type { RunEntry } from "../../engine/state/store.ts";
import type { EntryPage } from "../../server/service.ts";
import { person } from "../support/office.ts";
import {
  answered,
  type House,
  openHouse,
  operator,
  refusedAs,
  viewer,
} from "../support/service-house.ts";

/* Asking for runs, listing them, and reading what became of each record. */

let house: House;
afterEach(() => house.close());

const what = {
  workspace: "north",
  mapping: "people",
  purpose: "sync",
  allow: [],
  trigger: "manual",
} as const;

async function open(): Promise<void> {
  house = await openHouse({
    north: {
      people: [
        person("p1", { name: "Ann Lee", number: "1", is_user: false }),
        person("p2", { name: "=Bo Ek", number: "2", is_user: false }),
        person("p3", { name: "Cy Ott", number: "3", is_user: false, active: false }),
      ],
    },
    south: {},
  });
}

test("S-021: a run is asked for by a person, and whoever asks twice gets the one that is queued", async () => {
  await open();
  const first = answered(await house.service.startRun(operator, what));
  expect(first).toMatchObject({ status: "queued", requestedBy: "Olga", trigger: "manual" });
  const again = answered(await house.service.startRun({ ...operator, name: "Ole" }, what));
  expect(again.id).toBe(first.id);
  expect(house.queue).toEqual([first.id]);
  await house.work();
  expect(await house.request(first.id)).toMatchObject({ status: "done", counts: { create: 2 } });
});

test("guard-unknown, mapping-unknown: what is asked for must be there", async () => {
  await open();
  for (const allow of ["people", "people:nope", "others:too-many-creates"]) {
    const asked = await house.service.startRun(operator, { ...what, allow: [allow] });
    expect(refusedAs(asked)).toBe("422 guard-unknown");
  }
  const allow = ["people:too-many-creates", "people:too-many-creates"];
  const asked = answered(await house.service.startRun(operator, { ...what, allow }));
  expect(asked.allow).toEqual(["people:too-many-creates"]);
  const other = await house.service.startRun(operator, { ...what, mapping: "projects" });
  expect(refusedAs(other)).toBe("404 mapping-unknown");
  expect(refusedAs(await house.service.run(viewer, "nope"))).toBe("404 request-unknown");
});

function request(id: string, minute: number, more: Partial<NewRequest> = {}): NewRequest {
  const at = new Date(Date.UTC(2026, 2, 2, 6, minute));
  return {
    ...{ id, workspace: "north", mapping: "people", purpose: "sync", allow: [] },
    ...{ trigger: "schedule", requestedBy: "schedule", requestedAt: at, finishedAt: at },
    status: "done",
    ...more,
  };
}

test("S-012: runs are listed newest first, page by page, of everything that the asker may see", async () => {
  await open();
  const { service } = house.state;
  for (let minute = 0; minute < 5; minute += 1) {
    await service.addRequest(request(`n${minute}`, minute));
    await service.addRequest(request(`s${minute}`, minute, { workspace: "south" }));
  }
  await service.addRequest(request("n9", 9, { status: "failed", mapping: "projects" }));
  await service.addRequest(request("gone", 10, { workspace: "west" }));
  const idsOf = async (filter: object, actor = viewer) => {
    const page = answered(await house.service.runs(actor, { limit: 100, ...filter }));
    return page.runs.map(({ id }) => id).join(" ");
  };
  expect(await idsOf({})).toBe("gone n9 s4 n4 s3 n3 s2 n2 s1 n1 s0 n0");
  expect(await idsOf({ workspace: "west" })).toBe("gone");
  expect(await idsOf({ workspace: "north", mapping: "people" })).toBe("n4 n3 n2 n1 n0");
  expect(await idsOf({ statuses: ["failed", "queued"] })).toBe("n9");
  const southern = { ...viewer, workspaces: ["south"] };
  expect(await idsOf({}, southern)).toBe("s4 s3 s2 s1 s0");
  const both = { ...viewer, workspaces: ["south", "west", "nowhere"] };
  expect(await idsOf({ limit: 2 }, both)).toBe("gone s4");

  const first = answered(await house.service.runs(viewer, { limit: 3 }));
  expect(first.next).toBe("s4");
  const rest = answered(await house.service.runs(viewer, { limit: 100, before: "s4" }));
  expect(rest.runs[0]?.id).toBe("n4");
  expect(rest).not.toHaveProperty("next");
  const last = answered(await house.service.runs(viewer, { limit: 2, before: "s0" }));
  expect(last.runs.map(({ id }) => id)).toEqual(["n0"]);
});

function entry(sequence: number, more: Partial<RunEntry> = {}): RunEntry {
  return {
    sequence,
    mapping: "people",
    rule: "contacts",
    source: { connection: "north-office", stream: "people", id: `p${sequence}` },
    label: `Person ${sequence}`,
    action: "create",
    status: "applied",
    reason: "",
    fields: [],
    ...more,
  };
}

/** A request with a run that was killed, of which numbers are missing, and one that came after it. */
async function killed(): Promise<string> {
  await open();
  await house.state.service.addRequest(request("r", 0));
  const store = house.state.workspace("north");
  for (const [at, runId] of ["run-1", "run-2"].entries()) {
    await store.startRun({
      ...{ runId, planId: `plan-${at}`, planDigest: "", purpose: "sync", mappings: ["people"] },
      ...{ configurationDigest: "", startedBy: "Olga", request: "r" },
      startedAt: new Date(Date.UTC(2026, 2, 2, 6, at)),
    });
  }
  await store.addEntries("run-1", [
    entry(0),
    entry(1, { status: "held", action: "none", code: "ambiguous", reason: "Two of them." }),
    entry(7, {
      label: "Zoë Ångström",
      status: "failed",
      code: "answer-lost",
      reason: "No answer.",
    }),
  ]);
  await store.addEntries("run-2", [
    entry(0, { target: { connection: "north-office", stream: "contacts", id: "c-77" } }),
    entry(2, { status: "held", code: "in-doubt", reason: "Nobody knows." }),
  ]);
  return "r";
}

test("positions count over all runs of a request, also where a killed run has left numbers out", async () => {
  const id = await killed();
  const pageOf = async (page: Partial<EntryPage>) => {
    const found = answered(
      await house.service.entries(viewer, id, { from: 0, limit: 100, ...page }),
    );
    const lines = found.entries.map(({ position, runId, sequence }) =>
      [position, runId, sequence].join(" "),
    );
    return { lines, next: found.next };
  };
  const all = ["0 run-1 0", "1 run-1 1", "7 run-1 7", "8 run-2 0", "10 run-2 2"];
  expect(await pageOf({})).toEqual({ lines: all, next: undefined });
  expect(await pageOf({ limit: 2 })).toEqual({ lines: all.slice(0, 2), next: 7 });
  expect(await pageOf({ from: 7, limit: 2 })).toEqual({ lines: all.slice(2, 4), next: 10 });
  expect(await pageOf({ from: 2 })).toEqual({ lines: all.slice(2), next: undefined });
  expect(await pageOf({ from: 11 })).toEqual({ lines: [], next: undefined });
  expect(await pageOf({ statuses: ["held"], limit: 1 })).toEqual({ lines: [all[1]], next: 10 });
  expect(await pageOf({ statuses: ["applied"], from: 1 })).toEqual({
    lines: [all[3]],
    next: undefined,
  });
  expect(await pageOf({ statuses: ["stale"] })).toEqual({ lines: [], next: undefined });
  for (const [search, position] of [
    ["ÅNGSTRÖM", 2],
    ["answer-LOST", 2],
    ["two of", 1],
    ["contacts/c-77", 3],
    [" people/p2 ", 4],
  ] as const) {
    expect((await pageOf({ search })).lines).toEqual([all[position]]);
  }
  expect((await pageOf({ search: "nobody", statuses: ["failed"] })).lines).toEqual([]);
});

async function logOf(id: string, format: "txt" | "csv" | "ndjson"): Promise<readonly string[]> {
  const pieces: string[] = [];
  for await (const piece of answered(await house.service.log(viewer, id, format))) {
    pieces.push(piece);
  }
  return pieces;
}

test("S-013, S-014, S-015: the log of a run is a file that names who was synced, who was not, and why", async () => {
  await open();
  const { id } = await house.run("north");
  const text = (await logOf(id, "txt")).join("");
  expect(text).toMatch(/^Run {7}/);
  expect(text).toContain("applied      create Ann Lee");
  expect(text).toContain("passed-over  Cy Ott");
  const csv = (await logOf(id, "csv")).join("");
  expect(csv.split("\r\n")[0]).toBe(
    "sequence,mapping,rule,name,source,target,action,status,code,reason,fields",
  );
  expect(csv).toContain("'=Bo Ek");
  const lines = (await logOf(id, "ndjson")).join("").trimEnd().split("\n");
  expect(lines.map((line) => JSON.parse(line).label)).toEqual(["Cy Ott", "Ann Lee", "=Bo Ek"]);
});

test("a log of several runs has one table, and a text head for each", async () => {
  const id = await killed();
  const text = (await logOf(id, "txt")).join("");
  expect(text.match(/^Run {7}/gm)).toHaveLength(2);
  const csv = (await logOf(id, "csv")).join("").trimEnd().split("\r\n");
  expect(csv).toHaveLength(6);
  const lines = (await logOf(id, "ndjson")).join("").trimEnd().split("\n");
  expect(lines.map((line) => JSON.parse(line).run)).toEqual([
    ...["run-1", "run-1", "run-1"],
    ...["run-2", "run-2"],
  ]);
});

test("a run that came to nothing has a log that says so", async () => {
  await open();
  await house.state.service.addRequest(
    request("r", 0, { status: "failed", code: "workspace-broken", note: "The files are broken." }),
  );
  expect((await logOf("r", "txt")).join("")).toBe(
    "Run       r\nAsked     2 Mar 2026, 06:00:00 UTC by schedule\nWhat      sync of people\nResult    failed; nothing was carried out\nNote      The files are broken.\n",
  );
  expect((await logOf("r", "csv")).join("")).toMatch(/^sequence,[a-z,]+\r\n$/);
  expect((await logOf("r", "ndjson")).join("")).toBe("");
});

test("S-022: a long log is read in pieces, and searched without reading all of it at once", async () => {
  await open();
  await house.state.service.addRequest(request("r", 0));
  const store = house.state.workspace("north");
  await store.startRun({
    ...{ runId: "run-1", planId: "plan", planDigest: "", purpose: "sync", mappings: ["people"] },
    ...{ configurationDigest: "", startedBy: "Olga", request: "r", startedAt: new Date() },
  });
  const size = 25_000;
  const isRare = (at: number) => (at % 10_000 === 9_999 ? { label: "Zoë" } : {});
  const isHeld = (at: number) => (at === 24_000 ? ({ status: "held" } as const) : {});
  await store.addEntries(
    "run-1",
    Array.from({ length: size }, (_nothing, at) => entry(at, { ...isRare(at), ...isHeld(at) })),
  );
  const positions = async (page: Partial<EntryPage>) => {
    const found = answered(
      await house.service.entries(viewer, "r", { from: 0, limit: 10, ...page }),
    );
    return { at: found.entries.map(({ position }) => position), next: found.next };
  };
  // Where few of very many fit, a page ends early and says where to go on.
  expect(await positions({ search: "zoë" })).toEqual({ at: [9_999, 19_999], next: 20_000 });
  expect(await positions({ search: "zoë", from: 20_000 })).toEqual({ at: [], next: undefined });
  expect(await positions({ statuses: ["held"] })).toEqual({ at: [24_000], next: undefined });
  const pieces = await logOf("r", "csv");
  expect(pieces).toHaveLength(26);
  expect(pieces.join("").split("\r\n")).toHaveLength(size + 2);
});
