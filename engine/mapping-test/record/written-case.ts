import type { Diagnostic } from "../../config/diagnostic.ts";
import { placeText } from "../../config/place.ts";
import type { CaseMappings } from "../case-mappings.ts";
import type { TestCase } from "../mapping-test.ts";
import { readCase } from "../read-case.ts";
import { readTestText } from "../read-test-file.ts";
import { runCase } from "../run-case.ts";
import { tellingCharactersMin } from "./invented-words.ts";
import { type Recording, type RecordOptions, recordingFile, refused } from "./recording.ts";
import { withCase } from "./write-case.ts";

/** The new file, once it is sure that the case in it passes and tells nothing of the real records. */
export async function writtenCase(
  testCase: TestCase,
  mappings: CaseMappings,
  real: readonly string[],
  { project, mapping, text, name }: RecordOptions,
): Promise<Recording> {
  const left = remaining(testCase, real);
  if (left) return left;
  const whole = withCase(text, testCase, mappings);
  const { test, diagnostics } = readTestText(whole, recordingFile(mapping));
  const node = test?.cases.find((one) => one.name === name);
  const [wrong] = diagnostics;
  if (wrong) return refused(wrong.code, placed(wrong));
  if (!test || !node) throw new Error("a case that was written cannot be found");
  const read = readCase(test, node, mapping, project.mappings);
  const [unfit] = read.diagnostics;
  if (unfit) return refused(unfit.code, placed(unfit));
  const { failures, entries } = await runCase(read.testCase, { project, mapping });
  if (failures.length === 0) return { ok: true, text: whole, entries };
  const again = failures.some(({ kind }) => kind === "again");
  const why = again
    ? "Everything that it plans was applied in memory, and the next plan would write once more: the mapping does not come to rest."
    : "It plans something else when it is read from the file.";
  return refused("recording-differs", `The new case does not pass. ${why}`);
}

function placed({ at, message }: Diagnostic): string {
  return at ? `${placeText(at)}: ${message}` : message;
}

/** A real name or number in the case, for which most often its own name is the reason. */
function remaining(testCase: TestCase, real: readonly string[]): Recording | null {
  const { at: _at, name, ...data } = testCase;
  const telling = real.filter((text) => text.length >= tellingCharactersMin);
  const isIn = (texts: readonly string[]) =>
    telling.some((one) => texts.some((text) => text.toLowerCase().includes(one.toLowerCase())));
  if (isIn([name])) {
    return refused("recording-personal", "The name of the case says something of the records.");
  }
  return isIn(textsOf(data))
    ? refused("recording-personal", "Something of the real records would be left in the case.")
    : null;
}

function textsOf(data: unknown): readonly string[] {
  if (typeof data === "string") return [data];
  if (data instanceof Date || typeof data !== "object" || data === null) return [];
  if (data instanceof Map) return [...data.values()].flatMap(textsOf);
  return Object.values(data).flatMap(textsOf);
}
