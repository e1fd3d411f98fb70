import type { ConnectorDefinition, JsonSchema } from "../../engine/connector/connector.ts";
import type { FieldSchema, StreamSchema } from "../../engine/connector/schema.ts";

/*
 * Two connectors as the configuration sees them: keys of a connection, streams and fields. They stand for no real
 * service and cannot connect; the names are those that the examples of the documentation use.
 */

const credentials: JsonSchema = {
  type: "object",
  description: "How the connection proves who it is.",
  properties: {
    type: { enum: ["oauth", "basic"], default: "oauth", description: "Which kind of credentials." },
    clientId: { type: "string", minLength: 1, description: "The client id." },
    clientSecret: { type: "string", minLength: 1, description: "The client secret." },
    email: { type: "string", description: "The address of the account." },
  },
  required: ["clientId", "clientSecret"],
  additionalProperties: false,
};

const configuration = {
  properties: {
    companyId: { type: "string", pattern: "^[0-9]+$", description: "The number of the company." },
    environment: { enum: ["production", "sandbox"], description: "Which of its environments." },
    readLagSeconds: {
      type: "integer",
      minimum: 0,
      maximum: 3600,
      description: "How far lists lag.",
    },
    compress: { type: "boolean", description: "Whether answers come compressed." },
    regions: { type: "array", minItems: 1, items: { type: "string" }, description: "Regions." },
    auth: credentials,
  },
  required: ["companyId", "auth"],
} as const;

function field(type: FieldSchema["type"], more: Partial<FieldSchema> = {}): FieldSchema {
  return { type, access: "write", about: `Some ${type}.`, ...more };
}

function stream(
  name: string,
  noun: StreamSchema["noun"],
  fields: StreamSchema["fields"],
  more: Pick<StreamSchema, "window"> = {},
): StreamSchema {
  return { stream: name, noun, about: `All ${noun.many}.`, fields, label: [], ...more };
}

const person = { one: "person", many: "people" };

const people = stream("people", person, {
  first_name: field("text", { required: true }),
  last_name: field("text", { required: true }),
  email: field("email"),
  phone: field("phone"),
  employee_number: field("text"),
  job_title: field("text"),
  status: field("choice", { choices: ["active", "inactive"] }),
  is_user: field("boolean", { access: "create" }),
  is_assignable: field("boolean"),
  hired_on: field("date"),
  rank: field("integer"),
  group_id: field("reference", { references: "groups" }),
  created_at: field("instant", { access: "read" }),
});

const groups = stream(
  "groups",
  { one: "group", many: "groups" },
  { name: field("text"), head_id: field("reference", { references: "people" }) },
);

const shifts = stream(
  "shifts",
  { one: "shift", many: "shifts" },
  {
    day: field("date"),
    person_id: field("reference", { references: "people" }),
    group_id: field("reference", { references: "groups" }),
    hours: field("decimal"),
    approved: field("boolean"),
  },
  { window: { field: "day" } },
);

const directory = {
  first_name: field("text"),
  last_name: field("text", { required: true }),
  employee_id: field("text"),
  job_title: field("text"),
  is_active: field("boolean"),
  is_employee: field("boolean"),
};

const users = stream(
  "users",
  { one: "user", many: "users" },
  {
    ...directory,
    email_address: field("email", { required: true }),
    mobile_phone: field("phone"),
    hired_on: field("date"),
    rank: field("integer"),
    kind: field("choice", { choices: ["staff", "guest"] }),
    origin_id: field("text", { access: "create" }),
    company_permission_template_id: field("reference", { references: "permission_templates" }),
    department_id: field("reference", { references: "departments" }),
    elsewhere_id: field("reference"),
    updated_at: field("instant", { access: "read" }),
  },
);

const contacts = stream("contacts", { one: "contact", many: "contacts" }, directory);

const departments = stream(
  "departments",
  { one: "department", many: "departments" },
  { name: field("text"), head_id: field("reference", { references: "users" }) },
);

const timecards = stream(
  "timecards",
  { one: "timecard", many: "timecards" },
  {
    date: field("date", { required: true }),
    user_id: field("reference", { references: "users" }),
    contact_id: field("reference", { references: "contacts" }),
    hours: field("decimal"),
    approved: field("boolean", { access: "read" }),
  },
  { window: { field: "date" } },
);

const templates = stream(
  "permission_templates",
  { one: "permission template", many: "permission templates" },
  { name: field("text", { access: "read" }) },
);

function connector(
  name: string,
  title: string,
  streams: readonly StreamSchema[],
): ConnectorDefinition {
  return {
    name,
    title,
    configuration,
    streams: Object.fromEntries(streams.map((each) => [each.stream, each])),
    connect() {
      throw new Error("a connector of the configuration tests does not connect");
    },
  };
}

export const configConnectors: readonly ConnectorDefinition[] = [
  connector("workforce-planning", "Workforce Planning", [people, groups, shifts]),
  connector("procore", "Procore", [users, contacts, departments, timecards, templates]),
];
