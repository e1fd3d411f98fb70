import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { sampleCompany, writeSandboxProject } from "../../cli/sandbox/start-sandbox.ts";
import type { Simulator } from "../../connectors/http/simulator/simulator.ts";
import { simulators } from "../../connectors/simulators.ts";
import { type CliOptions, emptyFolder, syncctl } from "../support/cli-run.ts";
import { createDatabase, type TestDatabase } from "../support/postgres.ts";

/*
 * The command line against the sample company, from the linking run to the empty second plan. The steps follow each
 * other in one project, as they do for a person.
 */

async function start(name: string): Promise<Simulator> {
  const simulator = await simulators[name]?.({});
  if (simulator === undefined) throw new Error(`no simulator of ${name}`);
  return simulator;
}

let planning: Simulator;
let procore: Simulator;
let database: TestDatabase;

beforeAll(async () => {
  [planning, procore, database] = await Promise.all([
    start("workforce-planning"),
    start("procore"),
    createDatabase(),
  ]);
});

afterAll(async () => {
  await Promise.all([planning.close(), procore.close(), database.drop()]);
});

/** A project for the sample company as it is at the beginning, with nothing remembered. */
async function newCompany() {
  const company = await sampleCompany();
  for (const [simulator, name] of [
    [planning, "workforce-planning"],
    [procore, "procore"],
  ] as const) {
    simulator.load(company[name]);
    simulator.faults.clear();
  }
  await database.drop();
  database = await createDatabase();
  const folder = emptyFolder();
  await writeSandboxProject(folder, { "workforce-planning": planning.url, procore: procore.url });
  const file = join(folder, "syncctl.yaml");
  const text = readFileSync(file, "utf8").replace(/^state: .*/m, "state: $" + "{DATABASE_URL}");
  writeFileSync(file, text);
  const env = { DATABASE_URL: database.url };
  return {
    folder,
    run: (line: string, options: CliOptions = {}) =>
      syncctl(line.split(" "), { cwd: folder, env, ...options }),
  };
}

test("link, plan, apply a saved plan, and an empty second plan", async () => {
  const { run, folder } = await newCompany();
  const check = await run("connections check --json");
  expect(check.code).toBe(0);
  expect(JSON.parse(check.out).connections).toHaveLength(2);

  const link = await run("link --yes");
  expect(link.code).toBe(0);
  expect(link.out).toContain("> link Ilse Brandvold");
  expect(link.out).toMatch(/disagrees {2}Jonas Weber/);
  expect(link.out).toContain("is_employee: true in the source, false in the target");
  expect(link.out).toMatch(/9 applied; 8 held\./);

  const plan = await run("plan --out plan.json");
  expect(plan.code).toBe(2);
  expect(plan.out).toContain('"(503) 555-0199" -> "(503) 555-0142"');
  expect(plan.err).toBe("Apply it with: syncctl apply plan.json\n");
  expect(plan.out + plan.err).not.toContain("\u001b");

  const apply = await run("apply plan.json");
  expect(apply.code).toBe(0);
  expect(apply.out).toMatch(/14 applied; 8 held\./);
  const again = await run("apply plan.json --json");
  expect(again.code).toBe(3);
  expect(JSON.parse(again.out)).toMatchObject({ status: "refused", error: { code: "plan-used" } });

  const second = await run("plan");
  expect(second.code).toBe(0);
  expect(second.out).toContain("Plan: no changes; 8 held, 5 passed over, 17 in step.");
  expect((await run("plan --json --fail-on-held")).code).toBe(1);

  const runs = JSON.parse((await run("runs --json")).out).runs;
  expect(runs.map((each: { status: string }) => each.status)).toEqual(["applied", "applied"]);
  const [csv, ndjson, txt] = [
    await run("runs show latest --format csv"),
    await run("runs show latest --json"),
    await run(`runs show ${runs[0].runId}`),
  ];
  expect(csv.out.split("\r\n")[0]).toBe(
    "sequence,mapping,rule,name,source,target,action,status,code,reason,fields",
  );
  const entries = ndjson.out
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
  expect(entries.filter(({ status }) => status === "applied")).toHaveLength(14);
  expect(entries.find(({ label }) => label === "Jonas Weber")).toMatchObject({
    status: "held",
    code: "disagrees",
  });
  expect(txt.out).toMatch(/held\s+Jonas Weber .*\(disagrees\)/);
  const saved = await run("runs show latest --output run.txt");
  expect(saved).toMatchObject({ code: 0, out: "" });
  expect(readFileSync(join(folder, "run.txt"), "utf8")).toBe(txt.out);

  const other = join(folder, "mappings/people.yaml");
  writeFileSync(
    other,
    readFileSync(other, "utf8").replace(
      "first_name: first_name",
      "first_name: $uppercase(first_name)",
    ),
  );
  expect((await run("apply plan.json")).out).toContain("Refused  plan-foreign: ");
});

test("nothing is applied without a yes, and the plan is shown all the same", async () => {
  const { run } = await newCompany();
  const { out, err, code } = await run("apply", { input: "yes\n" });
  expect(code).toBe(1);
  expect(out).toContain("+ create Hugo Lindqvist");
  expect(err).toContain("error confirmation-needed: ");
  expect(JSON.parse((await run("runs --json")).out)).toEqual({ runs: [] });
});

test("a guard refuses a plan with exit code 3, and the flag that it shows lets it through", async () => {
  const { run, folder } = await newCompany();
  await run("link --yes");
  const file = join(folder, "mappings/people.yaml");
  writeFileSync(
    file,
    readFileSync(file, "utf8").replace(
      /^limits: .*/m,
      "limits: { create: 100%, update: 10%, minimum: 3 }",
    ),
  );
  const refused = await run("plan");
  expect(refused.code).toBe(3);
  const flag = /--allow (\S+)/.exec(refused.out)?.[1];
  expect(flag).toBe("people:too-many-updates");
  expect((await run("apply --yes")).code).toBe(3);
  expect((await run(`plan --allow ${flag}`)).code).toBe(2);
});

test("a person links two records by hand, in a file for git, and takes it back", async () => {
  const { run, folder } = await newCompany();
  const words = "link add wfp/people/5e1f0004 procore/users/120304 --by ana";
  const unsaid = await run(words);
  expect(unsaid.err).toContain("error command-unclear: --why is missing: ");
  const add = await run(`${words} --why Badge`);
  expect(add).toMatchObject({ code: 0, err: "" });
  expect(add.out).toContain("Linked wfp/people/5e1f0004 = procore/users/120304 (people/users).");
  const file = join(folder, "links/people.yaml");
  expect(readFileSync(file, "utf8")).toMatch(/name: Jonas Weber\n {4}why: Badge\n {4}by: ana\n/);
  const plan = await run("plan --only wfp/people/5e1f0004");
  expect(plan.out).toMatch(/is_employee +false -> true/);

  const other = await run("link add wfp/people/5e1f0009 procore/users/120304 --why Typo");
  expect(other.err).toContain("error decided-otherwise: ");
  expect(other.err).toContain("links/people.yaml:6:5");
  rmSync(file);
  const taken = await run("link add wfp/people/5e1f0009 procore/users/120304 --why Typo");
  expect(taken.err).toContain(
    "error link-taken: procore/users/120304 is linked to wfp/people/5e1f0004",
  );
  const missing = await run("link add wfp/people/5e1f0009 procore/users/999 --why Typo");
  expect(missing.err).toContain("error record-missing: There is no record procore/users/999.");
  expect(existsSync(file)).toBe(false);
  expect((await run("link list")).out).toContain("wfp/people/5e1f0004 = procore/users/120304");
  expect((await run("link remove procore/users/120304")).code).toBe(0);
  expect(JSON.parse((await run("link list --json")).out).links).toEqual([]);
});

test("links are exported into git, and imported when the state is lost", async () => {
  const { run, folder } = await newCompany();
  await run("link --yes");
  const before = await run("plan --json");
  const exported = await run("link export --mapping people --baselines --names");
  expect(exported).toMatchObject({ code: 0, err: "" });
  expect(exported.out).toBe(
    "people: 7 added, 0 changed, 0 as before; written into links/people.yaml.\n",
  );
  expect(readFileSync(join(folder, "links/people.yaml"), "utf8")).toContain(
    "    name: Ilse Brandvold\n    why: Matched by key.\n",
  );
  expect(
    JSON.parse((await run("link export --output copy --baselines --json")).out).exports,
  ).toMatchObject([
    { mapping: "people", added: 7, files: ["copy/people.yaml"] },
    { mapping: "projects", added: 2, files: ["copy/projects.yaml"] },
  ]);

  const lost = await createDatabase();
  try {
    const env = { DATABASE_URL: lost.url };
    const imported = await run("link import links/people.yaml copy/projects.yaml", { env });
    expect(imported.err).toBe("");
    expect(imported.out).toContain("Linked 9 pairs; 0 linked already.");
    const after = await run("plan --json", { env });
    expect(JSON.parse(after.out).changes).toEqual(JSON.parse(before.out).changes);
    const wrong = "source,target\nwfp/people/5e1f0009,procore/users/999\n";
    writeFileSync(join(folder, "pairs.csv"), wrong);
    const refused = await run("link import pairs.csv", { env });
    expect(refused.code).toBe(1);
    expect(refused.err).toMatch(
      /^pairs\.csv:2:1: wfp\/people\/5e1f0009 = procore\/users\/999\n {2}There is no record procore\/users\/999\.\nerror links-wrong: /,
    );
    expect((await run("link import pairs.csv --skip-wrong", { env })).code).toBe(4);
  } finally {
    await lost.drop();
  }
});

test("a create whose answer was lost is in doubt; settled wrongly, it still makes no second record", async () => {
  const { run } = await newCompany();
  procore.faults.add({ kind: "lose-answer", method: "POST", path: /people$/ });
  const apply = await run("apply --yes --only wfp/people/5e1f0016");
  expect(apply.code).toBe(4);
  expect(apply.out).toMatch(/in doubt {2}\+ create Hugo Lindqvist/);
  expect((await run("link list")).out).toContain("in doubt  create wfp/people/5e1f0016");
  expect((await run("link settle wfp/people/5e1f0016")).code).toBe(0);
  expect(JSON.parse((await run("link list --json")).out).intents).toEqual([]);
  const { held } = JSON.parse((await run("plan --only wfp/people/5e1f0016 --json")).out);
  expect(held).toContainEqual(expect.objectContaining({ label: "Hugo Lindqvist", code: "found" }));
});

test("Ctrl-C while reading writes nothing", async () => {
  const { run } = await newCompany();
  planning.faults.add({
    kind: "slow",
    ms: 20_000,
    path: /people/,
    times: Number.POSITIVE_INFINITY,
  });
  const { err, code } = await run("plan", {
    signalWhen: () => (planning.faults.struck["slow"] ?? 0) > 0,
  });
  expect(code).toBe(1);
  expect(err).toContain("error interrupted: ");
});

test("Ctrl-C while applying ends between two records, and the next run does the rest", async () => {
  const { run } = await newCompany();
  procore.faults.add({ kind: "slow", ms: 1_000, method: "POST", path: /people/ });
  const { out, err, code } = await run("apply --yes", {
    signalWhen: () => (procore.faults.struck["slow"] ?? 0) > 0,
  });
  expect(code).toBe(4);
  expect(err).toContain("Stopping after the record that is being written.");
  expect(out).toMatch(/Run \S+: .*\d+ skipped/);
  expect(out).toContain("(stopped-early)");
  expect((await run("apply --yes")).code).toBe(0);
  expect((await run("plan")).code).toBe(0);
  const { people } = planning.save() as { people: readonly unknown[] };
  const { contacts } = procore.save() as { contacts: readonly { last_name: string }[] };
  expect(people).toHaveLength(24);
  expect(contacts.filter((contact) => contact.last_name === "Lindqvist")).toHaveLength(1);
});

test("another company is refused with both names, until the pairing that is over is released", async () => {
  const { run, folder } = await newCompany();
  expect((await run("accounts")).out).toContain("No mapping is bound yet");
  expect((await run("link --yes")).code).toBe(0);
  const list = JSON.parse((await run("accounts --json")).out).bindings;
  expect(list.map(({ mapping }: { mapping: string }) => mapping)).toEqual(["people", "projects"]);

  const file = join(folder, "syncctl.yaml");
  writeFileSync(file, readFileSync(file, "utf8").replace("companyId: 4242", "companyId: 4343"));
  const plan = await run("plan");
  expect(plan.code).toBe(3);
  expect(plan.out).toContain("Procore company 4242 (connection procore)");
  expect(plan.out).toContain("Procore company 4343 (connection procore)");
  expect(plan.out).toContain("syncctl accounts release people");
  expect(plan.out).toContain("Refused, for the reason above. Nothing will be applied.");
  const add = "link add wfp/people/5e1f0004 procore/users/120304 --why x --by ana --json";
  expect(JSON.parse((await run(add)).out).error.code).toBe("accounts-bound");

  expect((await run("accounts release people")).err).toContain("confirmation-needed");
  const release = await run("accounts release people --yes");
  expect(release.out).toContain("Forgotten: the accounts of people, 7 links.");
  expect((await run("accounts release people --yes --json")).code).toBe(1);
  expect((await run("accounts release projects --yes")).code).toBe(0);
  expect((await run("plan")).out).not.toContain("accounts");
});
