import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { hostname, userInfo } from "node:os";
import { promisify } from "node:util";

/* What the engine gets from the process around it. Nothing else of the command line touches these. */

export const environment: Readonly<Record<string, string | undefined>> = process.env;

/** A number from 0 up to 1. */
export const random: () => number = Math.random;

/** Bytes that nobody can guess. */
export const secretBytes: (length: number) => Uint8Array = randomBytes;

/** This process, as others are told that find the state folder in use. */
export function thisProcess(command: string) {
  return { pid: process.pid, host: hostname(), command: `syncctl ${command}` };
}

/** Ids of runs sort by time and can be read out: `20261121-201205-4f1e09ac`. */
export function newId(now: Date): string {
  const [date = "", time = ""] = now.toISOString().replace(/[-:]/g, "").split(/[T.]/);
  return `${date}-${time}-${randomBytes(4).toString("hex")}`;
}

/** Reading one setting takes git some milliseconds; one that hangs must not hold up a person. */
const gitTimeoutMs = 5_000;

/** Who decides, as a links file names them: the e-mail address that git has for the folder, or the user of the system. */
export async function userName(folder: string): Promise<string> {
  try {
    const words = ["-C", folder, "config", "--get", "user.email"];
    const { stdout } = await promisify(execFile)("git", words, { timeout: gitTimeoutMs });
    const email = stdout.trim();
    if (email !== "") return email;
  } catch {
    // There is no git, or it knows no address; both are fine.
  }
  try {
    return userInfo().username;
  } catch {
    // In a container, the user may have no name.
    return environment["USER"] ?? "unknown";
  }
}
