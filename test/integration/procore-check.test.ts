import { afterEach, expect, test } from "vitest";
import {
  call,
  type OfficeOptions,
  openProcore,
  type ProcoreOffice,
} from "../support/procore-directory.ts";

let office: ProcoreOffice | null = null;

afterEach(async () => {
  await office?.close();
  office = null;
});

/** `what: status`, and the messages. */
async function check(options: OfficeOptions = {}, prepare?: (opened: ProcoreOffice) => void) {
  office = await openProcore(options);
  prepare?.(office);
  const results = await office.connector.check(call);
  return {
    lines: results.map(({ what, status }) => `${what}: ${status}`),
    messages: results.map(({ message }) => message).join("\n"),
  };
}

test("a connection in order: only what cannot be asked stays unknown", async () => {
  const { lines, messages } = await check({
    data: { companies: [{ id: 4242, name: "Northridge Builders" }], projects: ["Depot"] },
  });
  expect(lines).toEqual([
    "credentials: ok",
    "company 4242: ok",
    "users: ok",
    "contacts: ok",
    "permission_templates: ok",
    "work_classifications: ok",
    "people: ok",
    "projects: ok",
    "writing: unknown",
    "writing projects: unknown",
    "time_types: ok",
    "timecard_entries: ok",
    "cost_codes: ok",
    "sub_jobs: ok",
    "locations: ok",
    "timesheets: ok",
    "writing time cards: unknown",
  ]);
  expect(messages).toContain("Northridge Builders");
  expect(messages).toContain("Admin on the Directory");
  expect(messages).toContain("Admin on the project's Admin tool");
});

test("a secret that is not right is told at once, and not shown", async () => {
  const auth = { clientId: "procore-app", clientSecret: "a-wrong-secret" };
  const { lines, messages } = await check({ connection: { auth } });
  expect(lines).toEqual(["credentials: failed"]);
  expect(messages).toContain("Check the client id and secret");
  expect(messages).not.toContain("a-wrong-secret");
});

test("a company without the app is told, with what to do", async () => {
  const { lines, messages } = await check({ connection: { companyId: 17 } });
  expect(lines).toEqual(["credentials: ok", "company 17: failed"]);
  expect(messages).toContain("App is not connected to this company");
  expect(messages).toContain("install the app");
});

test("a company that is not among those with the app is told, with what to do", async () => {
  const { lines, messages } = await check({}, ({ simulator }) => {
    const body = [{ id: 17, name: "Somebody else" }];
    simulator.faults.add({ kind: "status", status: 200, path: /companies$/, body });
  });
  expect(lines).toEqual(["credentials: ok", "company 4242: failed"]);
  expect(messages).toContain("not installed in company 4242");
});

test("whoever may not read the templates is no Admin on the Directory", async () => {
  const { lines, messages } = await check({}, ({ simulator }) => {
    const path = /permission_templates$/;
    simulator.faults.add({ kind: "status", status: 403, path, body: { errors: ["No access"] } });
  });
  expect(lines).toContain("permission_templates: failed");
  expect(lines).toContain("users: ok");
  expect(lines).toContain("writing: failed");
  expect(messages).toContain("No access");
});

test("an app that is permitted no project cannot tell whether there are any", async () => {
  const { lines, messages } = await check({
    data: { projects: [{ name: "Depot", permitted: false }] },
  });
  expect(lines).toContain("projects: unknown");
  expect(messages).toContain("permit the app the projects");
});

test("whoever may not read the projects may be Admin on the Directory all the same", async () => {
  const { lines, messages } = await check({}, ({ simulator }) => {
    const body = { errors: ["No access"] };
    simulator.faults.add({ kind: "status", status: 403, path: /v1\.1\/projects$/, body });
  });
  expect(lines).toContain("projects: failed");
  expect(lines).toContain("writing: unknown");
  expect(messages).toContain("permit the app the projects");
});

test("an inactive project is a project", async () => {
  const { lines } = await check({ data: { projects: [{ name: "Depot", active: false }] } });
  expect(lines).toContain("projects: ok");
});

test("a service that is down says nothing about permissions", async () => {
  const { lines } = await check({}, ({ simulator }) => {
    const times = Number.POSITIVE_INFINITY;
    simulator.faults.add({ kind: "status", status: 500, path: /work_classifications$/, times });
  });
  expect(lines).toContain("work_classifications: failed");
  expect(lines).toContain("writing: unknown");
});

test("time cards that cannot be read are no failure, and say what they would need", async () => {
  const { lines, messages } = await check({
    data: { projects: [{ name: "Depot", tools_off: ["locations"] }] },
    simulator: { timecardAdmin: false },
  });
  expect(lines).toContain("timecard_entries: unknown");
  expect(lines).toContain("time_types: unknown");
  expect(lines).toContain("locations: unknown");
  expect(lines).toContain("cost_codes: ok");
  expect(lines.filter((line) => line.endsWith("failed"))).toEqual([]);
  expect(messages).toContain("Only time cards need it");
});

test("without a project nothing is known of what belongs to projects", async () => {
  const { lines } = await check();
  expect(lines).toContain("cost_codes, sub_jobs, locations, timesheets: unknown");
});
