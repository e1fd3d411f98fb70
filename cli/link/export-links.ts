import { join, relative, resolve, sep } from "node:path";
import type { Project } from "../../engine/config/project.ts";
import type { LinksFile } from "../../engine/links/entry.ts";
import { exportLinks as exported, type LinksExport } from "../../engine/links/export-links.ts";
import { linksFileOf, type WrittenFile } from "../../engine/links/links-file.ts";
import { saveLinks } from "../../engine/links/save-links.ts";
import type { Mapping } from "../../engine/mapping/mapping.ts";
import { systemClock } from "../../engine/run/clock.ts";
import type { StateStore } from "../../engine/state/store.ts";
import type { RecordAddress } from "../../engine/value/address.ts";
import { type ExitCode, exitCode } from "../exit-code.ts";
import { mappingTrouble, trouble } from "../plan-options.ts";
import { exportText } from "../render/links-text.ts";
import { jsonText } from "../render/visible.ts";
import { outText, terminal } from "../terminal.ts";
import { report, type Trouble } from "../trouble.ts";
import { today } from "./day.ts";
import { readLinksOf, readProjectLinks } from "./project-links.ts";

export interface ExportFlags {
  readonly mapping?: readonly string[] | undefined;
  readonly output?: string | undefined;
  readonly baselines: boolean;
  readonly project: string;
  readonly json: boolean;
}

interface MappingExport extends LinksExport {
  readonly mapping: string;
  readonly files: readonly string[];
}

export function exportTrouble(project: Project, flags: ExportFlags): Trouble | undefined {
  const unknown = mappingTrouble(flags.mapping ?? [], project);
  if (unknown) return unknown;
  const mappings = chosen(project, flags);
  if (isFile(flags.output) && mappings.length > 1) {
    const message = `${flags.output} is one file, and there are ${mappings.length} mappings.`;
    return trouble("links-file-unclear", message);
  }
  for (const { name } of mappings) {
    const file = fileOf(project, name, flags);
    if (typeof file !== "string") return file;
  }
  return undefined;
}

/** Writes the links of the state into links files. Nothing is read from a system, unless names are asked for. */
export async function exportLinks(
  { project, store }: { readonly project: Project; readonly store: StateStore },
  flags: ExportFlags,
  nameOf?: (address: RecordAddress) => string | undefined,
): Promise<ExitCode> {
  const exports: MappingExport[] = [];
  const written: WrittenFile[] = [];
  for (const mapping of chosen(project, flags)) {
    const one = await exportMapping(project, mapping, { store, flags, nameOf });
    if ("code" in one) {
      for (const file of written) await file.undo();
      return report(one, flags);
    }
    exports.push(one.exported);
    written.push(...one.written);
  }
  if (flags.json) terminal.out(`${jsonText({ exports: exports.map(jsonOf) })}\n`);
  else terminal.out(exportText(exports, outText({ all: false })));
  return exports.some(({ leftOut }) => leftOut.length > 0) ? exitCode.partly : exitCode.ok;
}

async function exportMapping(
  project: Project,
  mapping: Mapping,
  {
    store,
    flags,
    nameOf,
  }: {
    readonly store: StateStore;
    readonly flags: ExportFlags;
    readonly nameOf: ((address: RecordAddress) => string | undefined) | undefined;
  },
): Promise<
  { readonly exported: MappingExport; readonly written: readonly WrittenFile[] } | Trouble
> {
  const into = fileOf(project, mapping.name, flags);
  if (typeof into !== "string") return into;
  const files = await filesFor(project, mapping.name, into);
  if ("code" in files) return files;
  const { links } = await store.load(mapping.name);
  const made = exported({
    mapping,
    links,
    files: files.read,
    into,
    on: today(systemClock),
    baselines: flags.baselines,
    ...(nameOf ? { nameOf } : {}),
  });
  const written: WrittenFile[] = [];
  for (const [file, edits] of made.edits) {
    const one = await saveLinks(project, { file, mapping: mapping.name }, edits);
    if (one !== null && "code" in one) {
      for (const before of written) await before.undo();
      return one;
    }
    if (one) written.push(one);
  }
  return {
    exported: {
      ...made,
      mapping: mapping.name,
      files: written.map((one) => shownPath(project, one)),
    },
    written,
  };
}

/** What is decided already: all files of the mapping, or what stands in a file that is no part of the project. */
async function filesFor(
  project: Project,
  mapping: string,
  into: string,
): Promise<{ readonly read: readonly LinksFile[] } | Trouble> {
  const own = await readProjectLinks(project, mapping);
  const usual = linksFileOf(project, mapping, into);
  if (typeof usual === "string") return { read: own };
  const there = await readLinksOf(project, into);
  if (there === null) return { read: [] };
  if ("code" in there) return there;
  if (there.mapping === mapping) return { read: [there] };
  const message = `${into} holds decisions about the mapping ${there.mapping}, not about ${mapping}.`;
  return trouble("links-file-unclear", message);
}

/** The path of the file that a mapping is exported into, from the folder of the project. */
function fileOf(project: Project, mapping: string, { output }: ExportFlags): string | Trouble {
  if (output === undefined) return linksFileOf(project, mapping, undefined);
  const path = isFile(output) ? output : join(output, `${mapping}.yaml`);
  return relative(project.directory, resolve(path)).split(sep).join("/");
}

/** A file of the project by its path there, any other one by its whole path. */
function shownPath({ directory }: Project, { file }: WrittenFile): string {
  return file.startsWith("../") ? resolve(directory, file) : file;
}

function isFile(output: string | undefined): boolean {
  return output !== undefined && /\.ya?ml$/.test(output);
}

function chosen(project: Project, { mapping }: ExportFlags): readonly Mapping[] {
  return project.mappings.filter(({ name }) => mapping === undefined || mapping.includes(name));
}

function jsonOf({ edits: _edits, ...told }: MappingExport) {
  return told;
}
