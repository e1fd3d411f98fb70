import { afterEach, expect, test } from "vitest";
import { type Company, changeLines, heldLines } from "../support/company.ts";
import { cardsOf } from "../support/timesheet-cards.ts";
import { day, ilse, olav, openSite, shift, worked } from "../support/timesheet-site.ts";

/* Workers of whom it is not clear who they are in Procore. Their timesheets wait, and say why. Product items: K-. */

let company: Company;

afterEach(() => company.close());

const olavsShift = shift("shf_1", worked(day(1)));

function reasonsOf(plan: Awaited<ReturnType<Company["plan"]>>): readonly string[] {
  return plan.held.filter(({ mapping }) => mapping === "timesheets").map(({ reason }) => reason);
}

test("K-003 a worker without payroll ID, user and e-mail address is held, and the timesheet says so until there is one", async () => {
  company = await openSite({ workers: [{ ...olav, payroll_id: null }], shifts: [olavsShift] });
  const { plan } = await company.sync();
  expect(changeLines(plan)).toEqual([]);
  expect(heldLines(plan)).toEqual([
    "keyless people Olav Haugen",
    `reference-missing timecards ${day(1)} Olav Haugen 8`,
  ]);
  expect(reasonsOf(plan)).toEqual([
    "party_id refers to worker wkr_2 (Olav Haugen), which has no counterpart by the mapping worker-contacts yet: None of the match keys has a value: procore_user_id, payroll_id, email.",
  ]);
  company.smartbarrel.workers.edit("wkr_2", { payroll_id: "NR-2055" });
  await company.sync();
  expect(cardsOf(company)).toMatchObject([{ worker: "Olav Haugen (contact)" }]);
  expect(changeLines(await company.plan())).toEqual([]);
});

test("K-001 two workers with one payroll ID are both held, and nobody becomes the wrong contact", async () => {
  company = await openSite({
    workers: [olav, { ...ilse, payroll_id: olav.payroll_id, procore_user_id: null }],
    shifts: [olavsShift, shift("shf_2", worked(day(1), { worker_id: "wkr_1" }))],
  });
  const { plan } = await company.sync();
  expect(changeLines(plan)).toEqual([]);
  expect(heldLines(plan).filter((line) => line.includes("people"))).toEqual([
    "ambiguous people Ilse Brandvold",
    "ambiguous people Olav Haugen",
  ]);
  expect(reasonsOf(plan)).toEqual([
    expect.stringContaining("2 workers without a link have the same employee_id"),
    expect.stringContaining("2 workers without a link have the same employee_id"),
  ]);
  company.smartbarrel.workers.edit("wkr_1", { payroll_id: "NR-2041" });
  await company.sync();
  expect(cardsOf(company)).toHaveLength(2);
  expect(company.directory.contacts()).toHaveLength(2);
  expect(changeLines(await company.plan())).toEqual([]);
});

test("K-004 a second worker with the payroll ID of a known one does not get into that contact's hours", async () => {
  company = await openSite({ shifts: [olavsShift] });
  await company.sync();
  const { id } = company.smartbarrel.workers.add({
    first_name: "Ann",
    last_name: "Other",
    payroll_id: olav.payroll_id,
  });
  company.smartbarrel.shifts.add(worked(day(0), { worker_id: id }), [{ hours: 4 }]);
  const { plan } = await company.sync();
  expect(changeLines(plan)).toEqual([]);
  expect(reasonsOf(plan)).toEqual([
    expect.stringContaining("the person with the same employee_id belongs to another record"),
  ]);
  expect(changeLines(await company.plan())).toEqual([]);
});

test("K-005 a payroll ID that belongs to somebody with another last name in Procore is no proof: both wait", async () => {
  company = await openSite({
    procore: { contacts: [{ first_name: "Ann", last_name: "Other", employee_id: "NR-2055" }] },
    shifts: [olavsShift],
  });
  const { plan } = await company.sync();
  expect(changeLines(plan)).toEqual([]);
  expect(heldLines(plan)[0]).toBe("disagrees people Olav Haugen");
  expect(reasonsOf(plan)).toEqual([
    expect.stringContaining("The person with the same key differs in last_name"),
  ]);
  company.directory.editContact("NR-2055", { employee_id: "NR-1" });
  await company.sync();
  expect(cardsOf(company)).toMatchObject([{ worker: "Olav Haugen (contact)" }]);
  expect(changeLines(await company.plan())).toEqual([]);
});

const contact = { first_name: "Olav", last_name: "Haugen", employee_id: "NR-2055" };

test("K-004 of two contacts with the employee ID the active one gets the hours", async () => {
  const contacts = [
    { ...contact, id: 71, active: false },
    { ...contact, id: 72 },
  ];
  company = await openSite({ procore: { contacts }, shifts: [olavsShift] });
  await company.sync();
  expect(cardsOf(company)).toMatchObject([{ worker: "Olav Haugen (contact)" }]);
  const { links } = await company.store.load("worker-contacts");
  expect(links.map(({ target }) => target.id)).toEqual(["72"]);
  expect(changeLines(await company.plan())).toEqual([]);
});

test("K-004 of two active contacts with the employee ID neither gets the hours, until a person has chosen one", async () => {
  const contacts = [
    { ...contact, id: 71 },
    { ...contact, id: 72 },
  ];
  company = await openSite({ procore: { contacts }, shifts: [olavsShift] });
  const { plan } = await company.sync();
  expect(changeLines(plan)).toEqual([]);
  expect(reasonsOf(plan)).toEqual([expect.stringContaining("2 people have the same employee_id")]);
  const links = `version: 1
mapping: worker-contacts
link:
  - pair: [smartbarrel/workers/wkr_2, procore/people/72]
    why: The other one was made by mistake.
`;
  await company.reopen({ links: { "worker-contacts": links } });
  await company.sync();
  expect(cardsOf(company)).toMatchObject([{ worker: "Olav Haugen (contact)" }]);
  expect(changeLines(await company.plan())).toEqual([]);
});
