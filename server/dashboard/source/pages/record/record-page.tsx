import { useState } from "preact/hooks";
import { Button } from "../../kit/button.tsx";
import { Field, Select } from "../../kit/field.tsx";
import { Empty, Reading } from "../../kit/states.tsx";
import { navigate, workspacePath } from "../../router.ts";
import { PageHead } from "../../shell/page-head.tsx";
import { useWorkspace } from "../../shell/workspaces.tsx";
import type { PageProps } from "../page.ts";
import { Explained } from "./explained.tsx";
import "../../kit/facts.css";
import "./record.css";

/** Why one record was synced or not, what runs did to it, and what it holds now. */
export function Page({ route }: PageProps<"record">) {
  const read = useWorkspace();
  const record = route.query.get("record") ?? "";
  return (
    <>
      <PageHead title="Find a record">
        <p>
          Why was it synced, or why not? The answer is worked out anew from what the systems hold
          now.
        </p>
      </PageHead>
      <Reading of={read} what="Reading the mappings">
        {({ mappings }) => {
          const asked = route.query.get("mapping");
          const mapping = mappings.find(({ name }) => name === asked) ?? mappings[0];
          if (mapping === undefined) {
            return <Empty title="There is no mapping yet">Records are found by a mapping.</Empty>;
          }
          return (
            <div class="stack">
              <SearchForm
                key={`${mapping.name} ${record}`}
                workspace={route.workspace}
                mappings={mappings.map(({ name }) => name)}
                mapping={mapping.name}
                record={record}
              />
              {record !== "" && (
                <Explained workspace={route.workspace} mapping={mapping.name} record={record} />
              )}
            </div>
          );
        }}
      </Reading>
    </>
  );
}

function SearchForm({
  workspace,
  mappings,
  mapping,
  record,
}: {
  readonly workspace: string;
  readonly mappings: readonly string[];
  readonly mapping: string;
  readonly record: string;
}) {
  const [chosen, setChosen] = useState(mapping);
  const [text, setText] = useState(record);
  const [fault, setFault] = useState<string>();
  return (
    <form
      class="record-search card"
      onSubmit={(event) => {
        event.preventDefault();
        if (text.trim() === "")
          return setFault("Write a name, a number, an e-mail address or an address.");
        navigate(workspacePath(workspace, "record", { mapping: chosen, record: text.trim() }));
      }}
    >
      <Select
        label="Mapping"
        value={chosen}
        options={mappings.map((name) => ({ value: name, title: name }))}
        onChange={setChosen}
      />
      <Field
        label="Record"
        help="A name or a part of it, a number, an e-mail address, or connection/stream/id"
        fault={fault}
      >
        {(tied) => (
          <input
            {...tied}
            class="input"
            type="search"
            value={text}
            autocomplete="off"
            spellcheck={false}
            onInput={(event) => {
              setText(event.currentTarget.value);
              setFault(undefined);
            }}
          />
        )}
      </Field>
      <div class="record-submit">
        <Button type="submit" look="primary" icon="search">
          Explain
        </Button>
      </div>
    </form>
  );
}
