import { access, constants } from "node:fs/promises";
import type { Diagnostic } from "../../engine/config/diagnostic.ts";
import type { VariableOverrides } from "../../engine/config/override-variables.ts";
import type { Clock } from "../../engine/connector/connector.ts";
import type { WorkspaceFolder } from "./find-folders.ts";
import type { Commits, CommitsNow } from "./git-commits.ts";
import { keepGood } from "./keep-good.ts";
import {
  type Attempt,
  type Good,
  type LoadContext,
  type OverridesOf,
  restoreGood,
} from "./load-workspace.ts";
import { takenTrouble } from "./taken-trouble.ts";

/** One folder with what its newest files say, and with what counts. */
export interface Placed {
  readonly place: WorkspaceFolder;
  readonly attempt: Attempt;
  /** The name that it was given; null when another one has it, or it never was good. */
  readonly name: string | null;
  /** What counts; null when nothing was right yet. */
  readonly good: Good | null;
  /** What is wrong with the newest files, and with keeping a copy of them. */
  readonly diagnostics: readonly Diagnostic[];
  /** The variables that were set when this was decided. */
  readonly variables: VariableOverrides;
  readonly isWritable: boolean;
  readonly at: Date;
  /** The name under which it is shown. */
  readonly shownName?: string;
}

export interface SettleOptions {
  readonly context: LoadContext;
  readonly clock: Clock;
  readonly commits: Commits;
}

interface Facts {
  readonly place: WorkspaceFolder;
  readonly before: Placed | undefined;
  readonly attempt: Attempt;
  /** The name that it has; null when it can have none. */
  readonly name: string | null;
  /** The files were loaded just now. */
  readonly isFresh: boolean;
  readonly overridesOf: OverridesOf;
  readonly commitOf: CommitsNow;
}

/** Decides what counts for one folder: its newest files, or else what was right last. */
export async function settle(facts: Facts, options: SettleOptions): Promise<Placed> {
  const { place, before, attempt, name, isFresh, overridesOf } = facts;
  const isNewest = attempt.project !== null && name !== null && name === attempt.wanted;
  const changed = isFresh || before?.name !== name;
  if (before && !changed && !isNewest) return before;
  const commit = isNewest ? await commitNow(facts) : undefined;
  if (before && !changed && before.good?.commit === commit) return before;

  const at = options.clock.now();
  const variables = overridesOf(name ?? before?.shownName ?? place.key);
  const isWritable = await mayWrite(place, options);
  const about = { place, attempt, name, variables, isWritable, at };
  if (isNewest && attempt.project !== null) {
    const good: Good = {
      project: changed
        ? { ...attempt.project, workspace: name }
        : (before?.good?.project ?? attempt.project),
      name,
      loadedAt: changed ? at : (before?.good?.loadedAt ?? at),
      ...(commit !== undefined && { commit }),
    };
    const diagnostics = await keepGood(place, good, attempt, options.context.lastGood);
    return { ...about, good, diagnostics };
  }
  const diagnostics =
    attempt.wanted === null ? attempt.diagnostics : [await takenTrouble(place, attempt.wanted)];
  return { ...about, good: await goodBefore(facts, options), diagnostics };
}

function commitNow({ place, attempt, commitOf }: Facts): Promise<string | undefined> {
  const { top, files } = attempt;
  return top === null ? Promise.resolve(undefined) : commitOf({ folder: place.folder, top, files });
}

/** From the copy, so that variables and credentials are those of now; else what is in memory. */
async function goodBefore(
  { place, before, name, overridesOf }: Facts,
  { context }: SettleOptions,
): Promise<Good | null> {
  if (name === null) return null;
  const restored = await restoreGood(place, context, overridesOf);
  if (restored?.name === name) return restored;
  return before?.good?.name === name ? before.good : null;
}

/** A checkout of the service's own is replaced by what is fetched: what is written there would be lost. */
async function mayWrite(place: WorkspaceFolder, { context }: SettleOptions): Promise<boolean> {
  if (context.settings.workspaces.kind === "git") return false;
  return access(place.folder, constants.W_OK).then(
    () => true,
    () => false,
  );
}
