import { isAbsolute, join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Rule } from "../../engine/mapping/mapping.ts";
import { diagnosticsOf } from "../support/config-broken.ts";
import { exampleProject, loadExample } from "../support/config-example.ts";

describe("the example of the documentation", () => {
  test("loads without a word", async () => {
    const project = await exampleProject();

    expect(project.warnings).toEqual([]);
    expect(project.connections).toEqual([
      {
        name: "wfp",
        connector: "workforce-planning",
        configuration: {
          companyId: "1001",
          auth: { type: "oauth", clientId: "client-of-wfp", clientSecret: "secret-of-wfp" },
        },
        at: { file: "syncctl.yaml", line: 3, column: 3 },
      },
      {
        name: "procore",
        connector: "procore",
        configuration: {
          companyId: "4242",
          environment: "production",
          auth: { clientId: "office", clientSecret: "secret-of-procore" },
        },
        at: { file: "syncctl.yaml", line: 10, column: 3 },
      },
    ]);
    expect(isAbsolute(project.state)).toBe(true);
    expect(project.state).toBe(join(project.directory, ".syncctl", "state"));
    expect(project.phoneCountry).toBe("US");
  });

  test("becomes the mapping that is written, with the place of everything", async () => {
    const [mapping] = (await exampleProject()).mappings;

    expect(mapping).toMatchObject({
      name: "people",
      file: "mappings/people.yaml",
      systemOfRecord: "wfp",
      schedule: "0 * * * *",
      vars: { people: "everyone", newUserPermissionTemplate: "Workforce Planning Standard" },
      limits: { create: 0.5, update: 0.3, retire: 0.2, delete: 0.05, shrink: 0.5, minimum: 5 },
    });
    expect(mapping?.sources.map(({ name, ref, use }) => [name, ref, use])).toEqual([
      ["wfp", { connection: "wfp", stream: "people" }, "records"],
      ["users", { connection: "procore", stream: "users" }, "records"],
      ["contacts", { connection: "procore", stream: "contacts" }, "records"],
      ["templates", { connection: "procore", stream: "permission_templates" }, "lookup"],
    ]);
    const [contacts, users] = mapping?.rules ?? [];
    expect(contacts).toMatchObject({
      name: "contacts",
      role: "authoritative",
      at: { file: "mappings/people.yaml", line: 19, column: 3 },
      enabled: { source: "$vars.people = 'everyone'" },
      when: { at: { file: "mappings/people.yaml", line: 22, column: 11 } },
      createWhen: { source: "status = 'active'" },
      linkWhen: { source: "status = 'active'" },
      agree: ["first_name", "last_name"],
      retire: { is_active: false },
      on: { linked: "update", found: "hold", absent: "create", left: "retire", gone: "retire" },
    });
    expect(contacts?.target.schema.stream).toBe("contacts");
    expect(users?.match).toMatchObject([
      {
        parts: [{ field: "email_address", from: { source: "email" } }],
        at: { file: "mappings/people.yaml", line: 42, column: 9 },
      },
    ]);
    expect(users && fieldOf(users, "is_employee")).toMatchObject({
      from: { source: "true", constant: true },
      set: "always",
      whenNull: "clear",
      required: false,
      drift: "keep",
    });
    expect(users && fieldOf(users, "job_title")).toMatchObject({ whenNull: "keep", drift: "hold" });
    expect(users && fieldOf(users, "kind")).toMatchObject({
      from: { source: "'staff'" },
      set: "if-empty",
      fallback: "guest",
      when: { source: "is_assignable" },
    });
    expect(users && fieldOf(users, "company_permission_template_id")).toMatchObject({
      set: "on-create",
      required: true,
      at: { file: "mappings/people.yaml", line: 55, column: 7 },
    });
  });

  test("may have another file name, in which places are told", async () => {
    const result = await loadExample({
      file: "office.yaml",
      project: { "version: 1": "version: 2" },
    });
    expect(diagnosticsOf(result)).toMatchObject([
      { code: "version-unsupported", at: { file: "office.yaml", line: 1, column: 10 } },
    ]);
  });
});

function fieldOf(rule: Rule, name: string) {
  return rule.fields.find(({ field }) => field === name);
}

describe("the direction of a rule and the system of record", () => {
  const back = `  back:
    direction: users -> wfp
    when: is_active
    fields:
      job_title: job_title
`;
  const both = { "\nlimits:": `\n${back}limits:` };

  test("a rule that leads to the system of record follows links: it is feedback", async () => {
    const [mapping] = (await exampleProject({ mapping: both })).mappings;
    expect(mapping?.rules.at(-1)).toMatchObject({ name: "back", role: "feedback" });
  });

  test("one that has match keys too is the other direction of a choice, and dormant", async () => {
    const direction = {
      "\nlimits:": `\n${back}    match: [{ email: email_address }]\n    on: { absent: ignore }\nlimits:`,
    };
    const [mapping] = (await exampleProject({ mapping: direction })).mappings;
    expect(mapping?.rules.map(({ name, role }) => [name, role])).toEqual([
      ["contacts", "authoritative"],
      ["users", "authoritative"],
      ["back", "dormant"],
    ]);
  });

  test("the environment may choose which side is right", async () => {
    const choice = "systemOfRecord: ${RECORD_OF:-wfp}";
    const mapping = {
      "systemOfRecord: wfp": choice,
      ...both,
      "      job_title: job_title\nlimits":
        "      job_title: job_title\n    match: [{ email: email_address }]\n    on: { absent: ignore }\nlimits",
      // What starts at the people list is no longer the truth, and what leads to the contacts is nobody's.
      "direction: wfp -> contacts": "direction: users -> contacts",
      "is_assignable and $not(is_user)": "is_employee",
      "employee_id: employee_number }": "employee_id: employee_id }",
      "employee_id: employee_number\n": "employee_id: employee_id\n",
      "is_active: status = 'active'": "is_active: is_active",
      "create: { when: status = 'active' }\n    link: { when: status = 'active' }":
        "on: { absent: ignore }",
      "    retire: { is_active: false }\n    on: { left: retire, gone: retire }\n\n  users":
        "\n  users",
    };
    const roles = async (env: Record<string, string>) =>
      (await exampleProject({ mapping, env })).mappings[0]?.rules.map(({ role }) => role);

    expect(await roles({ RECORD_OF: "users" })).toEqual([
      "authoritative",
      "dormant",
      "authoritative",
    ]);
    expect(await roles({})).toEqual(["feedback", "authoritative", "dormant"]);
  });

  test("a feedback rule leaves records without a link alone", async () => {
    const rule = back
      .replace("users -> wfp", "users -> contacts")
      .replace("job_title:", "employee_id:");
    const mapping = {
      "\nlimits:": `\n${rule}limits:`,
      "      employee_id: employee_number\n      job_title: job_title\n      is_active":
        "      job_title: job_title\n      is_active",
    };
    const feedback = (await exampleProject({ mapping })).mappings[0]?.rules[2];
    expect(feedback).toMatchObject({ role: "feedback", on: { absent: "ignore" }, match: [] });
  });
});

describe("values of the environment", () => {
  test("a .env file gives what the environment does not, and the environment wins", async () => {
    const project = await exampleProject({
      files: { ".env": "WFP_COMPANY_ID=77\nWFP_CLIENT_ID=from-the-file\n" },
      env: { WFP_COMPANY_ID: undefined },
    });
    expect(project.connections[0]?.configuration).toMatchObject({
      companyId: "77",
      auth: { clientId: "client-of-wfp" },
    });
  });

  test("a text of the environment becomes the number or the yes that is wanted", async () => {
    const more = "companyId: 4242\n    readLagSeconds: ${LAG}\n    compress: ${COMPRESS:-true}";
    const project = await exampleProject({
      project: { 'companyId: "4242"': more },
      mapping: {
        "enabled: $vars.people = 'everyone'": "enabled: ${CONTACTS}",
        "people: everyone": "x: ${N:-5}",
        "when: is_user": "when: is_user and $vars.x != ''",
      },
      env: { LAG: "20", CONTACTS: "false" },
    });
    expect(project.connections[1]?.configuration).toMatchObject({
      companyId: "4242",
      readLagSeconds: 20,
      compress: true,
    });
    expect(project.mappings[0]?.rules[0]?.enabled?.constant).toBe(false);
    expect(project.mappings[0]?.vars["x"]).toBe("5");
  });

  test("an escape is the text itself", async () => {
    const mapping = { "description: The": "description: $${NAME} and $5, the" };
    const project = await exampleProject({ mapping });
    expect(project.mappings[0]?.description).toMatch(/^\$\{NAME\} and \$5, the people/);
  });

  test("every value is a secret, longest first, and words that the files say openly are none", async () => {
    const project = await exampleProject({
      project: {
        "environment: production": "environment: ${WHICH}",
        "mappings/*.yaml]\n": "mappings/*.yaml]\nstate: ${DB}\n",
      },
      env: { WHICH: "sandbox", DB: "postgres://office:p%40ssword@db/state", WFP_CLIENT_ID: "abc" },
    });
    expect(project.state).toBe("postgres://office:p%40ssword@db/state");
    expect(project.secrets).toEqual([
      "postgres://office:p%40ssword@db/state",
      "secret-of-procore",
      "secret-of-wfp",
      "p%40ssword",
      "p@ssword",
      "office",
      "1001",
    ]);
  });
});

describe("--environment", () => {
  test("lays its keys over the others, and asks for no variable of another environment", async () => {
    const plain = await exampleProject();
    const staging = await exampleProject({
      environment: "staging",
      env: { STAGING_DATABASE_URL: "state-of-staging" },
    });
    expect(staging.environment).toBe("staging");
    expect(staging.connections[1]?.configuration).toEqual({
      ...plain.connections[1]?.configuration,
      environment: "sandbox",
    });
    expect(staging.state).toBe(join(staging.directory, "state-of-staging"));
  });

  test("without any environment in the file says how to go on", async () => {
    const result = await loadExample({
      environment: "staging",
      project: {
        "environments:\n  staging:\n    connections:\n      procore: { environment: sandbox }\n    state: ${STAGING_DATABASE_URL}\n":
          "",
      },
    });
    expect(diagnosticsOf(result)).toMatchObject([
      { code: "environment-unknown", help: expect.stringContaining("leave out --environment") },
    ]);
  });
});

describe("mapping files", () => {
  test("are found once each, and the project's own file is none of them", async () => {
    const project = await exampleProject({
      project: { "[mappings/*.yaml]": '["**/*.yaml", mappings/people.yaml]' },
    });
    expect(project.mappings.map(({ file }) => file)).toEqual(["mappings/people.yaml"]);
  });
});
