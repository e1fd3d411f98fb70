import { describe, expect, test } from "vitest";
import { configurationSchema, readConfiguration } from "../../connectors/procore/config.ts";
import {
  flattenPerson,
  flattenProject,
  flattenUser,
  personWire,
  projectWire,
  recordOf,
  wireOf,
  withoutNulls,
} from "../../connectors/procore/convert.ts";
import { contactSchema } from "../../connectors/procore/streams/contacts.ts";
import { projectSchema } from "../../connectors/procore/streams/project-schema.ts";
import { userSchema } from "../../connectors/procore/streams/user-schema.ts";
import { pairRows, rowProblem, syncAnswer } from "../../connectors/procore/sync.ts";

const template = { id: 27, name: "Standard", project_specific: false, type: "company_tools" };

describe("from rows to records", () => {
  test("the templates of a list row and of a shown user give the same fields", () => {
    const listed = flattenUser({
      id: 1,
      permission_template: null,
      company_permission_template: template,
    });
    const shown = flattenUser({
      id: 1,
      default_permission_template_id: null,
      company_permission_template_id: 27,
    });
    const expected = {
      id: "1",
      default_permission_template_id: null,
      company_permission_template_id: "27",
    };
    for (const row of [listed, shown]) {
      expect(recordOf(row, userSchema)).toMatchObject({ ok: true, value: { fields: expected } });
    }
  });

  test("a key that is missing is untold in a list, and empty where such keys are left out", () => {
    const row = { id: 1, last_name: "Lund" };
    expect(recordOf(row, userSchema)).toEqual({
      ok: true,
      value: { id: "1", fields: { id: "1", last_name: "Lund" } },
    });
    expect(recordOf(row, userSchema, ["job_title"])).toEqual({
      ok: true,
      value: { id: "1", fields: { id: "1", last_name: "Lund", job_title: null } },
    });
  });

  test.for([
    {
      what: "an empty text is an empty field",
      wire: { job_title: "" },
      fields: { job_title: null },
    },
    {
      what: "a number in a text field is text",
      wire: { employee_id: 1007 },
      fields: { employee_id: "1007" },
    },
    {
      what: "an instant is told in UTC",
      wire: { updated_at: "2026-03-02T15:05:11+01:00" },
      fields: { updated_at: "2026-03-02T14:05:11.000Z" },
    },
    {
      what: "an id beyond 32 bits stays whole",
      wire: { work_classification_id: 9_007_199_254_740_991 },
      fields: { work_classification_id: "9007199254740991" },
    },
  ])("$what", ({ wire, fields }) => {
    expect(recordOf({ id: 1, ...wire }, userSchema)).toMatchObject({ ok: true, value: { fields } });
  });

  test.for([
    { id: "1" },
    { id: 1.5 },
    { id: 2 ** 60 },
    { id: 1, is_active: "true" },
    { id: 1, last_name: { first: "Aino" } },
    { id: 1, created_at: "yesterday" },
    { id: 1, work_classification_id: "7" },
  ])("%j cannot be read", (row) => {
    expect(recordOf(row, userSchema).ok).toBe(false);
  });

  test("a contact's state and e-mail address are taken out of their object", () => {
    const row = { id: 1, contact: { is_active: false, email: null } };
    expect(recordOf(flattenPerson(row), contactSchema)).toEqual({
      ok: true,
      value: { id: "1", fields: { id: "1", is_active: false, email: null } },
    });
    expect(recordOf(flattenPerson({ id: 1 }), contactSchema)).toMatchObject({
      value: { fields: { id: "1" } },
    });
  });
});

describe("from rows of projects to records", () => {
  const row = { id: 1, name: "Harbor Street Depot" };

  function fieldsOf(more: Record<string, unknown>) {
    const converted = recordOf(flattenProject({ ...row, ...more }), projectSchema);
    return converted.ok ? converted.value.fields : converted.wrong;
  }

  test("the zone of the tz database goes before Procore's name for it", () => {
    const both = { tz_name: "America/Boise", time_zone: "Mountain Time (US & Canada)" };
    expect(fieldsOf(both)).toMatchObject({ time_zone: "America/Boise" });
    expect(fieldsOf({ time_zone: "US/Pacific" })).toMatchObject({
      time_zone: "America/Los_Angeles",
    });
    // Names that are in no list of Procore's, but in the tz database.
    expect(fieldsOf({ time_zone: "America/Denver" })).toMatchObject({
      time_zone: "America/Denver",
    });
    const strange = { tz_name: "Moon/Tranquility", time_zone: "Arizona" };
    expect(fieldsOf(strange)).toMatchObject({ time_zone: "America/Phoenix" });
  });

  test("a time zone that nobody knows is untold and does not stop the reading", () => {
    for (const time_zone of ["Moon", "constructor", null, 7]) {
      expect(fieldsOf({ time_zone, tz_name: "Moon/Tranquility" })).not.toHaveProperty("time_zone");
    }
  });

  test("the stage is told by its name", () => {
    expect(fieldsOf({ project_stage: { id: 3, name: "Bidding" } })).toMatchObject({
      project_stage: "Bidding",
    });
    expect(fieldsOf({ project_stage: null })).toMatchObject({ project_stage: null });
    expect(fieldsOf({})).not.toHaveProperty("project_stage");
  });

  test.for(["2026-02-30", "04/01/2026", "2026-04-01T00:00:00Z", 20_260_401])(
    "%j is no day, and stops the reading",
    (start_date) => {
      expect(fieldsOf({ start_date })).toBe("start_date of project 1 is no day such as 2026-01-31");
    },
  );
});

describe("from fields to bodies", () => {
  test.for(["2026-02-30", "04/01/2026", "2026-04-01T00:00:00Z", " 2026-04-01", 20_260_401, true])(
    "%j is not sent as a day",
    (start_date) => {
      expect(wireOf({ start_date }, projectSchema)).toEqual({
        ok: false,
        wrong: "start_date must be a day such as 2026-01-31",
      });
    },
  );

  test("a day and no day are sent as they are", () => {
    const fields = { start_date: "2028-02-29", completion_date: null };
    expect(wireOf(fields, projectSchema)).toEqual({ ok: true, value: fields });
  });

  test("a time zone is written under Procore's name for it, or not at all", () => {
    expect(projectWire({ name: "Depot", time_zone: "America/Toronto" })).toEqual({
      ok: true,
      value: { name: "Depot", time_zone: "Eastern Time (US & Canada)" },
    });
    expect(projectWire({ name: "Depot" })).toEqual({ ok: true, value: { name: "Depot" } });
    expect(projectWire({ time_zone: "America/Havana" })).toEqual({
      ok: false,
      wrong: 'Procore has no time zone "America/Havana"',
    });
  });

  test("references become numbers, and null empties", () => {
    const fields = {
      company_permission_template_id: "27",
      work_classification_id: null,
      job_title: null,
    };
    expect(wireOf(fields, userSchema)).toEqual({
      ok: true,
      value: { company_permission_template_id: 27, work_classification_id: null, job_title: null },
    });
  });

  test.for(["none", "0", "-3", "1.5", ""])("%j is no reference", (work_classification_id) => {
    expect(wireOf({ work_classification_id }, userSchema)).toMatchObject({
      ok: false,
      wrong: expect.stringContaining("work_classification_id"),
    });
  });

  test("a person's state is written under its other name", () => {
    expect(personWire({ last_name: "Lund", is_active: false })).toEqual({
      last_name: "Lund",
      active: false,
    });
    expect(personWire({ last_name: "Lund" })).toEqual({ last_name: "Lund" });
  });

  test("a new record leaves out what is empty", () => {
    expect(withoutNulls({ last_name: "Lund", job_title: null })).toEqual({ last_name: "Lund" });
  });
});

describe("the answer to a sync call", () => {
  test("rows are known again by origin id, id, e-mail address, number and name, in any order", () => {
    const sent = [
      { origin_id: "wfp/people/1", last_name: "One" },
      { id: 2, last_name: "Two" },
      { email_address: "Three@Builders.example", last_name: "Three" },
      { employee_id: "E-4", last_name: "Four" },
      { first_name: "Fi", last_name: "Ve" },
    ];
    const answered = [
      { id: 15, first_name: "Fi", last_name: "Ve" },
      { id: 14, employee_id: "E-4" },
      { id: 13, email_address: "three@builders.example", errors: { last_name: ["is odd"] } },
      { id: 2 },
      { id: 11, origin_id: "wfp/people/1" },
    ];
    expect(pairRows(sent, answered)).toEqual(answered.toReversed());
  });

  test("namesakes that nothing else tells apart belong to no row", () => {
    const namesake = { first_name: "Jo", last_name: "Smith" };
    const answered = [
      { id: 1, ...namesake },
      { id: 2, ...namesake },
    ];
    expect(pairRows([namesake, namesake], answered)).toEqual([null, null]);
    expect(pairRows([namesake], answered)).toEqual([null]);
    expect(pairRows([namesake], [])).toEqual([null]);
  });

  test("a namesake with an address is told from the one without", () => {
    const namesake = { first_name: "Jo", last_name: "Smith" };
    const sent = [{ ...namesake, email_address: "jo@builders.example" }, namesake];
    const answered = [
      { id: 1, ...namesake },
      { id: 2, ...namesake, email_address: "jo@builders.example" },
    ];
    expect(pairRows(sent, answered).map((row) => row?.["id"])).toEqual([2, 1]);
  });

  test.for([null, [], {}, { entities: {} }, { entities: [1] }, { entities: [], errors: "none" }])(
    "%j is no answer to a sync call",
    (body) => {
      expect(syncAnswer(body)).toBeNull();
    },
  );

  test.for([
    { errors: { id: ["Entity with this ID not found"] }, purpose: "update", code: "not-found" },
    {
      errors: { email_address: ["has already been taken"] },
      purpose: "create",
      code: "already-exists",
    },
    { errors: { email_address: ["has already been taken"] }, purpose: "update", code: "rejected" },
    { errors: { last_name: ["can't be blank"] }, purpose: "create", code: "rejected" },
    { errors: undefined, purpose: "update", code: "rejected" },
  ] as const)("$errors in $purpose is $code", ({ errors, purpose, code }) => {
    const row = { last_name: "Lund", errors };
    const problem = rowProblem("procore", row, { verb: purpose, noun: "user" });
    expect(problem).toMatchObject({ code, retry: "never", applied: "no" });
    for (const [reason] of Object.values(errors ?? {})) expect(problem.message).toContain(reason);
  });
});

describe("the keys of a connection", () => {
  const auth = { clientId: "app", clientSecret: "secret" };

  test.for([
    ["production", "https://api.procore.com", "https://login.procore.com"],
    ["sandbox", "https://sandbox.procore.com", "https://login-sandbox.procore.com"],
    ["monthly", "https://api-monthly.procore.com", "https://login-sandbox-monthly.procore.com"],
  ] as const)("%s has hosts of its own", ([environment, baseUrl, loginUrl]) => {
    const read = readConfiguration({ companyId: 4242, environment, auth });
    const where = environment === "production" ? "" : ` of ${environment}`;
    expect(read.account).toBe(`company 4242${where}`);
    expect(read).toMatchObject({ companyId: "4242", baseUrl, loginUrl });
  });

  test("production, no origin id and half a minute of lag are assumed", () => {
    expect(readConfiguration({ companyId: "4242", auth })).toEqual({
      companyId: "4242",
      account: "company 4242",
      baseUrl: "https://api.procore.com",
      loginUrl: "https://login.procore.com",
      clientId: "app",
      clientSecret: "secret",
      claimOriginId: false,
      readLagMs: 30_000,
      limits: {},
    });
  });

  test("an address of one's own takes the place of both, and limits are in milliseconds", () => {
    const more = { readLagSeconds: 0, limits: { requestTimeoutSeconds: 9, concurrency: 2 } };
    expect(
      readConfiguration({ companyId: "1", baseUrl: "http://localhost:81", auth, ...more }),
    ).toMatchObject({
      baseUrl: "http://localhost:81",
      loginUrl: "http://localhost:81",
      readLagMs: 0,
      limits: { requestTimeoutMs: 9_000, concurrencyMax: 2 },
    });
  });

  test("every key is described in one sentence", () => {
    for (const { description } of Object.values(configurationSchema.properties)) {
      expect(description).toMatch(/^[A-Z].*\.$/);
    }
  });
});
