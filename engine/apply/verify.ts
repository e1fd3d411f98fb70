import type { Code } from "../codes.ts";
import type {
  Clock,
  Connector,
  DayWindow,
  GetResult,
  Stream,
  StreamRecord,
} from "../connector/connector.ts";
import type { Rule } from "../mapping/mapping.ts";
import { type FindMade, finderOf, type Made, madeReason } from "../plan/elsewhere.ts";
import type { Reading } from "../plan/input.ts";
import { indexTargets, type TargetIndex } from "../plan/keys.ts";
import type { Change } from "../plan/plan.ts";
import { watchedDigest, watchedFields } from "../plan/precondition.ts";
import type { EngineEvent } from "../run/events.ts";
import { readStream } from "../run/read-stream.ts";
import { type StreamRef, streamText } from "../value/address.ts";

/*
 * Reads the targets again before they are written. A few records are asked for one by one; where many are concerned,
 * or where something new is to be created, the stream is read again, and once more whenever that reading has grown
 * old.
 */

/** Up to so many records of a stream are asked for one by one, where the stream can be. */
const getMax = 20;

/** A verification reading older than this is read again before it is relied on. */
const readingAgeMaxMs = 300_000;

/**
 * Days whose verification readings are kept at a time. A call can make records of many days, and four calls are under way
 * at once: what is kept for fewer days than one call has is read again for each call.
 */
const daysKeptMax = 31;

type Verdict =
  | { readonly ok: true; readonly record: StreamRecord | null }
  | { readonly ok: false; readonly code: Code; readonly reason: string };

export interface Verifier {
  /** Whether the precondition of the change holds now. `record` is the target as it is. */
  verify(change: Change): Promise<Verdict>;
}

export interface VerifierDeps {
  readonly connectors: ReadonlyMap<string, Connector>;
  readonly clock: Clock;
  readonly observe: (event: EngineEvent) => void;
  readonly ruleOf: (change: Change) => Rule;
  /** The days of a stream that were read for the plan; undefined: all. */
  readonly windowOf: (ref: StreamRef) => DayWindow | undefined;
  readonly phoneCountry: string;
  /** What mappings that create in one list have made, or may have made, by the state as it is now. */
  readonly made: readonly Made[];
  readonly signal: AbortSignal;
}

interface StreamState {
  readonly ref: StreamRef;
  readonly stream: Stream;
  readonly oneByOne: boolean;
  /** By day, where the stream is read by days; the youngest last. */
  readonly looks: Map<string, Look>;
}

/** A verification reading, and what was made of it by rule. */
interface Look {
  readonly reading: Promise<Reading>;
  readonly readAt: number;
  readonly indexes: Map<string, TargetIndex>;
  /** What other mappings have made and the reading does not show. */
  readonly finders: Map<string, FindMade>;
}

export function createVerifier(changes: readonly Change[], deps: VerifierDeps): Verifier {
  const states = new Map<string, StreamState>();
  for (const [name, group] of Map.groupBy(changes.filter(isVerified), (change) =>
    streamText(change.target),
  )) {
    const [first] = group;
    if (first) states.set(name, streamState(first.target, group, deps));
  }
  return {
    async verify(change) {
      if (change.kind === "unlink") return { ok: true, record: null };
      const state = states.get(streamText(change.target));
      if (!state) throw new Error(`nothing is known of ${streamText(change.target)}`);
      if (change.kind === "create") return verifyCreate(change, state, deps);
      const found = await targetOf(change.target.id, change.day, state, deps);
      if (found.status === "failed") return unverified(found.problem.message);
      if (found.status === "missing") return stale("The record is no longer there.");
      const digest = watchedDigest(watchedFields(deps.ruleOf(change)), found.record);
      return digest === change.precondition.digest
        ? { ok: true, record: found.record }
        : stale("Somebody changed the record since the plan was made.");
    },
  };
}

function isVerified(change: Change): boolean {
  return change.kind !== "unlink";
}

function streamState(ref: StreamRef, group: readonly Change[], deps: VerifierDeps): StreamState {
  const stream = deps.connectors.get(ref.connection)?.streams[ref.stream];
  if (!stream) throw new Error(`no stream ${streamText(ref)}: the mapping was not checked`);
  const creates = group.some((change) => change.kind === "create");
  const oneByOne = stream.get !== undefined && !creates && group.length <= getMax;
  const { connection, stream: name } = ref;
  return { ref: { connection, stream: name }, stream, oneByOne, looks: new Map() };
}

async function targetOf(
  id: string,
  day: string | undefined,
  state: StreamState,
  deps: VerifierDeps,
): Promise<GetResult> {
  // A record without a day stands in no reading by days.
  const isByDay = deps.windowOf(state.ref) !== undefined;
  const { get } = state.stream;
  if (get && (state.oneByOne || (isByDay && day === undefined))) {
    return get(id, { signal: deps.signal });
  }
  const reading = await freshLook(day, state, deps).reading;
  if (!reading.ended) return { status: "failed", problem: problemOf(reading) };
  const record = reading.records.get(id);
  return record ? { status: "found", record } : { status: "missing" };
}

async function verifyCreate(
  change: Change & { kind: "create" },
  state: StreamState,
  deps: VerifierDeps,
): Promise<Verdict> {
  const look = freshLook(change.day, state, deps);
  const { indexes } = look;
  const reading = await look.reading;
  if (!reading.ended) return unverified(problemOf(reading).message);
  const rule = deps.ruleOf(change);
  const name = `${change.mapping}.${change.rule}`;
  const index =
    indexes.get(name) ?? indexTargets(rule, reading.records.values(), deps.phoneCountry);
  indexes.set(name, index);
  for (const key of change.precondition.keys) {
    const fields = Object.keys(key);
    const keyIndex = rule.match.findIndex(
      (one) =>
        one.parts.every((part) => fields.includes(part.field)) &&
        one.parts.length === fields.length,
    );
    const others = new Set(change.precondition.except);
    if (keyIndex >= 0 && index.candidates(keyIndex, key).some((id) => !others.has(id))) {
      const reason = `A ${reading.schema.noun.one} with the same ${fields.join(" and ")} has appeared since the plan was made.`;
      return { ok: false, code: "candidate-appeared", reason };
    }
  }
  const made = madeElsewhere(change, rule, { look, reading }, deps);
  return made
    ? { ok: false, code: "made-elsewhere", reason: `${made} Plan again.` }
    : { ok: true, record: null };
}

/** What another mapping has made since the plan was made, and this reading does not show yet. */
function madeElsewhere(
  change: Change & { kind: "create" },
  rule: Rule,
  { look, reading }: { readonly look: Look; readonly reading: Reading },
  { made, phoneCountry }: VerifierDeps,
): string | null {
  const name = `${change.mapping}.${change.rule}`;
  const others = () => made.filter(({ mapping }) => mapping !== change.mapping);
  const find = look.finders.get(name) ?? finderOf(rule, others(), { phoneCountry, reading });
  look.finders.set(name, find);
  const found = find(change.precondition.keys, new Set(change.precondition.except));
  return found && madeReason(rule.target.schema.noun.one, found);
}

/**
 * One reading for everybody who asks while it is young: of the whole stream, or of the one day where it is read by days.
 * Changes come in the order of their days, so that older days make way.
 */
function freshLook(day: string | undefined, state: StreamState, deps: VerifierDeps): Look {
  const { ref, stream, looks } = state;
  const now = deps.clock.now().getTime();
  const whole = deps.windowOf(ref);
  const isByDay = whole !== undefined && day !== undefined;
  const name = isByDay ? day : "";
  const known = looks.get(name);
  if (known && now - known.readAt <= readingAgeMaxMs) return known;
  const window = isByDay ? { from: day, to: day } : whole;
  const reading = readStream(ref, stream, deps, deps.signal, window);
  const look: Look = { reading, readAt: now, indexes: new Map(), finders: new Map() };
  looks.delete(name);
  looks.set(name, look);
  const [oldest] = looks.keys();
  if (looks.size > daysKeptMax && oldest !== undefined) looks.delete(oldest);
  return look;
}

function problemOf(reading: Reading) {
  if (!reading.problem) throw new Error("a reading that did not end must say why");
  return reading.problem;
}

function stale(reason: string): Verdict {
  return { ok: false, code: "stale", reason };
}

function unverified(why: string): Verdict {
  return {
    ok: false,
    code: "not-verified",
    reason: `The target could not be read again before writing: ${why}`,
  };
}
