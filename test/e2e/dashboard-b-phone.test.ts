import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Dashboard, openDashboard, visit } from "../support/browser.ts";
import { fakeIds } from "../support/service-fake.ts";

/* Every page of this part on the smallest phone, in the dark: nothing hangs over, and no rule of the pages is broken. */

let dashboard: Dashboard;

beforeAll(async () => {
  dashboard = await openDashboard();
});

afterAll(() => dashboard.close());

describe.each([
  [`/runs/${fakeIds.waiting}/plan`, "Create Ruth Visser"],
  [`/runs/${fakeIds.waiting}/plan?tab=readings`, "84 records"],
  ["/w/northridge/held?about=people%2Fusers%2Fwfp%2Fpeople%2FP-1033", "Your decision"],
  ["/w/northridge/settings", "As in git."],
  ["/w/harbor/settings", "field-unknown"],
  ["/w/northridge/connections", "group Northridge"],
  ["/w/northridge/record?mapping=people&record=mina", "one field is set back"],
  ["/sign-in", "No token is needed"],
  ["/tokens", "Good for"],
])("%s", (path, text) => {
  test("fits a phone of 360 pixels, has one title, and the browser complains of nothing", async () => {
    const one = await visit(dashboard, path, { width: 360, height: 740, theme: "dark" });
    await one.page.getByText(text).first().waitFor({ state: "attached" });
    expect(await one.page.evaluate(overhanging)).toEqual([]);
    expect(await one.page.getByRole("heading", { level: 1 }).count()).toBe(1);
    expect(await one.page.evaluate(unnamed)).toEqual([]);
    expect(one.complaints).toEqual([]);
    await one.close();
  });
});

/** What reaches over the right edge of the page, and is not in something that scrolls. Evaluated in the browser. */
const overhanging = `
  document.documentElement.scrollWidth <= document.documentElement.clientWidth
    ? []
    : [...document.querySelectorAll("main *")]
        .filter((element) => element.getBoundingClientRect().right > document.documentElement.clientWidth)
        .map((element) => element.outerHTML.slice(0, 120))`;

/** What can be used but has no name for whoever hears the page. Evaluated in the browser. */
const unnamed = `
  [...document.querySelectorAll("button, a, input, select, textarea, dialog")]
    .filter((element) => element.getAttribute("aria-hidden") !== "true")
    .filter((element) => {
      const labels = [...(element.labels ?? [])].map((label) => label.textContent);
      const name = [element.textContent, element.getAttribute("aria-label"), ...labels].join("");
      return name.trim() === "";
    })
    .map((element) => element.outerHTML)`;
