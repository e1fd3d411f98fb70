import { join, resolve } from "node:path";
import { inOrder } from "../../engine/config/diagnose.ts";
import type { Diagnostic } from "../../engine/config/diagnostic.ts";
import { readDotenv } from "../../engine/config/dotenv.ts";
import { type EnvironmentValues, substitute } from "../../engine/config/environment-values.ts";
import { isThere } from "../../engine/config/is-there.ts";
import {
  childOf,
  itemsOf,
  type Node,
  plainValue,
  scalarOf,
  textOf,
} from "../../engine/config/node.ts";
import { readYaml } from "../../engine/config/read-yaml.ts";
import { redactDiagnostic, secretsOf } from "../../engine/config/secrets.ts";
import { stateLocation } from "../../engine/config/state-location.ts";
import { compileSchema } from "../../engine/config/validate.ts";
import { checkSettings } from "./check-settings.ts";
import { projectState } from "./project-state.ts";
import type { ServiceSettings } from "./settings.ts";
import { settingsOf } from "./settings-of.ts";
import { settingsSchema } from "./settings-schema.ts";

const settingsFile = "service.yaml";

type Env = Readonly<Record<string, string | undefined>>;

export type SettingsResult =
  | { readonly ok: true; readonly settings: ServiceSettings }
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] };

/**
 * Reads `service.yaml` of a folder, with `${NAME}` from the environment or the `.env` beside it. Without the file, the
 * service serves the project of the folder with the defaults.
 */
export async function readServiceSettings(directory: string, env: Env): Promise<SettingsResult> {
  const folder = resolve(directory);
  const path = join(folder, settingsFile);
  if (!(await isThere(path))) return withProjectState(emptyTree, folder, env, []);
  const dotenv = await readDotenv(folder);
  const read = await readYaml(path, settingsFile);
  if (!read.root) return { ok: false, diagnostics: [...dotenv.diagnostics, ...read.diagnostics] };
  const values = { ...dotenv.values, ...defined(env) };
  const variables: EnvironmentValues = { values, used: new Set() };
  const substituted = substitute(read.root, variables);
  const { root, diagnostics } = compileSchema(settingsSchema)(substituted.node);
  const secrets = secretsIn(root, variables.used);
  const found = inOrder([
    ...dotenv.diagnostics,
    ...read.diagnostics,
    ...substituted.diagnostics,
    ...diagnostics,
    ...checkSettings(root),
  ]).map((one) => redactDiagnostic(one, secrets));
  if (found.length > 0) return { ok: false, diagnostics: found };
  const isProject = !childOf(root, "workspaces");
  const written = textOf(childOf(root, "state"));
  if (isProject && written === undefined) return withProjectState(root, folder, env, secrets);
  const state = stateLocation(written, folder);
  return { ok: true, settings: settingsOf(root, { directory: folder, state, secrets }) };
}

/** The command line and the service must find one memory, so that the project says where it is. */
async function withProjectState(
  root: Node,
  directory: string,
  env: Env,
  secrets: readonly string[],
): Promise<SettingsResult> {
  const told = await projectState(directory, env);
  if (!told.ok) return told;
  const all = [...new Set([...secrets, ...told.secrets])].sort(
    (one, two) => two.length - one.length,
  );
  return { ok: true, settings: settingsOf(root, { directory, state: told.state, secrets: all }) };
}

const emptyTree: Node = {
  kind: "map",
  at: { file: settingsFile, line: 1, column: 1 },
  entries: new Map(),
};

/** A variable that is `undefined` does not hide the one in `.env`. */
function defined(env: Env): Env {
  return Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined));
}

function secretsIn(root: Node, used: ReadonlySet<string>): readonly string[] {
  const targets = itemsOf(childOf(root, "notify"));
  const url = childOf(childOf(childOf(root, "workspaces"), "git"), "url");
  // The address of a webhook often is all that it takes to call it.
  const hidden = targets.flatMap((target) => [
    ...[childOf(target, "webhook") ?? []].flat(),
    ...[childOf(childOf(childOf(target, "email"), "smtp"), "password") ?? []].flat(),
  ]);
  return secretsOf({
    fromEnvironment: [...used, ...passwordsIn(textOf(url))],
    auth: hidden,
    state: textOf(childOf(root, "state")),
    words: openWords(root),
  });
}

/** The part of a repository's address that lets somebody in, as it is written and as it is meant. */
function passwordsIn(url: string | undefined): readonly string[] {
  if (url === undefined || !URL.canParse(url)) return [];
  const { username, password } = new URL(url);
  // A token can stand in the place of the user.
  const secret = password === "" && /^https?:/.test(url) ? username : password;
  return secret === "" ? [] : [url, secret, decodeURIComponent(secret)];
}

/** What everybody may see, wherever it comes from: redacting a port would blacken ordinary numbers. */
function openWords(root: Node): ReadonlySet<string> {
  const workspaces = childOf(root, "workspaces");
  const open = [
    childOf(root, "publicUrl"),
    ...["host", "port"].map((key) => childOf(childOf(root, "listen"), key)),
    ...["folder", "secrets", "every"].map((key) => childOf(workspaces, key)),
    ...["branch", "folder"].map((key) => childOf(childOf(workspaces, "git"), key)),
    ...["runs", "retention", "sessions"].flatMap((key) => {
      const section = childOf(root, key);
      return section?.kind === "map" ? [...section.entries.values()].map(({ value }) => value) : [];
    }),
  ];
  return new Set(open.flatMap((node) => (scalarOf(node) && node ? String(plainValue(node)) : [])));
}
