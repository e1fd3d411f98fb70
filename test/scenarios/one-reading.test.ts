import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { type Company, openCompany } from "../support/company.ts";

/* A run reads every stream once, however many mappings use it. */

let company: Company;

afterEach(() => company.close());

/** Uses three streams of the people mapping for its expressions, and one that the people mapping does not use. */
const yards = `
mapping: yards
sources:
  procore: { connection: procore, stream: projects }
  wfp: { connection: wfp, stream: projects }
  groups: { connection: wfp, stream: groups, use: lookup }
  people: { connection: wfp, stream: people, use: lookup }
  users: { connection: procore, stream: users, use: lookup }
  contacts: { connection: procore, stream: contacts, use: lookup }
systemOfRecord: procore
rules:
  yards:
    direction: procore -> wfp
    when: $count($records('people')) > 0 and $count($records('users')) + $count($records('contacts')) > 0
    match: [{ project_number: project_number }]
    fields:
      name: name
      project_number: project_number
      status: "'pending'"
      group_ids: { from: "$join($records('groups').id, ',')", set: on-create }
`;

function readingsOf(system: "wfp" | "procore", path: RegExp): number {
  const first = company[system].log.filter(
    ({ method, url }) => method === "GET" && path.test(url) && !/[?&]page=([2-9]|\d\d)/.test(url),
  );
  return first.length;
}

test("streams that two mappings use are read once for a plan of both, and the plan says so", async () => {
  company = await openCompany({
    mappings: ["people"],
    wfp: { people: [{ first_name: "Ilse", last_name: "Brandvold", employee_number: "7" }] },
    procore: {
      projects: [{ name: "Depot", project_number: "26-014" }],
      users: [],
      contacts: [{ last_name: "Lee" }],
    },
  });
  await writeFile(join(company.folder, "mappings", "yards.yaml"), yards);
  await company.reopen();
  company.wfp.clearLog();
  company.procore.clearLog();
  const plan = await company.plan();
  expect(plan.guards).toEqual([]);
  expect([...new Set(plan.changes.map(({ mapping }) => mapping))].sort()).toEqual([
    "people",
    "yards",
  ]);
  const names = plan.readings.map(({ connection, stream }) => `${connection}/${stream}`);
  expect(names).toHaveLength(new Set(names).size);
  expect(names.toSorted()).toEqual([
    "procore/contacts",
    "procore/permission_templates",
    "procore/projects",
    "procore/users",
    "wfp/groups",
    "wfp/people",
    "wfp/projects",
  ]);
  expect({
    people: readingsOf("wfp", /\/people\?/),
    projects: readingsOf("wfp", /\/projects\?/),
    users: readingsOf("procore", /\/users\?/),
    contacts: readingsOf("procore", /\/people\?/),
    theirProjects: readingsOf("procore", /\/projects\?/),
  }).toEqual({ people: 1, projects: 1, users: 1, contacts: 1, theirProjects: 1 });
});
