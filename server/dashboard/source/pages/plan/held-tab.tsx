import { addressText } from "../../../../../engine/value/address.ts";
import { api, type RunRequest } from "../../api/client.ts";
import { useSequence } from "../../api/use-sequence.ts";
import { ButtonLink } from "../../kit/button.tsx";
import { Pagination } from "../../kit/pagination.tsx";
import { Place } from "../../kit/place.tsx";
import { Empty, Failed, Loading } from "../../kit/states.tsx";
import { WithCode } from "../../kit/with-code.tsx";
import { workspacePath } from "../../router.ts";
import { todoText } from "../held/held-decisions.ts";
import { codeTitle, heldKey } from "../held/held-groups.ts";
import { labelShown } from "./change-view.ts";

const pageHeld = 50;

/** Records that the plan does not write, and why. They are decided about on a page of their own. */
export function HeldTab({
  request,
  held,
}: {
  readonly request: RunRequest;
  readonly held: number;
}) {
  const list = useSequence(`held of ${request.id}`, async (from: number | undefined) => {
    const reply = await api.planHeld(request.id, { from: from ?? 0, limit: pageHeld });
    if (!reply.ok) return reply;
    const { held: rows, next, total } = reply.value;
    return { ok: true, value: { rows, next, total } };
  });
  if (held === 0) {
    return <Empty title="Nothing is held">Every record that differs is among the changes.</Empty>;
  }
  if (list.problem) return <Failed problem={list.problem} onRetry={list.reload} />;
  if (list.rows.length === 0) return <Loading what="Reading held records" />;
  return (
    <div class="stack">
      <div class="spread">
        <p class="soft">These records are not written. A person has to look at each.</p>
        <ButtonLink
          href={workspacePath(request.workspace, "held", { mapping: request.mapping })}
          icon="hand"
        >
          Decide about them
        </ButtonLink>
      </div>
      <ul class="held-cards">
        {list.rows.map((one) => (
          <li key={heldKey(one)} class="card stack-close">
            <h3>
              <a
                href={workspacePath(request.workspace, "record", {
                  mapping: one.mapping,
                  record: addressText(one.source),
                })}
              >
                {labelShown(one.label)}
              </a>{" "}
              <code class="small soft">{addressText(one.source)}</code>
            </h3>
            <p>
              <strong>{codeTitle(one.code)}.</strong> {one.reason}
            </p>
            <p class="soft">
              <WithCode text={todoText(one)} />
            </p>
            <p class="small soft">
              <Place mapping={one.mapping} rule={one.rule} at={one.at} />
            </p>
          </li>
        ))}
      </ul>
      {!list.isWhole && (
        <Pagination
          shown={list.rows.length}
          what="held records"
          isWhole={list.isWhole}
          isLoading={list.isLoading}
          onMore={list.more}
        />
      )}
    </div>
  );
}
