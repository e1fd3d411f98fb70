import { errorAt } from "../../config/diagnose.ts";
import type { Diagnostic } from "../../config/diagnostic.ts";
import { type Place, placeText } from "../../config/place.ts";
import type { MappingDraft, SourceDraft } from "../draft.ts";
import { type SourceWindow, sourceWindow, windowWords } from "../source-window.ts";
import { streamOf } from "../stream-of.ts";

interface Use {
  readonly window: SourceWindow;
  readonly at: Place;
}

/** A stream is read once for all mappings, so all of them want the same days of it. */
export function checkWindowUses(mappings: readonly MappingDraft[]): readonly Diagnostic[] {
  const uses = new Map<string, Use>();
  return mappings
    .flatMap(({ sources }) => sources)
    .flatMap((source) => {
      const stream = streamOf(source);
      const use = useOf(source);
      if (stream === undefined || !use) return [];
      const first = uses.get(stream);
      uses.set(stream, first ?? use);
      if (!first || first.window.days === use.window.days) return [];
      const message = `${stream} is read ${windowWords(use.window)} here, and ${windowWords(first.window)} elsewhere (${placeText(first.at)}).`;
      return [errorAt("window-differs", use.at, message)];
    });
}

function useOf(source: SourceDraft): Use | undefined {
  const window = sourceWindow(source);
  return window && { window, at: source.window?.at ?? source.at };
}
