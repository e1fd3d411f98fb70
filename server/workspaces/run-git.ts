import { execFile } from "node:child_process";

export interface GitCall {
  readonly args: readonly string[];
  readonly cwd: string;
  /** The whole environment of the process. */
  readonly env: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

export type GitAnswer =
  | { readonly ok: true; readonly out: string }
  | { readonly ok: false; readonly message: string };

export type RunGit = (call: GitCall) => Promise<GitAnswer>;

/** The names of some ten thousand changed files. Bytes. */
const outBytesMax = 4 * 1024 * 1024;

/** Runs the git of the system, and never waits for a person. */
export const runGit: RunGit = ({ args, cwd, env, timeoutMs, signal }) =>
  new Promise((resolve) => {
    const options = { cwd, env, timeout: timeoutMs, signal, maxBuffer: outBytesMax };
    execFile("git", args, options, (error, out, err) => {
      if (error === null) return resolve({ ok: true, out });
      if (error.killed === true) {
        return resolve({ ok: false, message: `git took more than ${timeoutMs / 1000} seconds` });
      }
      // What went wrong stands on the last lines; those before tell what was tried.
      const said = err.trim().split("\n").slice(-messageLinesMax).join(" ");
      resolve({ ok: false, message: said === "" ? error.message : said });
    }).stdin?.end();
  });

const messageLinesMax = 3;

type Env = Readonly<Record<string, string | undefined>>;

/** What git and ssh need to find their way; nothing else of the service's environment is their business. */
const passedOn = [
  "PATH",
  "HOME",
  "USER",
  "LOGNAME",
  "SSH_AUTH_SOCK",
  "GIT_SSH",
  "GIT_SSL_CAINFO",
  "SSL_CERT_FILE",
  "SSL_CERT_DIR",
  "http_proxy",
  "https_proxy",
  "HTTP_PROXY",
  "HTTPS_PROXY",
  "NO_PROXY",
  "no_proxy",
  "SystemRoot",
];

/**
 * The environment of a git process. Settings go through it and not through arguments, which every user of the machine
 * can see. Nothing that a repository brings along is run.
 */
export function gitEnv(env: Env, settings: Readonly<Record<string, string>> = {}) {
  const all = Object.entries({
    "core.hooksPath": "/dev/null",
    "core.fsmonitor": "false",
    "gc.auto": "0",
    ...settings,
  });
  return {
    ...Object.fromEntries(
      passedOn.flatMap((name) => {
        const value = env[name];
        return value === undefined ? [] : [[name, value]];
      }),
    ),
    LC_ALL: "C",
    GIT_TERMINAL_PROMPT: "0",
    GIT_ASKPASS: "",
    SSH_ASKPASS: "",
    GIT_SSH_COMMAND: env["GIT_SSH_COMMAND"] ?? "ssh -o BatchMode=yes",
    GIT_CONFIG_COUNT: String(all.length),
    ...Object.fromEntries(
      all.flatMap(([key, value], index) => [
        [`GIT_CONFIG_KEY_${index}`, key],
        [`GIT_CONFIG_VALUE_${index}`, value],
      ]),
    ),
  };
}
