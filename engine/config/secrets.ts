import type { ConnectorDefinition, JsonSchema } from "../connector/connector.ts";
import type { Diagnostic } from "./diagnostic.ts";
import { entriesOf, type Node } from "./node.ts";

/** Shorter values would blacken ordinary words; nothing that short protects anything. */
const secretCharactersMin = 4;

const redacted = "[redacted]";

export interface SecretSources {
  /** Values that came from the environment. */
  readonly fromEnvironment: Iterable<string>;
  /** The trees under `auth` of the connections, whether they came from the environment or not. */
  readonly auth: readonly Node[];
  readonly state: string | undefined;
  /** Words of the configuration, such as names and choices: everybody may see them. */
  readonly words: ReadonlySet<string>;
}

/** Every text that must not be shown, longest first, so that no part of a long one is left when a short one is cut out. */
export function secretsOf({ fromEnvironment, auth, state, words }: SecretSources): string[] {
  const found = new Set([...fromEnvironment, ...auth.flatMap(textsIn), ...stateSecrets(state)]);
  return [...found]
    .filter((text) => text.length >= secretCharactersMin && !words.has(text))
    .sort((one, other) => other.length - one.length || (one < other ? -1 : 1));
}

function textsIn(node: Node): readonly string[] {
  if (node.kind === "list") return node.items.flatMap(textsIn);
  if (node.kind === "map") return entriesOf(node).flatMap((entry) => textsIn(entry.value));
  return typeof node.value === "string" ? [node.value] : [];
}

/** The address of a database, and the password in it. */
function stateSecrets(state: string | undefined): readonly string[] {
  if (state === undefined || !URL.canParse(state)) return [];
  const { password } = new URL(state);
  return [state, password, decodeURIComponent(password)];
}

/** The choices that a connector's configuration names, at any depth. */
export function choicesOf(connectors: readonly ConnectorDefinition[]): readonly string[] {
  return connectors.flatMap((connector) =>
    Object.values(connector.configuration.properties).flatMap(choicesIn),
  );
}

function choicesIn(schema: JsonSchema): readonly string[] {
  return Object.entries(schema).flatMap(([keyword, value]) => {
    if (keyword === "enum" && Array.isArray(value)) return value.map(String);
    return typeof value === "object" && value !== null ? choicesIn({ ...value }) : [];
  });
}

export function redactText(text: string, secrets: readonly string[]): string {
  return secrets.reduce((shown, secret) => shown.replaceAll(secret, redacted), text);
}

/** Diagnostics quote what they found, and an expression may hold a value from the environment. */
export function redactDiagnostic(diagnostic: Diagnostic, secrets: readonly string[]): Diagnostic {
  const { message, help } = diagnostic;
  return {
    ...diagnostic,
    message: redactText(message, secrets),
    help: redactText(help, secrets),
  };
}
