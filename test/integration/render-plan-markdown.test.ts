import { expect, test } from "vitest";
import { code, prose } from "../../cli/render/markdown.ts";
import { markdownCharactersMax, planMarkdown } from "../../cli/render/plan-markdown.ts";
import { aCreate, aHeld, aPlan, fullPlan } from "../support/plans.ts";

test("a plan becomes one table a rule and one for what is held", () => {
  const text = planMarkdown(fullPlan());
  expect(text).toMatch(/^### Plan: 1 to create, 1 to link/);
  expect(text).toContain("| `~` update | `Tom Okafor`<br>`hr/people/3`<br>→ `office/users/u3`");
  expect(text).toContain('`phone`: `"(206) 555-0199"` → `"(206) 555-0142"`');
  expect(text).toContain("#### Held: 1");
  expect(text).toContain(
    "could be `Jonas Weber` `office/users/u77` `is_employee` `true` / `false`",
  );
  expect(text).toContain("- 1: The person is inactive and has no link.");
  expect(text).toContain("`Petra Lund` nearly matches `Petra Lundt`");
});

test("a plan of any size fits into a comment, and what was cut is counted", () => {
  const changes = Array.from({ length: 3_000 }, (_, index) => aCreate(`${index}`, `P ${index}`));
  const held = Array.from({ length: 1_000 }, (_, index) => aHeld(`h${index}`, `H ${index}`));
  const text = planMarkdown(aPlan({ changes, held }));
  expect(text.length).toBeLessThanOrEqual(markdownCharactersMax);
  expect(text.length).toBeGreaterThan(markdownCharactersMax - 2_000);
  const shown = text.match(/^\| `\+` create/gm)?.length ?? 0;
  const cut = /\*\*([\d,]+) more changes and held records did not fit/.exec(text)?.[1];
  expect(Number(cut?.replace(",", "")) + shown).toBe(4_000);
});

test("a single monstrous value does not push the rest out", () => {
  const text = planMarkdown(
    aPlan({ changes: [aCreate("1", "x".repeat(200_000)), aCreate("2", "Next")] }),
  );
  expect(text.length).toBeLessThanOrEqual(markdownCharactersMax);
  expect(text).toContain("`Next`");
});

test("names from outside mention nobody, link nowhere and break no table", () => {
  const name = "@boss | <img src=x> [a](http://x.test) `tick` **b** #12\n| new | row |";
  const text = planMarkdown(
    aPlan({ changes: [aCreate("1", name, { reason: name })], held: [aHeld("2", name)] }),
  );
  const rows = text.split("\n").filter((line) => line.startsWith("| `+`"));
  expect(rows).toHaveLength(1);
  // Outside of code spans, nothing of it is left that Markdown or GitHub would act on.
  const outside = (rows[0] ?? "").replace(/(`+)(?:(?!`).)+?\1/g, "").replace(/\\./g, "");
  expect(outside).not.toMatch(/@\w|<img|\]\(|#\d/);
});

test.each([
  ["plain", "`plain`"],
  ["a`b", "``a`b``"],
  ["`a``", "``` `a`` ```"],
  ["a|b", "`a\\|b`"],
  ["", "`  `"],
])("code span of %j", (text, expected) => {
  expect(code(text)).toBe(expected);
});

test.each([
  ["See `syncctl link`.", "See `syncctl link`."],
  ["a_b *c*", "a\\_b \\*c\\*"],
  ["ping @boss about #12 and GH-7", "ping @<!-- -->boss about #<!-- -->12 and GH-<!-- -->7"],
  ["https://x.test", "https:/<!-- -->/x.test"],
])("prose %j", (text, expected) => {
  expect(prose(text)).toBe(expected);
});
