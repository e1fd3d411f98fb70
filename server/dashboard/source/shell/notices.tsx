import { useEffect, useState } from "preact/hooks";
import { count } from "../../../../cli/render/words.ts";
import type { WorkspaceView } from "../api/client.ts";
import { Notice } from "../kit/notice.tsx";
import { Time } from "../kit/time.tsx";
import { useSession } from "./session.tsx";

/** So many faults of the configuration are shown at first. */
const faultsShown = 3;

/** What everybody has to know on every page. */
export function Notices({ workspace }: { readonly workspace: WorkspaceView | undefined }) {
  const { isOpen } = useSession();
  const isOnline = useOnline();
  const broken = workspace?.configuration.broken ?? [];
  if (!isOpen && isOnline && broken.length === 0) return null;
  return (
    <div class="shell-notices">
      {!isOnline && (
        <Notice tone="warn" title="This device has no network" isUrgent>
          <p>What you see is what was read last. It goes on when the network is back.</p>
        </Notice>
      )}
      {workspace !== undefined && broken.length > 0 && <Broken {...workspace.configuration} />}
      {isOpen && <OpenNotice />}
    </div>
  );
}

function Broken({ broken, digest, loadedAt }: WorkspaceView["configuration"]) {
  const errors = broken.filter(({ severity }) => severity === "error");
  const listed = errors.length > 0 ? errors : broken;
  const first = listed.slice(0, faultsShown);
  const more = listed.slice(faultsShown);
  return (
    <Notice tone="bad" title={`The configuration has ${count(listed.length, "error")}`} isUrgent>
      <p>
        {digest === undefined ? (
          "Nothing runs until it is right."
        ) : (
          <>
            Runs go on with the last configuration that was right, loaded <Time at={loadedAt} />.
          </>
        )}
      </p>
      <Faults faults={first} />
      {more.length > 0 && (
        <details>
          <summary>{count(more.length, "more error")}</summary>
          <Faults faults={more} />
        </details>
      )}
    </Notice>
  );
}

function Faults({ faults }: { readonly faults: WorkspaceView["configuration"]["broken"] }) {
  return (
    <ul class="faults">
      {faults.map(({ at, code, message, help }) => (
        <li key={`${code} ${at?.file} ${at?.line} ${at?.column} ${message}`}>
          {at !== undefined && (
            <code class="fault-place">
              {at.file}:{at.line}:{at.column}
            </code>
          )}
          <span>
            {message} <span class="soft">{help}</span> <code class="small faint">{code}</code>
          </span>
        </li>
      ))}
    </ul>
  );
}

function OpenNotice() {
  return (
    <Notice tone="info" title="Open without a token" icon="key" isOneLine>
      <p>
        Whoever uses this computer can do everything here.{" "}
        <a href="/tokens">Make the first token</a> to ask for one from now on.
      </p>
    </Notice>
  );
}

function useOnline(): boolean {
  const [isOnline, setOnline] = useState(() => navigator.onLine);
  useEffect(() => {
    const look = () => setOnline(navigator.onLine);
    addEventListener("online", look);
    addEventListener("offline", look);
    return () => {
      removeEventListener("online", look);
      removeEventListener("offline", look);
    };
  }, []);
  return isOnline;
}
