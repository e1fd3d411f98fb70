import { afterEach, describe, expect, test } from "vitest";
import { type Dashboard, openDashboard, type Visit, visit } from "../support/browser.ts";
import { fakeIds, fakeTokens } from "../support/service-fake.ts";
import { fakeRequest } from "../support/service-fake-history.ts";
import { largePlan } from "../support/service-fake-plan.ts";

/* The page of a plan, as a person uses it. */

/** A busy machine takes its time. */
const patiently = { timeout: 15_000 };

const open: (Dashboard | Visit)[] = [];

afterEach(async () => {
  for (const each of open.splice(0).reverse()) await each.close();
});

async function start(path: string, options: Parameters<typeof visit>[2] = {}) {
  const dashboard = await openDashboard({ isOpen: options.token === undefined });
  open.push(dashboard);
  const one = await visit(dashboard, path, options);
  open.push(one);
  return { ...one, state: dashboard.state };
}

const waiting = `/runs/${fakeIds.waiting}/plan`;

function requestOf(state: Dashboard["state"], id: string) {
  return state.requests.find((request) => request.id === id);
}

/** Another process has made a newer plan, and nobody was told. */
function supersede(state: Dashboard["state"]): void {
  const stored = state.plans.get(fakeIds.waiting)?.();
  const place = state.requests.findIndex(({ id }) => id === fakeIds.waiting);
  const request = state.requests[place];
  if (!stored || !request) throw new Error("The invented company has lost its plan.");
  state.plans.set(fakeIds.waiting, () => ({ ...stored, status: "superseded" }));
  state.requests[place] = { ...request, status: "cancelled" };
  const newer = fakeRequest(state.now(), { id: "newer", mapping: "people", status: "waiting" });
  state.requests.unshift(newer);
  const plan = largePlan("newer-plan", state.now(), 3);
  state.plans.set("newer", () => ({
    plan,
    workspace: "northridge",
    requestId: "newer",
    status: "waiting",
  }));
}

describe("reading", () => {
  test("a plan says what it would do, where, why and by which line", async () => {
    const { page, complaints } = await start(waiting);
    await page.getByRole("heading", { level: 1, name: "12 changes to Procore, 3 held" }).waitFor();
    expect(await page.getByText("It waits for approval.").isVisible()).toBe(true);
    expect(await page.getByText(/from commit 8f14e45/).isVisible()).toBe(true);
    const update = page.getByRole("article", { name: "Update Mina Costa" });
    const text = await update.innerText();
    expect(text).toContain("(206) 555-0199");
    expect(text).toContain("(206) 555-0002");
    expect(text).toContain("somebody changed the target");
    expect(text).toContain("both had agreed on (206) 555-0199");
    expect(text).toContain("mappings/people.yaml:70:7");
    const create = page.getByRole("article", { name: "Create Ruth Visser" });
    expect(await create.innerText()).toContain("Northridge Builders, once created");
    expect(await page.getByRole("heading", { level: 1 }).count()).toBe(1);
    expect(complaints).toEqual([]);
  });

  test("held records, findings and readings have tabs of their own", async () => {
    const { page, complaints } = await start(waiting);
    await page.getByRole("tab", { name: /Held/ }).click();
    await page.getByRole("link", { name: "Sofia Demir" }).waitFor();
    await page.getByRole("tab", { name: /Findings/ }).click();
    await page.getByText("Two users belong to nobody in Workforce Planning.").waitFor();
    await page.getByRole("tab", { name: /What was read/ }).click();
    await page.getByText("91 records").waitFor();
    expect(new URL(page.url()).searchParams.get("tab")).toBe("readings");
    expect(complaints).toEqual([]);
  });

  test("changes are found by kind and by a word", async () => {
    const { page } = await start(waiting);
    await page.getByRole("button", { name: "Retire 2", exact: true }).click();
    await expect.poll(() => page.getByRole("article").count(), patiently).toBe(2);
    await page.getByRole("button", { name: "All 12", exact: true }).click();
    await page.getByLabel("Search in the changes").fill("petra");
    await expect.poll(() => page.getByRole("article").count(), patiently).toBe(2);
    await page.getByLabel("Search in the changes").fill("nobody at all");
    await page.getByText("No change fits").waitFor();
  });

  test("of thousands of changes only those near the window are drawn", async () => {
    const { page, complaints } = await start(`/runs/${fakeIds.large}/plan`);
    await page.getByRole("heading", { level: 1, name: "2,400 changes to Procore" }).waitFor();
    const group = page.getByRole("button", { name: /people \/ users: update/ });
    await expect.poll(() => group.innerText(), patiently).toContain("2,400");
    expect(await page.getByRole("article").count()).toBe(0);
    await group.click();
    await page.getByRole("article").first().waitFor();
    await page.evaluate("scrollTo(0, document.body.scrollHeight)");
    const last = page.locator('[data-index="2399"]');
    await last.waitFor();
    expect(await page.getByRole("article").count()).toBeLessThan(200);
    expect(complaints).toEqual([]);
  });
  test("a plan that is not everything says so", async () => {
    const dashboard = await openDashboard();
    open.push(dashboard);
    const stored = dashboard.state.plans.get(fakeIds.waiting)?.();
    if (!stored) throw new Error("The invented company has lost its plan.");
    const [first, ...others] = stored.plan.readings;
    if (!first) throw new Error("The plan has read nothing.");
    const readings = [{ ...first, ended: false, problem: "The network is down." }, ...others];
    dashboard.state.plans.set(fakeIds.waiting, () => ({
      ...stored,
      plan: { ...stored.plan, readings },
    }));
    const one = await visit(dashboard, waiting);
    open.push(one);
    await one.page.getByText("Not everything could be read.").waitFor();
    await one.page.getByRole("button", { name: "See what was read" }).click();
    await one.page.getByText("not read to the end: The network is down.").waitFor();
  });
});

describe("deciding", () => {
  test("a guard must be read and ticked before the whole plan is approved", async () => {
    const { page, state, complaints } = await start(waiting);
    const approve = page.getByRole("button", { name: "Approve all 12" });
    await approve.waitFor();
    expect(await approve.getAttribute("aria-disabled")).toBe("true");
    await page.getByLabel(/I have looked at this/).check();
    await approve.click();
    const dialog = page.getByRole("dialog", { name: "Approve all 12 changes?" });
    const text = await dialog.innerText();
    expect(text).toContain("procore/users");
    expect(text).toContain("3 created");
    expect(text).toContain("1 deleted for good");
    expect(text).toContain("The plan retires 12 records");
    await dialog.getByRole("button", { name: "Approve and write" }).click();
    await page.getByText(/^Approved by local/).waitFor();
    expect(requestOf(state, fakeIds.waiting)).toMatchObject({
      status: "applying",
      allow: ["people:too-many-retires"],
    });
    expect(state.plans.get(fakeIds.waiting)?.().approved).toBeUndefined();
    expect(await approve.count()).toBe(0);
    expect(complaints).toEqual([]);
  });

  test("a part is approved with what it waits for, and the page says so", async () => {
    const { page, state } = await start(waiting);
    await page.getByLabel(/I have looked at this/).check();
    await page.getByRole("checkbox", { name: "Create Ruth Visser" }).check();
    await page.getByText("One more change was ticked").waitFor();
    expect(await page.getByRole("checkbox", { name: "Retire Tom Marin" }).isChecked()).toBe(true);
    await page.getByRole("button", { name: "Approve 2 ticked" }).click();
    const dialog = page.getByRole("dialog", { name: "Approve 2 of 12 changes?" });
    await dialog.getByText("The other 10 are not written now.").waitFor();
    await dialog.getByRole("button", { name: "Approve and write" }).click();
    await page.getByText(/Approved in part \(2 of 12\)/).waitFor();
    expect(state.plans.get(fakeIds.waiting)?.().approved).toEqual(["retire-1", "create-21"]);
    const left = page.getByRole("article", { name: "Create Henk Souza" });
    expect(await left.innerText()).toContain("not approved");
  });

  test("unticking takes along what waits, and a group is ticked as one", async () => {
    const { page } = await start(waiting);
    await page.getByRole("checkbox", { name: "All of people / users: create" }).check();
    await page.getByText("4 of 12 changes ticked.").waitFor();
    await page.getByRole("checkbox", { name: "Retire Tom Marin" }).uncheck();
    await page.getByText("2 of 12 changes ticked.").waitFor();
    await page.getByText("One more change was unticked").waitFor();
  });

  test("tick boxes are reached and set with the keyboard alone", async () => {
    const { page } = await start(waiting);
    await page.getByRole("checkbox", { name: "All of people / users: create" }).focus();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Space");
    const henk = page.getByRole("checkbox", { name: "Create Henk Souza" });
    expect(await henk.isChecked()).toBe(true);
    await page.keyboard.press("Home");
    await page.keyboard.press("ArrowUp");
    expect(await page.evaluate('document.activeElement.closest("label").textContent')).toBe(
      "All of people / users: create",
    );
  });

  test("a rejected plan writes nothing", async () => {
    const { page, state, complaints } = await start(waiting);
    await page.getByRole("button", { name: "Reject" }).click();
    const dialog = page.getByRole("dialog", { name: "Reject this plan?" });
    await dialog.getByRole("button", { name: "Not now" }).click();
    expect(requestOf(state, fakeIds.waiting)?.status).toBe("waiting");
    await page.getByRole("button", { name: "Reject" }).click();
    await dialog.getByRole("button", { name: "Reject the plan" }).click();
    await page.getByText(/^Rejected by local/).waitFor();
    expect(requestOf(state, fakeIds.waiting)?.status).toBe("cancelled");
    expect(complaints).toEqual([]);
  });

  test("a viewer sees everything and can decide nothing", async () => {
    const { page, state } = await start(waiting, { token: fakeTokens.viewer });
    const approve = page.getByRole("button", { name: "Approve all 12" });
    await approve.waitFor();
    expect(await approve.getAttribute("aria-disabled")).toBe("true");
    expect(
      await page.getByRole("region", { name: "Decide about this plan" }).innerText(),
    ).toContain("operator");
    expect(await page.getByRole("checkbox").count()).toBe(0);
    await approve.click({ force: true });
    expect(await page.getByRole("dialog").count()).toBe(0);
    expect(requestOf(state, fakeIds.waiting)?.status).toBe("waiting");
  });
});

describe("meanwhile", () => {
  test("a plan that was superseded says so and leads to the newer one", async () => {
    const dashboard = await openDashboard();
    open.push(dashboard);
    supersede(dashboard.state);
    const one = await visit(dashboard, waiting);
    open.push(one);
    const { page } = one;
    await page.getByText("A newer plan has taken its place.").waitFor();
    expect(await page.getByRole("button", { name: /Approve/ }).count()).toBe(0);
    await page.getByRole("link", { name: "Open the newer plan" }).click();
    await page.getByRole("heading", { level: 1, name: "3 changes to Procore" }).waitFor();
    await page.getByRole("button", { name: "Approve all 3" }).waitFor();
  });

  test("approving a plan that was superseded while it was read offers the newer one", async () => {
    const { page, state, complaints } = await start(waiting);
    await page.getByLabel(/I have looked at this/).check();
    await page.getByRole("button", { name: "Approve all 12" }).click();
    supersede(state);
    await page.getByRole("button", { name: "Approve and write" }).click();
    await page.getByText("The plan does not wait for a person any more.").waitFor();
    await page.getByText("A newer plan has taken its place.").waitFor();
    await page.getByRole("link", { name: "Open the newer plan" }).waitFor();
    // The browser itself notes that the answer was a 409.
    expect(complaints.filter((text) => !text.includes("409"))).toEqual([]);
  });

  test("what somebody else decides is shown as it happens", async () => {
    const { page, context } = await start(waiting);
    // From when the stream of events is open, nothing is missed.
    await Promise.all([page.waitForResponse(/\/api\/v1\/events$/), page.reload()]);
    await page.getByRole("button", { name: "Reject" }).waitFor();
    await context.request.post(`/api/v1/runs/${fakeIds.waiting}/reject`);
    await page.getByText(/^Rejected by local/).waitFor();
  });
});
