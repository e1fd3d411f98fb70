import type { Code } from "../../engine/codes.ts";
import type { ServiceStore, Token } from "../../engine/state/service-store.ts";
import { workspacePattern } from "../../engine/state/state.ts";
import type { NewToken } from "../service.ts";
import { secretHash, secretLength, tokenText } from "./secret.ts";

/* Making tokens, for the service and for the command line. */

export interface TokenDeps {
  readonly store: Pick<ServiceStore, "addToken" | "tokens">;
  readonly now: Date;
  readonly newId: () => string;
  /** Bytes that nobody can guess. */
  readonly secretBytes: (length: number) => Uint8Array;
}

export type MadeToken =
  /** `text` is told once: only its hash is stored. */
  | { readonly ok: true; readonly token: Token; readonly text: string }
  | { readonly ok: false; readonly code: Code; readonly message: string };

/** Characters of a name. */
const nameMax = 80;

/** Workspaces of one token. */
const workspacesMax = 1_000;

/** What others are called in the log of runs. */
const takenNames: readonly string[] = ["schedule", "cli", "local"];

export async function makeToken(
  deps: TokenDeps,
  wanted: NewToken,
  createdBy: string,
): Promise<MadeToken> {
  const name = wanted.name.trim();
  const unfit = unfitToken({ ...wanted, name }, deps.now);
  if (unfit !== undefined) return { ok: false, code: "token-unfit", message: unfit };
  const others = await deps.store.tokens();
  if (others.some((one) => one.name === name && one.revokedAt === undefined)) {
    const message = `There is a token with the name ${JSON.stringify(name)} already. Runs are told by it, so that it has to be another one.`;
    return { ok: false, code: "token-unfit", message };
  }
  const text = tokenText(deps.secretBytes(secretLength));
  const { role, workspaces, expiresAt } = wanted;
  const token: Token = {
    id: deps.newId(),
    name,
    role,
    ...(workspaces ? { workspaces: [...new Set(workspaces)] } : {}),
    createdAt: deps.now,
    createdBy,
    ...(expiresAt ? { expiresAt } : {}),
  };
  await deps.store.addToken(token, secretHash(text));
  return { ok: true, token, text };
}

function unfitToken({ name, workspaces, expiresAt }: NewToken, now: Date): string | undefined {
  if (name === "" || name.length > nameMax) {
    return `The name of a token has 1 to ${nameMax} characters.`;
  }
  if (/\p{C}/u.test(name)) return "The name of a token holds no characters that nobody sees.";
  if (takenNames.includes(name.toLowerCase())) {
    return `${JSON.stringify(name)} is what syncctl calls something else; choose another name.`;
  }
  if (workspaces !== undefined && workspaces.length === 0) {
    return "A token without workspaces is good for nothing; leave them out for all of them.";
  }
  if ((workspaces?.length ?? 0) > workspacesMax) {
    return `A token names ${workspacesMax} workspaces at most; leave them out for all of them.`;
  }
  const wrong = workspaces?.find((one) => one !== "" && !workspacePattern.test(one));
  if (wrong !== undefined) return `${JSON.stringify(wrong)} is not the name of a workspace.`;
  if (expiresAt === undefined) return undefined;
  const time = expiresAt.getTime();
  return time > now.getTime() ? undefined : "A token expires in the future.";
}
