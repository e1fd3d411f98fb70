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
  workClassifications: [
    { id: 81, name: "Carpenter", abbreviation: "CAR", project_ids: [88_000_000_201] },
    "Ironworker",
    "Electrician",
  ],
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
    { id: 88_000_000_202, name: "Pump Station", active: false, time_zone: "Kyiv" },
    { id: 88_000_000_203, name: "Ferry Landing" },
  ],
  timeTypes: [{ id: 501, name: "Regular Time", abbreviated_time_type: "RT" }, "Overtime"],
  subJobs: [
    { id: 62_001, name: "East Pier", code: "E", project_id: "Harbor Street Depot" },
    { name: "West Pier", code: "W", project_id: "Harbor Street Depot" },
    { name: "Pumps", project_id: "Pump Station" },
  ],
  costCodes: [
    { id: 61_001, name: "Concrete", code: "03", project_id: "Harbor Street Depot" },
    { name: "Forms", code: "100", parent_id: 61_001, project_id: "Harbor Street Depot" },
    { name: "Piles", code: "31", project_id: "Harbor Street Depot", sub_job_id: "East Pier" },
    { name: "Pumps", code: "11", project_id: "Pump Station" },
  ],
  locations: [
    { id: 63_001, node_name: "Building A", project_id: "Harbor Street Depot" },
    { node_name: "Floor 1", parent_id: 63_001, project_id: "Harbor Street Depot" },
    { node_name: "Basin", project_id: "Pump Station" },
  ],
  timesheets: [
    { id: 64_001, date: "2026-04-06", project_id: "Harbor Street Depot" },
    { date: "2026-04-07", project_id: "Harbor Street Depot" },
    { date: "2026-04-06", project_id: "Pump Station" },
    { date: "2026-04-09", project_id: "Pump Station" },
  ],
  timecardEntries: [
    {
      id: 65_001,
      party_id: 25_120_000_001,
      date: "2026-04-06",
      hours: "8.0",
      project_id: "Harbor Street Depot",
      cost_code_id: "Concrete",
      description: "Forms",
    },
    { party_id: 25_120_000_001, date: "2026-04-07", hours: "7.5", project_id: "Ferry Landing" },
    { party_id: 25_120_000_001, date: "2026-04-08", hours: "4.0", project_id: "Ferry Landing" },
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

const person = {
  first_name: "Noah",
  last_name: "Okafor",
  is_employee: true,
  employee_id: "E-2045",
  is_active: true,
  work_classification_id: "81",
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

const timecard = {
  party_id: "25120000001",
  project_id: "88000000201",
  date: "2026-04-09",
  hours: 8,
  cost_code_id: "61001",
  sub_job_id: "62001",
  location_id: "63001",
  work_classification_id: "81",
  time_type_id: "501",
  timesheet_id: "64001",
  billable: true,
  description: "Forms",
  approval_status: "pending",
  origin_data: "shift 9f3c",
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
  work_classifications: {
    missingId: "99",
    create: {
      fields: [
        { name: "Welder", abbreviation: "WEL", project_ids: "88000000201,88000000203" },
        { name: "Rigger" },
      ],
      invalid: { name: "Carpenter" },
    },
    update: {
      id: "81",
      patch: { name: "Carpenter I", project_ids: "88000000202,88000000203" },
      invalid: { name: "Ironworker" },
      emptied: "abbreviation",
    },
  },
  people: {
    missingId: "99",
    create: {
      fields: [person, { ...person, first_name: "Ngozi", is_active: false }],
      invalid: { first_name: "Mara" },
    },
  },
  time_types: { missingId: "99", onePage: true },
  cost_codes: { missingId: "99" },
  sub_jobs: { missingId: "99" },
  locations: { missingId: "99" },
  timecard_entries: {
    missingId: "99",
    create: {
      fields: [timecard, { ...timecard, date: "2026-04-10", hours: 7.75 }],
      invalid: { ...timecard, party_id: "700201" },
    },
    update: {
      id: "65001",
      patch: { hours: 6.5, approval_status: "approved", time_type_id: "501" },
      invalid: { cost_code_id: "61999" },
      emptied: "description",
    },
  },
  timesheets: {
    missingId: "99",
    create: {
      fields: [
        { project_id: "88000000201", date: "2026-04-08" },
        { project_id: "88000000203", date: "2026-04-08" },
      ],
      invalid: { project_id: "88000000201", date: "2026-04-06" },
    },
  },
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
  people: { create: /\/people$/ },
  work_classifications: {
    create: /\/work_classifications$/,
    update: /companies\/\d+\/work_classifications\/\d+$/,
  },
  timecard_entries: {
    create: /\/bulk_create$/,
    createMany: /\/bulk_create$/,
    update: /\/timecard_entries\/\d+$/,
  },
  timesheets: { create: /\/timesheets$/ },
  projects: { create: /\/projects$/, update: /\/projects\/\d+$/, updateMany: /projects\/sync$/ },
};

/** Where the first of a stream's lists is. */
const lists: Readonly<Record<string, RegExp>> = {
  users: /\/users$/,
  contacts: /\/people$/,
  permission_templates: /\/permission_templates$/,
  work_classifications: /\/work_classifications$/,
  projects: /\/v1\.1\/projects$/,
  people: /\/people$/,
  time_types: /\/timecard_time_types$/,
  cost_codes: /\/cost_codes$/,
  sub_jobs: /\/sub_jobs$/,
  locations: /\/locations$/,
  timecard_entries: /\/timecard_entries$/,
  timesheets: /\/timesheets$/,
};

const collections: Readonly<Record<string, keyof Omit<Saved, "invitations">>> = {
  users: "users",
  contacts: "contacts",
  permission_templates: "permissionTemplates",
  work_classifications: "workClassifications",
  projects: "projects",
  time_types: "timeTypes",
  cost_codes: "costCodes",
  sub_jobs: "subJobs",
  locations: "locations",
  timecard_entries: "timecardEntries",
  timesheets: "timesheets",
};

/** People are the persons of users, and the contacts. */
function idsOf(all: Saved, stream: string): readonly string[] {
  const numbers =
    stream === "people"
      ? [...all.users.map((one) => one["person_id"]), ...all.contacts.map(({ id }) => id)]
      : all[collections[stream] ?? "users"].map(({ id }) => id);
  return numbers.map(String);
}

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
        ids: (stream) => idsOf(saved(simulator), stream),
        cutReading: (stream) =>
          simulator.faults.add({
            kind: "cut-body",
            method: "GET",
            path: lists[stream] ?? /./,
            // Time types come at once.
            after: stream === "time_types" ? 0 : 1,
            times: Number.POSITIVE_INFINITY,
          }),
        loseAnswer: (stream, ability) => {
          const path = writes[stream]?.[ability];
          if (!path) throw new Error(`${stream} has no ${ability}`);
          const isPost = ability === "create" || path.source.includes("bulk_create");
          const method = isPost ? "POST" : "PATCH";
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
