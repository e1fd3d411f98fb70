import { dateFunctions } from "./dates.ts";
import { nullTolerant } from "./empty-fields.ts";
import type { LibraryFunction } from "./function.ts";
import { guarded } from "./guarded.ts";
import { phoneFunctions } from "./phones.ts";
import { recordFunctions } from "./records.ts";
import { runFunctions } from "./run.ts";
import { standardFunctions } from "./standard.ts";
import { textFunctions } from "./text.ts";

/** The functions that syncctl adds to the language. */
export const ownFunctions: readonly LibraryFunction[] = [
  ...recordFunctions,
  ...textFunctions,
  ...phoneFunctions,
  ...dateFunctions,
];

/** All functions that take the place of JSONata's or stand beside them. */
export const library: readonly LibraryFunction[] = [
  ...nullTolerant,
  ...guarded,
  ...runFunctions,
  ...ownFunctions,
];

/** Running text as an expression would get around every check that was made before the run. */
export const switchedOff: readonly string[] = ["eval"];

/** Every function that an expression can call, with its signature. */
export const signatures: ReadonlyMap<string, string> = new Map([
  ...[...standardFunctions.values()]
    .filter(({ name }) => !switchedOff.includes(name))
    .map(({ name, signature }) => [name, signature] as const),
  ...library.map(({ name, signature }) => [name, signature] as const),
]);
