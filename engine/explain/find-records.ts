import type { StreamRecord } from "../connector/connector.ts";
import type { StreamSchema } from "../connector/schema.ts";
import { addressIn, labelOf } from "../plan/context.ts";
import type { Reading } from "../plan/input.ts";
import { addressText, parseAddress, type RecordAddress, streamText } from "../value/address.ts";
import { equalValues } from "../value/equal.ts";
import type { Value } from "../value/value.ts";
import { isKnown, labelIn } from "./explain.ts";
import { type MappingView, targetIdsOf } from "./view.ts";

/*
 * Which record a person means: by its address, its id, a value such as an e-mail address or an employee number, its
 * name or a part of it. The surest way that finds anything decides.
 */

interface Hit {
  readonly address: RecordAddress;
  readonly label: string;
  readonly by: "address" | "id" | "value" | "name" | "part of the name";
}

export interface Found {
  readonly hits: readonly Hit[];
  /** Hits that are not listed. */
  readonly more: number;
}

/** So many records are listed to choose from. */
const hitsMax = 20;

/** Shorter words are part of too many names. */
const partCharactersMin = 2;

export function findRecords(view: MappingView, word: string): Found {
  const wanted = word.trim();
  if (wanted === "") return { hits: [], more: 0 };
  for (const way of [byAddress, byId, byValue, byName, byPart]) {
    const hits = withoutFollowers(view, way(view, wanted));
    if (hits.length > 0)
      return { hits: hits.slice(0, hitsMax), more: Math.max(0, hits.length - hitsMax) };
  }
  return { hits: [], more: 0 };
}

function byAddress(view: MappingView, word: string): readonly Hit[] {
  const address = parseAddress(word);
  return address && isKnown(view, address) ? [hitOf(view, address, "address")] : [];
}

/** Also of records that are gone, and of whose creation nobody knows. */
function byId(view: MappingView, word: string): readonly Hit[] {
  const linked = view.mapping.links.flatMap(({ source, target }) => [source, target]);
  const intended = view.rules.flatMap(({ input }) => input.intents.map(({ source }) => source));
  const read = readingsOf(view, "all").map(({ ref }) => addressIn(ref, word));
  const known = [...read, ...linked, ...intended].filter(({ id }) => id === word);
  const once = new Map(known.map((address) => [addressText(address), address]));
  return [...once.values()]
    .filter((address) => isKnown(view, address))
    .map((address) => hitOf(view, address, "id"));
}

function byValue(view: MappingView, word: string): readonly Hit[] {
  return recordHits(view, "value", ({ record, schema }) =>
    Object.entries(record.fields).some(([field, value]) => {
      const type = schema.fields[field]?.type;
      if (type === undefined || !telling.has(type) || schema.label.includes(field)) return false;
      return equalValues(type, value, word, view.input.settings) || sameText(value, word);
    }),
  );
}

/** Types whose values tell who somebody is. That a person is active, or since when, does not. */
const telling: ReadonlySet<string> = new Set(["text", "email", "phone", "integer", "decimal"]);

function byName(view: MappingView, word: string): readonly Hit[] {
  return recordHits(view, "name", ({ label }) => fold(label) === fold(word));
}

function byPart(view: MappingView, word: string): readonly Hit[] {
  const parts = fold(word).split(" ");
  if (parts.some((part) => part.length < partCharactersMin)) return [];
  return recordHits(view, "part of the name", ({ label }) => {
    const folded = fold(label);
    return parts.every((part) => folded.includes(part));
  });
}

/** Without case and accents, and with single spaces. */
function fold(text: string): string {
  return text
    .normalize("NFKD")
    .replaceAll(/\p{M}/gu, "")
    .replaceAll(/\s+/gu, " ")
    .trim()
    .toLowerCase();
}

function sameText(value: Value, word: string): boolean {
  return typeof value === "string" && value !== "" && fold(value) === fold(word);
}

function recordHits(
  view: MappingView,
  by: Hit["by"],
  fits: (one: {
    readonly record: StreamRecord;
    readonly schema: StreamSchema;
    readonly label: string;
  }) => boolean,
): readonly Hit[] {
  return readingsOf(view, "records").flatMap(({ ref, schema, records, nameOf }) =>
    [...records.values()].flatMap((record): readonly Hit[] => {
      const label = labelOf(record, { schema, ...(nameOf ? { nameOf } : {}) });
      return fits({ record, schema, label })
        ? [{ address: addressIn(ref, record.id), label, by }]
        : [];
    }),
  );
}

function readingsOf(view: MappingView, use: "records" | "all"): readonly Reading[] {
  return view.mapping.mapping.sources
    .filter((source) => use === "all" || source.use === "records")
    .flatMap(({ ref }) => view.input.readings.get(streamText(ref)) ?? []);
}

function hitOf(view: MappingView, address: RecordAddress, by: Hit["by"]): Hit {
  return { address, label: labelIn(view, address), by };
}

/** A target record that belongs to a source record among the hits, or could, is explained with it. */
function withoutFollowers(view: MappingView, hits: readonly Hit[]): readonly Hit[] {
  if (hits.length < 2) return hits;
  const names = new Set(hits.map(({ address }) => addressText(address)));
  const followers = new Set<string>();
  for (const { input, standings } of view.rules) {
    const { source, target } = input.rule;
    const note = (sourceId: string, targetId: string) => {
      if (names.has(addressText(addressIn(source.ref, sourceId))))
        followers.add(addressText(addressIn(target.ref, targetId)));
    };
    if (input.rule.role === "feedback") continue;
    for (const [id, link] of input.links) note(id, link.target.id);
    for (const [id, standing] of standings) {
      for (const targetId of targetIdsOf(standing)) note(id, targetId);
    }
  }
  return hits.filter(({ address }) => !followers.has(addressText(address)));
}
