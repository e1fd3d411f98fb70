import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type CliResult, syncctl } from "../support/cli-run.ts";
import { type Company, openCompany } from "../support/company.ts";

/* `syncctl audit` as people run it, against the simulators over real HTTP. */

let company: Company;

const env = { WFP_CLIENT_SECRET: "wfp-app-secret", PROCORE_CLIENT_SECRET: "procore-app-secret" };

const uma = {
  id: "p1",
  first_name: "Uma",
  last_name: "Reyes",
  email: "uma.reyes@northridge.example",
  employee_number: "1010",
  status: "active",
  is_user: true,
  is_assignable: false,
};
const umaUser = {
  id: 510,
  first_name: "Uma",
  last_name: "Reyes",
  email_address: "u.reyes@northridge.example",
  employee_id: "1010",
  is_employee: true,
};

beforeAll(async () => {
  company = await openCompany({ wfp: { people: [uma] }, procore: { users: [umaUser] } });
});

afterAll(() => company.close());

function audit(...words: readonly string[]): Promise<CliResult> {
  return syncctl(["audit", "-C", company.folder, ...words], { env });
}

test("there is work to do: exit code 2, the audit on standard output, and nothing is written anywhere", async () => {
  const before = JSON.stringify([company.wfp.save(), company.procore.save()]);
  const { code, out, err } = await audit();
  expect({ code, err }).toMatchObject({ code: 2 });
  expect(out).toContain("near-miss  Uma Reyes  wfp/people/p1");
  expect(out).toContain("same name; same employee_id 1010");
  expect(out).not.toContain("\u001b");
  expect(JSON.stringify([company.wfp.save(), company.procore.save()])).toBe(before);
});

test.each([
  ["csv", "high,near-miss,people,users,wfp/people/p1,"],
  ["html", "<!doctype html>"],
])("--format %s --output writes it into a file", async (format, begins) => {
  const file = join(company.folder, `audit.${format}`);
  const { code, out, err } = await audit("--format", format, "--output", file);
  expect({ code, out }).toEqual({ code: 2, out: "" });
  expect(err).toContain(`There is work to do: 1 to clean first. Written to ${file}.`);
  expect(readFileSync(file, "utf8")).toContain(begins);
});

test("--json prints one value, and --fail-on says from where on findings count", async () => {
  const { code, out } = await audit("--json", "--mapping", "people");
  expect(code).toBe(2);
  const made = JSON.parse(out) as { readonly findings: readonly { readonly code: string }[] };
  expect(made.findings.map((finding) => finding.code)).toEqual(["near-miss"]);

  // A person corrects the address, and only what the first sync changes is left.
  company.directory.editUser("u.reyes@northridge.example", {
    email_address: "uma.reyes@northridge.example",
    job_title: "Foreman",
  });
  expect((await audit()).code).toBe(0);
  const strict = await audit("--fail-on", "low");
  expect(strict.code).toBe(2);
  expect(strict.out).toContain("first-change");
});

test("what cannot be read is an error, and so is a mapping that is not there", async () => {
  const refused = await syncctl(["audit", "-C", company.folder], {
    env: { ...env, PROCORE_CLIENT_SECRET: "another-secret" },
  });
  expect(refused.code).toBe(1);
  expect(refused.out).toContain("Audit: Incomplete");
  const unknown = await audit("--mapping", "poeple");
  expect(unknown.code).toBe(1);
  expect(unknown.err).toContain('Did you mean "people"?');
  const nowhere = await audit("--output", join(company.folder, "nowhere", "audit.txt"));
  expect(nowhere.code).toBe(1);
  expect(nowhere.err).toContain("file-unwritable");
});
