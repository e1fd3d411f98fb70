import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { sampleCompany, startSandbox } from "../../cli/sandbox/start-sandbox.ts";
import { emptyFolder, syncctl } from "../support/cli-run.ts";

/** From the start until Ctrl-C. */
async function sandboxIn(folder: string, ...flags: readonly string[]) {
  const run = await syncctl(["sandbox", "box", ...flags], {
    cwd: folder,
    signalWhen: (out) => out.includes("plan again"),
  });
  expect({ code: run.code, err: run.err }).toEqual({
    code: 0,
    err: "\nSaving what the simulators hold.\n",
  });
  return run.out;
}

function savedIn(folder: string) {
  return JSON.parse(readFileSync(join(folder, "box/company.json"), "utf8"));
}

function mappingsIn(folder: string): readonly string[] {
  return readdirSync(join(folder, "box/mappings")).filter((file) => !file.includes(".test."));
}

const address = /http:\/\/127\.0\.0\.1:\d+/;

test("the sandbox runs three systems until Ctrl-C, with a project that is right, and keeps what was done in it", async () => {
  const folder = emptyFolder();
  const out = await sandboxIn(folder);
  for (const system of ["Workforce Planning", "Procore", "SmartBarrel"]) {
    expect(out).toMatch(new RegExp(`^  ${system} +${address.source}$`, "m"));
  }
  expect(out).toContain("syncctl plan -C box");

  const saved = savedIn(folder);
  expect(saved.procore.users).toHaveLength(10);
  expect(saved.smartbarrel.workers).toHaveLength(14);
  const validated = await syncctl(["validate", "-C", "box"], { cwd: folder });
  expect(validated).toMatchObject({ code: 0, err: "" });
  expect(mappingsIn(folder)).toEqual(
    ["people", "positions", "projects", "timesheets", "worker-contacts", "workers"].map(
      (name) => `${name}.yaml`,
    ),
  );

  saved.smartbarrel.workers[0].first_name = "Thomas";
  writeFileSync(join(folder, "box/company.json"), JSON.stringify(saved));
  await sandboxIn(folder);
  expect(savedIn(folder).smartbarrel.workers[0].first_name).toBe("Thomas");
});

test("the sandbox runs the systems that are named, and those that it has run before", async () => {
  const folder = emptyFolder();
  const two = ["--with", "workforce-planning", "--with", "procore"];
  expect(await sandboxIn(folder, ...two)).not.toContain("SmartBarrel");
  expect(Object.keys(savedIn(folder))).toEqual(["workforce-planning", "procore"]);
  expect(mappingsIn(folder)).toEqual(["people.yaml", "projects.yaml"]);
  expect((await syncctl(["validate", "-C", "box"], { cwd: folder })).code).toBe(0);

  expect(await sandboxIn(folder)).toContain("SmartBarrel");
  expect(mappingsIn(folder)).toHaveLength(6);
  expect(await sandboxIn(folder, ...two)).toContain("SmartBarrel");
  expect(savedIn(folder).smartbarrel.workers).toHaveLength(14);
});

test("a sandbox that was saved wrongly is refused, and stays as it is", async () => {
  const folder = emptyFolder();
  const out = await sandboxIn(folder, "--with", "procore", "--with", "smartbarrel");
  expect(out).toContain('syncctl explain workers "Rosa Delgado" -C box\n');
  expect(existsSync(join(folder, "box/mappings/people.yaml"))).toBe(false);
  writeFileSync(join(folder, "box/company.json"), "{");
  const { code, err } = await syncctl(["sandbox", "box"], { cwd: folder });
  expect(code).toBe(1);
  expect(err).toContain("error file-unreadable: box/company.json is not what a sandbox has saved.");
  expect(readFileSync(join(folder, "box/company.json"), "utf8")).toBe("{");
});

test("a sandbox of one system alone is refused, and nothing is written", async () => {
  const folder = emptyFolder();
  const { code, err } = await syncctl(["sandbox", "box", "--with", "smartbarrel"], { cwd: folder });
  expect(code).toBe(1);
  expect(err).toContain("No mapping that comes with syncctl is for SmartBarrel alone.");
  expect(existsSync(join(folder, "box"))).toBe(false);
});

test("two sandboxes at once do not get in each other's way", async () => {
  const company = await sampleCompany();
  const [one, other] = [await startSandbox(company), await startSandbox(company)];
  onTestFinished(async () => {
    await Promise.all([one.close(), other.close()]);
  });
  expect(Object.keys(one.urls)).toEqual(["workforce-planning", "procore", "smartbarrel"]);
  for (const [name, url] of Object.entries(one.urls)) {
    expect(Object.entries(other.urls)).not.toContainEqual([name, url]);
  }
});

test("whenever the sandbox is started, the shifts are of the days before", async () => {
  const company = await sampleCompany(new Date("2031-03-02T23:30:00Z"));
  const { shifts } = company.smartbarrel as {
    readonly shifts: readonly Readonly<Record<string, string>>[];
  };
  const days = shifts.map(({ date = "" }) => date).toSorted();
  expect([days.at(0), days.at(-1)]).toEqual(["2031-02-21", "2031-03-02"]);
  for (const { date, time_in, time_out } of shifts) {
    for (const moment of [time_in, time_out]) {
      if (moment !== undefined) expect(moment).toMatch(new RegExp(`^${date}T\\d\\d:\\d\\d:00Z$`));
    }
  }
  expect(shifts.filter(({ time_out }) => time_out === undefined)).toHaveLength(1);
});
