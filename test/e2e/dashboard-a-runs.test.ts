import { readFile } from "node:fs/promises";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import type { Service } from "../../server/service.ts";
import { type Dashboard, openDashboard, type VisitOptions, visit } from "../support/browser.ts";
import { pageFaults } from "../support/page-faults.ts";
import { fakeIds, fakeTokens } from "../support/service-fake.ts";

/* The list of runs and one run, in a real browser. */

/** Tests that only look share it. */
let looked: Dashboard;
/** Asks for tokens. */
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

/** Rows of the table without its head. */
function rows(page: Page) {
  return page.getByRole("main").locator("tbody tr:not(.gap)");
}

async function plain(text: Promise<string>): Promise<string> {
  return (await text).replace(/\s+/g, " ").trim();
}

/** The same service with a run of six thousand records. */
function sixThousand(service: Service): Service {
  const records = 6_000;
  return {
    ...service,
    async run(actor, id) {
      const found = await service.run(actor, id);
      if (!found.ok) return found;
      const [run] = found.value.runs;
      if (run === undefined) throw new Error("The invented run has a run of the engine.");
      return {
        ok: true,
        value: { ...found.value, runs: [{ ...run, counts: { applied: records } }] },
      };
    },
    async entries(actor, id, { from, limit }) {
      const found = await service.entries(actor, id, { from: 0, limit: 1 });
      if (!found.ok) return found;
      const [entry] = found.value.entries;
      if (entry === undefined) throw new Error("The invented run has entries.");
      const length = Math.min(limit, records - from);
      const entries = Array.from({ length }, (_, at) => {
        const position = from + at;
        return { ...entry, position, label: `Person ${position}` };
      });
      const next = from + limit < records ? { next: from + limit } : {};
      return { ok: true, value: { entries, ...next } };
    },
  };
}

const operator = { name: "Owen Price", role: "operator" } as const;

describe("the list of runs", () => {
  test("S-012: it holds every run, whoever or whatever started it, with what became of it", async () => {
    const { page, complaints } = await open(looked, "/w/northridge/runs");
    await page.getByRole("heading", { level: 1, name: "Runs" }).waitFor();
    await rows(page).first().waitFor();
    const told = await Promise.all(
      [0, 1, 2, 3, 4].map((at) => plain(rows(page).nth(at).innerText())),
    );
    expect(told).toEqual([
      expect.stringMatching(
        /Projects Planning Reading procore projects: 240 of 410 Hana Novak .* none yet$/,
      ),
      expect.stringMatching(
        /People Waiting for approval 3 to create, 4 to change, .* Look at the plan Autosync/,
      ),
      expect.stringMatching(
        /Timesheets Waiting for approval 2,400 to change Look at the plan Autosync/,
      ),
      expect.stringMatching(
        /People Partly done 3,000 created, 60 held nightly import, through the API 1 min 24 s txt CSV NDJSON$/,
      ),
      expect.stringMatching(
        /Timesheets Failed SmartBarrel refuses the token .* Autosync 1 min 24 s/,
      ),
    ]);
    expect(complaints).toEqual([]);
  });

  test("S-011: of the mapping that brings users to the time clocks it is called User Sync Logs", async () => {
    const dashboard = await company();
    const { page } = await open(dashboard, "/w/northridge");
    await page.getByRole("link", { name: "User Sync Logs" }).click();
    await page.getByRole("heading", { level: 1, name: "User Sync Logs" }).waitFor();
    await page.getByText("No run is like this").waitFor();
    const at = { workspace: "northridge", mapping: "workers" };
    await dashboard.service.startRun(operator, {
      ...at,
      purpose: "sync",
      allow: [],
      trigger: "manual",
    });
    await rows(page).filter({ hasText: "Queued" }).waitFor();
    for (let step = 0; step < 6; step += 1) dashboard.step();
    await rows(page).filter({ hasText: "Done" }).waitFor();
    expect(await rows(page).count()).toBe(1);
  });

  test("it can be narrowed down, and the address says to what", async () => {
    const { page } = await open(looked, "/w/northridge/runs");
    await rows(page).first().waitFor();
    await page.getByLabel("Mapping").selectOption("timesheets");
    await page.waitForURL("**/runs?mapping=timesheets");
    await expect.poll(() => rows(page).count()).toBe(2);
    await page.getByLabel("Result").selectOption("With trouble");
    await page.waitForURL("**/runs?mapping=timesheets&status=trouble");
    await expect.poll(() => rows(page).count()).toBe(1);
    expect(await rows(page).innerText()).toContain("Failed");
    await page.reload();
    await expect.poll(() => rows(page).count()).toBe(1);
    expect(await page.getByLabel("Result").inputValue()).toBe("trouble");
    await page.getByLabel("Result").selectOption("Cancelled");
    await page.getByRole("link", { name: "Show all runs" }).click();
    await page.waitForURL("**/w/northridge/runs");
  });

  test("older runs come when they are asked for", async () => {
    const { page } = await open(looked, "/w/northridge/runs");
    await page.getByText("The newest 50 runs").waitFor();
    expect(await rows(page).count()).toBe(50);
    await page.getByRole("button", { name: "Show older runs" }).click();
    await page.getByText("All 65 runs").waitFor();
    expect(await rows(page).count()).toBe(65);
    expect(await page.getByRole("button", { name: "Show older runs" }).count()).toBe(0);
  });

  test("S-013: each log can be downloaded as a file", async () => {
    const { page } = await open(looked, "/w/northridge/runs?mapping=people&status=trouble");
    const row = rows(page).filter({ hasText: "nightly import" });
    for (const [name, start] of [
      ["txt", /^Run people-long\n/],
      ["CSV", /^position,name,source,status,reason\r\n/],
      ["NDJSON", /^\{"position":0,/],
    ] as const) {
      const [download] = await Promise.all([
        page.waitForEvent("download"),
        row.getByRole("link", { name: new RegExp(`^${name}, log of People`) }).click(),
      ]);
      const text = await readFile(await download.path(), "utf8");
      expect(text).toMatch(start);
      expect(text).toContain("Ilse Brandvold");
    }
  });
});

describe("one run", () => {
  test("S-014, S-015: it names who was written, and says of each other why not and what to do", async () => {
    const { page, complaints } = await open(looked, `/runs/${fakeIds.long}`);
    await page
      .getByRole("heading", { level: 1, name: /^Sync of People, \d+ \w+ \d{4}, \d\d:\d\d$/ })
      .waitFor();
    await rows(page).first().waitFor();
    expect(await plain(rows(page).first().innerText())).toBe(
      "Created Ilse Brandvold wfp/people/P-1000 → procore/users/70000 2 fields",
    );
    await page.getByRole("tab", { name: /^Not written/ }).click();
    await page.waitForURL("**/runs/people-long?show=trouble");
    await rows(page).filter({ hasText: "Sofia Moreau" }).first().waitFor();
    expect(await plain(rows(page).first().innerText())).toMatch(
      /^Failed Sofia Moreau wfp\/people\/P-1007 Procore refuses the e-mail address: it is taken\. Correct the values .* rejected/,
    );
    await page.getByRole("tab", { name: /^Held/ }).press("Enter");
    await page.waitForURL("**/runs/people-long?show=held");
    await page.getByText("Not written, because a person has to decide").waitFor();
    await expect
      .poll(async () => new Set(await rows(page).locator(".pill").allInnerTexts()))
      .toEqual(new Set(["Held"]));
    expect(await rows(page).first().getByRole("link").first().getAttribute("href")).toMatch(
      /^\/w\/northridge\/record\?mapping=people&record=wfp%2Fpeople%2FP-/,
    );
    expect(
      await rows(page)
        .first()
        .getByRole("link", { name: /^Look at it/ })
        .getAttribute("href"),
    ).toMatch(/^\/w\/northridge\/held\?mapping=people&search=/);
    expect(complaints).toEqual([]);
  });

  test("the fields that were written are shown when somebody wants to see them", async () => {
    const { page } = await open(looked, `/runs/${fakeIds.long}`);
    await rows(page).first().waitFor();
    await rows(page).first().getByText("2 fields").click();
    const fields = rows(page).first().locator("dl");
    await fields.waitFor();
    expect(await fields.locator("dt").count()).toBe(2);
  });

  test("a search looks into names and reasons, and stays in the address", async () => {
    const { page } = await open(looked, `/runs/${fakeIds.long}`);
    await rows(page).first().waitFor();
    await page.getByRole("searchbox").fill("aiko lund");
    await page.waitForURL("**/runs/people-long?search=aiko+lund");
    await expect
      .poll(async () => new Set(await rows(page).locator(".entry-record a").allInnerTexts()))
      .toEqual(new Set(["Aiko Lund"]));
    await page.getByRole("searchbox").fill("nobody is called this");
    await page.getByText("Nothing was found").waitFor();
  });

  test("of six thousand records only those in the window are drawn, and the last one can be reached", async () => {
    const dashboard = await openDashboard({}, sixThousand);
    onTestFinished(() => dashboard.close());
    const { page } = await open(dashboard, `/runs/${fakeIds.long}`);
    await rows(page).filter({ hasText: "Person 0" }).first().waitFor();
    expect(await page.getByRole("table").getAttribute("aria-rowcount")).toBe("6001");
    /** A hundredth of what there is. */
    const drawnMax = 60;
    let most = 0;
    await expect
      .poll(
        async () => {
          await page.evaluate("scrollTo(0, document.documentElement.scrollHeight)");
          most = Math.max(most, await rows(page).count());
          return rows(page).filter({ hasText: "Person 5999" }).count();
        },
        { timeout: 25_000, interval: 30 },
      )
      .toBe(1);
    expect(await rows(page).last().getAttribute("aria-rowindex")).toBe("6001");
    await page.evaluate("scrollTo(0, document.documentElement.scrollHeight / 2)");
    await rows(page).filter({ hasText: "Person 30" }).first().waitFor();
    most = Math.max(most, await rows(page).count());
    await page.evaluate("scrollTo(0, 0)");
    await page.locator('tr[aria-rowindex="2"]').waitFor();
    most = Math.max(most, await rows(page).count());
    expect(most).toBeGreaterThan(10);
    expect(most).toBeLessThanOrEqual(drawnMax);
  });

  test("S-022: a long run can be left and come back to; it shows how far it is, and then its records", async () => {
    const dashboard = await company();
    const { page } = await open(dashboard, `/runs/${fakeIds.running}`);
    await page.getByRole("progressbar", { name: "Reading procore projects: 240 of 410" }).waitFor();
    await page.getByText("It goes on when you leave this page").waitFor();
    await page.getByText("Nothing was written yet").waitFor();
    await page.getByRole("link", { name: "Overview" }).click();
    await page.getByRole("heading", { level: 1, name: "Northridge Builders" }).waitFor();
    dashboard.step();
    await page
      .getByRole("article", { name: "Projects" })
      .getByText(/^Working out people users/)
      .first()
      .waitFor();
    await page.getByRole("link", { name: "Watch this run" }).click();
    await page.getByRole("progressbar", { name: "Working out people users: 30 of 40" }).waitFor();
    for (let step = 0; step < 4; step += 1) dashboard.step();
    await page.getByRole("progressbar").waitFor({ state: "detached" });
    await page.getByRole("main").getByText("Done", { exact: true }).first().waitFor();
    await rows(page).first().waitFor();
    expect(await page.getByRole("link", { name: "Download txt" }).count()).toBe(1);
  });

  test("what is under way can be cancelled, after a question", async () => {
    const dashboard = await company();
    const { page } = await open(dashboard, `/runs/${fakeIds.running}`);
    await page.getByRole("button", { name: "Cancel this run" }).click();
    const dialog = page.getByRole("dialog", { name: "Cancel this run?" });
    await dialog.getByRole("button", { name: "Let it go on" }).click();
    await dialog.waitFor({ state: "detached" });
    expect(dashboard.state.requests.find(({ id }) => id === fakeIds.running)?.status).toBe(
      "planning",
    );
    await page.getByRole("button", { name: "Cancel this run" }).click();
    await dialog.getByRole("button", { name: "Cancel the run" }).click();
    await page.getByText("The run is cancelled.").waitFor();
    await page.getByText("local has cancelled it.").waitFor();
    expect(await page.getByRole("button", { name: "Cancel this run" }).count()).toBe(0);
  });

  test("a viewer may look at everything and cancel nothing", async () => {
    const { page } = await open(guarded, `/runs/${fakeIds.running}`, { token: fakeTokens.viewer });
    const cancel = page.getByRole("button", { name: "Cancel this run" });
    await cancel.waitFor();
    expect(await cancel.getAttribute("aria-disabled")).toBe("true");
    await cancel.click({ force: true });
    expect(await page.getByRole("dialog").count()).toBe(0);
  });

  test("why it failed, why it waits, and what to do, in plain words", async () => {
    const { page } = await open(looked, `/runs/${fakeIds.failed}`);
    const main = page.getByRole("main");
    await main.getByText("SmartBarrel refuses the token of the connection smartbarrel.").waitFor();
    await main.getByText("What to do:").waitFor();
    expect(await plain(main.innerText())).toContain(
      "credentials-refused: The system does not accept the credentials",
    );
    await page.goto(`/runs/${fakeIds.waiting}`);
    await main.getByText("The plan retires 12 records").waitFor();
    // What is meant for the command line has no place here.
    expect(await main.innerText()).not.toContain("--allow");
    expect(
      await main.getByRole("link", { name: "Look at the plan", exact: true }).getAttribute("href"),
    ).toBe(`/runs/${fakeIds.waiting}/plan`);
  });

  test("a run that was interrupted and planned anew shows each attempt", async () => {
    const { page } = await open(looked, `/runs/${fakeIds.long}`);
    const attempts = page.getByText("It was interrupted and planned anew: 2 attempts");
    await attempts.click();
    await page.getByRole("listitem").filter({ hasText: "written" }).nth(1).waitFor();
    await page.getByText("Approved by Hana Novak").waitFor();
  });

  test("a run that is not there is told so", async () => {
    const { page } = await open(looked, "/runs/nothing");
    await page.getByText("This is not there").waitFor();
    expect(await page.getByRole("alert").innerText()).toContain('There is no run "nothing".');
  });
});

describe("for everybody", () => {
  const pages = [
    "/w/northridge/runs",
    `/runs/${fakeIds.long}?show=trouble`,
    `/runs/${fakeIds.waiting}`,
    `/runs/${fakeIds.running}`,
  ];
  const looks = [
    { width: 1280, theme: "dark" },
    { width: 360, theme: "light" },
  ] as const;

  test.each(looks)(
    "at $width pixels, $theme, everything has a name and can be read",
    async (look) => {
      for (const path of pages) {
        const { page, complaints, close } = await visit(looked, path, look);
        await page.getByRole("heading", { level: 1, name: /^(Runs|Sync)/ }).waitFor();
        await page.getByRole("main").locator("td, .notice, .card").first().waitFor();
        expect({ path, faults: await pageFaults(page), complaints }).toEqual({
          path,
          faults: [],
          complaints: [],
        });
        await close();
      }
    },
  );

  test("a run can be printed: more of its records than the window shows, and no buttons", async () => {
    const { page } = await open(looked, `/runs/${fakeIds.long}`);
    await rows(page).first().waitFor();
    const before = await rows(page).count();
    await page.evaluate("dispatchEvent(new Event('beforeprint'))");
    await expect.poll(() => rows(page).count()).toBeGreaterThan(before);
    await page.emulateMedia({ media: "print" });
    expect(await page.getByRole("link", { name: "Download txt" }).count()).toBe(0);
    expect(await page.getByRole("navigation").count()).toBe(0);
    await page.emulateMedia({ media: "screen" });
    await page.evaluate("dispatchEvent(new Event('afterprint'))");
    await expect.poll(() => rows(page).count()).toBeLessThanOrEqual(before);
  });
});
