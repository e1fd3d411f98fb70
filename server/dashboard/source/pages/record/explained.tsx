import { addressText } from "../../../../../engine/value/address.ts";
import { api, type ExplainView } from "../../api/client.ts";
import { useRead } from "../../api/use-read.ts";
import { Button } from "../../kit/button.tsx";
import { Empty, Failed, Loading } from "../../kit/states.tsx";
import { workspacePath } from "../../router.ts";
import { labelShown } from "../plan/change-view.ts";
import { type ExplanationSection, explanationShown } from "./explanation-sections.ts";
import { FieldsNow } from "./fields-now.tsx";
import { History } from "./history.tsx";

export interface ExplainedProps {
  readonly workspace: string;
  readonly mapping: string;
  readonly record: string;
}

/** The answer to what was asked: one record, several to choose from, or none. */
export function Explained({ workspace, mapping, record }: ExplainedProps) {
  const read = useRead(`explain ${workspace} ${mapping} ${record}`, () =>
    api.explain({ workspace, mapping }, record),
  );
  switch (read.state) {
    case "loading":
      return (
        <Loading what="Reading both systems to explain the record; this takes as long as a plan" />
      );
    case "failed":
      return read.problem.status === 404 ? (
        <Empty title="No record fits">{read.problem.message}</Empty>
      ) : (
        <Failed problem={read.problem} onRetry={read.reload} />
      );
    case "ready":
      return read.value.kind === "several" ? (
        <Several hits={read.value.hits} workspace={workspace} mapping={mapping} />
      ) : (
        <One explained={read.value} workspace={workspace} onAgain={read.reload} />
      );
  }
}

function Several({
  hits,
  workspace,
  mapping,
}: {
  readonly hits: Extract<ExplainView, { kind: "several" }>["hits"];
  readonly workspace: string;
  readonly mapping: string;
}) {
  return (
    <section class="card stack-close" aria-labelledby="several-title">
      <h2 id="several-title">Which one do you mean?</h2>
      <ul class="hits">
        {hits.map(({ address, label }) => (
          <li key={addressText(address)}>
            <a href={workspacePath(workspace, "record", { mapping, record: addressText(address) })}>
              <strong>{labelShown(label)}</strong> <code class="soft">{addressText(address)}</code>
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}

function One({
  explained,
  workspace,
  onAgain,
}: {
  readonly explained: Extract<ExplainView, { kind: "explained" }>;
  readonly workspace: string;
  readonly onAgain: () => void;
}) {
  const shown = explanationShown(explained.text);
  const address = addressText(explained.address);
  return (
    <div class="stack">
      <article class="card stack" aria-labelledby="explained-title">
        <header class="spread">
          <div class="stack-close">
            <h2 id="explained-title">{labelShown(shown.label)}</h2>
            <code class="soft">{address}</code>
          </div>
          <Button isSmall icon="turning" onPress={onAgain}>
            Explain anew
          </Button>
        </header>
        {shown.answer !== "" && <p class="explained-answer">{shown.answer}</p>}
        <ol class="steps">
          {shown.sections.map((section) => (
            <Step key={section.title} section={section} />
          ))}
        </ol>
      </article>
      <div class="record-columns">
        <FieldsNow workspace={workspace} address={address} />
        <History workspace={workspace} address={address} />
      </div>
    </div>
  );
}

function Step({ section: { number, title, text } }: { readonly section: ExplanationSection }) {
  return (
    <li class={number === undefined ? "step step-end" : "step"}>
      <h3>
        {number !== undefined && <span class="step-number">{number}</span>}
        {title}
      </h3>
      {text !== "" && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it is as wide as its lines and scrolls; keys must be able to do so.
        <section class="step-lines" aria-label={title} tabIndex={0}>
          <pre>{text}</pre>
        </section>
      )}
    </li>
  );
}
