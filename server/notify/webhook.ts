import { Agent, request } from "undici";
import type { Clock } from "../../engine/connector/connector.ts";
import type { NotificationTarget } from "../settings/settings.ts";
import { messageBody } from "./message.ts";
import { codeOf, type Sender } from "./sender.ts";
import { signedHeaders } from "./signature.ts";

export interface WebhookLimits {
  /** From the connection to the answer, milliseconds. A receiver has to take a message, not to work on it. */
  readonly timeoutMs: number;
}

const webhookLimits: WebhookLimits = { timeoutMs: 10_000 };

/** An answer is not looked at; so much of it is taken off the line so that the connection can be used again. Bytes. */
const answerBytesMax = 16_384;

/** Answers that a second try may change: too slow, too many, or broken for a moment. */
const passingStatuses: readonly number[] = [408, 425, 429, 500, 502, 503, 504];

export function webhookSender(
  target: Extract<NotificationTarget, { kind: "webhook" }>,
  {
    clock,
    version,
    limits = webhookLimits,
  }: { readonly clock: Clock; readonly version: string; readonly limits?: WebhookLimits },
): Sender {
  const agent = new Agent({ connections: 4, connect: { timeout: limits.timeoutMs } });
  return {
    send: async (message, signal) => {
      const body = messageBody(message);
      const late = AbortSignal.timeout(limits.timeoutMs);
      try {
        // It follows no redirect: what is signed for one receiver is nobody else's.
        const answer = await request(target.url, {
          dispatcher: agent,
          method: "POST",
          headers: {
            "content-type": "application/json",
            "user-agent": `syncctl/${version}`,
            ...signedHeaders(target.secret, { id: message.id, at: clock.now(), body }),
          },
          body,
          signal: AbortSignal.any([signal, late]),
        });
        await answer.body.dump({ limit: answerBytesMax });
        const { statusCode } = answer;
        if (statusCode >= 200 && statusCode < 300) return { ok: true };
        return {
          ok: false,
          passes: passingStatuses.includes(statusCode),
          why: `status ${statusCode}`,
        };
      } catch (error) {
        return { ok: false, passes: true, why: late.aborted ? "timed out" : codeOf(error) };
      }
    },
    close: () => agent.destroy(),
  };
}
