import { describe, expect, test } from "vitest";
import { auditCsv } from "../../cli/render/audit-csv.ts";
import { auditHtml } from "../../cli/render/audit-html.ts";
import { auditMarkdown } from "../../cli/render/audit-markdown.ts";
import { auditText } from "../../cli/render/audit-text.ts";
import { markdownCharactersMax } from "../../cli/render/plan-markdown.ts";
import type { Audit, AuditFinding } from "../../engine/audit/finding.ts";
import { people, person, user, users } from "../support/plans.ts";

/* The views of an audit, with what outside systems can put into names and values. */

const plain = { paint: (_style: unknown, text: string) => text, timeZone: "UTC" };

function anAudit(findings: readonly AuditFinding[], parts: Partial<Audit> = {}): Audit {
  return {
    format: 1,
    header: {
      engineVersion: "0.1.0",
      createdAt: "2026-11-21T20:12:05.000Z",
      configurationDigest: "configuration-digest",
    },
    complete: true,
    readings: [],
    rules: [
      {
        mapping: "people",
        rule: "users",
        source: people,
        target: users,
        sourceNoun: { one: "person", many: "people" },
        targetNoun: { one: "user", many: "users" },
        records: 214,
        needPerson: 9,
        linked: 0,
        willLink: 198,
        willCreate: 1,
        leftOut: 6,
        unsettled: 0,
        targetRecords: 230,
        targetOnly: 1,
      },
    ],
    fields: [],
    findings,
    ...parts,
  };
}

function aNearMiss(id: string, label: string, parts: Partial<AuditFinding> = {}): AuditFinding {
  return {
    severity: "high",
    code: "near-miss",
    mapping: "people",
    rule: "users",
    records: [{ side: "source", address: person(id), label }],
    message: "No user has the same email, but one nearly matches.",
    todo: `If they are one, run \`syncctl link add hr/people/${id} office/users/u${id}\`.`,
    values: [],
    candidates: [
      {
        address: user(`u${id}`),
        label: `${label} Jr.`,
        by: "likeness",
        score: 74,
        speaksFor: ["same name"],
        speaksAgainst: ["other e-mail: a@x.example and b@x.example"],
        values: [
          { field: "email", source: "a@x.example", target: "b@x.example" },
          { field: "is_active", source: true, target: false },
        ],
      },
    ],
    ...parts,
  };
}

const alone: AuditFinding = {
  severity: "low",
  code: "only-in-source",
  mapping: "people",
  rule: "users",
  records: [{ side: "source", address: person("9"), label: "Hugo Stein" }],
  message: "There is no user for this person yet.",
  todo: "Nothing, if a new user is right.",
  values: [],
  candidates: [],
};

describe("as text", () => {
  test("it begins with what becomes of everybody, and ends with what it amounts to", () => {
    const lines = auditText(anAudit([aNearMiss("1", "Bob Lind"), alone]), {
      ...plain,
      brief: false,
    }).split("\n");
    expect(lines).toContain(
      "  214 people: 198 link by themselves, 9 need a person, 1 will be created, 6 are left out by the rule",
    );
    expect(lines).toContain("  230 users: 1 has no person");
    expect(lines.at(-2)).toBe("Audit: There is work to do: 1 to clean first and 1 to know.");
  });

  test("a terminal gets the first of a long group and the number of the others, a pipe gets all", () => {
    const many = Array.from({ length: 40 }, (_nothing, at) => aNearMiss(`${at}`, `Bob ${at}`));
    const brief = auditText(anAudit(many), { ...plain, brief: true });
    expect(brief.match(/could be /g)).toHaveLength(15);
    expect(brief).toContain("and 25 more; --all shows every one");
    const whole = auditText(anAudit(many), { ...plain, brief: false });
    expect(whole.match(/could be /g)).toHaveLength(40);
  });

  test("names cannot command a terminal", () => {
    const text = auditText(anAudit([aNearMiss("1", "Bob\u001b[2J\u202eLind")]), {
      ...plain,
      brief: false,
    });
    expect(text).not.toContain("\u001b");
    expect(text).toContain("Bob\\u001b[2J\\u202eLind");
  });

  test("says what nobody has to do, and what could not be read", () => {
    const end = (audit: Audit) =>
      auditText(audit, { ...plain, brief: true })
        .trimEnd()
        .split("\n");
    expect(end(anAudit([])).at(-1)).toBe("Audit: Clean: nothing was found.");
    expect(end(anAudit([alone])).at(-1)).toBe("Audit: Nothing has to be cleaned: 1 to know.");
    expect(end(anAudit([], { complete: false })).at(-1)).toMatch(/^Audit: Incomplete/);
  });
});

describe("as CSV", () => {
  const rows = (csv: string) => csv.split("\r\n").slice(0, -1);

  test("there is one line for each record, candidate and field, with all columns", () => {
    const [head, ...lines] = rows(auditCsv(anAudit([aNearMiss("1", "Bob Lind"), alone])));
    expect(head).toBe(
      "severity,code,mapping,rule,source,source_name,target,target_name,field,source_value,target_value,why,to_do",
    );
    expect(lines).toHaveLength(3);
    expect(lines[0]).toBe(
      'high,near-miss,people,users,hr/people/1,Bob Lind,office/users/u1,Bob Lind Jr.,email,a@x.example,b@x.example,74 of 100: same name; against: other e-mail: a@x.example and b@x.example,"If they are one, run `syncctl link add hr/people/1 office/users/u1`."',
    );
    expect(lines[2]).toMatch(/^low,only-in-source,people,users,hr\/people\/9,Hugo Stein,,,,,,/);
  });

  test.each([
    ["=HYPERLINK(1)", "'=HYPERLINK(1)"],
    ["+1 503", "'+1 503"],
    ["-2", "'-2"],
    ["@SUM(A1)", "'@SUM(A1)"],
    ['Bob "Bobby", Lind', '"Bob ""Bobby"", Lind"'],
  ])("%s is written as %s", (name, written) => {
    const csv = auditCsv(
      anAudit([{ ...alone, records: [{ side: "source", address: person("1"), label: name }] }]),
    );
    expect(csv).toContain(`,hr/people/1,${written},`);
  });

  test("a line break in a name does not begin a new line", () => {
    const label = "Bob\r\nhigh";
    const csv = auditCsv(
      anAudit([{ ...alone, records: [{ side: "source", address: person("1"), label }] }]),
    );
    expect(rows(csv)).toHaveLength(2);
  });
});

describe("as HTML", () => {
  test("nothing of a name becomes a part of the page, and nothing is loaded or run", () => {
    const page = auditHtml(anAudit([aNearMiss("1", `<script>alert("x")</script>`)]));
    expect(page).not.toContain("<script");
    expect(page).toContain("&lt;script&gt;");
    expect(page).not.toMatch(/ (src|href)=/);
    expect(page).toContain("default-src 'none'");
  });

  test("severities and rules can be hidden by boxes that name something on the page", () => {
    const other = { ...alone, rule: "contacts" };
    const page = auditHtml(anAudit([aNearMiss("1", "Bob Lind"), alone, other]));
    for (const id of ["show-high", "show-low", "rule-0", "rule-1"]) {
      expect(page).toContain(`id="${id}" checked`);
      expect(page).toContain(`body:has(#${id}:not(:checked))`);
    }
    expect(page).not.toContain('id="show-medium"');
    expect(page).toContain('<section id="high">');
    expect(page.match(/class="rule-0"/g)).toHaveLength(2);
    expect(page.match(/class="rule-1"/g)).toHaveLength(1);
  });
});

describe("as Markdown", () => {
  test("what does not fit into a comment is counted", () => {
    const many = Array.from({ length: 400 }, (_nothing, at) => aNearMiss(`${at}`, `Bob ${at}`));
    const text = auditMarkdown(anAudit(many));
    expect(text.length).toBeLessThanOrEqual(markdownCharactersMax);
    const shown = text.match(/could be /g)?.length ?? 0;
    expect(shown).toBeGreaterThan(10);
    expect(text).toContain(`**${400 - shown} more findings did not fit.**`);
  });

  test("a name sets nothing off", () => {
    const text = auditMarkdown(
      anAudit([aNearMiss("1", "@northridge | `x`", { message: "See @bob." })]),
    );
    expect(text).not.toMatch(/[^`\w]@bob/);
    expect(text).toContain("See @<!-- -->bob.");
  });
});
