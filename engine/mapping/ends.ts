import type { FieldDraft, MappingDraft, RuleDraft } from "./draft.ts";
import { streamOf } from "./stream-of.ts";

/** `connection/stream` that a field of the target refers to, if it is a reference that says so. */
export function referredBy(rule: RuleDraft, { field }: FieldDraft): string | undefined {
  const target = rule.direction?.target;
  const fields = target?.schema?.fields ?? {};
  const schema = Object.hasOwn(fields, field) ? fields[field] : undefined;
  if (schema?.type !== "reference" || !schema.references || !target?.connection) return undefined;
  return `${target.connection.name}/${schema.references}`;
}

/** Streams whose records the rules of a mapping tie to those of a stream, in either direction; each once. */
export function otherEnds({ rules }: MappingDraft, stream: string): readonly string[] {
  const others = rules.flatMap(({ direction }) => {
    const [source, target] = [direction?.source, direction?.target].map(
      (end) => end && streamOf(end),
    );
    if (source === undefined || target === undefined) return [];
    if (target === stream) return [source];
    return source === stream ? [target] : [];
  });
  return [...new Set(others)];
}

/** Whether it is known of every rule of a mapping which streams it leads between. */
export function endsAreKnown({ rules }: MappingDraft): boolean {
  return rules.every(({ direction }) => {
    const ends = [direction?.source, direction?.target];
    return ends.every((end) => end?.schema !== undefined);
  });
}
