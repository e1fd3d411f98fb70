import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { sampleCompany } from "../../cli/sandbox/start-sandbox.ts";
import { type CliResult, syncctl } from "../support/cli-run.ts";
import { type Company, openCompany } from "../support/company.ts";

/* `syncctl explain` as people run it. */

let company: Company;

beforeAll(async () => {
  const data = await sampleCompany();
  company = await openCompany({
    wfp: data["workforce-planning"] as Record<string, unknown>,
    procore: data.procore as Record<string, unknown>,
    wfpConnection: { companyId: "7c2a9d40-5b1e-4c8f-9a37-1f6e0d2b8c11" },
  });
});

afterAll(() => company.close());

function explain(...words: readonly string[]): Promise<CliResult> {
  return syncctl(["explain", ...words, "-C", company.folder], {
    env: { WFP_CLIENT_SECRET: "wfp-app-secret", PROCORE_CLIENT_SECRET: "procore-app-secret" },
  });
}

describe("explain", () => {
  test("says it in one sentence first, then in five steps, and ends with 0", async () => {
    const { code, out, err } = await explain("people", "Petra Lund");
    expect([code, err]).toEqual([0, ""]);
    const lines = out.split("\n");
    expect(lines[0]).toBe("Petra Lund  wfp/people/5e1f0009");
    expect(lines[1]).toBe(
      "Petra Lund is held and not written to procore/users, because the user with the same key differs in last_name.",
    );
    expect(lines.filter((line) => /^\d |^What/.test(line))).toEqual([
      "1 Connected",
      "2 Read",
      "3 In scope",
      "4 Matched",
      "5 Fields",
      "What happens",
    ]);
    expect(out).not.toMatch(/secret|\u001b/);
  });

  test("prints one JSON value with the same", async () => {
    const { code, out } = await explain("people", "wfp/people/5e1f0009", "--json");
    expect(code).toBe(0);
    const explanation: unknown = JSON.parse(out);
    expect(explanation).toMatchObject({
      format: 1,
      mapping: "people",
      record: { connection: "wfp", stream: "people", id: "5e1f0009" },
      label: "Petra Lund",
      kind: "source",
    });
    expect(out).not.toContain("secret");
  });

  test("lists those that fit, and asks to choose", async () => {
    const { code, out, err } = await explain("people", "lena");
    expect(code).toBe(1);
    expect(out.split("\n").slice(0, 2)).toEqual([
      "  wfp/people/5e1f0011  Lena Fischer  by part of the name",
      "  wfp/people/5e1f0012  Lena Fisher  by part of the name",
    ]);
    expect(err).toContain('error record-unclear: 2 records fit "lena".');
    const json = await explain("people", "lena", "--json");
    expect(json.code).toBe(1);
    expect(JSON.parse(json.out)).toMatchObject({
      error: { code: "record-unclear" },
      hits: [{ label: "Lena Fischer" }, { label: "Lena Fisher" }],
      more: 0,
    });
  });

  test("says where it has looked for a record that is not there", async () => {
    const { code, out, err } = await explain("people", "Ghost");
    expect([code, out]).toEqual([1, ""]);
    expect(err).toContain(
      'error record-unknown: No record fits "Ghost". Looked through wfp/people (24 records, read to the end)',
    );
    const json = await explain("people", "procore/users/1", "--json");
    expect(JSON.parse(json.out)).toMatchObject({
      error: {
        code: "record-unknown",
        message: expect.stringContaining("procore was asked for the record by its id as well"),
      },
    });
  });

  test("knows the mappings before anything is opened", async () => {
    const { code, err } = await explain("peple", "Petra");
    expect(code).toBe(1);
    expect(err).toContain("error mapping-unknown");
    expect(err).toContain('Did you mean "people"?');
  });
});
