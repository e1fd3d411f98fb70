import { expect, test } from "vitest";
import { entryLine } from "../../cli/render/test-failure-text.ts";
import { testText } from "../../cli/render/test-text.ts";
import type { CaseResult, Entry, Failure } from "../../engine/mapping-test/mapping-test.ts";

/* What `syncctl test` prints. What it prints of real cases is in mapping-test-run.test.ts. */

const file = "mappings/people.test.yaml";
const at = { file, line: 12, column: 5 };

const update: Entry = {
  kind: "update",
  what: "ana",
  label: "Ana Souza",
  mapping: "people",
  rule: "users",
  target: "u1",
  situation: "linked",
  fields: [{ field: "job_title", before: "Crew", after: "Foreman\u202e", why: "drift" }],
  candidates: [],
  differs: [],
  records: [],
  reason: "The target was changed and is set back: job_title.",
};

const held: Entry = {
  ...update,
  kind: "hold",
  code: "ambiguous",
  situation: "ambiguous",
  fields: [],
  candidates: ["u1", "u2"],
};

function textOf(failures: readonly Failure[], marked = false): string {
  const results: readonly CaseResult[] = [
    { file, mapping: "people", name: "the first", at, failures: [] },
    { file, mapping: "people", name: "the second\u0007", at, failures },
  ];
  const paint = (style: unknown, text: string) => (marked ? `<${style}>${text}</>` : text);
  return testText(results, [], { paint, brief: false });
}

test("figures of the files and of the whole, in the singular too", () => {
  expect(textOf([])).toBe(
    `${file}  2 cases  passed\n2 cases: 2 passed. Every rule, field and reaction is reached.\n`,
  );
});

test("a failure is a diff: expected with a minus, actual with a plus, in colours on a terminal only", () => {
  const failures: readonly Failure[] = [
    {
      kind: "different",
      round: "expect",
      expected: { kind: "update", what: "ana", mapping: "people", rule: "users", at },
      actual: update,
      differences: [
        { what: "job_title", expected: "Crew", actual: "Foreman", at: { ...at, line: 70 } },
        { what: "situation", expected: "found" },
      ],
    },
  ];
  expect(textOf(failures)).toBe(`${file}  2 cases  1 failed

failed the second\\u0007  ${file}:12:5
    update ana by users  # ${file}:12:5
  -   job_title  "Crew"
  +   job_title  "Foreman"  # ${file}:70:5
  -   situation  "found"
      The target was changed and is set back: job_title.
2 cases: 1 passed and 1 failed. Every rule, field and reaction is reached.
`);
  expect(textOf(failures, true)).toContain('<red>-   job_title  "Crew"</>');
  expect(textOf(failures, true)).toContain('<green>+   job_title  "Foreman"</>');
});

test("what was not expected, what cannot be carried out and what is written again say so", () => {
  const unexpected = textOf([{ kind: "unexpected", round: "next", actual: held }]);
  expect(unexpected).toContain("In the plan after that:\n  + hold ana by users\n");
  expect(unexpected).toContain('+   code  "ambiguous"\n  +   candidates  ["u1","u2"]\n');
  const again = textOf([{ kind: "again", actual: update }]);
  expect(again).toContain("the next plan would write once more:\n  + update ana by users\n");
  expect(again).toContain('"Crew" -> "Foreman\\u202e"  # somebody changed the target\n');
  const reason = "The record is no longer there.";
  const undone = textOf([{ kind: "not-applied", actual: update, reason }]);
  expect(undone).toContain("This could not be carried out:\n  + update ana by users\n");
  expect(undone).toContain(`      ${reason}\n`);
});

test("one line tells what a recorded case holds", () => {
  expect(entryLine(update, "people")).toBe("update ana by users: job_title");
  expect(entryLine(held, "people")).toBe("hold ana by users (ambiguous)");
  expect(entryLine(held, "cards")).toBe("hold ana by people/users (ambiguous)");
});
