import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { parse, stringify } from "yaml";
import { connectors } from "../../connectors/registry.ts";
import { loadProject } from "../../engine/config/load-project.ts";
import { exampleEnvironment } from "../support/cli-run.ts";
import { type Fence, readPage } from "../support/markdown.ts";

/*
 * Every YAML example of the documentation is loaded with the real connectors, and nothing is wrong with it, not even a
 * warning. A whole file stands for itself. A part of one says what it is a part of, in a comment above it
 * (`fragment: rule`), and takes the place of that part in a small project. Mappings that go through each other stand in
 * one project.
 */

/** YAML of somebody else, and that of the service, which test/integration/deploy-guide.test.ts looks at. */
const otherYaml = ["workflow", "service", "alerts"];

const pages = [
  "mappings/README.md",
  "mappings/TUTORIAL.md",
  "connectors/procore/README.md",
  "connectors/smartbarrel/README.md",
  "connectors/workforce-planning/README.md",
  "server/README.md",
].map(readPage);

const examples = pages.flatMap(({ path, fences }) =>
  fences
    .filter(({ language, note }) => language === "yaml" && !otherYaml.includes(note))
    .map((fence) => [`${path}:${fence.line}`, fence] as const),
);

type Yaml = { [key: string]: unknown };

const baseProject: Yaml = {
  version: 1,
  connections: {
    wfp: {
      connector: "workforce-planning",
      companyId: "0b6a5c0e",
      auth: { clientId: "a", clientSecret: "b" },
    },
    procore: { connector: "procore", companyId: 4242, auth: { clientId: "c", clientSecret: "d" } },
    smartbarrel: {
      connector: "smartbarrel",
      baseUrl: "https://api.smartbarrel.example",
      auth: { token: "e" },
    },
  },
  mappings: ["mappings/*.yaml"],
};

const baseRule = {
  direction: "people -> users",
  match: [{ email_address: "email" }],
  fields: {
    first_name: "first_name",
    last_name: "last_name",
    email_address: "email",
    employee_id: "employee_number",
    is_active: "status = 'active'",
  },
};

const baseMapping: Yaml = {
  mapping: "people",
  sources: {
    people: { connection: "wfp", stream: "people" },
    users: { connection: "procore", stream: "users" },
  },
  systemOfRecord: "people",
  rules: { users: baseRule },
};

interface Files {
  readonly project: string;
  readonly mapping: string;
  readonly links?: string;
  /** Other mappings of the page. */
  readonly others?: readonly string[];
}

const mappingExamples = examples
  .map(([, { text }]) => text)
  .filter((text) => /^mapping: /.test(text));

/** Mappings that an example goes through, and those that go through it. */
function companionsOf(text: string): readonly string[] {
  const nameOf = (mapping: string) => /^mapping: (\S+)/.exec(mapping)?.[1] ?? "";
  const goesThrough = (mapping: string, other: string) =>
    [...mapping.matchAll(/through: ([\w-]+)/g)].some(([, name]) => name === nameOf(other));
  return mappingExamples.filter((other) => goesThrough(text, other) || goesThrough(other, text));
}

function filesOf({ text, note, line }: Fence): Files {
  const project = stringify(baseProject);
  const mapping = stringify(baseMapping);
  const part: Yaml = parse(text);
  if (note === "fragment: links") return { project, mapping, links: text };
  if ("version" in part) return { project: text, mapping };
  if ("mapping" in part) return { project, mapping: text, others: companionsOf(text) };
  const withRule = (rule: Yaml) => stringify({ ...baseMapping, rules: { users: rule } });
  switch (note) {
    case "fragment: project":
      return { project: stringify({ ...baseProject, ...part }), mapping };
    case "fragment: connection": {
      const connections = { ...(baseProject["connections"] as Yaml), ...part };
      return { project: stringify({ ...baseProject, connections }), mapping };
    }
    case "fragment: mapping":
      return { project, mapping: stringify({ ...baseMapping, ...part }) };
    case "fragment: rule":
      return { project, mapping: withRule({ ...baseRule, ...part }) };
    case "fragment: fields":
      return {
        project,
        mapping: withRule({ ...baseRule, fields: { ...baseRule.fields, ...part } }),
      };
    default:
      throw new Error(`line ${line} is neither a whole file nor a part of a known kind: "${note}"`);
  }
}

/** Lookups are read only where an expression asks for them; one that is not used is a warning. */
function withLookup({ project, mapping, ...others }: Files): Files {
  if (!mapping.includes("'templates'") || mapping.includes("templates: {"))
    return { project, mapping, ...others };
  const edited: Yaml = parse(mapping);
  const templates = { connection: "procore", stream: "permission_templates", use: "lookup" };
  const sources = { ...(edited["sources"] as Yaml), templates };
  return { project, mapping: stringify({ ...edited, sources }) };
}

async function diagnosticsOf(files: Files, env: Readonly<Record<string, string>>) {
  const directory = await mkdtemp(join(tmpdir(), "syncctl-docs-"));
  try {
    await mkdir(join(directory, "mappings"));
    await writeFile(join(directory, "syncctl.yaml"), files.project);
    await writeFile(join(directory, "mappings/example.yaml"), files.mapping);
    for (const [index, other] of (files.others ?? []).entries()) {
      await writeFile(join(directory, `mappings/other-${index}.yaml`), other);
    }
    if (files.links !== undefined) {
      await mkdir(join(directory, "links"));
      await writeFile(join(directory, "links/example.yaml"), files.links);
    }
    const result = await loadProject({ directory, env, connectors });
    return result.ok ? result.project.warnings : result.diagnostics;
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

test.each(examples)("%s can be loaded as it is", async (_place, fence) => {
  expect(await diagnosticsOf(withLookup(filesOf(fence)), exampleEnvironment)).toEqual([]);
});

test("the workflows for GitHub are YAML", () => {
  const workflows = pages.flatMap(({ fences }) => fences.filter(({ note }) => note === "workflow"));
  expect(workflows.map(({ text }) => Object.keys(parse(text)))).toEqual([
    ["name", "on", "concurrency", "jobs"],
  ]);
});

test("the example with a choice of the system of record works both ways", async () => {
  const choice = examples.find(([, { text }]) => text.includes("systemOfRecord: $" + "{"));
  if (!choice) throw new Error("there is no such example");
  const env = { ...exampleEnvironment, PEOPLE_ARE_KEPT_IN: "users" };
  expect(await diagnosticsOf(filesOf(choice[1]), env)).toEqual([]);
});
