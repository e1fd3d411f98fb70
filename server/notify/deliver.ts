import { bulkhead } from "cockatiel";
import type { Clock } from "../../engine/connector/connector.ts";
import type { Message } from "./message.ts";
import type { Sender, Sent } from "./sender.ts";

export interface DeliveryLimits {
  readonly triesMax: number;
  /** The longest wait before the second try, milliseconds; doubled for each further one. */
  readonly backoffBaseMs: number;
  readonly backoffMaxMs: number;
  /** To one target at one time, so that a mail server is not asked by two hundred companies at once. */
  readonly atOnce: number;
}

export const deliveryLimits: DeliveryLimits = {
  triesMax: 4,
  backoffBaseMs: 2_000,
  backoffMaxMs: 30_000,
  atOnce: 4,
};

/** Messages that wait for their turn at one target. More than this is a caller that does not stop, which is a bug. */
const queueMax = 100_000;

/** Takes a message to a target, with several tries. */
export type Deliver = (message: Message, signal: AbortSignal) => Promise<Sent>;

export function openDelivery(
  sender: Sender,
  {
    clock,
    random,
    limits,
  }: { readonly clock: Clock; readonly random: () => number; readonly limits: DeliveryLimits },
): Deliver {
  const turns = bulkhead(limits.atOnce, queueMax);
  return async (message, signal) => {
    for (let tried = 1; ; tried += 1) {
      const sent = await turns.execute(() => sender.send(message, signal));
      if (sent.ok || !sent.passes || tried >= limits.triesMax || signal.aborted) return sent;
      const longest = Math.min(limits.backoffMaxMs, limits.backoffBaseMs * 2 ** (tried - 1));
      // At least half of it: a target that is down for a moment needs the moment.
      await clock.sleep(longest * (0.5 + random() / 2), signal);
      if (signal.aborted) return sent;
    }
  };
}
