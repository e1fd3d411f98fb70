import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { plainPaint } from "../../cli/render/paint.ts";
import { testText } from "../../cli/render/test-text.ts";
import { placeText } from "../../engine/config/place.ts";
import type { ConnectorDefinition } from "../../engine/connector/connector.ts";
import { runTests, type TestOptions, type TestRun } from "../../engine/mapping-test/run-tests.ts";
import { configConnectors } from "./config-connectors.ts";

/* Mapping tests of small projects on disk. */

const projectFile = `version: 1
connections:
  hr: { connector: workforce-planning, companyId: "1", auth: { clientId: a, clientSecret: b } }
  office: { connector: procore, companyId: "2", auth: { clientId: c, clientSecret: d } }
mappings: [mappings/*.yaml]
`;

/** People become users of the office by their e-mail address. */
export const usersMapping = `mapping: users
sources:
  people: { connection: hr, stream: people }
  users: { connection: office, stream: users }
  templates: { connection: office, stream: permission_templates, use: lookup }
systemOfRecord: people
vars:
  template: Standard
rules:
  users:
    direction: people -> users
    when: is_user
    match:
      - { email_address: email }
    agree: [last_name]
    fields:
      first_name: first_name
      last_name: last_name
      email_address: email
      job_title: job_title
      is_active: status = 'active'
      company_permission_template_id: { from: "$find('templates', 'name', $vars.template).id", set: on-create }
    create: { when: status = 'active' }
    retire: { is_active: false }
    on: { gone: retire }
`;

export type Files = Readonly<Record<string, string>>;

/** A project in a folder of its own, for as long as `work` takes. */
export async function inProject<T>(
  files: Files,
  work: (directory: string) => Promise<T>,
): Promise<T> {
  const directory = await mkdtemp(join(tmpdir(), "syncctl-mapping-tests-"));
  try {
    for (const [path, text] of Object.entries({ "syncctl.yaml": projectFile, ...files })) {
      const file = join(directory, path);
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, text);
    }
    return await work(directory);
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

export interface RunOptions {
  readonly mapping?: string;
  readonly files?: Files;
  readonly options?: Partial<TestOptions>;
  readonly connectors?: readonly ConnectorDefinition[];
}

/** Runs one test file for the mapping above, or for another one. */
export function runText(test: string, more: RunOptions = {}): Promise<TestRun> {
  const files = {
    "mappings/users.yaml": more.mapping ?? usersMapping,
    "mappings/users.test.yaml": test,
    ...more.files,
  };
  return inProject(files, (directory) =>
    runTests({
      directory,
      env: {},
      connectors: more.connectors ?? configConnectors,
      ...more.options,
    }),
  );
}

/** A test file with these cases, written one level in. */
export function casesOf(cases: string): string {
  return `mapping: users\ndefaults:\n  people: { status: active, is_user: true }\ncases:\n${cases}`;
}

/** What a person sees; the diagnostics where the files are wrong. */
export function shownRun(run: TestRun): string {
  if (run.ok) return testText(run.results, run.unreached, { paint: plainPaint, brief: false });
  return run.diagnostics
    .map(({ code, at, message, help }) => `${at && placeText(at)} ${code}: ${message} ${help}`)
    .join("\n");
}

/** The names of the cases that failed. */
export function failedIn(run: TestRun): readonly string[] {
  if (!run.ok) throw new Error(shownRun(run));
  return run.results.filter(({ failures }) => failures.length > 0).map(({ name }) => name);
}
