import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { emptyFolder, exampleEnvironment, syncctl } from "../support/cli-run.ts";
import { root } from "../support/source-tree.ts";

/* `syncctl init` for the systems that a company has: connections, mappings, tests and variables of these, and no others. */

const env = { ...exampleEnvironment, SMARTBARREL_URL: "https://smartbarrel-api.example" };

const systems = [
  { name: "workforce-planning", connection: "wfp", variables: /^(# )?WFP_/m },
  { name: "procore", connection: "procore", variables: /^(# )?PROCORE_/m },
  { name: "smartbarrel", connection: "smartbarrel", variables: /^(# )?SMARTBARREL_/m },
] as const;

interface Mapping {
  readonly mapping: string;
  readonly sources: Readonly<Record<string, { readonly connection: string }>>;
}

function mappingsIn(folder: string): readonly Mapping[] {
  return readdirSync(join(folder, "mappings"))
    .filter((file) => /\.yaml$/.test(file) && !/\.test\.yaml$/.test(file))
    .map((file) => parse(readFileSync(join(folder, "mappings", file), "utf8")));
}

function connectionsOf({ sources }: Mapping): readonly string[] {
  return Object.values(sources).map(({ connection }) => connection);
}

describe.each([
  [[], ["workforce-planning", "procore"]],
  [
    ["procore", "smartbarrel"],
    ["procore", "smartbarrel"],
  ],
  [
    ["smartbarrel", "procore", "workforce-planning", "procore"],
    ["workforce-planning", "procore", "smartbarrel"],
  ],
])("init with %j", (named, expected) => {
  const flags = named.flatMap((name) => ["--with", name]);

  test(`is a whole project for ${expected.join(", ")} and nothing else`, async () => {
    const folder = emptyFolder();
    const init = await syncctl(["init", folder, ...flags]);
    expect({ code: init.code, err: init.err }).toEqual({ code: 0, err: "" });

    const text = (path: string) => readFileSync(join(folder, path), "utf8");
    const { connections } = parse(text("syncctl.yaml"));
    for (const { name, connection, variables } of systems) {
      const isThere = expected.includes(name);
      expect(connections[connection]?.connector).toBe(isThere ? name : undefined);
      expect(variables.test(text(".env.example"))).toBe(isThere);
      expect(
        Object.keys(parse(text(".github/workflows/syncctl.yml")).jobs.plan.env).join("\n"),
      ).toEqual(isThere ? expect.stringMatching(variables) : expect.not.stringMatching(variables));
    }
    for (const file of ["syncctl.yaml", ".env.example", ".github/workflows/syncctl.yml"]) {
      expect(text(file)).not.toMatch(/^#(if|end)/m);
    }

    const names = Object.keys(connections);
    const fitting = mappingsIn(root).filter((mapping) =>
      connectionsOf(mapping).every((connection) => names.includes(connection)),
    );
    const written = mappingsIn(folder).map(({ mapping }) => mapping);
    expect(written.toSorted()).toEqual(fitting.map(({ mapping }) => mapping).toSorted());
    for (const name of written) {
      expect(existsSync(join(folder, `mappings/${name}.test.yaml`)), name).toBe(true);
    }

    const [validated, tested] = await Promise.all([
      syncctl(["validate"], { cwd: folder, env }),
      syncctl(["test", "--require-coverage"], { cwd: folder }),
    ]);
    expect(validated).toMatchObject({ code: 0, err: "" });
    expect(tested).toMatchObject({ code: 0, err: "" });
  });
});

test.each([
  [["--with", "smartbarrel"], "No mapping that comes with syncctl is for SmartBarrel alone."],
  [
    ["--with", "workforce-planning", "--with", "smartbarrel"],
    "No mapping that comes with syncctl is for Workforce Planning and SmartBarrel alone.",
  ],
  [["--with", "fieldpunch"], "Expected --with=fieldpunch to be one of: workforce-planning, "],
])("init %j is refused, and nothing is written", async (flags, message) => {
  const folder = emptyFolder();
  const { code, out, err } = await syncctl(["init", ...flags], { cwd: folder });
  expect({ code, out }).toEqual({ code: 1, out: "" });
  expect(err).toContain(`error command-unclear: ${message}`);
  expect(readdirSync(folder)).toEqual([]);
});
