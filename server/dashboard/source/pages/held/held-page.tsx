import { useState } from "preact/hooks";
import { count } from "../../../../../cli/render/words.ts";
import { api, type HeldView } from "../../api/client.ts";
import { useRead } from "../../api/use-read.ts";
import { Select } from "../../kit/field.tsx";
import { Icon } from "../../kit/icon.tsx";
import { Search } from "../../kit/search.tsx";
import { Empty, Reading } from "../../kit/states.tsx";
import { setQuery, workspacePath } from "../../router.ts";
import { PageHead } from "../../shell/page-head.tsx";
import type { PageProps } from "../page.ts";
import "./held.css";
import { HeldDetail } from "./held-detail.tsx";
import { groupHeld, heldKey, nextOpen, searchHeld } from "./held-groups.ts";
import { HeldList } from "./held-list.tsx";
import type { Decided } from "./use-decision.ts";

/** Records that wait for a person: what is the matter with each, and a decision. */
export function Page({ route }: PageProps<"held">) {
  const { workspace } = route;
  const read = useRead(
    `held ${workspace}`,
    () => api.held(workspace),
    (happened) => happened.workspace === workspace,
  );
  return (
    <Reading of={read} what="Reading held records">
      {({ held }) => <HeldPage route={route} all={held} onDecided={read.reload} />}
    </Reading>
  );
}

function HeldPage({
  route,
  all,
  onDecided,
}: {
  readonly route: PageProps<"held">["route"];
  readonly all: readonly HeldView[];
  readonly onDecided: () => void;
}) {
  const { workspace, query } = route;
  // Of this visit: what could not be written by the service is decided for the person all the same.
  const [decisions, setDecisions] = useState<ReadonlyMap<string, Decided>>(new Map());
  const held = all.map((one) => {
    const decided = decisions.get(heldKey(one))?.kind ?? one.decided;
    return decided === undefined ? one : { ...one, decided };
  });
  const mapping = query.get("mapping") ?? "";
  const search = query.get("search") ?? "";
  const mappings = [...new Set(held.map((one) => one.mapping))].toSorted();
  const ofMapping = held.filter((one) => mapping === "" || one.mapping === mapping);
  const groups = groupHeld(searchHeld(ofMapping, search));
  const chosen = held.find((one) => heldKey(one) === query.get("about"));
  const open = ofMapping.filter(({ decided }) => decided === undefined).length;
  const hrefOf = (one: HeldView | undefined) =>
    workspacePath(workspace, "held", {
      mapping,
      search,
      about: one === undefined ? undefined : heldKey(one),
    });
  return (
    <div class={`held stack${chosen ? " has-chosen" : ""}`}>
      <PageHead title="Held records">
        <p>{openText(open)}</p>
      </PageHead>
      {held.length === 0 ? (
        <NothingHeld />
      ) : (
        <>
          <HeldFilters
            mappings={mappings}
            mapping={query.get("mapping") ?? ""}
            search={query.get("search") ?? ""}
          />
          <div class="held-columns">
            <HeldList groups={groups} chosen={chosen && heldKey(chosen)} hrefOf={hrefOf} />
            {chosen ? (
              <HeldDetail
                key={heldKey(chosen)}
                held={chosen}
                workspace={workspace}
                decided={decisions.get(heldKey(chosen))}
                listHref={hrefOf(undefined)}
                nextHref={nextHrefOf(groups, heldKey(chosen), hrefOf)}
                left={open}
                onDecided={(decided) => {
                  setDecisions((before) => new Map(before).set(heldKey(chosen), decided));
                  onDecided();
                }}
              />
            ) : (
              <p class="held-nothing soft">
                Choose a record to see what it is and to decide about it.
              </p>
            )}
          </div>
        </>
      )}
    </div>
  );
}

function openText(open: number): string {
  if (open === 0) return "Nobody has to do anything.";
  return open === 1
    ? "1 record waits for a person. Nothing of it is written until then."
    : `${count(open, "record")} wait for a person. Nothing of them is written until then.`;
}

function HeldFilters({
  mappings,
  mapping,
  search,
}: {
  readonly mappings: readonly string[];
  readonly mapping: string;
  readonly search: string;
}) {
  return (
    <div class="held-filters spread no-print">
      <Search
        label="Search in held records"
        value={search}
        onSearch={(text) => setQuery({ search: text })}
      />
      {mappings.length > 1 && (
        <Select
          label="Mapping"
          value={mapping}
          options={[
            { value: "", title: "All mappings" },
            ...mappings.map((name) => ({ value: name, title: name })),
          ]}
          onChange={(name) => setQuery({ mapping: name })}
        />
      )}
    </div>
  );
}

function nextHrefOf(
  groups: ReturnType<typeof groupHeld<HeldView>>,
  key: string,
  hrefOf: (one: HeldView) => string,
): string | undefined {
  const next = nextOpen(groups, key);
  return next && hrefOf(next);
}

function NothingHeld() {
  return (
    <div class="all-good">
      <Icon name="check" size={32} />
      <Empty title="Nothing is held">
        Every record finds its counterpart by itself. If one does not, it appears here with the
        reason and with what to do.
      </Empty>
    </div>
  );
}
