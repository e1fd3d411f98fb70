import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { type Dashboard, openDashboard, type VisitOptions, visit } from "../support/browser.ts";
import { pageFaults } from "../support/page-faults.ts";
import { fakeIds, fakeTokens } from "../support/service-fake.ts";

/* The overview and what stands around every page, in a real browser. Each test has a company and a browser of its own. */

/** Each keeps what it is told; tests that only look share one. */
let looked: Dashboard;
let guarded: Dashboard;

beforeAll(async () => {
  looked = await openDashboard();
  guarded = await openDashboard({ isOpen: false });
});
afterAll(async () => {
  await Promise.all([looked.close(), guarded.close()]);
});

async function company(): Promise<Dashboard> {
  const dashboard = await openDashboard();
  onTestFinished(() => dashboard.close());
  return dashboard;
}

async function open(dashboard: Dashboard, path: string, options?: VisitOptions) {
  const visited = await visit(dashboard, path, options);
  onTestFinished(() => visited.close());
  return visited;
}

function card(page: Page, title: string) {
  return page.getByRole("article", { name: title, exact: true });
}

/** What the element says that has the focus. */
async function focusedText(page: Page): Promise<string> {
  return String(await page.evaluate("document.activeElement?.innerText")).replace(/\s+/g, " ");
}

/** Goes on with Tab until something of this name has the focus. */
async function tabTo(page: Page, name: string): Promise<void> {
  /** More than any page has. */
  const stopsMax = 120;
  for (let stop = 0; stop < stopsMax; stop += 1) {
    await page.keyboard.press("Tab");
    if ((await focusedText(page)) === name) return;
  }
  throw new Error(`Tab does not come to "${name}".`);
}

describe("the overview of a company", () => {
  test("each mapping says where it leads, how it stands and when it runs next", async () => {
    const { page, complaints } = await open(looked, "/w/northridge");
    await page.getByRole("heading", { level: 1, name: "Northridge Builders" }).waitFor();
    const people = card(page, "People");
    const text = (await people.innerText()).replace(/\s+/g, " ");
    expect(text).toContain("Workforce Planning people to Procore contacts and users");
    expect(text).toContain("3,000 created, 60 held · by nightly import, through the API");
    expect(text).toContain("Partly done 1 hour ago");
    expect(text).toMatch(/Next run in 4[12] minutes/);
    expect(text).toContain("System of record Workforce Planning");
    expect(
      await people.getByRole("link", { name: "A plan waits for approval" }).getAttribute("href"),
    ).toBe(`/runs/${fakeIds.waiting}/plan`);
    expect(
      await people.getByRole("link", { name: "3 records are held" }).getAttribute("href"),
    ).toBe("/w/northridge/held?mapping=people");
    expect(await card(page, "Projects").innerText()).toContain("None: Autosync is off");
    expect(await card(page, "Workers").innerText()).toContain("It was never run.");
    expect(
      await card(page, "Workers")
        .getByRole("link", { name: "User Sync Logs" })
        .getAttribute("href"),
    ).toBe("/w/northridge/runs?mapping=workers");
    const waiting = page.getByRole("region", { name: "Waiting for you" });
    expect(await waiting.getByRole("listitem").count()).toBe(3);
    expect(complaints).toEqual([]);
  });

  test("S-021: Sync works with the keyboard alone, and the page follows the run to its end", async () => {
    const dashboard = await company();
    const { page, complaints } = await open(dashboard, "/w/harbor");
    await card(page, "People").waitFor();
    await tabTo(page, "Sync People");
    await page.keyboard.press("Enter");
    const people = card(page, "People");
    await people.getByText("Queued").waitFor();
    await page.getByText("The sync of People has been asked for.").waitFor();
    expect(dashboard.state.requests[0]).toMatchObject({
      workspace: "harbor",
      mapping: "people",
      purpose: "sync",
      trigger: "manual",
    });
    dashboard.step();
    await people.getByText("Reading wfp people: 100 so far").first().waitFor();
    expect(
      await people.getByRole("button", { name: "Sync People" }).getAttribute("aria-disabled"),
    ).toBe("true");
    dashboard.step();
    await people.getByRole("progressbar", { name: "Working out people users: 30 of 40" }).waitFor();
    for (let step = 0; step < 6; step += 1) dashboard.step();
    await people.getByText("just now").waitFor();
    await people.getByText("Done").waitFor();
    expect(await people.getByRole("progressbar").count()).toBe(0);
    expect(complaints).toEqual([]);
  });

  test("the first run is worth a question, which Escape closes; linking comes first", async () => {
    const dashboard = await company();
    const { page } = await open(dashboard, "/w/northridge");
    const sync = card(page, "Workers").getByRole("button", { name: "Sync Workers" });
    await sync.click();
    const dialog = page.getByRole("dialog", { name: "The first run of Workers" });
    await dialog.waitFor();
    expect(await focusedText(page)).toBe("Not now");
    await page.keyboard.press("Escape");
    await dialog.waitFor({ state: "detached" });
    expect(await focusedText(page)).toBe("Sync Workers");
    const before = dashboard.state.requests.length;
    await sync.click();
    expect(await pageFaults(page)).toEqual([]);
    await dialog.getByRole("button", { name: "Link first" }).click();
    await page.getByText("The linking run of Workers has been asked for.").waitFor();
    await dialog.waitFor({ state: "detached" });
    expect(dashboard.state.requests).toHaveLength(before + 1);
    expect(dashboard.state.requests[0]).toMatchObject({ mapping: "workers", purpose: "link" });
  });

  test("S-018, S-020: Autosync is a switch; off, nothing runs unless somebody starts it", async () => {
    const dashboard = await company();
    const { page } = await open(dashboard, "/w/northridge");
    const people = card(page, "People");
    const autosync = people.getByRole("switch", { name: "Autosync of People" });
    expect(await autosync.getAttribute("aria-checked")).toBe("true");
    await autosync.press("Space");
    await people.getByText("None: Autosync is off").waitFor();
    expect(await autosync.getAttribute("aria-checked")).toBe("false");
    const [northridge] = dashboard.state.workspaces.filter(({ name }) => name === "northridge");
    const stored = northridge?.mappings.find(({ name }) => name === "people");
    expect(stored?.autosync.isOn).toBe(false);
    await autosync.click();
    await people.getByText(/^in \d+ minutes$/).waitFor();
  });

  test("a viewer sees the buttons, and why they cannot be pressed", async () => {
    const dashboard = await openDashboard({ isOpen: false });
    onTestFinished(() => dashboard.close());
    const { page } = await open(dashboard, "/w/harbor", { token: fakeTokens.viewer });
    const sync = card(page, "People").getByRole("button", { name: "Sync People" });
    await sync.waitFor();
    const before = dashboard.state.requests.length;
    expect(await sync.getAttribute("aria-disabled")).toBe("true");
    const reason = "To change something, you need a token with the role “operator”.";
    expect(
      await page.locator(`[id="${await sync.getAttribute("aria-describedby")}"]`).innerText(),
    ).toContain(reason);
    // The browser of the tests waits for a button to be enabled; a person does not.
    await sync.click({ force: true });
    await page.getByRole("status").filter({ hasText: reason }).waitFor();
    await card(page, "People").getByRole("switch").click({ force: true });
    expect(dashboard.state.requests).toHaveLength(before);
    expect(await card(page, "People").getByRole("switch").getAttribute("aria-checked")).toBe(
      "true",
    );
    expect(await page.getByRole("link", { name: "Tokens" }).count()).toBe(0);
  });

  test("a run that cannot be started says why, and stays out", async () => {
    const { page } = await open(looked, "/w/harbor", {
      before: (page) =>
        page.route("**/mappings/people/runs", (route) =>
          route.fulfill({
            status: 409,
            contentType: "application/problem+json",
            body: JSON.stringify({ code: "not-allowed", detail: "The system is closed today." }),
          }),
        ),
    });
    await card(page, "People").getByRole("button", { name: "Sync People" }).click();
    await page.getByText("The system is closed today.").waitFor();
  });
});

describe("what everybody has to know", () => {
  test("errors of the configuration stand on every page, with their places", async () => {
    const { page } = await open(looked, "/w/harbor");
    const notice = page.getByRole("alert");
    await notice.waitFor();
    const text = await notice.innerText();
    expect(text).toContain("The configuration has 2 errors");
    expect(text).toContain("Runs go on with the last configuration that was right");
    expect(text).toContain("mappings/people.yaml:70:7");
    expect(text).toContain('Did you mean "mobile_phone"?');
    await page.getByRole("link", { name: "Runs", exact: true }).click();
    await page.getByRole("heading", { level: 1, name: "Runs" }).waitFor();
    expect(await notice.innerText()).toContain("mappings/people.yaml:70:7");
  });

  test("a company whose files have never been right has no mappings, and says so", async () => {
    const { page } = await open(looked, "/w/quay");
    await page.getByText("No configuration has been right yet").waitFor();
    expect(await page.getByRole("alert").innerText()).toContain("Nothing runs until it is right.");
    expect(await page.getByText("Nothing waits for you").count()).toBe(0);
  });

  test("that nobody needs a token is said where it is so", async () => {
    const { page } = await open(looked, "/w/northridge");
    await page.getByText("Open without a token").waitFor();
    const other = await open(guarded, "/w/northridge", { token: fakeTokens.admin });
    await other.page.getByRole("heading", { level: 1, name: "Northridge Builders" }).waitFor();
    expect(await other.page.getByText("Open without a token").count()).toBe(0);
  });

  test("several companies are a list with the state of each; one is shown at once", async () => {
    const { page } = await open(looked, "/");
    await page.getByRole("heading", { level: 1, name: "Workspaces" }).waitFor();
    const table = page.getByRole("table", { name: "Workspaces" });
    await table.waitFor();
    const rows = await table.getByRole("row").allInnerTexts();
    expect(rows.map((row) => row.replace(/\s+/g, " "))).toEqual([
      "Workspace State Last run Held Mappings",
      expect.stringMatching(/^Harbor & Sons Configuration is broken .* 0 1$/),
      expect.stringMatching(/^Northridge Builders 1 mapping failed .* 3 4$/),
      expect.stringMatching(/^Quay Street Concrete Configuration is broken never 0 0$/),
    ]);
    await page.getByRole("searchbox", { name: "Search the workspaces" }).fill("north");
    await page.waitForURL("**/?search=north");
    expect(await table.getByRole("row").count()).toBe(2);
    await page.getByRole("link", { name: "Northridge Builders" }).click();
    await page.getByRole("link", { name: "All workspaces" }).waitFor();

    const one = await open(guarded, "/", { token: fakeTokens.harbor });
    await one.page.waitForURL("**/w/harbor");
    await one.page.getByRole("heading", { level: 1, name: "Harbor & Sons" }).waitFor();
    expect(await one.page.getByRole("link", { name: "All workspaces" }).count()).toBe(0);
  });

  test("without a token a person is sent to sign in, and told the way back", async () => {
    const { page } = await open(guarded, "/w/northridge/runs?mapping=people");
    await page.waitForURL("**/sign-in?to=*");
    expect(new URL(page.url()).searchParams.get("to")).toBe("/w/northridge/runs?mapping=people");
  });

  test("an address that leads nowhere says so, and a company that is not there", async () => {
    const { page } = await open(looked, "/w/northridge/nowhere");
    await page.getByRole("heading", { level: 1, name: "There is no such page" }).waitFor();
    const other = await open(looked, "/w/elsewhere");
    await other.page.getByText("This is not there").waitFor();
    expect(await other.page.getByRole("alert").innerText()).toContain("workspace-unknown");
  });
});

describe("getting about", () => {
  test("links change the page without loading it; the focus and the title come along, and Back goes back", async () => {
    const { page } = await open(looked, "/w/northridge");
    await page.getByRole("heading", { level: 1, name: "Northridge Builders" }).waitFor();
    expect(await page.title()).toBe("Northridge Builders · syncctl");
    await page.evaluate("window.isSame = true");
    await page.getByRole("link", { name: "Runs", exact: true }).press("Enter");
    await page.waitForURL("**/w/northridge/runs");
    const heading = page.getByRole("heading", { level: 1, name: "Runs" });
    await heading.waitFor();
    await expect.poll(() => focusedText(page)).toBe("Runs");
    expect(await page.title()).toBe("Runs · syncctl");
    expect(
      await page.getByRole("link", { name: "Runs", exact: true }).getAttribute("aria-current"),
    ).toBe("page");
    await page.goBack();
    await page.getByRole("heading", { level: 1, name: "Northridge Builders" }).waitFor();
    expect(await page.evaluate("window.isSame")).toBe(true);
  });

  test("the first thing that Tab finds leads to the page itself", async () => {
    const { page } = await open(looked, "/w/northridge");
    await card(page, "People").waitFor();
    await page.keyboard.press("Tab");
    expect(await page.locator(":focus").innerText()).toBe("Skip to the page");
    await page.keyboard.press("Enter");
    expect(await page.evaluate("document.activeElement.id")).toBe("main");
    for (const landmark of ["banner", "navigation", "main"] as const) {
      expect(await page.getByRole(landmark).count()).toBe(1);
    }
  });

  test("the colours follow the system, until somebody chooses; the choice is kept", async () => {
    const { page } = await open(looked, "/w/northridge", { theme: "dark" });
    await card(page, "People").waitFor();
    const ground = () => page.evaluate("getComputedStyle(document.body).backgroundColor");
    const dark = await ground();
    await page.getByTitle("Light", { exact: true }).click();
    const light = await ground();
    expect(light).not.toBe(dark);
    await page.reload();
    await card(page, "People").waitFor();
    expect(await ground()).toBe(light);
    await page.getByTitle("As the system").click();
    expect(await ground()).toBe(dark);
  });
});

describe("when the service is away", () => {
  test("what was never read is a sentence with a way on", async () => {
    let isAway = true;
    const { page } = await open(looked, "/w/northridge", {
      before: (page) =>
        page.route("**/api/v1/workspaces/northridge", (route) =>
          isAway ? route.abort() : route.continue(),
        ),
    });
    await page.getByText("No connection").waitFor();
    isAway = false;
    await page.getByRole("button", { name: "Try again" }).click();
    await card(page, "People").waitFor();
  });

  test("what was read stays, and is said to be old", async () => {
    const dashboard = await company();
    const { page } = await open(dashboard, "/w/northridge");
    await card(page, "People").waitFor();
    await page.route("**/api/v1/workspaces/northridge", (route) => route.abort());
    dashboard.step();
    await page.getByText("This may be out of date").waitFor();
    expect(await card(page, "People").count()).toBe(1);
    await page.unroute("**/api/v1/workspaces/northridge");
    dashboard.step();
    await page.getByText("This may be out of date").waitFor({ state: "detached" });
  });

  test("a device without a network is told so", async () => {
    const { page, context } = await open(looked, "/w/northridge");
    await card(page, "People").waitFor();
    await context.setOffline(true);
    await page.getByText("This device has no network").waitFor();
    await context.setOffline(false);
    await page.getByText("This device has no network").waitFor({ state: "detached" });
  });

  test("where nothing is told as it happens, the page asks every few seconds", async () => {
    const dashboard = await company();
    const { page } = await open(dashboard, "/w/harbor", {
      before: async (page) => {
        await page.clock.install();
        await page.route("**/api/v1/events", (route) => route.abort());
      },
    });
    await card(page, "People").waitFor();
    await dashboard.service.startRun(
      { name: "Owen Price", role: "operator" },
      { workspace: "harbor", mapping: "people", purpose: "sync", allow: [], trigger: "api" },
    );
    expect(await card(page, "People").getByText("Queued").count()).toBe(0);
    // The clock of the page goes on by itself as well; it is moved until the next question was asked.
    await expect
      .poll(async () => {
        await page.clock.runFor(3_000);
        return card(page, "People").getByText("Queued").count();
      })
      .toBe(1);
  });
});

describe("for everybody", () => {
  const pages = ["/", "/w/northridge", "/w/harbor", "/w/quay"];
  const looks = [
    { width: 1440, theme: "dark" },
    { width: 360, theme: "light" },
  ] as const;

  test.each(looks)(
    "at $width pixels, $theme, everything has a name and can be read",
    async (look) => {
      for (const path of pages) {
        const { page, complaints, close } = await visit(looked, path, look);
        await page.getByRole("heading", { level: 1 }).waitFor();
        await page
          .getByRole("main")
          .getByText(/Northridge|Harbor|No configuration/)
          .first()
          .waitFor();
        expect({ path, faults: await pageFaults(page), complaints }).toEqual({
          path,
          faults: [],
          complaints: [],
        });
        await close();
      }
    },
  );
});
