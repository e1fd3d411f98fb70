import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { openService } from "../../server/service/open-service.ts";
import type { HeldDecision, HeldView } from "../../server/service.ts";
import type { Workspaces } from "../../server/workspaces/workspace.ts";
import { contact, person } from "../support/office.ts";
import {
  admin,
  answered,
  type House,
  openHouse,
  operator,
  refusedAs,
  viewer,
} from "../support/service-house.ts";

/* Records that wait for a person, and what the person decides about them. */

let house: House;
afterEach(() => house.close());

const contacts = "north-office/contacts";
const people = "north-office/people";

/** Ann's number belongs to somebody of another name; Bo's to two. */
async function open(): Promise<void> {
  house = await openHouse({
    north: {
      people: [
        person("p1", { name: "Ann Lee", number: "1", is_user: false }),
        person("p2", { name: "Bo Ek", number: "2", is_user: false }),
        person("p3", { name: "Cy Ott", number: "3", is_user: false }),
      ],
      contacts: [
        contact("c1", { name: "Ann Lea", number: "1" }),
        contact("c2", { name: "Bo Ek", number: "2" }),
        contact("c3", { name: "Bo Eck", number: "2" }),
        contact("c9", { name: "A. Lee", number: "9" }),
      ],
    },
  });
  expect(await house.run("north")).toMatchObject({ status: "done", counts: { held: 2 } });
}

async function held(): Promise<readonly HeldView[]> {
  return answered(await house.service.held(viewer, "north"));
}

function lines(views: readonly HeldView[]): readonly string[] {
  return views.map(({ code, label, decided }) => [code, label, decided].join(" ").trim());
}

function decide(source: string, decision: HeldDecision, more: { readonly why?: string } = {}) {
  const about = { workspace: "north", mapping: "people", rule: "contacts", source };
  return house.service.decide(operator, { ...about, why: "Asked her.", ...more }, decision);
}

async function linksText(): Promise<string> {
  return readFile(join(house.folderOf("north"), "links/people.yaml"), "utf8");
}

test("held records come from the newest plan, with their candidates", async () => {
  await open();
  const views = await held();
  expect(lines(views)).toEqual(["disagrees Ann Lee", "ambiguous Bo Ek"]);
  expect(views[0]).toMatchObject({
    mapping: "people",
    rule: "contacts",
    requestId: expect.any(String),
    planId: expect.any(String),
    plannedAt: expect.any(Date),
    candidates: [{ address: { id: "c1" }, label: "Ann Lea" }],
  });
  expect(lines(answered(await house.service.held(viewer, "north", "people")))).toHaveLength(2);
  expect(refusedAs(await house.service.held(viewer, "north", "others"))).toBe(
    "404 mapping-unknown",
  );
});

test("a decision is written into the links file with who, when and why, and counts at the next run", async () => {
  await open();
  const day = new Date().toISOString().slice(0, 10);
  const result = answered(await decide(`${people}/p1`, { kind: "link", target: `${contacts}/c1` }));
  expect(result).toEqual({
    file: "links/people.yaml",
    isWritten: true,
    lines: `link:
  - pair: [${people}/p1, ${contacts}/c1]
    name: Ann Lee = Ann Lea
    why: Asked her.
    by: Olga
    on: ${day}
`,
  });
  expect(await linksText()).toContain(result.lines);
  expect(lines(await held())).toEqual(["disagrees Ann Lee link", "ambiguous Bo Ek"]);
  expect((await house.state.workspace("north").load("people")).links).toHaveLength(1);

  expect(await house.run("north")).toMatchObject({ counts: { link: 1, held: 1 } });
  const { links } = await house.state.workspace("north").load("people");
  expect(links.map(({ source, target }) => `${source.id} ${target.id}`).sort()[0]).toBe("p1 c1");
  expect(lines(await held())).toEqual(["ambiguous Bo Ek"]);
});

test("one can be left alone, and two can be told apart", async () => {
  await open();
  answered(await decide(`${people}/p1`, { kind: "ignore" }));
  answered(await decide(`${people}/p2`, { kind: "apart", target: `${contacts}/c3` }));
  expect(lines(await held())).toEqual(["disagrees Ann Lee ignore", "ambiguous Bo Ek apart"]);
  expect(await linksText()).toMatch(/apart:\n {2}- pair: .*\n {4}name: Bo Ek \/ Bo Eck\n/);
  expect(await linksText()).toMatch(/ignore:\n {2}- record: north-office\/people\/p1\n/);
  expect(await house.run("north")).toMatchObject({ counts: { link: 1, held: 0 } });
  expect(lines(await held())).toEqual([]);
});

test("several who decide at the same moment all find their words in the file", async () => {
  await open();
  const answers = await Promise.all([
    decide(`${people}/p1`, { kind: "link", target: `${contacts}/c1` }),
    decide(`${people}/p2`, { kind: "apart", target: `${contacts}/c3` }),
    decide(`${people}/p2`, { kind: "apart", target: `${contacts}/c2` }),
  ]);
  for (const answer of answers) expect(answered(answer).isWritten).toBe(true);
  const text = await linksText();
  expect(text.match(/pair:/g)).toHaveLength(3);
  // What stands there already is not written a second time.
  const again = answered(await decide(`${people}/p1`, { kind: "link", target: `${contacts}/c1` }));
  expect(again.isWritten).toBe(true);
  expect(await linksText()).toBe(text);
});

test("decided-otherwise, link-taken: what contradicts a file or a link is refused", async () => {
  await open();
  answered(await decide(`${people}/p1`, { kind: "apart", target: `${contacts}/c1` }));
  const text = await linksText();
  const other = await decide(`${people}/p1`, { kind: "link", target: `${contacts}/c1` });
  expect(refusedAs(other)).toBe("409 decided-otherwise");
  const linked = house
    .world("north")
    .stream("contacts")
    .records()
    .find(({ fields }) => fields["name"] === "Cy Ott");
  const taken = await decide(`${people}/p1`, {
    kind: "link",
    target: `${contacts}/${linked?.id}`,
  });
  expect(refusedAs(taken)).toBe("409 link-taken");
  expect(await linksText()).toBe(text);
});

test("record-missing: a person may name a record that the plan did not think of, if it is there", async () => {
  await open();
  const nobody = await decide(`${people}/p1`, { kind: "link", target: `${contacts}/c77` });
  expect(refusedAs(nobody)).toBe("422 record-missing");
  const result = answered(await decide(`${people}/p1`, { kind: "link", target: `${contacts}/c9` }));
  expect(result.lines).toContain("name: Ann Lee\n");
});

test("held-unknown, decision-unfit, address-unreadable, rule-unclear: what is decided must make sense", async () => {
  await open();
  const link = { kind: "link", target: `${contacts}/c1` } as const;
  expect(refusedAs(await decide(`${people}/p3`, link))).toBe("404 held-unknown");
  expect(refusedAs(await decide("p1", link))).toBe("422 address-unreadable");
  for (const why of ["", "  \n", "x".repeat(501)]) {
    const told = await decide(`${people}/p1`, link, { why });
    expect(told).toHaveProperty("trouble.code", "decision-unfit");
  }
  expect(refusedAs(await decide(`${people}/p1`, { kind: "link", target: "c1" }))).toBe(
    "422 address-unreadable",
  );
  const elsewhere = { kind: "apart", target: "north-office/users/u1" } as const;
  expect(refusedAs(await decide(`${people}/p1`, elsewhere))).toBe("409 rule-unclear");
});

test("hostile words stand in the file as words", async () => {
  await open();
  const why = 'said: "yes"\n  - pair: [a/b/c, d/e/f] # really?';
  answered(await decide(`${people}/p1`, { kind: "ignore" }, { why }));
  await house.workspaces.refresh("north");
  const workspace = house.workspaces.get("north");
  expect(workspace?.broken).toEqual([]);
  expect(workspace?.project?.mappings[0]?.decisions).toMatchObject([{ kind: "ignore", why }]);
});

test("a workspace that cannot be written gives the lines to commit", async () => {
  await open();
  const readOnly: Workspaces = {
    ...house.workspaces,
    get: (name) => {
      const workspace = house.workspaces.get(name);
      return workspace && { ...workspace, isWritable: false };
    },
  };
  const service = openService({ ...house.deps, workspaces: readOnly });
  const about = { workspace: "north", mapping: "people", rule: "contacts", why: "Asked her." };
  const result = answered(
    await service.decide(admin, { ...about, source: `${people}/p1` }, { kind: "ignore" }),
  );
  expect(result.isWritten).toBe(false);
  expect(result.lines).toMatch(/^ignore:\n {2}- record: north-office\/people\/p1\n/);
  await expect(linksText()).rejects.toThrow();
  expect(lines(await held())).toEqual(["disagrees Ann Lee", "ambiguous Bo Ek"]);
});

test("nothing is written into files that are broken", async () => {
  await open();
  await writeFile(join(house.folderOf("north"), "people.yaml"), "mapping: people\nrulez: {}\n");
  expect(refusedAs(await decide(`${people}/p1`, { kind: "ignore" }))).toBe("409 workspace-broken");
  await expect(linksText()).rejects.toThrow();
});

test("what was decided before the plan was made is not taken for an answer to it", async () => {
  await open();
  const before = new Date(Date.now() - 86_400_000 * 2).toISOString().slice(0, 10);
  answered(await decide(`${people}/p1`, { kind: "ignore" }));
  const text = (await linksText()).replace(/ {4}on: .*/, `    on: ${before}`);
  await writeFile(join(house.folderOf("north"), "links/people.yaml"), text);
  await house.workspaces.refresh("north");
  expect(lines(await held())).toEqual(["disagrees Ann Lee", "ambiguous Bo Ek"]);
});

test("a plan that says the same as one that waits leaves the held records where they are", async () => {
  house = await openHouse({
    north: {
      people: [
        person("p1", { name: "Ann Lee", number: "1", is_user: false }),
        person("p2", { name: "Bo Ek", number: "2", is_user: false }),
      ],
      contacts: [contact("c1", { name: "Ann Lea", number: "1" })],
      replace: [["limits: { minimum: 3 }", "limits: { minimum: 3 }\napply: approve"]],
    },
  });
  const first = await house.run("north");
  expect(first.status).toBe("waiting");
  expect(await house.run("north")).toMatchObject({ status: "done", code: "plan-waits-already" });
  const views = await held();
  expect(lines(views)).toEqual(["disagrees Ann Lee"]);
  expect(views[0]?.requestId).toBe(first.id);
});
