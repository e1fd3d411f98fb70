import { resolve } from "node:path";
import { errorAt } from "./diagnose.ts";
import type { Diagnostic } from "./diagnostic.ts";
import type { ScalarNode } from "./node.ts";

const stateDefault = ".syncctl/state";

/** Where the state is kept: a folder as an absolute path, or the address of a PostgreSQL database. */
export function stateLocation(written: string | undefined, directory: string): string {
  const state = written ?? stateDefault;
  return isAddress(state) ? state : resolve(directory, state);
}

/** Anything with a scheme is meant as an address; there is one kind of database behind it. */
export function checkState(node: ScalarNode | undefined): readonly Diagnostic[] {
  if (typeof node?.value !== "string" || !isAddress(node.value)) return [];
  if (/^postgres(?:ql)?:\/\//.test(node.value) && URL.canParse(node.value)) return [];
  return [errorAt("state-malformed", node.at, "`state` is an address that syncctl cannot use.")];
}

function isAddress(state: string): boolean {
  return /^[A-Za-z][A-Za-z0-9+.-]*:\/\//.test(state);
}
