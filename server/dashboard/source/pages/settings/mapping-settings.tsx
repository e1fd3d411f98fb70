import { useState } from "preact/hooks";
import type { Reply } from "../../api/call.ts";
import { api, type MappingView } from "../../api/client.ts";
import { Switch } from "../../kit/switch.tsx";
import { Time } from "../../kit/time.tsx";
import { say } from "../../kit/toast.tsx";
import { useMay } from "../../shell/session.tsx";
import { titleOf } from "../../words.ts";
import { scheduleWords } from "./schedule-words.ts";
import { VariableField } from "./variable-field.tsx";
import { variableTitle } from "./variable-input.ts";

export interface MappingSettingsProps {
  readonly workspace: string;
  readonly mapping: MappingView;
  readonly onChanged: (mapping: MappingView) => void;
}

/** Autosync and the variables of one mapping. */
export function MappingSettings({ workspace, mapping, onChanged }: MappingSettingsProps) {
  const mayNot = useMay("operator");
  const [busy, setBusy] = useState<string>();
  const at = { workspace, mapping: mapping.name };
  const ask = async (what: string, asked: Promise<Reply<MappingView>>, done: string) => {
    setBusy(what);
    const reply = await asked;
    setBusy(undefined);
    if (!reply.ok) return say(reply.problem.message, "bad");
    onChanged(reply.value);
    say(done, "good");
  };
  const id = `settings-${mapping.name}`;
  return (
    <section class="card stack" aria-labelledby={id}>
      <Head id={id} mapping={mapping} />
      <div class="settings">
        <div class="setting">
          <div class="setting-name">
            <span>Autosync</span>
            <ScheduleText mapping={mapping} />
          </div>
          <div class="setting-value">
            <Switch
              label="Autosync"
              about={`of ${mapping.name}`}
              isOn={mapping.autosync.isOn}
              disabledReason={mayNot}
              isBusy={busy === "autosync"}
              onChange={(isOn) =>
                void ask(
                  "autosync",
                  api.setAutosync(at, isOn),
                  `Autosync of ${mapping.name} is ${isOn ? "on" : "off"}.`,
                )
              }
            />
            <AutosyncNote mapping={mapping} />
          </div>
        </div>
        {mapping.variables.map((variable) => (
          <VariableField
            key={variable.name}
            mapping={mapping.name}
            variable={variable}
            disabledReason={mayNot}
            isBusy={busy === variable.name}
            onSet={(value) =>
              void ask(
                variable.name,
                api.setVariable(at, variable.name, value),
                `${variableTitle(variable.name)} is set. It counts from the next run on.`,
              )
            }
            onReset={() =>
              void ask(
                variable.name,
                api.removeVariable(at, variable.name),
                `${variableTitle(variable.name)} is as in git again.`,
              )
            }
          />
        ))}
        <PolicySetting policy={mapping.policy} />
      </div>
    </section>
  );
}

function Head({ id, mapping }: { readonly id: string; readonly mapping: MappingView }) {
  return (
    <header class="stack-close">
      <h2 id={id}>{titleOf(mapping.name)}</h2>
      {mapping.description !== "" && <p class="soft">{mapping.description}</p>}
      <p class="small faint">
        <code>{mapping.file}</code>
      </p>
    </header>
  );
}

/** Shown although it cannot be set here: it decides what happens when Autosync is on. */
function PolicySetting({ policy }: Pick<MappingView, "policy">) {
  return (
    <div class="setting">
      <div class="setting-name">
        <span>Before anything is written</span>
        <code class="small faint">apply</code>
      </div>
      <div class="setting-value">
        <p>
          {policy === "approve"
            ? "A person approves each plan."
            : "Nobody is asked, unless a guard stands against the plan."}
        </p>
        <p class="setting-note">Set in the mapping file.</p>
      </div>
    </div>
  );
}

function ScheduleText({ mapping: { schedule } }: { readonly mapping: MappingView }) {
  if (schedule === undefined) return <span class="small soft">no schedule</span>;
  const words = scheduleWords(schedule);
  return (
    <span class="small soft">
      {words ?? "by its schedule"}, <code class="nowrap">{schedule}</code>
    </span>
  );
}

function AutosyncNote({ mapping }: { readonly mapping: MappingView }) {
  const { autosync, schedule, nextRunAt } = mapping;
  if (autosync.isOn && autosync.awaitsFirstRun) {
    return (
      <p class="setting-note">
        Nothing starts by itself yet: the first run is a person's. Start it on the overview.
      </p>
    );
  }
  return (
    <p class="setting-note">
      {autosync.by !== undefined && (
        <>
          Switched by {autosync.by}
          {autosync.at !== undefined && (
            <>
              , <Time at={autosync.at} />
            </>
          )}
          .{" "}
        </>
      )}
      {autosync.isOn &&
        schedule === undefined &&
        "The file says `never`, so that nothing starts by itself. "}
      {autosync.isOn && nextRunAt !== undefined && (
        <>
          Next run <Time at={nextRunAt} />.
        </>
      )}
      {!autosync.isOn && "Runs start only when somebody presses the button."}
    </p>
  );
}
