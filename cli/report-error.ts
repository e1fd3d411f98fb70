import type { Code } from "../engine/codes.ts";
import type { ExitCode } from "./exit-code.ts";
import { environment } from "./surroundings.ts";
import { terminal } from "./terminal.ts";
import { report } from "./trouble.ts";

/**
 * The last stop of everything that was thrown. A person sees what happened and what to do; the stack is for those who
 * ask for it with SYNCCTL_DEBUG=1.
 */
export async function reportError(
  error: unknown,
  options: { readonly json: boolean; readonly secrets?: readonly string[] },
): Promise<ExitCode> {
  const [{ codes, codeEntry }, { redactText }] = await Promise.all([
    import("../engine/codes.ts"),
    import("../engine/config/secrets.ts"),
  ]);
  const secrets = options.secrets ?? [];
  const { name, message, stack } = error instanceof Error ? error : new Error(String(error));
  if (environment["SYNCCTL_DEBUG"] === "1")
    terminal.err(`${redactText(stack ?? message, secrets)}\n`);
  // Errors that carry a code of ours, such as those of a state whose server went away, are expected trouble.
  const code = codeOf(error, codes) ?? "internal-fault";
  const text = code === "internal-fault" ? `${name}: ${message}` : message;
  return report(
    { code, message: redactText(text, secrets), help: codeEntry(code).remedy },
    options,
  );
}

function codeOf(error: unknown, codes: Readonly<Record<string, unknown>>): Code | undefined {
  if (!(error instanceof Error) || !("code" in error) || typeof error.code !== "string")
    return undefined;
  return Object.hasOwn(codes, error.code) ? (error.code as Code) : undefined;
}
