import { expect, test } from "vitest";
import { diagnosticsText } from "../../cli/render/diagnostics-text.ts";
import { plainPaint } from "../../cli/render/paint.ts";
import type { Diagnostic } from "../../engine/config/diagnostic.ts";

const options = { paint: plainPaint, brief: false };

function at(column: number, parts: Partial<Diagnostic> = {}): Diagnostic {
  return {
    code: "project-missing",
    severity: "error",
    message: 'There is no function "lowercas".',
    help: 'Did you mean "lowercase"?',
    at: { file: "mappings/people.yaml", line: 41, column },
    ...parts,
  };
}

function shown(line: string, column: number): readonly string[] {
  return diagnosticsText([at(column)], () => line, options).split("\n");
}

test("place, code, message, the line with a caret, and help", () => {
  expect(shown("  name: $lowercas(name)", 9)).toEqual([
    'mappings/people.yaml:41:9: error project-missing: There is no function "lowercas".',
    "  41 |   name: $lowercas(name)",
    "     |         ^",
    '  help: Did you mean "lowercase"?',
    "",
    "1 error",
    "",
  ]);
});

test.each([
  ["\tname: x", 8, "  41 | \\tname: x", "     |         ^"],
  ["name: '🚧 x'", 10, "  41 | name: '🚧 x'", "     |          ^"],
  ["name: 日本 x", 10, "  41 | name: 日本 x", "     |            ^"],
  ["name: e\u0301 x", 10, "  41 | name: e\u0301 x", "     |         ^"],
])("the caret stands under the place in %j", (line, column, text, caret) => {
  expect(shown(line, column).slice(1, 3)).toEqual([text, caret]);
});

test("of a very long line the part around the place is shown", () => {
  const [, text = "", caret = ""] = shown(`${"a".repeat(5_000)}HERE${"b".repeat(5_000)}`, 5_001);
  expect(text.length).toBeLessThan(160);
  expect(text.slice(caret.indexOf("^"))).toMatch(/^HERE/);
});

test("hostile text in a file is shown written out", () => {
  const lines = shown("name: \u001b[31m\u202e", 1);
  expect(lines[1]).toBe("  41 | name: \\u001b[31m\\u202e");
});

test("a place behind the end of the line, and none at all", () => {
  expect(shown("ab", 99)[2]).toBe("     |   ^");
  const { at: _, ...nowhere } = at(1);
  const text = diagnosticsText([nowhere], () => undefined, options);
  expect(text).toMatch(/^error project-missing: /);
});

test("errors and warnings are counted at the end", () => {
  const text = diagnosticsText([at(1), at(2), at(3, { severity: "warning" })], () => "", options);
  expect(text).toMatch(/2 errors and 1 warning\n$/);
});
