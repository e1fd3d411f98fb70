import type { Mapping } from "../mapping/mapping.ts";
import type { Link } from "../state/store.ts";
import { type RecordAddress, type StreamRef, streamText } from "../value/address.ts";
import { labelOf, showsWritesOf } from "./context.ts";
import type { Decision } from "./decision.ts";
import type { LinkedMapping, PlanInput } from "./input.ts";
import type { Change } from "./plan.ts";

/*
 * A reference goes *through* another mapping: from the id of a record at one end of it to the id of its counterpart at
 * the other. The counterpart may be one that this very plan links or creates; what refers to it waits for that change.
 */

export type Resolution =
  /** `change`: links the two, and has to come first. */
  | {
      readonly kind: "known";
      readonly id: string;
      readonly label?: string;
      readonly change?: string;
    }
  /** `change`: creates the record. Its id is not known before. */
  | { readonly kind: "awaited"; readonly label: string; readonly change: string }
  /** `who`: the record that was referred to. `why`: the reason, as a sentence. */
  | { readonly kind: "missing"; readonly who: string; readonly why: string };

/** The counterpart in the stream `to` of the record with this id, by the links and changes of a mapping. */
export type Resolve = (mapping: string, to: StreamRef, id: string) => Resolution;

/** The names of the mappings that references of this one go through, each once. */
export function goesThrough({ rules }: Mapping): readonly string[] {
  const names = rules.flatMap(({ fields }) => fields.flatMap(({ through }) => through ?? []));
  return [...new Set(names)];
}

/** `decided`: what this plan does with the records of a mapping. A mapping is looked up only once that is known. */
export function resolver(
  input: PlanInput,
  decided: ReadonlyMap<string, readonly Decision[]>,
): Resolve {
  const books = new Map<string, Book>();
  return (name, to, id) => {
    const key = `${name} ${streamText(to)}`;
    const book = books.get(key) ?? bookOf(input, name, to, decided.get(name));
    books.set(key, book);
    return book.find(id);
  };
}

interface Book {
  find(id: string): Resolution;
}

interface Ground {
  readonly input: PlanInput;
  readonly linked: LinkedMapping;
  readonly to: StreamRef;
  /** Undefined: the mapping is not a part of this plan. */
  readonly decisions: readonly Decision[] | undefined;
}

function bookOf(
  input: PlanInput,
  name: string,
  to: StreamRef,
  decisions: readonly Decision[] | undefined,
): Book {
  const linked =
    input.mappings.find(({ mapping }) => mapping.name === name) ?? input.others.get(name);
  if (!linked) throw new Error(`nothing was gathered of ${name}: the mapping was not checked`);
  const ground: Ground = { input, linked, to, decisions };
  const links = linksTo(ground);
  const changes = changesTo(ground);
  let reasons: ReadonlyMap<string, Reason> | undefined;
  return {
    find(id) {
      const change = changes.get(id);
      if (change) return resolutionOf(ground, id, change);
      reasons ??= reasonsOf(ground);
      const link = links.get(id);
      const reason = reasons.get(id);
      const isCertain = reason === undefined || reason.isLinked;
      if (link && isCertain) return knownOf(ground, id, link);
      return missing(ground, id, reason?.text ?? withoutReason(ground));
    },
  };
}

/** A link as it is seen from the other end. */
interface Counterpart {
  /** The id at the end `to`. */
  readonly id: string;
  readonly link: Link;
}

/** By the id at the other end. */
function linksTo({ linked, to }: Ground): ReadonlyMap<string, Counterpart> {
  const counterparts = new Map<string, Counterpart>();
  for (const link of linked.links) {
    const { source, target } = link;
    if (isOf(to, target)) counterparts.set(source.id, { id: target.id, link });
    else if (isOf(to, source)) counterparts.set(target.id, { id: source.id, link });
  }
  return counterparts;
}

function isOf(stream: StreamRef, address: StreamRef): boolean {
  return streamText(address) === streamText(stream);
}

/** Changes that make or end a pair, by the id at the other end. */
function changesTo({ decisions = [], to }: Ground): ReadonlyMap<string, Change> {
  const changes = new Map<string, Change>();
  for (const change of decisions.flatMap((decision) => decision.changes)) {
    if (change.kind === "update" || change.kind === "retire") continue;
    if (isOf(to, change.target)) changes.set(change.source.id, change);
    else if (isOf(to, change.source) && "id" in change.target)
      changes.set(change.target.id, change);
  }
  return changes;
}

function resolutionOf(ground: Ground, id: string, change: Change): Resolution {
  switch (change.kind) {
    case "create":
      return { kind: "awaited", label: change.label, change: change.id };
    case "link": {
      const end = isOf(ground.to, change.target) ? change.target : change.source;
      return { kind: "known", id: end.id, label: change.label, change: change.id };
    }
    case "unlink":
    case "delete":
      return missing(ground, id, `The same plan takes their link away: ${change.reason}`);
    case "update":
    case "retire":
      throw new Error(`a change of kind ${change.kind} makes no pair`);
  }
}

function knownOf(ground: Ground, id: string, { id: counterpart, link }: Counterpart): Resolution {
  const { input, to } = ground;
  const reading = input.readings.get(streamText(to));
  const record = reading?.records.get(counterpart);
  if (record && reading) {
    return { kind: "known", id: counterpart, label: labelOf(record, reading) };
  }
  // One that was made a moment ago may not show yet.
  const isWhole = reading?.ended && reading.window === undefined;
  if (isWhole && showsWritesOf(reading, link.writtenAt)) {
    const noun = reading.schema.noun.one;
    return missing(ground, id, `The ${noun} that it is linked to (${counterpart}) is gone.`);
  }
  return { kind: "known", id: counterpart };
}

interface Reason {
  readonly text: string;
  /** Held for something else than its link. */
  readonly isLinked: boolean;
}

/** Why records of the mapping have no counterpart, by the id at the other end. */
function reasonsOf(ground: Ground): ReadonlyMap<string, Reason> {
  const { linked, to, decisions = [] } = ground;
  const leading = linked.mapping.rules.filter(
    ({ source, target }) => isOf(to, source.ref) || isOf(to, target.ref),
  );
  const isLeading = (rule: string | undefined) => leading.some(({ name }) => name === rule);
  const targets = new Map(
    linked.links.filter(({ source }) => isOf(to, source)).map((link) => [link.source.id, link]),
  );
  /** The way back starts at the target, which only the link tells. */
  const otherEnd = (source: RecordAddress): string | undefined =>
    isOf(to, source) ? targets.get(source.id)?.target.id : source.id;
  const reasons = new Map<string, Reason>();
  const note = (source: RecordAddress, reason: Reason): void => {
    const id = otherEnd(source);
    if (id !== undefined) reasons.set(id, reason);
  };
  for (const { held, passedOver } of decisions) {
    for (const { rule, source, situation, reason } of held) {
      // On the way back it is the record at the other end that is lost, and the counterpart is there.
      const isThere = situation === "linked" || (situation === "lost" && isOf(to, source));
      if (isLeading(rule)) note(source, { text: reason, isLinked: isThere });
    }
    for (const { rule, reason, records } of passedOver.values()) {
      if (!isLeading(rule)) continue;
      for (const { address } of records) note(address, { text: reason, isLinked: true });
    }
  }
  return reasons;
}

function withoutReason({ linked: { mapping }, decisions }: Ground): string {
  return decisions === undefined
    ? `The mapping ${mapping.name} is not a part of this plan; plan it together with this one.`
    : `No rule of ${mapping.name} takes it, or its link could not be told.`;
}

/** "worker wkr_7 (Ilse Brandvold)", as far as it was read. */
function missing({ input, linked, to }: Ground, id: string, why: string): Resolution {
  const ends = linked.mapping.rules.flatMap(({ source, target }) => [source, target]);
  const other = ends.find(({ ref }) => !isOf(to, ref));
  const reading = other && input.readings.get(streamText(other.ref));
  const record = reading?.records.get(id);
  const noun = other?.schema.noun.one ?? "record";
  const name = record && reading ? ` (${labelOf(record, reading)})` : "";
  return { kind: "missing", who: `${noun} ${id}${name}`, why };
}
