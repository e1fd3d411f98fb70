import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { emptyFolder, syncctl } from "../support/cli-run.ts";
import { runOf, serveIn, settled, sleep, type Told } from "../support/served.ts";

/** The whole story of a company, in a process that shares the machine; milliseconds. */
const storyMs = 240_000;

const mappingsOf = (workspace: Told) => workspace["mappings"] as readonly Told[];

test(
  "S-020, S-021: the sandbox is served: linked and synced by hand, nothing the second time, and all of it is there after a restart",
  async () => {
    const folder = emptyFolder();
    const first = await serveIn(["--sandbox", "-C", "box", "--port", "0"], { cwd: folder });
    expect(first.out()).toContain("Everybody on this machine may use it without a token.");
    const { body: workspace } = await first.get("/api/v1/workspaces/-");
    const people = mappingsOf(workspace).find(({ name }) => name === "people");
    expect(people).toMatchObject({
      autosync: { isOn: true, awaitsFirstRun: true },
      policy: "automatic",
      held: 0,
    });

    expect(await runOf(first, "people", { purpose: "link" })).toMatchObject({
      status: "done",
      trigger: "manual",
      counts: { create: 0, update: 0 },
    });
    const synced = await runOf(first, "people");
    expect(synced).toMatchObject({ status: "done" });
    expect(synced["counts"]).not.toMatchObject({ create: 0 });
    const log = await first.text(`/api/v1/runs/${synced["id"]}/log.txt`);
    expect(log).toContain("Petra Lund");
    expect(await runOf(first, "people")).toMatchObject({
      status: "done",
      counts: { create: 0, update: 0, link: 0, retire: 0 },
    });
    const { body: held } = await first.get("/api/v1/workspaces/-/held?mapping=people");
    expect(held["held"]).not.toEqual([]);
    expect(first.log()).not.toContain("Petra");
    expect(await first.stop()).toBe(0);

    const runs = await syncctl(["runs", "-C", "box", "--json"], { cwd: folder });
    expect(JSON.parse(runs.out).runs).toHaveLength(3);
    const second = await serveIn(["--sandbox", "-C", "box", "--port", "0"], { cwd: folder });
    const { body } = await second.get("/api/v1/runs?limit=10");
    expect((body["runs"] as readonly Told[]).map(({ status }) => status)).toEqual([
      "done",
      "done",
      "done",
    ]);
    expect(await runOf(second, "people")).toMatchObject({
      status: "done",
      counts: { create: 0, update: 0 },
    });
  },
  storyMs,
);

test(
  "S-019: with Autosync on a mapping that was run runs by itself, with the schedule of its file",
  async () => {
    const folder = emptyFolder();
    const served = await serveIn(["--sandbox", "-C", "box", "--port", "0"], { cwd: folder });
    await runOf(served, "people", { purpose: "link" });
    const file = join(folder, "box/mappings/people.yaml");
    const text = readFileSync(file, "utf8");
    writeFileSync(file, text.replace(/^schedule: .*$/m, 'schedule: "* * * * *"'));
    let scheduled: Told | undefined;
    for (let asked = 0; asked < 900 && scheduled === undefined; asked += 1) {
      const { body } = await served.get("/api/v1/runs?mapping=people&limit=10");
      scheduled = (body["runs"] as readonly Told[]).find(({ trigger }) => trigger === "schedule");
      await sleep(200);
    }
    expect(scheduled).toMatchObject({ requestedBy: "schedule" });
    expect(await settled(served, String(scheduled?.["id"]))).toMatchObject({ status: "done" });
  },
  storyMs,
);

test(
  "a plan that wants approval waits; a part of it is approved and applied exactly; broken files change nothing",
  async () => {
    const folder = emptyFolder();
    const served = await serveIn(["--sandbox", "-C", "box", "--port", "0"], { cwd: folder });
    await runOf(served, "people", { purpose: "link" });
    const file = join(folder, "box/mappings/people.yaml");
    const text = readFileSync(file, "utf8");
    writeFileSync(file, text.replace(/^schedule: /m, "apply: approve\nschedule: "));
    const waiting = await runOf(served, "people");
    expect(waiting).toMatchObject({ status: "waiting" });
    const path = `/api/v1/runs/${waiting["id"]}`;
    const { body: page } = await served.get(`${path}/plan/changes?kind=create&limit=1`);
    const [change] = page["changes"] as readonly Told[];

    writeFileSync(file, "mapping: [");
    const broken = await served.get("/api/v1/workspaces/-");
    expect(mappingsOf(broken.body)).not.toEqual([]);
    writeFileSync(file, text.replace(/^schedule: /m, "apply: approve\nschedule: "));

    const approved = await served.send("POST", `${path}/approve`, {
      changes: [change?.["id"]],
      allow: [],
    });
    expect(approved.status).toBe(200);
    expect(await settled(served, String(waiting["id"]))).toMatchObject({ status: "done" });
    const { body } = await served.get(`${path}/entries?status=applied&limit=100`);
    const applied = (body["entries"] as readonly Told[]).map(({ label }) => label);
    expect(applied).toContain(change?.["label"]);
    const rest = await runOf(served, "people");
    expect(rest).toMatchObject({ status: "waiting" });
  },
  storyMs,
);

test(
  "what others can reach is not served without a token, and a folder without a project says so",
  async () => {
    const folder = emptyFolder();
    const nowhere = await syncctl(["serve", "-C", "nowhere"], { cwd: folder });
    expect(nowhere.code).toBe(1);
    expect(nowhere.err).toContain("project-missing");
    const box = await serveIn(["--sandbox", "-C", "box", "--port", "0"], { cwd: folder });
    const { port } = new URL(box.url);
    const taken = await syncctl(["serve", "--sandbox", "-C", "other", "--port", port], {
      cwd: folder,
    });
    expect(taken.code).toBe(1);
    expect(taken.err).toContain("error listen-refused: The service cannot listen at 127.0.0.1");
    await box.stop();
    const open = await syncctl(["serve", "-C", "box", "--host", "0.0.0.0", "--port", "0"], {
      cwd: folder,
    });
    expect(open.code).toBe(1);
    expect(open.err).toContain("error service-needs-token: The service would listen at 0.0.0.0");
    expect(open.err).toContain("syncctl tokens create NAME --role admin");
  },
  storyMs,
);
