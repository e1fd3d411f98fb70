import { describe, expect, test } from "vitest";
import { casesOf, failedIn, runText, shownRun, usersMapping } from "../support/mapping-tests.ts";

/* How the world of a case is made of what it gives, and what is looked at after everything was applied in it. */

/** One case of the users mapping, with its name in front. */
function oneCase(rest: string): string {
  return casesOf(`  - name: the case\n${rest}`);
}

const ana = "ana: { first_name: Ana, last_name: Souza, email: ana@x.example }";

describe("what a case gives", () => {
  test("the target of a link holds what the rule gives, save for what it names", async () => {
    const run = await runText(
      casesOf(`  - name: in step
    given:
      people: { ${ana} }
      users: { u1: {} }
    links: [{ rule: users, source: ana, target: u1 }]
    expect: [{ inStep: ana, target: u1, situation: linked }]
  - name: drift
    given:
      people: { ${ana} }
      users: { u1: { last_name: Sousa } }
    links: [{ rule: users, source: ana, target: u1 }]
    expect: [{ update: ana, target: u1, fields: { last_name: Souza } }]
  - name: the source changed
    given:
      people: { ${ana} }
      users: { u1: {} }
    links: [{ rule: users, source: ana, target: u1, was: { last_name: Sousa } }]
    expect: [{ update: ana, fields: { last_name: Souza } }]
  - name: a baseline that is given is the whole baseline
    given:
      people: { ${ana} }
      users: { u1: {} }
    links: [{ rule: users, source: ana, target: u1, baseline: { last_name: Souza, first_name: Ana } }]
    expect: [{ update: ana, fields: { email_address: ana@x.example, is_active: true } }]
`),
    );
    expect(shownRun(run)).toContain("4 cases: 4 passed");
  });

  test("the reason of a change is that of the link: drift, or a source that changed", async () => {
    const run = await runText(
      oneCase(`    given:
      people: { ana: { last_name: Souza, first_name: Ana, email: ana@x.example } }
      users: { u1: { first_name: Anna } }
    links: [{ rule: users, source: ana, target: u1, was: { last_name: Sousa } }]
    expect: []
`),
    );
    const text = shownRun(run);
    expect(text).toContain('first_name  "Anna" -> "Ana"  # somebody changed the target, mappings/');
    expect(text).toContain('last_name  "Sousa" -> "Souza"  # the source changed, mappings/');
  });

  test("an untold field is believed to hold what was agreed on, unless a record names it", async () => {
    const untold = (users: string) =>
      runText(
        oneCase(`    untold: { users: [job_title] }
    given:
      people: { ana: { last_name: Souza, email: ana@x.example, job_title: Foreman } }
      users: { u1: ${users} }
    links: [{ rule: users, source: ana, target: u1, baseline: { job_title: Foreman } }]
    expect: [{ update: ana, fields: { last_name: Souza, email_address: ana@x.example, is_active: true } }]
`),
      );
    expect(failedIn(await untold("{}"))).toEqual([]);
    expect(failedIn(await untold("{ job_title: Crew }"))).toEqual(["the case"]);
  });

  test("a record of a link that is not given is gone or lost", async () => {
    const run = await runText(
      oneCase(`    given:
      people: { ${ana} }
      users: { u2: {} }
    links:
      - { rule: users, source: ana, target: u1 }
      - { rule: users, source: tom, target: u2 }
    expect:
      - { hold: ana, situation: lost, code: lost }
      - { retire: tom, target: u2, situation: gone, fields: { is_active: false } }
`),
    );
    expect(failedIn(run)).toEqual([]);
  });

  test("a variable, the time and what people have decided can be different in a case", async () => {
    const mapping = usersMapping.replace("job_title: job_title", "job_title: $now()");
    const run = await runText(
      `mapping: users
now: 2026-02-01
defaults: { people: { is_user: true, status: active, last_name: X } }
cases:
  - name: ground
    vars: { template: Field }
    now: 2026-01-31T08:00:00Z
    given:
      people:
        ana: { email: ana@x.example }
      templates: { t1: { name: Standard }, t2: { name: Field } }
    expect:
      - create: ana
        has: { job_title: "2026-01-31T08:00:00.000Z", company_permission_template_id: t2 }
  - name: the time of the file
    given: { people: { ana: { email: ana@x.example } } }
    expect: [{ create: ana, has: { job_title: "2026-02-01T00:00:00.000Z" } }]
  - name: decisions
    given:
      people: { ana: { email: ana@x.example }, tom: { email: tom@x.example }, eva: { email: eva@x.example } }
      users: { u1: { last_name: X }, u2: { last_name: X, email_address: tom@x.example } }
    decisions:
      - { rule: users, link: ana, target: u1 }
      - { rule: users, apart: tom, target: u2 }
      - { rule: users, ignore: eva }
    expect:
      - { link: ana, target: u1 }
      - { update: ana, target: u1 }
      - { create: tom }
      - { passOver: eva, code: decided-ignore }
`,
      { mapping },
    );
    expect(shownRun(run)).toContain("3 cases: 3 passed");
  });

  test("a number of an employee is text, with its noughts", async () => {
    const mapping = usersMapping.replace("job_title: job_title", "employee_id: employee_number");
    const run = await runText(
      oneCase(`    given:
      people: { ana: { last_name: Souza, email: ana@x.example, employee_number: 00420 } }
    expect: [{ create: ana, has: { employee_id: 00420 } }]
`),
      { mapping },
    );
    expect(shownRun(run)).toContain("number-inexact");
    const quoted = await runText(
      oneCase(`    given:
      people: { ana: { last_name: Souza, email: ana@x.example, employee_number: "00420" } }
      users: {}
    expect: [{ create: ana, has: { employee_id: "00420" } }]
  - name: plain
    given:
      people: { ana: { last_name: Souza, email: ana@x.example, employee_number: 420 } }
    expect: [{ create: ana, has: { employee_id: 420 } }]
`),
      { mapping },
    );
    expect(failedIn(quoted)).toEqual([]);
  });

  test("sources that a rule of feedback reads from have their own expectations", async () => {
    const mapping = usersMapping
      .replace("limits:", "")
      .concat(`  titles:
    direction: users -> people
    fields:
      job_title: { from: job_title, whenNull: keep }
`)
      .replace("      job_title: job_title\n", "");
    const run = await runText(
      oneCase(`    given:
      people: { ${ana} }
      users: { u1: { job_title: Foreman } }
    links: [{ rule: users, source: ana, target: u1 }]
    expect:
      - { update: u1, rule: titles, target: ana, fields: { job_title: Foreman } }
`),
      { mapping },
    );
    expect(failedIn(run)).toEqual([]);
  });
});

describe("after everything was applied", () => {
  test("a rule that writes again and again does not pass, and both values are shown", async () => {
    // Each run puts the mark behind what it finds in the directory.
    const mapping = usersMapping.replace(
      "job_title: job_title",
      "job_title: \"$join([$find('users', 'email_address', email).job_title, 'x'], '')\"",
    );
    const run = await runText(
      oneCase(`    given:
      people: { ${ana} }
    expect: [{ create: ana }]
`),
      { mapping },
    );
    expect(failedIn(run)).toEqual(["the case"]);
    const text = shownRun(run);
    expect(text).toContain("Everything was applied, and the next plan would write once more:");
    expect(text).toMatch(/\+ +job_title {2}"x" -> "xx"/);
  });

  test("what the next plan holds can be said, and is then held against it", async () => {
    const mapping = usersMapping.replace(
      "on: { gone: retire }",
      "on: { gone: retire, lost: unlink }",
    );
    const lost = (next: string) =>
      runText(
        oneCase(`    given:
      people: { ${ana} }
    links: [{ rule: users, source: ana, target: u1 }]
    expect: [{ unlink: ana, target: u1, situation: lost }]
${next}`),
        { mapping },
      );
    expect(shownRun(await lost(""))).toContain("+ create ana by users");
    expect(failedIn(await lost("    next: [{ create: ana, situation: absent }]\n"))).toEqual([]);
    const wrong = await lost("    next: [{ create: ana, situation: lost }]\n");
    expect(shownRun(wrong)).toContain("In the plan after that:");
  });

  test("a linking run writes nothing, and what follows is looked at where the case says so", async () => {
    const link = (next: string) =>
      runText(
        oneCase(`    purpose: link
    given:
      people: { ${ana} }
      users: { u1: { last_name: Souza, email_address: ana@x.example } }
    expect: [{ link: ana, target: u1, situation: found }]
${next}`),
      );
    expect(failedIn(await link(""))).toEqual([]);
    expect(failedIn(await link("    next: []\n"))).toEqual(["the case"]);
    const update = "    next: [{ update: ana, fields: { first_name: Ana, is_active: true } }]\n";
    expect(failedIn(await link(update))).toEqual([]);
  });

  test("a plan that something stands against is not applied", async () => {
    const mapping = `mapping: users
sources:
  people: { connection: hr, stream: people }
  users: { connection: office, stream: users }
systemOfRecord: \${KEPT_IN:-people}
rules:
  there:
    direction: people -> users
    match: [{ email_address: email }]
    fields: { last_name: last_name, email_address: email }
  back:
    direction: users -> people
    match: [{ email: email_address }]
    fields: { last_name: last_name, email: email_address }
    on: { absent: hold }
`;
    const run = await runText(
      `mapping: users
cases:
  - name: turned round
    env: { KEPT_IN: users }
    given:
      people: { ana: { last_name: Souza, email: ana@x.example } }
      users: { u1: {} }
    links: [{ rule: there, source: ana, target: u1 }]
    expect: [{ guard: system-of-record-changed }]
  - name: as it was
    given:
      people: { ana: { last_name: Souza, email: ana@x.example } }
    expect: [{ create: ana, rule: there }, { finding: rule-dormant, rule: back }]
  - name: not listed
    env: { KEPT_IN: users }
    given:
      people: { ana: { last_name: Souza, email: ana@x.example } }
      users: { u1: {} }
    links: [{ rule: there, source: ana, target: u1 }]
    expect: []
`,
      { mapping },
    );
    expect(failedIn(run)).toEqual(["not listed"]);
    expect(shownRun(run)).toContain("+ guard system-of-record-changed");
  });
});
