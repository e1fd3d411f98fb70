import { posix } from "node:path";
import type { Code } from "../../codes.ts";
import type { Project } from "../../config/project.ts";
import type { Mapping } from "../../mapping/mapping.ts";
import type { PlanInput } from "../../plan/input.ts";
import type { RecordAddress } from "../../value/address.ts";
import type { Entry } from "../mapping-test.ts";

export interface RecordOptions {
  readonly project: Project;
  readonly mapping: Mapping;
  /** What a plan of this mapping, and of those that have a say in it, is made from now. */
  readonly input: PlanInput;
  readonly records: readonly RecordAddress[];
  readonly name: string;
  /** The test file of the mapping as it is; null when there is none. */
  readonly text: string | null;
}

export type Recording =
  | {
      readonly ok: true;
      /** The whole new test file. */
      readonly text: string;
      readonly entries: readonly Entry[];
    }
  | { readonly ok: false; readonly code: Code; readonly message: string };

/** The file that a recorded case is written to, from the folder of the project. */
export function recordingFile({ file, name }: Mapping): string {
  return posix.join(posix.dirname(file), `${name}.test.yaml`);
}

export function refused(code: Code, message: string): Recording {
  return { ok: false, code, message };
}
