import type { Plan } from "../../engine/plan/plan.ts";
import { memoryState } from "../../engine/state/memory-state.ts";
import type { NewRequest, RunRequest } from "../../engine/state/service-store.ts";
import type { State } from "../../engine/state/state.ts";
import {
  type NotifierOptions,
  type OpenNotifier,
  openNotifier,
} from "../../server/notify/open-notifier.ts";
import type { NotificationEvent, NotificationTarget } from "../../server/settings/settings.ts";
import { aPlan } from "./plans.ts";
import { type KeptLog, keptLog, type StillClock, stillClock } from "./service-upkeep.ts";

/* A company called Northridge whose requests settle one after the other, and what its people are told of them. */

export const allEvents: readonly NotificationEvent[] = ["blocked", "held", "failed", "recovered"];

export const key = Buffer.from("a key of thirty-two bytes, or so");

/** As settings hold it. */
export const secret = `whsec_${key.toString("base64")}`;

export interface Told {
  readonly state: State;
  readonly clock: StillClock;
  readonly logged: KeptLog;
  readonly sent: readonly string[];
  readonly notifier: OpenNotifier;
  /** A further process over the same state. */
  readonly another: () => OpenNotifier;
  /** The next request of the mapping ends like this. Resolves when people have been told. */
  readonly settle: (request: Partial<NewRequest>, plan?: Plan) => Promise<RunRequest>;
  readonly close: () => Promise<void>;
}

export function told(
  targets: readonly NotificationTarget[],
  options: Partial<Pick<NotifierOptions, "limits" | "titleOf" | "publicUrl" | "clock">> = {},
): Told {
  const clock = stillClock("2026-03-02T10:00:00Z");
  const state = memoryState(clock);
  const logged = keptLog(clock);
  const sent: string[] = [];
  const opened: OpenNotifier[] = [];
  const another = () => {
    const notifier = openNotifier({
      targets,
      state,
      publicUrl: "https://sync.northridge.example/",
      titleOf: () => "Northridge",
      // Waits between tries are over at once.
      clock: { now: clock.now, sleep: async () => {} },
      random: () => 0.5,
      log: logged.log,
      version: "1.2.3",
      onSent: (kind, isOk) => sent.push(`${kind} ${isOk ? "ok" : "failed"}`),
      ...options,
    });
    opened.push(notifier);
    return notifier;
  };
  const notifier = another();
  let settled = 0;
  return {
    state,
    clock,
    logged,
    sent,
    notifier,
    another,
    settle: async (more, plan) => {
      settled += 1;
      const id = more.id ?? `r${settled}`;
      await state.service.addRequest(aRequest(id, more));
      const request = await state.service.request(id);
      if (request === null) throw new Error("The request was not stored.");
      await notifier.requestSettled(request, plan);
      await notifier.idle();
      return request;
    },
    close: async () => {
      for (const one of opened) await one.close();
    },
  };
}

function aRequest(id: string, more: Partial<NewRequest>): NewRequest {
  return {
    id,
    workspace: "northridge",
    mapping: "people",
    purpose: "sync",
    allow: [],
    trigger: "schedule",
    requestedBy: "schedule",
    requestedAt: new Date("2026-03-02T10:00:00Z"),
    status: "done",
    ...more,
  };
}

/** A plan with these held records, by id, and guards that stand against it. */
export function planWith(parts: Partial<Plan> = {}): Plan {
  return aPlan({ held: [], ...parts });
}
