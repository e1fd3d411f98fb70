import type { ConnectionDraft } from "../config/connections.ts";
import type { Diagnostic } from "../config/diagnostic.ts";
import { checkAccess } from "./checks/access.ts";
import { checkAgree } from "./checks/agree.ts";
import { checkChoices } from "./checks/choices.ts";
import { checkConditions } from "./checks/conditions.ts";
import { checkDirections } from "./checks/directions.ts";
import { checkEnabled } from "./checks/enabled.ts";
import { checkExpressionNames } from "./checks/expression-names.ts";
import { checkFeedback } from "./checks/feedback.ts";
import { checkKnownFields } from "./checks/known-fields.ts";
import { checkKnownSources } from "./checks/known-sources.ts";
import { checkKnownStreams } from "./checks/known-streams.ts";
import { checkMappingNames } from "./checks/mapping-names.ts";
import { checkMatch } from "./checks/match.ts";
import { checkNeverReferenced } from "./checks/never-referenced.ts";
import { checkOwners } from "./checks/owners.ts";
import { checkReachable } from "./checks/reachable.ts";
import { checkRequiredFields } from "./checks/required-fields.ts";
import { checkRetire } from "./checks/retire.ts";
import { checkSchedule } from "./checks/schedule.ts";
import { checkSystemOfRecord } from "./checks/system-of-record.ts";
import { checkThrough } from "./checks/through.ts";
import { checkThroughCycles } from "./checks/through-cycles.ts";
import { checkTypes } from "./checks/types.ts";
import { checkUnused } from "./checks/unused.ts";
import { checkWindowUses } from "./checks/window-uses.ts";
import { checkWindows } from "./checks/windows.ts";
import type { MappingDraft } from "./draft.ts";

type Check = (
  mapping: MappingDraft,
  connections: readonly ConnectionDraft[],
) => readonly Diagnostic[];

const checks: readonly Check[] = [
  checkKnownStreams,
  checkKnownSources,
  checkDirections,
  checkSystemOfRecord,
  checkSchedule,
  checkKnownFields,
  checkExpressionNames,
  checkEnabled,
  checkConditions,
  checkAccess,
  checkTypes,
  checkWindows,
  checkChoices,
  checkMatch,
  checkAgree,
  checkRequiredFields,
  checkRetire,
  checkFeedback,
  checkReachable,
  checkUnused,
];

export interface CheckContext {
  readonly connections: readonly ConnectionDraft[];
  /** Whether every mapping of the project is among them; one that could not be read at all is not. */
  readonly complete: boolean;
}

/** Everything that is wrong with mappings of the right shape, each by itself and all together. */
export function checkMappings(
  mappings: readonly MappingDraft[],
  { connections, complete }: CheckContext,
): readonly Diagnostic[] {
  return [
    ...mappings.flatMap((mapping) => checks.flatMap((check) => check(mapping, connections))),
    ...checkMappingNames(mappings),
    ...checkOwners(mappings),
    ...checkThrough(mappings, { complete }),
    ...checkThroughCycles(mappings),
    ...checkWindowUses(mappings),
    ...checkNeverReferenced(mappings),
  ];
}
