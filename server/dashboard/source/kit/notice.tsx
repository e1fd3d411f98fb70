import type { ComponentChildren } from "preact";
import { Icon, type IconName } from "./icon.tsx";
import type { Tone } from "./pill.tsx";

const icons: Readonly<Record<Tone, IconName>> = {
  good: "check",
  warn: "alert",
  bad: "stop",
  info: "hand",
  quiet: "clock",
};

/** Something to know before the rest of the page. `isUrgent`: it is read out at once. */
export function Notice({
  tone,
  title,
  children,
  icon,
  isUrgent = false,
  isOneLine = false,
}: {
  readonly tone: Tone;
  readonly title: ComponentChildren;
  readonly children?: ComponentChildren;
  readonly icon?: IconName;
  readonly isUrgent?: boolean;
  /** Little to say: the title and the text stand beside each other, where there is room. */
  readonly isOneLine?: boolean;
}) {
  return (
    <div
      class={`notice tone-${tone}${isOneLine ? " notice-line" : ""}`}
      role={isUrgent ? "alert" : undefined}
    >
      <Icon name={icon ?? icons[tone]} size={18} />
      <div class="notice-body">
        <p class="notice-title">{title}</p>
        {children}
      </div>
    </div>
  );
}
