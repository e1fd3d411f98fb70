import type { WorkspaceFolder } from "./find-folders.ts";
import { copyOf } from "./last-good.ts";
import { type Attempt, isSame, loadWorkspace, type OverridesOf } from "./load-workspace.ts";
import { type Claim, settleNames } from "./names.ts";
import { type Placed, type SettleOptions, settle } from "./settle.ts";
import { areStale } from "./stamps.ts";

/** The folders as they were found last, by their keys. */
export type PlacedFolders = ReadonlyMap<string, Placed>;

export interface LookOptions extends SettleOptions {
  /** All folders that there are now. */
  readonly places: readonly WorkspaceFolder[];
  /** Those whose files are looked at; the others stay as they are. */
  readonly looked: readonly WorkspaceFolder[];
  readonly overridesOf: OverridesOf;
}

/** What counts for each folder now: files that have changed are loaded, and then it is settled who is called how. */
export async function look(before: PlacedFolders, options: LookOptions): Promise<PlacedFolders> {
  const { places, overridesOf, commits } = options;
  const attempts = await newAttempts(before, options);
  const names = settleNames(await claimsOf(before, attempts, options));
  const commitOf = commits.now(attempts.size > 0);
  const now = new Map<string, Placed>();
  for (const place of places) {
    const { key } = place;
    const known = before.get(key);
    const attempt = attempts.get(key) ?? known?.attempt;
    if (!attempt) throw new Error(`${place.folder} was not looked at.`);
    const isFresh = attempt !== known?.attempt;
    const name = names.get(key) ?? null;
    const facts = { place, before: known, attempt, name, isFresh, overridesOf, commitOf };
    now.set(key, await settle(facts, options));
  }
  return now;
}

async function newAttempts(
  before: PlacedFolders,
  { looked, context, overridesOf }: LookOptions,
): Promise<ReadonlyMap<string, Attempt>> {
  const attempts = new Map<string, Attempt>();
  for (const place of looked) {
    const known = before.get(place.key);
    const held = () => heldName(place, known, context.lastGood);
    const guess = known?.shownName ?? (await held()) ?? place.key;
    const isOld =
      !known ||
      !isSame(known.variables, overridesOf(guess)) ||
      (await areStale(known.attempt.stamps));
    if (isOld) {
      attempts.set(place.key, await loadWorkspace(place, context, { guess, overridesOf }));
    }
  }
  return attempts;
}

function claimsOf(
  before: PlacedFolders,
  attempts: ReadonlyMap<string, Attempt>,
  { places, context }: LookOptions,
): Promise<readonly Claim[]> {
  return Promise.all(
    places.map(async (place) => {
      const { key } = place;
      const known = before.get(key);
      const wanted = (attempts.get(key) ?? known?.attempt)?.wanted ?? null;
      return { key, wanted, held: await heldName(place, known, context.lastGood) };
    }),
  );
}

/** Under which name it was good last: in this process, or in one before it. */
async function heldName(
  place: WorkspaceFolder,
  known: Placed | undefined,
  lastGood: string,
): Promise<string | null> {
  if (known?.good) return known.good.name;
  return (await copyOf(lastGood, place.key))?.workspace ?? null;
}
