import { describe, expect, test } from "vitest";
import { type ExampleOptions, exampleProject } from "../support/config-example.ts";

async function digests(options: ExampleOptions = {}) {
  const project = await exampleProject(options);
  return { project: project.digest, mapping: project.mappings[0]?.digest };
}

describe("the digest of a project", () => {
  const same: Readonly<Record<string, ExampleOptions>> = {
    "a new secret": {
      env: { WFP_CLIENT_SECRET: "another-secret", WFP_CLIENT_ID: "another-client" },
    },
    "another place for the state": { project: { "version: 1": "version: 1\nstate: elsewhere" } },
    "a comment, quotes and the order of keys": {
      mapping: {
        "systemOfRecord: wfp\n": "",
        "mapping: people\n": 'systemOfRecord: "wfp" # who is right\nmapping: people\n',
        "      first_name: first_name\n      last_name: last_name\n      employee_id":
          "      last_name: last_name\n      first_name: >-\n        first_name\n      employee_id",
      },
    },
    "a description and a schedule": {
      mapping: { "The people list": "Our list", "0 * * * *": "30 * * * *" },
    },
    "no schedule of its own, and a person who approves": {
      mapping: { 'schedule: "0 * * * *"': "schedule: never\napply: approve" },
    },
    "what only the service works by": {
      project: {
        "version: 1":
          'version: 1\nworkspace: northridge\ntitle: Northridge\ntimezone: America/New_York\nquiet: [{ from: "22:00", until: "24:00" }]',
      },
    },
    "the values that are the default ones": {
      mapping: {
        "on: { left: retire, gone: retire }": "on: { left: retire, gone: retire, found: hold }",
        "limits: {": "limits: { create: 50%, ",
      },
    },
    "an environment that changes nothing": {
      project: { "environment: sandbox }": "environment: production }" },
      environment: "staging",
      env: { STAGING_DATABASE_URL: "elsewhere" },
    },
  };
  test.each(Object.entries(same))("does not move for %s", async (_what, options) => {
    expect(await digests(options)).toEqual(await digests());
  });

  const otherMapping: Readonly<Record<string, ExampleOptions>> = {
    "an expression": { mapping: { "status = 'active'": "status != 'inactive'" } },
    "a match key": { mapping: { "email_address: email }": "email_address: $lowercase(email) }" } },
    "a variable": { mapping: { "people: everyone": "people: users-only" } },
    "a limit": { mapping: { "update: 30%": "update: 31%" } },
    "a reaction": { mapping: { "gone: retire }": "gone: ignore }" } },
    "what retiring means": {
      mapping: { "retire: { is_active: false }": "retire: { is_employee: false }" },
    },
    "what an empty value does": { mapping: { "whenNull: keep": "whenNull: hold" } },
    "what drift does": { mapping: { "drift: keep": "drift: revert" } },
    "a default": { mapping: { "default: guest": "default: staff" } },
    "the name of the mapping": { mapping: { "mapping: people": "mapping: persons" } },
    "the fields that must agree": {
      mapping: { "agree: [first_name, last_name]": "agree: [last_name]" },
    },
  };
  test.each(Object.entries(otherMapping))(
    "moves for %s, and so does the mapping's",
    async (_what, options) => {
      const [before, after] = [await digests(), await digests(options)];
      expect(after.project).not.toBe(before.project);
      expect(after.mapping).not.toBe(before.mapping);
    },
  );

  const otherProject: Readonly<Record<string, ExampleOptions>> = {
    "another company": { env: { WFP_COMPANY_ID: "1002" } },
    "another environment of the system": {
      project: { "environment: production": "environment: sandbox" },
    },
    "another country of phone numbers": {
      project: { "version: 1": "version: 1\nphoneCountry: CA" },
    },
  };
  test.each(Object.entries(otherProject))(
    "moves for %s, and the mapping's does not",
    async (_what, options) => {
      const [before, after] = [await digests(), await digests(options)];
      expect(after.project).not.toBe(before.project);
      expect(after.mapping).toBe(before.mapping);
    },
  );
});
