import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { RunsChildOptions } from "./service-runs-child.ts";
import { until } from "./service-runs-home.ts";

/** A process that runs `service-runs-child.ts`. */
export interface RunsProcess {
  readonly name: string;
  /** What it has told so far. */
  readonly lines: readonly string[];
  kill(signal: NodeJS.Signals): void;
  /** Ends it by closing its input, unless it has ended, and waits for the end. */
  end(): Promise<void>;
}

/** Resolves when the process takes requests from the queue. */
export async function startRunsProcess(options: RunsChildOptions): Promise<RunsProcess> {
  const { name } = options;
  const script = join(import.meta.dirname, "service-runs-child.ts");
  const child = spawn(process.execPath, [script, JSON.stringify(options)], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const lines: string[] = [];
  createInterface({ input: child.stdout }).on("line", (line) => lines.push(line));
  const ended = once(child, "exit");
  await until(async () => {
    if (child.exitCode !== null) throw new Error(`${name} ended with ${child.exitCode}`);
    return lines.includes("ready");
  });
  return {
    name,
    lines,
    kill: (signal) => {
      child.kill(signal);
    },
    end: async () => {
      child.stdin.end();
      await ended;
    },
  };
}
