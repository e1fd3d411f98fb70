import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { loadProject } from "../../engine/config/load-project.ts";
import type { VariableOverrides } from "../../engine/config/override-variables.ts";
import { placeText } from "../../engine/config/place.ts";
import type { Project, ProjectResult } from "../../engine/config/project.ts";
import { configConnectors } from "./config-connectors.ts";

/* The people mapping of the documentation, as a project on disk that a test changes where it wants. */

const projectFile = `version: 1
connections:
  wfp:
    connector: workforce-planning
    companyId: \${WFP_COMPANY_ID}
    auth:
      type: oauth
      clientId: \${WFP_CLIENT_ID}
      clientSecret: \${WFP_CLIENT_SECRET}
  procore:
    connector: procore
    companyId: "4242"
    environment: production
    auth: { clientId: office, clientSecret: "\${PROCORE_CLIENT_SECRET}" }
mappings: [mappings/*.yaml]
environments:
  staging:
    connections:
      procore: { environment: sandbox }
    state: \${STAGING_DATABASE_URL}
`;

const peopleMapping = `# yaml-language-server: $schema=./mapping.schema.json
mapping: people
description: The people list is kept in the company directory.

sources:
  wfp: { connection: wfp, stream: people }
  users: { connection: procore, stream: users }
  contacts: { connection: procore, stream: contacts }
  templates: { connection: procore, stream: permission_templates, use: lookup }

systemOfRecord: wfp
schedule: "0 * * * *"

vars:
  people: everyone
  newUserPermissionTemplate: Workforce Planning Standard

rules:
  contacts:
    direction: wfp -> contacts
    enabled: $vars.people = 'everyone'
    when: is_assignable and $not(is_user)
    match:
      - { employee_id: employee_number }
    agree: [first_name, last_name]
    fields:
      first_name: first_name
      last_name: last_name
      employee_id: employee_number
      job_title: job_title
      is_active: status = 'active'
      is_employee: true
    create: { when: status = 'active' }
    link: { when: status = 'active' }
    retire: { is_active: false }
    on: { left: retire, gone: retire }

  users:
    direction: wfp -> users
    when: is_user
    match:
      - { email_address: email }
    agree: [first_name, last_name, employee_id, is_employee]
    drift: keep
    fields:
      first_name: first_name
      last_name: last_name
      email_address: email
      employee_id: employee_number
      mobile_phone: phone
      job_title: { from: job_title, whenNull: keep, drift: hold }
      is_active: status = 'active'
      is_employee: true
      kind: { from: "'staff'", set: if-empty, when: is_assignable, default: guest }
      company_permission_template_id:
        from: $find('templates', 'name', $vars.newUserPermissionTemplate).id
        set: on-create
        required: true
    create: { when: status = 'active' }
    retire: { is_active: false }
    on: { left: retire, gone: retire }

limits: { update: 30%, retire: 0.2, minimum: 5 }
`;

export const exampleTexts = { project: projectFile, mapping: peopleMapping };

const exampleEnv = {
  WFP_COMPANY_ID: "1001",
  WFP_CLIENT_ID: "client-of-wfp",
  WFP_CLIENT_SECRET: "secret-of-wfp",
  PROCORE_CLIENT_SECRET: "secret-of-procore",
};

export interface ExampleOptions {
  /** Texts of the project's file and of the mapping to replace, each of which must be there. */
  readonly project?: Readonly<Record<string, string>>;
  readonly mapping?: Readonly<Record<string, string>>;
  /** More files: path and text. */
  readonly files?: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly environment?: string;
  readonly file?: string;
  readonly variables?: VariableOverrides;
}

/** Loads the example from a folder that is gone afterwards. */
export async function loadExample(options: ExampleOptions = {}): Promise<ProjectResult> {
  const directory = await mkdtemp(join(tmpdir(), "syncctl-example-"));
  try {
    const files = {
      [options.file ?? "syncctl.yaml"]: edited(projectFile, options.project),
      "mappings/people.yaml": edited(peopleMapping, options.mapping),
      ...options.files,
    };
    for (const [path, text] of Object.entries(files)) {
      await mkdir(dirname(join(directory, path)), { recursive: true });
      await writeFile(join(directory, path), text);
    }
    return await loadProject({
      directory,
      ...(options.file !== undefined && { file: options.file }),
      ...(options.environment !== undefined && { environment: options.environment }),
      env: { ...exampleEnv, ...options.env },
      ...(options.variables !== undefined && { variables: options.variables }),
      connectors: configConnectors,
    });
  } finally {
    await rm(directory, { recursive: true });
  }
}

/** The example as a project; a test that gets diagnostics instead fails with them. */
export async function exampleProject(options: ExampleOptions = {}): Promise<Project> {
  const result = await loadExample(options);
  if (result.ok) return result.project;
  const sentences = result.diagnostics.map(
    ({ code, at, message }) => `${code} ${at ? placeText(at) : ""} ${message}`,
  );
  throw new Error(sentences.join("\n"));
}

function edited(text: string, edits: Readonly<Record<string, string>> = {}): string {
  return Object.entries(edits).reduce((before, [from, to]) => {
    if (!before.includes(from)) throw new Error(`the example does not hold "${from}"`);
    return before.replace(from, () => to);
  }, text);
}
