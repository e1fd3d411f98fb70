import { rm } from "node:fs/promises";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { requireWorkspaceName } from "../../engine/state/state.ts";
import { isWorkspaceName, makeshiftName, settleNames } from "../../server/workspaces/names.ts";
import {
  company,
  newFolder,
  openCompanies,
  projectText,
  settingsFor,
  under,
  writeFiles,
} from "../support/companies.ts";

/* A name is a memory: no two folders have one, and none that is nobody's is taken by chance. */

async function withCompanies(named: Readonly<Record<string, string>>) {
  const directory = await newFolder();
  const folder = join(directory, "companies");
  for (const [name, keys] of Object.entries(named)) {
    await writeFiles(folder, under(name, company(keys)));
  }
  const settings = settingsFor(directory, { kind: "folder", folder, everySeconds: 5 });
  return { folder, settings };
}

const facts = ({
  name,
  project,
  broken,
}: {
  name: string;
  project: unknown;
  broken: readonly { code: string }[];
}) => [name, project !== null, ...broken.map(({ code }) => code)];

test("a folder whose name is none is told, unless its file names the workspace", async () => {
  const { settings } = await withCompanies({
    "Northridge Builders": "",
    "Harbor & Sons": "workspace: harbor",
    "Northridge-Builders": "",
    "-": "",
  });
  const { workspaces } = await openCompanies(settings);
  expect(workspaces.all().map(facts)).toEqual([
    ["Northridge-Builders", true],
    ["Northridge-Builders-2", false, "workspace-malformed"],
    ["harbor", true],
    ["workspace", false, "workspace-malformed"],
  ]);
  expect(workspaces.get("Northridge-Builders-2")?.title).toBe("Northridge Builders");
});

test("of two folders with one name, the one that has had it keeps it, also over a restart", async () => {
  const { settings, folder } = await withCompanies({ quay: "workspace: harbor" });
  const first = await openCompanies(settings);
  await writeFiles(folder, under("copy-of-quay", company("workspace: harbor")));
  await first.workspaces.refresh();
  const expected = [
    ["copy-of-quay", false, "workspace-taken"],
    ["harbor", true],
  ];
  expect(first.workspaces.all().map(facts)).toEqual(expected);
  const { workspaces } = await openCompanies(settings);
  expect(workspaces.all().map(facts)).toEqual(expected);
  const [loser] = workspaces.all();
  expect(loser?.broken[0]?.at).toEqual({ file: "syncctl.yaml", line: 2, column: 12 });

  await rm(join(folder, "quay"), { recursive: true });
  await workspaces.refresh();
  expect(workspaces.all().map(facts)).toEqual([["harbor", true]]);
  expect(workspaces.get("harbor")?.folder).toBe(join(folder, "copy-of-quay"));
});

test("of two new ones, the folder that is called so gets it; if none is, nobody does", async () => {
  const { settings, folder } = await withCompanies({
    harbor: "",
    port: "workspace: harbor",
    east: "workspace: quay",
    west: "workspace: quay",
  });
  const { workspaces } = await openCompanies(settings);
  expect(workspaces.all().map(facts)).toEqual([
    ["east", false, "workspace-taken"],
    ["harbor", true],
    ["port", false, "workspace-taken"],
    ["west", false, "workspace-taken"],
  ]);
  await writeFiles(folder, { "west/syncctl.yaml": projectText("workspace: west-quay") });
  await workspaces.refresh();
  expect(workspaces.all().map(facts).slice(1)).toEqual([
    ["port", false, "workspace-taken"],
    ["quay", true],
    ["west-quay", true],
  ]);
});

test("a company that asks for a name that is taken goes on under its own", async () => {
  const { settings, folder } = await withCompanies({ harbor: "", quay: "" });
  const { workspaces } = await openCompanies(settings);
  const before = workspaces.get("quay")?.project;
  await writeFiles(folder, { "quay/syncctl.yaml": projectText("workspace: harbor") });
  await workspaces.refresh();
  expect(workspaces.all().map(facts)).toEqual([
    ["harbor", true],
    ["quay", true, "workspace-taken"],
  ]);
  expect(workspaces.get("quay")?.project).toMatchObject({
    digest: before?.digest,
    workspace: "quay",
  });
});

test("a company whose name changes is another one", async () => {
  const { settings, folder } = await withCompanies({ harbor: "" });
  const { workspaces, told } = await openCompanies(settings);
  await writeFiles(folder, { "harbor/syncctl.yaml": projectText("workspace: port") });
  await workspaces.refresh();
  expect(workspaces.all().map(facts)).toEqual([["port", true]]);
  expect(told()).toEqual(["harbor", "port"]);
});

describe("names of any folders", () => {
  const name = fc.constantFrom("a", "b", "c");
  const claims = fc.uniqueArray(
    fc.record({
      key: fc.constantFrom("a", "b", "c", "d", "e"),
      wanted: fc.option(name),
      held: fc.option(name),
    }),
    { selector: ({ key }) => key },
  );

  test("no two are given one, and nobody gets one that it has not asked for or had", () => {
    fc.assert(
      fc.property(claims, (all) => {
        const names = settleNames(all);
        const given = [...names.values()].filter((one) => one !== null);
        expect(new Set(given).size).toBe(given.length);
        for (const { key, wanted, held } of all) {
          expect([wanted, held, null]).toContain(names.get(key) ?? null);
        }
      }),
    );
  });

  test("who alone asks for a name gets it", () => {
    fc.assert(
      fc.property(claims, (all) => {
        const names = settleNames(all);
        for (const { key, wanted } of all) {
          const others = all.filter((one) => one.key !== key);
          if (wanted === null) continue;
          if (others.some((one) => one.wanted === wanted || one.held === wanted)) continue;
          expect(names.get(key)).toBe(wanted);
        }
      }),
    );
  });

  test("a makeshift name can be the name of a workspace", () => {
    fc.assert(
      fc.property(fc.string(), fc.array(fc.string()), (key, taken) => {
        const made = makeshiftName(key, new Set(taken));
        expect(isWorkspaceName(requireWorkspaceName(made))).toBe(true);
        expect(taken).not.toContain(made);
      }),
    );
  });
});
