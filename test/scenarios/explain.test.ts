import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { explanationText } from "../../cli/render/explain-text.ts";
import { plainPaint } from "../../cli/render/paint.ts";
import { sampleCompany } from "../../cli/sandbox/start-sandbox.ts";
import { afterAWeek } from "../../cli/sandbox/week.ts";
import { askAbout } from "../../engine/explain/ask.ts";
import type { Explanation, RuleExplanation } from "../../engine/explain/explanation.ts";
import { type Company, openCompany } from "../support/company.ts";

/*
 * One person of the sample company after the other, explained, compared with files that a person has read. After a
 * change that is meant: UPDATE_GOLDEN=1 npx vitest run test/scenarios/explain.test.ts, and read the difference.
 */

let company: Company;

beforeAll(async () => {
  const data = await sampleCompany();
  company = await openCompany({
    wfp: data["workforce-planning"] as Record<string, unknown>,
    procore: data.procore as Record<string, unknown>,
    wfpConnection: { companyId: "7c2a9d40-5b1e-4c8f-9a37-1f6e0d2b8c11" },
  });
  // Two contacts with the number of one person.
  const { contacts, ...saved } = company.procore.save() as { readonly contacts: readonly object[] };
  const hugo = { first_name: "Hugo", last_name: "Lindquist", employee_id: "2003" };
  const mixedUp = contacts.map((one) =>
    "last_name" in one && one.last_name === "Vogel" ? { ...one, employee_id: "2003" } : one,
  );
  company.procore.load({ ...saved, contacts: [...mixedUp, { id: 88091, ...hugo }] });
  await company.link();
});

afterAll(() => company.close());

const signal = new AbortController().signal;

async function explained(word: string): Promise<Explanation> {
  const asked = await askAbout(company.engine, "people", word, signal);
  if (asked.kind !== "explained") throw new Error(JSON.stringify(asked));
  return asked.explanation;
}

const fixedTime = "2026-03-02T08:00:00.000Z";

/** The times of the run are taken out. */
function timeless(explanation: Explanation): Explanation {
  const rules = explanation.rules.map((rule): RuleExplanation => {
    const link = rule.match?.link;
    if (!rule.match || !link || link.writtenAt === null) return rule;
    return { ...rule, match: { ...rule.match, link: { ...link, writtenAt: fixedTime } } };
  });
  const readings = explanation.read.readings.map((one) => ({ ...one, startedAt: fixedTime }));
  // Two hours after everything was written and read.
  const at = "2026-03-02T10:00:00.000Z";
  return { ...explanation, at, rules, read: { ...explanation.read, readings } };
}

async function golden(name: string, word: string): Promise<Explanation> {
  const explanation = timeless(await explained(word));
  const options = { paint: plainPaint, brief: false, timeZone: "UTC" };
  await compare(`explain-${name}.golden.txt`, explanationText(explanation, options));
  return explanation;
}

async function compare(file: string, text: string): Promise<void> {
  const path = join(import.meta.dirname, "golden", file);
  if (process.env["UPDATE_GOLDEN"]) await writeFile(path, text);
  expect(text, file).toBe(await readFile(path, "utf8"));
}

test("before the first run: created, held, left out, and somebody whom only Procore has", async () => {
  const tasha = await golden("created", "Tasha Monroe");
  expect(tasha.rules.map(({ end }) => end.kind)).toEqual(["change", "nothing"]);
  await golden("not-in-scope", "Front Desk");
  await golden("two-match", "Hugo Lindqvist");
  const petra = await golden("disagrees", "Petra");
  expect(petra.answer).toBe(
    "Petra Lund is held and not written to procore/users, because the user with the same key differs in last_name.",
  );
  await compare("explain-disagrees.golden.json", `${JSON.stringify(petra, null, 2)}\n`);
  const elaine = await golden("target-only", "elaine@cascade-developments.example");
  expect(elaine.unmanaged).toHaveLength(1);
});

test("after the first run: in step", async () => {
  await company.sync();
  const ilse = await golden("in-step", "1001");
  expect(ilse.record.id).toBe("5e1f0001");
  expect(ilse.rules.map(({ end }) => end.kind)).toEqual(["nothing", "in-step"]);
});

test("after a week: drift, left, and deleted", async () => {
  const data = afterAWeek({
    "workforce-planning": company.wfp.save(),
    procore: company.procore.save(),
  });
  company.wfp.load(data["workforce-planning"]);
  company.procore.load(data.procore);
  company.wfp.remove("5e1f0019");
  await golden("drift", "Ana Souza");
  await golden("left", "Wes Hanlon");
  const grace = await golden("deleted", "wfp/people/5e1f0019");
  expect(grace.label).toBe("Grace Kim");
  await company.sync();
  const wes = company.directory.contacts().find(({ last_name }) => last_name === "Hanlon");
  const contact = await golden("retired", `procore/contacts/${String(wes?.["id"])}`);
  expect(contact.kind).toBe("target");
  expect(contact.rules.map(({ subject }) => subject.id)).toEqual(["5e1f0020"]);
});

test("a rule that is switched off, and an expression that fails", async () => {
  await company.edit([[["vars", "people"], "users-only"]]);
  await golden("switched-off", "Omar Haddad");
  await company.edit([[["rules", "users", "fields", "job_title"], "$number(job_title)"]]);
  const tom = await golden("failed", "Tom Okafor");
  expect(tom.rules.map(({ scope }) => scope.kind)).toEqual(["off", "failed"]);
});
