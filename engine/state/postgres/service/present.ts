/** A row as plain data: a column without a value is a property that is absent. */
export type Present<T> = {
  [Name in keyof T as null extends T[Name] ? never : Name]: T[Name];
} & {
  [Name in keyof T as null extends T[Name] ? Name : never]?: NonNullable<T[Name]>;
};

export function present<T extends object>(row: T): Present<T> {
  return Object.fromEntries(
    Object.entries(row).filter(([, value]) => value !== null),
  ) as Present<T>;
}
