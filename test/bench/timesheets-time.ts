import { subscribe } from "node:diagnostics_channel";
import { mkdirSync, openSync, readSync, writeFileSync, writeSync } from "node:fs";
import { join } from "node:path";
import type { Clock } from "../../engine/connector/connector.ts";

/*
 * A clock for each system that all processes of a benchmark share. It goes as the real one does, and can be put forward:
 * who waits for a limit of calls puts it forward and goes on at once. So the limits are those of the real services, and
 * how long the waiting would take can be told without waiting. Each system has its own, because who waits for one system
 * goes on with the other meanwhile. What the processes share is the difference to the real time, in a file.
 */

export const systems = ["smartbarrel", "procore"] as const;

export type System = (typeof systems)[number];

export interface SharedTime {
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Puts the clock forward, never back. */
  passTo(moment: number): void;
  /** By how much it was put forward since the file was made, milliseconds. */
  readonly passed: () => number;
}

/** A Monday noon, so that the days of every run of the benchmark are the same. */
const startsAt = Date.parse("2026-03-16T12:00:00Z");

export function makeTimes(folder: string): void {
  mkdirSync(folder);
  const difference = startsAt - Date.now();
  const bytes = Buffer.alloc(16);
  bytes.writeDoubleLE(difference, 0);
  bytes.writeDoubleLE(difference, 8);
  for (const system of systems) writeFileSync(join(folder, system), bytes);
}

export function sharedTimes(folder: string): Readonly<Record<System, SharedTime>> {
  const [smartbarrel, procore] = systems.map((system) => sharedTime(join(folder, system)));
  if (!smartbarrel || !procore) throw new Error("a system has no clock");
  return { smartbarrel, procore };
}

/** What a stretch of work takes. */
export interface Taken {
  readonly wallMs: number;
  /** How long the limits of calls would have made one wait, by system. */
  readonly waitedMs: Readonly<Record<System, number>>;
  /** Both together, as work against the services takes. Different systems are waited for at the same time. */
  readonly allMs: number;
}

/** Starts now. The function tells what it has taken so far. */
export function stopwatch(times: Readonly<Record<System, SharedTime>>): () => Taken {
  const began = performance.now();
  const before = { smartbarrel: times.smartbarrel.passed(), procore: times.procore.passed() };
  return () => {
    const wallMs = performance.now() - began;
    const waitedMs = {
      smartbarrel: times.smartbarrel.passed() - before.smartbarrel,
      procore: times.procore.passed() - before.procore,
    };
    return { wallMs, waitedMs, allMs: wallMs + Math.max(...Object.values(waitedMs)) };
  };
}

/** So late it is for one who works with all of the systems. */
export function latest(times: Readonly<Record<System, SharedTime>>): number {
  return Math.max(...systems.map((system) => times[system].now()));
}

/** Puts every clock forward to the latest of them, and so much further. */
export function pass(times: Readonly<Record<System, SharedTime>>, milliseconds: number): void {
  const moment = latest(times) + milliseconds;
  for (const system of systems) times[system].passTo(moment);
}

function sharedTime(file: string): SharedTime {
  const descriptor = openSync(file, "r+");
  const bytes = Buffer.alloc(8);
  const read = (at: number) => {
    readSync(descriptor, bytes, 0, 8, at);
    return bytes.readDoubleLE(0);
  };
  const now = () => Date.now() + read(0);
  return {
    now,
    passTo(moment) {
      if (moment <= now()) return;
      bytes.writeDoubleLE(moment - Date.now(), 0);
      writeSync(descriptor, bytes, 0, 8, 0);
    },
    passed: () => read(0) - read(8),
  };
}

/**
 * For the connector of a system: it sleeps only when a limit of calls or a repeated try makes it. While other calls are
 * under way the clock stays: their answers tell what is left of a limit, as of the time at which they were given.
 */
export function jumpingClock({ now, passTo }: SharedTime, origin: string): Clock {
  const wire = callsTo(origin);
  return {
    now: () => new Date(now()),
    async sleep(milliseconds, signal) {
      const until = now() + milliseconds;
      await wire.quiet();
      if (!signal?.aborted) passTo(until);
    },
  };
}

interface Wire {
  /** Resolves when no call is under way. */
  quiet(): Promise<void>;
}

function callsTo(url: string): Wire {
  const { origin } = new URL(url);
  const underWay = new Set<object>();
  let waiting: (() => void)[] = [];
  const isOurs = (told: unknown): told is { readonly request: { readonly origin: string } } =>
    (told as { readonly request: { readonly origin: unknown } }).request.origin === origin;
  subscribe("undici:request:create", (told) => {
    if (isOurs(told)) underWay.add(told.request);
  });
  const onEnd = (told: unknown) => {
    if (!isOurs(told) || !underWay.delete(told.request) || underWay.size > 0) return;
    // The answer is read and understood first.
    setImmediate(() => {
      if (underWay.size > 0) return;
      for (const go of waiting) go();
      waiting = [];
    });
  };
  subscribe("undici:request:trailers", onEnd);
  subscribe("undici:request:error", onEnd);
  return {
    quiet: () =>
      underWay.size === 0
        ? Promise.resolve()
        : new Promise((resolve) => {
            waiting.push(resolve);
          }),
  };
}
