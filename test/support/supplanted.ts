import type { StreamRecord } from "../../engine/connector/connector.ts";

interface Happened {
  readonly world: { stream(name: string): { records(): readonly StreamRecord[] } };
  /** Records that somebody has renamed or renumbered. */
  readonly drifted: ReadonlyMap<string, unknown>;
}

/**
 * Somebody renumbered a record that we had made and did not know of yet, and somebody added its twin by hand, with the key
 * that we had sent: the twin is taken for it, as a person would, and the renumbered one is nobody's.
 */
export function isSupplanted(
  { world, drifted }: Happened,
  of: {
    readonly stream: string;
    readonly record: StreamRecord;
    /** `stream/id` of the targets of all links. */
    readonly tied: ReadonlySet<string>;
  },
): boolean {
  const { stream, record, tied } = of;
  if (!drifted.has(record.id) || tied.has(`${stream}/${record.id}`)) return false;
  return world
    .stream(stream)
    .records()
    .some(
      ({ id, fields }) =>
        id.startsWith("by-hand-") &&
        tied.has(`${stream}/${id}`) &&
        fields["mark"] === record.fields["mark"],
    );
}
