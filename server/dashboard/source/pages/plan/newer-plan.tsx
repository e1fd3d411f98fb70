import type { RunRequest, WorkspaceView } from "../../api/client.ts";
import { ButtonLink } from "../../kit/button.tsx";
import { Notice } from "../../kit/notice.tsx";
import { planPath } from "../../router.ts";

/** The request whose plan waits for a person in place of this one. */
export function newerPlan(
  workspace: WorkspaceView | undefined,
  request: Pick<RunRequest, "id" | "mapping" | "requestedAt">,
): string | undefined {
  const waiting = workspace?.mappings.find(({ name }) => name === request.mapping)?.waiting;
  if (waiting === undefined || waiting.id === request.id) return undefined;
  return waiting.requestedAt >= request.requestedAt ? waiting.id : undefined;
}

export function NewerPlan({ id }: { readonly id: string }) {
  return (
    <Notice tone="info" title="A newer plan of this mapping waits for approval.">
      <p class="no-print">
        <ButtonLink href={planPath(id)} icon="arrow" isSmall>
          Open the newer plan
        </ButtonLink>
      </p>
    </Notice>
  );
}
