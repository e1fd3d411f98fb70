import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { useWindow } from "./use-window.ts";

export interface Column<T> {
  readonly key: string;
  readonly title: string;
  readonly cell: (row: T) => ComponentChildren;
  /** The cell that the row is named by. One column has it. */
  readonly isName?: boolean;
  readonly align?: "end";
  /** As CSS writes it. Columns without one share what is left. */
  readonly width?: string;
  /** The title is for who hears the page; on a phone it is left out as well. */
  readonly isUntitled?: boolean;
}

interface TableProps<T> {
  /** What the table is, for who hears the page. */
  readonly caption: string;
  readonly columns: readonly Column<T>[];
  readonly rows: readonly T[];
  readonly rowKey: (row: T) => string;
  /** How many rows there are, where more are there than were read. */
  readonly total?: number | undefined;
  /** Reads more rows; called when the end of what was read comes into the window. */
  readonly onMore?: (() => void) | undefined;
  readonly isLoading?: boolean;
  /** Height of a row before it was drawn, pixels. A guess is enough. */
  readonly estimate?: number;
  /** Changes when other rows are shown than before: a filter, another run. */
  readonly listKey?: string;
}

/** Pixels of a row of one line. */
const rowHeight = 45;

/** A table of any length: only the rows in and near the window are drawn. On a phone each row is a card. */
export function Table<T>(props: TableProps<T>) {
  const { caption, columns, rows, rowKey, total, onMore, isLoading, estimate = rowHeight } = props;
  const body = useRef<HTMLTableSectionElement>(null);
  const shown = useWindow(body, rows.length, estimate, props.listKey);
  const missing = Math.max(0, (total ?? rows.length) - rows.length);
  const isAtEnd = shown.to >= rows.length && !shown.isPrinting;

  useEffect(() => {
    if (isAtEnd && isLoading !== true) onMore?.();
  }, [isAtEnd, isLoading, rows.length, onMore]);

  const isOpen = onMore !== undefined || missing > 0;
  return (
    <table
      class="table"
      aria-rowcount={isOpen ? (total === undefined ? -1 : total + 1) : rows.length + 1}
    >
      <caption class="visually-hidden">{caption}</caption>
      <colgroup>
        {columns.map(({ key, width }) => (
          <col key={key} style={width === undefined ? undefined : { width }} />
        ))}
      </colgroup>
      <thead>
        <tr>
          {columns.map(({ key, title, align, isUntitled }) => (
            <th key={key} scope="col" class={align === "end" ? "end" : undefined}>
              {isUntitled ? <span class="visually-hidden">{title}</span> : title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody ref={body}>
        <Gap height={shown.above} columns={columns.length} />
        {rows.slice(shown.from, shown.to).map((row, at) => (
          <tr key={rowKey(row)} data-index={shown.from + at} aria-rowindex={shown.from + at + 2}>
            {columns.map((column) => (
              <Cell key={column.key} column={column} row={row} />
            ))}
          </tr>
        ))}
        <Gap height={shown.below + missing * estimate} columns={columns.length} />
      </tbody>
    </table>
  );
}

function Cell<T>({ column, row }: { readonly column: Column<T>; readonly row: T }) {
  const name = column.align === "end" ? "end" : undefined;
  const title = column.isUntitled ? undefined : column.title;
  if (column.isName) {
    return (
      <th scope="row" class={name} data-title={title}>
        {column.cell(row)}
      </th>
    );
  }
  return (
    <td class={name} data-title={title}>
      {column.cell(row)}
    </td>
  );
}

/** Takes the room of rows that are not drawn. */
function Gap({ height, columns }: { readonly height: number; readonly columns: number }) {
  if (height <= 0) return null;
  return (
    // biome-ignore lint/a11y/noAriaHiddenOnFocusable: nothing in it can have the focus.
    <tr class="gap" aria-hidden="true">
      <td colSpan={columns} style={{ height: `${height}px` }} />
    </tr>
  );
}
