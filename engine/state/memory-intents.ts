import { keyText, linkKey } from "./memory-links.ts";
import type { Intent, Link } from "./store.ts";

export interface MemoryIntents {
  of(mapping: string): readonly Intent[];
  open(intents: readonly Intent[]): void;
  /** False when it is not open. */
  close(changeId: string): boolean;
  /** A link answers every open create of its source. */
  answer(links: readonly Link[]): void;
  /** Removes all of a mapping, and gives their number. */
  forget(mapping: string): number;
}

export function memoryIntents(): MemoryIntents {
  const intents = new Map<string, Intent>();

  return {
    of: (mapping) => [...intents.values()].filter((intent) => intent.mapping === mapping),
    open: (opened) => {
      for (const intent of structuredClone(opened)) intents.set(intent.changeId, intent);
    },
    close: (changeId) => intents.delete(changeId),
    answer: (links) => {
      const answered = new Set(links.map((link) => keyText(linkKey(link))));
      for (const [changeId, { kind, mapping, rule, source }] of intents) {
        const key = keyText({ mapping, rule, sourceId: source.id });
        if (kind === "create" && answered.has(key)) intents.delete(changeId);
      }
    },
    forget: (mapping) => {
      const own = [...intents.values()].filter((intent) => intent.mapping === mapping);
      for (const { changeId } of own) intents.delete(changeId);
      return own.length;
    },
  };
}
