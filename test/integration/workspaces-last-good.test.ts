import { mkdir, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { describe, expect, test } from "vitest";
import type { Project } from "../../engine/config/project.ts";
import type { Workspaces } from "../../server/workspaces/workspace.ts";
import {
  company,
  mappingText,
  newFolder,
  openCompanies,
  projectText,
  settingsFor,
  under,
  writeFiles,
} from "../support/companies.ts";

/* A change that breaks a company's files does not stop the company, not even over a restart. */

async function oneCompany(keys = "") {
  const directory = await newFolder();
  const folder = join(directory, "companies");
  await writeFiles(folder, under("harbor", company(keys)));
  const settings = settingsFor(directory, { kind: "folder", folder, everySeconds: 5 });
  return { directory, folder, settings, lastGood: join(directory, ".syncctl/last-good") };
}

const breaks = { "harbor/mappings/people.yaml": `${mappingText()}nonsense: true\n` };
const mends = { "harbor/mappings/people.yaml": mappingText().replace("everyone", "crew") };

const harbor = (workspaces: Workspaces) => workspaces.get("harbor");
const vars = (project: Project | null | undefined) => project?.mappings[0]?.vars;

test("a broken change keeps the last good configuration and says what is wrong; mending it brings the new one", async () => {
  const { folder, settings } = await oneCompany();
  const { workspaces, told } = await openCompanies(settings);
  const good = harbor(workspaces);
  await writeFiles(folder, breaks);
  await workspaces.refresh();
  const broken = harbor(workspaces);
  expect(told()).toEqual(["harbor"]);
  expect(broken?.broken).toMatchObject([
    { code: "key-unknown", at: { file: "mappings/people.yaml", line: 19 } },
  ]);
  expect(broken?.project?.digest).toBe(good?.project?.digest);
  expect(broken?.loadedAt).toEqual(good?.loadedAt);

  await writeFiles(folder, mends);
  await workspaces.refresh();
  expect(harbor(workspaces)).toMatchObject({ broken: [] });
  expect(vars(harbor(workspaces)?.project)).toEqual({ who: "crew" });
});

test("so it is after a restart, with the folder itself as the folder of the project", async () => {
  const { folder, settings } = await oneCompany("state: memory");
  const before = harbor((await openCompanies(settings)).workspaces);
  await writeFiles(folder, breaks);
  const { workspaces } = await openCompanies(settings);
  const after = harbor(workspaces);
  expect(after?.project?.digest).toBe(before?.project?.digest);
  expect(after?.project).toMatchObject({
    directory: join(folder, "harbor"),
    state: join(folder, "harbor/memory"),
    workspace: "harbor",
  });
  expect(after?.loadedAt).toEqual(before?.loadedAt);
  expect(after?.broken).toMatchObject([{ code: "key-unknown" }]);

  await writeFiles(folder, mends);
  await workspaces.refresh();
  expect(harbor(workspaces)).toMatchObject({ broken: [] });
  expect(vars(harbor(workspaces)?.project)).toEqual({ who: "crew" });
});

test("variables that are set and credentials that change while files are broken count all the same", async () => {
  const { folder, settings } = await oneCompany();
  const { workspaces, service } = await openCompanies(settings);
  await writeFiles(folder, { ...breaks, "harbor/.env": "WFP_SECRET=rotated\n" });
  const at = new Date("2026-03-02T08:00:00Z");
  const key = { workspace: "harbor", mapping: "people", variable: "who" };
  await service.setOverride({ ...key, value: "nobody", by: "Hana", at });
  await workspaces.refresh();
  const { project, broken } = harbor(workspaces) ?? {};
  expect(broken).toHaveLength(1);
  expect(vars(project)).toEqual({ who: "nobody" });
  expect(project?.connections[0]?.configuration).toMatchObject({
    auth: { clientSecret: "rotated" },
  });
});

test("a company that was never right has no project, and its neighbours go on", async () => {
  const { folder, settings } = await oneCompany();
  await writeFiles(folder, under("quay", { ...company(), "syncctl.yaml": "version: [1" }));
  const { workspaces } = await openCompanies(settings);
  expect(workspaces.get("quay")).toMatchObject({
    title: "quay",
    project: null,
    broken: [{ code: "yaml-invalid", at: { file: "syncctl.yaml" } }],
  });
  expect(harbor(workspaces)).toMatchObject({ broken: [] });
});

describe("the copy", () => {
  async function filesIn(folder: string): Promise<readonly string[]> {
    const found = await readdir(folder, { recursive: true, withFileTypes: true });
    return found.filter((one) => one.isFile()).map((one) => join(one.parentPath, one.name));
  }

  test("holds the files that were read and no credentials, and the newest good ones only", async () => {
    const { folder, settings, lastGood } = await oneCompany();
    const { workspaces } = await openCompanies(settings);
    await writeFiles(folder, {
      "harbor/links/people.yaml":
        "version: 1\nmapping: people\nlink:\n  - pair: [wfp/people/1, procore/users/2]\n",
    });
    await workspaces.refresh();
    const files = await filesIn(lastGood);
    const version = /[0-9a-f]{64}/;
    expect(files.map((file) => relative(lastGood, file).replace(version, "…")).toSorted()).toEqual([
      "harbor/current.json",
      "harbor/…/links/people.yaml",
      "harbor/…/mappings/people.yaml",
      "harbor/…/syncctl.yaml",
    ]);
    const texts = await Promise.all(files.map((file) => readFile(file, "utf8")));
    expect(texts.join()).not.toContain("own-secret");
  });

  test("keeps mappings that stand beside the folder and that several companies share", async () => {
    const { folder, settings } = await oneCompany();
    const shared = projectText().replace("mappings/*.yaml", "../../shared/*.yaml");
    await writeFiles(folder, {
      "harbor/syncctl.yaml": shared,
      "../shared/people.yaml": mappingText(),
    });
    const before = harbor((await openCompanies(settings)).workspaces);
    await writeFiles(folder, { "../shared/people.yaml": "mapping: [" });
    const after = harbor((await openCompanies(settings)).workspaces);
    expect(before?.project?.digest).toBeDefined();
    expect(after?.project?.digest).toBe(before?.project?.digest);
    expect(after?.broken).not.toEqual([]);
  });

  test("that was cut off in the middle counts for nothing", async () => {
    const { folder, settings, lastGood } = await oneCompany();
    await openCompanies(settings);
    await writeFile(join(lastGood, "harbor/current.json"), '{"format":1,"vers');
    await writeFiles(folder, breaks);
    const { workspaces } = await openCompanies(settings);
    expect(harbor(workspaces)).toMatchObject({ project: null, broken: [{ code: "key-unknown" }] });
  });

  test("that cannot be written is told, and the company goes on", async () => {
    const { settings, directory } = await oneCompany();
    await mkdir(join(directory, ".syncctl"));
    await writeFile(join(directory, ".syncctl/last-good"), "a file where the folder should be");
    const { workspaces } = await openCompanies(settings);
    expect(harbor(workspaces)?.project).not.toBeNull();
    expect(harbor(workspaces)?.broken).toMatchObject([
      { code: "last-good-unwritable", severity: "warning" },
    ]);
  });

  test("lies beside the state where the folder itself is not to be written", async () => {
    const { directory, settings } = await oneCompany();
    const elsewhere = await newFolder();
    await openCompanies({ ...settings, state: join(elsewhere, "state") });
    expect(await readdir(join(elsewhere, "last-good"))).toEqual(["harbor"]);
    expect(await readdir(directory)).toEqual(["companies"]);
    await openCompanies({ ...settings, state: "postgres://db.example/syncctl" });
    expect(await readdir(join(directory, ".syncctl/last-good"))).toEqual(["harbor"]);
  });

  test("can be read by nobody else", async () => {
    const { settings, lastGood } = await oneCompany();
    await openCompanies(settings);
    const { mode } = await stat(join(lastGood, "harbor"));
    expect((mode & 0o077).toString(8)).toBe("0");
  });
});

test("the project that is served alone goes on as well, even without its file", async () => {
  const directory = await newFolder();
  await writeFiles(directory, company());
  const settings = settingsFor(directory, { kind: "project" });
  const [before] = (await openCompanies(settings)).workspaces.all();
  await rm(join(directory, "syncctl.yaml"));
  const { workspaces } = await openCompanies(settings);
  expect(workspaces.get("")).toMatchObject({ broken: [{ code: "project-missing" }] });
  expect(workspaces.get("")?.project?.digest).toBe(before?.project?.digest);
});
