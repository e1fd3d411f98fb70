import { expect, type TestContext } from "vitest";
import type {
  Connector,
  CreateItem,
  DayWindow,
  ReadEvent,
  Stream,
  StreamRecord,
  WriteResult,
} from "../../engine/connector/connector.ts";
import type { Problem } from "../../engine/connector/problem.ts";
import type { Fields } from "../../engine/value/value.ts";
import { type FakeDeps, fakeDeps } from "../support/http-clock.ts";
import type { ConformanceHarness, ConformanceWorld, StreamSample } from "./harness.ts";

/** A stream of which it is known that it has this ability. */
type With<K extends keyof Stream> = Stream & Required<Pick<Stream, K>>;

/** One test's world, and a connector to it. */
export interface Session {
  readonly world: ConformanceWorld;
  readonly connector: Connector;
  readonly stream: Stream;
  readonly deps: FakeDeps;
  /** The stream; or the test is skipped, visibly and by name, because the stream lacks the ability. */
  needs<K extends keyof Stream>(ability: K): With<K>;
  /** Values to write; or the test is skipped because the harness gives none. */
  needsSample<K extends keyof StreamSample>(part: K): NonNullable<StreamSample[K]>;
  /** Keeps what the connector said, so that it is searched for secrets. */
  keep<T>(said: T): T;
}

export const unstopped = { signal: new AbortController().signal };
export const stopped = { signal: AbortSignal.abort() };

/** Runs one test in a fresh world. Whatever the connector said is searched for secrets afterwards, every time. */
export async function inSession(
  harness: ConformanceHarness,
  name: string,
  context: TestContext,
  body: (session: Session) => Promise<void>,
): Promise<void> {
  const deps = fakeDeps({ random: () => 0.5 });
  const world = await harness.start(deps.clock);
  const connector = world.connect(deps);
  const said: unknown[] = [];
  try {
    const stream = connector.streams[name];
    if (stream === undefined) throw new Error(`The connector has no stream ${name}`);
    await body({
      world,
      connector,
      stream,
      deps,
      needs(ability) {
        return offers(stream, ability) ? stream : context.skip(`${name} has no ${ability}`);
      },
      needsSample(part) {
        return harness.samples[name]?.[part] ?? context.skip(`no sample: ${name}.${part}`);
      },
      keep(one) {
        said.push(one);
        return one;
      },
    });
    expectNothingSecret(world.secrets, [...said, ...deps.events]);
    expectNoIdIn(deps, world.ids(name));
  } finally {
    await connector.close();
    await world.close();
  }
}

function offers<K extends keyof Stream>(stream: Stream, ability: K): stream is With<K> {
  return stream[ability] !== undefined;
}

function expectNothingSecret(secrets: readonly string[], said: readonly unknown[]): void {
  const text = JSON.stringify(said);
  for (const secret of secrets) expect(text).not.toContain(secret);
}

/** Events are counted and shown by path, so ids must be replaced in it. */
function expectNoIdIn({ events }: FakeDeps, ids: readonly string[]): void {
  const segments = new Set(events.flatMap(({ path }) => path.split("/")));
  expect(ids.filter((id) => segments.has(id))).toEqual([]);
}

export interface Reading {
  readonly events: readonly ReadEvent[];
  readonly records: readonly StreamRecord[];
  /** `end`, or the problem that stopped it. */
  readonly result: "end" | Problem;
}

/** Reads until the reading is over, and checks the form that every reading has. */
export async function readAll(
  session: Session,
  call = unstopped,
  window?: DayWindow,
): Promise<Reading> {
  const events: ReadEvent[] = [];
  for await (const event of session.stream.read(call, window)) events.push(event);
  session.keep(events.filter(({ kind }) => kind !== "records"));
  const last = events.at(-1);
  if (last === undefined || last.kind === "records")
    throw new Error("A reading must finish with `end` or `stopped`");
  expect(events.slice(0, -1).filter(({ kind }) => kind !== "records")).toEqual([]);
  return {
    events,
    records: events.flatMap((event) => (event.kind === "records" ? event.records : [])),
    result: last.kind === "end" ? "end" : last.problem,
  };
}

/** The record of this id, from a reading that reached its end. */
export async function readOne(session: Session, id: string): Promise<StreamRecord> {
  const { records, result } = await readAll(session);
  expect(result).toBe("end");
  const found = records.find((record) => record.id === id);
  if (found === undefined) throw new Error(`A complete reading does not show the record ${id}`);
  return found;
}

export function expectApplied(session: Session, result: WriteResult | undefined): StreamRecord {
  session.keep(result);
  if (result?.status !== "applied") throw new Error(`Not applied: ${JSON.stringify(result)}`);
  return result.record;
}

export function expectFailed(session: Session, result: WriteResult | undefined): Problem {
  session.keep(result);
  if (result?.status !== "failed") throw new Error(`Not failed: ${JSON.stringify(result)}`);
  expect(result.problem.message).not.toBe("");
  return result.problem;
}

/** The system looked at the values and refused them. */
export function expectRefused(session: Session, result: WriteResult | undefined): void {
  const problem = expectFailed(session, result);
  expect(["rejected", "already-exists"]).toContain(problem.code);
  expect(problem).toMatchObject({ retry: "never", applied: "no" });
}

/** Nobody knows whether it was carried out. */
export function expectLost(session: Session, result: WriteResult | undefined): void {
  const problem = expectFailed(session, result);
  expect(["answer-lost", "timed-out", "unreachable"]).toContain(problem.code);
  expect(problem.applied).toBe("maybe");
}

/** A write that does no harm twice may be repeated when its answer is lost. */
export function expectCarriedOutOrInDoubt(session: Session, result: WriteResult | undefined): void {
  if (result?.status === "failed") expectLost(session, result);
  else expectApplied(session, result);
}

/** Tries a write after the run was stopped, and then with credentials that are refused. */
export async function expectNotSent(
  session: Session,
  write: (call: { readonly signal: AbortSignal }) => Promise<WriteResult>,
): Promise<void> {
  const { code, applied } = expectFailed(session, await write(stopped));
  expect({ code, applied }).toEqual({ code: "cancelled", applied: "no" });
  session.world.refuseCredentials();
  const refused = expectFailed(session, await write(unstopped));
  expect(refused).toMatchObject({ code: "credentials-refused", retry: "never", applied: "no" });
}

export function item(fields: Fields, index = 0): CreateItem {
  return { fields, originId: `origin/${index + 1}` };
}
