import { readFileSync } from "node:fs";

/*
 * Process ids are used again. On Linux a process is known for sure by its id, the moment it was started and the boot of
 * the machine; elsewhere we have the id alone, and take any process that has it for the one we knew.
 */

export interface ProcessIdentity {
  readonly pid: number;
  /** When it was started, in clock ticks since the boot. Absent where the system does not tell. */
  readonly startTicks?: string;
  readonly bootId?: string;
}

export function identifyProcess(pid: number): ProcessIdentity {
  const startTicks = processStat(pid)?.startTicks;
  const bootId = readText("/proc/sys/kernel/random/boot_id");
  return { pid, ...(startTicks && { startTicks }), ...(bootId && { bootId }) };
}

/** Whether the very process that was identified still runs. Yes, when that cannot be told. */
export function isAlive(known: ProcessIdentity): boolean {
  const now = identifyProcess(known.pid);
  if (known.bootId && now.bootId && known.bootId !== now.bootId) return false;
  if (!pidIsUsed(known.pid)) return false;
  // A zombie has ended, though nobody has asked yet how; its files are closed.
  if (processStat(known.pid)?.state === "Z") return false;
  return !known.startTicks || !now.startTicks || known.startTicks === now.startTicks;
}

function pidIsUsed(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Anything else means that there is a process, and that it is not ours to signal.
    return !(error instanceof Error && "code" in error && error.code === "ESRCH");
  }
}

/** The line is `pid (name) state ...` and the name may hold anything; the start is the 22nd field of proc(5). */
function processStat(pid: number): { readonly state: string; readonly startTicks: string } | null {
  const line = readText(`/proc/${pid}/stat`);
  const fields = line?.slice(line.lastIndexOf(")") + 2).split(" ") ?? [];
  const [state, startTicks] = [fields[0], fields[22 - 3]];
  return state && startTicks ? { state, startTicks } : null;
}

function readText(path: string): string | null {
  try {
    return readFileSync(path, "utf8").trim();
  } catch {
    // Not Linux, or the process is not there: both mean that there is nothing to know.
    return null;
  }
}
