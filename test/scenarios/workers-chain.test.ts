import { afterEach, expect, test } from "vitest";
import { type Company, type CompanyOptions, changeLines, openCompany } from "../support/company.ts";
import {
  enterClassifications,
  nothingIsLeft,
  positionOf,
  workerNamed,
} from "../support/smartbarrel-people.ts";

/*
 * Workforce Planning -> Procore -> SmartBarrel: people are kept in the first, and the third gets what the second holds.
 * Product items: section 16 items 3, 4, 6 and 7.
 */

let company: Company;

afterEach(() => company.close());

const ana = {
  first_name: "Ana",
  last_name: "Souza",
  email: "ana@northridge.example",
  phone: "(206) 555-0107",
  employee_number: "1007",
  job_title_id: "Carpenter",
  is_user: true,
  is_assignable: false,
};

async function open(people: readonly object[], more: CompanyOptions = {}): Promise<Company> {
  company = await openCompany({
    mappings: ["people", "workers", "positions"],
    env: { SYNC_CLASSIFICATIONS: "true" },
    smartbarrel: {},
    ...more,
    wfp: { jobTitles: ["Carpenter"], people },
    procore: { workClassifications: [{ id: 81, name: "Carpenter" }], ...more.procore },
  });
  return company;
}

/** One hour after the other, until nothing moves any more. Gives what moved. */
async function hours(): Promise<readonly (readonly string[])[]> {
  const moved: (readonly string[])[] = [];
  for (let hour = 0; hour < 5; hour += 1) {
    const { plan } = await company.sync();
    if (plan.changes.length === 0) return moved;
    moved.push(changeLines(plan).toSorted());
  }
  throw new Error("something moves for ever");
}

test("section 16 items 3 and 6: a person who logs in reaches SmartBarrel in the hour after Procore, marked as an employee on the way", async () => {
  await open([ana]);
  expect(await hours()).toEqual([
    ["create to-smartbarrel Carpenter", "create users Ana Souza"],
    ["create workers Ana Souza"],
  ]);
  expect(company.directory.users()).toMatchObject([{ is_employee: true }]);
  expect(workerNamed(company, "Souza")).toMatchObject({
    email: "ana@northridge.example",
    phone: "+12065550107",
    payroll_id: "1007",
  });
});

test("section 16 item 3, S-015: somebody without a phone number gets as far as Procore, and the reason is told until there is one", async () => {
  await open([{ ...ana, phone: null }]);
  await hours();
  const { plan } = await company.sync();
  expect(company.directory.users()).toHaveLength(1);
  expect(plan.held.map(({ rule, label, reason }) => [rule, label, reason])).toEqual([
    ["workers", "Ana Souza", "phone would be empty, and the worker needs it."],
  ]);
  const [person] = company.wfp.people();
  company.wfp.edit(person?.id ?? "", { phone: "(206) 555-0108" });
  expect(await hours()).toEqual([["update users Ana Souza"], ["create workers Ana Souza"]]);
  expect(workerNamed(company, "Souza")["phone"]).toBe("+12065550108");
});

test("section 16 item 4: the job title is no classification; the position comes with the classification that somebody sets in Procore", async () => {
  await open([ana]);
  await hours();
  expect(company.directory.users()).toMatchObject([{ job_title: "Carpenter" }]);
  expect(positionOf(company, "Souza")).toBe(null);
  company.directory.editUser("ana@northridge.example", { work_classification_id: 81 });
  expect(await hours()).toEqual([["update workers Ana Souza"]]);
  expect(positionOf(company, "Souza")).toBe("Carpenter");
  // A classification is none of the fields that Workforce Planning is right about, so that it stays.
  enterClassifications(company, [{ id: 81, name: "Joiner" }]);
  expect(await hours()).toEqual([["update to-smartbarrel Joiner"]]);
  expect(company.directory.users()).toMatchObject([{ job_title: "Carpenter" }]);
});

test("section 16 item 7: what is typed in Procore travels to SmartBarrel, is taken back in Procore in the same hour, and in SmartBarrel in the next", async () => {
  await open([ana]);
  await hours();
  company.directory.editUser("ana@northridge.example", {
    first_name: "Anna",
    mobile_phone: "(206) 555-0199",
  });
  const first = await company.sync();
  expect(changeLines(first.plan).toSorted()).toEqual([
    "update users Ana Souza",
    "update workers Anna Souza",
  ]);
  expect(company.directory.users()).toMatchObject([{ first_name: "Ana" }]);
  expect(workerNamed(company, "Souza")).toMatchObject({
    first_name: "Anna",
    phone: "+12065550199",
  });
  expect(await hours()).toEqual([["update workers Ana Souza"]]);
  expect(workerNamed(company, "Souza")).toMatchObject({
    first_name: "Ana",
    phone: "+12065550107",
  });
  expect(await nothingIsLeft(company)).toEqual([]);
});

test("section 16 item 1: people who do not log in become contacts, and contacts do not become workers", async () => {
  await open([{ ...ana, is_user: false, is_assignable: true }]);
  expect(await hours()).toEqual([["create contacts Ana Souza", "create to-smartbarrel Carpenter"]]);
  expect(company.smartbarrel.workers.all()).toEqual([]);
});

test("S-023: a change of type deactivates the user; the worker is kept, and takes the new user when there is one again", async () => {
  await open([ana]);
  await hours();
  const [person] = company.wfp.people();
  company.wfp.edit(person?.id ?? "", { is_user: false, is_assignable: true });
  expect(await hours()).toEqual([["create contacts Ana Souza", "retire users Ana Souza"]]);
  expect(workerNamed(company, "Souza")["status"]).toBe("active");
  company.wfp.edit(person?.id ?? "", { is_user: true, last_name: "Lima" });
  expect(await hours()).toEqual([
    ["retire contacts Ana Lima", "update users Ana Lima"],
    ["update workers Ana Lima"],
  ]);
  expect(company.smartbarrel.workers.all()).toHaveLength(1);
});
