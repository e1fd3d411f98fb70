import {
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  rmSync,
  unlinkSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { errnoOf } from "./errno.ts";
import { type Refusal, refuse } from "./open-result.ts";
import { identifyProcess, isAlive, type ProcessIdentity } from "./process-identity.ts";

/*
 * PGlite lets two processes open one folder and then loses rows of one of them, without a word. So one process at a
 * time opens a state folder: the one that holds `<folder>.lock`.
 *
 * The lock is a folder with one file in it, whose name no other process has ever used. Two properties of the file
 * system carry it: a folder cannot be renamed onto one that has something in it, so of many contenders one gets the
 * place; and who removes the file of a dead holder removes that file and cannot hit the one of a new holder.
 */

/** Who opens the folder, as others will be told. */
export interface ProcessInfo {
  readonly pid: number;
  readonly host: string;
  /** Such as `syncctl apply`. Holds no secret. */
  readonly command: string;
}

export type LockResult = { readonly ok: true; readonly release: () => void } | Refusal;

interface Holder extends ProcessIdentity {
  readonly host: string;
  readonly command: string;
  /** ISO 8601. */
  readonly since: string;
}

type Found =
  | { readonly kind: "nobody" }
  | { readonly kind: "unreadable" }
  | { readonly kind: "holder"; readonly file: string; readonly holder: Holder };

/** A try is lost only when another contender was faster, and that one holds the lock next time we look. */
const triesMax = 20;

let locksTaken = 0;

/** Throws errors of the file system, such as EACCES or ENOSPC. */
export function lockFolder(folder: string, info: ProcessInfo, since: Date): LockResult {
  const place = `${folder}.lock`;
  locksTaken += 1;
  const name = `${info.pid}-${since.getTime()}-${locksTaken}`;
  const draft = `${place}.${name}`;
  const file = `${name}.json`;
  const holder: Holder = {
    ...identifyProcess(info.pid),
    host: info.host,
    command: info.command,
    since: since.toISOString(),
  };
  mkdirSync(dirname(place), { recursive: true });
  mkdirSync(draft);
  try {
    writeFileSync(join(draft, file), JSON.stringify(holder), { flush: true });
    for (let tries = 1; tries <= triesMax; tries += 1) {
      if (moveIfFree(draft, place)) return { ok: true, release: releaser(place, file) };
      const found = look(place);
      if (found.kind === "unreadable")
        return refuse("state-locked", unreadableMessage(folder, place));
      if (found.kind === "nobody") continue;
      if (mayBeAlive(found.holder, info.host))
        return refuse("state-locked", heldMessage(folder, place, found.holder, info.host));
      removeHolder(place, found.file);
    }
    return refuse(
      "state-locked",
      `Other processes keep taking the state folder ${folder}. Try again.`,
    );
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}

function moveIfFree(draft: string, place: string): boolean {
  try {
    renameSync(draft, place);
    return true;
  } catch (error) {
    // Held by somebody, or something else is in the place.
    if (["ENOTEMPTY", "EEXIST", "ENOTDIR"].includes(errnoOf(error))) return false;
    throw error;
  }
}

function look(place: string): Found {
  try {
    const [file, ...others] = readdirSync(place);
    if (file === undefined) {
      rmdirSync(place);
      return { kind: "nobody" };
    }
    const holder =
      others.length === 0 ? parseHolder(readFileSync(join(place, file), "utf8")) : null;
    return holder ? { kind: "holder", file, holder } : { kind: "unreadable" };
  } catch (error) {
    // Released, or taken by another contender, while we were looking.
    if (["ENOENT", "ENOTEMPTY", "EEXIST"].includes(errnoOf(error))) return { kind: "nobody" };
    if (errnoOf(error) === "ENOTDIR") return { kind: "unreadable" };
    throw error;
  }
}

function removeHolder(place: string, file: string): void {
  try {
    unlinkSync(join(place, file));
    rmdirSync(place);
  } catch (error) {
    // Another contender was faster, or the next holder is in already.
    if (!["ENOENT", "ENOTEMPTY", "EEXIST", "ENOTDIR"].includes(errnoOf(error))) throw error;
  }
}

/** Gives the lock back when it is called or when the process exits. A killed process leaves it to the next one. */
function releaser(place: string, file: string): () => void {
  const release = (): void => {
    process.removeListener("exit", release);
    removeHolder(place, file);
  };
  process.on("exit", release);
  return release;
}

/** Processes of another machine, or container, cannot be asked for: they count as alive. */
function mayBeAlive(holder: Holder, host: string): boolean {
  return holder.host !== host || isAlive(holder);
}

function parseHolder(text: string): Holder | null {
  try {
    const value: Partial<Record<keyof Holder, unknown>> = JSON.parse(text);
    const { pid, host, command, since, startTicks, bootId } = value;
    if (typeof pid !== "number" || pid <= 0 || typeof host !== "string") return null;
    if (typeof command !== "string" || typeof since !== "string") return null;
    return {
      pid,
      host,
      command,
      since,
      ...(typeof startTicks === "string" && { startTicks }),
      ...(typeof bootId === "string" && { bootId }),
    };
  } catch {
    // Not JSON: the caller says what to do about it.
    return null;
  }
}

function heldMessage(folder: string, place: string, holder: Holder, host: string): string {
  const elsewhere =
    holder.host === host
      ? ""
      : ` That is another machine (this one is ${host}), so whether the process still runs cannot be seen from here: if it surely does not, remove ${place}.`;
  return (
    `The state folder ${folder} is open in process ${holder.pid} on ${holder.host} (${holder.command}) since ${holder.since}.${elsewhere}` +
    " Wait for that process to end or stop it, or set DATABASE_URL to a PostgreSQL database, which many processes can use at once."
  );
}

function unreadableMessage(folder: string, place: string): string {
  return `The state folder ${folder} has a lock that cannot be read: ${place}. If no syncctl process uses the folder, remove the lock.`;
}
