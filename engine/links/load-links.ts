import { resolve } from "node:path";
import { errorAt } from "../config/diagnose.ts";
import type { Diagnostic } from "../config/diagnostic.ts";
import { filesOf, findFiles, patternFilesMax } from "../config/find-files.ts";
import type { LoadWatch } from "../config/load-watch.ts";
import { childOf, itemsOf, type Node, textOf } from "../config/node.ts";
import type { MappingDraft } from "../mapping/draft.ts";
import { type CheckedDecisions, checkDecisions } from "./check-decisions.ts";
import type { LinksFile } from "./entry.ts";
import { readLinksFile } from "./read-links-file.ts";
import { linkingRulesOfDraft } from "./rules-between.ts";

/** Where the links files are, unless `syncctl.yaml` says so itself; there need not be any. */
const linksPatternDefault = "links/*.yaml";

export interface FoundLinks {
  readonly patterns: readonly string[];
  /** Paths from the project's folder. */
  readonly files: readonly string[];
  readonly diagnostics: readonly Diagnostic[];
}

/** Finds the links files of a project. They are found first, because a file that is one is no mapping. */
export async function findLinks(
  root: Node,
  directory: string,
  watch?: LoadWatch,
): Promise<FoundLinks> {
  const except = new Set([resolve(directory, root.at.file)]);
  const written = childOf(root, "links");
  if (!written) {
    const files = (await filesOf(linksPatternDefault, { directory, except, watch })).toSorted();
    const patterns = [linksPatternDefault];
    if (files.length <= patternFilesMax) return { patterns, files, diagnostics: [] };
    const message = `${linksPatternDefault} finds more than ${patternFilesMax} files.`;
    return { patterns, files: [], diagnostics: [errorAt("links-pattern-wide", root.at, message)] };
  }
  const found = await findFiles(itemsOf(written), {
    directory,
    except,
    codes: { empty: "links-pattern-empty", wide: "links-pattern-wide" },
    watch,
  });
  return { ...found, patterns: itemsOf(written).flatMap((pattern) => textOf(pattern) ?? []) };
}

export interface LoadedLinks extends CheckedDecisions {
  readonly files: readonly LinksFile[];
}

/** Reads the links files, and turns them into decisions of the mappings. */
export async function loadLinks(
  files: readonly string[],
  options: {
    readonly directory: string;
    readonly drafts: readonly MappingDraft[];
    /** Whether every mapping could be read: what is not known may be in one that could not. */
    readonly complete: boolean;
    readonly watch?: LoadWatch;
  },
): Promise<LoadedLinks> {
  const { directory, drafts, complete } = options;
  if (files.length === 0) return { files: [], decisions: new Map(), diagnostics: [] };
  const diagnostics: Diagnostic[] = [];
  const read: LinksFile[] = [];
  for (const file of files) {
    await options.watch?.file(resolve(directory, file));
    const result = await readLinksFile(resolve(directory, file), file);
    diagnostics.push(...result.diagnostics);
    if (result.links) read.push(result.links);
  }
  const rules = new Map(drafts.map((draft) => [draft.name, linkingRulesOfDraft(draft)]));
  const checked = checkDecisions(read, rules, { complete });
  return {
    files: read,
    decisions: checked.decisions,
    diagnostics: [...diagnostics, ...checked.diagnostics],
  };
}
