import { figure } from "../../../../cli/render/words.ts";
import { Button } from "./button.tsx";

/** The end of a list that is read page by page. */
export function Pagination({
  shown,
  what,
  isWhole,
  isLoading,
  onMore,
}: {
  readonly shown: number;
  /** "runs" */
  readonly what: string;
  readonly isWhole: boolean;
  readonly isLoading: boolean;
  readonly onMore: () => void;
}) {
  return (
    <div class="pagination">
      <p class="small soft" role="status">
        {isWhole ? `All ${figure(shown)} ${what}` : `The newest ${figure(shown)} ${what}`}
      </p>
      {!isWhole && (
        <Button onPress={onMore} isBusy={isLoading} icon="down">
          Show older {what}
        </Button>
      )}
    </div>
  );
}
