import type { Clock } from "../../engine/connector/connector.ts";
import type { Notified } from "../../engine/state/service-store.ts";
import type { State } from "../../engine/state/state.ts";
import type { Log } from "../log/log.ts";
import type { NotificationTarget } from "../settings/settings.ts";
import { type Deliver, type DeliveryLimits, deliveryLimits, openDelivery } from "./deliver.ts";
import { type EmailLimits, emailSender } from "./email.ts";
import type { Message } from "./message.ts";
import { newsOf, type Settled, settledOf } from "./news.ts";
import type { Notifier } from "./notifier.ts";
import type { Sender } from "./sender.ts";
import { type WebhookLimits, webhookSender } from "./webhook.ts";

export interface NotifierOptions {
  readonly targets: readonly NotificationTarget[];
  readonly state: State;
  /** As people reach the dashboard; without it, messages hold no link. */
  readonly publicUrl?: string;
  /** What people call a workspace. Without it, its name. */
  readonly titleOf?: (workspace: string) => string;
  readonly clock: Clock;
  /** A number from 0 up to 1, for the waits between tries. */
  readonly random: () => number;
  readonly log: Log;
  readonly version: string;
  /** Told of every message and target, after the last try. */
  readonly onSent?: (kind: NotificationTarget["kind"], isOk: boolean) => void;
  readonly limits?: Partial<DeliveryLimits> & {
    readonly webhook?: WebhookLimits;
    readonly email?: EmailLimits;
  };
}

export interface OpenNotifier extends Notifier {
  /** Resolves when nothing is on its way any more. */
  idle(): Promise<void>;
}

/** How long closing waits for what is on its way, milliseconds. */
const closeWaitMs = 5_000;

interface Target {
  readonly wants: (message: Message) => boolean;
  readonly kind: NotificationTarget["kind"];
  /** Its place in the settings, as people count: what it is called in the log, because addresses may be secrets. */
  readonly place: number;
  readonly deliver: Deliver;
  readonly sender: Sender;
}

/**
 * Tells people when something about a mapping has changed. What was told is stored after it was told: when the process dies in
 * between, or no target could be reached, the next request of the mapping that settles finds the same change and tells it.
 * Lost is only what has passed by then. Where one of several targets could not be reached, it alone misses the
 * message, because the others would get it twice.
 */
export function openNotifier(options: NotifierOptions): OpenNotifier {
  const stopping = new AbortController();
  const targets = options.targets.map((target, index) => openTarget(options, target, index + 1));
  /** The last of what is to be told of each mapping: what settles later is compared with what was told before. */
  const underWay = new Map<string, Promise<void>>();

  const idle = async () => {
    while (underWay.size > 0) await Promise.all(underWay.values());
  };

  return {
    requestSettled: async (request, plan) => {
      if (targets.length === 0 || stopping.signal.aborted) return;
      // Taken over now and sent later: a run never waits for a mail server.
      const settled = settledOf(request, plan);
      const key = `${request.workspace}\u0000${request.mapping}`;
      const told = (underWay.get(key) ?? Promise.resolve())
        .then(() => tell(options, targets, settled, stopping.signal))
        .finally(() => {
          if (underWay.get(key) === told) underWay.delete(key);
        });
      underWay.set(key, told);
    },
    idle,
    close: async () => {
      const enough = new AbortController();
      await Promise.race([idle(), options.clock.sleep(closeWaitMs, enough.signal)]);
      enough.abort();
      stopping.abort();
      await idle();
      for (const { sender } of targets) await sender.close();
    },
  };
}

function openTarget(options: NotifierOptions, target: NotificationTarget, place: number): Target {
  const { clock, random, version, limits = {} } = options;
  const sender =
    target.kind === "webhook"
      ? webhookSender(target, { clock, version, ...(limits.webhook && { limits: limits.webhook }) })
      : emailSender(target, limits.email);
  return {
    wants: ({ event, workspace }) =>
      target.events.includes(event) && (target.workspaces?.includes(workspace) ?? true),
    kind: target.kind,
    place,
    sender,
    deliver: openDelivery(sender, { clock, random, limits: { ...deliveryLimits, ...limits } }),
  };
}

/** Never rejects: what goes wrong stands in the log. */
async function tell(
  options: NotifierOptions,
  targets: readonly Target[],
  settled: Settled,
  signal: AbortSignal,
): Promise<void> {
  const { state, clock, log } = options;
  const { workspace, mapping } = settled.request;
  try {
    const before = (await state.service.notified(workspace, mapping)) ?? {
      condition: "ok",
      heldDigest: "",
    };
    const news = await newsOf(options, settled, before);
    const isConditionTold = await sendToAll(options, targets, news.condition.message, signal);
    const isHeldTold = await sendToAll(options, targets, news.held.message, signal);
    const after: Pick<Notified, "condition" | "heldDigest"> = {
      condition: isConditionTold ? news.condition.after : before.condition,
      heldDigest: isHeldTold ? news.held.after : before.heldDigest,
    };
    if (after.condition === before.condition && after.heldDigest === before.heldDigest) return;
    await state.service.setNotified({ workspace, mapping, ...after, at: clock.now() });
  } catch (err) {
    log.error("It could not be found out whether people have to be told of a run.", {
      code: "notification-failed",
      workspace,
      mapping,
      run: settled.request.id,
      err,
    });
  }
}

/** Whether it counts as told: it reached somebody, or nobody wants it. */
async function sendToAll(
  { log, onSent }: NotifierOptions,
  targets: readonly Target[],
  message: Message | undefined,
  signal: AbortSignal,
): Promise<boolean> {
  if (message === undefined) return true;
  const interested = targets.filter((target) => target.wants(message));
  const results = await Promise.all(
    interested.map(async ({ deliver, kind, place }) => {
      const sent = await deliver(message, signal);
      onSent?.(kind, sent.ok);
      const { workspace, mapping, request, event } = message;
      const about = { workspace, mapping, run: request, event, target: `${kind} ${place}` };
      const code = "notification-failed";
      if (!sent.ok) {
        log.error("A message to people could not be delivered.", { code, ...about, why: sent.why });
      } else if (sent.refused !== undefined) {
        const refused = sent.refused;
        log.warn("Some of those who are to be told were refused.", { code, ...about, refused });
      } else log.info("People were told.", about);
      return sent.ok;
    }),
  );
  return results.length === 0 || results.includes(true);
}
