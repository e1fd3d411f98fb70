/** One stable code: what it means, and what a person does about it. */
export interface CodeEntry {
  readonly title: string;
  readonly remedy: string;
}
