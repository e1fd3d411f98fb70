import { resolve } from "node:path";
import { systemClock } from "../../engine/run/clock.ts";
import type { Role } from "../../engine/state/service-store.ts";
import { makeToken } from "../../server/access/make-token.ts";
import { type ExitCode, exitCode } from "../exit-code.ts";
import { trouble } from "../plan-options.ts";
import { tokenSentence } from "../render/tokens-text.ts";
import { jsonText } from "../render/visible.ts";
import { withServiceState } from "../state/whole-state.ts";
import { workspaceName } from "../state/workspace-flag.ts";
import { newId, secretBytes, userName } from "../surroundings.ts";
import { terminal } from "../terminal.ts";
import { report } from "../trouble.ts";
import { expiryOf } from "./expiry.ts";

export interface CreateFlags {
  readonly project: string;
  readonly environment?: string | undefined;
  readonly role: string;
  readonly workspace?: readonly string[] | undefined;
  readonly expires?: string | undefined;
  readonly json: boolean;
}

export async function createToken(name: string, flags: CreateFlags): Promise<ExitCode> {
  const now = systemClock.now();
  const { expires, workspace } = flags;
  const expiresAt = expires === undefined ? undefined : expiryOf(expires, now);
  if (expiresAt === null) {
    const message = `--expires ${JSON.stringify(expires)} is neither a number of days such as 90d nor a day such as 2027-01-31.`;
    return report(trouble("command-unclear", message), flags);
  }
  const wanted = {
    name,
    // The command takes no other word.
    role: flags.role as Role,
    ...(workspace === undefined ? {} : { workspaces: workspace.map(workspaceName) }),
    ...(expiresAt === undefined ? {} : { expiresAt }),
  };
  return withServiceState(flags, "tokens create", async ({ service: store }) => {
    const by = await userName(resolve(flags.project));
    const made = await makeToken({ store, now, newId: () => newId(now), secretBytes }, wanted, by);
    if (!made.ok) return report(trouble(made.code, made.message), flags);
    const { token, text } = made;
    if (flags.json) terminal.out(`${jsonText({ token, text })}\n`);
    else {
      terminal.out(`${text}\n`);
      // What is not the token goes another way, so that a pipe gets nothing else.
      terminal.err(
        `${tokenSentence(token)} It is shown this once; keep it where secrets are kept.\n`,
      );
    }
    return exitCode.ok;
  });
}
