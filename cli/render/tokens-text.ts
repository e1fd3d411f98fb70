import type { Token } from "../../engine/state/service-store.ts";
import type { TextOptions } from "./paint.ts";
import { timeText } from "./time-text.ts";
import { visible } from "./visible.ts";
import { listed } from "./words.ts";

/** Two lines a token: who and what for, and what became of it. */
export function tokensText(
  tokens: readonly Token[],
  now: Date,
  { paint, timeZone }: TextOptions,
): string {
  if (tokens.length === 0) {
    return "There are no tokens: whoever is on this machine may use a service that listens here alone.\n";
  }
  const lines = tokens.flatMap((token) => {
    const at = (time: Date) => timeText(time, timeZone);
    const state = stateOf(token, now);
    const isGood = state === "good";
    const end = endOf(token);
    const told = [
      `made ${at(token.createdAt)} by ${visible(token.createdBy)}`,
      token.lastUsedAt ? `last used ${at(token.lastUsedAt)}` : "never used",
      ...(end ? [`${end.word} ${at(end.at)}`] : []),
    ];
    return [
      `${paint("bold", visible(token.name))}  ${paint(isGood ? "green" : "yellow", state)}  ${roleText(token)}  ${paint("dim", visible(token.id))}`,
      `  ${told.join("; ")}`,
    ];
  });
  return `${lines.join("\n")}\n`;
}

/** `A token for Ada: admin of all workspaces.` */
export function tokenSentence(token: Token): string {
  return `A token for ${visible(token.name)}: ${roleText(token)}. Its id is ${token.id}.`;
}

function roleText({ role, workspaces }: Token): string {
  if (!workspaces) return `${role} of all workspaces`;
  return `${role} of ${listed(workspaces.map((name) => (name === "" ? "-" : visible(name))))}`;
}

function stateOf({ revokedAt, expiresAt }: Token, now: Date): "good" | "revoked" | "expired" {
  if (revokedAt) return "revoked";
  return expiresAt && expiresAt <= now ? "expired" : "good";
}

function endOf({ revokedAt, expiresAt }: Token): { word: string; at: Date } | undefined {
  if (revokedAt) return { word: "revoked", at: revokedAt };
  return expiresAt && { word: "ends", at: expiresAt };
}
