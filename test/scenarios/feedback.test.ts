import { afterEach, expect, test } from "vitest";
import { type Company, changeLines, openCompany } from "../support/company.ts";

/*
 * Feedback: a few fields that are right in the other system follow the links that the mapping has made, back to the
 * system of record. Here people correct their phone number in Procore, as in the example of the reference.
 */

let company: Company;

afterEach(() => company.close());

const phonesComeBack = [
  [["rules", "users", "fields", "mobile_phone"], { from: "phone", set: "on-create" }],
  [
    ["rules", "phones"],
    {
      direction: "users -> people",
      fields: { phone: { from: "mobile_phone", whenNull: "keep" } },
    },
  ],
] as const;

const uma = {
  first_name: "Uma",
  last_name: "Reyes",
  email: "uma@northridge.example",
  phone: "+12065550142",
  is_user: true,
};

async function open(): Promise<void> {
  company = await openCompany({
    wfp: { people: [uma] },
    procore: {
      users: [
        {
          first_name: "Nobody",
          last_name: "Linked",
          email_address: "nobody@northridge.example",
          mobile_phone: "(206) 555-0199",
        },
      ],
    },
    edits: phonesComeBack,
  });
  await company.sync();
}

const phoneInPlanning = () => company.wfp.people()[0]?.phone;

test("a number that is corrected in Procore comes back, and nothing else does", async () => {
  await open();
  company.directory.editUser("uma@northridge.example", {
    mobile_phone: "(206) 555-0177",
    job_title: "Estimator",
  });
  const { plan } = await company.sync();
  expect(changeLines(plan)).toEqual(["update users Uma Reyes", "update phones Uma Reyes"]);
  const fields = plan.changes.map((change) =>
    "fields" in change ? change.fields.map(({ field }) => field) : [],
  );
  expect(fields).toEqual([["job_title"], ["phone"]]);
  expect(phoneInPlanning()).toBe("(206) 555-0177");
  expect(company.wfp.people()).toHaveLength(1);
  expect((await company.plan()).changes).toEqual([]);
});

test("a number that is changed in Workforce Planning is set back, because Procore is right", async () => {
  await open();
  company.wfp.edit(company.wfp.people()[0]?.id ?? "", { phone: "+12065550111" });
  const { plan } = await company.sync();
  expect(plan.changes).toMatchObject([
    { kind: "update", rule: "phones", target: { stream: "people" } },
  ]);
  expect((await company.plan()).changes).toEqual([]);
});

test("an empty number in Procore empties nothing, and a user without a link brings nobody in", async () => {
  await open();
  company.directory.editUser("uma@northridge.example", { mobile_phone: null });
  expect(changeLines((await company.sync()).plan)).toEqual([]);
  expect(phoneInPlanning()).toBe("+12065550142");
  expect(company.wfp.people()).toHaveLength(1);
});
