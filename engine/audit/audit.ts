import { codeEntry } from "../codes.ts";
import type { PlanInput } from "../plan/input.ts";
import type { Plan } from "../plan/plan.ts";
import { countRules } from "./counts.ts";
import { duplicateFindings } from "./duplicates.ts";
import type { Audit, AuditFinding, FieldCount, RuleCounts } from "./finding.ts";
import { firstChanges } from "./first-changes.ts";
import { type Ground, groundOf } from "./ground.ts";
import { heldFindings } from "./held.ts";
import { nearMisses } from "./near-misses.ts";
import { onlyInSource, onlyInTarget } from "./one-side.ts";
import { inOrderOfHarm } from "./order.ts";
import { sharedKeys } from "./shared-keys.ts";

/**
 * Everything that a person has to clean before the first sync, as a list of work. Pure: the same input gives the same
 * bytes below the header.
 *
 * `linkPlan` and `syncPlan` are the plans of this very input, made with the purposes `link` and `sync`: what a linking
 * run would link, and what a sync without it would write.
 */
export function audit(input: PlanInput, linkPlan: Plan, syncPlan: Plan): Audit {
  const plans = { linking: linkPlan, syncing: syncPlan };
  const parts = input.mappings.map((mapping): Part => {
    const ground = groundOf(input, mapping, plans);
    return ground ? auditMapping(ground) : nothing;
  });
  const obstacles = obstacleFindings(syncPlan, linkPlan);
  return {
    format: 1,
    header: headerOf(input),
    complete: obstacles.length === 0,
    readings: linkPlan.readings,
    rules: parts.flatMap(({ rules }) => rules),
    fields: parts.flatMap(({ fields }) => fields),
    findings: inOrderOfHarm([...obstacles, ...parts.flatMap(({ findings }) => findings)]),
  };
}

interface Part {
  readonly rules: readonly RuleCounts[];
  readonly fields: readonly FieldCount[];
  readonly findings: readonly AuditFinding[];
}

const nothing: Part = { rules: [], fields: [], findings: [] };

function auditMapping(ground: Ground): Part {
  const shared = sharedKeys(ground);
  const near = nearMisses(ground);
  const targetOnly = onlyInTarget(ground, near);
  const changes = firstChanges(ground);
  const findings = [
    ...duplicateFindings(ground, shared, near),
    ...near.findings,
    ...heldFindings(ground, shared, near),
    ...onlyInSource(ground, near),
    ...targetOnly.findings,
    ...changes.findings,
  ];
  return { rules: countRules(ground, findings, targetOnly), fields: changes.fields, findings };
}

/** What kept the audit from seeing everything: a stream that was not read to its end, a mapping that is barred. */
function obstacleFindings(syncPlan: Plan, linkPlan: Plan): readonly AuditFinding[] {
  const stopped = linkPlan.findings.filter(
    ({ code }) => code === "reading-stopped" || code === "expression-failed",
  );
  const barred = [...linkPlan.guards, ...syncPlan.guards].filter(
    (guard) => guard.allow === undefined && !guard.allowed,
  );
  const messages = new Map<string, AuditFinding>();
  for (const { code, mapping, message } of [...stopped, ...barred]) {
    messages.set(`${mapping} ${message}`, {
      severity: "high",
      code,
      mapping,
      records: [],
      message,
      todo: codeEntry(code).remedy,
      values: [],
      candidates: [],
    });
  }
  return [...messages.values()];
}

function headerOf({ settings, now }: PlanInput): Audit["header"] {
  const { engineVersion, environment, configurationDigest } = settings;
  return {
    engineVersion,
    createdAt: now.toISOString(),
    ...(environment === undefined ? {} : { environment }),
    configurationDigest,
  };
}
