import { join } from "node:path";
import { errorAt } from "../../engine/config/diagnose.ts";
import type { Diagnostic } from "../../engine/config/diagnostic.ts";
import { projectFileDefault } from "../../engine/config/load-project.ts";
import { childOf } from "../../engine/config/node.ts";
import { readYaml } from "../../engine/config/read-yaml.ts";
import { quote } from "../../engine/config/wording.ts";
import type { WorkspaceFolder } from "./find-folders.ts";

/** Another folder has the name that this one asks for. */
export async function takenTrouble(
  { folder }: WorkspaceFolder,
  wanted: string,
): Promise<Diagnostic> {
  const file = projectFileDefault;
  const { root } = await readYaml(join(folder, file), file);
  const at = childOf(root, "workspace")?.at ?? { file, line: 1, column: 1 };
  const message = `The workspace ${quote(wanted)} is that of another folder.`;
  return errorAt("workspace-taken", at, message);
}
