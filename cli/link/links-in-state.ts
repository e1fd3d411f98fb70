import type { Link, StateStore } from "../../engine/state/store.ts";

export async function removeLinks(
  store: Pick<StateStore, "removeLink">,
  links: readonly Link[],
): Promise<void> {
  for (const { mapping, rule, source } of links) {
    await store.removeLink({ mapping, rule, sourceId: source.id });
  }
}
