import { userInfo } from "node:os";
import { afterEach, expect, test, vi } from "vitest";
import { today } from "../../cli/link/day.ts";
import { userName } from "../../cli/surroundings.ts";
import { emptyFolder } from "../support/cli-run.ts";

/* Who decides, and when, as a links file names them if nobody says so. */

afterEach(() => vi.unstubAllEnvs());

test("the e-mail address that git has for the folder", async () => {
  vi.stubEnv("GIT_CONFIG_COUNT", "1");
  vi.stubEnv("GIT_CONFIG_KEY_0", "user.email");
  vi.stubEnv("GIT_CONFIG_VALUE_0", "ana@northridge.example");
  expect(await userName(emptyFolder())).toBe("ana@northridge.example");
});

test("the user of the computer, where there is no git", async () => {
  vi.stubEnv("PATH", emptyFolder());
  expect(await userName(emptyFolder())).toBe(userInfo().username);
});

test("the day is that of the person's own calendar", () => {
  const now = new Date(2026, 0, 5, 23, 59);
  expect(today({ now: () => now })).toBe("2026-01-05");
});
