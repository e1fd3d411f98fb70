import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";

/** A process that runs `state-child.ts` and answers its commands. */
export interface StateProcess {
  readonly pid: number;
  ask(command: string): Promise<string>;
  /** Ends it by this signal, or by closing its input, and waits for the end. */
  end(signal?: NodeJS.Signals): Promise<void>;
}

export function startStateProcess(folder: string): StateProcess {
  const child = spawn(process.execPath, [join(import.meta.dirname, "state-child.ts"), folder], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const ended = once(child, "exit");
  return {
    pid: child.pid ?? 0,
    ask: async (command) => {
      child.stdin.write(`${command}\n`);
      const { value, done } = await lines.next();
      return done ? "ended" : value;
    },
    end: async (signal) => {
      if (signal) child.kill(signal);
      else child.stdin.end();
      await ended;
    },
  };
}
