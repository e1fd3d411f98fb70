import { systemClock } from "../../engine/run/clock.ts";
import { type ExitCode, exitCode } from "../exit-code.ts";
import { trouble } from "../plan-options.ts";
import { jsonText, visible } from "../render/visible.ts";
import { withServiceState } from "../state/whole-state.ts";
import { terminal } from "../terminal.ts";
import { report } from "../trouble.ts";
import type { TokensFlags } from "./list-tokens.ts";

export function revokeToken(id: string, flags: TokensFlags): Promise<ExitCode> {
  return withServiceState(flags, "tokens revoke", async ({ service }) => {
    const isRevoked = await service.revokeToken(id, systemClock.now());
    const token = (await service.tokens()).find((one) => one.id === id);
    if (!isRevoked || !token) {
      const message = token
        ? `The token ${id} of ${token.name} is revoked already.`
        : `There is no token ${JSON.stringify(id)}.`;
      return report(trouble("token-unknown", message), flags);
    }
    if (flags.json) terminal.out(`${jsonText({ token })}\n`);
    else terminal.out(`Revoked the token ${visible(id)} of ${visible(token.name)}.\n`);
    return exitCode.ok;
  });
}
