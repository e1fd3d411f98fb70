/** A type of the service as it arrives: times are text. */
export type Json<T> = T extends Date
  ? string
  : T extends readonly (infer Each)[]
    ? readonly Json<Each>[]
    : T extends object
      ? { readonly [Name in keyof T]: Json<T[Name]> }
      : T;
