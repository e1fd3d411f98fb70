import type { Diagnostic } from "../../engine/config/diagnostic.ts";
import { findFolders, type WorkspaceFolder } from "./find-folders.ts";
import type { OverridesOf } from "./load-workspace.ts";
import { look, type PlacedFolders } from "./look.ts";
import type { SettleOptions } from "./settle.ts";
import { isSameWorkspace, shownWorkspaces } from "./show.ts";
import type { Workspace, Workspaces } from "./workspace.ts";

export interface Shelf extends Pick<Workspaces, "all" | "get" | "onChange"> {
  /** Looks at one workspace, or at all, and loads what has changed. Not to be called again before it is done. */
  refresh(overridesOf: OverridesOf, name?: string): Promise<void>;
  /** What keeps all of them from being newer than they are; told from the next look on. */
  sourceTrouble(trouble: readonly Diagnostic[]): void;
}

/** The workspaces as they were last right, in memory. */
export function openShelf(options: SettleOptions): Shelf {
  const { settings } = options.context;
  const since = options.clock.now();
  const listeners = new Set<(name: string) => void>();
  let placed: PlacedFolders = new Map();
  let shown: ReadonlyMap<string, Workspace> = new Map();
  let trouble: readonly Diagnostic[] = [];
  /** Of the folder in which the companies are. */
  let listing: readonly Diagnostic[] = [];

  async function refresh(overridesOf: OverridesOf, name?: string): Promise<void> {
    const known = [...placed.values()];
    const one = known.filter(({ shownName }) => name !== undefined && shownName === name);
    const places = one.length > 0 ? known.map(({ place }) => place) : await placesNow();
    const looked = one.length > 0 ? one.map(({ place }) => place) : places;
    placed = await look(placed, { ...options, places, looked, overridesOf });
    publish();
  }

  async function placesNow(): Promise<readonly WorkspaceFolder[]> {
    const found = await findFolders(settings);
    listing = found.trouble;
    return found.folders ?? Array.from(placed.values(), ({ place }) => place);
  }

  function publish(): void {
    const before = shown;
    const everybodys = { trouble: [...trouble, ...listing], since };
    const { workspaces, names } = shownWorkspaces([...placed.values()], settings, everybodys);
    placed = new Map(
      Array.from(placed, ([key, one]) => [key, { ...one, shownName: names.get(key) ?? "" }]),
    );
    shown = new Map(
      workspaces.map((now) => {
        const old = before.get(now.name);
        return [now.name, old && isSameWorkspace(old, now) ? old : now] as const;
      }),
    );
    for (const name of new Set([...before.keys(), ...shown.keys()])) {
      if (before.get(name) === shown.get(name)) continue;
      for (const listener of listeners) listener(name);
    }
  }

  return {
    refresh,
    sourceTrouble(found) {
      trouble = found;
    },
    all: () => [...shown.values()],
    get: (name) => shown.get(name),
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
