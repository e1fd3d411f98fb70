import { afterEach, describe, expect, test } from "vitest";
import { type Dashboard, openDashboard, type Visit, visit } from "../support/browser.ts";
import { fakeTokens } from "../support/service-fake.ts";

/* Settings, connections, and one record explained. */

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

function variableOf(state: Dashboard["state"], mapping: string, name: string) {
  return state.workspaces
    .find((workspace) => workspace.name === "northridge")
    ?.mappings.find((each) => each.name === mapping)
    ?.variables.find((variable) => variable.name === name);
}

describe("settings", () => {
  test("S-017: Sync Classifications is a switch, with what git says and who changed it", async () => {
    const { page, state, complaints } = await start("/w/northridge/settings");
    const toggle = page.getByRole("switch", { name: "Sync classifications of workers" });
    await toggle.click();
    await expect.poll(() => toggle.getAttribute("aria-checked"), patiently).toBe("true");
    expect(variableOf(state, "workers", "syncClassifications")?.value).toBe(true);
    await page.getByText(/Set by local, just now\. Git says no\./).waitFor();
    await page
      .getByRole("button", { name: "As in git again: Sync classifications of workers" })
      .click();
    await expect.poll(() => toggle.getAttribute("aria-checked"), patiently).toBe("false");
    expect(variableOf(state, "workers", "syncClassifications")?.override).toBeUndefined();
    expect(complaints).toEqual([]);
  });

  test("S-018: Autosync is switched, and the schedule is told in words", async () => {
    const { page, state } = await start("/w/northridge/settings");
    const toggle = page.getByRole("switch", { name: "Autosync of people" });
    await toggle.waitFor();
    await page.getByText("every hour").first().waitFor();
    await page.getByText("every 2 hours, 30 minutes past").waitFor();
    await toggle.click();
    await expect.poll(() => toggle.getAttribute("aria-checked"), patiently).toBe("false");
    const people = state.workspaces
      .find(({ name }) => name === "northridge")
      ?.mappings.find(({ name }) => name === "people");
    expect(people?.autosync.isOn).toBe(false);
    await page.getByText("Runs start only when somebody presses the button.").first().waitFor();
  });

  test("numbers and texts are saved by a button, and what does not fit is not", async () => {
    const { page, state } = await start("/w/northridge/settings");
    const days = page.getByLabel("Days", { exact: true });
    await days.fill("many");
    await page.getByText("This must be a number.").first().waitFor();
    const save = page.getByRole("button", { name: "Save days of timesheets" });
    expect(await save.getAttribute("aria-disabled")).toBe("true");
    await days.fill("30");
    await save.click();
    await page.getByText(/Days is set/).waitFor();
    expect(variableOf(state, "timesheets", "days")?.value).toBe(30);
    const map = page.getByLabel("Follow inactive");
    await map.fill('{ "of": ["users", "contacts"] }');
    await page.getByRole("button", { name: "Save followInactive of workers" }).click();
    await page.getByText(/Follow inactive is set/).waitFor();
    expect(variableOf(state, "workers", "followInactive")?.value).toEqual({
      of: ["users", "contacts"],
    });
  });

  test("what is wrong with the files is told with its place", async () => {
    const { page } = await start("/w/harbor/settings");
    const configuration = page.getByRole("region", { name: "Configuration" });
    await configuration.getByText("mappings/people.yaml:70:7").waitFor();
    const text = await configuration.innerText();
    expect(text).toContain("field-unknown");
    expect(text).toContain('Did you mean "mobile_phone"?');
    expect(text).toContain("45c48cc and edits that are not committed");
    expect(text).toContain("have to be committed by a person");
  });

  test("a viewer sees the settings and cannot change them", async () => {
    const { page, state } = await start("/w/northridge/settings", { token: fakeTokens.viewer });
    const toggle = page.getByRole("switch", { name: "Sync classifications of workers" });
    await toggle.waitFor();
    expect(await toggle.getAttribute("aria-disabled")).toBe("true");
    await toggle.click({ force: true });
    expect(variableOf(state, "workers", "syncClassifications")?.value).toBe(false);
    expect(await page.getByLabel("Days", { exact: true }).isEditable()).toBe(false);
  });
});

describe("connections", () => {
  test("a check says of each connection what works and what to do", async () => {
    const { page, complaints } = await start("/w/northridge/connections");
    await page.getByRole("heading", { name: "SmartBarrel" }).waitFor();
    expect(await page.getByText("Works", { exact: true }).count()).toBe(0);
    await page.getByRole("button", { name: "Check all" }).click();
    await page.getByText("1 connection needs attention.").waitFor();
    const card = page.getByRole("listitem").filter({ hasText: "company 77" });
    await card.getByText("Ask for a token that may.").waitFor();
    expect(await card.getByText("Does not work", { exact: true }).count()).toBe(2);
    expect(complaints).toEqual([]);
  });

  test("checking takes an operator", async () => {
    const { page } = await start("/w/northridge/connections", { token: fakeTokens.viewer });
    const check = page.getByRole("button", { name: "Check all" });
    await check.waitFor();
    expect(await check.getAttribute("aria-disabled")).toBe("true");
  });
});

describe("a record", () => {
  test("is explained in steps, with its history and its fields as they are now", async () => {
    const { page, complaints } = await start("/w/northridge/record");
    await page.getByRole("combobox", { name: "Mapping" }).selectOption("people");
    await page.getByLabel("Record", { exact: true }).fill("mina");
    await page.keyboard.press("Enter");
    const explained = page.getByRole("article", { name: "Mina Costa" });
    await explained.getByText("one field is set back").waitFor();
    const steps = await explained.getByRole("heading", { level: 3 }).allInnerTexts();
    expect(steps.map((step) => step.replaceAll(/\s+/g, " "))).toEqual([
      "1 Connected",
      "2 Read",
      "3 In scope",
      "4 Matched",
      "5 Fields",
      "What happens",
    ]);
    await page.getByRole("region", { name: "Fields now" }).getByText("Foreman").waitFor();
    const history = page.getByRole("region", { name: "History" });
    await history.getByText("run-long-1").waitFor();
    expect(new URL(page.url()).searchParams.get("record")).toBe("mina");
    expect(complaints).toEqual([]);
  });

  test("of several that fit, one is chosen", async () => {
    const { page } = await start("/w/northridge/record?mapping=people&record=jonas");
    await page.getByRole("heading", { name: "Which one do you mean?" }).waitFor();
    await page.getByRole("link", { name: /P-1003/ }).click();
    await page.getByText("one field is set back").waitFor();
  });

  test("one that nobody knows is told as such", async () => {
    const { page } = await start("/w/northridge/record?mapping=people&record=nobody");
    await page.getByText("No record fits").waitFor();
    await page.getByLabel("Record", { exact: true }).fill("");
    await page.getByRole("button", { name: "Explain" }).click();
    await page.getByText("Write a name, a number").waitFor();
  });
});
