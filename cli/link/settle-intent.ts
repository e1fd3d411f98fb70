import { addressText } from "../../engine/value/address.ts";
import type { ExitCode } from "../exit-code.ts";
import { trouble } from "../plan-options.ts";
import type { StateSession } from "../session.ts";
import { report } from "../trouble.ts";
import { done, follows } from "./done.ts";

/** A person says that a change whose answer was lost was not carried out. */
export async function settleIntent(
  { project, store }: StateSession,
  word: string,
  flags: { readonly project: string; readonly json: boolean },
): Promise<ExitCode> {
  const states = await Promise.all(project.mappings.map(({ name }) => store.load(name)));
  const intents = states
    .flatMap((state) => state.intents)
    .filter(({ changeId, source }) => changeId === word || addressText(source) === word);
  const [intent, ...others] = intents;
  if (intent === undefined) {
    return report(trouble("intent-unknown", `Nothing is in doubt under "${word}".`), flags);
  }
  if (others.length > 0) {
    const ids = intents.map(({ changeId }) => changeId).join(", ");
    return report(trouble("intent-unknown", `${word} has several: name one of ${ids}.`), flags);
  }
  await store.closeIntent(intent.changeId);
  return done(flags, { settled: intent }, [
    `Settled: the ${intent.kind} of ${addressText(intent.source)} counts as not carried out.`,
    follows(flags.project, intent.source),
  ]);
}
