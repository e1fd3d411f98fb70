import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { root } from "./source-tree.ts";

/* The command line as people run it: the launcher, in a process of its own, with pipes in place of a terminal. */

export interface CliResult {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

export interface CliOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly input?: string;
  /** Ctrl-C is sent once this is true; it is asked again and again, with the output so far. */
  readonly signalWhen?: (out: string) => boolean;
}

const askEveryMs = 20;

export const launcher = join(root, "cli/bin/syncctl");

export function syncctl(args: readonly string[], options: CliOptions = {}): Promise<CliResult> {
  return runProcess("sh", [launcher, ...args], options);
}

export function runProcess(
  command: string,
  args: readonly string[],
  options: CliOptions = {},
): Promise<CliResult> {
  return new Promise((resolve, reject) => {
    // Only what a program needs: nothing of the machine's own settings may change what a test sees.
    const env = { PATH: process.env["PATH"], HOME: process.env["HOME"], TZ: "UTC", ...options.env };
    const child = spawn(command, args, { cwd: options.cwd, env });
    let [out, err] = ["", ""];
    child.stdout.on("data", (chunk: Buffer) => {
      out += chunk.toString();
    });
    child.stderr.on("data", (chunk: Buffer) => {
      err += chunk.toString();
    });
    const { signalWhen } = options;
    const watching = setInterval(() => {
      if (signalWhen?.(out) !== true) return;
      clearInterval(watching);
      child.kill("SIGINT");
    }, askEveryMs);
    child.on("error", reject);
    child.on("close", (code) => {
      clearInterval(watching);
      resolve({ code, out, err });
    });
    // A program that ends at once has closed its input before anything could be written; its exit code tells the rest.
    child.stdin.on("error", (error: NodeJS.ErrnoException) => {
      if (error.code !== "EPIPE") reject(error);
    });
    child.stdin.end(options.input);
  });
}

/** An empty folder that is gone after the test. */
export function emptyFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "syncctl-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Values for every variable that the files of `init` name. */
export const exampleEnvironment = {
  WFP_COMPANY_ID: "0b6a5c0e",
  WFP_CLIENT_ID: "wfp-client",
  WFP_CLIENT_SECRET: "wfp-hush-hush",
  WFP_EMAIL: "office@northridge.test",
  PROCORE_COMPANY_ID: "4242",
  PROCORE_CLIENT_ID: "procore-client",
  PROCORE_CLIENT_SECRET: "procore-hush-hush",
  SMARTBARREL_TOKEN: "smartbarrel-hush-hush",
} as const;
