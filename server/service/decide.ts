import type { Project } from "../../engine/config/project.ts";
import { entryLines } from "../../engine/links/entry-lines.ts";
import { type Intended, intendedDecision } from "../../engine/links/intended.ts";
import { saveLinks } from "../../engine/links/save-links.ts";
import { takenTrouble } from "../../engine/links/taken.ts";
import { addressText, parseAddress } from "../../engine/value/address.ts";
import { localDay } from "../../engine/value/local-day.ts";
import type {
  Actor,
  Answer,
  DecisionResult,
  HeldDecision,
  HeldView,
  MappingKey,
  Service,
} from "../service.ts";
import { type AdmittedMapping, admitToMapping } from "./admit.ts";
import { fine, type Refused, refuse } from "./answer.ts";
import { type ServiceDeps, timingOf } from "./deps.ts";
import { heldOf } from "./held.ts";
import { oneAfterTheOther } from "./one-after-the-other.ts";
import { notAnAddress } from "./records.ts";
import type { WithEngine } from "./with-engine.ts";

/** Characters of a reason: it stands on one line of a file that people review. */
const whyMax = 500;

type About = MappingKey & { readonly rule: string; readonly source: string; readonly why: string };

interface Decision {
  readonly actor: Actor;
  readonly about: About;
  readonly decision: HeldDecision;
  readonly held: HeldView;
}

/** What people decide about held records. It stands in the links files, and counts from the next run on. */
export function decidePart(deps: ServiceDeps, withEngine: WithEngine): Pick<Service, "decide"> {
  // Two that edit one file at the same time would each write what it read.
  const inTurn = oneAfterTheOther();
  return {
    async decide(actor, about, decision) {
      const admitted = admitToMapping(deps, actor, "operator", about);
      if (!admitted.ok) return admitted;
      const unfit = unfitWords(about, decision);
      if (unfit) return unfit;
      const held = await findHeld(deps, admitted.value, about);
      if (!held) return heldUnknown(about);
      const missing = await missingTarget(deps, withEngine, admitted.value, { decision, held });
      if (missing) return missing;
      return inTurn(about.workspace, () => decideNow(deps, { actor, about, decision, held }));
    },
  };
}

function unfitWords({ source, why }: About, decision: HeldDecision): Refused | undefined {
  const reason = why.trim();
  if (reason === "") {
    return refuse(422, "decision-unfit", "Say why, so that whoever reviews it understands it.");
  }
  if (reason.length > whyMax) {
    return refuse(422, "decision-unfit", `The reason has more than ${whyMax} characters.`);
  }
  const words = decision.kind === "ignore" ? [source] : [source, decision.target];
  const wrong = words.find((word) => parseAddress(word) === null);
  return wrong === undefined ? undefined : notAnAddress(wrong);
}

async function findHeld(
  deps: ServiceDeps,
  { workspace, mapping }: AdmittedMapping,
  { rule, source }: About,
): Promise<HeldView | undefined> {
  const all = await heldOf(deps, workspace, [mapping]);
  return all.find((one) => one.rule === rule && addressText(one.source) === source);
}

function heldUnknown({ mapping, rule, source }: About): Refused {
  const message = `The newest plan of ${mapping} does not hold ${source} by the rule ${rule}.`;
  return refuse(404, "held-unknown", message);
}

/** A link to nothing would be taken for a record that is gone. What the plan has seen is there. */
async function missingTarget(
  deps: ServiceDeps,
  withEngine: WithEngine,
  { workspace }: AdmittedMapping,
  { decision, held }: Pick<Decision, "decision" | "held">,
): Promise<Refused | undefined> {
  if (decision.kind !== "link" || candidateLabel(held, decision.target) !== undefined) {
    return undefined;
  }
  const target = parseAddress(decision.target);
  if (!target) return notAnAddress(decision.target);
  const { recordsMs } = timingOf(deps);
  const answer = await withEngine(workspace, recordsMs, async (engine, signal) => {
    const result = await engine.find(target, signal);
    if (result.status === "found") return fine(null);
    return result.status === "missing"
      ? refuse(422, "record-missing", `There is no record ${decision.target}.`)
      : refuse(503, result.problem.code, result.problem.message);
  });
  return answer.ok ? undefined : answer;
}

function candidateLabel({ candidates }: HeldView, target: string): string | undefined {
  return candidates.find(({ address }) => addressText(address) === target)?.label;
}

async function decideNow(deps: ServiceDeps, what: Decision): Promise<Answer<DecisionResult>> {
  const { actor, about, decision } = what;
  // Others may have edited the files since, and their decisions must not be contradicted.
  await deps.workspaces.refresh(about.workspace);
  const admitted = admitToMapping(deps, actor, "operator", about);
  if (!admitted.ok) return admitted;
  const { project, workspace } = admitted.value;
  const intended = intendedDecision(project, wordsOf(about, decision), {
    apart: decision.kind === "apart",
    ignore: decision.kind === "ignore",
    rule: `${about.mapping}/${about.rule}`,
    why: about.why.trim(),
  });
  if ("code" in intended) return refuse(409, intended.code, intended.message);
  const { links } = await deps.state.workspace(about.workspace).load(about.mapping);
  const taken = takenTrouble(intended, links);
  if (taken) return refuse(409, taken.code, taken.message);
  const entry = {
    ...intended.entry,
    name: nameOf(what),
    by: actor.name,
    on: localDay(deps.clock.now().getTime(), project.timezone),
  };
  const { file } = intended;
  const result = { file, lines: `${entry.kind}:\n${entryLines(entry).join("\n")}\n` };
  if (intended.decided) return fine({ ...result, isWritten: true });
  if (!workspace.isWritable) return fine({ ...result, isWritten: false });
  const broken = workspace.broken.find(({ severity }) => severity === "error");
  if (broken) {
    const message = `The newest files of the workspace are not right, so that nothing is written into them: ${broken.message}`;
    return refuse(409, "workspace-broken", message);
  }
  const refused = await write(project, { ...intended, entry }, about.mapping);
  if (refused) return refused;
  await deps.workspaces.refresh(about.workspace);
  return fine({ ...result, isWritten: true });
}

function wordsOf({ source }: About, decision: HeldDecision) {
  return decision.kind === "ignore" ? { source } : { source, target: decision.target };
}

/** What the records are called, as far as the plan tells. */
function nameOf({ held, decision }: Decision): string {
  const other = decision.kind === "ignore" ? undefined : candidateLabel(held, decision.target);
  const names = new Set([held.label, ...(other === undefined ? [] : [other])]);
  return [...names].join(decision.kind === "apart" ? " / " : " = ");
}

async function write(
  project: Project,
  { file, entry }: Pick<Intended, "file" | "entry">,
  mapping: string,
): Promise<Refused | undefined> {
  const written = await saveLinks(project, { file, mapping }, { add: [entry] });
  return written !== null && "code" in written
    ? refuse(409, written.code, written.message)
    : undefined;
}
