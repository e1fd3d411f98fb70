import { resolve } from "node:path";
import type { MappingDraft } from "../mapping/draft.ts";
import { mappingSchema } from "../mapping/mapping-schema.ts";
import { readMapping } from "../mapping/read-mapping.ts";
import type { ConnectionDraft } from "./connections.ts";
import type { Diagnostic } from "./diagnostic.ts";
import { type EnvironmentValues, substitute } from "./environment-values.ts";
import { findFiles } from "./find-files.ts";
import type { LoadWatch } from "./load-watch.ts";
import { childOf, itemsOf, type Node } from "./node.ts";
import { readYaml } from "./read-yaml.ts";
import { compileSchema, type Validator } from "./validate.ts";

/** Mapping tests stand beside the mappings, and a pattern such as `mappings/*.yaml` finds both. */
const testFile = /\.test\.ya?ml$/;

export interface MappingsOptions {
  /** The tree of `syncctl.yaml`. */
  readonly root: Node;
  readonly directory: string;
  /** Absolute paths of files that are no mappings, even where a pattern finds them. */
  readonly except: ReadonlySet<string>;
  readonly connections: readonly ConnectionDraft[];
  readonly variables: EnvironmentValues;
  readonly watch?: LoadWatch;
}

export interface LoadedMappings {
  /** In the order of their files' names. */
  readonly drafts: readonly MappingDraft[];
  /** Whether each is there, by its name: what is not known may be in a file that could not be read. */
  readonly complete: boolean;
  readonly diagnostics: readonly Diagnostic[];
}

/** Reads every mapping that the patterns of `syncctl.yaml` find. */
export async function loadMappings(options: MappingsOptions): Promise<LoadedMappings> {
  const { root, directory, except, watch } = options;
  const found = await findFiles(itemsOf(childOf(root, "mappings")), {
    directory,
    except,
    codes: { empty: "mapping-pattern-empty", wide: "mapping-pattern-wide" },
    watch,
  });
  const validate = mappingValidator();
  const loaded: LoadedMapping[] = [];
  const files = found.files.filter((file) => !testFile.test(file));
  for (const file of files) loaded.push(await loadMapping(file, validate, options));
  const drafts = loaded.flatMap(({ draft }) => draft ?? []);
  const named = drafts.filter(({ name }) => name !== "");
  return {
    drafts,
    complete: found.diagnostics.length === 0 && named.length === files.length,
    diagnostics: [...found.diagnostics, ...loaded.flatMap(({ diagnostics }) => diagnostics)],
  };
}

/** Compiled for the first project and kept: a service loads hundreds. */
let compiled: Validator | undefined;

function mappingValidator(): Validator {
  // Suggestions for editors decide nothing, and leaving them out compiles ten times faster.
  compiled ??= compileSchema(mappingSchema([]));
  return compiled;
}

interface LoadedMapping {
  readonly draft?: MappingDraft;
  readonly diagnostics: readonly Diagnostic[];
}

async function loadMapping(
  file: string,
  validate: Validator,
  { directory, connections, variables, watch }: MappingsOptions,
): Promise<LoadedMapping> {
  await watch?.file(resolve(directory, file));
  const read = await readYaml(resolve(directory, file), file);
  if (!read.root) return { diagnostics: read.diagnostics };
  const substituted = substitute(read.root, variables);
  const validated = validate(substituted.node);
  const mapping = readMapping(validated.root, { file, connections });
  return {
    draft: mapping.draft,
    diagnostics: [
      ...read.diagnostics,
      ...substituted.diagnostics,
      ...validated.diagnostics,
      ...mapping.diagnostics,
    ],
  };
}
