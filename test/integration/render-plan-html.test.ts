import { expect, test } from "vitest";
import { planHtml } from "../../cli/render/plan-html.ts";
import { aCreate, aPlan, fullPlan } from "../support/plans.ts";

test("the page shows every part of a plan", () => {
  const page = planHtml(fullPlan(), { timeZone: "UTC" });
  for (const text of [
    "1 to create, 1 to link",
    "Mina Farrow",
    "<del>&quot;(206) 555-0199&quot;</del>",
    "<ins>&quot;(206) 555-0142&quot;</ins>",
    "somebody changed the target, mappings/people.yaml:48:7",
    "Jonas Weber",
    "Petra Lundt",
    "The person is inactive and has no link.",
    "unmanaged: Two users belong to nobody.",
    "21 Nov 2026, 20:12:05 UTC",
  ]) {
    expect(page).toContain(text);
  }
});

test("the page loads nothing and runs nothing", () => {
  const page = planHtml(fullPlan());
  expect(page).toContain(`content="default-src 'none'; style-src 'unsafe-inline'"`);
  expect(page).not.toMatch(/<script|<link|<img|@import|url\(|https?:/i);
});

test("it can be read aloud and in the dark", () => {
  const page = planHtml(fullPlan());
  expect(page).toMatch(/<html lang="en">/);
  expect(page).toContain("color-scheme: light dark");
  expect(page.match(/<h1/g)).toHaveLength(1);
  expect(page).toContain('<th scope="col">Change</th>');
});

test("names from outside stay text", () => {
  const name = `<script>alert(1)</script>"'&\u202e`;
  const page = planHtml(aPlan({ changes: [aCreate("1", name, { reason: name })] }));
  expect(page).not.toContain("<script>");
  expect(page).toContain("&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#39;&amp;\\u202e");
});

test("thousands of changes are all there, in sections that start closed", () => {
  const changes = Array.from({ length: 5_000 }, (_, index) => aCreate(`${index}`, `P ${index}`));
  const page = planHtml(aPlan({ changes }));
  expect(page.match(/<td class="create">/g)).toHaveLength(5_000);
  expect(page).toMatch(/<details><summary>people \/ users[^<]*<span class="count">5,000<\/span>/);
  expect(planHtml(fullPlan())).toMatch(/<details open><summary>people \/ users/);
});
