import { figure } from "../../../../../cli/render/words.ts";
import { addressText } from "../../../../../engine/value/address.ts";
import type { HeldView } from "../../api/client.ts";
import { Icon } from "../../kit/icon.tsx";
import { Empty } from "../../kit/states.tsx";
import { labelShown } from "../plan/change-view.ts";
import { type HeldGroup, heldKey } from "./held-groups.ts";

/** What to do, grouped by what is the matter. */
export function HeldList({
  groups,
  chosen,
  hrefOf,
}: {
  readonly groups: readonly HeldGroup<HeldView>[];
  readonly chosen: string | undefined;
  readonly hrefOf: (held: HeldView) => string;
}) {
  if (groups.length === 0) {
    return (
      <Empty title="No held record fits">Search for another word, or show all mappings.</Empty>
    );
  }
  return (
    <nav class="held-list" aria-label="Held records">
      {groups.map((group) => (
        <section key={group.code}>
          <h2>
            {group.title} <span class="tab-count">{figure(group.held.length)}</span>
          </h2>
          <ul>
            {group.held.map((held) => {
              const key = heldKey(held);
              return (
                <li key={key}>
                  <a href={hrefOf(held)} aria-current={key === chosen ? "true" : undefined}>
                    <span class="held-label">{labelShown(held.label)}</span>
                    <span class="small soft">
                      {held.mapping}, <code>{addressText(held.source)}</code>
                    </span>
                    {held.decided && (
                      <span class="held-decided small">
                        <Icon name="check" size={14} /> decided
                      </span>
                    )}
                  </a>
                </li>
              );
            })}
          </ul>
        </section>
      ))}
    </nav>
  );
}
