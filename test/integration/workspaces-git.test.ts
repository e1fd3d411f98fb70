import { execFile } from "node:child_process";
import { readFile, rm, stat, symlink, utimes, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, onTestFinished, test } from "vitest";
import type { WorkspaceSource } from "../../server/settings/settings.ts";
import { type GitCall, runGit } from "../../server/workspaces/run-git.ts";
import type { Workspaces } from "../../server/workspaces/workspace.ts";
import {
  company,
  type Files,
  mappingText,
  newFolder,
  type Opened,
  openCompanies,
  projectText,
  settingsFor,
  under,
  writeFiles,
} from "../support/companies.ts";

/* Companies in a git repository: a checkout of the service's own, and the commit that a configuration comes from. */

const run = promisify(execFile);

/** Nothing of the machine's own settings may change what a test sees. */
const gitEnv = {
  PATH: process.env["PATH"],
  GIT_CONFIG_NOSYSTEM: "1",
  GIT_CONFIG_GLOBAL: "/dev/null",
  GIT_AUTHOR_NAME: "Hana",
  GIT_AUTHOR_EMAIL: "hana@northridge.example",
  GIT_COMMITTER_NAME: "Hana",
  GIT_COMMITTER_EMAIL: "hana@northridge.example",
};

async function git(cwd: string, ...args: readonly string[]): Promise<string> {
  const { stdout } = await run("git", [...args], { cwd, env: gitEnv });
  return stdout.trim();
}

async function commitAll(folder: string, files: Files = {}): Promise<string> {
  await writeFiles(folder, files);
  await git(folder, "add", "--all", ".");
  await git(folder, "commit", "--quiet", "--message", "A change");
  return git(folder, "rev-parse", "HEAD");
}

async function newRepository(files: Files): Promise<string> {
  const folder = await newFolder();
  await git(folder, "init", "--quiet", "--initial-branch", "main");
  await commitAll(folder, { ".gitignore": ".env\n.syncctl/\n", ...files });
  return folder;
}

/** A company whose credentials have defaults: what git does not know cannot be fetched. */
const fetched: Files = {
  "syncctl.yaml": projectText().replace("${WFP_SECRET}", "${WFP_SECRET:-hush}"),
  "mappings/people.yaml": mappingText(),
};

/** The repository that people push to, where one of them works, and a folder for the service. */
async function pushed() {
  const work = await newRepository({ ...under("companies/harbor", fetched) });
  const bare = join(await newFolder(), "companies.git");
  await run("git", ["clone", "--quiet", "--bare", work, bare], { env: gitEnv });
  await git(work, "remote", "add", "origin", bare);
  const directory = await newFolder();
  const source = (url = bare) =>
    ({
      kind: "git",
      url,
      branch: "main",
      checkout: join(directory, ".syncctl/checkout"),
      folder: "companies",
      everySeconds: 5,
    }) as const satisfies WorkspaceSource;
  const push = async (files: Files) => {
    const commit = await commitAll(work, files);
    await git(work, "push", "--quiet", "origin", "main");
    return commit;
  };
  return { work, bare, directory, source, push };
}

/** The look that the timer takes; `told` of anybody ends it. */
async function nextLook({ workspaces, clock }: Opened): Promise<void> {
  const done = new Promise<void>((resolve) => {
    const stop = workspaces.onChange(() => {
      stop();
      resolve();
    });
  });
  clock.tick();
  await done;
}

const env = { PATH: process.env["PATH"], GIT_CONFIG_NOSYSTEM: "1" };
const titles = (workspaces: Workspaces) => workspaces.all().map(({ name, title }) => [name, title]);

describe("a repository that the service follows", () => {
  test("what is pushed is loaded with its commit; broken files keep what was right, also over a restart", async () => {
    const { directory, source, push, work } = await pushed();
    const settings = settingsFor(directory, source());
    const opened = await openCompanies(settings, { env });
    const { workspaces } = opened;
    expect(workspaces.get("harbor")).toMatchObject({
      folder: join(directory, ".syncctl/checkout/companies/harbor"),
      commit: await git(work, "rev-parse", "HEAD"),
      broken: [],
      isWritable: false,
    });

    const titled = {
      "syncctl.yaml": (fetched["syncctl.yaml"] ?? "").replace(
        "version: 1",
        "version: 1\ntitle: Harbor Inc",
      ),
    };
    const good = await push(under("companies/harbor", titled));
    await nextLook(opened);
    expect(workspaces.get("harbor")).toMatchObject({ title: "Harbor Inc", commit: good });

    await push({
      ...under("companies/harbor", { "mappings/people.yaml": "mapping: [" }),
      ...under("companies/quay", fetched),
    });
    await nextLook(opened);
    const expected = { title: "Harbor Inc", commit: good, broken: [{ code: "yaml-invalid" }] };
    expect(workspaces.get("harbor")).toMatchObject(expected);
    expect(titles(workspaces)).toEqual([
      ["harbor", "Harbor Inc"],
      ["quay", "quay"],
    ]);
    await workspaces.close();

    const again = await openCompanies(settings, { env });
    expect(again.workspaces.get("harbor")).toMatchObject(expected);
    const mended = await push(under("companies/harbor", fetched));
    await nextLook(again);
    expect(again.workspaces.get("harbor")).toMatchObject({
      title: "harbor",
      commit: mended,
      broken: [],
    });
  });

  test("what somebody edits in the checkout is put back, and credentials beside the files stay", async () => {
    const { directory, source } = await pushed();
    const opened = await openCompanies(settingsFor(directory, source()), { env });
    const folder = opened.workspaces.get("harbor")?.folder ?? "";
    await writeFiles(folder, { ".env": "WFP_SECRET=own\n", "mappings/people.yaml": "mapping: [" });
    await nextLook(opened);
    expect(await readFile(join(folder, "mappings/people.yaml"), "utf8")).toBe(mappingText());
    expect(opened.workspaces.get("harbor")).toMatchObject({
      broken: [],
      commit: expect.stringMatching(/^[0-9a-f]{40}$/),
      project: { connections: [{ configuration: { auth: { clientSecret: "own" } } }, {}] },
    });
  });

  test("while it cannot be fetched, everything goes on and says so", async () => {
    const { directory, source, bare, push } = await pushed();
    const opened = await openCompanies(settingsFor(directory, source()), { env });
    const { workspaces } = opened;
    await rm(bare, { recursive: true });
    await nextLook(opened);
    expect(workspaces.get("harbor")?.project).not.toBeNull();
    expect(workspaces.get("harbor")?.broken).toMatchObject([{ code: "workspaces-fetch-failed" }]);
    await run("git", ["init", "--quiet", "--bare", bare], { env: gitEnv });
    await push({ "companies/harbor/notes.txt": "" });
    await nextLook(opened);
    expect(workspaces.get("harbor")?.broken).toEqual([]);
  });

  test("a branch that is not there is told where the companies would be", async () => {
    const { directory, source } = await pushed();
    const settings = settingsFor(directory, { ...source(), branch: "nowhere" });
    const { workspaces } = await openCompanies(settings, { env });
    expect(workspaces.all()).toMatchObject([
      {
        name: "",
        project: null,
        broken: [
          { code: "workspaces-fetch-failed", message: expect.stringContaining("nowhere") },
          { code: "workspaces-unreadable" },
        ],
      },
    ]);
  });

  test("a link in the repository leads nowhere", async () => {
    const { directory, source, work, push } = await pushed();
    const secret = join(await newFolder(), "secret.env");
    await writeFile(secret, "WFP_SECRET=somebody-elses\n");
    await rm(join(work, ".gitignore"));
    await symlink(secret, join(work, "companies/harbor/.env"));
    await push({});
    const { workspaces } = await openCompanies(settingsFor(directory, source()), { env });
    expect(workspaces.get("harbor")?.project?.secrets).not.toContain("somebody-elses");
    expect((await stat(join(workspaces.get("harbor")?.folder ?? "", ".env"))).size).toBe(
      secret.length,
    );
  });

  test("a fetch that was killed does not stop those after it", async () => {
    const { directory, source, push } = await pushed();
    const opened = await openCompanies(settingsFor(directory, source()), { env });
    const lock = join(directory, ".syncctl/checkout/.git/index.lock");
    await writeFile(lock, "");
    const longAgo = new Date("2020-01-01T00:00:00Z");
    await utimes(lock, longAgo, longAgo);
    const commit = await push({ "companies/harbor/notes.txt": "" });
    await nextLook(opened);
    expect(opened.workspaces.get("harbor")).toMatchObject({ commit, broken: [] });
  });

  test("git gets no credentials as arguments, nothing of the environment, and writes none down", async () => {
    const { directory, source, bare } = await pushed();
    await git(bare, "update-server-info");
    const asked: (string | undefined)[] = [];
    const server = createServer((request, response) => {
      asked.push(request.headers.authorization);
      const path = new URL(request.url ?? "/", "http://repository.example").pathname;
      if (request.headers.authorization === undefined) return void response.writeHead(401).end();
      readFile(join(bare, path)).then(
        (content) => response.end(content),
        () => response.writeHead(404).end(),
      );
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    onTestFinished(() => void server.close());
    const { port } = server.address() as AddressInfo;
    const calls: GitCall[] = [];
    const exec = (call: GitCall) => {
      calls.push(call);
      return runGit(call);
    };
    const url = `http://deploy:t%2Fken-of-git@127.0.0.1:${port}/`;
    const more = { env: { ...env, SERVICE_SECRET: "of-the-service" }, exec };
    const opened = await openCompanies(settingsFor(directory, source(url)), more);
    expect(opened.workspaces.get("harbor")?.broken).toEqual([]);
    const login = Buffer.from("deploy:t/ken-of-git").toString("base64");
    expect(new Set(asked)).toEqual(new Set([`Basic ${login}`]));
    const said = JSON.stringify(calls.map(({ args }) => args));
    expect(said).not.toMatch(/deploy|ken-of-git/);
    expect(JSON.stringify(calls)).not.toContain("of-the-service");
    const config = await readFile(join(directory, ".syncctl/checkout/.git/config"), "utf8");
    expect(config).not.toMatch(/deploy|ken-of-git|127\.0\.0\.1/);

    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    await nextLook(opened);
    const { broken } = opened.workspaces.get("harbor") ?? {};
    expect(broken).toMatchObject([{ code: "workspaces-fetch-failed" }]);
    expect(JSON.stringify(broken)).not.toMatch(/deploy|ken-of-git|Basic/);
  });

  test.each([
    ["when it takes too long", 100, new AbortController().signal],
    ["by closing", 60_000, AbortSignal.timeout(100)],
  ])("git is stopped %s", async (_why, timeoutMs, signal) => {
    const args = ["-c", "alias.wait=!sleep 5", "wait"];
    const PATH = process.env["PATH"] ?? "";
    const answer = await runGit({ args, cwd: await newFolder(), env: { PATH }, timeoutMs, signal });
    expect(answer).toMatchObject({
      ok: false,
      message: signal.aborted ? "The operation was aborted" : "git took more than 0.1 seconds",
    });
  });
});

describe("a folder in a checkout of the operator", () => {
  async function inCheckout() {
    const work = await newRepository({
      ...under("companies/harbor", company()),
      ...under("companies/quay", company()),
    });
    const folder = join(work, "companies");
    await writeFiles(folder, {
      "harbor/.env": "WFP_SECRET=own\n",
      "quay/.env": "WFP_SECRET=own\n",
    });
    const settings = settingsFor(work, { kind: "folder", folder, everySeconds: 5 });
    return { work, folder, settings };
  }

  test("has the commit of the checkout, and is dirty by its own files alone", async () => {
    const { work, folder, settings } = await inCheckout();
    const { workspaces, told } = await openCompanies(settings, { env });
    const commitsNow = () => workspaces.all().map(({ commit }) => commit);
    const first = await git(work, "rev-parse", "HEAD");
    expect(commitsNow()).toEqual([first, first]);

    await writeFiles(folder, {
      "harbor/mappings/people.yaml": mappingText().replace("everyone", "crew"),
      "harbor/notes.txt": "no part of the configuration",
    });
    await workspaces.refresh();
    expect(told()).toEqual(["harbor"]);
    expect(commitsNow()).toEqual([`${first}-dirty`, first]);

    const second = await commitAll(work);
    await workspaces.refresh();
    expect(told()).toEqual(["harbor", "quay"]);
    expect(commitsNow()).toEqual([second, second]);

    await writeFiles(folder, { "quay/mappings/crews.yaml": mappingText("crews") });
    await rm(join(folder, "quay/mappings/people.yaml"));
    await workspaces.refresh();
    expect(commitsNow()).toEqual([second, `${second}-dirty`]);
    await git(work, "checkout", "--quiet", "--", ".");
    await rm(join(folder, "quay/mappings/crews.yaml"));
    await workspaces.refresh();
    expect(commitsNow()).toEqual([second, second]);
  });

  test("git is asked once for all, and again only when something has changed", async () => {
    const { settings, folder } = await inCheckout();
    const calls: string[] = [];
    const exec = (call: GitCall) => {
      calls.push(call.args.join(" "));
      return runGit(call);
    };
    const { workspaces } = await openCompanies(settings, { env, exec });
    expect(calls).toHaveLength(2);
    await workspaces.refresh();
    expect(calls).toHaveLength(2);
    await writeFiles(folder, { "harbor/syncctl.yaml": projectText("title: Harbor Inc") });
    await workspaces.refresh();
    expect(calls).toHaveLength(4);
  });

  test("without a commit there is none", async () => {
    const directory = await newFolder();
    await git(directory, "init", "--quiet");
    await writeFiles(directory, company());
    const { workspaces } = await openCompanies(settingsFor(directory, { kind: "project" }), {
      env,
    });
    expect(workspaces.get("")).toMatchObject({ broken: [] });
    expect(workspaces.get("")).not.toHaveProperty("commit");
  });

  test("a worktree has the commit of its own", async () => {
    const { work } = await inCheckout();
    const tree = join(await newFolder(), "tree");
    await git(work, "worktree", "add", "--quiet", "-b", "trial", tree);
    const commit = await commitAll(tree, { "companies/harbor/.env.example": "" });
    await writeFiles(tree, { "companies/harbor/.env": "WFP_SECRET=own\n" });
    const settings = settingsFor(join(tree, "companies/harbor"), { kind: "project" });
    const { workspaces } = await openCompanies(settings, { env });
    expect(workspaces.get("")?.commit).toBe(commit);
    const next = await commitAll(tree, { "companies/harbor/notes.txt": "" });
    await workspaces.refresh();
    expect(workspaces.get("")?.commit).toBe(next);
  });
});
