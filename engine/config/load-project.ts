import { basename, dirname, resolve } from "node:path";
import { codeEntry } from "../codes.ts";
import type { ConnectorDefinition } from "../connector/connector.ts";
import { type FoundLinks, findLinks, type LoadedLinks, loadLinks } from "../links/load-links.ts";
import { buildMapping } from "../mapping/build-mapping.ts";
import { checkMappings } from "../mapping/check-mappings.ts";
import { type ConnectionDraft, connectionConfiguration, readConnections } from "./connections.ts";
import { inOrder } from "./diagnose.ts";
import type { Diagnostic } from "./diagnostic.ts";
import { readDotenv } from "./dotenv.ts";
import type { EnvironmentValues } from "./environment-values.ts";
import { isThere } from "./is-there.ts";
import { type LoadedMappings, loadMappings, type MappingsOptions } from "./load-mappings.ts";
import type { LoadWatch } from "./load-watch.ts";
import { childOf, type Node, scalarOf, textOf } from "./node.ts";
import { overrideVariables, type VariableOverrides } from "./override-variables.ts";
import { checkPhoneCountry, phoneCountryDefault } from "./phone-country.ts";
import type { Project, ProjectResult } from "./project.ts";
import { projectDigest } from "./project-digest.ts";
import { readProjectFile } from "./read-project-file.ts";
import { checkQuiet, readQuiet } from "./read-quiet.ts";
import { choicesOf, redactDiagnostic, secretsOf } from "./secrets.ts";
import { checkState, stateLocation } from "./state-location.ts";
import { checkTimezone, timezoneDefault } from "./timezone.ts";

/** The name of a project's file, unless another is named. */
export const projectFileDefault = "syncctl.yaml";

export interface LoadOptions {
  /** The folder to start from; `file` counts from it. */
  readonly directory: string;
  readonly file?: string;
  /** `--environment` */
  readonly environment?: string;
  /** The environment variables of the process; they win over `.env`. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly connectors: readonly ConnectorDefinition[];
  /** Values that a person has set in place of those under `vars`. */
  readonly variables?: VariableOverrides;
  readonly watch?: LoadWatch;
  /** The folder that the project is of, where `directory` holds a copy of its files. */
  readonly home?: string;
}

/** Reads a project with all its mappings, and finds everything that is wrong with it at once. */
export async function loadProject(options: LoadOptions): Promise<ProjectResult> {
  const { connectors, environment } = options;
  const path = resolve(options.directory, options.file ?? projectFileDefault);
  const directory = dirname(path);
  if (!(await isThere(path))) return { ok: false, diagnostics: [projectMissing(path)] };

  await options.watch?.file(path);
  const dotenv = await readDotenv(directory, options.watch);
  const variables: EnvironmentValues = {
    values: { ...dotenv.values, ...defined(options.env) },
    used: new Set(),
  };
  const file = await readProjectFile({
    path,
    file: basename(path),
    environment,
    variables,
    connectors,
  });
  const connections = readConnections(file.root, connectors);
  const { watch } = options;
  const files = file.readable
    ? await loadFiles({
        root: file.root,
        directory,
        connections,
        variables,
        ...(watch && { watch }),
      })
    : nothingLoaded;
  const { foundLinks, links } = files;
  const overridden = overrideVariables(files.loaded.drafts, options.variables ?? {}, file.root.at);
  const loaded = { ...files.loaded, drafts: overridden.drafts };
  const secrets = secretsOf({
    fromEnvironment: variables.used,
    auth: connections.flatMap(({ node }) => childOf(node, "auth") ?? []),
    state: textOf(childOf(file.root, "state")),
    words: wordsOf(connectors, connections, loaded, file.root),
  });
  const found = inOrder([
    ...dotenv.diagnostics,
    ...file.diagnostics,
    ...foundLinks.diagnostics,
    ...loaded.diagnostics,
    ...links.diagnostics,
    ...checkState(scalarOf(childOf(file.root, "state"))),
    ...checkPhoneCountry(scalarOf(childOf(file.root, "phoneCountry"))),
    ...checkTimezone(scalarOf(childOf(file.root, "timezone"))),
    ...checkQuiet(childOf(file.root, "quiet")),
    ...overridden.diagnostics,
    ...checkMappings(loaded.drafts, { connections, complete: loaded.complete }),
  ]);
  const diagnostics = withoutEchoes(found).map((one) => redactDiagnostic(one, secrets));
  if (diagnostics.some(({ severity }) => severity === "error")) return { ok: false, diagnostics };
  const { root } = file;
  const whole = { loaded, foundLinks, links, secrets, warnings: diagnostics };
  return {
    ok: true,
    project: buildProject(
      { directory: options.home ?? directory, root, connections, ...whole },
      environment,
    ),
  };
}

interface LoadedFiles {
  readonly loaded: LoadedMappings;
  readonly foundLinks: FoundLinks;
  readonly links: LoadedLinks;
}

const nothingLoaded: LoadedFiles = {
  loaded: { drafts: [], complete: false, diagnostics: [] },
  foundLinks: { patterns: [], files: [], diagnostics: [] },
  links: { files: [], decisions: new Map(), diagnostics: [] },
};

/** The mappings, and then what is decided about their records. */
async function loadFiles(options: Omit<MappingsOptions, "except">): Promise<LoadedFiles> {
  const { root, directory, watch } = options;
  const foundLinks = await findLinks(root, directory, watch);
  const noMappings = [root.at.file, ...foundLinks.files].map((name) => resolve(directory, name));
  const loaded = await loadMappings({ ...options, except: new Set(noMappings) });
  const complete = !loaded.diagnostics.some(({ severity }) => severity === "error");
  const { drafts } = loaded;
  const links = await loadLinks(foundLinks.files, {
    directory,
    drafts,
    complete,
    ...(watch && { watch }),
  });
  return { loaded, foundLinks, links };
}

/**
 * In a file with errors a thing may look unused because the line that uses it could not be read. A reference to a mapping
 * may stand in any file, and so may the mapping for which a variable was set.
 */
function withoutEchoes(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const broken = new Set(
    diagnostics.flatMap(({ severity, at }) => (severity === "error" && at ? [at.file] : [])),
  );
  const isEcho = ({ code, at }: Diagnostic): boolean =>
    code === "never-referenced" || code === "override-unfit"
      ? broken.size > 0
      : (code === "source-unused" || code === "vars-unused") && broken.has(at?.file ?? "");
  return diagnostics.filter((diagnostic) => !isEcho(diagnostic));
}

interface ProjectParts {
  readonly directory: string;
  readonly root: Node;
  readonly connections: readonly ConnectionDraft[];
  readonly loaded: LoadedMappings;
  readonly foundLinks: FoundLinks;
  readonly links: LoadedLinks;
  readonly secrets: readonly string[];
  readonly warnings: readonly Diagnostic[];
}

function buildProject(parts: ProjectParts, environment: string | undefined): Project {
  const { directory, root, foundLinks, links, secrets, warnings } = parts;
  const connections = parts.connections.map(connectionConfiguration);
  const mappings = parts.loaded.drafts.map((draft) => ({
    ...buildMapping(draft),
    decisions: links.decisions.get(draft.name) ?? [],
  }));
  const phoneCountry = textOf(childOf(root, "phoneCountry")) ?? phoneCountryDefault;
  const title = textOf(childOf(root, "title"));
  return {
    directory,
    ...(environment !== undefined && { environment }),
    connections,
    mappings,
    links: {
      patterns: foundLinks.patterns,
      files: links.files.map(({ file, mapping }) => ({ file, mapping })),
    },
    state: stateLocation(textOf(childOf(root, "state")), directory),
    phoneCountry,
    workspace: textOf(childOf(root, "workspace")) ?? "",
    ...(title !== undefined && { title }),
    timezone: textOf(childOf(root, "timezone")) ?? timezoneDefault,
    quiet: readQuiet(childOf(root, "quiet")),
    digest: projectDigest({ connections, mappings, phoneCountry }),
    secrets,
    warnings,
  };
}

function projectMissing(path: string): Diagnostic {
  const message = `There is no file ${path}.`;
  const help = codeEntry("project-missing").remedy;
  return { code: "project-missing", severity: "error", message, help };
}

/** A variable that is `undefined` does not hide the one in `.env`. */
function defined(env: LoadOptions["env"]): Record<string, string> {
  return Object.fromEntries(
    Object.entries(env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}

/** Words that the files or the connectors say openly; a variable that holds one of them holds no secret. */
function wordsOf(
  connectors: readonly ConnectorDefinition[],
  connections: readonly ConnectionDraft[],
  { drafts }: LoadedMappings,
  root: Node,
): ReadonlySet<string> {
  return new Set([
    // Everybody sees them: in addresses, at the top of pages, beside times.
    ...["workspace", "title", "timezone"].flatMap((key) => textOf(childOf(root, key)) ?? []),
    ...connectors.flatMap(({ name, streams }) => [name, ...Object.keys(streams)]),
    ...choicesOf(connectors),
    ...connections.map(({ name }) => name),
    ...drafts.flatMap(({ name, sources }) => [name, ...sources.map((source) => source.name)]),
  ]);
}
