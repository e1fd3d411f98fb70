import { resolve } from "node:path";
import { childOf, entriesOf } from "../config/node.ts";
import { readYaml } from "../config/read-yaml.ts";
import type { Mapping, Rule } from "../mapping/mapping.ts";
import { isChange } from "./entries.ts";
import type { Unreached } from "./mapping-test.ts";
import type { CaseRun } from "./run-case.ts";

/* Which parts of a mapping the cases reach: a part that none reaches can be wrong without any case failing. */

/** `rule`, or `rule field` or `rule on.situation`, for each part that is reached. */
export type Reached = Set<string>;

/**
 * A rule is reached where it takes a record or has a link of one; a field where it is written; a reaction where a record
 * is in its situation.
 */
export function noteReached(reached: Reached, { input, entries }: CaseRun): void {
  for (const { rule, living, evaluations, links } of input.mappings.flatMap((one) => one.rules)) {
    const takes = [...evaluations.values()].some((one) => one.inScope || one.trouble);
    if (living && (takes || links.size > 0)) reached.add(rule.name);
  }
  for (const entry of entries) {
    const { rule, situation, kind, code } = entry;
    if (situation) reached.add(`${rule} on.${situation}`);
    if (kind === "finding" && code === "unmanaged") reached.add(`${rule} on.unmanaged`);
    if (!isChange(entry) || kind === "retire") continue;
    for (const { field } of entry.fields) reached.add(`${rule} ${field}`);
  }
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
