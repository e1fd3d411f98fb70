import type { MemoryWorld } from "../../connectors/memory/world.ts";
import { audit } from "../../engine/audit/audit.ts";
import type { Audit } from "../../engine/audit/finding.ts";
import { buildPlan } from "../../engine/plan/build-plan.ts";
import type { PlanInput } from "../../engine/plan/input.ts";
import { memoryStore } from "../../engine/state/memory-store.ts";
import type { StateStore } from "../../engine/state/store.ts";
import { handClock, type OfficeOptions, officeProject, officeWorld, openOffice } from "./office.ts";

/* An office in memory, audited. */

export interface AuditedOffice {
  readonly world: MemoryWorld;
  readonly input: PlanInput;
  readonly made: Audit;
}

/** With `link`, a linking run comes before the audit. */
export async function auditOffice(
  options: OfficeOptions & {
    readonly replace?: readonly (readonly [text: string, by: string])[];
    readonly link?: boolean;
    readonly store?: StateStore;
    /** Done to the world after the linking run. */
    readonly afterwards?: (world: MemoryWorld) => void;
  },
): Promise<AuditedOffice> {
  const clock = handClock();
  const world = officeWorld({ ...options, now: clock.millis });
  const project = await officeProject({ batch: false, replace: options.replace ?? [] });
  const store = options.store ?? memoryStore(clock);
  const engine = openOffice(project, world, clock, { store });
  const { signal } = new AbortController();
  const asked = { purpose: "link", allow: [], only: [], exclude: [], signal } as const;
  if (options.link) await engine.apply(await engine.plan(asked), { startedBy: "test", signal });
  clock.advance(60_000);
  options.afterwards?.(world);
  const input = await engine.gather(asked);
  await engine.close();
  return { world, input, made: auditOf(input) };
}

/** As the command does it: one input, and both plans of it. */
export function auditOf(input: PlanInput): Audit {
  const purpose = (purpose: "link" | "sync") => ({
    ...input,
    settings: { ...input.settings, purpose },
  });
  return audit(purpose("link"), buildPlan(purpose("link")), buildPlan(purpose("sync")));
}

/** `near-miss Bob Lind`: what was found, most harmful first. */
export function findingLines(made: Audit): readonly string[] {
  return made.findings.map(({ code, records }) =>
    `${code} ${records.map(({ label }) => label).join(", ")}`.trim(),
  );
}
