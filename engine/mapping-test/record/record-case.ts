import { buildPlan } from "../../plan/build-plan.ts";
import { streamText } from "../../value/address.ts";
import type { CaseMappings } from "../case-mappings.ts";
import { entriesOf, isChange } from "../entries.ts";
import { recordsMax } from "../limits.ts";
import type { Entry, TestCase } from "../mapping-test.ts";
import { type CaseGround, planCase, planCaseAgain } from "../run-case.ts";
import { type ChosenCase, chooseCase } from "./choose-case.ts";
import { expectedOf } from "./expected-of.ts";
import { liveCase, recordCount } from "./live-case.ts";
import { doubtAbout, troubleOf } from "./record-trouble.ts";
import { type Recording, type RecordOptions, refused } from "./recording.ts";
import { replaceCase } from "./replace-case.ts";
import { type IdOf, outcomeOf, shapeOf } from "./shape.ts";
import { smallestCase } from "./smallest-case.ts";
import { writtenCase } from "./written-case.ts";

/** A new case of what happens with live records now, without anything that tells who they are. Writes nothing. */
export async function recordCase(options: RecordOptions): Promise<Recording> {
  const { mapping, input, records, project, name } = options;
  const trouble = troubleOf(options);
  if (trouble) return trouble;
  const plan = buildPlan(input);
  const live = entriesOf(input, plan);
  const ground = { project, mapping };
  const chosen = chooseCase(input, plan, { tested: mapping, known: project.mappings, records });
  const { mappings, focus } = chosen;
  const doubt = doubtAbout(options, focus);
  if (doubt) return doubt;
  const isFocus = (entry: Entry) => isAbout(entry, chosen);
  const wanted = outcomeOf(live.filter(isFocus));
  const holds = async (testCase: TestCase) =>
    outcomeOf((await planCase(testCase, ground)).filter(isFocus)) === wanted;
  const real = await smallestCase(liveCase(input, mappings, focus, name), options, chosen, holds);
  if (!real) {
    return refused(
      "recording-differs",
      "What becomes of the records depends on more than the records that they are linked to or share a key with.",
    );
  }
  if (recordCount(real) > recordsMax) {
    const message = `The case would need ${recordCount(real)} records; the limit is ${recordsMax}.`;
    return refused("case-too-large", message);
  }
  const realEntries = await planCase(real, ground);
  const replaced = replaceCase(real, mappings, project.phoneCountry);
  const entries = await planCase(replaced.testCase, ground);
  if (shapeOf(realEntries, idsOf(mappings, replaced.idOf)) !== shapeOf(entries)) {
    return refused(
      "recording-differs",
      `With invented names and numbers something else happens: ${differing(realEntries, entries)}`,
    );
  }
  const expected = await expecting(replaced.testCase, entries, ground);
  const short = await withShortLinks(expected, entries, ground);
  return writtenCase(short, mappings, replaced.real, options);
}

/** Forgetting a link leaves a record that the next plan looks at anew; anything else comes to rest. */
async function expecting(
  testCase: TestCase,
  entries: readonly Entry[],
  ground: CaseGround,
): Promise<TestCase> {
  const expected = { ...testCase, expect: expectedOf(entries, testCase.at) };
  if (!entries.some(({ kind }) => kind === "unlink")) return expected;
  const after = (await planCaseAgain(expected, ground)).filter(isChange);
  return after.length === 0 ? expected : { ...expected, next: expectedOf(after, testCase.at) };
}

function isAbout(entry: Entry, { mappings: { planned }, focus: { records } }: ChosenCase): boolean {
  const mapping = planned.find(({ name }) => name === entry.mapping);
  const rules = (mapping?.rules ?? []).filter(
    ({ name }) => entry.rule === undefined || entry.rule === name,
  );
  return rules.some(({ source }) => records.get(streamText(source.ref))?.has(entry.what));
}

function idsOf({ planned }: CaseMappings, idOf: (stream: string, id: string) => string): IdOf {
  return (entry, end, id) => {
    const rules = planned.find(({ name }) => name === entry.mapping)?.rules ?? [];
    const rule = rules.find(({ name }) => name === entry.rule);
    const streams = rule ? [rule[end]] : rules.map((one) => one[end]);
    for (const { ref } of streams) {
      const changed = idOf(streamText(ref), id);
      if (changed !== id) return changed;
    }
    return id;
  };
}

/** In words that name no record: the kinds of what happens with the real ones, and with the invented ones. */
function differing(real: readonly Entry[], invented: readonly Entry[]): string {
  const kinds = (entries: readonly Entry[]) =>
    entries
      .map(({ kind, rule, code }) =>
        [kind, rule, code].filter((one) => one !== undefined).join(" "),
      )
      .sort()
      .join(", ");
  return `${kinds(real)} became ${kinds(invented)}.`;
}

/** A baseline is left out where it is what the rule gives anyway. */
async function withShortLinks(
  testCase: TestCase,
  entries: readonly Entry[],
  ground: CaseGround,
): Promise<TestCase> {
  let short = testCase;
  for (const index of testCase.links.keys()) {
    const links = short.links.map((link, at) => {
      const { baseline: _baseline, ...rest } = link;
      return at === index ? rest : link;
    });
    const shorter = { ...short, links };
    if (outcomeOf(await planCase(shorter, ground)) === outcomeOf(entries)) short = shorter;
  }
  return short;
}
