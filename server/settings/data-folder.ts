import { dirname, join } from "node:path";
import type { ServiceSettings } from "./settings.ts";

/** Where the service keeps what it makes itself, such as a checkout: beside the state, if that is a folder. */
export function dataFolder({
  state,
  directory,
}: Pick<ServiceSettings, "state" | "directory">): string {
  return /^[A-Za-z][A-Za-z0-9+.-]*:\/\//.test(state) ? join(directory, ".syncctl") : dirname(state);
}

/** Of the project in the folder itself: it must be found before the project has told where its state is. */
export function projectDataFolder(directory: string): string {
  return join(directory, ".syncctl");
}

/** Where copies of the last good configuration are kept, one folder for each workspace. */
export function lastGoodFolder(
  settings: Pick<ServiceSettings, "state" | "directory" | "workspaces">,
): string {
  const data =
    settings.workspaces.kind === "project"
      ? projectDataFolder(settings.directory)
      : dataFolder(settings);
  return join(data, "last-good");
}

/** The copy of a project that is the only workspace. No folder of a company can be called so. */
export const projectKey = "-";
