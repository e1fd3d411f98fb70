import { explanationText } from "../../cli/render/explain-text.ts";
import { plainPaint } from "../../cli/render/paint.ts";
import type { MemoryWorld } from "../../connectors/memory/world.ts";
import type { Project } from "../../engine/config/project.ts";
import { type Asked, askAbout } from "../../engine/explain/ask.ts";
import type { Explanation, RuleExplanation } from "../../engine/explain/explanation.ts";
import type { Engine } from "../../engine/run/engine.ts";
import { memoryStore } from "../../engine/state/memory-store.ts";
import { handClock, type OfficeOptions, officeProject, officeWorld, openOffice } from "./office.ts";

/* An office whose records are explained one by one. */

const signal = new AbortController().signal;
export const options = { purpose: "sync", allow: [], only: [], exclude: [], signal } as const;

export const ann = { name: "Ann Lee", email: "ann@x.test", number: "1", title: "Foreman" };
export const bo = { name: "Bo Ek", email: "bo@x.test", number: "2", title: null };

export const outOfOrder = {
  code: "unreachable",
  message: "Out of order.",
  retry: "later",
  applied: "no",
} as const;

export interface Office {
  readonly world: MemoryWorld;
  readonly advance: (milliseconds: number) => void;
  /** The engine with the mapping as it is, or edited. */
  open(edit?: (project: Project) => Project): Engine;
  sync(): Promise<void>;
  ask(word: string, engine?: Engine): Promise<Asked>;
  explain(word: string, engine?: Engine): Promise<Explanation>;
}

export async function explainedOffice(
  more: OfficeOptions & { readonly replace?: readonly (readonly [string, string])[] } = {},
): Promise<Office> {
  const { replace = [], ...records } = more;
  const clock = handClock();
  const world = officeWorld({ ...records, now: clock.millis });
  const project = await officeProject({ batch: false, replace });
  const store = memoryStore(clock);
  const made: Office = {
    world,
    advance: clock.advance,
    open: (edit = (same) => same) => openOffice(edit(project), world, clock, { store }),
    async sync() {
      const engine = made.open();
      await engine.apply(await engine.plan(options), { startedBy: "test", signal });
    },
    ask: (word, engine = made.open()) => askAbout(engine, "people", word, signal),
    async explain(word, engine) {
      const asked = await made.ask(word, engine);
      if (asked.kind !== "explained") throw new Error(JSON.stringify(asked));
      return asked.explanation;
    },
  };
  return made;
}

export function ruleOf(explanation: Explanation, name = "users"): RuleExplanation {
  const rule = explanation.rules.find(({ rule }) => rule === name);
  if (!rule) throw new Error(`nothing is said of ${name}`);
  return rule;
}

export function shown(explanation: Explanation): string {
  return explanationText(explanation, { paint: plainPaint, brief: false, timeZone: "UTC" });
}

export function outcomes(rule: RuleExplanation): Readonly<Record<string, string>> {
  return Object.fromEntries(rule.fields.map(({ field, outcome }) => [field, outcome]));
}
