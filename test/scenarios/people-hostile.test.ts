import { afterEach, expect, test } from "vitest";
import { planHtml } from "../../cli/render/plan-html.ts";
import { planMarkdown } from "../../cli/render/plan-markdown.ts";
import { planText } from "../../cli/render/plan-text.ts";
import { type Company, heldLines, openCompany } from "../support/company.ts";

/* Values that people type, paste or plant, and answers that are not what they should be. */

let company: Company;

afterEach(() => company.close());

const plain = { status: "active" as const, is_user: true, is_assignable: false };

const hostile = [
  ["markup", "<script>alert(1)</script>"],
  ["quotes and a formula", `=HYPERLINK("http://x","y")'--`],
  ["right-to-left marks", "Anna\u202eeilatot\u202c"],
  ["an emoji family", "👨‍👩‍👧‍👦 Lee"],
  ["a prototype key", "__proto__"],
  ["a template", "${PROCORE_CLIENT_SECRET}"],
  ["JSONata", "$eval('1')"],
  ["a very long name", "x".repeat(5_000)],
  ["combining marks", "Zoe\u0308 A\u030angstro\u0308m"],
] as const;

test.each(hostile)(
  "a name with %s arrives as it is, and the second plan is empty",
  async (_what, name) => {
    company = await openCompany({
      wfp: {
        people: [
          {
            ...plain,
            first_name: "Uma",
            last_name: name,
            email: "uma@x.test",
            employee_number: "1",
          },
        ],
      },
    });
    const { plan } = await company.sync();
    expect(company.directory.users()).toMatchObject([{ last_name: name }]);
    expect((await company.plan()).changes).toEqual([]);
    const paint = (_style: unknown, text: string) => text;
    const text = planText(plan, { paint, brief: false });
    const pages = [planMarkdown(plan), planHtml(plan)];
    // Code spans of Markdown show markup as it is written; nothing else does.
    const [markdown = "", html] = pages;
    expect(markdown.replaceAll(/`[^`]*`/g, "")).not.toContain("<script>alert");
    expect(html).not.toContain("<script>alert");
    for (const view of [text, ...pages]) {
      expect(view).not.toContain("\u202e");
      expect(view).not.toContain("procore-app-secret");
    }
  },
);

test("value-unfit: control characters are not written anywhere; the record is held, and the others go on", async () => {
  const people = [
    {
      ...plain,
      first_name: "Uma",
      last_name: "Re\u0007yes",
      email: "uma@x.test",
      employee_number: "1",
    },
    { ...plain, first_name: "Bo", last_name: "Ek", email: "bo@x.test", employee_number: "2" },
  ];
  company = await openCompany({ wfp: { people } });
  const { plan } = await company.sync();
  expect(heldLines(plan)).toHaveLength(1);
  expect(plan.held[0]?.code).toBe("value-unfit");
  expect(plan.held[0]?.reason).toContain("control character");
  expect(company.directory.users()).toHaveLength(1);
});

const badAnswers = [
  ["a list where pages should be", JSON.stringify({ items: [] })],
  ["a number", "42"],
  ["null", "null"],
  [
    "a person without an id",
    JSON.stringify({ possible_pages: 1, current_page: 0, data: [{ name: { first: "X" } }] }),
  ],
  [
    "a person with a name of another kind",
    JSON.stringify({
      possible_pages: 1,
      current_page: 0,
      data: [{ id: "p1", name: 7, status: "active", is_user: true, is_assignable: false }],
    }),
  ],
  ["a deep structure", `${"[".repeat(20_000)}${"]".repeat(20_000)}`],
  ["web page", "<!doctype html><title>Sign in</title>"],
  ["an unfinished text", '{"possible_pages": 1, "data": [{"id": "p'],
] as const;

test.each(badAnswers)(
  "answer-unreadable: %s in place of the people stops the reading, and nobody is retired because of it",
  async (_what, text) => {
    company = await openCompany({
      wfp: {
        people: [
          {
            ...plain,
            first_name: "Uma",
            last_name: "Reyes",
            email: "uma@x.test",
            employee_number: "1",
          },
        ],
      },
    });
    await company.sync();
    company.wfp.faults.add({ path: /\/people$/, kind: "garbage", text, times: 100 });
    const plan = await company.plan();
    const reading = plan.readings.find((one) => one.stream === "people");
    expect(reading?.ended).toBe(false);
    expect(reading?.problem).not.toMatch(/\bat .*\.ts:\d+/);
    expect(plan.changes).toEqual([]);
    expect(plan.findings.map((finding) => finding.code)).toContain("reading-stopped");
    await company.apply(plan);
    expect(company.directory.users()).toMatchObject([{ is_active: true }]);
  },
);

test("secrets appear in no plan, no event, no outcome and no log, also when everything fails", async () => {
  company = await openCompany({
    wfp: {
      people: [
        {
          ...plain,
          first_name: "Uma",
          last_name: "Reyes",
          email: "uma@x.test",
          employee_number: "1",
        },
      ],
    },
  });
  const plan = await company.plan();
  company.procore.faults.add({
    method: "POST",
    path: /users$/,
    kind: "status",
    status: 422,
    body: { errors: ["bad token procore-app-secret"] },
    times: 9,
  });
  company.procore.faults.add({
    method: "PATCH",
    kind: "status",
    status: 422,
    body: { errors: ["bad token procore-app-secret"] },
    times: 9,
  });
  const result = await company.apply(plan);
  expect(result.status).toBe("partial");
  const entries = await company.store.entries(result.runId, { from: 0, limit: 100 });
  const state = await company.store.load("people");
  const said = JSON.stringify([plan, result, entries, state, company.events]);
  expect(said).not.toContain("procore-app-secret");
  expect(said).not.toContain("wfp-app-secret");
  expect(said).not.toMatch(/Bearer [A-Za-z0-9]/);
});
