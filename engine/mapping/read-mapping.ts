import type { ConnectionDraft } from "../config/connections.ts";
import type { Diagnostic } from "../config/diagnostic.ts";
import {
  childOf,
  type Entry,
  entriesOf,
  type Node,
  plainValue,
  scalarOf,
  textOf,
} from "../config/node.ts";
import type { NamedPlace } from "../expression/analysis.ts";
import type { MappingDraft, SourceDraft } from "./draft.ts";
import { readLimits } from "./read-limits.ts";
import { readRule } from "./read-rule.ts";
import { windowDaysMax } from "./source-window.ts";

export interface MappingContext {
  /** Path relative to the project. */
  readonly file: string;
  readonly connections: readonly ConnectionDraft[];
}

export interface MappingReading {
  readonly draft: MappingDraft;
  /** Expressions that cannot be compiled, and what surprises in those that can. */
  readonly diagnostics: readonly Diagnostic[];
}

/** Reads a mapping from its tree. The schema has seen the tree; what it has refused is left out. */
export function readMapping(root: Node, { file, connections }: MappingContext): MappingReading {
  const diagnostics: Diagnostic[] = [];
  const sources = entriesOf(childOf(root, "sources")).map((entry) =>
    readSource(entry, connections),
  );
  const systemOfRecord = namedPlace(childOf(root, "systemOfRecord"));
  // A system of record that is not there decides nothing; it is reported by its own check.
  const known = sources.find(({ name }) => name === systemOfRecord?.name);
  const schedule = namedPlace(childOf(root, "schedule"));
  const variables = entriesOf(childOf(root, "vars"));
  const vars = Object.fromEntries(
    variables.map((entry) => [entry.key, plainValue(entry.value)] as const),
  );
  const rules = entriesOf(childOf(root, "rules")).map((entry) =>
    readRule(entry, { sources, systemOfRecord: known?.name, diagnostics }),
  );
  const draft: MappingDraft = {
    name: textOf(childOf(root, "mapping")) ?? "",
    nameAt: childOf(root, "mapping")?.at ?? root.at,
    description: textOf(childOf(root, "description")) ?? "",
    file,
    sources,
    ...(systemOfRecord && { systemOfRecord }),
    ...(schedule && { schedule }),
    policy: textOf(childOf(root, "apply")) === "approve" ? "approve" : "automatic",
    vars,
    varsInFile: vars,
    varsAt: variables.map((entry) => ({ name: entry.key, at: entry.keyAt })),
    rules,
    limits: readLimits(childOf(root, "limits")),
  };
  return { draft, diagnostics };
}

function namedPlace(node: Node | undefined): NamedPlace | undefined {
  const scalar = scalarOf(node);
  return typeof scalar?.value === "string" ? { name: scalar.value, at: scalar.at } : undefined;
}

function readSource(
  { key, keyAt, value: node }: Entry,
  connections: readonly ConnectionDraft[],
): SourceDraft {
  const connection = namedPlace(childOf(node, "connection"));
  const stream = namedPlace(childOf(node, "stream"));
  const definition = connections.find((draft) => draft.name === connection?.name)?.definition;
  const known = stream !== undefined && Object.hasOwn(definition?.streams ?? {}, stream.name);
  const schema = known ? definition?.streams[stream.name] : undefined;
  return {
    name: key,
    at: keyAt,
    use: textOf(childOf(node, "use")) === "lookup" ? "lookup" : "records",
    ...(connection && { connection }),
    ...(stream && { stream }),
    ...(definition && { definition }),
    ...(schema && { schema }),
    ...windowOf(childOf(node, "window")),
  };
}

function windowOf(node: Node | undefined): Pick<SourceDraft, "window"> {
  if (!node) return {};
  const days = scalarOf(childOf(node, "days"))?.value;
  const known = typeof days === "number" && Number.isInteger(days) && days > 0;
  return { window: { at: node.at, ...(known && days <= windowDaysMax && { days }) } };
}
