import type { Measured } from "./timesheets-measure.ts";
import { type Calls, create, sum, token, update } from "./timesheets-needed.ts";
import type { Taken } from "./timesheets-time.ts";

/* How the benchmark of timesheets tells what it measured. */

const columns = [
  ["what", 11],
  ["wall", 8],
  ["(floor)", 8],
  ["ratio", 7],
  ["with waits", 10],
  ["(floor)", 8],
  ["ratio", 6],
  ["busy", 8],
  ["peak", 8],
  ["(floor)", 8],
  ["calls", 6],
  ["needed", 6],
  ["verify", 6],
] as const;

export function printHead(workers: number, timecards: number, days: number): void {
  print(`${workers} workers, ${timecards} timecards in ${days} days and today`);
  row(columns.map(([name]) => name));
}

/** Calls of an apply that read are its second look at what it is about to write. */
export function printPhase(
  name: string,
  measured: Measured,
  floor: Taken & { readonly peakMb: number },
  needed: Calls,
): void {
  const isApply = name.endsWith("apply");
  const verify = isApply ? sum(readsOf(measured.calls).map(([, count]) => count)) : 0;
  row([
    name,
    seconds(measured.wallMs),
    seconds(floor.wallMs),
    ratio(measured.wallMs, floor.wallMs),
    minutes(measured.allMs),
    minutes(floor.allMs),
    ratio(measured.allMs, floor.allMs),
    seconds(measured.busyMs),
    megabytes(measured.peakMb),
    megabytes(floor.peakMb),
    String(sum(Object.values(measured.calls)) - verify),
    String(sum(Object.values(needed))),
    isApply ? String(verify) : "",
  ]);
}

function readsOf(calls: Calls): readonly (readonly [string, number])[] {
  return Object.entries(calls).filter(([name]) => ![create, update, token].includes(name));
}

export function printCalls(measured: Measured, needed: Calls): void {
  const { calls, limited, waitedMs, changes, held, inStep, outside } = measured;
  print(
    `    waits: SmartBarrel ${minutes(waitedMs.smartbarrel)}, Procore ${minutes(waitedMs.procore)}`,
  );
  print(`    ${JSON.stringify({ limited, changes, held, inStep, outside })}`);
  for (const name of new Set([...Object.keys(calls), ...Object.keys(needed)])) {
    const [made = 0, least = 0] = [calls[name], needed[name]];
    const more = made - least;
    print(
      `    ${String(made).padStart(6)} ${String(least).padStart(6)}  ${name}${more === 0 ? "" : `  (${more > 0 ? "+" : ""}${more})`}`,
    );
  }
}

function row(cells: readonly string[]): void {
  const padded = cells.map((cell, place) => {
    const width = columns[place]?.[1] ?? 0;
    return place === 0 ? cell.padEnd(width) : cell.padStart(width);
  });
  print(padded.join("  "));
}

function ratio(one: number, other: number): string {
  return `${(one / other).toFixed(2)}x`;
}

function megabytes(amount: number): string {
  return `${Math.round(amount)} MB`;
}

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1_000).toFixed(2)} s`;
}

function minutes(milliseconds: number): string {
  const whole = Math.round(milliseconds / 1_000);
  return `${Math.floor(whole / 60)}m ${String(whole % 60).padStart(2, "0")}s`;
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}
