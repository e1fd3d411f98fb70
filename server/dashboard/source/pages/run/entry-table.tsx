import { count } from "../../../../../cli/render/words.ts";
import type { CodeEntry } from "../../../../../engine/codes/entry.ts";
import { addressText } from "../../../../../engine/value/address.ts";
import type { EntryView } from "../../api/client.ts";
import { useCodes } from "../../api/use-codes.ts";
import type { Sequence } from "../../api/use-sequence.ts";
import { Diff } from "../../kit/diff.tsx";
import { Pill } from "../../kit/pill.tsx";
import { Place } from "../../kit/place.tsx";
import { type Column, Table } from "../../kit/table.tsx";
import { WithCode } from "../../kit/with-code.tsx";
import { workspacePath } from "../../router.ts";
import { entryWords } from "../../words.ts";

/** Pixels of a row with a name, an address and a reason of one line. */
const rowHeight = 72;

/** What became of each record, and why. */
export function EntryTable({
  workspace,
  list,
  total,
  listKey,
}: {
  readonly workspace: string;
  readonly list: Sequence<EntryView>;
  readonly total: number | undefined;
  readonly listKey: string;
}) {
  const codeEntry = useCodes();
  const columns: readonly Column<EntryView>[] = [
    {
      key: "what",
      title: "Result",
      width: "9.5rem",
      cell: (entry) => <Pill {...entryWords(entry)} />,
    },
    {
      key: "record",
      title: "Record",
      isName: true,
      width: "34%",
      cell: (entry) => <RecordCell workspace={workspace} entry={entry} />,
    },
    {
      key: "why",
      title: "Why, and what was written",
      cell: (entry) => (
        <Why
          workspace={workspace}
          entry={entry}
          code={entry.code === undefined ? undefined : codeEntry(entry.code)}
        />
      ),
    },
  ];
  return (
    <Table
      caption="What became of each record"
      columns={columns}
      rows={list.rows}
      rowKey={({ position }) => String(position)}
      total={total}
      onMore={list.isWhole || list.problem !== undefined ? undefined : list.more}
      isLoading={list.isLoading}
      estimate={rowHeight}
      listKey={listKey}
    />
  );
}

function RecordCell({
  workspace,
  entry,
}: {
  readonly workspace: string;
  readonly entry: EntryView;
}) {
  const { label, source, target, mapping } = entry;
  const address = addressText(source);
  return (
    <div class="entry-record">
      <a href={workspacePath(workspace, "record", { mapping, record: address })}>
        {label.trim() === "" ? "(no name)" : label}
      </a>
      <span class="entry-address">
        <code>{address}</code>
        {target !== undefined && (
          <>
            <span class="faint"> → </span>
            <code>{addressText(target)}</code>
          </>
        )}
      </span>
    </div>
  );
}

function Why({
  workspace,
  entry,
  code,
}: {
  readonly workspace: string;
  readonly entry: EntryView;
  readonly code: CodeEntry | undefined;
}) {
  const { reason, fields, mapping, rule, status } = entry;
  // The reason of a held record says what to do already.
  const remedy = code === undefined || reason.includes(code.remedy) ? undefined : code.remedy;
  return (
    <div class="entry-why">
      {reason !== "" && (
        <p>
          <WithCode text={reason} />
        </p>
      )}
      {entry.code !== undefined && (
        <p class="small soft">
          {remedy !== undefined && <WithCode text={remedy} />}{" "}
          <code class="faint">{entry.code}</code>
        </p>
      )}
      {status === "held" && (
        <p class="small">
          <a href={workspacePath(workspace, "held", { mapping, search: entry.label })}>
            Look at it<span class="visually-hidden">: {entry.label}</span> among the held records
          </a>
        </p>
      )}
      {fields.length > 0 && (
        <details>
          <summary>{count(fields.length, "field")}</summary>
          <Diff fields={fields} />
          <Place mapping={mapping} rule={rule} />
        </details>
      )}
    </div>
  );
}
