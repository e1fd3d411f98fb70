import { describe, expect, it } from "vitest";
import {
  basicKeys,
  call,
  companyId,
  laborChartKeys,
  openOffice,
  problemIn,
  procoreKeys,
  readAll,
  recordIn,
  streamOf,
} from "../support/workforce-planning-office.ts";

const ilse = {
  id: "ilse",
  first_name: "Ilse",
  last_name: "Brandvold",
  phone: "+12065550142",
  employee_number: "NR-2041",
  job_title_id: "Pipefitter",
};

const data = {
  groups: [{ id: "north", name: "North" }],
  jobTitles: [
    { id: "pipefitter", name: "Pipefitter" },
    { id: "foreman", name: "Foreman" },
  ],
  people: [ilse],
};

const mia = {
  first_name: "Mia",
  last_name: "Okafor",
  is_user: true,
  is_assignable: false,
  status: "active",
  email: "mia@northridge.example",
  permission_level_id: "viewer",
  group_ids: "north",
};

const withLevels = { ...data, permissionLevels: [{ id: "viewer", name: "Viewer" }] };

describe.each([
  {
    door: "LaborChart's front door",
    keys: laborChartKeys,
    base: `/v2/companies/${companyId}`,
    token: "/v2/oauth/token",
    grant: {
      client_id: "wfp-app",
      client_secret: "wfp-app-secret",
      company_id: companyId,
      email: "sync@northridge.example",
    },
    grantType: "application/json",
    header: undefined,
  },
  {
    door: "Procore's front door",
    keys: procoreKeys,
    base: "/rest/v1.0/workforce-planning/v2/companies/4242",
    token: "/oauth/token",
    grant: {
      grant_type: "client_credentials",
      client_id: "wfp-app",
      client_secret: "wfp-app-secret",
    },
    grantType: "application/x-www-form-urlencoded",
    header: "4242",
  },
])("at $door", ({ keys, base, token, grant, grantType, header }) => {
  it("a token is asked for once, and every call carries it", async () => {
    const { simulator, people } = await openOffice({ data }, keys);
    await readAll(people);
    const [first, ...calls] = simulator.log;
    expect(first).toMatchObject({ method: "POST", url: token, body: grant });
    expect(first?.headers["content-type"]).toContain(grantType);
    expect(calls.map(({ method, url }) => `${method} ${url}`)).toEqual([
      `GET ${base}/job-titles`,
      `GET ${base}/people?page=0`,
    ]);
    for (const { headers } of calls) {
      expect(headers["authorization"]).toMatch(/^Bearer \S+$/);
      expect(headers["procore-company-id"]).toBe(header);
      expect(headers["accept"]).toBe("application/json");
    }
  });

  it("a person is created, changed, read and deleted", async () => {
    const { simulator, people } = await openOffice({ data: withLevels }, keys);
    const created = recordIn(await people.create?.({ fields: mia, originId: "" }, call));
    expect(created).toEqual({ id: created.id, fields: mia });
    expect(simulator.log.at(-1)).toMatchObject({
      method: "POST",
      url: `${base}/people`,
      body: { ...mia, group_ids: ["north"] },
    });

    const patch = { last_name: "Okafor-Lind", phone: "", job_title_id: "foreman" };
    const updated = recordIn(await people.update?.({ record: created, patch }, call));
    expect(updated.fields).toMatchObject({
      first_name: "Mia",
      last_name: "Okafor-Lind",
      phone: null,
      job_title: "Foreman",
    });
    expect(simulator.log.find(({ url }) => url === `${base}/people/${created.id}`)).toMatchObject({
      method: "POST",
      body: { last_name: "Okafor-Lind", phone: null, job_title_id: "foreman" },
    });

    expect(recordIn(await people.get?.(created.id, call))).toEqual(updated);
    expect((await people.remove?.(updated, call))?.status).toBe("applied");
    expect(simulator.log.at(-1)).toMatchObject({
      method: "DELETE",
      url: `${base}/people/${created.id}`,
    });
    expect(await people.get?.(created.id, call)).toEqual({ status: "missing" });
    // Deleting what is gone is no trouble.
    expect((await people.remove?.(updated, call))?.status).toBe("applied");
  });

  it("the lists that people refer to are read", async () => {
    const { connector } = await openOffice({ data: withLevels }, keys);
    const names = async (stream: string) =>
      (await readAll(streamOf(connector, stream))).records.map(({ fields }) => fields["name"]);
    expect(await names("groups")).toEqual(["North"]);
    expect(await names("job_titles")).toEqual(["Pipefitter", "Foreman"]);
    expect(await names("permission_levels")).toEqual(["Viewer"]);
  });
});

describe("a person", () => {
  it("is read as it was sent, though the two look different on the wire", async () => {
    const { people } = await openOffice({ data, personTimestamps: "epoch" });
    const { records } = await readAll(people);
    expect(records).toEqual([
      {
        id: "ilse",
        fields: {
          first_name: "Ilse",
          last_name: "Brandvold",
          email: null,
          phone: "+12065550142",
          employee_number: "NR-2041",
          job_title: "Pipefitter",
          job_title_id: "pipefitter",
          status: "active",
          is_user: false,
          is_assignable: true,
          group_ids: "north",
          created_at: "2026-03-02T08:00:00.000Z",
          updated_at: "2026-03-02T08:00:00.000Z",
        },
      },
    ]);
  });

  it("who holds the values already is answered with 304 and no body, which is no trouble", async () => {
    const { simulator, people } = await openOffice({ data });
    const [record] = (await readAll(people)).records;
    if (!record) throw new Error("Nobody was read.");
    // What was read last is out of date by the time of the update.
    simulator.edit("ilse", { employee_number: "NR-9", job_title_id: "foreman" });
    const patch = { employee_number: "NR-9", job_title_id: "foreman" };
    const updated = recordIn(await people.update?.({ record, patch }, call));
    expect(simulator.log.at(-1)).toMatchObject({ status: 304 });
    expect(updated.fields).toEqual({ ...record.fields, ...patch, job_title: "Foreman" });
  });

  it("whose job title no longer exists has no job title, and the titles are not asked for forever", async () => {
    const { simulator, people } = await openOffice({ data });
    simulator.edit("ilse", { job_title_id: "retired-title" });
    const { records } = await readAll(people);
    expect(records[0]?.fields).toMatchObject({ job_title: null, job_title_id: "retired-title" });
    simulator.clearLog();
    expect(recordIn(await people.get?.("ilse", call))).toEqual(records[0]);
    expect(simulator.log).toHaveLength(1);
  });

  it("with a title that was made after the titles were read has its text", async () => {
    const { simulator, people } = await openOffice({ data });
    await readAll(people);
    const saved = simulator.save();
    simulator.load({
      ...(saved as object),
      jobTitles: [{ id: "new", name: "Crane Operator" }],
      people: [{ ...ilse, job_title_id: "new" }],
    });
    expect(recordIn(await people.get?.("ilse", call)).fields["job_title"]).toBe("Crane Operator");
  });

  it("that an id cannot name is missing, and nobody is asked", async () => {
    const { simulator, people } = await openOffice({ data });
    expect(await people.get?.("../groups", call)).toEqual({ status: "missing" });
    expect(simulator.log).toEqual([]);
  });

  it("with somebody else's phone number is refused: on creation it is there, on change it is wrong", async () => {
    const { people } = await openOffice({ data: withLevels });
    const twin = { ...mia, phone: "+1 (206) 555-0142" };
    const refused = problemIn(await people.create?.({ fields: twin, originId: "" }, call));
    expect(refused).toMatchObject({ code: "already-exists", applied: "no", retry: "never" });
    expect(refused.message).toContain("phone: is taken");
    const record = recordIn(await people.create?.({ fields: mia, originId: "" }, call));
    const patch = { phone: "12065550142" };
    expect(problemIn(await people.update?.({ record, patch }, call))).toMatchObject({
      code: "rejected",
      applied: "no",
    });
  });

  it("is created once even if the answer is lost, and is changed as often as it takes", async () => {
    const { simulator, people } = await openOffice({ data: withLevels });
    simulator.faults.add({ kind: "lose-answer", method: "POST", path: /\/people$/ });
    expect(problemIn(await people.create?.({ fields: mia, originId: "" }, call))).toMatchObject({
      code: "answer-lost",
      applied: "maybe",
    });
    expect(simulator.people().map((person) => person.first_name)).toEqual(["Ilse", "Mia"]);

    const record = recordIn(await people.get?.("ilse", call));
    simulator.faults.add({ kind: "lose-answer", method: "POST", path: /\/people\/ilse$/ });
    const patch = { last_name: "Berg" };
    const updated = recordIn(await people.update?.({ record, patch }, call));
    // The second try found nothing to change.
    expect(simulator.log.at(-1)?.status).toBe(304);
    expect(updated.fields["last_name"]).toBe("Berg");
  });

  it("is in doubt when the answer to a write cannot be read", async () => {
    const { simulator, people } = await openOffice({ data: withLevels });
    const record = recordIn(await people.get?.("ilse", call));
    simulator.faults.add({ kind: "garbage", text: "{}", method: "POST", times: 2 });
    for (const result of [
      await people.create?.({ fields: mia, originId: "" }, call),
      await people.update?.({ record, patch: { last_name: "Berg" } }, call),
    ]) {
      expect(problemIn(result)).toMatchObject({ code: "answer-unreadable", applied: "maybe" });
    }
  });

  it("is mailed an invitation unless it is a user who is not to be invited", async () => {
    const { simulator, people } = await openOffice({ data: withLevels });
    const create = (fields: object) =>
      people.create?.({ fields: { ...mia, ...fields }, originId: "" }, call);
    const invited = recordIn(await create({}));
    await create({ email: "quiet@northridge.example", no_invite: true });
    expect(simulator.invitations).toMatchObject([
      { personId: invited.id, email: "mia@northridge.example" },
    ]);
  });
});

describe("credentials", () => {
  it("of HTTP Basic are sent as they are", async () => {
    const { simulator, people } = await openOffice({ data }, basicKeys);
    expect((await readAll(people)).problem).toBeNull();
    const pair = Buffer.from("wfp-basic:wfp-basic-secret").toString("base64");
    expect(simulator.log.map(({ headers }) => headers["authorization"])).toEqual([
      `Basic ${pair}`,
      `Basic ${pair}`,
    ]);
  });

  it("of OAuth are no credentials of HTTP Basic", async () => {
    const wrong = (url: string) => ({
      ...basicKeys(url),
      auth: { type: "basic", clientId: "wfp-app", clientSecret: "wfp-app-secret" },
    });
    const { people } = await openOffice({ data }, wrong);
    const { problem } = await readAll(people);
    expect(problem?.code).toBe("credentials-refused");
    expect(JSON.stringify(problem)).not.toContain("wfp-app-secret");
  });

  it("bring a new token before the old one ends", async () => {
    const { simulator, people, deps } = await openOffice({ data, tokenLifeSeconds: 600 });
    await readAll(people);
    deps.clock.advance(530_000);
    await readAll(people);
    deps.clock.advance(15_000);
    await readAll(people);
    expect(simulator.log.filter(({ url }) => url === "/v2/oauth/token")).toHaveLength(2);
    expect(simulator.log.every(({ status }) => status === 200)).toBe(true);
  });

  it("bring a new token when the old one is refused in the middle of a run", async () => {
    const { simulator, people } = await openOffice({ data });
    await readAll(people);
    simulator.expireTokens();
    expect((await readAll(people)).problem).toBeNull();
    expect(simulator.log.map(({ status }) => status)).toEqual([200, 200, 200, 401, 200, 200, 200]);
  });

  it("name the grant type if the login asks for one", async () => {
    const asking = (url: string) => ({
      ...laborChartKeys(url),
      auth: {
        clientId: "wfp-app",
        clientSecret: "wfp-app-secret",
        email: "a@b.example",
        grantType: "x",
      },
    });
    const { simulator, people } = await openOffice({ data }, asking);
    await readAll(people);
    expect(simulator.log[0]?.body).toMatchObject({ grant_type: "x" });
  });
});

describe("a check of the connection", () => {
  it("names everything that is well", async () => {
    const { connector } = await openOffice({ data });
    const lines = await connector.check(call);
    expect(lines.map(({ what, status }) => `${what}: ${status}`)).toEqual([
      "credentials: ok",
      `company ${companyId}: ok`,
      "people: ok",
      "projects: ok",
      "groups: ok",
      "job_titles: ok",
      "permission_levels: ok",
    ]);
  });

  it("says that the credentials are wrong, and leaves open what they would show", async () => {
    const wrong = (url: string) => ({
      ...laborChartKeys(url),
      auth: { clientId: "wfp-app", clientSecret: "not-the-secret", email: "a@b.example" },
    });
    const { connector, simulator } = await openOffice({ data }, wrong);
    const [credentials, ...others] = await connector.check(call);
    expect(credentials?.status).toBe("failed");
    expect(credentials?.message).toContain("Check the client id and secret");
    expect(new Set(others.map(({ status }) => status))).toEqual(new Set(["unknown"]));
    expect(simulator.log).toHaveLength(1);
  });

  it("says that the company is not there", async () => {
    const elsewhere = (url: string) => ({
      ...procoreKeys(url),
      companyId: "77",
      procoreCompanyId: 4242,
    });
    const { connector } = await openOffice({ data }, elsewhere);
    const [credentials, company, people] = await connector.check(call);
    expect(credentials?.status).toBe("ok");
    expect(company).toMatchObject({ what: "company 77", status: "failed" });
    expect(company?.message).toContain("Check companyId and procoreCompanyId");
    expect(people?.status).toBe("failed");
  });

  it("says which stream may not be read, and who can change that", async () => {
    const { connector, simulator } = await openOffice({ data });
    const times = Number.POSITIVE_INFINITY;
    simulator.faults.add({ kind: "status", status: 403, path: /\/groups$/, times });
    const lines = await connector.check(call);
    const failed = lines.filter(({ status }) => status !== "ok");
    // Without the groups, nobody knows on which day a project begins that has the time zone of its group.
    expect(failed.map(({ what }) => what)).toEqual(["projects", "groups"]);
    expect(failed[0]?.message).toContain("give the user of the credentials a permission level");
  });

  it("concludes nothing from silence", async () => {
    const { connector, simulator } = await openOffice({ data });
    simulator.faults.add({ kind: "refuse", times: Number.POSITIVE_INFINITY });
    const statuses = (await connector.check(call)).map(({ status }) => status);
    expect(statuses).toEqual(["unknown", "unknown", ...new Array(5).fill("failed")]);
  });
});
