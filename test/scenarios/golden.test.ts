import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { planText } from "../../cli/render/plan-text.ts";
import { sampleCompany } from "../../cli/sandbox/start-sandbox.ts";
import { afterAWeek } from "../../cli/sandbox/week.ts";
import type { Plan } from "../../engine/plan/plan.ts";
import { type Company, openCompany } from "../support/company.ts";

/*
 * The plans of the sample company, as data and as they are shown, compared with files that a person has read. After a
 * change that is meant: UPDATE_GOLDEN=1 npx vitest run test/scenarios/golden.test.ts, and read the difference.
 */

let company: Company;

beforeAll(async () => {
  const data = await sampleCompany();
  company = await openCompany({
    mappings: ["people", "projects"],
    wfp: data["workforce-planning"] as Record<string, unknown>,
    procore: data.procore as Record<string, unknown>,
    wfpConnection: { companyId: "7c2a9d40-5b1e-4c8f-9a37-1f6e0d2b8c11" },
  });
});

afterAll(() => company.close());

/** Everything but what differs from run to run: the time, the digests, and the addresses of the simulators. */
function lasting(plan: Plan): unknown {
  const { id: _id, header, digest: _digest, ...body } = plan;
  const { createdAt: _createdAt, configurationDigest: _configurationDigest, ...kept } = header;
  const untouched = /"digest": "[0-9a-f]{64}"/g;
  return JSON.stringify({ header: kept, ...body }, null, 2).replaceAll(
    untouched,
    '"digest": "..."',
  );
}

function shown(plan: Plan): string {
  const paint = (_style: unknown, text: string) => text;
  const fixed = {
    ...plan,
    id: "0".repeat(64),
    header: { ...plan.header, createdAt: "2026-03-02T08:00:00.000Z" },
  };
  return planText(fixed, { paint, brief: false, timeZone: "UTC" });
}

async function compare(name: string, plan: Plan): Promise<void> {
  const texts = {
    [`${name}.golden.json`]: `${lasting(plan)}\n`,
    [`${name}.golden.txt`]: shown(plan),
  };
  for (const [file, text] of Object.entries(texts)) {
    const path = join(import.meta.dirname, "golden", file);
    if (process.env["UPDATE_GOLDEN"]) await writeFile(path, text);
    expect(text, file).toBe(await readFile(path, "utf8"));
  }
}

test("the linking run", async () => {
  const plan = await company.plan({ purpose: "link" });
  await compare("1-link", plan);
  expect((await company.apply(plan)).status).toBe("applied");
});

test("the first plan", async () => {
  const plan = await company.plan();
  await compare("2-first", plan);
  expect((await company.apply(plan)).status).toBe("applied");
  expect((await company.plan()).changes).toEqual([]);
});

test("the plan after a week", async () => {
  const data = afterAWeek({
    "workforce-planning": company.wfp.save(),
    procore: company.procore.save(),
  });
  company.wfp.load(data["workforce-planning"]);
  company.procore.load(data.procore);
  const plan = await company.plan();
  await compare("3-week", plan);
  expect((await company.apply(plan)).status).toBe("applied");
  expect((await company.plan()).changes).toEqual([]);
});
