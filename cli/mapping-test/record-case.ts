import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Project } from "../../engine/config/project.ts";
import { suggestion } from "../../engine/config/wording.ts";
import { relatedMappings } from "../../engine/explain/related-mappings.ts";
import type { Mapping } from "../../engine/mapping/mapping.ts";
import { entryKinds } from "../../engine/mapping-test/expectation-words.ts";
import { recordedMax } from "../../engine/mapping-test/limits.ts";
import type { Entry } from "../../engine/mapping-test/mapping-test.ts";
import { recordCase as recordingOf } from "../../engine/mapping-test/record/record-case.ts";
import { recordingFile } from "../../engine/mapping-test/record/recording.ts";
import { parseAddress, type RecordAddress, streamText } from "../../engine/value/address.ts";
import { type ExitCode, exitCode } from "../exit-code.ts";
import { mappingTrouble, trouble } from "../plan-options.ts";
import type { ProjectFileFlags } from "../project-files.ts";
import { entryLine } from "../render/test-failure-text.ts";
import { jsonText } from "../render/visible.ts";
import { type Session, withEngine } from "../session.ts";
import { inFolder, terminal } from "../terminal.ts";
import { report, type Trouble } from "../trouble.ts";

export interface RecordFlags extends ProjectFileFlags {
  /** Addresses of records. */
  readonly record: readonly string[];
  readonly name: string;
  readonly mapping?: readonly string[] | undefined;
  readonly json: boolean;
}

/** Reads the systems, and writes what happens with the named records as a new case of the mapping's tests. */
export async function recordCase(flags: RecordFlags): Promise<ExitCode> {
  const precheck = (project: Project) =>
    mappingTrouble(flags.mapping ?? [], project) ?? wordTrouble(flags, project);
  return withEngine(flags, { command: "test", precheck }, (session) => record(session, flags));
}

async function record(session: Session, flags: RecordFlags): Promise<ExitCode> {
  const { project, engine, signal } = session;
  const records = addressesOf(flags);
  const [mapping] = mappingsOf(records, project, flags);
  if (!mapping) throw new Error("no mapping was found for what was checked before");
  const input = await engine.gather({
    purpose: "sync",
    mappings: relatedMappings(mapping.name, project.mappings),
    allow: [],
    only: [],
    exclude: [],
    signal,
  });
  session.clearProgress();
  if (signal.aborted) {
    return report(trouble("interrupted", "Stopped while reading; nothing was written."), flags);
  }
  const file = recordingFile(mapping);
  const path = join(project.directory, file);
  const text = await textOf(path);
  const recording = await recordingOf({ project, mapping, input, records, name: flags.name, text });
  if (!recording.ok) return report(trouble(recording.code, recording.message), flags);
  try {
    await writeFile(path, recording.text);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return report(trouble("file-unwritable", `The case cannot be written: ${why}.`), flags);
  }
  if (flags.json) terminal.out(`${jsonText({ recorded: { file, name: flags.name } })}\n`);
  else terminal.out(recordedText(file, mapping, recording.entries, flags));
  return exitCode.ok;
}

function recordedText(
  file: string,
  mapping: Mapping,
  entries: readonly Entry[],
  flags: RecordFlags,
): string {
  return [
    `Written to ${file}: ${flags.name}`,
    ...entries.filter(isOfRecord).map((entry) => `  ${entryLine(entry, mapping.name)}`),
    "Names, numbers and texts are invented, and the case passes. Look at it before you commit it.",
    `Run it with: syncctl test "${flags.name}"${inFolder(flags.project)}`,
    "",
  ].join("\n");
}

function isOfRecord({ kind }: Entry): boolean {
  return entryKinds[kind].names === "record";
}

/** Null when there is no such file yet. */
async function textOf(path: string): Promise<string | null> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
    throw error;
  }
}

function addressesOf({ record: words }: RecordFlags): readonly RecordAddress[] {
  return words.flatMap((word) => parseAddress(word) ?? []);
}

/** What is wrong with the words, before anything is opened. */
function wordTrouble(flags: RecordFlags, project: Project): Trouble | undefined {
  const unreadable = flags.record.find((word) => parseAddress(word) === null);
  if (unreadable !== undefined) {
    return trouble("address-unreadable", `"${unreadable}" is not the address of a record.`);
  }
  if (flags.record.length > recordedMax) {
    const message = `${flags.record.length} records are named; the limit is ${recordedMax}.`;
    return trouble("case-too-large", message);
  }
  const found = mappingsOf(addressesOf(flags), project, flags);
  if (found.length === 1) return undefined;
  if (found.length > 1) {
    const message = `${found.map(({ name }) => name).join(" and ")} concern these records.`;
    return { ...trouble("recording-unclear", message), help: "Choose one with --mapping." };
  }
  const streams = [...new Set(project.mappings.flatMap(streamsOf))];
  const message = `No mapping reads or writes ${flags.record.join(" and ")} together.`;
  const known = suggestion(flags.record[0] ?? "", streams, "");
  return { ...trouble("recording-unclear", message), ...(known !== "" && { help: known }) };
}

/** The mappings in whose rules all these records take part. */
function mappingsOf(
  records: readonly RecordAddress[],
  { mappings }: Project,
  { mapping: chosen }: RecordFlags,
): readonly Mapping[] {
  return mappings.filter(
    (mapping) =>
      (chosen?.includes(mapping.name) ?? true) &&
      records.every((record) => streamsOf(mapping).includes(streamText(record))),
  );
}

function streamsOf(mapping: Mapping): readonly string[] {
  return mapping.rules.flatMap(({ source, target }) => [
    streamText(source.ref),
    streamText(target.ref),
  ]);
}
