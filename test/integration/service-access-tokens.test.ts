import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { plainPaint } from "../../cli/render/paint.ts";
import { tokensText } from "../../cli/render/tokens-text.ts";
import { expiryOf } from "../../cli/tokens/expiry.ts";
import { systemClock } from "../../engine/run/clock.ts";
import { openState } from "../../engine/state/open-state.ts";
import type { State } from "../../engine/state/state.ts";
import { openAccess } from "../../server/access/open-access.ts";
import { token } from "../conformance/service-store-samples.ts";
import { minutesAfter, morning } from "../conformance/store-samples.ts";
import { type CliResult, emptyFolder, exampleEnvironment, syncctl } from "../support/cli-run.ts";

/* `syncctl tokens`, as people run it: what it makes is what the service lets in. */

/** Far beyond what a few processes take on a busy machine, milliseconds. */
const limitMs = 180_000;

/** A folder with a service that keeps its state beside it. */
function serviceFolder(): string {
  const folder = emptyFolder();
  mkdirSync(join(folder, "companies"));
  const settings = "version: 1\nstate: memory\nworkspaces: { folder: companies }\n";
  writeFileSync(join(folder, "service.yaml"), settings);
  return folder;
}

function run(folder: string, ...words: readonly string[]): Promise<CliResult> {
  return syncctl(["tokens", ...words], { cwd: folder, env: exampleEnvironment });
}

async function withState<T>(folder: string, work: (state: State) => Promise<T>): Promise<T> {
  const process = { pid: 1, host: "test", command: "test" };
  const opened = await openState({ state: folder, clock: systemClock, process });
  if (!opened.ok) throw new Error(opened.message);
  try {
    return await work(opened.state);
  } finally {
    await opened.state.close();
  }
}

function actorOf(folder: string, text: string) {
  return withState(folder, async ({ service: store }) => {
    const outside = { clock: systemClock, newId: () => "", secretBytes: () => new Uint8Array(32) };
    const access = openAccess({ store, ...outside, listenHost: "127.0.0.1", sessionHours: 1 });
    const known = await access.byToken(text);
    return known === null ? null : known.actor;
  });
}

test(
  "a token that was made on the command line lets its holder in, until it is revoked",
  async () => {
    const folder = serviceFolder();
    const state = join(folder, "memory");
    const words = ["Night Report", "--role", "viewer", "-w", "north", "--workspace", "-"];
    const made = await run(folder, "create", ...words, "--expires", "90d");
    expect(made).toMatchObject({ code: 0, out: expect.stringMatching(/^sct_[\w-]{43}\n$/) });
    expect(made.err).toMatch(
      /^A token for Night Report: viewer of north and -\. Its id is \S+\. It is shown this once/,
    );
    const text = made.out.trim();
    expect(await actorOf(state, text)).toEqual({
      name: "Night Report",
      role: "viewer",
      workspaces: ["north", ""],
    });
    const list = await run(folder, "list", "--json");
    const [stored] = JSON.parse(list.out).tokens;
    expect(stored).toMatchObject({ name: "Night Report", lastUsedAt: expect.any(String) });
    expect(list.out).not.toContain(text.slice(4));
    const revoked = await run(folder, "revoke", stored.id);
    expect(revoked.out).toBe(`Revoked the token ${stored.id} of Night Report.\n`);
    expect(await actorOf(state, text)).toBeNull();
    const again = await run(folder, "revoke", stored.id, "--json");
    expect(again.code).toBe(1);
    expect(JSON.parse(again.out).error.code).toBe("token-unknown");
  },
  limitMs,
);

test(
  "without service.yaml, tokens stand in the state of the project",
  async () => {
    const folder = emptyFolder();
    await syncctl(["init", folder]);
    const { out } = await run(folder, "create", "Ada", "--role", "admin", "--json");
    expect(JSON.parse(out)).toMatchObject({
      token: { name: "Ada", role: "admin" },
      text: expect.stringMatching(/^sct_/),
    });
    expect(existsSync(join(folder, ".syncctl/state"))).toBe(true);
  },
  limitMs,
);

test.each([
  ["command-unclear", ["Ada", "--role", "admin", "--expires", "soon"]],
  ["command-unclear", ["Ada", "--role", "owner"]],
] as const)(
  "%s: %j",
  async (code, words) => {
    const { out, code: exit } = await run(serviceFolder(), "create", ...words, "--json");
    expect({ exit, code: JSON.parse(out).error.code }).toEqual({ exit: 1, code });
  },
  limitMs,
);

test("an end is told in days, or as a day that is meant to its end", () => {
  const now = new Date("2026-11-22T08:00:00Z");
  expect(expiryOf("90d", now)).toEqual(new Date("2027-02-20T08:00:00Z"));
  expect(expiryOf("2027-01-31", now)).toEqual(new Date("2027-02-01T00:00:00Z"));
  for (const word of ["", "0d", "-1d", "3651d", "99999999d", "90", "2027-02-30", "2027-1-1"]) {
    expect(expiryOf(word, now)).toBeNull();
  }
});

test("a list tells of each token what it is good for, and what became of it", () => {
  const tokens = [
    token("1", { name: "Ada", role: "admin", lastUsedAt: minutesAfter(1) }),
    token("2", { name: "Olga\u202e", workspaces: ["", "north"], revokedAt: minutesAfter(2) }),
    token("3", { name: "Vera", role: "viewer", expiresAt: minutesAfter(3) }),
  ];
  const text = tokensText(tokens, minutesAfter(3), {
    ...{ paint: plainPaint, brief: false, timeZone: "UTC" },
  });
  const at = (minute: number) => `2 Mar 2026, 06:0${minute}:00 UTC`;
  expect(text.split("\n")).toEqual([
    "Ada  good  admin of all workspaces  1",
    `  made ${at(0)} by ilse; last used ${at(1)}`,
    "Olga\\u202e  revoked  operator of - and north  2",
    `  made ${at(0)} by ilse; never used; revoked ${at(2)}`,
    "Vera  expired  viewer of all workspaces  3",
    `  made ${at(0)} by ilse; never used; ends ${at(3)}`,
    "",
  ]);
  expect(tokensText([], morning, { paint: plainPaint, brief: false })).toMatch(/^There are no/);
});
