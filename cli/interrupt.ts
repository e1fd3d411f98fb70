import { terminal } from "./terminal.ts";

export interface Interrupt {
  readonly signal: AbortSignal;
  /** Gives Ctrl-C its usual meaning back. */
  release(): void;
}

/** What shells report for a process that Ctrl-C ended. */
const interruptedExitCode = 130;

/**
 * The first Ctrl-C (or a polite kill) asks the run to stop between two records, so that nothing is left in doubt; the
 * second one ends the process, and the next plan finds out what was going on.
 */
export function onInterrupt(
  notice = "Stopping after the record that is being written. Ctrl-C again stops at once.",
): Interrupt {
  const controller = new AbortController();
  function stop(): void {
    if (controller.signal.aborted) process.exit(interruptedExitCode);
    terminal.err(`\n${notice}\n`);
    controller.abort();
  }
  process.on("SIGINT", stop);
  process.on("SIGTERM", stop);
  return {
    signal: controller.signal,
    release() {
      process.off("SIGINT", stop);
      process.off("SIGTERM", stop);
    },
  };
}
