import { type Code, codeEntry } from "./codes.ts";

/** Expected trouble with something that a person wants: what is wrong, and what to do. */
export interface Trouble {
  readonly code: Code;
  readonly message: string;
  readonly help: string;
}

/** With the help that the code has. */
export function trouble(code: Code, message: string): Trouble {
  return { code, message, help: codeEntry(code).remedy };
}
