import type { Link, Settlement } from "./store.ts";

export interface SourceKey {
  readonly mapping: string;
  readonly rule: string;
  readonly sourceId: string;
}

/** The link of each source, or null where there shall be none, by the text of its key. */
export type LinkChanges = ReadonlyMap<string, Link | null>;

export interface MemoryLinks {
  of(mapping: string): readonly Link[];
  get(link: Link): Link | undefined;
  /** A link that the target of this one has by another source. */
  rival(link: Link): boolean;
  apply(changes: LinkChanges): void;
  remove(key: SourceKey): boolean;
  /** Removes all of a mapping, and gives their number. */
  forget(mapping: string): number;
}

export function memoryLinks(): MemoryLinks {
  const bySource = new Map<string, Link>();
  /** Key of the source, by target. */
  const byTarget = new Map<string, string>();

  function apply(changes: LinkChanges): void {
    requireFreeTargets(changes, byTarget);
    for (const key of changes.keys()) {
      const old = bySource.get(key);
      if (old) byTarget.delete(targetText(old));
      bySource.delete(key);
    }
    for (const [key, link] of changes) {
      if (!link) continue;
      bySource.set(key, structuredClone(link));
      byTarget.set(targetText(link), key);
    }
  }

  return {
    of: (mapping) => [...bySource.values()].filter((link) => link.mapping === mapping),
    get: (link) => bySource.get(keyText(linkKey(link))),
    rival: (link) => {
      const holder = byTarget.get(targetText(link));
      return holder !== undefined && holder !== keyText(linkKey(link));
    },
    apply,
    remove: (key) => {
      const there = bySource.has(keyText(key));
      apply(new Map([[keyText(key), null]]));
      return there;
    },
    forget: (mapping) => {
      const own = [...bySource.values()].filter((link) => link.mapping === mapping);
      apply(new Map(own.map((link) => [keyText(linkKey(link)), null])));
      return own.length;
    },
  };
}

/** What counts is how the links stand in the end, so two records may exchange their targets. */
function requireFreeTargets(changes: LinkChanges, byTarget: ReadonlyMap<string, string>): void {
  const targets = new Set<string>();
  for (const link of changes.values()) {
    if (!link) continue;
    const target = targetText(link);
    const holder = byTarget.get(target);
    if (targets.has(target) || (holder !== undefined && !changes.has(holder))) {
      throw new Error(`The target ${target} has a link already.`);
    }
    targets.add(target);
  }
}

/** Where several settlements touch the link of one source, the last one counts. */
export function linkChanges(settlements: readonly Settlement[]): LinkChanges {
  const changes = new Map<string, Link | null>();
  for (const { link, unlink } of settlements) {
    if (unlink) changes.set(keyText({ ...unlink, sourceId: unlink.source.id }), null);
    if (link) changes.set(keyText(linkKey(link)), link);
  }
  return changes;
}

export function linkKey(link: Link): SourceKey {
  return { mapping: link.mapping, rule: link.rule, sourceId: link.source.id };
}

export function keyText(key: SourceKey): string {
  return JSON.stringify([key.mapping, key.rule, key.sourceId]);
}

export function targetText({ mapping, target }: Link): string {
  return JSON.stringify([mapping, target.connection, target.stream, target.id]);
}
