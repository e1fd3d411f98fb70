import { spawn } from "node:child_process";
import { once } from "node:events";
import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { runProcess } from "../support/cli-run.ts";
import { copiesOf, readDockerfile } from "../support/dockerfile.ts";
import { createDatabase, type TestDatabase } from "../support/postgres.ts";
import { root } from "../support/source-tree.ts";

/*
 * What the last stage of the Dockerfile holds is enough to run. Its COPY steps are carried out into a folder; packages are
 * those that `npm ci --omit=dev --omit=optional` installs, and with `--preserve-symlinks` no other one can be found.
 */

/** Programs are started one after the other, on a busy machine. */
const testMsMax = 60_000;

const top = mkdtempSync(join(tmpdir(), "syncctl-image-"));
const program = join(top, "opt/syncctl");
const launcher = join(program, "cli/bin/syncctl");
const example = join(top, "srv/syncctl");
let database: TestDatabase;

beforeAll(async () => {
  copyRuntime();
  cpSync(join(root, "server/deploy/example"), example, { recursive: true });
  const secrets = readFileSync(join(example, "secrets/northridge.env.example"), "utf8");
  writeFileSync(join(example, "secrets/northridge.env"), secrets.replaceAll(/=$/gm, "=4242"));
  database = await createDatabase();
});

afterAll(async () => {
  // Nobody may write to what the image holds.
  chmodSync(program, 0o755);
  rmSync(top, { recursive: true, force: true });
  await database.drop();
});

function copyRuntime(): void {
  const runtime = readDockerfile("server/deploy/Dockerfile").stages.find(
    ({ name }) => name === "runtime",
  );
  for (const { from, sources, target } of runtime ? copiesOf(runtime) : []) {
    if (from === "dependencies") continue;
    for (const source of sources) {
      const path = source.replace("/opt/syncctl/", "");
      const into = target === "./" ? join(program, path) : join(program, target);
      cpSync(join(root, path), into, { recursive: true });
    }
  }
  const lock = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8"));
  const packages = Object.entries<{ dev?: boolean; optional?: boolean }>(lock.packages)
    .filter(([path, { dev, optional }]) => path !== "" && dev !== true && optional !== true)
    .map(([path]) => path)
    .filter((path) => path.lastIndexOf("node_modules/") === 0);
  for (const path of packages) {
    mkdirSync(dirname(join(program, path)), { recursive: true });
    symlinkSync(join(root, path), join(program, path));
  }
}

const env = {
  // The image has Node on its path and none among its packages.
  PATH: `${dirname(process.execPath)}${delimiter}${process.env["PATH"]}`,
  NODE_OPTIONS: "--preserve-symlinks",
  NOTIFY_URL: "https://chat.northridge.test/hook",
  NOTIFY_SECRET: "sixteen characters and more",
};

test(
  "the program answers, and checks the files of a company",
  async () => {
    const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
    const told = await runProcess("sh", [launcher, "--version"], { env });
    expect(told).toMatchObject({ code: 0, out: expect.stringContaining(`syncctl/${version} `) });
    const names = ["WFP_COMPANY_ID", "WFP_CLIENT_ID", "WFP_CLIENT_SECRET", "WFP_EMAIL"];
    const procore = ["PROCORE_COMPANY_ID", "PROCORE_CLIENT_ID", "PROCORE_CLIENT_SECRET"];
    const values = Object.fromEntries([...names, ...procore].map((name) => [name, "4242"]));
    const checked = await runProcess("sh", [launcher, "validate"], {
      cwd: join(example, "workspaces/northridge"),
      env: { ...env, ...values },
    });
    expect(checked).toMatchObject({ code: 0, err: "", out: expect.stringContaining("1 mapping") });
  },
  testMsMax,
);

test(
  "the service starts with the example, says that it can work, and ends when it is told to",
  async () => {
    const home = { HOME: top, DATABASE_URL: database.url };
    const service = spawn("sh", [launcher, "serve", "--port", "0"], {
      cwd: example,
      env: { ...env, ...home },
    });
    let out = "";
    let err = "";
    service.stderr.on("data", (chunk: Buffer) => {
      err += chunk.toString();
    });
    const ended = once(service, "exit");
    try {
      for await (const chunk of service.stdout.iterator({ destroyOnReturn: false })) {
        out += String(chunk);
        if (/http:\/\/\S+/.test(out)) break;
      }
      const url = /http:\/\/\S+/.exec(out)?.[0] ?? "";
      expect({ url, err }).toEqual({ url: expect.stringContaining("http://127.0.0.1:"), err: "" });
      expect(await (await fetch(`${url}/health`)).json()).toMatchObject({ isAlive: true });
      expect(await (await fetch(`${url}/ready`)).json()).toMatchObject({ isReady: true });
      const answer = await fetch(`${url}/api/v1/workspaces`);
      expect(await answer.json()).toMatchObject({
        workspaces: [{ name: "northridge", configuration: { broken: [] } }],
      });
    } finally {
      service.kill("SIGTERM");
    }
    expect(await ended).toEqual([0, null]);
  },
  testMsMax,
);
