import { figure } from "../../../../../cli/render/words.ts";
import type { RunView } from "../../api/client.ts";
import { Button } from "../../kit/button.tsx";
import { Notice } from "../../kit/notice.tsx";
import { Search } from "../../kit/search.tsx";
import { Empty, Failed, Loading } from "../../kit/states.tsx";
import { Tabs } from "../../kit/tabs.tsx";
import { setQuery } from "../../router.ts";
import { entryMeaning } from "../../words.ts";
import { type EntryGroup, entryGroupNames, entryGroups, groupCount } from "./entry-groups.ts";
import { EntryTable } from "./entry-table.tsx";
import { useEntries } from "./use-entries.ts";

/** The log of a run on the page: what became of each record, to narrow down and to search in. */
export function RunEntries({
  view,
  group,
  search,
}: {
  readonly view: RunView;
  readonly group: EntryGroup;
  readonly search: string;
}) {
  const tabs = entryGroupNames.map((key) => ({
    key,
    title: entryGroups[key].title,
    count: groupCount(view.runs, key),
  }));
  // Without a record there is nothing to narrow down.
  if (groupCount(view.runs, "all") === 0 && search === "" && group === "all") {
    return (
      <section class="stack-close" aria-labelledby="records">
        <h2 id="records">Records</h2>
        <Entries view={view} group={group} search={search} />
      </section>
    );
  }
  return (
    <section class="stack-close" aria-labelledby="records">
      <div class="spread">
        <h2 id="records">Records</h2>
        <Search
          label="Search names, addresses and reasons"
          value={search}
          onSearch={(text) => setQuery({ search: text })}
        />
      </div>
      <Tabs
        label="What became of them"
        tabs={tabs}
        chosen={group}
        panelId="entries"
        onChoose={(key) => setQuery({ show: key === "all" ? "" : key })}
      />
      <div id="entries" role="tabpanel" aria-label={entryGroups[group].title}>
        <Meaning group={group} />
        <Entries view={view} group={group} search={search} />
      </div>
    </section>
  );
}

function Meaning({ group }: { readonly group: EntryGroup }) {
  if (group !== "held" && group !== "out") return null;
  return (
    <p class="small soft entries-meaning">
      {entryMeaning[group === "held" ? "held" : "passed-over"]}
    </p>
  );
}

function Entries({
  view,
  group,
  search,
}: {
  readonly view: RunView;
  readonly group: EntryGroup;
  readonly search: string;
}) {
  const { id, workspace } = view.request;
  const list = useEntries(id, group, search);
  const { rows, isWhole, isLoading, problem, more } = list;
  // Nobody counts what a search finds before it was found.
  const counted = search === "" ? groupCount(view.runs, group) : undefined;
  if (rows.length === 0) {
    if (problem !== undefined) return <Failed problem={problem} onRetry={list.reload} />;
    if (isLoading) return <Loading what="Reading the log" />;
    return <NoEntries view={view} isSearched={search !== ""} />;
  }
  return (
    <>
      <p class="visually-hidden" role="status">
        {isWhole
          ? `${figure(rows.length)} records`
          : `${figure(rows.length)} records so far, more when you go on`}
      </p>
      <div class="table-frame">
        <EntryTable
          workspace={workspace}
          list={list}
          total={isWhole ? rows.length : counted}
          listKey={`${id} ${group} ${search}`}
        />
      </div>
      {problem !== undefined && (
        <Notice tone="warn" title="The rest could not be read">
          <p>{problem.message}</p>
          <p>
            <Button onPress={more}>Try again</Button>
          </p>
        </Notice>
      )}
    </>
  );
}

function NoEntries({ view, isSearched }: { readonly view: RunView; readonly isSearched: boolean }) {
  if (isSearched) {
    return (
      <Empty title="Nothing was found">
        <p>The search looks into names, addresses, reasons and codes of this run.</p>
      </Empty>
    );
  }
  switch (view.request.status) {
    case "queued":
    case "planning":
      return (
        <Empty title="Nothing was written yet">Records appear here as they are written.</Empty>
      );
    case "failed":
    case "refused":
      return <Empty title="Nothing was written" />;
    case "waiting":
      return <Empty title="Nothing was written yet">What would be done stands in the plan.</Empty>;
    default:
      return <Empty title="No record is like this" />;
  }
}
