import { useState } from "preact/hooks";
import { count } from "../../../../../cli/render/words.ts";
import { Button } from "../../kit/button.tsx";
import { ValueText } from "../../kit/value-text.tsx";
import type { ComparedRecord } from "./compared-records.ts";
import { type ComparisonLine, compareRecords } from "./comparison.ts";

export interface ComparisonTableProps {
  readonly source: ComparedRecord;
  readonly candidates: readonly ComparedRecord[];
  /** The systems, as people call them. */
  readonly sourceSystem: string;
  readonly targetSystem: string;
}

/** By the number of candidates: from three on, each has a width and the table scrolls. */
const widths: readonly string[] = [
  "compared-one",
  "compared-two",
  "compared-three",
  "compared-many",
];

/** The held record beside what could belong to it; what differs is marked by a word as well as by a colour. */
export function ComparisonTable(props: ComparisonTableProps) {
  const { source, candidates, sourceSystem, targetSystem } = props;
  const [showsAll, setShowsAll] = useState(false);
  const { paired, single } = compareRecords(
    source.fields,
    candidates.map(({ fields, differences = [] }) => ({ fields, differences })),
  );
  // Without a candidate there is nothing to compare, and the record itself is what there is to see.
  const isAlone = candidates.length === 0;
  const lines = showsAll || isAlone ? [...paired, ...single] : paired;
  return (
    <div class="comparison stack-close">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls where there are many candidates; keys must be able to do so. */}
      <section class="comparison-scroll" aria-label="Fields side by side" tabIndex={0}>
        <table class={`compared ${widths[Math.min(candidates.length, 3)] ?? ""}`}>
          <thead>
            <tr>
              <th scope="col">
                <span class="small soft">Field</span>
              </th>
              <Head record={source} above={sourceSystem} />
              {candidates.map((candidate) => (
                <Head key={candidate.address} record={candidate} above={targetSystem} />
              ))}
            </tr>
          </thead>
          <tbody>
            {lines.map((line) => (
              <Line key={`${line.source}:${line.target}`} line={line} />
            ))}
          </tbody>
        </table>
      </section>
      {!isAlone && single.length > 0 && (
        <p class="no-print">
          <Button look="quiet" isSmall onPress={() => setShowsAll(!showsAll)}>
            {showsAll
              ? "Show only what can be compared"
              : `Show ${count(single.length, "more field")}`}
          </Button>
        </p>
      )}
    </div>
  );
}

function Head({ record, above }: { readonly record: ComparedRecord; readonly above: string }) {
  return (
    <th scope="col">
      <span class="small soft">{above}</span>
      <span class="compared-label">{record.label}</span>
      <code class="soft">{record.address}</code>
      {record.linkedTo !== undefined && (
        <span class="small compared-note">
          linked to <code>{record.linkedTo}</code> already
        </span>
      )}
      {record.problem !== undefined && <span class="small compared-note">{record.problem}</span>}
    </th>
  );
}

function Line({ line }: { readonly line: ComparisonLine }) {
  const names = [...new Set([line.source, line.target].filter((name) => name !== undefined))];
  const hasSource = line.source !== undefined || line.value !== undefined;
  return (
    <tr class={line.differs ? "is-different" : undefined}>
      <th scope="row">
        {names.map((name) => (
          <code key={name}>{name}</code>
        ))}
      </th>
      <td>{hasSource && <ValueText value={line.value} />}</td>
      {line.others.map((other, place) => (
        <td key={place} class={other.differs ? "is-other" : undefined}>
          {line.target !== undefined && <ValueText value={other.value} />}
          {other.differs && <span class="differs-word">differs</span>}
        </td>
      ))}
    </tr>
  );
}
