import type { ConnectorDefinition } from "../connector/connector.ts";
import type { Diagnostic } from "./diagnostic.ts";
import { type EnvironmentValues, substitute } from "./environment-values.ts";
import {
  childOf,
  type Entry,
  entriesOf,
  entryOf,
  type MapNode,
  type Node,
  textOf,
} from "./node.ts";
import { overlayEnvironment } from "./overlay.ts";
import { projectSchema } from "./project-schema.ts";
import { readYaml } from "./read-yaml.ts";
import { compileSchema, type Validator } from "./validate.ts";

export interface ProjectFileOptions {
  readonly path: string;
  /** Its name for messages. */
  readonly file: string;
  readonly environment: string | undefined;
  readonly variables: EnvironmentValues;
  readonly connectors: readonly ConnectorDefinition[];
}

export interface ProjectFile {
  /** With the environment laid over it and the variables filled in. */
  readonly root: Node;
  /** False when the file is no YAML: then the tree says nothing. */
  readonly readable: boolean;
  readonly diagnostics: readonly Diagnostic[];
}

export async function readProjectFile(options: ProjectFileOptions): Promise<ProjectFile> {
  const { path, file, environment, variables, connectors } = options;
  const read = await readYaml(path, file);
  if (!read.root) {
    const at = { file, line: 1, column: 1 };
    return { root: emptyMap(at), readable: false, diagnostics: read.diagnostics };
  }
  const overlaid = overlayEnvironment(read.root, environment);
  // Other environments keep their references: their variables need not be set here.
  const environments = entryOf(read.root, "environments");
  const substituted = substitute(withEntry(overlaid.root, "environments", undefined), variables);
  const effective = withEntry(substituted.node, "environments", environments);
  const validated = projectValidator(effective, connectors)(effective);
  return {
    root: validated.root,
    readable: true,
    diagnostics: [
      ...read.diagnostics,
      ...overlaid.diagnostics,
      ...substituted.diagnostics,
      ...validated.diagnostics,
    ],
  };
}

/** Compiled once for each choice of connectors: companies use few of them, and a service loads hundreds of projects. */
const compiled = new WeakMap<readonly ConnectorDefinition[], Map<string, Validator>>();

function projectValidator(root: Node, connectors: readonly ConnectorDefinition[]): Validator {
  const used = usedConnectors(root, connectors);
  const known = compiled.get(connectors) ?? new Map<string, Validator>();
  compiled.set(connectors, known);
  const key = used.map(({ name }) => name).join(" ");
  const validator = known.get(key) ?? compileSchema(projectSchema(connectors, used));
  known.set(key, validator);
  return validator;
}

function usedConnectors(
  root: Node,
  connectors: readonly ConnectorDefinition[],
): readonly ConnectorDefinition[] {
  const named = entriesOf(childOf(root, "connections")).map(({ value }) =>
    textOf(childOf(value, "connector")),
  );
  return connectors.filter(({ name }) => named.includes(name));
}

function emptyMap(at: MapNode["at"]): MapNode {
  return { kind: "map", at, entries: new Map() };
}

/** The map with this entry, or without it. */
function withEntry(node: Node, key: string, entry: Entry | undefined): Node {
  if (node.kind !== "map") return node;
  const entries = new Map(node.entries);
  if (entry) entries.set(key, entry);
  else entries.delete(key);
  return { ...node, entries };
}
