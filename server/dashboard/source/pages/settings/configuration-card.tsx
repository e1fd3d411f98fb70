import { count } from "../../../../../cli/render/words.ts";
import type { WorkspaceView } from "../../api/client.ts";
import { Time } from "../../kit/time.tsx";
import { WithCode } from "../../kit/with-code.tsx";
import { commitText } from "../plan/headline.ts";

/** Which files count, and what is wrong with the newest ones. */
export function ConfigurationCard({
  configuration,
}: {
  readonly configuration: WorkspaceView["configuration"];
}) {
  const { digest, commit, loadedAt, broken, isWritable } = configuration;
  return (
    <section class="card stack" aria-labelledby="settings-configuration">
      <h2 id="settings-configuration">Configuration</h2>
      <dl class="definitions">
        <dt>Digest</dt>
        <dd>
          {digest === undefined ? "none has been right yet" : <code>{digest.slice(0, 12)}</code>}
        </dd>
        <dt>Commit</dt>
        <dd>
          {commit === undefined ? (
            "not a git checkout"
          ) : (
            <code title={commit}>{commitText(commit)}</code>
          )}
        </dd>
        <dt>Loaded</dt>
        <dd>
          <Time at={loadedAt} />
        </dd>
        <dt>Decisions</dt>
        <dd>
          {isWritable
            ? "are written into the links files of this workspace"
            : "have to be committed by a person: the service cannot write here"}
        </dd>
      </dl>
      {broken.length > 0 && (
        <div class="stack-close">
          <h3>{count(broken.length, "thing")} to correct in the newest files</h3>
          {digest !== undefined && (
            <p class="soft">The last configuration that was right goes on until then.</p>
          )}
          <ul class="diagnostics">
            {broken.map(({ code, severity, message, help, at }) => (
              <li key={`${code} ${at?.file} ${at?.line} ${at?.column} ${message}`}>
                {at !== undefined && (
                  <code class="diagnostic-place">
                    {at.file}:{at.line}:{at.column}
                  </code>
                )}
                <p>
                  <strong class={severity === "error" ? "bad-text" : "warn-text"}>
                    {severity}
                  </strong>{" "}
                  <code>{code}</code>
                </p>
                <p>
                  <WithCode text={message} />
                </p>
                <p class="soft">
                  <WithCode text={help} />
                </p>
              </li>
            ))}
          </ul>
        </div>
      )}
    </section>
  );
}
