import { systemClock } from "../../engine/run/clock.ts";
import { type ExitCode, exitCode } from "../exit-code.ts";
import { tokensText } from "../render/tokens-text.ts";
import { jsonText } from "../render/visible.ts";
import { withServiceState } from "../state/whole-state.ts";
import { outText, terminal } from "../terminal.ts";

export interface TokensFlags {
  readonly project: string;
  readonly environment?: string | undefined;
  readonly json: boolean;
}

export function listTokens(flags: TokensFlags): Promise<ExitCode> {
  return withServiceState(flags, "tokens list", async ({ service }) => {
    const tokens = await service.tokens();
    const text = () => tokensText(tokens, systemClock.now(), outText({ all: true }));
    terminal.out(flags.json ? `${jsonText({ tokens })}\n` : text());
    return exitCode.ok;
  });
}
