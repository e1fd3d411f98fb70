import { afterEach, expect, test } from "vitest";
import type { Simulator } from "../../connectors/http/simulator/simulator.ts";
import {
  type ProcoreSimulatorOptions,
  startProcoreSimulator,
} from "../../connectors/procore/simulator/simulator.ts";
import { fakeClock } from "../support/http-clock.ts";
import { saved } from "../support/procore-directory.ts";

/*
 * What the simulator insists on, so that a connector that passes here does not lean on a kindness that Procore lacks.
 */

const users = "/rest/v1.3/companies/4242/users";
const inactiveUsers = "/rest/v1.0/companies/4242/users/inactive";
const people = "/rest/v1.0/companies/4242/people";

const ilse = { id: 700_201, last_name: "Brandvold", email_address: "ilse@builders.example" };
const mara = { id: 700_202, last_name: "Okafor", email_address: "mara@builders.example" };

interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: unknown;
}

interface Client {
  readonly simulator: Simulator;
  readonly clock: ReturnType<typeof fakeClock>;
  send(
    method: string,
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
  ): Promise<Answer>;
}

let opened: Simulator | null = null;

afterEach(async () => {
  await opened?.close();
  opened = null;
});

async function open(data: unknown = {}, options: ProcoreSimulatorOptions = {}): Promise<Client> {
  const clock = fakeClock();
  const simulator = await startProcoreSimulator({ now: clock.millis, data, ...options });
  opened = simulator;
  const authorization = `Bearer ${await token(simulator)}`;
  return {
    simulator,
    clock,
    async send(method, path, body, headers) {
      const answer = await fetch(simulator.url + path, {
        method,
        headers: {
          authorization,
          "procore-company-id": "4242",
          ...(body !== undefined && { "content-type": "application/json" }),
          ...headers,
        },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      });
      const text = await answer.text();
      const parsed: unknown = text === "" ? null : JSON.parse(text);
      return { status: answer.status, headers: answer.headers, body: parsed };
    },
  };
}

async function token(simulator: Simulator, client_secret = "procore-app-secret"): Promise<string> {
  const grant = { grant_type: "client_credentials", client_id: "procore-app", client_secret };
  const body = new URLSearchParams(grant);
  const answer = await fetch(`${simulator.url}/oauth/token`, { method: "POST", body });
  const granted = (await answer.json()) as {
    readonly access_token?: string;
    readonly error?: string;
  };
  return granted.access_token ?? `${answer.status} ${granted.error}`;
}

test("a token is needed, and ends after an hour and a half", async () => {
  const { send, clock, simulator } = await open();
  expect(await token(simulator, "wrong")).toBe("401 invalid_client");
  expect((await send("GET", users, undefined, { authorization: "Bearer made-up" })).status).toBe(
    401,
  );
  clock.advance(5_399_000);
  expect((await send("GET", users)).status).toBe(200);
  clock.advance(1_000);
  expect((await send("GET", users)).status).toBe(401);
});

test.for([400, 404] as const)(
  "without the company header the answer is %i",
  async (missingCompanyStatus) => {
    const { simulator } = await open({}, { missingCompanyStatus });
    const authorization = `Bearer ${await token(simulator)}`;
    const answer = await fetch(simulator.url + users, { headers: { authorization } });
    expect(answer.status).toBe(missingCompanyStatus);
    expect(await answer.text()).toContain("Missing Procore-Company-Id header!");
  },
);

test("a company without the app is refused, and so is a path to another company", async () => {
  const { send } = await open();
  const refused = await send("GET", users, undefined, { "procore-company-id": "17" });
  expect(refused).toMatchObject({
    status: 403,
    body: { errors: ["App is not connected to this company."] },
  });
  expect((await send("GET", "/rest/v1.3/companies/17/users")).status).toBe(400);
});

test("lists give a hundred rows a page unless told otherwise, and name the other pages", async () => {
  const rows = Array.from({ length: 250 }, (_, index) => ({
    last_name: `Number ${index}`,
    email_address: `number${index}@builders.example`,
  }));
  const { send, simulator } = await open({ users: rows });
  const pageUrl = (page: number) => `<${simulator.url}${users}?page=${page}>`;
  const pages = await Promise.all(
    ["", "?page=2", "?page=3", "?page=4"].map((query) => send("GET", users + query)),
  );
  expect(pages.map(({ body }) => (body as unknown[]).length)).toEqual([100, 100, 50, 0]);
  expect(pages.map(({ headers }) => `${headers.get("total")} ${headers.get("per-page")}`)).toEqual(
    Array.from({ length: 4 }, () => "250 100"),
  );
  expect(pages.slice(0, 3).map(({ headers }) => headers.get("link"))).toEqual([
    `${pageUrl(2)}; rel="next", ${pageUrl(3)}; rel="last"`,
    `${pageUrl(1)}; rel="first", ${pageUrl(3)}; rel="next", ${pageUrl(3)}; rel="last"`,
    `${pageUrl(1)}; rel="first", ${pageUrl(2)}; rel="prev", ${pageUrl(3)}; rel="last"`,
  ]);
  expect((await send("GET", `${users}?per_page=0`)).status).toBe(400);
  expect((await send("GET", `${users}?filters[employee_id]=7`)).status).toBe(400);
});

test("the list of users holds active ones with every key, the answer about one leaves out what is null", async () => {
  const { send } = await open({ users: [ilse, { ...mara, is_active: false }] });
  const listed = await send("GET", users);
  expect(listed.body).toMatchObject([{ id: ilse.id, job_title: null, permission_template: null }]);
  expect((await send("GET", `${users}?view=ids_only`)).body).toEqual([ilse.id]);
  const shown = await send("GET", `${users}/${ilse.id}`);
  expect(shown.body).toMatchObject({ id: ilse.id, last_name: "Brandvold" });
  expect(shown.body).not.toHaveProperty("job_title");
  expect((await send("GET", `${users}/${mara.id}`)).status).toBe(404);
  const others = await send("GET", inactiveUsers);
  expect(others.body).toMatchObject([{ id: mara.id, is_active: false, job_title: null }]);
  expect((others.body as unknown[])[0]).not.toHaveProperty("work_classification_id");
});

test("a range of update times needs both ends and includes them", async () => {
  const at = "2026-02-01T08:00:00Z";
  const { send } = await open({ users: [{ ...ilse, updated_at: at }, mara] });
  const filtered = (range: string) => send("GET", `${users}?filters[updated_at]=${range}`);
  expect((await filtered(`${at}...${at}`)).body).toMatchObject([{ id: ilse.id }]);
  expect((await filtered(`${at}...`)).status).toBe(400);
});

test("a user is created once an e-mail address, whatever its case", async () => {
  const { send } = await open({ users: [ilse] });
  const create = (user: unknown) => send("POST", users, { user });
  const created = await create({
    last_name: "Reyes",
    email_address: "tomas@builders.example",
    employee_id: "E-1",
  });
  expect(created).toMatchObject({ status: 201, body: { last_name: "Reyes", is_active: true } });
  // The number of an employee is kept for employees only.
  expect(created.body).not.toHaveProperty("employee_id");
  expect((await create({ last_name: "Twin", email_address: "ILSE@builders.example" })).status).toBe(
    409,
  );
  expect((await create({ last_name: "No address" })).status).toBe(400);
  expect(
    (await create({ last_name: "X", email_address: "x@y.example", shoe_size: 43 })).status,
  ).toBe(400);
  const template = { company_permission_template_id: 5 };
  expect((await create({ last_name: "X", email_address: "x@y.example", ...template })).status).toBe(
    422,
  );
});

test("one login has one number in all companies", async () => {
  const companies = [
    { id: 4242, name: "One" },
    { id: 4343, name: "Two" },
  ];
  const { send } = await open({ companies, users: [ilse] });
  const user = { last_name: "Brandvold", email_address: ilse.email_address };
  const other = await send(
    "POST",
    users.replace("4242", "4343"),
    { user },
    { "procore-company-id": "4343" },
  );
  expect(other).toMatchObject({ status: 201, body: { id: ilse.id } });
});

test("sync takes a thousand at most, each for itself, and answers in an order of its own", async () => {
  const { send } = await open({ users: [ilse, mara] });
  const sync = (updates: unknown) => send("PATCH", `${users}/sync`, { updates });
  expect((await sync(Array.from({ length: 1_001 }, () => ({})))).status).toBe(400);
  expect((await sync("all")).status).toBe(400);
  const answer = await sync([
    { id: ilse.id, job_title: "Foreman" },
    { id: 99, job_title: "Nobody" },
    { last_name: "Reyes", email_address: "tomas@builders.example", origin_id: "hr/3" },
    { origin_id: "hr/3", job_title: "Carpenter" },
    { id: mara.id, email_address: "ilse@builders.example" },
  ]);
  expect(answer).toMatchObject({
    status: 200,
    body: {
      entities: [
        { origin_id: "hr/3", job_title: "Carpenter" },
        { origin_id: "hr/3" },
        { id: ilse.id, job_title: "Foreman" },
      ],
      errors: [
        { id: mara.id, errors: { email_address: ["has already been taken"] } },
        { id: 99, job_title: "Nobody", errors: { id: ["Entity with this ID not found"] } },
      ],
    },
  });
});

test("an inactive user comes back by sync or by a call of its own, and not by an update", async () => {
  const { send } = await open({ users: [{ ...ilse, is_active: false }] });
  const user = { is_active: true };
  expect((await send("PATCH", `${users}/${ilse.id}`, { user })).status).toBe(422);
  expect((await send("PATCH", `${inactiveUsers}/${ilse.id}`)).body).toMatchObject({
    is_active: true,
  });
  expect((await send("PATCH", `${inactiveUsers}/${ilse.id}`)).status).toBe(404);
  await send("PATCH", `${users}/${ilse.id}`, { user: { is_active: false } });
  await send("PATCH", `${users}/sync`, { updates: [{ id: ilse.id, ...user }] });
  expect((await send("GET", users)).body).toMatchObject([{ id: ilse.id }]);
});

test("without Admin on the Directory, neither create, sync, e-mail address nor template", async () => {
  const { send } = await open({ users: [ilse] }, { directoryAdmin: false });
  const refused = [
    await send("POST", users, { user: mara }),
    await send("PATCH", `${users}/sync`, { updates: [] }),
    await send("PATCH", `${users}/${ilse.id}`, { user: { email_address: "new@builders.example" } }),
    await send("PATCH", `${users}/${ilse.id}`, { user: { company_permission_template_id: 1 } }),
  ];
  expect(refused.map(({ status }) => status)).toEqual([403, 403, 403, 403]);
  const harmless = await send("PATCH", `${users}/${ilse.id}`, { user: { job_title: "Foreman" } });
  expect(harmless.status).toBe(200);
});

test("an invitation is sent by its own call and by nothing else, and nobody can be deleted", async () => {
  const { send, simulator } = await open({
    users: [ilse],
    contacts: [{ id: 31, last_name: "Lund" }],
  });
  await send("POST", users, { user: { last_name: "Okafor", email_address: mara.email_address } });
  expect(saved(simulator).invitations).toEqual([]);
  expect((await send("PATCH", `${users}/${ilse.id}/invite`)).status).toBe(202);
  expect(saved(simulator).invitations).toEqual([{ company_id: 4242, user_id: ilse.id }]);
  expect((await send("DELETE", `${users}/${ilse.id}`)).status).toBe(404);
  expect((await send("DELETE", `${people}/31`)).status).toBe(404);
});

test("every user is a person as well, with numbers that cannot be mixed up", async () => {
  const { send } = await open({
    users: [ilse],
    contacts: [{ last_name: "Lund", job_title: "Carpenter" }],
  });
  const { body } = await send("GET", people);
  expect(body).toMatchObject([
    { last_name: "Brandvold", user_id: ilse.id, contact: { email: ilse.email_address } },
    { last_name: "Lund", user_id: null, contact: { is_active: true, email: null } },
  ]);
  const rows = body as readonly { readonly id: number; readonly contact_id: number }[];
  const numbers = rows.flatMap(({ id, contact_id }) => [id, contact_id]);
  expect(new Set([ilse.id, ...numbers]).size).toBe(5);
  expect(Math.min(...numbers)).toBeGreaterThan(2 ** 32);
  expect(rows[1]).not.toHaveProperty("job_title");
  const only = async (filter: string) =>
    (await send("GET", `${people}?filters[${filter}]=true`)).body;
  expect(await only("reference_users_only")).toMatchObject([{ last_name: "Lund" }]);
  expect(await only("without_reference_users")).toMatchObject([{ last_name: "Brandvold" }]);
});

test("a contact is made as often as it is asked for, and needs its last name every time", async () => {
  const { send } = await open();
  const person = { first_name: "Aino", last_name: "Lund" };
  const twins = [await send("POST", people, { person }), await send("POST", people, { person })];
  expect(twins.map(({ status }) => status)).toEqual([201, 201]);
  const [one, other] = twins.map(({ body }) => (body as { readonly id: number }).id);
  expect(one).not.toBe(other);
  expect((await send("POST", people, { person: { first_name: "Aino" } })).status).toBe(400);
  const update = (body: unknown) => send("PATCH", `${people}/${one}`, { person: body });
  expect((await update({ active: false })).status).toBe(400);
  expect((await update({ last_name: "Lund", email: "aino@builders.example" })).status).toBe(400);
  expect(await update({ last_name: "Lund", active: false })).toMatchObject({
    status: 200,
    body: { contact: { is_active: false } },
  });
  expect((await send("GET", `${people}/inactive`)).body).toMatchObject([{ id: one }]);
});

test("lists lag behind by the time they are told to, and calls for one user do not", async () => {
  const { send, clock } = await open({ users: [ilse] }, { readLagMs: 5_000 });
  await send("PATCH", `${users}/${ilse.id}`, { user: { job_title: "Foreman" } });
  expect((await send("GET", users)).body).toMatchObject([{ job_title: null }]);
  expect((await send("GET", `${users}/${ilse.id}`)).body).toMatchObject({ job_title: "Foreman" });
  clock.advance(5_000);
  expect((await send("GET", users)).body).toMatchObject([{ job_title: "Foreman" }]);
});

test("the headers tell of the limit that is nearer, and whoever goes on is turned away", async () => {
  const rateWindows = [
    { limit: 2, seconds: 10 },
    { limit: 100, seconds: 3_600 },
  ];
  const { send, clock } = await open({}, { rateWindows });
  const first = await send("GET", users);
  expect(first.headers.get("x-rate-limit-limit")).toBe("2");
  expect(first.headers.get("x-rate-limit-remaining")).toBe("1");
  await send("GET", users);
  const refused = await send("GET", users);
  expect(refused).toMatchObject({
    status: 429,
    body: { message: expect.stringContaining("surpassed the max number of requests") },
  });
  expect(refused.headers.get("retry-after")).toBe("10");
  clock.advance(10_000);
  expect((await send("GET", users)).status).toBe(200);
});

test("what was saved can be loaded, and no id is used again", async () => {
  const data = {
    companies: [{ id: 4242, name: "Northridge Builders" }],
    users: [{ ...ilse, company_permission_template_id: "Standard", notes: "Ladder ticket" }],
    contacts: [{ last_name: "Lund", work_classification_id: "Carpenter" }],
    permissionTemplates: ["Standard"],
    workClassifications: ["Carpenter"],
  };
  const { simulator, send } = await open(data);
  const before = simulator.save();
  simulator.load(JSON.parse(JSON.stringify(before)));
  expect(simulator.save()).toEqual(before);
  simulator.load({});
  const person = { last_name: "Sato" };
  const created = (await send("POST", people, { person })).body as { readonly id: number };
  const old = saved({ ...simulator, save: () => before });
  expect(created.id).toBeGreaterThan(Math.max(...old.contacts.map(({ id }) => id)));
});

test.for([
  [[], "data: must be an object"],
  [{ people: [] }, "data: has no place for people"],
  [{ users: {} }, "users: must be a list"],
  [{ users: [{ ...ilse, shoe_size: 43 }] }, "users[0].shoe_size: is not a known attribute"],
  [{ users: [{ last_name: "Lund" }] }, "users[0].email_address: is needed"],
  [{ users: [ilse, ilse] }, "users[1].id: is 700201, which another record has"],
  [{ users: [{ ...ilse, id: "7" }] }, "users[0].id: must be a whole number above zero"],
  [
    { users: [{ ...ilse, company_id: 17 }] },
    "users[0].company_id: is 17, and there is no such company",
  ],
  [{ users: [{ ...ilse, created_at: "soon" }] }, "users[0].created_at: must be a time"],
  [
    { users: [{ ...ilse, company_permission_template_id: "None" }] },
    "users[0].company_permission_template_id: names None, which does not exist",
  ],
  [{ contacts: [{ first_name: "Aino" }] }, "contacts[0].last_name: is needed"],
  [
    { contacts: [{ last_name: "Lund", active: "yes" }] },
    "contacts[0].active: is not of the kind boolean",
  ],
  [
    { permissionTemplates: [{ name: "X", type: "other" }] },
    "permissionTemplates[0].type: must be one of",
  ],
  [{ workClassifications: [{ abbreviation: "X" }] }, "workClassifications[0].name: must be a text"],
] as const)("data of the wrong shape is refused with its place: %j", async ([data, message]) => {
  await expect(startProcoreSimulator({ data })).rejects.toThrow(`Procore simulator, ${message}`);
});
