import { changeKinds, figure } from "../../../../../cli/render/words.ts";
import type { ChangeKind } from "../../../../../engine/plan/plan.ts";
import { Search } from "../../kit/search.tsx";
import { kindWords } from "./change-view.ts";

export interface ChangeFiltersProps {
  readonly counts: Readonly<Record<ChangeKind, number>>;
  readonly kind: ChangeKind | undefined;
  readonly search: string;
  /** How many have been read, while that goes on. */
  readonly read: number | undefined;
  readonly onKind: (kind: ChangeKind | undefined) => void;
  readonly onSearch: (text: string) => void;
}

/** One kind of change, or a word that occurs in them. */
export function ChangeFilters(props: ChangeFiltersProps) {
  const { counts, kind, search, read, onKind, onSearch } = props;
  const kinds = changeKinds.filter((each) => counts[each] > 0);
  const total = kinds.reduce((sum, each) => sum + counts[each], 0);
  if (total === 0) return null;
  return (
    <div class="change-filters spread no-print">
      {kinds.length > 1 && (
        <fieldset class="choices">
          <legend class="visually-hidden">Kind of change</legend>
          <button
            type="button"
            class="choice"
            aria-pressed={kind === undefined}
            onClick={() => onKind(undefined)}
          >
            All <span class="number">{figure(total)}</span>
          </button>
          {kinds.map((each) => (
            <button
              key={each}
              type="button"
              class="choice"
              aria-pressed={kind === each}
              onClick={() => onKind(kind === each ? undefined : each)}
            >
              {kindWords[each].title} <span class="number">{figure(counts[each])}</span>
            </button>
          ))}
        </fieldset>
      )}
      <Search label="Search in the changes" value={search} onSearch={onSearch} />
      {read !== undefined && (
        <p class="small soft" role="status">
          {figure(read)} of {figure(total)} read
        </p>
      )}
    </div>
  );
}
