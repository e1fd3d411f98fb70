import { typeOf } from "../../engine/config/override-variables.ts";
import type { Value } from "../../engine/value/value.ts";
import type { Actor, Answer, MappingKey, MappingView, Service } from "../service.ts";
import { admitToMapping } from "./admit.ts";
import { fine, type Refused, refuse } from "./answer.ts";
import type { ServiceDeps } from "./deps.ts";
import { viewOfMapping } from "./workspace-views.ts";

type SettingsPart = Pick<Service, "setAutosync" | "setVariable">;

/** Characters of a value as JSON. Variables are words, numbers and short lists. */
const valueMax = 10_000;

/** What people set in place of what the files say. */
export function settingsPart(deps: ServiceDeps): SettingsPart {
  const { service } = deps.state;
  return {
    async setAutosync(actor, at, isOn) {
      const admitted = admitToMapping(deps, actor, "operator", at);
      if (!admitted.ok) return admitted;
      await service.setSwitch({ ...keyOf(at), isOn, by: actor.name, at: deps.clock.now() });
      return fine(await viewOfMapping(deps, admitted.value));
    },
    async setVariable(actor, at, value) {
      const admitted = admitToMapping(deps, actor, "operator", at);
      if (!admitted.ok) return admitted;
      const { varsInFile } = admitted.value.mapping;
      if (!Object.hasOwn(varsInFile, at.variable)) {
        const message = `The mapping ${at.mapping} has no variable ${JSON.stringify(at.variable)}.`;
        return refuse(404, "variable-unknown", message);
      }
      const key = { ...keyOf(at), variable: at.variable };
      if (value === undefined) await service.removeOverride(key);
      else {
        const unfit = unfitValue(value, varsInFile[at.variable] ?? null);
        if (unfit) return unfit;
        await service.setOverride({ ...key, value, by: actor.name, at: deps.clock.now() });
      }
      await deps.workspaces.refresh(at.workspace);
      return viewNow(deps, actor, at);
    },
  };
}

function keyOf({ workspace, mapping }: MappingKey): MappingKey {
  return { workspace, mapping };
}

function unfitValue(value: Value, inFile: Value): Refused | undefined {
  const [given, wanted] = [typeOf(value), typeOf(inFile)];
  if (given !== wanted) {
    return refuse(422, "variable-unfit", `The value is ${given}; in the file it is ${wanted}.`);
  }
  if (JSON.stringify(value).length <= valueMax) return undefined;
  return refuse(422, "variable-unfit", `The value has more than ${valueMax} characters.`);
}

/** The files may have changed with it, and the mapping may be gone. */
async function viewNow(
  deps: ServiceDeps,
  actor: Actor,
  at: MappingKey,
): Promise<Answer<MappingView>> {
  const admitted = admitToMapping(deps, actor, "operator", at);
  return admitted.ok ? fine(await viewOfMapping(deps, admitted.value)) : admitted;
}
