import type { AutosyncSwitch, Notified, Override, Slot } from "./service-store.ts";

/** Values of which there is one for each key, in the order of their keys. */
interface Kept<T, Key> {
  /** Of one workspace, or of all. */
  of(workspace?: string): readonly T[];
  one(key: Key): T | null;
  set(value: T): void;
  /** False when there is none. */
  remove(key: Key): boolean;
}

type OfMapping = Pick<Notified, "workspace" | "mapping">;

type OfVariable = Pick<Override, "workspace" | "mapping" | "variable">;

export interface MemorySettings {
  readonly overrides: Kept<Override, OfVariable>;
  readonly switches: Kept<AutosyncSwitch, OfMapping>;
  readonly slots: Kept<Slot, OfMapping>;
  readonly notified: Kept<Notified, OfMapping>;
}

export function memorySettings(): MemorySettings {
  const ofMapping = ({ workspace, mapping }: OfMapping) => [workspace, mapping];
  return {
    overrides: kept<Override, OfVariable>(({ workspace, mapping, variable }) => [
      workspace,
      mapping,
      variable,
    ]),
    switches: kept<AutosyncSwitch, OfMapping>(ofMapping),
    slots: kept<Slot, OfMapping>(ofMapping),
    notified: kept<Notified, OfMapping>(ofMapping),
  };
}

function kept<T extends Key & { readonly workspace: string }, Key>(
  parts: (key: Key) => readonly string[],
): Kept<T, Key> {
  const values = new Map<string, T>();
  // U+0000 stands before all other characters, so that parts are compared one after the other.
  const text = (key: Key) => parts(key).join("\u0000");
  return {
    of: (workspace) =>
      structuredClone(
        [...values]
          .sort(([a], [b]) => (a < b ? -1 : 1))
          .map(([, value]) => value)
          .filter((value) => workspace === undefined || value.workspace === workspace),
      ),
    one: (key) => structuredClone(values.get(text(key)) ?? null),
    set: (value) => void values.set(text(value), structuredClone(value)),
    remove: (key) => values.delete(text(key)),
  };
}
