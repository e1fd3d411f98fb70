import { resolve } from "node:path";
import { childOf, entriesOf } from "../config/node.ts";
import { readYaml } from "../config/read-yaml.ts";
import type { Mapping, Rule, Situation } from "../mapping/mapping.ts";
import { isChange } from "./entries.ts";
import type { Entry, Unreached } from "./mapping-test.ts";
import type { CaseRun } from "./run-case.ts";

/* Which parts of a mapping the cases reach: a part that none reaches can be wrong without any case failing. */

/** `rule`, or `rule field` or `rule on.situation`, for each part that is reached. */
export type Reached = Set<string>;

/**
 * A rule is reached where it takes a record or has a link of one; a field where it is written; a reaction where a record
 * is in its situation. By mapping: a case counts for every mapping that it plans.
 */
export function noteReached(reached: Map<string, Reached>, { input, entries }: CaseRun): void {
  for (const { mapping, rules } of input.mappings) {
    const own = reached.get(mapping.name) ?? new Set();
    reached.set(mapping.name, own);
    for (const { rule, living, evaluations, links } of rules) {
      const takes = [...evaluations.values()].some((one) => one.inScope || one.trouble);
      if (living && (takes || links.size > 0)) own.add(rule.name);
    }
    for (const entry of entries.filter((one) => one.mapping === mapping.name)) {
      for (const part of partsReachedBy(entry)) own.add(part);
    }
  }
}

/** The situations of records that a plan names together, by the code of the finding that names them. */
const situationsFound = new Map<string, Situation>([
  ["unmanaged", "unmanaged"],
  ["source-left", "left"],
  ["source-gone", "gone"],
]);

function partsReachedBy(entry: Entry): readonly string[] {
  const { rule, kind, code = "" } = entry;
  const situation = kind === "finding" ? situationsFound.get(code) : entry.situation;
  const fields = isChange(entry) && kind !== "retire" ? entry.fields : [];
  return [
    ...(situation ? [`${rule} on.${situation}`] : []),
    ...fields.map(({ field }) => `${rule} ${field}`),
  ];
}

/** What no case reaches, in the order of the file. Reactions count where the file names them. */
export async function unreachedParts(
  mapping: Mapping,
  reached: Reached,
  directory: string,
): Promise<readonly Unreached[]> {
  const { root } = await readYaml(resolve(directory, mapping.file), mapping.file);
  const rules = childOf(root, "rules");
  return mapping.rules.flatMap((rule): readonly Unreached[] => {
    const base = { mapping: mapping.name, rule: rule.name };
    if (!reached.has(rule.name)) {
      return [{ ...base, part: "rule", name: rule.name, at: rule.at }];
    }
    const reactions = entriesOf(childOf(childOf(rules, rule.name), "on")).map(
      ({ key, keyAt }) => ({ ...base, part: "reaction", name: key, at: keyAt }) as const,
    );
    return [
      ...unwrittenFields(rule, reached).map(
        ({ field, at }) => ({ ...base, part: "field", name: field, at }) as const,
      ),
      ...reactions.filter(({ name }) => !reached.has(`${rule.name} on.${name}`)),
    ];
  });
}

function unwrittenFields(rule: Rule, reached: Reached): Rule["fields"] {
  return rule.fields.filter(({ field }) => !reached.has(`${rule.name} ${field}`));
}
