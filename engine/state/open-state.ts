import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Clock } from "../connector/connector.ts";
import type { ProcessInfo } from "./folder-lock.ts";
import { type OpenStateResult, refuse } from "./open-result.ts";

export interface OpenStateOptions {
  /** A folder, or a postgres:// URL. A relative folder starts from the working directory. */
  readonly state: string;
  readonly clock: Clock;
  /** This process, as others that find the folder locked will be told. */
  readonly process: ProcessInfo;
}

/**
 * Opens the state of any number of workspaces and brings its tables up to date. Whoever opens a state closes it: PGlite
 * keeps a process alive.
 */
export async function openState(options: OpenStateOptions): Promise<OpenStateResult> {
  const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(options.state)?.[1]?.toLowerCase();
  const isServer = scheme === "postgres" || scheme === "postgresql";
  if (options.state.trim() === "" || (scheme !== undefined && !isServer)) {
    return refuse(
      "state-address-invalid",
      `The state is a folder or a postgres:// URL, not ${scheme ? `a ${scheme}:// URL` : "an empty text"}. Correct \`state\` in syncctl.yaml.`,
    );
  }
  if (!existsSync(join(import.meta.dirname, "postgres/build/drizzle.js"))) {
    return refuse(
      "installation-incomplete",
      "This installation of syncctl is not complete: run `npm run prepare` in its folder. (`npm ci --ignore-scripts` leaves that step out.)",
    );
  }
  // Loaded here, so that a command that needs no state does not wait for the drivers, and no home loads the other's.
  if (isServer) {
    const { openServer } = await import("./postgres/open-server.ts");
    return openServer(options.state);
  }
  const { openFolder } = await import("./postgres/open-folder.ts");
  return openFolder({ ...options, folder: resolve(options.state) });
}
