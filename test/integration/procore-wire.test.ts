import { afterEach, expect, test } from "vitest";
import {
  call,
  newRecord,
  openProcore,
  type ProcoreOffice,
  procoreSecret,
  readAll,
  readOne,
} from "../support/procore-directory.ts";
import {
  departures,
  misfits,
  type Operation,
  operationOf,
  operations,
} from "../support/procore-facts.ts";
import { everythingOfTime, timeCall, timeData } from "../support/procore-time.ts";

/*
 * What the connector sends, and what the simulator answers, against the facts of Procore's published description.
 */

let office: ProcoreOffice | null = null;

afterEach(async () => {
  await office?.close();
  office = null;
});

const data = {
  ...timeData,
  users: [
    {
      last_name: "Okafor",
      email_address: "mara@builders.example",
      company_permission_template_id: "Standard",
    },
    { last_name: "Reyes", email_address: "tomas@builders.example", is_active: false },
  ],
  contacts: [...timeData.contacts, { last_name: "Lund" }, { last_name: "Sato", active: false }],
  permissionTemplates: ["Standard", { name: "Projects", type: "global" }],
};

/** Makes every call that the connector can make, with every field that it can write. */
async function everything(opened: ProcoreOffice): Promise<void> {
  const { stream, connector } = opened;
  await connector.check(call);
  for (const name of Object.keys(connector.streams)) await readAll(stream(name));
  const template = await readOne(stream("permission_templates"), "name", "Standard");
  const project = await readOne(stream("permission_templates"), "name", "Projects");
  const classification = await readOne(stream("work_classifications"), "name", "Carpenter");
  const shared = {
    first_name: "Ilse",
    last_name: "Brandvold",
    is_active: true,
    is_employee: true,
    employee_id: "E-1007",
    job_title: "Foreman",
    work_classification_id: classification.id,
  };
  const user = {
    ...shared,
    email_address: "ilse@builders.example",
    mobile_phone: "+1 206 555 0142",
    business_phone: "+1 206 555 0143",
    company_permission_template_id: template.id,
    default_permission_template_id: project.id,
  };
  await stream("users").create?.(newRecord(user), call);
  const other = { ...user, email_address: "aino@builders.example" };
  await stream("users").createMany?.([newRecord(other, "wfp/people/2")], call);
  const record = await readOne(stream("users"), "last_name", "Okafor");
  await stream("users").get?.(record.id, call);
  await stream("users").update?.(
    { record, patch: { ...other, email_address: "mara.okafor@builders.example" } },
    call,
  );
  await stream("users").findByOrigin?.("wfp/people/9", call);
  await stream("contacts").create?.(newRecord(shared), call);
  const contact = await readOne(stream("contacts"), "last_name", "Lund");
  await stream("contacts").update?.({ record: contact, patch: shared }, call);
  await everythingOfProjects(opened);
  await everythingOfTime(opened);
}

async function everythingOfProjects({ stream }: ProcoreOffice): Promise<void> {
  const projects = stream("projects");
  const fields = {
    name: "Ferry Landing",
    project_number: "26-015",
    active: false,
    start_date: "2026-04-01",
    completion_date: "2027-02-28",
    address: "400 Harbor St",
    city: "Tacoma",
    zip: "98402",
    state_code: "WA",
    country_code: "US",
    time_zone: "America/Los_Angeles",
    phone: "+1 206 555 0144",
    description: "Two berths",
  };
  await projects.create?.(newRecord(fields, "wfp/projects/1"), call);
  const record = await readOne(projects, "name", "Pump Station");
  await projects.get?.(record.id, call);
  // What is not there is asked for twice: the second time for any project at all.
  await projects.get?.("99", call);
  await projects.update?.({ record, patch: fields }, call);
  await projects.updateMany?.([{ record, patch: fields }], call);
  await projects.findByOrigin?.("wfp/projects/9", call);
}

test("every call is described, with its parameters, its content type, its body and its company", async () => {
  office = await openProcore({ data, connection: { claimOriginId: true } });
  await everything(office);
  const { log } = office.simulator;
  for (const request of log) {
    expect(departures(request), `${request.method} ${request.url}`).toEqual([]);
    const isMissing = request.url.startsWith("/rest/v1.0/projects/99?");
    expect(request.status < 300, `${request.method} ${request.url}`).toBe(!isMissing);
    if (request.url === "/oauth/token") continue;
    expect(request.headers["procore-company-id"]).toBe("4242");
    expect(request.headers["authorization"]).toMatch(/^Bearer \S+$/);
    expect(request.headers["user-agent"]).toBe("syncctl");
  }
  // What is described and never sent: the calls for one user that sync takes the place of, and the invitation.
  const sent = new Set(log.map(({ method, url }) => operationOf(method, url)));
  expect(
    operations
      .filter((operation) => !sent.has(operation))
      .map(({ method, path }) => `${method} ${path}`),
  ).toEqual([
    "PATCH /rest/v1.3/companies/{company_id}/users/{id}",
    "PATCH /rest/v1.3/companies/{company_id}/users/{id}/invite",
    "PATCH /rest/v1.0/companies/{company_id}/users/inactive/{id}",
  ]);
});

test("every field that can be written is sent under the name and the type that Procore describes", async () => {
  office = await openProcore({ data, connection: { claimOriginId: true } });
  await everything(office);
  const { log } = office.simulator;
  const bodies = {
    user: log.find(({ method, url }) => method === "POST" && /users$/.test(url))?.body,
    sync: log.find(({ url }) => /users\/sync$/.test(url))?.body,
    person: log.find(({ method, url }) => method === "POST" && /people$/.test(url))?.body,
    project: log.find(({ method, url }) => method === "POST" && /projects$/.test(url))?.body,
    projects: log.find(({ url }) => /projects\/sync$/.test(url))?.body,
  };
  expect(bodies.user).toMatchObject({
    user: {
      email_address: "ilse@builders.example",
      company_permission_template_id: expect.any(Number),
      origin_id: "wfp/people/1",
    },
  });
  expect(bodies.sync).toMatchObject({ updates: [{ is_active: true, origin_id: "wfp/people/2" }] });
  expect(bodies.person).toMatchObject({
    person: { active: true, employee_id: "E-1007", work_classification_id: expect.any(Number) },
  });
  const time_zone = "Pacific Time (US & Canada)";
  expect(bodies.project).toMatchObject({
    company_id: 4242,
    project: { name: "Ferry Landing", time_zone, origin_id: "wfp/projects/1" },
  });
  expect(bodies.projects).toMatchObject({
    company_id: 4242,
    updates: [{ id: expect.any(Number), start_date: "2026-04-01", time_zone }],
  });
});

test("the token is asked for with a form, and the secret goes nowhere else", async () => {
  office = await openProcore({ data });
  await everything(office);
  const [first, ...others] = office.simulator.log;
  expect(first).toMatchObject({
    method: "POST",
    url: "/oauth/token",
    body: {
      grant_type: "client_credentials",
      client_id: "procore-app",
      client_secret: procoreSecret,
    },
  });
  expect(first?.headers["content-type"]).toMatch(/^application\/x-www-form-urlencoded/);
  expect(JSON.stringify([others, office.deps.events])).not.toContain(procoreSecret);
});

test("users are listed a thousand a page, and events name no record", async () => {
  office = await openProcore({ data });
  await readAll(office.stream("users"));
  const urls = office.simulator.log.map(({ url }) => url).slice(1);
  expect(urls).toEqual([
    "/rest/v1.3/companies/4242/users?per_page=1000",
    "/rest/v1.0/companies/4242/users/inactive?per_page=1000",
  ]);
  expect(office.deps.events.map(({ path }) => path)).toEqual([
    "/oauth/token",
    "/rest/v1.3/companies/{id}/users",
    "/rest/v1.0/companies/{id}/users/inactive",
  ]);
});

test("projects are listed three hundred a page, active or not, with their zones", async () => {
  office = await openProcore({ data });
  await readAll(office.stream("projects"));
  const [, first] = office.simulator.log.map(({ url }) => decodeURIComponent(url));
  expect(first).toBe(
    "/rest/v1.1/projects?company_id=4242&filters[by_status]=All&view=extended&sort=display_name&per_page=300",
  );
  await office.stream("projects").get?.("99", call);
  expect(office.deps.events.map(({ path }) => path)).toContain("/rest/v1.0/projects/{id}");
});

test.for(operations)(
  "the simulator answers $method $path in the described shape",
  async (operation) => {
    office = await openProcore({ data });
    const { status, body } = await ask(office, operation);
    expect(status).toBe(operation.status);
    if (operation.answer) expect(misfits(body, operation.answer, "answer")).toEqual([]);
  },
);

/** Makes a call that succeeds. */
async function ask(opened: ProcoreOffice, { method, path }: Operation) {
  const { simulator } = opened;
  const { url } = simulator;
  const credentials = {
    grant_type: "client_credentials",
    client_id: "procore-app",
    client_secret: procoreSecret,
  };
  const granted = await fetch(`${url}/oauth/token`, {
    method: "POST",
    body: new URLSearchParams(credentials),
  });
  const token = (await granted.clone().json()) as { readonly access_token: string };
  if (path === "/oauth/token") return { status: granted.status, body: await granted.json() };
  const ofTime = timeCall(method, path);
  const { id } = await sampleOf(opened, path);
  const attributes = { last_name: "New", email_address: "new@builders.example" };
  const company_id = 4242;
  const isProject = path.includes("projects");
  const bodies: Readonly<Record<string, unknown>> = {
    "POST users": { user: attributes },
    "PATCH {id}": path.includes("people")
      ? { person: { last_name: "Lund" } }
      : { user: { job_title: "Foreman" } },
    "PATCH sync": { updates: [attributes, { id: 99 }] },
    "POST people": { person: { last_name: "New" } },
  };
  const projectBodies: Readonly<Record<string, unknown>> = {
    "POST projects": { company_id, project: { name: "New", total_value: 2_500 } },
    "PATCH {id}": { company_id, project: { active: true } },
    "PATCH sync": { company_id, updates: [{ name: "New" }, { id: 99, name: "Nobody's" }] },
  };
  const body = ofTime
    ? ofTime.body
    : (isProject ? projectBodies : bodies)[`${method} ${path.split("/").at(-1)}`];
  const query =
    method === "GET" && isProject && !ofTime ? `?company_id=${company_id}&view=extended` : "";
  const answer = await fetch(
    `${url}${(ofTime?.path ?? path).replace("{company_id}", "4242").replace("{id}", id)}${query}`,
    {
      method,
      headers: {
        authorization: `Bearer ${token.access_token}`,
        "procore-company-id": "4242",
        ...(body !== undefined && { "content-type": "application/json" }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    },
  );
  const text = await answer.text();
  return { status: answer.status, body: text === "" ? null : (JSON.parse(text) as unknown) };
}

/** The record that stands in the path of a call. */
function sampleOf({ stream }: ProcoreOffice, path: string) {
  if (path.includes("projects")) return readOne(stream("projects"), "name", "Pump Station");
  if (path.includes("people")) return readOne(stream("contacts"), "last_name", "Lund");
  return readOne(stream("users"), "last_name", path.includes("inactive") ? "Reyes" : "Okafor");
}
