import jsonata from "jsonata";
import { dateFunctions } from "./dates.ts";
import { nullTolerant } from "./empty-fields.ts";
import type { Focus, LibraryFunction } from "./function.ts";
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
const provided: readonly LibraryFunction[] = [
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
  ...provided.map(({ name, signature }) => [name, signature] as const),
]);

/** The functions in the interpreter's own form, made once: reading 60 signatures takes longer than reading an expression. */
const definitions: readonly (readonly [name: string, definition: unknown])[] = await defined();

async function defined(): Promise<readonly (readonly [string, unknown])[]> {
  const members = provided.map(({ name }) => `"${name}": $${name}`);
  const interpreter = jsonata(`{ ${members.join(", ")} }`);
  for (const { name, signature, call } of provided) {
    // The signature has the interpreter check the values that the types of `call` promise.
    interpreter.registerFunction(
      name,
      call as (this: Focus, ...values: unknown[]) => unknown,
      signature,
    );
  }
  const made: object = await interpreter.evaluate(undefined);
  return Object.entries(made);
}

/** Makes the functions known to an expression. */
export function bindLibrary(interpreter: jsonata.Expression): void {
  for (const name of switchedOff) interpreter.assign(name, undefined);
  for (const [name, definition] of definitions) interpreter.assign(name, definition);
}
