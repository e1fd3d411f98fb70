import { errorAt } from "../config/diagnose.ts";
import type { Diagnostic } from "../config/diagnostic.ts";
import { readText } from "../config/read-text.ts";
import { parseYaml, type YamlResult } from "../config/read-yaml.ts";
import { compileSchema, type Validator } from "../config/validate.ts";
import type { LinksFile } from "./entry.ts";
import { linksSchema } from "./links-schema.ts";
import { readPlainForm } from "./plain-form.ts";
import { readLinks } from "./read-links.ts";

/** Room for all the decisions of a project, each with a baseline, in one file. */
const linksBytesMax = 64 * 1024 * 1024;

/**
 * A file in another form than syncctl writes costs a hundred times its size in memory and a second a megabyte: this is
 * some 50,000 decisions.
 */
const otherFormCharactersMax = 8 * 1024 * 1024;

/** More than fit into such a file, so that aliases are what it limits. */
const linksValuesMax = 4_000_000;

export interface LinksFileResult {
  /** Absent when the file cannot be read as it was meant. */
  readonly links?: LinksFile;
  readonly text?: string;
  readonly diagnostics: readonly Diagnostic[];
}

/** Compiled when the first file is read, and kept: that takes longer than reading a small one. */
let compiled: Validator | undefined;

/** Reads one links file and checks its shape. `file` is its name for messages. */
export async function readLinksFile(path: string, file: string): Promise<LinksFileResult> {
  const read = await readText(path, file, linksBytesMax);
  if (!read.ok) return { diagnostics: read.diagnostics };
  return { ...parseLinks(read.text, file), text: read.text };
}

/** The same for a text that is at hand. */
export function parseLinks(text: string, file: string): LinksFileResult {
  const parsed = treeOf(text, file);
  if (!parsed.root) return { diagnostics: parsed.diagnostics };
  compiled ??= compileSchema(linksSchema);
  const validated = compiled(parsed.root);
  const { links, diagnostics } = readLinks(validated.root, file);
  return {
    links,
    diagnostics: [...parsed.diagnostics, ...validated.diagnostics, ...diagnostics],
  };
}

function treeOf(text: string, file: string): YamlResult {
  const root = readPlainForm(text, file);
  if (root) return { root, diagnostics: [] };
  if (text.length <= otherFormCharactersMax) return parseYaml(text, file, linksValuesMax);
  const message = `The file is not in the form that syncctl writes, and longer than ${otherFormCharactersMax} characters.`;
  const help = "Split the file, or write each key of each entry on one line, without aliases.";
  return { diagnostics: [errorAt("yaml-too-big", { file, line: 1, column: 1 }, message, help)] };
}
