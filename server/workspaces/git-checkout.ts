import { glob, mkdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { isThere } from "../../engine/config/is-there.ts";
import { redactText } from "../../engine/config/secrets.ts";
import type { Clock } from "../../engine/connector/connector.ts";
import type { WorkspaceSource } from "../settings/settings.ts";
import { type GitAnswer, gitEnv, type RunGit } from "./run-git.ts";

/** A first fetch brings the whole history of a repository of text files. */
const fetchTimeoutMs = 120_000;

/** Who opens the service waits no longer than this for news, if there is a checkout to begin with. */
const openingTimeoutMs = 15_000;

const localTimeoutMs = 60_000;

const remoteBranch = "refs/remotes/origin/followed";

export interface GitCheckout {
  /** Asks the repository for what is new; the files stay as they are. Null when all went well, else what did not. */
  fetch(when: "opening" | "later"): Promise<string | null>;
  /** Makes the files what was fetched last, whatever anybody has done to them. */
  checkOut(): Promise<string | null>;
}

/** The checkout that the service keeps for itself. Only files that git does not know, such as `.env`, are left alone. */
export function gitCheckout(options: {
  readonly source: Extract<WorkspaceSource, { kind: "git" }>;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly secrets: readonly string[];
  readonly run: RunGit;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}): GitCheckout {
  const { source, secrets, run, clock, signal } = options;
  const { checkout, branch } = source;
  const { url, authorization } = withoutCredentials(source.url);
  const env = gitEnv(options.env, {
    "remote.origin.url": url,
    // A link could lead to the credentials of another company.
    "core.symlinks": "false",
    ...(authorization !== undefined && { [`http.${url}.extraHeader`]: authorization }),
  });
  const hidden = [source.url, ...(authorization === undefined ? [] : [authorization]), ...secrets];

  async function git(args: readonly string[], timeoutMs: number): Promise<string | null> {
    const answer: GitAnswer = await run({ args, cwd: checkout, env, timeoutMs, signal });
    return answer.ok ? null : redactText(answer.message, hidden);
  }

  return {
    async fetch(when) {
      const isThereAlready = await isThere(join(checkout, ".git"));
      const unmade = await trouble(() => mkdir(checkout, { recursive: true, mode: 0o700 }));
      if (unmade !== null) return unmade;
      await removeOldLocks(checkout, clock);
      const made = await git(["init", "--quiet"], localTimeoutMs);
      if (made !== null) return made;
      const what = `+refs/heads/${branch}:${remoteBranch}`;
      const words = ["fetch", "--quiet", "--no-tags", "--no-write-fetch-head", "origin", what];
      const isQuick = when === "opening" && isThereAlready;
      return git(words, isQuick ? openingTimeoutMs : fetchTimeoutMs);
    },
    async checkOut() {
      const words = ["checkout", "--quiet", "--force", "--detach", remoteBranch, "--"];
      return git(words, localTimeoutMs);
    },
  };
}

/**
 * Credentials go to git as a header: it would hand an address that holds them on to other processes as an argument, and
 * write it into its files.
 */
function withoutCredentials(written: string): {
  readonly url: string;
  readonly authorization?: string;
} {
  if (!/^https?:\/\//.test(written)) return { url: written };
  const url = new URL(written);
  const { username, password } = url;
  if (username === "" && password === "") return { url: written };
  url.username = "";
  url.password = "";
  const login = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  const encoded = Buffer.from(login).toString("base64");
  return { url: url.href, authorization: `Authorization: Basic ${encoded}` };
}

/** A process that was killed leaves files behind that keep git out for ever; the checkout is ours alone. */
async function removeOldLocks(checkout: string, clock: Clock): Promise<void> {
  for await (const file of glob(".git/{,refs/remotes/origin/}*.lock", { cwd: checkout })) {
    const path = join(checkout, file);
    const found = await stat(path).catch(() => null);
    if (found && clock.now().getTime() - found.mtimeMs > fetchTimeoutMs) {
      await rm(path, { force: true });
    }
  }
}

async function trouble(work: () => Promise<unknown>): Promise<string | null> {
  try {
    await work();
    return null;
  } catch (error) {
    if (error instanceof Error && "code" in error) return error.message;
    throw error;
  }
}
