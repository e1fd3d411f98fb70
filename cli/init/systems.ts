/**
 * The systems that the shipped mappings are for, by the name of their connector; and the name that a connection to each
 * has in those mappings.
 */
export const connectionNames = {
  "workforce-planning": "wfp",
  procore: "procore",
  smartbarrel: "smartbarrel",
} as const;

export type SystemName = keyof typeof connectionNames;

/** What people call them. */
export const systemTitles: Readonly<Record<SystemName, string>> = {
  "workforce-planning": "Workforce Planning",
  procore: "Procore",
  smartbarrel: "SmartBarrel",
};

export const allSystems = Object.keys(connectionNames) as readonly SystemName[];

/** Those of a new project of which nothing else was said. */
export const usualSystems: readonly SystemName[] = ["workforce-planning", "procore"];

/** Each once and in one order, however they were named. */
export function chosenSystems(names: readonly string[]): readonly SystemName[] {
  return allSystems.filter((name) => names.includes(name));
}

/**
 * A template with the parts that these systems need. A part begins with a line `#if procore smartbarrel`, is left out
 * unless all that it names are there, and ends with a line `#end`.
 */
export function forSystems(template: string, systems: readonly SystemName[]): string {
  const named: readonly string[] = systems;
  const kept: string[] = [];
  let isIn = true;
  for (const line of template.split("\n")) {
    const wanted = /^#if (.+)$/.exec(line)?.[1]?.split(" ");
    if (wanted !== undefined) isIn = wanted.every((system) => named.includes(system));
    else if (line === "#end") isIn = true;
    else if (isIn) kept.push(line);
  }
  return kept.join("\n");
}
