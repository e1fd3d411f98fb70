import { type Code, codeEntry } from "../codes.ts";
import type { Diagnostic } from "./diagnostic.ts";
import type { Place } from "./place.ts";

/** An error. Without `help`, what to do is what the code says in general. */
export function errorAt(code: Code, at: Place, message: string, help?: string): Diagnostic {
  return { code, severity: "error", message, help: help ?? codeEntry(code).remedy, at };
}

/** Something that is allowed and probably not meant. */
export function warningAt(code: Code, at: Place, message: string, help?: string): Diagnostic {
  return { code, severity: "warning", message, help: help ?? codeEntry(code).remedy, at };
}

/** By file, line and column, each diagnostic once; what has no place comes first. */
export function inOrder(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const once = new Map(diagnostics.map((diagnostic) => [identity(diagnostic), diagnostic]));
  return [...once.values()].sort(byPlace);
}

function identity({ code, at, message }: Diagnostic): string {
  return JSON.stringify([code, at?.file, at?.line, at?.column, message]);
}

function byPlace(one: Diagnostic, other: Diagnostic): number {
  return (
    compare(one.at?.file ?? "", other.at?.file ?? "") ||
    (one.at?.line ?? 0) - (other.at?.line ?? 0) ||
    (one.at?.column ?? 0) - (other.at?.column ?? 0) ||
    compare(one.code, other.code) ||
    compare(one.message, other.message)
  );
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
