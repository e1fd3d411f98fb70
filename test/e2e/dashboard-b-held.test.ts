import { afterEach, describe, expect, test } from "vitest";
import { type Dashboard, openDashboard, type Visit, visit } from "../support/browser.ts";
import { fakeTokens } from "../support/service-fake.ts";

/* Held records, and what a person says about them. */

const open: (Dashboard | Visit)[] = [];

afterEach(async () => {
  for (const each of open.splice(0).reverse()) await each.close();
});

async function start(path: string, options: Parameters<typeof visit>[2] = {}, isWritable = true) {
  const dashboard = await openDashboard({ isOpen: options.token === undefined });
  open.push(dashboard);
  const { workspaces } = dashboard.state;
  for (const [place, workspace] of workspaces.entries()) {
    workspaces[place] = {
      ...workspace,
      configuration: { ...workspace.configuration, isWritable },
    };
  }
  const one = await visit(dashboard, path, options);
  open.push(one);
  return { ...one, state: dashboard.state };
}

const held = "/w/northridge/held";

describe("looking", () => {
  test("records are grouped by what is the matter, with what to do", async () => {
    const { page, complaints } = await start(held);
    await page.getByText("3 records wait for a person.").waitFor();
    await page.getByRole("heading", { name: /A field that must have a value has none/ }).waitFor();
    await page.getByRole("link", { name: /Sofia Demir/ }).click();
    await page.getByRole("heading", { level: 2, name: "Sofia Demir" }).waitFor();
    await page.getByText("Fill in the field in the source system").waitFor();
    expect(await page.getByRole("heading", { level: 1 }).count()).toBe(1);
    expect(complaints).toEqual([]);
  });

  test("candidates stand beside the record, with what differs and whom they are linked to", async () => {
    const { page } = await start(held);
    await page.getByRole("link", { name: /Hana Marin/ }).click();
    const table = page.getByRole("table");
    await table.waitFor();
    const heads = await table.getByRole("columnheader").allInnerTexts();
    expect(heads).toHaveLength(4);
    expect(heads[3]).toContain("linked to wfp/people/P-1009 already");
    expect(heads[3]).toContain("procore/users/70233 is not there.");
    const line = table.getByRole("row").filter({ hasText: "email_address" });
    expect(await line.innerText()).toContain("differs");
  });

  test("a workspace without held records says that all is well", async () => {
    const { page } = await start("/w/harbor/held");
    await page.getByText("Nothing is held").waitFor();
    await page.getByText("Nobody has to do anything.").waitFor();
  });

  test("on a phone there is one thing at a time, and the way back", async () => {
    const { page } = await start(held, { width: 360, height: 740, theme: "dark" });
    await page.getByRole("link", { name: /Idris Brandvold/ }).click();
    await page.getByRole("heading", { level: 2, name: "Idris Brandvold" }).waitFor();
    expect(await page.getByRole("link", { name: /Sofia Demir/ }).isVisible()).toBe(false);
    const width = await page.evaluate("document.documentElement.scrollWidth");
    expect(width).toBeLessThanOrEqual(360);
    await page.getByRole("link", { name: "All held records" }).click();
    await page.getByRole("link", { name: /Sofia Demir/ }).waitFor();
  });
});

describe("deciding", () => {
  test("two are one: written with the reason, and the next record is one key away", async () => {
    const { page, state, complaints } = await start(held);
    await page.getByRole("link", { name: /Idris Brandvold/ }).click();
    await page.getByRole("button", { name: /^They are one with Owen Souza/ }).click();
    await page.getByText("the values of the source count").waitFor();
    await page.getByRole("button", { name: "Link the two" }).click();
    await page.getByText("Say why, in a few words.").waitFor();
    expect(state.decided.size).toBe(0);
    await page.getByLabel("Why?").fill("Married; the same person.");
    await page.getByRole("button", { name: "Link the two" }).click();
    await page.getByText("Written into links/people.yaml:").waitFor();
    expect(state.decided.get("P-1032")).toBe("link");
    await page.getByText("2 records left").waitFor();
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { level: 2, name: "Hana Marin" }).waitFor();
    expect(complaints).toEqual([]);
  });

  test("two are not the same", async () => {
    const { page, state } = await start(held);
    await page.getByRole("link", { name: /Hana Marin/ }).click();
    await page.getByRole("button", { name: /^Not the same as Leila Holm/ }).click();
    await page.getByLabel("Why?").fill("Mother and daughter.");
    await page.getByRole("button", { name: "Keep them apart" }).click();
    await page.getByText("Decided: not the same.").waitFor();
    expect(state.decided.get("P-1033")).toBe("apart");
  });

  test("a record is left out, and that can be thought better of before", async () => {
    const { page, state } = await start(held);
    await page.getByRole("link", { name: /Sofia Demir/ }).click();
    await page.getByRole("button", { name: "Leave it out" }).click();
    await page.getByRole("button", { name: "Not now" }).click();
    expect(state.decided.size).toBe(0);
    await page.getByRole("button", { name: "Leave it out" }).click();
    await page.getByLabel("Why?").fill("A test account.");
    await page.getByRole("button", { name: "Leave it out" }).click();
    await page.getByText("Decided: left out.").waitFor();
    expect(state.decided.get("P-1031")).toBe("ignore");
  });

  test("the counterpart can be one that no key has found", async () => {
    const { page, state } = await start(held);
    await page.getByRole("link", { name: /Sofia Demir/ }).click();
    await page.getByText("Its counterpart is there already").click();
    await page.getByLabel("Its address").fill("70031");
    await page.getByRole("button", { name: "They are one" }).click();
    await page.getByText("An address has three parts").waitFor();
    await page.getByLabel("Its address").fill("procore/users/70031");
    await page.getByRole("button", { name: "They are one" }).click();
    await page.getByLabel("Why?").fill("The e-mail address was mistyped.");
    await page.getByRole("button", { name: "Link the two" }).click();
    await page.getByText("Written into").waitFor();
    expect(state.decided.get("P-1031")).toBe("link");
  });

  test("where the files cannot be written, the lines are there to be copied and committed", async () => {
    const { page, state, context } = await start(held, {}, false);
    await context.grantPermissions(["clipboard-read", "clipboard-write"]);
    await page.getByRole("link", { name: /Idris Brandvold/ }).click();
    await page.getByRole("button", { name: /^They are one with/ }).click();
    await page.getByLabel("Why?").fill("Married.");
    await page.getByRole("button", { name: "Link the two" }).click();
    await page.getByText("One step is left").waitFor();
    await page.getByRole("button", { name: /^Copy/ }).click();
    await page.getByRole("button", { name: /^Copied/ }).waitFor();
    expect(await page.evaluate("navigator.clipboard.readText()")).toContain("wfp/people/P-1032");
    expect(state.decided.size).toBe(0);
    // For this person it is decided: the next one is another one.
    await page.getByText("2 records left").waitFor();
  });

  test("a viewer can look and not decide", async () => {
    const { page } = await start(held, { token: fakeTokens.viewer });
    await page.getByRole("link", { name: /Idris Brandvold/ }).click();
    const button = page.getByRole("button", { name: /^They are one with/ });
    await button.waitFor();
    expect(await button.getAttribute("aria-disabled")).toBe("true");
    await button.click({ force: true });
    expect(await page.getByLabel("Why?").count()).toBe(0);
  });
});
