import { type Binding, type BindingConflict, bindingConflict } from "./binding.ts";

export interface MemoryBindings {
  all(): readonly Binding[];
  bind(binding: Binding): BindingConflict | null;
  forget(mapping: string): void;
}

export function memoryBindings(): MemoryBindings {
  const bindings = new Map<string, Binding>();
  const all = () => [...bindings.values()].sort((a, b) => (a.mapping < b.mapping ? -1 : 1));
  return {
    all,
    bind(binding) {
      const conflict = bindingConflict(all(), binding);
      if (conflict) return structuredClone(conflict);
      const at = bindings.get(binding.mapping)?.at ?? binding.at;
      bindings.set(binding.mapping, structuredClone({ ...binding, at }));
      return null;
    },
    forget: (mapping) => void bindings.delete(mapping),
  };
}
