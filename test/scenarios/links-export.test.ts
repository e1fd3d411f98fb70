import { randomUUID } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, expect, test, vi } from "vitest";
import { exportLinks } from "../../cli/link/export-links.ts";
import { importLinks } from "../../cli/link/import-links.ts";
import { pairsOfProject, readPairs } from "../../cli/link/pairs-files.ts";
import type { Session } from "../../cli/session.ts";
import { terminal } from "../../cli/terminal.ts";
import { connectors } from "../../connectors/registry.ts";
import { loadProject } from "../../engine/config/load-project.ts";
import type { Plan } from "../../engine/plan/plan.ts";
import { systemClock } from "../../engine/run/clock.ts";
import { openEngine } from "../../engine/run/open-engine.ts";
import { memoryStore } from "../../engine/state/memory-store.ts";
import type { StateStore } from "../../engine/state/store.ts";
import {
  type Company,
  changeLines,
  heldLines,
  openCompany,
  passedOverLines,
} from "../support/company.ts";

/*
 * The state is lost, and git has what it knew: links are exported, and imported into a fresh state. What is planned then
 * is what was planned before.
 */

let company: Company;

afterEach(async () => {
  vi.restoreAllMocks();
  await company.close();
});

/** A person who logs in, by number. */
function person(number: number, more: Record<string, unknown> = {}) {
  return {
    first_name: `Person${number}`,
    last_name: "Lund",
    email: `p${number}@northridge.example`,
    employee_number: `NR-${number}`,
    status: "active" as const,
    is_user: true,
    is_assignable: false,
    ...more,
  };
}

function user(number: number, more: Record<string, unknown> = {}) {
  return {
    first_name: `Person${number}`,
    last_name: "Lund",
    email_address: `p${number}@northridge.example`,
    employee_id: `NR-${number}`,
    is_employee: true,
    ...more,
  };
}

/**
 * In step, created by us, changed in the source, changed in the target, disputed, sharing a key, inactive and never
 * linked, without a key, an assignable one, and one who is deleted and made inactive.
 */
async function busyCompany(): Promise<void> {
  company = await openCompany({
    wfp: {
      people: [
        ...[1, 2, 3, 4, 9].map((number) => person(number)),
        person(5, { last_name: "Lundt" }),
        person(6, { email: "shared@northridge.example" }),
        person(7, { email: "shared@northridge.example" }),
        person(8, { status: "inactive" }),
        person(10, { is_user: false, is_assignable: true }),
        person(11, { is_user: false, is_assignable: true, employee_number: null }),
      ],
    },
    procore: {
      users: [1, 3, 4, 5, 9].map((number) => user(number)),
      contacts: [
        { first_name: "Person10", last_name: "Lund", employee_id: "NR-10", is_employee: true },
      ],
    },
    edits: [[["limits", "minimum"], 100]],
  });
  await company.link();
  await company.sync();
  company.wfp.remove(idOf(9));
  await company.sync();
  company.wfp.edit(idOf(3), { phone: "+12065550142" });
  company.directory.editUser("p4@northridge.example", { last_name: "Changed" });
}

function idOf(number: number): string {
  const found = company.wfp.people().find((one) => one.first_name === `Person${number}`);
  return found?.id ?? "";
}

/** The project as it is now, with this state. */
async function open(store: StateStore): Promise<Session> {
  const env = { WFP_CLIENT_SECRET: "wfp-app-secret", PROCORE_CLIENT_SECRET: "procore-app-secret" };
  const loaded = await loadProject({ directory: company.folder, env, connectors });
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.diagnostics, null, 2));
  const engine = openEngine(loaded.project, {
    connectors,
    store,
    clock: systemClock,
    random: Math.random,
    newId: randomUUID,
    observe: () => {},
    version: "0.0.0-test",
  });
  const { signal } = new AbortController();
  return { project: loaded.project, engine, store, signal, clearProgress: () => {} };
}

async function planOf({ engine, signal }: Session): Promise<Plan> {
  return engine.plan({ purpose: "sync", allow: [], only: [], exclude: [], signal });
}

/** Works in an open project; answers what was printed as JSON. */
async function inProject<T>(store: StateStore, work: (session: Session) => Promise<T>) {
  const printed: string[] = [];
  vi.spyOn(terminal, "out").mockImplementation((text) => void printed.push(text));
  const session = await open(store);
  try {
    const result = await work(session);
    return { result, printed: printed.length > 0 ? JSON.parse(printed.join("")) : null };
  } finally {
    await session.engine.close();
  }
}

const exportFlags = { baselines: false, project: ".", json: true };
const importFlags = { "skip-wrong": false, by: "ana", project: ".", json: true };

/** What a plan says, without the reasons. */
function gist(plan: Plan) {
  return {
    changes: changeLines(plan),
    fields: plan.changes.flatMap((change) =>
      "fields" in change ? change.fields.map(({ field, after }) => `${field} ${after}`) : [],
    ),
    held: heldLines(plan),
    passedOver: passedOverLines(plan),
  };
}

async function exported(flags: Partial<typeof exportFlags> = {}) {
  const { printed } = await inProject(company.store, (session) =>
    exportLinks(session, { ...exportFlags, ...flags }),
  );
  return printed.exports[0];
}

function imported(store: StateStore, flags: Partial<typeof importFlags> = {}) {
  return inProject(store, async (session) =>
    importLinks(session, [await pairsOfProject(session.project)], { ...importFlags, ...flags }),
  );
}

test("with baselines, the plan after an import into a fresh state is the plan of before, to the digest", async () => {
  await busyCompany();
  const { result: before } = await inProject(company.store, planOf);
  expect(changeLines(before)).toEqual(["update users Person3 Lund", "update users Person4 Lund"]);
  expect(heldLines(before).length).toBeGreaterThan(3);

  expect(await exported({ baselines: true })).toMatchObject({ added: 6, leftOut: [] });
  // The same state, with everything decided by now: nothing else follows.
  expect((await inProject(company.store, planOf)).result.digest).toBe(before.digest);

  const fresh = memoryStore(systemClock);
  expect((await imported(fresh)).printed).toMatchObject({ tied: 6, linkedAlready: 0, wrong: [] });
  const { result: after } = await inProject(fresh, planOf);
  expect(after.changes).toEqual(before.changes);
  expect(after.digest).toBe(before.digest);
});

test("without baselines the same is changed, held and passed over, save for what the target does not tell", async () => {
  await busyCompany();
  const { result: before } = await inProject(company.store, planOf);
  await exported();
  const fresh = memoryStore(systemClock);
  // One of the people is deleted: without a baseline nothing proves that there was such a link.
  const refused = await imported(fresh);
  expect(refused.result).toBe(1);
  expect(refused.printed).toMatchObject({
    error: { code: "links-wrong" },
    wrong: [{ because: expect.stringContaining("There is no record wfp/people/") }],
  });
  expect((await fresh.load("people")).links).toEqual([]);
  const skipped = await imported(fresh, { "skip-wrong": true });
  expect(skipped).toMatchObject({ result: 4, printed: { tied: 5, linkedAlready: 0 } });
  const { result: after } = await inProject(fresh, planOf);
  // Procore does not tell the job title of a contact: what nobody remembers is written once more.
  const withoutContacts = (plan: Plan) => ({
    ...plan,
    changes: plan.changes.filter(({ rule }) => rule !== "contacts"),
  });
  expect(changeLines(after)).toEqual(["update contacts Person10 Lund", ...changeLines(before)]);
  expect(gist(withoutContacts(after))).toEqual(gist(before));
});

test("importing again changes nothing, and neither does exporting again", async () => {
  await busyCompany();
  await exported({ baselines: true });
  const file = join(company.folder, "links/people.yaml");
  const text = await readFile(file, "utf8");
  expect(await exported({ baselines: true })).toMatchObject({
    added: 0,
    changed: 0,
    unchanged: 6,
    files: [],
  });
  expect(await readFile(file, "utf8")).toBe(text);
  const { links } = await company.store.load("people");
  expect((await imported(company.store)).printed).toMatchObject({ tied: 0, linkedAlready: 6 });
  expect((await company.store.load("people")).links).toEqual(links);
});

test("pairs of a CSV file are tied and decided; one that is wrong keeps all of them out", async () => {
  company = await openCompany({
    wfp: { people: Array.from({ length: 12 }, (_, number) => person(number)) },
    procore: {
      users: Array.from({ length: 11 }, (_, number) =>
        user(number, { email_address: `old${number}@northridge.example` }),
      ),
    },
  });
  const users = company.directory.users();
  const lines = Array.from({ length: 11 }, (_, number) => {
    const found = users.find((one) => one["first_name"] === `Person${number}`);
    return `wfp/people/${idOf(number)},procore/users/${found?.["id"]},"Badge ${number}, seen"`;
  });
  const csv = join(company.folder, "pairs.csv");
  const write = async (some: readonly string[]) => {
    await writeFile(csv, ["source,target,why", ...some, ""].join("\n"));
  };
  const bring = (more: Partial<typeof importFlags> = {}) =>
    inProject(company.store, async (session) => {
      const files = await readPairs(company.folder, [csv]);
      if ("code" in files) throw new Error(files.message);
      return importLinks(session, files, { ...importFlags, ...more });
    });

  await write([...lines, `wfp/people/${idOf(11)},procore/users/999,`]);
  const refused = await bring();
  expect(refused).toMatchObject({
    result: 1,
    printed: { wrong: [{ because: "There is no record procore/users/999.", at: { line: 13 } }] },
  });
  expect((await company.store.load("people")).links).toEqual([]);

  await write(lines);
  const done = await bring();
  expect(done).toMatchObject({ result: 0, printed: { tied: 11, files: ["links/people.yaml"] } });
  const text = await readFile(join(company.folder, "links/people.yaml"), "utf8");
  expect(text).toContain("    why: Badge 7, seen\n    by: ana\n");
  expect(text).toContain("    name: Person7 Lund\n");
  expect((await bring()).printed).toMatchObject({ tied: 0, linkedAlready: 11, files: [] });
});
