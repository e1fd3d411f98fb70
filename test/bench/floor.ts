import { Agent, request } from "undici";

/*
 * The floor: a bare script that makes the same calls, parses the same answers and compares two maps. No state, no
 * schema, no expression, no plan. What syncctl takes on top of it is what syncctl costs.
 *
 *   node floor.ts read <wfp url> <procore url>      every page of every list, and a comparison
 *   node floor.ts write <wfp url> <procore url>     the calls that bring everybody in
 */

const [what, wfpUrl = "", procoreUrl = ""] = process.argv.slice(2);
const dispatcher = new Agent({ connections: 4 });
const company = "0b6a5c0e-9f7e-4a51-9d57-2f0c9b7a1e10";
let calls = 0;

type Row = Record<string, unknown>;

async function send(method: "GET" | "POST" | "PATCH", url: string, headers: Row, body?: unknown) {
  calls += 1;
  const answer = await request(url, {
    method,
    dispatcher,
    headers: { "content-type": "application/json", ...headers } as Record<string, string>,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  if (answer.statusCode >= 300)
    throw new Error(`${method} ${url}: ${answer.statusCode} ${await answer.body.text()}`);
  return { json: (await answer.body.json()) as Row, link: String(answer.headers["link"] ?? "") };
}

async function tokens(): Promise<{ wfp: Row; procore: Row }> {
  const wfpBody = {
    client_id: "wfp-app",
    client_secret: "wfp-app-secret",
    company_id: company,
    email: "a@b.example",
  };
  const wfp = await send("POST", `${wfpUrl}/v2/oauth/token`, {}, wfpBody);
  const procoreBody = {
    grant_type: "client_credentials",
    client_id: "procore-app",
    client_secret: "procore-app-secret",
  };
  const procore = await send("POST", `${procoreUrl}/oauth/token`, {}, procoreBody);
  return {
    wfp: { authorization: `Bearer ${wfp.json["access_token"]}` },
    procore: {
      authorization: `Bearer ${procore.json["access_token"]}`,
      "procore-company-id": "4242",
    },
  };
}

async function readPeople(headers: Row): Promise<Row[]> {
  const people: Row[] = [];
  await send("GET", `${wfpUrl}/v2/companies/${company}/job-titles`, headers);
  for (let page = 0, pages = 1; page < pages; page += 1) {
    const { json } = await send(
      "GET",
      `${wfpUrl}/v2/companies/${company}/people?page=${page}`,
      headers,
    );
    pages = Number(json["possible_pages"]);
    people.push(...(json["data"] as Row[]));
  }
  return people;
}

async function readList(path: string, headers: Row): Promise<Row[]> {
  const rows: Row[] = [];
  for (let url: string | undefined = `${procoreUrl}${path}`; url !== undefined; ) {
    const { json, link }: { json: unknown; link: string } = await send("GET", url, headers);
    rows.push(...(json as Row[]));
    url = /<([^>]+)>;\s*rel="?next"?/.exec(link)?.[1];
  }
  return rows;
}

async function readDirectory(headers: Row): Promise<{ users: Row[]; contacts: Row[] }> {
  const base = "/rest/v1.0/companies/4242";
  const contactsOnly = "per_page=1000&filters%5Breference_users_only%5D=true";
  const [users, inactive, contacts, gone] = await Promise.all([
    readList("/rest/v1.3/companies/4242/users?per_page=1000", headers),
    readList(`${base}/users/inactive?per_page=1000`, headers),
    readList(`${base}/people?${contactsOnly}`, headers),
    readList(`${base}/people/inactive?${contactsOnly}`, headers),
  ]);
  return { users: [...users, ...inactive], contacts: [...contacts, ...gone] };
}

async function read(): Promise<number> {
  const auth = await tokens();
  const [people, directory] = await Promise.all([
    readPeople(auth.wfp),
    readDirectory(auth.procore),
  ]);
  const users = new Map(directory.users.map((user) => [user["email_address"], user]));
  const contacts = new Map(directory.contacts.map((contact) => [contact["employee_id"], contact]));
  let different = 0;
  for (const person of people) {
    const target = users.get(person["email"]) ?? contacts.get(person["employee_number"]);
    const name = person["name"] as Row;
    const same = target?.["first_name"] === name["first"] && target?.["last_name"] === name["last"];
    if (!same) different += 1;
  }
  return different;
}

/** As many at once as syncctl has. */
async function write(): Promise<void> {
  const auth = await tokens();
  const people = await readPeople(auth.wfp);
  const users = people.filter((person) => person["is_user"] === true);
  const contacts = people.filter((person) => person["is_user"] !== true);
  const batch = 500;
  const jobs: (() => Promise<unknown>)[] = [];
  for (let from = 0; from < users.length; from += batch) {
    const updates = users.slice(from, from + batch).map(wireUser);
    jobs.push(() =>
      send("PATCH", `${procoreUrl}/rest/v1.3/companies/4242/users/sync`, auth.procore, { updates }),
    );
  }
  for (const contact of contacts) {
    const { first_name, last_name, employee_id } = wireUser(contact);
    const person = { first_name, last_name, employee_id, active: true, is_employee: true };
    jobs.push(() =>
      send("POST", `${procoreUrl}/rest/v1.0/companies/4242/people`, auth.procore, { person }),
    );
  }
  const lanes = Array.from({ length: 4 }, async () => {
    for (let job = jobs.shift(); job; job = jobs.shift()) await job();
  });
  await Promise.all(lanes);
}

function wireUser(person: Row): Row {
  const name = person["name"] as Row;
  return {
    first_name: name["first"],
    last_name: name["last"],
    email_address: person["email"],
    employee_id: person["employee_number"],
    mobile_phone: person["phone"],
    is_active: true,
    is_employee: true,
  };
}

const before = performance.now();
const different = what === "write" ? await write() : await read();
const wallMs = performance.now() - before;
await dispatcher.close();
const peakMb = process.resourceUsage().maxRSS / 1024;
process.stdout.write(JSON.stringify({ wallMs, peakMb, calls, different }));
