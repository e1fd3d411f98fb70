import { rm } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
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

/* A folder of companies, as the service sees it: what comes, changes and goes, who is called how, and who sees whose secrets. */

const at = new Date("2026-03-02T08:00:00Z");

async function twoCompanies() {
  const directory = await newFolder();
  await writeFiles(directory, {
    ...under("companies/northridge", company("title: Northridge Builders")),
    ...under("companies/harbor", company()),
    "companies/notes.txt": "no company",
    "companies/drafts/people.yaml": mappingText(),
    "companies/.old/syncctl.yaml": projectText(),
  });
  const settings = settingsFor(directory, {
    kind: "folder",
    folder: join(directory, "companies"),
    everySeconds: 5,
  });
  return { directory, settings, companies: join(directory, "companies") };
}

describe("companies in a folder", () => {
  test("are the folders with a syncctl.yaml, by the name of the folder", async () => {
    const { settings, companies } = await twoCompanies();
    const { workspaces } = await openCompanies(settings);
    expect(workspaces.all()).toMatchObject([
      { name: "harbor", title: "harbor", folder: join(companies, "harbor"), broken: [] },
      { name: "northridge", title: "Northridge Builders", broken: [], isWritable: true },
    ]);
    const northridge = workspaces.get("northridge");
    expect(northridge?.project).toMatchObject({
      workspace: "northridge",
      directory: join(companies, "northridge"),
    });
    expect(northridge).not.toHaveProperty("commit");
    expect(workspaces.get("drafts")).toBeUndefined();
  });

  test("are loaded anew when a file changes, comes or goes, and not otherwise", async () => {
    const { settings, companies } = await twoCompanies();
    const { workspaces, told } = await openCompanies(settings);
    const before = workspaces.all();
    await workspaces.refresh();
    expect(told()).toEqual([]);
    expect(workspaces.all()).toEqual(before);
    expect(workspaces.get("harbor")?.project).toBe(before[0]?.project);

    const mappings = () => workspaces.get("harbor")?.project?.mappings.map(({ name }) => name);
    await writeFiles(companies, { "harbor/mappings/staff.yaml": mappingText("staff") });
    await rm(join(companies, "harbor/mappings/people.yaml"));
    await workspaces.refresh();
    expect([told(), mappings()]).toEqual([["harbor"], ["staff"]]);

    await writeFiles(companies, under("quay", company()));
    await rm(join(companies, "northridge"), { recursive: true });
    await workspaces.refresh();
    expect(told()).toEqual(["northridge", "quay"]);
    expect(workspaces.all().map(({ name }) => name)).toEqual(["harbor", "quay"]);
  });

  test("one alone can be looked at", async () => {
    const { settings, companies } = await twoCompanies();
    const { workspaces, told } = await openCompanies(settings);
    const title = (name: string) => ({ [`${name}/syncctl.yaml`]: projectText("title: New") });
    await writeFiles(companies, { ...title("harbor"), ...title("northridge") });
    await workspaces.refresh("harbor");
    expect(told()).toEqual(["harbor"]);
    await workspaces.refresh();
    expect(told()).toEqual(["northridge"]);
  });

  test("are looked at again by themselves, and not after closing", async () => {
    const { settings, companies } = await twoCompanies();
    const { workspaces, clock } = await openCompanies(settings);
    const came = new Promise<string>((resolve) => workspaces.onChange(resolve));
    await writeFiles(companies, under("quay", company()));
    clock.tick();
    expect(await came).toBe("quay");
    await workspaces.close();
    await rm(join(companies, "quay"), { recursive: true });
    clock.tick();
    expect(workspaces.get("quay")).toBeDefined();
  });

  test("a store that does not answer is reported, and the next look is taken", async () => {
    const { settings, companies } = await twoCompanies();
    let isDown = false;
    const overrides = async () => {
      if (isDown) throw new Error("the database is away");
      return [];
    };
    const { promise: reported, resolve: report } = Promise.withResolvers<unknown>();
    const { workspaces, clock } = await openCompanies(settings, { service: { overrides }, report });
    isDown = true;
    await writeFiles(companies, under("quay", company()));
    clock.tick();
    expect(await reported).toMatchObject({ message: "the database is away" });
    await expect(workspaces.refresh()).rejects.toThrow("the database is away");
    expect(workspaces.get("quay")).toBeUndefined();
    isDown = false;
    await workspaces.refresh();
    expect(workspaces.get("quay")).toBeDefined();
  });
});

describe("a folder without companies", () => {
  test("says so, until there is one", async () => {
    const directory = await newFolder();
    const folder = join(directory, "companies");
    const settings = settingsFor(directory, { kind: "folder", folder, everySeconds: 5 });
    const { workspaces, told } = await openCompanies(settings);
    expect(workspaces.all()).toMatchObject([
      { name: "", title: "companies", project: null, broken: [{ code: "workspaces-unreadable" }] },
    ]);
    await writeFiles(folder, { "notes.txt": "" });
    await workspaces.refresh();
    expect(workspaces.get("")?.broken).toMatchObject([{ code: "workspaces-missing" }]);
    await writeFiles(folder, under("harbor", company()));
    told();
    await workspaces.refresh();
    expect(workspaces.all().map(({ name }) => name)).toEqual(["harbor"]);
    expect(told()).toEqual(["", "harbor"]);
  });

  test("while it cannot be read, everybody goes on and is told", async () => {
    const { settings, companies } = await twoCompanies();
    const { workspaces } = await openCompanies(settings);
    await rm(companies, { recursive: true });
    await workspaces.refresh();
    const [harbor, northridge] = workspaces.all();
    expect(harbor?.project).not.toBeNull();
    expect(northridge?.broken.map(({ code }) => code)).toEqual([
      "project-missing",
      "workspaces-unreadable",
    ]);
  });

  test("more than one service serves is refused as a whole", async () => {
    const directory = await newFolder();
    const many = Array.from({ length: 2_001 }, (_each, index) => [`c${index}/syncctl.yaml`, ""]);
    await writeFiles(join(directory, "companies"), Object.fromEntries(many));
    const folder = join(directory, "companies");
    const settings = settingsFor(directory, { kind: "folder", folder, everySeconds: 5 });
    const { workspaces } = await openCompanies(settings);
    expect(workspaces.all()).toMatchObject([{ broken: [{ code: "workspaces-too-many" }] }]);
  });
});

describe("credentials", () => {
  test("a company sees its own and nobody else's, and nothing of the process", async () => {
    const { settings, companies, directory } = await twoCompanies();
    const secrets = join(directory, "secrets");
    await writeFiles(directory, {
      "companies/harbor/.env": "PROCORE_SECRET=from-the-folder\n",
      "secrets/harbor.env": "WFP_SECRET=given-secret\nPROCORE_SECRET=given-too\n",
      "secrets/northridge.env": "OTHERS=1\n",
      "companies/northridge/.env": "PROCORE_SECRET=northridges\n",
    });
    const { workspaces } = await openCompanies(
      { ...settings, workspaces: { kind: "folder", folder: companies, secrets, everySeconds: 5 } },
      { env: { WFP_SECRET: "of-the-process", PATH: "bin" } },
    );
    const auth = (name: string) =>
      workspaces.get(name)?.project?.connections.map(({ configuration }) => configuration["auth"]);
    expect(auth("harbor")).toMatchObject([
      { clientSecret: "given-secret" },
      { clientSecret: "given-too" },
    ]);
    const northridge = workspaces.get("northridge");
    expect(northridge?.project).toBeNull();
    expect(northridge?.broken).toMatchObject([
      { code: "environment-missing", message: expect.stringContaining("WFP_SECRET") },
    ]);
    expect(JSON.stringify(northridge)).not.toMatch(/of-the-process|given|northridges/);

    await writeFiles(directory, { "secrets/northridge.env": "WFP_SECRET=at-last\n" });
    await workspaces.refresh();
    expect(auth("northridge")).toMatchObject([
      { clientSecret: "at-last" },
      { clientSecret: "northridges" },
    ]);
  });

  test("go by the folder, so that a name in a file opens nobody else's", async () => {
    const { companies, directory, settings } = await twoCompanies();
    const secrets = join(directory, "secrets");
    await writeFiles(directory, {
      "secrets/harbor.env": "WFP_SECRET=of-harbor\n",
      "companies/thief/syncctl.yaml": projectText("workspace: harbor"),
      "companies/thief/mappings/people.yaml": mappingText(),
    });
    await rm(join(companies, "harbor"), { recursive: true });
    const { workspaces } = await openCompanies({
      ...settings,
      workspaces: { kind: "folder", folder: companies, secrets, everySeconds: 5 },
    });
    expect(workspaces.all().map(({ name, project }) => [name, project !== null])).toEqual([
      ["northridge", true],
      ["thief", false],
    ]);
  });

  test("the project that is served alone sees those of the process", async () => {
    const directory = await newFolder();
    await writeFiles(directory, { ...company("title: Harbor"), ".env": "PROCORE_SECRET=mine\n" });
    const settings = settingsFor(directory, { kind: "project" });
    const { workspaces } = await openCompanies(settings, { env: { WFP_SECRET: "of-the-process" } });
    expect(workspaces.all()).toMatchObject([
      { name: "", title: "Harbor", folder: directory, broken: [], project: { workspace: "" } },
    ]);
  });
});

describe("variables that people have set", () => {
  const set = (workspace: string, value: string) => ({
    workspace,
    mapping: "people",
    variable: "who",
    value,
    by: "Hana",
    at,
  });

  test("count from the next look on, for their company alone", async () => {
    const { settings } = await twoCompanies();
    const { workspaces, service, told } = await openCompanies(settings);
    const vars = (name: string) => workspaces.get(name)?.project?.mappings[0]?.vars;
    const digest = () => workspaces.get("harbor")?.project?.digest;
    const before = digest();
    await service.setOverride(set("harbor", "nobody"));
    await workspaces.refresh("harbor");
    expect([vars("harbor"), vars("northridge")]).toEqual([{ who: "nobody" }, { who: "everyone" }]);
    expect(digest()).not.toBe(before);
    expect(told()).toEqual(["harbor"]);
    await service.removeOverride({ workspace: "harbor", mapping: "people", variable: "who" });
    await workspaces.refresh("harbor");
    expect(digest()).toBe(before);
  });

  test("go by the name in syncctl.yaml, from the first look on", async () => {
    const { settings, companies } = await twoCompanies();
    await writeFiles(companies, { "harbor/syncctl.yaml": projectText("workspace: port") });
    const first = await openCompanies(settings);
    await first.service.setOverride(set("port", "nobody"));
    await first.service.setOverride(set("harbor", "of somebody else"));
    const { workspaces } = await openCompanies(settings, { service: first.service });
    expect(workspaces.get("port")?.project?.mappings[0]).toMatchObject({
      vars: { who: "nobody" },
      varsInFile: { who: "everyone" },
    });
  });
});
