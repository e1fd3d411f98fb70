import { takeLeases } from "../engine/apply/lease.ts";
import { systemClock } from "../engine/run/clock.ts";
import { type ExitCode, exitCode } from "./exit-code.ts";
import { trouble } from "./plan-options.ts";
import { jsonText } from "./render/visible.ts";
import { count } from "./render/words.ts";
import type { StateSession } from "./session.ts";
import { inFolder, saysYes, terminal } from "./terminal.ts";
import { report } from "./trouble.ts";

interface ReleaseFlags {
  readonly yes: boolean;
  readonly json: boolean;
  readonly project: string;
}

/** The mapping may be one that the project no longer has: what counts is the state. */
export async function releaseAccounts(
  { store }: StateSession,
  mapping: string,
  flags: ReleaseFlags,
): Promise<ExitCode> {
  const bindings = await store.bindings();
  const { links } = await store.load(mapping);
  if (!bindings.some((binding) => binding.mapping === mapping) && links.length === 0) {
    const known = bindings.map((binding) => binding.mapping).join(", ");
    const message = `The mapping "${mapping}" is not bound to any account${known ? `; bound are: ${known}` : ""}.`;
    return report(trouble("mapping-unknown", message), flags);
  }
  const unattended = flags.json || !terminal.inIsTerminal || !terminal.outIsTerminal;
  if (!flags.yes && unattended) {
    const message = "Nobody is there to answer yes; nothing was forgotten.";
    return report(trouble("confirmation-needed", message), flags);
  }
  const question = `Forget the accounts of ${mapping} and its ${count(links.length, "link")}?`;
  if (!flags.yes && !(await saysYes(question, new AbortController().signal))) {
    terminal.err("Nothing was forgotten.\n");
    return exitCode.error;
  }
  const leases = await takeLeases([mapping], "syncctl accounts release", {
    store,
    clock: systemClock,
  });
  if (!leases.ok) {
    const message = `${leases.holder} is writing for the mapping ${mapping}.`;
    return report(trouble("mapping-busy", message), flags);
  }
  try {
    const forgotten = await store.unbind(leases.leases, mapping);
    const open = forgotten.intents > 0 ? ` and ${forgotten.intents} in doubt` : "";
    const text = `Forgotten: the accounts of ${mapping}, ${count(forgotten.links, "link")}${open}. Nothing was written to any system.\nTie the records of the new accounts first: syncctl link${inFolder(flags.project)} --mapping ${mapping}\n`;
    terminal.out(flags.json ? `${jsonText({ released: mapping, ...forgotten })}\n` : text);
    return exitCode.ok;
  } finally {
    await leases.release();
  }
}
