import { expect, test } from "vitest";
import { plainPaint } from "../../cli/render/paint.ts";
import { type RunLogFormat, runLine, runLog } from "../../cli/render/run-log.ts";
import type { FieldChange } from "../../engine/plan/plan.ts";
import type { RunEntry, RunSummary } from "../../engine/state/store.ts";
import { drifted, person, user } from "../support/plans.ts";

const options = { paint: plainPaint, brief: false, timeZone: "UTC" };

const run: RunSummary = {
  runId: "run-1",
  planId: "5f0c1d2e3a4b5c6d",
  planDigest: "d",
  purpose: "sync",
  mappings: ["people"],
  configurationDigest: "c",
  startedAt: new Date("2026-11-21T20:12:05Z"),
  startedBy: "cli",
  status: "partial",
  finishedAt: new Date("2026-11-21T20:12:09Z"),
  counts: { applied: 1204, failed: 1 },
};

function anEntry(parts: Partial<RunEntry> = {}): RunEntry {
  return {
    sequence: 0,
    mapping: "people",
    rule: "users",
    source: person("3"),
    target: user("u3"),
    label: "Tom Okafor",
    action: "update",
    status: "applied",
    reason: "",
    fields: [drifted],
    ...parts,
  };
}

function written(format: RunLogFormat, entries: readonly RunEntry[]): string {
  const log = runLog(format, run, options);
  return log.head + entries.map((entry) => log.line(entry)).join("");
}

const failed = anEntry({
  sequence: 1,
  status: "failed",
  code: "rejected",
  reason: 'The system refused the values: "email" is taken, by another.',
  label: 'Ilse "Ibsen", Jr.',
});

test("a run is one line: when, how it ended, what it was for, who started it, the counts", () => {
  expect(runLine(run, options)).toBe(
    "run-1  21 Nov 2026, 20:12:05 UTC  partial  sync people  by cli  1,204 applied, 1 failed",
  );
});

test("txt has one line a record, with the reason for those not synced, and the fields below", () => {
  const text = written("txt", [anEntry(), failed]);
  expect(text).toContain("applied      update Tom Okafor  hr/people/3 -> office/users/u3\n");
  expect(text).toContain('      phone: "(206) 555-0199" -> "(206) 555-0142"\n');
  expect(text).toContain(
    '  The system refused the values: "email" is taken, by another. (rejected)',
  );
});

test("S-013: the text begins with when the run was, who started it, what it was for, and how many records it had", () => {
  expect(runLog("txt", run, options).head).toBe(
    [
      "Run       run-1",
      "Started   21 Nov 2026, 20:12:05 UTC by cli",
      "Finished  21 Nov 2026, 20:12:09 UTC",
      "What      sync of people",
      "Plan      5f0c1d2e3a4b",
      "Result    partial",
      "Records   1,204 applied, 1 failed",
      "",
      "",
    ].join("\n"),
  );
  const linking = { ...run, purpose: "link", note: "hr/people was not read\nto its end." } as const;
  expect(runLog("txt", linking, options).head).toContain("What      linking run of people\n");
  expect(runLog("txt", linking, options).head).toContain("Note      hr/people was not read\\nto");
});

test("S-014: the text names who was synced, with both records and what was written", () => {
  expect(written("txt", [anEntry()])).toContain(
    'applied      update Tom Okafor  hr/people/3 -> office/users/u3\n      phone: "(206) 555-0199" -> "(206) 555-0142"\n',
  );
});

test.each([
  ["held", "value-missing"],
  ["passed-over", "not-brought-in"],
  ["failed", "rejected"],
  ["in-doubt", "in-doubt"],
  ["stale", "candidate-appeared"],
  ["skipped", "waits-for"],
] as const)("S-015: the text gives the reason for whoever is %s", (status, code) => {
  const entry = anEntry({ status, code, reason: "There is no cell phone.", fields: [] });
  const text = runLog("txt", run, options).line(entry);
  expect(text).toMatch(new RegExp(`^${status} +update Tom Okafor .*There is no cell phone`));
  expect(text).toContain(`(${code})\n`);
});

const reference: FieldChange = {
  field: "party_id",
  after: "4711",
  label: "Ilse Brandvold",
  why: "new",
};
const unknown: FieldChange = { ...reference, after: null, awaits: "create-7" };

test("a reference has the name of its record beside it, also while its id is not known", () => {
  const entry = anEntry({ fields: [reference, { ...unknown, field: "crew_id" }] });
  const text = written("txt", [entry]);
  expect(text).toContain('      party_id: "4711" (Ilse Brandvold)\n');
  expect(text).toContain("      crew_id: Ilse Brandvold, once created\n");
  expect(written("csv", [entry])).toContain(
    '"party_id: ""4711"" (Ilse Brandvold); crew_id: Ilse Brandvold, once created"',
  );
  expect(JSON.parse(written("ndjson", [entry])).fields[0]).toEqual(reference);
});

test("a run without an end says so", () => {
  const { finishedAt: _, ...running } = run;
  expect(runLog("txt", { ...running, status: "running" }, options).head).toContain(
    "It has not finished",
  );
});

test("csv quotes as RFC 4180 says", () => {
  const [head, first, second] = written("csv", [anEntry(), failed]).split("\r\n");
  expect(head).toBe("sequence,mapping,rule,name,source,target,action,status,code,reason,fields");
  expect(first).toBe(
    '0,people,users,Tom Okafor,hr/people/3,office/users/u3,update,applied,,,"phone: ""(206) 555-0199"" -> ""(206) 555-0142"""',
  );
  expect(second).toContain('"Ilse ""Ibsen"", Jr."');
});

test.each(["=1+1", "+1 206 555 0142", "-2", "@SUM(A1)", "\t=1", "  =1", "＝1"])(
  "csv keeps a spreadsheet from running %j",
  (label) => {
    const cell = written("csv", [anEntry({ label })])
      .split("\r\n")[1]
      ?.split(",")[3];
    expect(cell).toMatch(/^"?'/);
  },
);

test("csv keeps a record on its line whatever its name holds", () => {
  const text = written("csv", [anEntry({ label: "a\r\nb\u0000" }), anEntry()]);
  expect(text.split("\r\n")).toHaveLength(4);
});

test("ndjson is one JSON value a line, whole", () => {
  const lines = written("ndjson", [anEntry({ label: "a\nb" }), failed])
    .trimEnd()
    .split("\n");
  expect(lines.map((line) => JSON.parse(line))).toEqual([
    { run: "run-1", ...anEntry({ label: "a\nb" }) },
    { run: "run-1", ...failed },
  ]);
});
