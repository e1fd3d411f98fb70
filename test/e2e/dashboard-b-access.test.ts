import { afterEach, describe, expect, test } from "vitest";
import { type Dashboard, openDashboard, type Visit, visit } from "../support/browser.ts";
import { fakeTokens } from "../support/service-fake.ts";

/* Signing in, and the tokens that it takes. */

/** A busy machine takes its time. */
const patiently = { timeout: 15_000 };

const open: (Dashboard | Visit)[] = [];

afterEach(async () => {
  for (const each of open.splice(0).reverse()) await each.close();
});

async function start(
  path: string,
  { isOpen = false, ...options }: Parameters<typeof visit>[2] & { readonly isOpen?: boolean } = {},
) {
  const dashboard = await openDashboard({ isOpen });
  open.push(dashboard);
  const one = await visit(dashboard, path, options);
  open.push(one);
  return { ...one, access: dashboard.access };
}

/** The browser itself notes every answer that is no success; some are meant here. */
function unexpected(complaints: readonly string[]): readonly string[] {
  return complaints.filter((text) => !/status of (401|429|409)/.test(text));
}

describe("signing in", () => {
  test("whoever is not signed in comes back to the page that they wanted", async () => {
    const { page, complaints } = await start("/w/northridge/held?mapping=people");
    await page.getByRole("heading", { level: 1, name: "Sign in" }).waitFor();
    await page.getByLabel("Token").fill(fakeTokens.operator);
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { level: 1, name: "Held records" }).waitFor();
    expect(new URL(page.url()).search).toBe("?mapping=people");
    await page.getByText("Tom Okafor").waitFor();
    expect(unexpected(complaints)).toEqual([]);
  });

  test("a wrong token is refused in words, and the right one opens the door after that", async () => {
    const { page, complaints } = await start("/sign-in");
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.getByText("Paste a token.").waitFor();
    await page.getByLabel("Token").fill("not-a-token");
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.getByText(/This token opens nothing/).waitFor();
    expect(await page.getByLabel("Token").getAttribute("aria-invalid")).toBe("true");
    await page.getByLabel("Token").fill(fakeTokens.viewer);
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.getByText("Wall screen").waitFor();
    expect(unexpected(complaints)).toEqual([]);
  });

  test("after too many tries it says how long to wait", async () => {
    const { page, context } = await start("/sign-in");
    for (let tries = 0; tries < 10; tries += 1) {
      await context.request.post("/api/v1/session", { data: { token: "guess" } });
    }
    await page.getByLabel("Token").fill(fakeTokens.admin);
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.getByText(/Too many tries\. Wait \d+ (seconds|minutes), then try again\./).waitFor();
  });

  test("the token is for a password manager and never part of an address", async () => {
    const { page } = await start("/sign-in");
    const input = page.getByLabel("Token");
    expect(await input.getAttribute("type")).toBe("password");
    expect(await input.getAttribute("autocomplete")).toBe("current-password");
    expect(await page.locator("form").getAttribute("method")).toBe("post");
  });

  test("whoever is signed in can go on or sign out", async () => {
    const { page } = await start("/sign-in", { token: fakeTokens.operator });
    await page.getByText("You are signed in as Tom Okafor").waitFor();
    await page.getByRole("button", { name: "Sign out" }).click();
    await expect.poll(() => page.getByText("You are signed in as").count(), patiently).toBe(0);
    await page.goto("/tokens");
    await page.getByRole("heading", { level: 1, name: "Sign in" }).waitFor();
  });

  test("an open service says why no token is needed", async () => {
    const { page, complaints } = await start("/sign-in", { isOpen: true });
    await page.getByText("No token is needed on this computer.").waitFor();
    await page.getByRole("link", { name: "Go on without a token" }).click();
    await page.getByRole("link", { name: "Tokens" }).waitFor();
    expect(complaints).toEqual([]);
  });
});

describe("tokens", () => {
  test("a new one is shown once, and opens the door", async () => {
    const { page, access, complaints } = await start("/tokens", { token: fakeTokens.admin });
    await page.getByRole("button", { name: "Make the token" }).click();
    await page.getByText("Say whose token it is").waitFor();
    await page.getByLabel("Name").fill("Site office");
    await page.getByRole("radio", { name: /^operator/ }).check();
    await page.getByRole("checkbox", { name: "Harbor & Sons" }).check();
    await page.getByRole("combobox", { name: "Good for" }).selectOption("90 days");
    await page.getByRole("button", { name: "Make the token" }).click();
    const text = await page.locator(".copy-lines pre").innerText();
    expect(access.tokens.get(text.trim())).toMatchObject({
      name: "Site office",
      role: "operator",
      workspaces: ["harbor"],
    });
    await page.getByRole("button", { name: "I have stored it" }).click();
    await expect.poll(() => page.getByText(text.trim()).count(), patiently).toBe(0);
    await page.reload();
    const row = page.getByRole("row").filter({ hasText: "Site office" });
    expect(await row.innerText()).toContain("harbor");
    expect(await page.getByText(text.trim()).count()).toBe(0);
    expect(complaints).toEqual([]);
  });

  test("one is revoked after a question, and opens nothing any more", async () => {
    const { page, access } = await start("/tokens", { token: fakeTokens.admin });
    await page.getByRole("button", { name: "Revoke Tom Okafor" }).click();
    const dialog = page.getByRole("dialog", { name: "Revoke the token of Tom Okafor?" });
    await dialog.getByRole("button", { name: "Not now" }).click();
    expect(await access.byToken(fakeTokens.operator)).not.toBeNull();
    await page.getByRole("button", { name: "Revoke Tom Okafor" }).click();
    await dialog.getByRole("button", { name: "Revoke it" }).click();
    await expect.poll(() => access.byToken(fakeTokens.operator), patiently).toBeNull();
    const row = page.getByRole("row").filter({ hasText: "Tom Okafor" });
    await row.getByText("Revoked", { exact: true }).waitFor();
    expect(await row.getByRole("button").count()).toBe(0);
  });

  test("a name that is taken is told beside the name", async () => {
    const { page } = await start("/tokens", { token: fakeTokens.admin });
    await page.getByLabel("Name").fill("Hana Novak");
    await page.getByRole("button", { name: "Make the token" }).click();
    await page.getByText('There is a token called "Hana Novak" already.').waitFor();
  });

  test("the first one closes the open door behind an admin who is signed in with it", async () => {
    const { page, context } = await start("/tokens", { isOpen: true });
    await page.getByText("From the first token on, everybody needs one.").waitFor();
    expect(await page.getByRole("radio").count()).toBe(3);
    await page.getByLabel("Name").fill("Owner");
    await page.getByRole("button", { name: "Make the token" }).click();
    await page.getByText("This browser is signed in with the new one already.").waitFor();
    const session = await context.request.get("/api/v1/session");
    expect(await session.json()).toMatchObject({
      how: "session",
      actor: { name: "Owner", role: "admin" },
    });
  });

  test("others than admins are told why they see nothing", async () => {
    const { page } = await start("/tokens", { token: fakeTokens.viewer });
    await page.getByText("Tokens are for admins").waitFor();
    expect(await page.getByRole("table").count()).toBe(0);
  });
});
