import { describe, expect, test } from "vitest";
import { weekdays } from "../../engine/config/read-quiet.ts";
import { requireWorkspaceName } from "../../engine/state/state.ts";
import { diagnosticsOf } from "../support/config-broken.ts";
import { exampleProject, loadExample } from "../support/config-example.ts";

/* What the files say for the service: who the company is, when it runs, who approves, and what a person has set. */

const withKeys = (keys: string) => ({ project: { "version: 1": `version: 1\n${keys}` } });

describe("syncctl.yaml", () => {
  test("says nothing of a workspace unless it is asked to", async () => {
    const project = await exampleProject();
    expect(project).toMatchObject({ workspace: "", timezone: "UTC", quiet: [] });
    expect(project).not.toHaveProperty("title");
  });

  test("names the workspace, and the state takes the name", async () => {
    const keys =
      "workspace: North-ridge_1\ntitle: Northridge Builders, Inc.\ntimezone: Europe/Berlin";
    const project = await exampleProject(withKeys(keys));
    expect(project).toMatchObject({
      workspace: "North-ridge_1",
      title: "Northridge Builders, Inc.",
      timezone: "Europe/Berlin",
    });
    expect(requireWorkspaceName(project.workspace)).toBe(project.workspace);
  });

  test("a name from the environment is no secret", async () => {
    const keys = "workspace: ${COMPANY}\ntitle: ${TITLE}";
    const env = { COMPANY: "northridge", TITLE: "Northridge Builders" };
    const { secrets } = await exampleProject({ ...withKeys(keys), env });
    expect(secrets).not.toContain("northridge");
    expect(secrets).not.toContain("Northridge Builders");
  });

  test.each([
    ['{ from: "06:00", until: "09:30" }', { days: [0, 1, 2, 3, 4, 5, 6], from: 360, until: 570 }],
    ["{ days: [tue, mon], from: 22:00, until: 01:15 }", { days: [1, 2], from: 1320, until: 75 }],
    ["{ days: [sat, sun], from: 00:00, until: 24:00 }", { days: [0, 6], from: 0, until: 0 }],
  ])("the quiet window %s", async (written, window) => {
    const { quiet } = await exampleProject(withKeys(`quiet: [${written}]`));
    expect(quiet).toEqual([window]);
  });

  test("days are numbered as in JavaScript", () => {
    expect(weekdays[new Date("2026-03-01T12:00:00Z").getUTCDay()]).toBe("sun");
  });

  test("an environment can be another workspace", async () => {
    const project = await exampleProject({
      project: {
        "version: 1": "version: 1\nworkspace: northridge",
        "    state: ${STAGING_DATABASE_URL}": "    workspace: northridge-staging",
      },
      environment: "staging",
    });
    expect(project.workspace).toBe("northridge-staging");
  });
});

describe("a mapping file", () => {
  test("applies by itself unless it says that a person approves", async () => {
    const [plain] = (await exampleProject()).mappings;
    const edit = { mapping: { "vars:": "apply: approve\n\nvars:" } };
    const [careful] = (await exampleProject(edit)).mappings;
    expect([plain?.policy, careful?.policy]).toEqual(["automatic", "approve"]);
  });

  test.each([
    ['schedule: "0 * * * *"\n', "", undefined],
    ['"0 * * * *"', "never", "never"],
    ['"0 * * * *"', "0 0 29 2 *", "0 0 29 2 *"],
  ])("schedule: %s written as %s", async (from, to, schedule) => {
    const [mapping] = (await exampleProject({ mapping: { [from]: to } })).mappings;
    expect(mapping?.schedule).toBe(schedule);
  });
});

describe("a variable that a person has set", () => {
  const people = { people: "users-only" };

  test("counts as if it stood in the file, and the file is still known", async () => {
    const set = await exampleProject({ variables: { people } });
    const written = await exampleProject({
      mapping: { "people: everyone": "people: users-only" },
    });
    const [mapping] = set.mappings;
    expect(mapping?.vars).toEqual({ ...mapping?.varsInFile, ...people });
    expect(mapping?.varsInFile).toMatchObject({ people: "everyone" });
    expect(set.digest).toBe(written.digest);
    expect(mapping?.digest).toBe(written.mappings[0]?.digest);
    expect(set.digest).not.toBe((await exampleProject()).digest);
    expect(set.warnings).toEqual([]);
  });

  test.each([
    ["of another type", { people: { people: true } }, 15],
    ["to nothing", { people: { people: null } }, 15],
    ["that the file has no longer", { people: { staff: "hush-hush" } }, 2],
  ])("%s does not count, and says so", async (_how, variables, line) => {
    const project = await exampleProject({ variables });
    expect(project.digest).toBe((await exampleProject()).digest);
    expect(project.warnings).toMatchObject([
      { code: "override-unfit", severity: "warning", at: { file: "mappings/people.yaml", line } },
    ]);
    expect(project.warnings[0]?.message).not.toContain("hush-hush");
  });

  test("of a mapping that is gone says so at the project", async () => {
    const { warnings } = await exampleProject({ variables: { persons: people } });
    expect(warnings).toMatchObject([{ code: "override-unfit", at: { file: "syncctl.yaml" } }]);
  });

  test("says nothing while files are broken: the variable may be in what could not be read", async () => {
    const result = await loadExample({
      mapping: { "mapping: people": "mapping: [people" },
      variables: { people },
    });
    expect(result.ok).toBe(false);
    expect(diagnosticsOf(result).map(({ code }) => code)).not.toContain("override-unfit");
  });
});
