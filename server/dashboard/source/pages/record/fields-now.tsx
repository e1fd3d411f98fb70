import { api } from "../../api/client.ts";
import { useRead } from "../../api/use-read.ts";
import { Reading } from "../../kit/states.tsx";
import { ValueText } from "../../kit/value-text.tsx";

/** What the record holds in its system now. */
export function FieldsNow({
  workspace,
  address,
}: {
  readonly workspace: string;
  readonly address: string;
}) {
  const read = useRead(`record ${workspace} ${address}`, () => api.records(workspace, [address]));
  return (
    <section class="card stack-close" aria-labelledby="fields-now-title">
      <h2 id="fields-now-title">Fields now</h2>
      <Reading of={read} what="Reading the record">
        {({ records: [record] }) =>
          record?.fields === undefined ? (
            <p class="soft">{record?.problem ?? "The record is not there."}</p>
          ) : (
            <dl class="definitions">
              {Object.entries(record.fields).map(([name, value]) => (
                <FieldNow key={name} name={name} value={value} />
              ))}
            </dl>
          )
        }
      </Reading>
    </section>
  );
}

function FieldNow({
  name,
  value,
}: {
  readonly name: string;
  readonly value: Parameters<typeof ValueText>[0]["value"];
}) {
  return (
    <>
      <dt>
        <code>{name}</code>
      </dt>
      <dd>
        <ValueText value={value} />
      </dd>
    </>
  );
}
