import { procoreConnector } from "../../connectors/procore/connector.ts";
import { startProcoreSimulator } from "../../connectors/procore/simulator/simulator.ts";
import { procoreKeys, procoreSecret, type Saved, saved } from "../support/procore-directory.ts";
import {
  type ConformanceHarness,
  describeConnector,
  type WriteAbility,
} from "./connector-suite.ts";

const data = {
  permissionTemplates: [
    { id: 31, name: "Standard" },
    { id: 32, name: "Projects", type: "global" },
  ],
  workClassifications: [{ id: 81, name: "Carpenter" }, "Ironworker", "Electrician"],
  users: [
    {
      id: 700_201,
      first_name: "Ilse",
      last_name: "Brandvold",
      email_address: "ilse@builders.example",
      mobile_phone: "+1 206 555 0142",
      is_employee: true,
      employee_id: "E-1007",
      company_permission_template_id: "Standard",
      work_classification_id: "Carpenter",
    },
    { last_name: "Reyes", email_address: "tomas@builders.example" },
    { last_name: "Sato", email_address: "kenji@builders.example" },
    { last_name: "Lund", email_address: "aino@builders.example", is_active: false },
  ],
  contacts: [
    { id: 25_120_000_001, last_name: "Haugen", employee_id: "E-2044", is_employee: true },
    { last_name: "Moreau", active: false },
    { last_name: "Petit" },
    { last_name: "Novak" },
  ],
  projects: [
    {
      id: 88_000_000_201,
      name: "Harbor Street Depot",
      project_number: "26-014",
      city: "Tacoma",
      start_date: "2026-04-01",
      time_zone: "US/Pacific",
      project_stage_id: "Course of Construction",
    },
    { name: "Pump Station", active: false, time_zone: "Kyiv" },
    "Ferry Landing",
  ],
};

const user = {
  first_name: "Mara",
  last_name: "Okafor",
  email_address: "mara@builders.example",
  mobile_phone: "(206) 555-0177",
  is_employee: true,
  employee_id: "E-1008",
  is_active: true,
  company_permission_template_id: "31",
};

const contact = {
  first_name: "Noah",
  last_name: "Okafor",
  is_employee: true,
  employee_id: "E-2045",
  job_title: "Carpenter",
  is_active: true,
};

const project = {
  name: "Mill Creek Bridge",
  project_number: "26-015",
  active: true,
  start_date: "2026-05-01",
  completion_date: "2027-02-28",
  address: "12 Levee Rd",
  city: "Greeley",
  zip: "80631",
  state_code: "CO",
  country_code: "US",
};

const samples: ConformanceHarness["samples"] = {
  users: {
    missingId: "99",
    create: {
      fields: [user, { ...user, first_name: "Ngozi", email_address: "ngozi@builders.example" }],
      invalid: { ...user, email_address: "tomas@builders.example" },
    },
    update: {
      id: "700201",
      patch: { last_name: "Berg", job_title: "Foreman", is_active: false },
      invalid: { email_address: "kenji@builders.example" },
      emptied: "mobile_phone",
    },
  },
  contacts: {
    missingId: "99",
    create: {
      fields: [contact, { ...contact, first_name: "Ngozi" }],
      invalid: { first_name: "Mara" },
    },
    update: {
      id: "25120000001",
      patch: { last_name: "Berg", is_active: false },
      invalid: { last_name: null },
      emptied: "employee_id",
    },
  },
  permission_templates: { missingId: "99" },
  work_classifications: { missingId: "99" },
  projects: {
    missingId: "99",
    create: {
      fields: [
        { ...project, time_zone: "America/Denver" },
        { ...project, name: "Levee Road", active: false, time_zone: "Asia/Kolkata" },
      ],
      invalid: { ...project, country_code: "USA" },
    },
    update: {
      id: "88000000201",
      patch: { name: "Harbor Street", active: false, time_zone: "US/Pacific", zip: "98402" },
      invalid: { country_code: "USA" },
      emptied: "city",
    },
  },
};

/** How a write of each kind goes over the wire: many records, and any update of users, by one call. */
const writes: Readonly<Record<string, Readonly<Partial<Record<WriteAbility, RegExp>>>>> = {
  users: { create: /\/users$/, update: /\/sync$/, createMany: /\/sync$/, updateMany: /\/sync$/ },
  contacts: { create: /\/people$/, update: /\/people\/\d+$/ },
  projects: { create: /\/projects$/, update: /\/projects\/\d+$/, updateMany: /projects\/sync$/ },
};

/** Where the first of a stream's lists is. */
const lists: Readonly<Record<string, RegExp>> = {
  users: /\/users$/,
  contacts: /\/people$/,
  permission_templates: /\/permission_templates$/,
  work_classifications: /\/work_classifications$/,
  projects: /\/v1\.1\/projects$/,
};

const collections: Readonly<Record<string, keyof Omit<Saved, "invitations">>> = {
  users: "users",
  contacts: "contacts",
  permission_templates: "permissionTemplates",
  work_classifications: "workClassifications",
  projects: "projects",
};

function harness(claimOriginId: boolean): ConformanceHarness {
  return {
    definition: procoreConnector,
    async start(clock) {
      const simulator = await startProcoreSimulator({
        now: clock.millis,
        data,
        pageLengthMax: 2,
        readLagMs: 2_000,
      });
      const keys = procoreKeys(simulator.url, { claimOriginId, readLagSeconds: 2 });
      return {
        connect: (deps) => procoreConnector.connect(keys, deps),
        secrets: [procoreSecret],
        ids: (stream) =>
          saved(simulator)[collections[stream] ?? "users"].map(({ id }) => String(id)),
        cutReading: (stream) =>
          simulator.faults.add({
            kind: "cut-body",
            method: "GET",
            path: lists[stream] ?? /./,
            after: 1,
            times: Number.POSITIVE_INFINITY,
          }),
        loseAnswer: (stream, ability) => {
          const path = writes[stream]?.[ability];
          if (!path) throw new Error(`${stream} has no ${ability}`);
          const method = ability === "create" ? "POST" : "PATCH";
          simulator.faults.add({ kind: "lose-answer", method, path });
        },
        refuseCredentials: () =>
          simulator.faults.add({ kind: "status", status: 401, times: Number.POSITIVE_INFINITY }),
        close: simulator.close,
      };
    },
    samples,
  };
}

describeConnector("procore", harness(false));
describeConnector("procore that claims the origin id", harness(true));
