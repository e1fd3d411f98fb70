import { logPath, type RunRequest } from "../../api/client.ts";
import { Pill } from "../../kit/pill.tsx";
import { type Column, Table } from "../../kit/table.tsx";
import { Duration, Time } from "../../kit/time.tsx";
import { planPath, runPath } from "../../router.ts";
import { absoluteText } from "../../time-words.ts";
import { countsText, progressText, requestWords, starterText, titleOf } from "../../words.ts";

/** Pixels of a row with two lines. */
const rowHeight = 68;

export function RunTable({
  runs,
  caption,
}: {
  readonly runs: readonly RunRequest[];
  readonly caption: string;
}) {
  return (
    <Table
      caption={caption}
      columns={columns}
      rows={runs}
      rowKey={({ id }) => id}
      estimate={rowHeight}
    />
  );
}

const columns: readonly Column<RunRequest>[] = [
  {
    key: "started",
    title: "Asked for",
    isName: true,
    width: "11rem",
    cell: ({ id, requestedAt }) => (
      <div class="run-when">
        <a href={runPath(id)}>
          <Time at={requestedAt} form="minute" />
        </a>
        <span class="small faint">
          <Time at={requestedAt} />
        </span>
      </div>
    ),
  },
  {
    key: "mapping",
    title: "Mapping",
    width: "7.75rem",
    cell: ({ mapping, purpose }) => (
      <>
        {titleOf(mapping)}
        {purpose === "link" && <span class="run-purpose">linking run</span>}
      </>
    ),
  },
  { key: "result", title: "Result", cell: (run) => <Result {...run} /> },
  { key: "by", title: "Started by", width: "8rem", cell: (run) => starterText(run) },
  {
    key: "took",
    title: "Took",
    width: "6.5rem",
    cell: ({ startedAt, finishedAt }) =>
      startedAt === undefined ? (
        <span class="faint">–</span>
      ) : (
        <Duration from={startedAt} to={finishedAt} />
      ),
  },
  { key: "log", title: "Log", width: "10rem", cell: (run) => <Downloads {...run} /> },
];

function Result({ id, status, counts, note, progress }: RunRequest) {
  const told =
    progress !== undefined && (status === "planning" || status === "applying")
      ? progressText(progress)
      : counts === undefined
        ? note
        : countsText(counts, status === "done" || status === "partial");
  return (
    <div class="stack-close">
      <span>
        <Pill {...requestWords[status]} />
      </span>
      {told !== undefined && <span class="small soft">{told}</span>}
      {status === "waiting" && (
        <a class="small" href={planPath(id)}>
          Look at the plan
        </a>
      )}
    </div>
  );
}

const formats = [
  { format: "txt", title: "txt" },
  { format: "csv", title: "CSV" },
  { format: "ndjson", title: "NDJSON" },
] as const;

/** The log as a file, once there can be something in it. */
function Downloads({ id, mapping, requestedAt, runIds, finishedAt }: RunRequest) {
  if (runIds.length === 0 && finishedAt === undefined)
    return <span class="faint small">none yet</span>;
  const about = `log of ${titleOf(mapping)}, ${absoluteText(requestedAt)}`;
  return (
    <span class="run-downloads">
      {formats.map(({ format, title }) => (
        <a key={format} href={logPath(id, format)} download="" aria-label={`${title}, ${about}`}>
          {title}
        </a>
      ))}
    </span>
  );
}
