import { hostname } from "node:os";
import { createInterface } from "node:readline";
import { systemClock } from "../../engine/run/clock.ts";
import { lockFolder } from "../../engine/state/folder-lock.ts";
import { openStore } from "../../engine/state/open-store.ts";
import type { StateStore } from "../../engine/state/store.ts";
import { link } from "../conformance/store-samples.ts";

/*
 * Another process that uses a state folder. It reads one command a line and answers each with one line:
 *
 *   open   opens the store
 *   link X stores a link of source X
 *   lock   takes the lock of the folder, without opening anything
 *   release, close, exit
 *
 * Run as `node state-child.ts <folder>`; ends when its input does.
 */

const [folder = ""] = process.argv.slice(2);
const self = { pid: process.pid, host: hostname(), command: "syncctl serve" };

let store: StateStore | undefined;
let release: (() => void) | undefined;

async function answer(command: string, argument: string): Promise<string> {
  switch (command) {
    case "open": {
      const result = await openStore({ state: folder, clock: systemClock, process: self });
      if (result.ok) store = result.store;
      return result.ok ? "opened" : `${result.code}: ${result.message}`;
    }
    case "link":
      return String(await store?.addLink(link(argument)));
    case "lock": {
      const result = lockFolder(folder, self, systemClock.now());
      if (result.ok) release = result.release;
      return result.ok ? "locked" : `${result.code}: ${result.message}`;
    }
    case "release":
      release?.();
      return "released";
    case "close":
      await store?.close();
      return "closed";
    case "exit":
      return process.exit(0);
    default:
      return `unknown: ${command}`;
  }
}

for await (const line of createInterface({ input: process.stdin })) {
  const [command = "", argument = ""] = line.split(" ");
  process.stdout.write(`${await answer(command, argument)}\n`);
}
