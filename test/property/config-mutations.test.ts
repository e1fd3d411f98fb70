import fc from "fast-check";
import { expect, test } from "vitest";
import { exampleTexts, loadExample } from "../support/config-example.ts";

/*
 * The example with something struck out, doubled, or put in the place of something else. Whatever comes out, loading
 * answers: a project, or what is wrong with it.
 */

const stranger = fc.constantFrom(
  "null",
  "",
  "true",
  "0",
  "-1",
  "[]",
  "{}",
  "[[]]",
  "''",
  "wfp",
  "users",
  "id",
  "__proto__",
  "constructor",
  "$",
  "$$",
  "$vars",
  "$records",
  "$linked('users')",
  "(",
  "\u{1F600}",
  "${NONE}",
  "${HOME:-x}",
  "*a",
  "&a 1",
  "|",
  "x -> y",
);

const words = /[\w.$-]+|[^\s\w]/g;

const mutation = fc.record({
  file: fc.constantFrom("project", "mapping"),
  at: fc.nat(),
  how: fc.constantFrom("replace", "remove", "double", "line"),
  by: stranger,
});

function mutated(text: string, { at, how, by }: { at: number; how: string; by: string }): string {
  if (how === "line") {
    const lines = text.split("\n");
    lines.splice(at % lines.length, 1);
    return lines.join("\n");
  }
  const found = [...text.matchAll(words)];
  const word = found[at % found.length];
  if (!word) return text;
  const written = how === "replace" ? by : how === "double" ? `${word[0]}${word[0]}` : "";
  return text.slice(0, word.index) + written + text.slice(word.index + word[0].length);
}

test("loading answers whatever is in the files", async () => {
  const outcomes = { loaded: 0, refused: 0 };
  await fc.assert(
    fc.asyncProperty(fc.array(mutation, { maxLength: 4 }), async (mutations) => {
      const texts = { ...exampleTexts };
      for (const one of mutations) {
        const file = one.file === "project" ? "project" : "mapping";
        texts[file] = mutated(texts[file], one);
      }
      const result = await loadExample({
        files: { "syncctl.yaml": texts.project, "mappings/people.yaml": texts.mapping },
      });
      outcomes[result.ok ? "loaded" : "refused"] += 1;
      if (!result.ok) expect(result.diagnostics.map(({ severity }) => severity)).toContain("error");
    }),
    // Among random edits those that leave the files whole are rare; one is always there: none at all.
    { numRuns: 40, examples: [[[]]] },
  );
  expect(Math.min(outcomes.loaded, outcomes.refused)).toBeGreaterThan(0);
}, 60_000);
